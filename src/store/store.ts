/**
 * The questions the bot asks its database: one list, two engines (`sqlite.ts`, `postgres.ts`), one suite of promises
 * (`tests/contracts/store.ts`) that both keep.
 *
 * Every reader's question carries a `tenant` and sees the operator's articles (`''`) and that tenant's own.
 */
import type { StorySignature } from '../analysis/stories/stories.ts';
import type {
  Analysis,
  Article,
  ArticleHead,
  Briefing,
  Coverage,
  DeliveredPage,
  Delivery,
  Instant,
  Quote,
  Reaction,
  Report,
  Span,
  Speaker,
  Stance,
  Tenant,
  Topic,
  Understanding,
} from '../model.ts';

/** How a version was read, so that the next reading knows at little cost what has changed and what has gone. */
export interface Provenance {
  /** Digest of what the source says beside the text: title, date, outlet, byline, address. */
  readonly digest: string;
  /** Key of the file it stands in (`CorpusFile.key`); absent for feeds and pages. */
  readonly file?: string;
}

/** What is known of an article without reading it. A version that came without a provenance has none. */
export type ArticleState = { readonly hash: string; readonly engine: string } & Partial<Provenance>;

import type { PreparedArticle } from './saving/prepare.ts';

/** One article version with everything found in it, saved in one transaction. */
export interface ArticleEntry {
  readonly article: Article;
  readonly analysis: Analysis;
  readonly signature: StorySignature;
  /** The source's bytes as they came. */
  readonly original: Uint8Array;
  readonly provenance?: Provenance;
}

export interface CoverageQuery {
  readonly tenant: Tenant;
  readonly now: Instant;
  /** Only articles dated (or, undated, first read) from here on. */
  readonly since?: Instant;
  /** Topic, speaker, place or plain words; none means the day. */
  readonly topic?: string;
  /** One story by its id, instead of a topic. */
  readonly storyId?: number;
  /** Stories wanted, 1 to 10. */
  readonly stories: number;
  /** Story ids to leave out (already shown), for "only new". */
  readonly except?: readonly number[];
}

export interface QuoteQuery {
  readonly tenant: Tenant;
  /** A speaker as typed: name, surname, alias, role or group word. */
  readonly speaker?: string;
  readonly speakerId?: number;
  readonly topic?: string;
  /** Only quotes of these articles. */
  readonly articleIds?: readonly string[];
  readonly since?: Instant;
  /** `verbatim`: direct and partial. */
  readonly want?: 'verbatim' | 'paraphrase' | 'all';
  readonly offset?: number;
  readonly limit: number;
}

export interface ReactionQuery {
  readonly tenant: Tenant;
  readonly topic?: string;
  readonly speaker?: string;
  readonly stance?: Stance;
  readonly since?: Instant;
  readonly offset?: number;
  readonly limit: number;
}

/** A page of answers and how many there are in all (counted up to a bound the engine states, never over the whole corpus). */
export interface Found<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly understood?: Understanding;
}

export interface ArticleHit {
  readonly article: ArticleHead;
  readonly score: number;
  readonly storyId: number;
}

export interface SliceRef {
  readonly articleId: string;
  readonly hash: string;
  readonly span: Span;
}

export type NewBriefing = Omit<Briefing, 'id'>;
export type BriefingChange = Partial<Omit<Briefing, 'id' | 'tenant' | 'platform' | 'createdAt'>>;

/** How a claim on a delivery went. `fresh`: nobody had it. `takeover`: its holder fell silent, so read the channel back first. `busy`: leave it. */
export type Claim = 'fresh' | 'takeover' | 'busy' | 'settled';

/** Where articles come from: a row of `/sources`. `tenant` `''` are the operator's (from `CORPUS`). */
export interface Source {
  readonly id: number;
  readonly tenant: Tenant;
  readonly kind: 'path' | 'feed' | 'page';
  /** A path, glob or address. */
  readonly address: string;
  readonly title?: string;
  readonly addedBy: string;
  readonly addedAt: Instant;
  readonly state: 'ok' | 'failing' | 'paused';
  /** Why it fails, in words for its owner. */
  readonly reason?: string;
  readonly failures: number;
  readonly checkedAt?: Instant;
  readonly nextAt?: Instant;
  readonly articles: number;
  /** What the reader needs for the next conditional request: ETag, Last-Modified, feed interval ... */
  readonly memo?: Readonly<Record<string, string>>;
}
export type NewSource = Pick<Source, 'tenant' | 'kind' | 'address' | 'addedBy' | 'addedAt'> &
  Partial<Pick<Source, 'title' | 'memo'>>;
export type SourceChange = Partial<
  Pick<Source, 'title' | 'state' | 'reason' | 'failures' | 'checkedAt' | 'nextAt' | 'memo'>
>;

/** Something that could not be read, by name. */
export interface Problem {
  readonly origin: string;
  readonly tenant: Tenant;
  readonly reason: string;
  readonly at: Instant;
}

export type NewReport = Pick<Report, 'tenant' | 'about' | 'wrong' | 'note'> & { readonly at: Instant };

/** A file of the corpus and how many of the articles in answers came from it. */
export interface ArticleFile {
  readonly file: string;
  readonly articles: number;
}

/** A version of an article; `hash` `''` when it is withdrawn. */
export interface ShownVersion {
  readonly articleId: string;
  readonly hash: string;
}

/** What a delivery posted, for as long as it may have to be corrected. */
export interface NewPosting {
  /** The document as JSON: the store does not look into it. */
  readonly document: string;
  readonly shows: readonly ShownVersion[];
}

/** How a delivery ended. */
export interface Settlement {
  readonly key: string;
  readonly state: 'delivered' | 'skipped' | 'failed' | 'uncertain';
  readonly outcome: string;
  readonly now: Instant;
  readonly storiesShown: readonly number[];
  readonly nextAt?: Instant;
  /** What `postedPage` would note of the last page, in the same round trip. */
  readonly lastPage?: { readonly n: number; readonly messageId: string };
  /** Kept so that it can be corrected. */
  readonly posting?: NewPosting;
}

export interface Posting {
  readonly key: string;
  readonly briefingId: number;
  readonly at: Instant;
  readonly document: string;
  /** What was taken out of it since, as `settlePosting` was told; `''` for nothing. */
  readonly corrected: string;
}

/** What a grouping anew did. */
export interface Regrouped {
  /** Articles that were looked at. */
  readonly articles: number;
  /** Of these, that went to another story. */
  readonly moved: number;
}

export interface Stats {
  readonly articles: number;
  readonly quotes: number;
  readonly paraphrases: number;
  readonly speakers: number;
  readonly stories: number;
  readonly outlets: number;
  readonly latestAt?: Instant;
  readonly problems: number;
}

export interface Store {
  readonly engine: 'sqlite' | 'postgres';

  // ---- articles in
  /** Saves one version with all that was found, its story and its speakers, or nothing at all. */
  saveArticle(entry: ArticleEntry): Promise<'added' | 'changed' | 'unchanged'>;
  /** The same of an article that was made ready elsewhere (`prepare.ts`), on another thread. */
  savePrepared(article: PreparedArticle): Promise<'added' | 'changed' | 'unchanged'>;
  /** What the newest version was made from, so that an unchanged article is not analysed again. */
  articleState(id: string): Promise<ArticleState | undefined>;
  /** Files that articles stand in now, in order of their keys, from the first after `after`. */
  articleFiles(query: { readonly after: string; readonly limit: number }): Promise<readonly ArticleFile[]>;
  /** Ids of the articles that stand in a file now; `next` is the `after` of the page that follows, if one does. */
  articlesInFile(query: {
    readonly file: string;
    readonly after?: number;
    readonly limit: number;
  }): Promise<{ readonly ids: readonly string[]; readonly next?: number }>;
  /** Takes an article out of all answers (its file or page is gone); receipts of its quotes say so. */
  withdrawArticle(id: string): Promise<boolean>;
  /** Whether a server or workspace has articles of its own; without any it sees what the operator's readers see (`''`: false). */
  ownsArticles(tenant: Tenant): Promise<boolean>;
  article(id: string, hash?: string): Promise<Article | undefined>;
  original(id: string, hash: string): Promise<Uint8Array | undefined>;

  // ---- readers' questions
  coverage(query: CoverageQuery): Promise<Coverage>;
  searchArticles(query: {
    readonly tenant: Tenant;
    readonly text: string;
    readonly since?: Instant;
    readonly now: Instant;
    readonly limit: number;
  }): Promise<readonly ArticleHit[]>;
  findQuotes(query: QuoteQuery): Promise<Found<Quote>>;
  findReactions(query: ReactionQuery): Promise<Found<Reaction>>;
  quote(receipt: string, tenant: Tenant): Promise<Quote | undefined>;
  /** Most written about, newest first among equals; `like` filters by prefix of any word. */
  topics(query: {
    readonly tenant: Tenant;
    readonly since?: Instant;
    readonly like?: string;
    readonly limit: number;
  }): Promise<readonly Topic[]>;
  /** Most quoted first; `like` matches name, alias or role by prefix of any word. */
  speakers(query: {
    readonly tenant: Tenant;
    readonly like?: string;
    readonly kinds?: readonly Speaker['kind'][];
    readonly limit: number;
  }): Promise<readonly Speaker[]>;
  /** For a miss: topics or speakers spelled like `text`, best first. */
  nearestTopics(tenant: Tenant, text: string, limit: number): Promise<readonly Topic[]>;
  nearestSpeakers(tenant: Tenant, text: string, limit: number): Promise<readonly Speaker[]>;
  /** Stored text of each reference, in order; `undefined` where that version is not stored. */
  slices(refs: readonly SliceRef[]): Promise<readonly (string | undefined)[]>;
  stats(tenant: Tenant): Promise<Stats>;

  // ---- briefings
  addBriefing(briefing: NewBriefing): Promise<Briefing>;
  briefing(id: number): Promise<Briefing | undefined>;
  briefings(filter: {
    readonly tenant?: Tenant;
    readonly platform?: string;
    readonly channel?: string;
    readonly state?: Briefing['state'];
  }): Promise<readonly Briefing[]>;
  /** A change that does not give `nextAt` clears it, so that the clock looks at the briefing again at once. */
  changeBriefing(id: number, change: BriefingChange): Promise<Briefing | undefined>;
  /**
   * Active briefings of a platform whose `nextAt` is absent or not after `now`, absent and oldest first; those of some
   * tenants left out. Costs nothing for idle ones (an index).
   */
  dueBriefings(query: {
    readonly platform: string;
    readonly now: Instant;
    readonly limit: number;
    readonly except?: readonly Tenant[];
  }): Promise<readonly Briefing[]>;
  removeBriefing(id: number): Promise<boolean>;

  // ---- the ledger of deliveries
  /** Takes a slot for one process. A claim older than `leaseMs` that is not settled can be taken over. */
  claimDelivery(claim: {
    readonly key: string;
    readonly briefingId: number;
    readonly dueAt: Instant;
    readonly by: string;
    readonly now: Instant;
    readonly leaseMs: number;
  }): Promise<Claim>;
  /** Keeps a claim alive while posting; false when another process has it now. */
  renewClaim(key: string, by: string, now: Instant): Promise<boolean>;
  pages(deliveryKey: string): Promise<readonly DeliveredPage[]>;
  /**
   * Written before a page is sent, so that a crash between sending and noting is known to be ambiguous. Renews the claim
   * on the way; false, and nothing written, when another process has it now.
   */
  startPage(page: {
    readonly key: string;
    readonly n: number;
    readonly by: string;
    readonly now: Instant;
  }): Promise<boolean>;
  postedPage(deliveryKey: string, n: number, messageId: string): Promise<void>;
  /**
   * The platform said for certain that it did not take the page: forgets `startPage`, unless it was posted since or
   * another process has the claim, which may be sending the same page.
   */
  unsentPage(deliveryKey: string, n: number, by: string): Promise<void>;
  /**
   * Ends a delivery and, in the same transaction, advances the briefing's `settledTo` to its `dueAt` (never back), sets
   * its `nextAt` (absent clears it) and notes the stories shown. A delivery that is settled already stays as it is.
   */
  settleDelivery(end: Settlement): Promise<void>;
  deliveries(briefingId: number, limit: number): Promise<readonly Delivery[]>;
  /** Claimed and not settled, oldest first. */
  openDeliveries(limit: number): Promise<readonly Delivery[]>;
  /** How many processes hold a claim on a platform that was made or renewed since then. */
  postingProcesses(platform: string, since: Instant): Promise<number>;
  /** Stories this channel was shown, with when: all, or those from `since` on and in any case the last one. */
  shown(platform: string, channel: string, since?: Instant): Promise<ReadonlyMap<number, Instant>>;

  // ---- posts whose sources change
  /**
   * Keys of postings since `since` that show a version which is not the newest any more and that nobody has looked at
   * since: of one article, or without `articleId` a part of all; go on after `next` while there is one.
   */
  outdatedPostings(query: {
    readonly since: Instant;
    readonly articleId?: string;
    readonly after?: string;
    readonly limit: number;
  }): Promise<{ readonly keys: readonly string[]; readonly next?: string }>;
  /** Takes a posting for one process; undefined when another has it or it is not kept any more. */
  claimPosting(claim: {
    readonly key: string;
    readonly by: string;
    readonly now: Instant;
    readonly leaseMs: number;
  }): Promise<Posting | undefined>;
  /** Gives it back: what is taken out of it now, and the versions that this was decided on. */
  settlePosting(end: {
    readonly key: string;
    readonly by: string;
    readonly corrected: string;
    readonly seen: readonly ShownVersion[];
  }): Promise<void>;
  /** Forgets up to `limit` postings from before `before`, which stand as they are from then on; gives how many. */
  forgetPostings(query: { readonly before: Instant; readonly limit: number }): Promise<number>;

  // ---- sources and what could not be read
  addSource(source: NewSource): Promise<Source>;
  sources(tenant?: Tenant): Promise<readonly Source[]>;
  /** Feeds and pages of everyone that are to be asked now, longest due first; `articles` is not counted (0). */
  dueSources(query: { readonly now: Instant; readonly limit: number }): Promise<readonly Source[]>;
  changeSource(id: number, change: SourceChange): Promise<void>;
  removeSource(id: number): Promise<boolean>;
  noteProblem(problem: Problem): Promise<void>;
  clearProblem(origin: string): Promise<void>;
  problems(tenant: Tenant, limit: number): Promise<readonly Problem[]>;

  // ---- what readers reported
  /** Adds a report, or counts once more the one that says the same: then `times` is above 1. */
  addReport(report: NewReport): Promise<Report>;
  /** Last reported first; without a tenant, everyone's. */
  reports(query: {
    readonly tenant?: Tenant;
    readonly since?: Instant;
    readonly limit: number;
  }): Promise<readonly Report[]>;
  /** Someone has seen to it. */
  removeReport(id: number): Promise<boolean>;

  // ---- installations and privacy
  /** Opaque (encrypted by the caller) installation data of a platform, by tenant. */
  putInstallation(tenant: Tenant, data: string): Promise<void>;
  installation(tenant: Tenant): Promise<string | undefined>;
  /** Everything kept for a tenant, as one JSON value. */
  exportTenant(tenant: Tenant): Promise<unknown>;
  /** Removes briefings, deliveries, sources, articles, reports and installation of a tenant. */
  removeTenant(tenant: Tenant): Promise<void>;

  // ---- growing old
  /**
   * Erases up to `limit` of a tenant's articles that are older than `before`, with their receipts, oldest first; gives
   * how many. In small transactions: nobody waits for it long.
   */
  forgetArticles(query: { readonly tenant: Tenant; readonly before: Instant; readonly limit: number }): Promise<number>;
  /** Erases up to `limit` settled deliveries, notes of stories shown and reports from before `before`; gives how many. */
  forgetDeliveries(query: { readonly before: Instant; readonly limit: number }): Promise<number>;

  // ---- stories of the last days
  /**
   * Groups the articles of the days that something came to anew, all at once, off this thread: one by one, as they came, no
   * later article could speak for two earlier ones. What differs is written in small transactions; a story keeps its
   * number, and the number of one that goes into another still answers. Costs a question when nothing came; does nothing
   * while another process is at it.
   */
  regroupStories(options?: { readonly signal?: AbortSignal; readonly now?: Instant }): Promise<Regrouped>;

  /** Throws when the database cannot be read or written. */
  check(): Promise<void>;
  close(): Promise<void>;
}
