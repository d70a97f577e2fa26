/** Words that take a side, by what they say of the stance of their subject (or, for nouns and adjectives, of whoever uses them). */
import { stemmer } from 'stemmer';

const LISTS = {
  support: `support back endorse welcome praise applaud hail laud commend salute celebrate champion defend favor favour embrace
    approve ratify uphold vouch cheer congratulate thank admire respect honor honour appreciate bless promote advocate side
    rally cosponsor co-sponsor sponsor ally befriend join agree concur accept affirm reaffirm tout trumpet compliment love like
    adore enjoy trust believe credit recommend encourage assist help aid protect donate contribute elect nominate adopt
    supporter backer ally fan admirer defender proponent advocate loyalist friend fan champion enthusiast devotee
    supportive favorable favourable friendly loyal proud grateful thankful enthusiastic pleased glad delighted optimistic hopeful
    impressed endorsement backing praise approval support solidarity partnership friendship admiration gratitude tribute`,
  oppose: `oppose reject condemn denounce slam blast criticize criticise rebuke decry deride mock ridicule assail lambaste
    lambast bash rip scold chide chastise berate castigate excoriate deplore attack accuse blame fault dismiss refuse deny dispute
    refute rebut contest challenge object protest resist fight sue block veto defy boycott ban bar expel oust impeach repeal
    rescind overturn undermine sabotage threaten punish sanction penalize penalise fine arrest indict charge convict prosecute
    shun snub spurn disavow disown distance scorn loathe hate despise detest insult malign disparage denigrate belittle smear
    vilify demonize demonise discredit question doubt distrust mistrust suspect betray abandon quit kill bomb shell strike invade
    target raid hit beat defeat crush destroy harass abuse assault bully taunt jeer boo heckle troll rail lash
    trash skewer hammer savage pan decline rebuff repudiate renounce reprimand admonish censure denounce complain grumble lament
    bemoan scoff sneer confront clash spar feud quarrel disagree differ dissent disapprove
    critic opponent foe enemy adversary rival detractor skeptic sceptic protester dissident opposition criticism condemnation
    attack rebuke backlash outrage outcry hostility hatred animosity feud rift protest lawsuit boycott allegation accusation
    critical hostile opposed angry furious outraged disgusted appalled livid enraged disappointed unhappy dissatisfied
    anti-trump never-trump`,
  concern: `worry fear warn caution alarm concern trouble dread fret alert unsettle disturb unnerve
    worried concerned alarmed afraid fearful anxious nervous wary uneasy troubled skeptical sceptical cautious apprehensive
    worry fear concern alarm anxiety unease misgiving reservation apprehension doubt warning`,
  positive: `good great best excellent wonderful fantastic amazing terrific brilliant outstanding superb strong smart tough honest
    honorable brave courageous heroic qualified capable competent successful effective beautiful better win victory success hero
    leader remarkable extraordinary talented gifted tremendous fabulous impressive popular beloved respected historic right fair
    decent noble wise important thoughtful kind generous nice positive proper worthy deserving fit perfect
    thoughtful trusted reliable thriving thrilled happy excited joy safe progress improve benefit boost`,
  negative: `bad worst terrible horrible awful disgraceful disgusting shameful outrageous ridiculous absurd stupid foolish dumb idiotic
    crazy insane dangerous reckless irresponsible corrupt crooked dishonest liar lie lying false fake fraud phony hypocrite
    hypocritical racist sexist bigot bigoted misogynist xenophobic offensive vulgar vile evil cruel brutal ruthless incompetent
    unfit unqualified unstable weak failure fail failed disaster disastrous catastrophe catastrophic mistake wrong illegal unlawful
    unconstitutional unfair unjust unacceptable inappropriate embarrassing embarrassment pathetic loser sad nasty ugly mess
    scandal crime criminal guilty threat menace harmful damaging toxic divisive extreme extremist radical terrorist terrorism
    tyranny dictator authoritarian fascist rigged hoax witch hunt sham nonsense problem controversial controversy
    shame disgrace violation violate harm damage hurt destroy ruin worse fury anger aggression regime propaganda`,
} as const;

export type StanceWord = keyof typeof LISTS;

/** Bits of a word's stances. */
export const STANCE_BITS: Readonly<Record<StanceWord, number>> = {
  support: 1,
  oppose: 2,
  concern: 4,
  positive: 8,
  negative: 16,
};

const byStem = new Map<string, number>();
for (const [kind, words] of Object.entries(LISTS) as [StanceWord, string][])
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const stem = stemmer(word);
    byStem.set(stem, (byStem.get(stem) ?? 0) | STANCE_BITS[kind]);
  }

/** The stance bits of a stem ("condemn" for "condemned"). */
export const stanceOfStem = (stem: string): number => byStem.get(stem) ?? 0;

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that turn a stance round. */
export const NEGATORS = set(
  `not no never neither nor without n't cannot hardly barely nobody nothing none refuse refused refuses refusing decline declined declines declining
  fail failed fails failing stop stopped reluctant unwilling unable deny denied denies denying stopped lack lacks lacked less rather instead
  don't doesn't didn't won't wouldn't can't couldn't isn't aren't wasn't weren't hasn't haven't hadn't shouldn't mustn't
  don’t doesn’t didn’t won’t wouldn’t can’t couldn’t isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t shouldn’t mustn’t`,
);
