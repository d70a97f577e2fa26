/**
 * The bot's own words in English. Their shape is `Words`: a language that lacks one does not compile.
 *
 * Words of a source (quotes, paraphrases, headlines, names, roles, outlets, topics) never come from here: they are shown as
 * they stand in the source. Where a message has such words or a mark-up inside, it is a phrase with room for them.
 */
import type { Inline, Phrase } from '../document.ts';
import type { QuoteKind, Stance, Wrong } from '../model.ts';
import { datesIn } from './dates.ts';
import { type Forms, grammarOf } from './grammar.ts';
import type { CommandWords, Names } from './names.ts';
import type { Typed } from './typed.ts';

const { count, form, number, list } = grammarOf('en-GB');
// A day alone is `Jan 9, 2026`; with a time it is `9 Jan 2026, 08:00`.
const dates = datesIn('en-GB', 'en-US');
const nouns = (one: string, other = `${one}s`) => {
  const forms: Forms = { one, other };
  return (n: number): string => count(n, forms);
};

const articles = nouns('article');
const quotes = nouns('quote');
const paraphrases = nouns('paraphrase');
const reactions = nouns('reaction');
const stories = nouns('story', 'stories');
const speakers = nouns('speaker');
const briefings = nouns('briefing');
const sources = nouns('source');
const editions = nouns('edition');
const files = nouns('file or feed', 'files or feeds');

/** A clock time with its day where that is not today's. */
export interface ClockTime {
  readonly day?: string;
  readonly time: string;
}
const clock = ({ day, time }: ClockTime): string => (day ? `${dates.shortDay(day)} ${time}` : time);

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const ordinal = (day: number): string =>
  `${day}${day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;

const sinceExamples = 'yesterday, 3d, last week, monday or 2026-01-01';
const scheduleExamples = 'daily 08:00, weekdays 7:30, mon,thu 18:00, hourly 9-17, every 2h, monthly 1 09:00';
const tryTimes = `Try: ${scheduleExamples}`;

export const english = ({ command, option }: Names) => ({
  /** What the language calls itself. */
  language: 'English',
  dates,
  number,
  list,
  /** Discord's keys for readers of this language. */
  discordLocales: [] as readonly string[],
  /** Commands and options in this language; in English they speak for themselves. */
  commands: {} as CommandWords,
  /** What people type in this language, as the English words that are understood. */
  typed: { times: [], since: [], known: [], yes: [], no: [] } as Typed,
  names: { command, option } as Names,

  count: {
    articles,
    quotes,
    paraphrases,
    reactions,
    stories,
    speakers,
    briefings,
    sources,
    files,
    feeds: nouns('feed'),
    failures: nouns('failure'),
    problems: nouns('problem'),
    activeBriefings: nouns('active briefing'),
  },

  /** Labels of buttons that stand under many answers. */
  press: {
    share: 'Share',
    inContext: 'In context',
    newestVersion: 'Newest version',
    allQuotes: 'All quotes',
    whoSaidWhat: 'Who said what',
    article: 'Article',
    followTopic: 'Follow topic',
    topics: 'Topics',
    speakers: 'Speakers',
    quotes: 'Quotes',
    reactions: 'Reactions',
    back: 'Back',
    next: (left: number): string => `Next (${number(left)} more)`,
    help: 'Help',
    allBy: (name: string): string => `All by ${name}`,
    allByThisSpeaker: 'All by this speaker',
    everyoneOnTopic: 'Everyone on the topic',
    addBriefing: 'Add a briefing',
    addSource: 'Add a source',
  },

  // ---------------------------------------------------------------- digests

  parts: {
    asOf: (at: Inline): Phrase => ['as of ', at],
    labelByBot: 'Label by the bot',
    fiction: 'Fiction · ',
    /** Of an article whose page could not be read whole. */
    beginningOnly: (outlet: string): string => `${outlet} (only its beginning)`,
    fictionMade: 'Fiction, made for trying the bot',
    dateNotStated: 'date not stated',
    latestDate: (day: string): string => `date not stated; latest date in the text: ${day}`,
    speakerUnclear: (mention: string | undefined): string =>
      mention ? `Speaker unclear (the article says ${mention})` : 'Speaker unclear',
    kind: { direct: 'quote', partial: 'in part', indirect: 'paraphrase' } as Readonly<Record<QuoteKind, string>>,
    medium: { post: 'social post', letter: 'letter', statement: 'statement', written: 'in writing' },
    unnamed: 'unnamed',
    inPart: 'In part: ',
    paraphrase: 'Paraphrase: ',
    postedBy: (credit: string): string => `as posted by ${credit}`,
    aPostBy: (credit: string): string => `a post by ${credit}`,
    /** `places` are at most two; `more` counts the others. */
    alsoIn: (places: readonly string[], more: number): string =>
      `Nearly the same in ${places.join('; ')}${more > 0 ? ` and ${more} more` : ''}.`,
    stance: { support: 'for', oppose: 'against', concern: 'concerned', neutral: 'comment' } as Readonly<
      Record<Stance, string>
    >,
    sources: (names: readonly string[]): string => {
      if (names.length === 0) return 'no sources';
      return names.length <= 2
        ? `${names.length === 1 ? 'Source' : 'Sources'}: ${names.join(', ')}`
        : `${names.length} sources: ${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
    },
  },

  /** How a topic was read, where that is more than its words. Typed words come as code: nobody said them. */
  understood: {
    respelled: (meant: Inline, typed: Inline): Phrase => ['Showing ', meant, '; nothing says ', typed, '.'],
    leftOut: (typed: Inline): Phrase => ['Nothing says ', typed, ': left out.'],
    /** Another name, and how many articles bear it out: `both` of the `of` that say either, or that have the `rarer`. */
    also: (name: Inline, both: number, of: number, rarer: Inline | undefined): Phrase =>
      rarer
        ? ['Also found under ', name, `: both stand in ${number(both)} of ${articles(of)} with `, rarer, '.']
        : ['Also found under ', name, `: ${number(both)} of ${articles(of)} that say one say the other.`],
    partial: 'A weak match: no article has all of these words.',
    inPassing: 'A weak match: named here in passing only.',
  },

  brief: {
    inShort: 'In short',
    foundFor: (words: string): string => `found for: ${words}`,
    reactions: (n: number): string => `Reactions (${n})`,
    moreReactions: (n: number): string =>
      `${n} more ${form(n, { one: 'reaction', other: 'reactions' })} under Who said what`,
    moreStories: (n: number): string => `${n} more ${form(n, { one: 'story', other: 'stories' })}`,
    lastDay: 'The last 24 hours',
    since: (words: string): string => `Since ${words}`,
    newest: 'The newest stories',
    nothingSince: (words: string): string => `Nothing since ${words}; the newest stories`,
    quoted: (names: readonly string[], more: number): string =>
      `Quoted: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    paraphrased: (names: readonly string[], more: number): string =>
      `Paraphrased: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    readOne: 'Read one in full',
    moreMatch: (n: number): string => `${n} more ${form(n, { one: 'story matches', other: 'stories match' })}`,
  },

  daily: {
    title: (topic: string | undefined): string => (topic === undefined ? 'Briefing' : `Briefing: ${topic}`),
    stories,
    nothingNew: 'nothing new',
    unchanged: (n: number): string => `${n} unchanged`,
    since: (day: string, time: string): string => `since ${day} ${time}`,
    noChange: (day: string): string => ` — no change since ${day}.`,
    labelByBot: ' (label by the bot)',
    reactions: (lines: string): string => `Reactions: ${lines}`,
    fullBrief: 'Full brief of a story',
    moreUnder: (n: number): string =>
      `${n} more ${form(n, { one: 'story', other: 'stories' })} under ${command('brief')}`,
    noMachineText: 'no AI-written text',
    next: (day: string, time: string): string => `next: ${day} ${time}`,
    empty: (topic: string | undefined, since: string | undefined): string =>
      `Nothing new${topic ? ` about ${topic}` : ''}${since ? ` ${since}` : ''}. The bot is running; this line is here so that silence never has to be guessed at.`,
    firstEdition: 'First edition: the newest stories',
    onRequest: 'Posted on request',
  },

  /** What is said above an edition that is not an ordinary one. */
  late: {
    due: (due: ClockTime, sent: string, because: string): string => `Due ${clock(due)}, sent ${sent}: ${because}`,
    finished: (due: ClockTime, sent: string): string => `Due ${clock(due)}, finished ${sent}`,
    offline: 'the bot was offline',
    couldNot: 'it could not be posted before',
    held: (quiet: string, n: number): string =>
      `Held over quiet hours (${quiet})${n > 1 ? `, ${n} editions in one` : ''}`,
    /** `more`: there were more than are counted. */
    inOne: (n: number, more: boolean): string => `${more ? `more than ${n} editions` : editions(n)} in one`,
    leftOut: (n: number, more: boolean): string =>
      n === 1
        ? '1 earlier edition is left out'
        : `${more ? `more than ${n} editions` : editions(n)} before it are left out`,
    because: (what: string, why: string): string => `${what}: ${why}`,
  },

  gate: {
    stamp: (held: number, all: number): string => `Quotes word for word, ${held}/${all} checked`,
    withheld: (n: number): string =>
      `${n} ${form(n, { one: 'passage', other: 'passages' })} withheld: the words no longer match the stored source.`,
  },

  // ---------------------------------------------------------------- asking

  ask: {
    noCommand: (name: string, near: string | undefined): string =>
      `There is no command /${name}.${near ? ` Did you mean ${command(near)}?` : ''} ${command('help')} lists them all.`,
    oneOf: (commands: readonly string[], got: string): string =>
      `Expected ${commands.map(command).join(', ')}; got /${got}.`,
    managersOnly: (name: string): string =>
      `${command(name)} is for people who may manage this channel or server. Ask an admin to run it.`,
    wentWrong: 'Something went wrong while answering. Nothing was posted or changed. Please try again.',
    wentWrongShort: (reference: string): string => `Something went wrong (reference ${reference}).`,
    reference: (reference: Inline): Phrase => ['Reference for the operator: ', reference],
    expected: (name: string, expected: string, got: Inline): Phrase => [
      `${name}: expected ${expected}, got `,
      got,
      '.',
    ],
    nothing: 'nothing',
    wholeNumber: 'a whole number',
    wholeNumberFrom: (least: number, most: number): string => `a whole number from ${least} to ${most}`,
    yesOrNo: 'yes or no',
    oneOfThese: (choices: readonly string[]): string => `one of ${choices.join(', ')}`,
    tryThis: (example: Inline): Phrase => ['Try: ', example],
  },

  since: {
    examples: sinceExamples,
    expected: (got: Inline): Phrase => [`since: expected a time such as ${sinceExamples}, got `, got, '.'],
  },

  miss: {
    stillReading: 'The corpus is still being read. Try again in a moment.',
    empty: (entries: readonly string[]): string =>
      `There are no articles yet. The operator names folders, files or feeds in CORPUS (now: ${entries.join(', ') || 'nothing'}); an admin can add a feed here with ${command('sources add')}.`,
    topic: (topic: Inline): Phrase => ['Nothing in the corpus matches ', topic, '.'],
    topicShort: (topic: string): string => `Nothing matches ${topic}.`,
    nothingSince: (topic: Inline, since: Inline, newest: string): Phrase => [
      'Nothing about ',
      topic,
      ' since ',
      since,
      `. The newest is of ${newest}.`,
    ],
    nearestTopics: 'Nearest topics',
    mostWritten: 'Most written about',
    speaker: (name: Inline): Phrase => ['Nobody called ', name, ' is quoted or paraphrased in the corpus.'],
    speakerShort: (name: string): string => `Nobody called ${name} is quoted in the corpus.`,
    didYouMean: 'Did you mean',
    mostQuoted: 'Most quoted',
    offers: (title: string, labels: string): string => `${title}: ${labels}`,
    noQuotes: 'no quotes',
  },

  quote: {
    quotes: (asked: string): string => `Quotes: ${asked}`,
    paraphrases: (asked: string): string => `Paraphrases: ${asked}`,
    summary: (n: number, asked: string): string => `${quotes(n)}: ${asked}`,
    noVerbatimFor: (asked: string, n: number): string =>
      `No verbatim quote for ${asked} is in the corpus; ${paraphrases(n)}.`,
    noVerbatim: (name: string | undefined): string =>
      `No verbatim quote ${name ? `by ${name} ` : ''}is in the corpus. These are the articles’ own words for what was said:`,
    notOnTopic: (name: string, topic: string): string => `${name} says nothing about ${topic} in the corpus.`,
    notOnThatTopic: (name: string): string => `${name} is in the corpus, but not on that topic.`,
    tooLong: (kind: string, words: number): string => `A ${kind} of ${words} words, too long to show whole here.`,
    newestFirst: 'newest first',
  },

  reactions: {
    title: (about: string): string => `Reactions: ${about}`,
    group: { support: 'For', oppose: 'Against', concern: 'Concerned', neutral: 'Comment' } as Readonly<
      Record<Stance, string>
    >,
    none: 'No reactions found.',
    noneThen: 'No reactions are in the corpus for that time.',
    readFrom: 'stance as read from the article’s words',
  },

  topics: {
    title: 'Topics',
    summary: (labels: string): string => `Topics: ${labels}`,
    also: (names: readonly string[]): string => ` (also ${list(names)})`,
    latest: (n: number, day: string): string => ` — ${articles(n)}, latest ${day}`,
    choose: 'Brief a topic',
    undated: 'Undated articles count by the day they were read.',
  },

  speakers: {
    title: 'Speakers',
    summary: (names: string): string => `Speakers: ${names}`,
    choose: 'What someone said',
    group: ' (group)',
    unnamed: ' (unnamed)',
  },

  context: {
    none: 'No quote has that receipt.',
    noneSuch: (receipt: Inline): Phrase => [
      'No quote has the receipt ',
      receipt,
      '. It is the word that starts with q in the small print of a quote, or press In context under one.',
    ],
    summary: (name: string, label: string): string => `${name} in context: ${label}`,
    paragraph: (n: number, of: number): string => `paragraph ${n} of ${of}`,
    receipt: 'Receipt ',
    kind: { direct: 'direct', partial: 'partial', indirect: 'indirect' } as Readonly<Record<QuoteKind, string>>,
    noMention: 'no mention',
    /** What became of the quote since it was read. */
    standing: {
      withdrawn: 'Withdrawn: this article is no longer in any answer. What stood in it is shown here as it was read.',
      kept: 'This is an earlier version of the article. The same words stand in its newest version.',
      given: (name: string): string =>
        `Corrected: this is an earlier version of the article. Its newest version gives these words to ${name}.`,
      edited: 'Edited: this is an earlier version of the article. In its newest version the quote reads:',
      unread:
        'This is an earlier version of the article, or an earlier reading of it. The words still stand in the newest, but not as a quote that the bot is sure of.',
      removed: 'Removed: this is an earlier version of the article. This quote no longer stands in its newest version.',
    },
    proof: (proof: {
      readonly mention: Inline;
      readonly cue?: Inline;
      readonly percent: number;
      readonly rule: string;
      readonly start: number;
      readonly end: number;
      readonly hash: Inline;
      readonly verify: Inline;
    }): Phrase => [
      'Speaker read from ',
      proof.mention,
      ...(proof.cue ? [' and ', proof.cue] : []),
      ` · confidence ${proof.percent}% · rule ${proof.rule} · characters ${proof.start} to ${proof.end} of source `,
      proof.hash,
      ' · prove it again: ',
      proof.verify,
    ],
  },

  help: {
    about:
      'Short briefs from your articles. Words in quotation marks stand in the source, character for character; when it is not certain who spoke, the bot says so.',
    managing: 'For those who manage this channel or server:',
    privately: `Answers are private until you press Share. Plain words fill the first option: ${command('brief')} cartels, ${command('quote')} trump.`,
    summary: 'Pullquote: what the bot can do',
    brief: (topic: string): string => `Brief: ${topic}`,
    quotes: (name: string): string => `Quotes: ${name}`,
  },

  // ---------------------------------------------------------------- managing

  schedule: {
    examples: scheduleExamples,
    isSet: (id: number): string => `Briefing #${id} is set`,
    isSetFor: (id: number, times: string, zone: string): string => `Briefing #${id} is set: ${times}, ${zone}.`,
    to: (where: string, times: string, zone: string): string => ` to ${where}, ${times}, ${zone}.`,
    next: 'Next: ',
    nextInLine: ' · next: ',
    beforeFirst: 'Before the first post: ',
    preview: 'Preview',
    postNow: 'Post one now',
    remove: 'Remove',
    resume: 'Resume',
    undo: 'Undo',
    theDay: 'the day',
    thisTerminal: 'this terminal',
    channel: (id: string): string => `channel ${id}`,
    none: 'No briefings yet.',
    noneMakeOne: (example: Inline): Phrase => ['No briefings yet. Make one with ', example, '.'],
    example: `${command('schedule add')} daily 08:00`,
    title: 'Briefings',
    more: (n: number): string => `and ${n} more`,
    line: (where: string, times: string, zone: string): string => ` to ${where} — ${times}, ${zone}`,
    last: (state: string, outcome: string | undefined): string => ` · last: ${state}${outcome ? `, ${outcome}` : ''}`,
    language: (name: string): string => ` · language: ${name}`,
    postedIn: (name: string): string => `Language: ${name}. ${command('schedule language')} changes it.`,
    speaks: (id: number, name: string): string => `From now on briefing #${id} is posted in this language: ${name}.`,
    paused: (id: number): string => `Briefing #${id} is paused.`,
    pausedMeans: (id: number): string => `Briefing #${id} is paused. What falls due meanwhile is not posted later.`,
    active: (id: number): string => `Briefing #${id} is active.`,
    activeAgain: (id: number): string => `Briefing #${id} is active again.`,
    removed: (id: number): string => `Briefing #${id} is removed.`,
    removedThat: (id: number, what: string, times: string): string => `Briefing #${id} (${what}, ${times}) is removed.`,
    noSuch: (id: number): string => `There is no briefing #${id} here. ${command('schedule list')} shows them.`,
    belongsTo: (id: number, where: string): string => `Briefing #${id} belongs to ${where}. Ask there, or an admin.`,
    state: { active: 'active', paused: 'paused', failed: 'failed' },
    result: {
      claimed: 'claimed',
      delivered: 'delivered',
      skipped: 'skipped',
      failed: 'failed',
      uncertain: 'uncertain',
    },
    needsName: (isSpeaker: boolean, kind: string): string =>
      `topic: expected ${isSpeaker ? 'a name' : 'a topic'} because kind is ${kind}, got nothing.`,
    wrongTimes: (problem: string): string => `times: ${problem}`,
    wrongQuiet: (got: string): string =>
      `quiet: expected two different times of day such as "22:00-07:00", got ${got}.`,
    wrongZone: (got: string, near: string | undefined): string =>
      `zone: expected an IANA time zone such as Europe/Prague, got ${got}.${near ? ` Did you mean ${near}?` : ''}`,
    notConnected: (platform: string): string => `${platform} is not connected here, so nothing was posted.`,
    posted: (where: string): string => `Posted in ${where}.`,
    notPosted: (where: string, reason: string): string => `Not posted in ${where}: ${reason}`,
    postedInPart: (where: string, reason: string): string => `Only a part was posted in ${where}: ${reason}`,
  },

  /** Times as people say them: `every day at 08:00`, and what is wrong with words that mean none. */
  times: {
    every: (what: string): string => `every ${what}`,
    hours: (n: number): string => (n === 1 ? 'hour' : `${n} hours`),
    minutes: (n: number): string => (n === 1 ? 'minute' : `${n} minutes`),
    range: (from: string, to: string): string => ` from ${from} to ${to}`,
    at: (days: string, times: readonly string[]): string => `${days} at ${list(times)}`,
    everyDay: 'every day',
    weekdays: 'Monday to Friday',
    weekend: 'Saturday and Sunday',
    /** 0 for Sunday, in the order in which they are told. */
    days: (days: readonly number[]): string => list(days.map((day) => DAY_NAMES[day] ?? '')),
    /** 1 for January. */
    inMonths: (months: readonly number[]): string => ` in ${list(months.map((month) => MONTH_NAMES[month - 1] ?? ''))}`,
    /** `last`: the last day; `orLast`: that day, or the last one of a shorter month. */
    monthDays: (
      days: readonly { readonly day: number; readonly last: boolean; readonly orLast: boolean }[],
      ofSome: boolean,
    ): string =>
      `on the ${list(days.map(({ day, last, orLast }) => (last ? 'last day' : ordinal(day) + (orLast ? ' (or last day)' : ''))))} of ${ofSome ? 'the month' : 'each month'}`,
    either: (week: string, month: string): string => `${week} and ${month}`,
    both: (week: string, month: string): string => `${week} if ${month}`,
    tryTimes,
    tooLong: (most: number, got: number): string => `expected at most ${most} characters, got ${got}`,
    nothing: 'expected times such as "daily 08:00", got nothing',
    tooOften: (minutes: number, got: string): string =>
      `expected at least ${minutes} minutes between two posts, got "${got}". Try: every 30m`,
    never: (got: string): string => `expected a day that comes, got "${got}", which never does`,
    unknown: (got: string): string => `expected days and times such as "weekdays 07:30", got "${got}"`,
    didYouMean: (word: string): string => `Did you mean "${word}"?`,
    everyWhat: (got: string): string => `expected "every" with hours or minutes, got "${got}"`,
    tryEvery: 'Try: every 2h, every 30m',
    pace: (minutes: number): string => `expected a pace that divides the day, got every ${minutes} minutes`,
    tryPaces: 'Try: every 30m, every 2h, every 3h, every 4h, every 6h, every 12h',
    monthDay: (got: string): string => `expected a day of the month from 1 to 31 or "last", got "${got}"`,
    tryMonthly: 'Try: monthly 1 09:00',
    paceOrTimes: (got: string): string => `expected a pace or times of day, got both in "${got}"`,
    tryPaceOrTimes: 'Try: hourly 9-17, daily 9:00,17:00',
    rangeOnly: (got: string): string => `expected a pace for that range, got only "${got}"`,
    tryRange: 'Try: hourly 9-17, every 2h 9-17',
    noTime: (got: string): string => `expected a time of day, got only "${got}"`,
    tryTime: (days: string | undefined): string => `Try: ${days ?? 'daily'} 08:00`,
    tooMany: (most: number, got: number): string => `expected at most ${most} times, got ${got}`,
    cron: (
      field: 'minute' | 'hour' | 'monthDay' | 'month' | 'weekday',
      from: number,
      to: number,
      got: string,
    ): string =>
      `${{ minute: 'minute', hour: 'hour', monthDay: 'day of the month', month: 'month', weekday: 'weekday' }[field]}: expected ${from} to ${to}, *, a list, a range or */n, got "${got}"`,
    tryCron: 'Try: 0 8 * * 1-5',
    zone: (got: string): string => `zone: expected an IANA time zone, got "${got}"`,
    quiet: (got: string): string => `quiet: expected hours such as "22:00-07:00", got "${got}"`,
  },

  setup: {
    summary: (n: number, question: string): string => `Set-up, step ${n} of 4: ${question}`,
    heading: (n: number, question: string): string => `Set-up ${n} of 4: ${question}`,
    where: 'Where should briefings be posted?',
    here: (channel: string): string => `Here (${channel})`,
    thisChannel: 'this channel',
    anotherChannel: 'Another channel',
    notYet: 'Nothing is posted until you finish.',
    cannotPost: 'The bot cannot post there yet',
    missing: 'Missing: ',
    retry: 'Retry',
    chooseAnother: 'Choose another channel',
    when: 'When?',
    yourZone: (zone: string): string => `Times are in ${zone}, your own zone.`,
    botZone: (zone: string): string =>
      `Times are in ${zone}, the zone of the bot; ${command('schedule add')} takes another.`,
    chooseTime: 'Choose a time',
    times: ['daily 07:00', 'daily 08:00', 'daily 09:00', 'weekdays 08:00', 'daily 18:00', 'mon 09:00'],
    otherTimes: 'Other times',
    about: 'About what?',
    chooseTopic: 'Choose a topic',
    everything: 'everything',
    everythingTheDay: 'Everything: the day',
    ready: 'Ready',
    labels: { where: 'Where', when: 'When', what: 'What', language: 'Language' },
    first: (at: Inline): Phrase => [' (first: ', at, ')'],
    start: 'Start it',
    seeFirst: 'See a brief first',
    /** Offered in the other language itself: `En español`. */
    inThisLanguage: 'In English',
    after: (now: Inline, all: Inline): Phrase => [
      'After it starts: ',
      now,
      ' posts a first one, ',
      all,
      ' shows the next three times.',
    ],
  },

  sources: {
    title: 'Sources',
    inAll: (n: number, isLoading: boolean): string =>
      `${articles(n)} in all.${isLoading ? ' The corpus is being read.' : ''}`,
    fromOperator: ' — from the operator',
    unread: (n: number): string => `${files(n)} could not be read`,
    kind: { path: 'path', feed: 'feed', page: 'page', list: 'list of feeds' },
    nextTry: ' · next try ',
    state: { ok: 'ok', failing: 'failing', paused: 'paused' },
    unknown: 'unknown',
    line: (of: {
      readonly kind: string;
      readonly articles: number;
      readonly state: string;
      readonly id: number;
      readonly checked?: Inline;
      /** Of one that fails. */
      readonly next?: Inline;
    }): Phrase => [
      ` — ${of.kind}, ${articles(of.articles)}, ${of.state} · #${of.id} · checked `,
      of.checked ?? 'not yet',
      ...(of.next ? [' · next try ', of.next] : []),
    ],
    here: 'That source is here already.',
    hereAlready: 'That source is here already: ',
    wrongAddress: 'address: expected the address of a feed or a page, such as https://example.com/feed.xml.',
    saveIt: (name: string, holds: string): string => `${name}: ${holds}. Save it?`,
    now: (kind: string, holds: string): string => `${kind} · ${holds} now`,
    add: 'Add it',
    addedShort: (name: string): string => `Added ${name}.`,
    added: (name: Inline, remove: Inline): Phrase => [
      'Added ',
      name,
      '. Its articles arrive within a minute and are visible here only. Remove it with ',
      remove,
      '.',
    ],
    addedList: (name: Inline, remove: Inline): Phrase => [
      'Added ',
      name,
      '. Each of its feeds becomes a source of its own within a minute, visible here only. Remove the list with ',
      remove,
      ', its feeds one by one.',
    ],
    noSuch: (id: number): string =>
      `There is no source #${id} of this server or workspace. ${command('sources list')} shows them.`,
    removedShort: (name: string): string => `Removed ${name}.`,
    removed: (name: Inline): Phrase => ['Removed ', name, '. Articles already read stay.'],
    failsShort: (name: string): string => `${name} cannot be read.`,
    fails: (name: string, reason: string): string => `${name} cannot be read: ${reason}`,
    keepsTrying: `The bot keeps trying, more and more rarely. ${command('sources list')} shows how it is doing.`,
  },

  status: {
    title: 'Status',
    corpus: 'Corpus',
    holds: (
      stats: Readonly<Record<'articles' | 'quotes' | 'paraphrases' | 'speakers' | 'stories', number>>,
      isLoading: boolean,
    ): string =>
      ` ${isLoading ? 'being read; ' : ''}${articles(stats.articles)}, ${quotes(stats.quotes)}, ${paraphrases(stats.paraphrases)}, ${speakers(stats.speakers)}, ${stories(stats.stories)}`,
    platforms: 'Platforms',
    briefings: 'Briefings',
    active: (active: number, others: number): string =>
      ` ${active} active${others > 0 ? `, ${others} paused or failed` : ''}`,
    next: (id: number, where: string, at: Inline): Phrase => [`next: #${id} to ${where}, `, at],
    clock: 'Clock',
    lastTick: ' last tick ',
    notTicking: ' not ticking yet',
    notRead: 'Not read',
    whatWentWrong: 'What went wrong',
    nothingWrong: 'Nothing went wrong that the bot knows of.',
    failing: 'failing',
    briefing: (id: number): string => `Briefing #${id}`,
  },

  privacy: {
    kept: 'Briefings (channel, times, who made them), sources added here and their articles, the record of what was posted, errors reported from here (not by whom), and on Slack the installation',
    title: 'What the bot keeps here',
    summary: (nBriefings: number, nSources: number): string =>
      `What the bot keeps here: ${briefings(nBriefings)}, ${sources(nSources)}.`,
    never: (kept: string): string =>
      `${kept}. Never what members write, but for a note that someone sends with a report.`,
    none: 'none',
    longExport: (characters: number): string =>
      `The whole export has ${characters} characters; the operator can hand it over as a file with pullquote export.`,
    deletesShort: 'This deletes everything the bot keeps here. Press Delete to go on.',
    deletes: (kept: string): string => `This deletes what the bot keeps here: ${kept}. It cannot be undone.`,
    deleteAll: 'Delete it all',
    deletedShort: 'Deleted.',
    deleted: 'Deleted: everything the bot kept for this server or workspace.',
  },

  report: {
    title: 'Report an error',
    count: nouns('reported error'),
    wrong: {
      speaker: 'Wrong speaker',
      quote: 'Not a quote',
      stance: 'Wrong stance',
      other: 'Something else',
    } as Readonly<Record<Wrong, string>>,
    reported: (what: string): string => `Reported: ${what.toLowerCase()}`,
    times: (n: number): string => `${n} times`,
    nothing: 'Nothing to report on was found.',
    nothingFor: (about: Inline): Phrase => [
      'Nothing was found for ',
      about,
      '. A receipt is the word that starts with q under a quote: press In context.',
    ],
    that: 'that',
    whichPassage: 'Report an error: which passage?',
    which: 'Which passage is wrong?',
    choose: 'Choose a passage',
    more: (n: number): string => `${n} more: press In context under the quote, then Report an error`,
    otherIn: (story: string): string => `Something else: ${story}`,
    whatOf: (name: string): string => `Report an error: what is wrong with these words of ${name}?`,
    what: 'What is wrong?',
    privately: 'Goes to the people who run the bot, with the receipt. Who reports is not kept, only what you send.',
    tooMany: 'That is a lot of reports in an hour. Thank you; please go on a little later.',
    thanksShort: (what: string): string => `Reported: ${what.toLowerCase()}. Thank you.`,
    done: 'Reported. ',
    thanks: (what: string, about: Inline): Phrase => [`Thank you: ${what.toLowerCase()}, `, about, '.'],
    again: (n: number): string => `Reported ${n} times so far. It counts once more.`,
    isTold:
      'The people who run the bot are told. The quote keeps its receipt, so that the mistake can be found and kept from coming back.',
    noticeShort: (what: string, about: string): string => `A reader reported an error: ${what.toLowerCase()}, ${about}`,
    notice: 'A reader reported an error',
    line: (id: number, about: Inline, all: Inline): Phrase => [about, ` · report ${id} · `, all, ' lists them all'],
  },

  /** On a post whose source was changed after it. */
  correction: {
    corrected: 'Corrected ',
    because: (passages: number): string =>
      passages === 1
        ? '. The source was changed after this was posted: one passage that no longer stands there as shown was taken out.'
        : `. The source was changed after this was posted: ${passages} passages that no longer stand there as shown were taken out.`,
    short: (summary: string): string => `Corrected: ${summary}`,
    title: 'Correction',
    noticeShort: (passages: number): string =>
      `Correction: ${passages === 1 ? 'one passage of this post no longer stands' : `${passages} passages of this post no longer stand`} in the source.`,
    notice: (passages: number): string =>
      `The source was changed after this was posted. ${passages === 1 ? 'One passage no longer stands' : `${passages} passages no longer stand`} there as shown:`,
    sentence: 'A sentence of the article',
    found: 'found ',
  },

  /** To the owner of a briefing, who is told once. */
  owner: {
    briefing: (id: number, times: string, where: string): string => `briefing #${id} (${times}, ${where})`,
    stopped: 'A briefing stopped',
    stoppedShort: (briefing: string, reason: string): string => `Your ${briefing} stopped: ${reason}`,
    stoppedBecause: (briefing: Inline, reason: string): Phrase => ['Your ', briefing, ` cannot be posted: ${reason}`],
    resumeWith: (id: number): string =>
      `Its settings are kept. When this is put right: ${command('schedule resume')} ${option('schedule resume', 'id')}:${id}`,
    missed: 'An edition was not posted',
    missedShort: (briefing: string, reason: string): string =>
      `An edition of your ${briefing} was not posted: ${reason}`,
    missedBecause: (briefing: Inline, reason: string): Phrase => ['Of your ', briefing, `: ${reason}`],
    goesOn: `The briefing goes on. If the same happens again you will not be told each time; ${command('status')} why shows it.`,
  },

  // ---------------------------------------------------------------- platforms

  discord: {
    tooLong: (characters: number): string =>
      `(${characters} characters: too long to be shown whole here, and quoted words are never cut.)`,
    /** A button whose command is too long for Discord: how to ask by hand. */
    askFor: (label: string): string => `${label}: type `,
    moreParts: (n: number): string =>
      `${n} more ${form(n, { one: 'part does not fit here', other: 'parts do not fit here' })}. Ask for something narrower.`,
    oldButton: `This button is from an earlier version and no longer works. Ask again with a command; ${command('help')} lists them all.`,
    failed: 'The answer could not be shown. Nothing was posted or changed. Please try again.',
    yes: 'Yes',
    no: 'No',
    /** Rights by the names that Discord itself shows for them in this language. */
    rights: {
      viewChannel: 'View Channel',
      sendMessages: 'Send Messages',
      createPublicThreads: 'Create Public Threads',
      sendMessagesInThreads: 'Send Messages in Threads',
      createPosts: 'Create Posts',
      sendMessagesInPosts: 'Send Messages in Posts',
      embedLinks: 'Embed Links',
    },
    grant: (right: string, place: string): string =>
      `The bot lacks the right “${right}” in ${place}. Grant it there: Edit Channel → Permissions → add the bot's role → allow “${right}”.`,
    channelGone: (id: string): string =>
      `Channel ${id} is not there any more, or it is in a server without the bot. Choose another one.`,
    notForMessages: (place: string): string =>
      `${place} is no channel for messages. Choose a text, announcement or forum channel, or a thread.`,
    threadLocked: (place: string): string => `The thread ${place} is locked. Unlock it, or choose another place.`,
    notInServer: 'The bot is not in this server any more. Invite it again.',
    inTimeOut: (until: string): string =>
      `The bot is in time-out here until ${until}. Remove the time-out to let it post.`,
    notChecked: 'Discord cannot be reached, so the channel could not be checked. Try again in a minute.',
  },

  slack: {
    tooLong: (who: string): string => `${who}: these words are too long to be shown whole in Slack.`,
    partTooLong: 'A part of this is too long to be shown whole in Slack.',
    /** A view has one page only. */
    moreElsewhere: 'There is more than fits here. Ask in a channel to see it all.',
    /** A `response_url` takes five messages only. */
    moreParts: (left: number): string =>
      `${left} more ${form(left, { one: 'part does', other: 'parts do' })} not fit here. Ask for less at once, for example one topic or one speaker.`,
    part: (n: number, of: number): string => `(${n} of ${of})`,
    shared: 'Shared in the channel.',
    notShared: (handle: string): string =>
      `Could not share there. Type /invite @${handle} in that channel, then try again.`,
    oldButton: `This button is from an older version and no longer works. Please ask again; ${command('help')} lists what there is.`,
    nothingToShow: 'Nothing to show.',
    unknownTime: 'an unknown time',
    oneMoment: 'One moment…',
    notAnswered: 'Pullquote could not answer this time.',
    notAnsweredWhy: 'Pullquote could not answer this time. Please try again; its operator finds the reason in the log.',
    submit: 'OK',
    cancel: 'Cancel',
    close: 'Close',
    typeToSearch: 'Type to search',
    forExample: (example: string): string => `For example: ${example}`,
    yes: 'yes',
    no: 'no',
    choose: (option: string): string => `Choose a ${option}`,
    directMessage: 'direct message',
    home: {
      title: 'Start here',
      /** `every`: the command that takes all others as its first word. */
      intro: (every: string, handle: string): string =>
        `Ask in any channel with a slash command; only you see the answer until you press Share. Every command also works as the first word of ${every}, such as ${every} status. For a briefing in a channel, type /invite @${handle} there first.`,
      setUp: 'Set up',
      tryIt: 'Try it: today’s brief',
      findQuote: 'Find a quote',
    },
    noScope: 'The app lacks the scope chat:write. Add it under OAuth & Permissions, then reinstall the app.',
    notInstalled: 'Pullquote is not installed in this workspace any more. Add it again first.',
    notChecked: 'Slack did not answer, so the channel could not be checked. Press Retry.',
    archived: (name: string): string => `#${name} is archived. Unarchive it or choose another channel.`,
    notIn: (name: string, handle: string): string =>
      `Pullquote is not in #${name}. Type /invite @${handle} in that channel, then press Retry.`,
    cannotSee: (handle: string): string =>
      `Pullquote cannot see that channel. Type /invite @${handle} in that channel, then press Retry.`,
  },

  terminal: {
    welcome: `Pullquote. Try ${command('brief')} cartels, ${command('quote')} trump, ${command('topics')} or ${command('help')}; a number presses a button; /quit ends.`,
    starting: 'Still starting. Try again in a moment.',
    noButton: (n: string): string => `There is no button [${n}] in the last answer.`,
  },

  /**
   * Reasons, states and outcomes that were written down or came from a connection: kept in English, for logs and for every
   * reader, and told in the reader's language where it knows them.
   */
  reason: (reason: string): string => reason,
});

/** All of the bot's own words. */
export interface Words extends ReturnType<typeof english> {}
