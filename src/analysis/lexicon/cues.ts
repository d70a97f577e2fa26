/** Words that report, by what they do. Verbs stand here as lemmas; `inflections` gives their other forms. */
import type { CueClass } from '../../model.ts';

const VERBS: Readonly<Record<CueClass, string>> = {
  say: `say tell add note announce report suggest argue claim explain warn acknowledge admit insist reply respond recall describe
    declare state continue conclude predict promise vow urge call maintain assert contend charge confirm estimate reveal indicate
    express mention joke quip remark observe testify allege cite counter quote speak talk comment remind assure advise emphasize
    emphasise stress reiterate elaborate shout yell proclaim concede mutter murmur whisper scream chant cry exclaim interject opine
    vent muse marvel boast brag gush rave crow caution relate recount narrate summarize summarise affirm aver avow
    pronounce swear attest certify submit volunteer offer allow posit hint imply intimate signal profess plead beg implore
    appeal call demand order instruct command pledge guarantee relay repeat retort snap shoot respond answer chime
    clarify specify detail outline disclose divulge confess inform notify brief address lecture preach rant ramble
    point underscore underline highlight reason theorize speculate conjecture hypothesize forecast project foresee
    discuss propose recommend encourage label dub characterize characterise portray depict refer liken compare tout hail
    trumpet bill spell echo parrot reference invoke claim crack deadpan gripe grumble grouse complain lament bemoan whine
    vouch laugh sigh smile nod insist assert rule find hold`,
  write: `write tweet retweet post blog publish pen text email e-mail message caption print read type sign scrawl scribble`,
  ask: `ask question wonder inquire enquire query press grill quiz request solicit`,
  think: `believe think feel know consider expect doubt suspect guess assume imagine suppose understand realize realise reckon
    figure see regard view deem judge recognize recognise remember forget learn hear seem appear perceive anticipate interpret
    conceive presume envision envisage mean agree disagree hope fear worry dread regret`,
  want: `want plan wish seek intend aim need like prefer desire refuse decline decide agree try hope propose threaten mull weigh
    consider look vow resolve aspire expect`,
  deny: `deny refute rebut dispute disavow disown repudiate reject dismiss contradict contest rebuff`,
  stance: `praise slam blast denounce condemn criticize criticise defend support endorse oppose back attack accuse applaud welcome
    hail laud commend decry deride mock ridicule rip bash assail lambaste lambast pan scold chide chastise rebuke berate castigate
    excoriate deplore blame fault credit thank salute celebrate champion favor favour advocate object protest scoff
    compliment congratulate criticise rail lash trash skewer hammer savage taunt belittle insult malign disparage
    apologize apologise admonish upbraid reproach bristle balk`,
  document: `show find indicate demonstrate prove conclude document record list state reveal suggest illustrate reflect prove
    project project poll survey rank rate name identify title entitle headline`,
};

/** Nouns and other words that report without a verb. */
const OTHER: Readonly<Record<CueClass, string>> = {
  say: `according statement statements remark remarks comment comments claim claims words allegation allegations accusation
    accusations announcement warning warnings suggestion assertion argument promise promises pledge vow call calls appeal demand
    demands reportedly allegedly purportedly apparently message response reply explanation denial admission testimony per quote prediction
    predictions estimate`,
  write: 'letter letters memo op-ed essay editorial tweet tweets post posts column email e-mail book article',
  ask: 'question questions request',
  think:
    'belief beliefs view views opinion opinions expectation expectations idea thought thoughts fear fears concern concerns hope hopes doubt doubts confident convinced aware sure certain unsure worried afraid hopeful concerned optimistic skeptical sceptical',
  want: 'plan plans desire intention intentions proposal proposals willing eager ready decision effort goal would-be',
  deny: 'refusal rejection',
  stance:
    'support opposition criticism praise endorsement supporter supportive attack attacks condemnation critical disappointed proud outrage',
  document: 'poll polls survey report reports study studies documents data figures records evidence findings',
};

const IRREGULAR: Readonly<Record<string, string>> = {
  say: 'says said saying',
  tell: 'tells told telling',
  write: 'writes wrote written writing',
  think: 'thinks thought thinking',
  feel: 'feels felt feeling',
  know: 'knows knew known knowing',
  see: 'sees saw seen seeing',
  speak: 'speaks spoke spoken speaking',
  read: 'reads read reading',
  find: 'finds found finding',
  hold: 'holds held holding',
  show: 'shows showed shown showing',
  mean: 'means meant meaning',
  hear: 'hears heard hearing',
  swear: 'swears swore sworn swearing',
  understand: 'understands understood understanding',
  foresee: 'foresees foresaw foreseen foreseeing',
  forget: 'forgets forgot forgotten forgetting',
  seek: 'seeks sought seeking',
  shoot: 'shoots shot shooting',
  beg: 'begs begged begging',
  quip: 'quips quipped quipping',
  snap: 'snaps snapped snapping',
  plan: 'plans planned planning',
  quiz: 'quizzes quizzed quizzing',
  brag: 'brags bragged bragging',
  submit: 'submits submitted submitting',
  admit: 'admits admitted admitting',
  refer: 'refers referred referring',
  rebut: 'rebuts rebutted rebutting',
  prefer: 'prefers preferred preferring',
  chat: 'chats chatted chatting',
  slam: 'slams slammed slamming',
  rip: 'rips ripped ripping',
  pan: 'pans panned panning',
  pen: 'pens penned penning',
  blog: 'blogs blogged blogging',
  dub: 'dubs dubbed dubbing',
  spell: 'spells spelled spelt spelling',
  signal: 'signals signaled signalled signaling signalling',
  label: 'labels labeled labelled labeling labelling',
  rebuff: 'rebuffs rebuffed rebuffing',
  forecast: 'forecasts forecast forecasting',
  underline: 'underlines underlined underlining',
  compel: 'compels compelled compelling',
  rant: 'rants ranted ranting',
  plead: 'pleads pleaded pled pleading',
};

/** The forms of a verb: the lemma, then "-s", "-ed", "-ing" by the spelling rules. */
export function inflections(lemma: string): string[] {
  const irregular = IRREGULAR[lemma];
  if (irregular !== undefined) return [lemma, ...irregular.split(' ')];
  if (lemma.endsWith('e')) {
    const stem = lemma.slice(0, -1);
    return [lemma, `${lemma}s`, `${lemma}d`, `${lemma.endsWith('ee') ? lemma : stem}ing`];
  }
  if (/[^aeiou]y$/.test(lemma)) {
    const stem = lemma.slice(0, -1);
    return [lemma, `${stem}ies`, `${stem}ied`, `${lemma}ing`];
  }
  if (/(?:s|x|z|ch|sh)$/.test(lemma)) return [lemma, `${lemma}es`, `${lemma}ed`, `${lemma}ing`];
  return [lemma, `${lemma}s`, `${lemma}ed`, `${lemma}ing`];
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** The class of every form; where a word is in two classes, the first in this order: say before write before think. */
export const CUES: ReadonlyMap<string, CueClass> = (() => {
  const found = new Map<string, CueClass>();
  const add = (form: string, cueClass: CueClass) => {
    if (!found.has(form)) found.set(form, cueClass);
  };
  const classes = Object.keys(VERBS) as CueClass[];
  for (const cueClass of classes)
    for (const lemma of words(VERBS[cueClass])) for (const form of inflections(lemma)) add(form, cueClass);
  for (const cueClass of classes) for (const form of words(OTHER[cueClass])) add(form, cueClass);
  return found;
})();

/** Verbs that only ever report: enough to see an attribution in them without a model. */
export const PLAIN_CUES: ReadonlySet<string> = new Set(
  words(
    `say tell add write tweet reply respond explain argue insist warn announce recall joke declare conclude state continue note
     acknowledge claim testify ask quip remark assert contend reiterate`,
  ).flatMap(inflections),
);
