/** The nouns that every room shares. Plain values: no methods, no I/O, nothing that knows a platform or a database. */

/** A stretch of an article's text: UTF-16 code units, `end` exclusive, as `text.slice(start, end)` reads it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Who may see a thing: `''` is everyone (the operator's corpus), else one server or workspace such as `discord:123` or `slack:T1`. */
export type Tenant = string;

/** A point in time: ISO 8601 in UTC, `2026-01-09T08:00:00.000Z`. */
export type Instant = string;

// ---------------------------------------------------------------- articles

/**
 * What an article says of its own date.
 *
 * `stated`: the source carries one (front matter, feed, page). `mentioned`: it does not; `day` is the latest full date
 * that stands in the text, which is a hint and never a publication date. `none`: neither.
 */
export type ArticleDate =
  | { readonly state: 'stated'; readonly at: Instant; readonly precision: 'day' | 'minute' }
  | { readonly state: 'mentioned'; readonly day: string; readonly span: Span }
  | { readonly state: 'none' };

/** A social-media post that stands inside an article. Its words are `text`, quoted by the article. */
export interface EmbeddedPost {
  /** The whole block: the words, links and signature line. */
  readonly span: Span;
  /** The words of the post, without trailing links and signature. */
  readonly text: Span;
  /** The account's display name and handle (without `@`) as the signature prints them. */
  readonly name: string;
  readonly handle: string;
  /** The day in the signature, `YYYY-MM-DD`, where it has one. */
  readonly day?: string;
}

/** Text that is kept but is not the article's prose: never quoted, summarised or searched. */
export interface Mask extends Span {
  readonly kind: 'boilerplate' | 'caption' | 'byline';
}

/**
 * One version of one article, as it came.
 *
 * `text` is the decoded source with the byte-order mark removed, CRLF turned to LF, and code units that no database
 * holds (NUL, lone surrogates) replaced one for one by U+FFFD: lengths and therefore spans stay true.
 */
export interface Article {
  /** Stable over versions: a hash of tenant and where it came from (address or corpus path). */
  readonly id: string;
  /** SHA-256 of `text`, hex. A new hash under the same id is a new version. */
  readonly hash: string;
  readonly tenant: Tenant;
  /** Where it came from, as the operator named it: a path, a feed address, a page address, `path#line` for a record. */
  readonly origin: string;
  readonly url?: string;
  readonly outlet?: string;
  readonly byline?: string;
  /** The source's own headline; absent when it has none. */
  readonly title?: string;
  /** What to call the article: the title, else a label the bot made from the text. */
  readonly label: string;
  readonly labelIsOurs: boolean;
  /** ISO 639-1; `und` when it cannot be told. */
  readonly language: string;
  readonly date: ArticleDate;
  /** When this version was first read. Orders undated articles; never shown as a date of the article. */
  readonly readAt: Instant;
  /** A feed teaser or paywalled page: the text is not the whole article. */
  readonly partialText?: boolean;
  /** True where the article says that it is fiction (front matter `fiction: true`): every message must repeat it. */
  readonly fiction?: boolean;
  readonly text: string;
  /** Paragraphs in reading order, not overlapping; `¶n` is index n - 1. Masked paragraphs are not counted. */
  readonly paragraphs: readonly Span[];
  readonly masks: readonly Mask[];
  readonly posts: readonly EmbeddedPost[];
}

// ---------------------------------------------------------------- analysis

/** `direct`: a whole utterance in marks. `partial`: a fragment in marks inside the article's own clause. `indirect`: paraphrase. */
export type QuoteKind = 'direct' | 'partial' | 'indirect';
export type SpeakerKind = 'person' | 'organization' | 'group' | 'unnamed';
export type Medium = 'spoken' | 'written' | 'post';
export type Stance = 'support' | 'oppose' | 'concern' | 'neutral';

/** Classes of words that report: what the cue does. */
export type CueClass = 'say' | 'write' | 'ask' | 'think' | 'want' | 'deny' | 'stance' | 'document';

/** One contiguous piece of a statement, never across a paragraph break. Every span points into `Article.text`. */
export interface FoundQuote {
  readonly kind: QuoteKind;
  readonly medium: Medium;
  /** What was said, without the outermost marks. For `partial`, the article's clause with the marked words in it. */
  readonly content: Span;
  /** The words inside quotation marks, marks left out: at least one for `direct` and `partial`, none for `indirect`. */
  readonly verbatim: readonly Span[];
  /** The words that report it ("said", "in a statement"); absent for floating quotes. */
  readonly cue?: Span;
  readonly cueClass?: CueClass;
  /** The words that name the speaker, as printed ("Trump", "he", "72 House Democrats"); may be a pronoun. */
  readonly mention?: Span;
  /** Index into `Analysis.speakers`; absent means speaker unclear. */
  readonly speaker?: number;
  /** 0 to 1: how sure the attribution is. Below `UNSURE` no `speaker` is given, only the mention. */
  readonly confidence: number;
  /** The step that found it, for receipts and for us: `labels`, `marks`, `post`, `transcript`, `headline`, `continued` ... */
  readonly rule: string;
  /** The article's own sentence or sentences in which the piece and its attribution stand. */
  readonly sentence: Span;
  /** Pieces of one statement share this number (split by "he said", or running over paragraphs). */
  readonly utterance: number;
  /** When and where it was said, as the article states it beside the cue ("Thursday night", "in an interview on Fox News"). */
  readonly when?: Span;
  readonly where?: Span;
}

/** Someone who speaks in an article, under the fullest name the article (or, failing that, a compatible table) gives. */
export interface FoundSpeaker {
  readonly kind: SpeakerKind;
  /** Canonical name for a person or organisation ("Claudia Sheinbaum"); the printed phrase for groups and unnamed sources. */
  readonly name: string;
  /** The role as this article states it ("Mexican President", "governor of Ohio"), without the name. */
  readonly role?: string;
  /** Other forms that this article uses for the same speaker, longest first; no pronouns. */
  readonly aliases: readonly string[];
  /** An account name without `@`. */
  readonly handle?: string;
  readonly gender?: 'm' | 'f';
  /** Key of a row of the gazetteer when the name was completed from it. */
  readonly gazetteer?: string;
  /** Mentions in reading order, pronouns included. */
  readonly mentions: readonly Span[];
}

/** A speaker's position towards a target, with the words it was read from. */
export interface FoundReaction {
  /** Index into `Analysis.speakers`. */
  readonly speaker: number;
  readonly stance: Stance;
  /** What or whom it is about, as printed; absent when unclear. */
  readonly target?: Span;
  /** Index into `Analysis.speakers` when the target is a speaker too. */
  readonly targetSpeaker?: number;
  /** The words the stance was read from ("condemned", "would be “disastrous”"). */
  readonly evidence: Span;
  /** The clause to show: whole words of the article, from the reaction's verb to the end of what was said. */
  readonly clause: Span;
  readonly sentence: Span;
  readonly kind: QuoteKind;
  readonly medium: Medium;
  /** Indices into `Analysis.quotes` of the pieces that carry it. */
  readonly quotes: readonly number[];
  readonly confidence: number;
}

/** What an article is about, in a reader's words. */
export interface FoundTopic {
  /** Folded key for lookups ("drug cartel"): lower case, singular, no marks. */
  readonly key: string;
  /** As readers would write it ("drug cartels"). */
  readonly label: string;
  /** 0 to 1 within the article. */
  readonly weight: number;
  readonly spans: readonly Span[];
}

/** A sentence worth reading, best first. */
export interface KeySentence {
  readonly span: Span;
  readonly score: number;
}

/** All that is found in one article version. Pure function of the text. */
/** Two names for one thing, as one article gives them. Keys are folded, their last word singular. */
export interface FoundAlias {
  readonly name: { readonly key: string; readonly label: string };
  readonly other: { readonly key: string; readonly label: string };
  /** `letters` of the words; `called` so by the article; `kindred`: two words for one kind of group. */
  readonly how: 'letters' | 'called' | 'kindred';
}

export interface Analysis {
  /** Version of the engine and its weights; a change means that stored articles are analysed again. */
  readonly engine: string;
  readonly sentences: readonly Span[];
  /** In reading order, not overlapping. */
  readonly quotes: readonly FoundQuote[];
  readonly speakers: readonly FoundSpeaker[];
  readonly reactions: readonly FoundReaction[];
  /** Heaviest first. */
  readonly topics: readonly FoundTopic[];
  readonly keySentences: readonly KeySentence[];
  readonly aliases?: readonly FoundAlias[];
}

// ---------------------------------------------------------------- what the store answers with

/** Proof of one quote: enough to prove it again from the source alone. */
export interface Receipt {
  /** Short and speakable, `q` and ten letters or digits; from article id, hash and content span. */
  readonly id: string;
  readonly articleId: string;
  readonly hash: string;
  readonly content: Span;
  readonly verbatim: readonly Span[];
  readonly cue?: Span;
  readonly mention?: Span;
  readonly rule: string;
  readonly engine: string;
}

/** What messages need to know of an article without its text. */
export type ArticleHead = Omit<Article, 'text' | 'paragraphs' | 'masks' | 'posts'>;

/** A speaker over the whole corpus. */
export interface Speaker {
  readonly id: number;
  readonly kind: SpeakerKind;
  readonly name: string;
  readonly role?: string;
  readonly aliases: readonly string[];
  /** Verbatim and paraphrased statements in the articles the caller may see. */
  readonly quotes: number;
  readonly paraphrases: number;
}

/** A stored quote, ready to be shown: the words are slices of the stored text. */
export interface Quote {
  readonly receipt: Receipt;
  readonly kind: QuoteKind;
  readonly medium: Medium;
  /** `content` as text. For `partial`, the article's clause, its own marks in it. */
  readonly text: string;
  /** The words inside marks, one string for each of `receipt.verbatim`. */
  readonly verbatim: readonly string[];
  /** Speaker, or none: then `mention` says what the article prints, if anything. */
  readonly speaker?: {
    readonly id: number;
    readonly kind: SpeakerKind;
    readonly name: string;
    readonly role?: string;
    readonly handle?: string;
  };
  readonly mention?: string;
  readonly when?: string;
  readonly where?: string;
  readonly sentence: string;
  readonly sentenceSpan: Span;
  /** 1 for the first paragraph. */
  readonly paragraph: number;
  readonly utterance: number;
  readonly confidence: number;
  readonly article: ArticleHead;
  /** Near-identical wordings of the same utterance elsewhere, each provable by its own receipt; empty for most. */
  readonly carriers: readonly Carrier[];
  /** The embedded post it stands in, where it does: whose account, and the day of its signature. */
  readonly post?: PostCredit;
  /** Absent while it stands: else the article has a newer version, or is withdrawn. */
  readonly standing?: 'superseded' | 'withdrawn';
}

/** Who posted, as the signature prints it. */
export interface PostCredit {
  readonly name: string;
  readonly handle: string;
  readonly day?: string;
}

/** Another place where the same utterance stands, in its own words: a second article, or a post inside the same one. */
export interface Carrier {
  readonly receipt: string;
  readonly outlet?: string;
  readonly label: string;
  readonly post?: PostCredit;
}

/** A stored reaction, ready to be shown. */
export interface Reaction {
  readonly speaker: NonNullable<Quote['speaker']>;
  readonly stance: Stance;
  readonly kind: QuoteKind;
  readonly medium: Medium;
  readonly target?: string;
  readonly evidence: string;
  /** The clause to show and where it stands: an excerpt of the source, marks and all. */
  readonly clause: string;
  readonly clauseSpan: Span;
  /** The article's whole sentence around the clause. */
  readonly sentence: string;
  readonly paragraph: number;
  /** Receipts of the quotes that carry it, in reading order. */
  readonly receipts: readonly string[];
  readonly article: ArticleHead;
}

/** Articles about one event, with a stable id that outlives its first article. */
export interface Story {
  readonly id: number;
  /** The label of its best article. */
  readonly label: string;
  readonly labelIsOurs: boolean;
  readonly articles: readonly ArticleHead[];
  readonly firstAt: Instant;
  readonly latestAt: Instant;
  readonly outlets: readonly string[];
  readonly topics: readonly string[];
}

/** A sentence of an article as it stands there, provable like a quote. */
export interface Excerpt {
  readonly articleId: string;
  readonly hash: string;
  readonly span: Span;
  readonly text: string;
  /** 1 for the first paragraph. */
  readonly paragraph: number;
}

/** One story with what a brief needs of it. */
export interface StoryCoverage {
  readonly story: Story;
  /** Key sentences, best first. */
  readonly key: readonly Excerpt[];
  /** In order of worth for a brief: direct by named people first; reading order within. */
  readonly quotes: readonly Quote[];
  readonly reactions: readonly Reaction[];
  /** Why it was found, when a topic was asked for ("cartels", or an alias of it). */
  readonly matched?: string;
  /** Of the first story: the words asked for stand in it in passing only, not in a headline, a topic or a lead, nor often. */
  readonly inPassing?: true;
}

/** How the words of a topic were read, where that is more than the words themselves. Always told to the reader. */
export interface Understanding {
  /** Words that no article has, each with what was looked for in its place. */
  readonly respelled: readonly { readonly typed: string; readonly meant: string }[];
  /** Words that no article has and nothing is spelled like: left out. */
  readonly leftOut: readonly string[];
  /** No article has all the words; these have most of them. */
  readonly partial: boolean;
  /** Other names that were looked for too. */
  readonly also: readonly Alias[];
}

/** Another name for a topic, and the count that it was learned from. */
export interface Alias {
  readonly name: string;
  /** Articles that say both names ... */
  readonly both: number;
  /** ... of those that say either; with `rarer`, of those that say the rarer one, which that tells. */
  readonly of: number;
  readonly rarer?: 'typed' | 'other';
}

/** All we know about a period and, if given, a topic. Stories newest and strongest first. */
export interface Coverage {
  readonly asOf: Instant;
  readonly since?: Instant;
  readonly topic?: string;
  readonly stories: readonly StoryCoverage[];
  /** How many more stories matched than are given here. */
  readonly more: number;
  readonly understood?: Understanding;
}

/** A topic over the corpus. */
export interface Topic {
  readonly key: string;
  readonly label: string;
  readonly articles: number;
  readonly latestAt: Instant;
  /** Other names of it in this corpus that would else be topics of their own. */
  readonly also?: readonly string[];
}

// ---------------------------------------------------------------- briefings

/** What to do with slots that passed while the bot was away. */
export type CatchUp = 'late' | 'merge' | 'skip';

/** A standing order: this digest, this channel, these times. */
export interface Briefing {
  readonly id: number;
  readonly tenant: Tenant;
  readonly platform: string;
  /** The platform's own channel id. */
  readonly channel: string;
  /** What people call the channel ("#briefs"), for lists. */
  readonly channelName?: string;
  readonly owner: string;
  readonly kind: 'daily' | 'topic' | 'speaker';
  readonly topic?: string;
  /** As typed ("weekdays 08:00"); `src/schedule.ts` reads it. */
  readonly times: string;
  /** IANA. */
  readonly zone: string;
  readonly catchUp: CatchUp;
  /** Skip what this channel has been shown before. */
  readonly onlyNew: boolean;
  readonly threads: boolean;
  /** `22:00-07:00` in `zone`: hold what falls inside and deliver it once at the end. */
  readonly quiet?: string;
  readonly locale: string;
  readonly state: 'active' | 'paused' | 'failed';
  /** Why it is paused or failed, in words for its owner. */
  readonly reason?: string;
  readonly createdAt: Instant;
  /** The last slot that is settled (delivered, merged or skipped): what is owed comes after it. */
  readonly settledTo: Instant;
  /** When the bot looks at it next (its next slot, the end of quiet hours, a retry); absent: at once. Set by `src/briefing.ts` alone. */
  readonly nextAt?: Instant;
}

/** One owed posting. `key` is unique: `b7@2026-11-22T08:00`. */
export interface Delivery {
  readonly key: string;
  readonly briefingId: number;
  /** The slot in UTC. */
  readonly dueAt: Instant;
  readonly state: 'claimed' | 'delivered' | 'skipped' | 'failed' | 'uncertain';
  readonly claimedBy: string;
  readonly claimedAt: Instant;
  readonly attempts: number;
  readonly settledAt?: Instant;
  readonly outcome?: string;
}

/** One message of a delivery. */
export interface DeliveredPage {
  /** `b7@2026-11-22T08:00#1` */
  readonly key: string;
  readonly n: number;
  readonly state: 'sending' | 'posted';
  readonly messageId?: string;
}

// ---------------------------------------------------------------- reports

/** What a reader says is wrong: with the speaker, that it is no quote, with the stance, or with something else. */
export type Wrong = 'speaker' | 'quote' | 'stance' | 'other';

/** An error that readers reported. Who they are is not kept. */
export interface Report {
  readonly id: number;
  readonly tenant: Tenant;
  /** A receipt, or `#12` for a story: enough to find the words again. */
  readonly about: string;
  readonly wrong: Wrong;
  /** What the reader wrote to the operator, if anything. */
  readonly note?: string;
  /** How often the very same was reported. */
  readonly times: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** Below this confidence a speaker is "unclear" and only the printed mention is shown. */
export const UNSURE = 0.5;
