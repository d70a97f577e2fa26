/** Words that take a side: what they say of the stance of their subject or, for nouns and adjectives, of whoever uses them. */

const LISTS = {
  /** Being for something, said or shown. */
  support: `support back endorse welcome praise applaud hail laud commend salute celebrate champion defend favor favour embrace
    approve ratify uphold vouch cheer congratulate thank admire respect appreciate bless promote advocate rally cosponsor
    sponsor concur reaffirm tout trumpet compliment love adore
    supporter backer ally admirer defender proponent advocate loyalist fan enthusiast devotee supportive favorable favourable
    loyal proud grateful thankful enthusiastic pleased glad delighted impressed endorsement backing praise approval solidarity
    admiration gratitude`,
  /** Being against something, said or shown. */
  oppose: `oppose reject condemn denounce slam blast criticize criticise rebuke decry deride mock ridicule assail lambaste lambast
    bash rip scold chide chastise berate castigate excoriate deplore attack accuse blame fault dismiss dispute refute rebut contest
    challenge object protest resist fight sue block veto defy boycott ban repeal rescind overturn undermine shun snub spurn disavow
    disown scorn loathe hate despise detest insult malign disparage denigrate belittle smear vilify demonize demonise discredit
    distrust mistrust taunt jeer boo heckle troll rail trash skewer hammer savage pan rebuff repudiate renounce reprimand admonish
    censure lament bemoan scoff sneer disagree dissent disapprove
    critic opponent foe detractor opposition criticism condemnation rebuke backlash outrage outcry
    critical hostile opposed angry furious outraged disgusted appalled livid enraged disappointed unhappy dissatisfied`,
  /** Fearing what may come of it. */
  concern: `worry fear warn caution alarm dread fret
    worried concerned alarmed afraid fearful anxious nervous wary uneasy troubled skeptical sceptical cautious apprehensive
    concern anxiety unease misgiving reservation apprehension warning`,
  positive: `good great best excellent wonderful fantastic amazing terrific brilliant outstanding superb strong tough honest honorable
    honourable brave courageous heroic qualified capable competent successful effective beautiful victory success hero extraordinary
    talented gifted tremendous fabulous impressive popular beloved respected historic decent noble wise thoughtful generous positive
    worthy deserving perfect trusted reliable thriving thrilled happy excited joy remarkable welcome smart fair overdue`,
  negative: `bad worst terrible horrible awful disgraceful disgusting shameful outrageous ridiculous absurd stupid foolish dumb idiotic
    crazy insane dangerous reckless irresponsible corrupt crooked dishonest liar false fake fraud phony hypocrite hypocritical racist
    sexist bigot bigoted misogynist xenophobic offensive vulgar vile evil cruel brutal ruthless incompetent unfit unqualified unstable
    weak failure fail disaster disastrous catastrophe catastrophic mistake wrong illegal unlawful unconstitutional unfair unjust
    unacceptable inappropriate embarrassing embarrassment pathetic loser sad nasty ugly mess scandal threat menace harmful damaging
    toxic ruinous costly divisive extreme sham hoax nonsense shame disgrace violation violate harm hurt ruin worse unnecessary misguided
    counterproductive insulting troubling worrying alarming deplorable despicable reprehensible indefensible unworkable unethical`,
  /** Deeds for or against somebody: signs for the trained model, not words of a side. */
  friendly: `agree recommend encourage help aid assist protect donate contribute elect nominate adopt befriend join accept trust enjoy believe credit honor honour
    affirm friend partner partnership friendship tribute endorsed visit hug save free rescue hire invite`,
  hostile: `refuse deny question doubt suspect betray abandon kill bomb invade raid defeat crush destroy harass abuse assault bully arrest
    indict charge convict prosecute punish sanction penalize penalise threaten fine bar expel oust impeach sabotage beat hit strike
    target fire sack jail hack cheat lie clash spar feud quarrel differ confront complain grumble decline lash enemy adversary rival
    skeptic sceptic protester dissident lawsuit boycott allegation accusation hostility hatred animosity rift crime criminal guilty
    terrorist terrorism tyranny dictator authoritarian fascist rigged controversy controversial fury anger aggression regime
    propaganda extremist radical damage`,
} as const;

export type StanceWord = keyof typeof LISTS;

/** Bits of a word's stances. */
export const STANCE_BITS: Readonly<Record<StanceWord, number>> = {
  support: 1,
  oppose: 2,
  concern: 4,
  positive: 8,
  negative: 16,
  friendly: 32,
  hostile: 64,
};

const byForm = new Map<string, number>();
for (const [kind, words] of Object.entries(LISTS) as [StanceWord, string][])
  for (const word of words.split(/\s+/).filter(Boolean))
    for (const form of inflections(word)) byForm.set(form, (byForm.get(form) ?? 0) | STANCE_BITS[kind]);

/** The stance bits of a word in lower case, inflected or not. Stems would take "general" for "generous". */
export const stanceBits = (lower: string): number => byForm.get(lower) ?? 0;

/** Regular forms of a verb or noun; forms that do not exist do no harm. */
function inflections(word: string): string[] {
  const forms = [word, `${word}s`];
  const open = word.slice(0, -1);
  if (word.endsWith('e')) return [...forms, `${word}d`, `${open}ing`];
  if (/[^aeiou]y$/.test(word)) return [...forms, `${open}ies`, `${open}ied`, `${word}ing`];
  if (/(?:s|sh|ch|x|z)$/.test(word)) forms.push(`${word}es`);
  if (/^[^aeiou]*[aeiou][bgmnprt]$/.test(word) || /(?:el|rebut)$/.test(word)) {
    forms.push(`${word}${word.at(-1)}ed`, `${word}${word.at(-1)}ing`);
  }
  return [...forms, `${word}ed`, `${word}ing`];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that turn a stance round, or take it back. */
export const NEGATORS = set(
  `not no never neither nor without n't cannot hardly barely nobody nothing none refuse refused refuses refusing decline declined declines
  declining avoid avoided avoids avoiding fail failed fails failing stop stopped stopping reluctant unwilling unable deny denied denies
  denying lack lacks lacked clear short stops
  don't doesn't didn't won't wouldn't can't couldn't isn't aren't wasn't weren't hasn't haven't hadn't shouldn't mustn't
  don’t doesn’t didn’t won’t wouldn’t can’t couldn’t isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t shouldn’t mustn’t`,
);
