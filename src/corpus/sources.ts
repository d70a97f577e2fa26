/** Feeds and pages that are asked again and again: which are due, what they say, and what happens when they fail. */
import { setImmediate } from 'node:timers/promises';
import type { Article } from '../model.ts';
import type { Provenance, Source, SourceChange, Store } from '../store/store.ts';
import { makeArticle, statedDigest } from './article.ts';
import type { FeedDocument } from './feeds/feed.ts';
import { plainTitle } from './feeds/feed.ts';
import { areOfOneSource, digestIn, type EntryDraft, entryDrafts, pageDraft } from './feeds/feed-articles.ts';
import { readFeedDocument } from './feeds/feeds.ts';
import { readPage } from './pages/pages.ts';
import { decodeLeniently } from './text/text.ts';
import { isAddress } from './web/addresses.ts';
import type { Fetched, Fetcher } from './web/fetch.ts';

export interface PollerOptions {
  readonly store: Pick<
    Store,
    | 'sources'
    | 'dueSources'
    | 'addSource'
    | 'removeSource'
    | 'changeSource'
    | 'noteProblem'
    | 'clearProblem'
    | 'articleState'
  >;
  readonly fetcher: Fetcher;
  /** Version of the analysis, as in `Sink`. */
  readonly engine: string;
  /** Analyses and stores one version, as in `Sink`. */
  save(article: Article, original: Uint8Array, provenance: Provenance): Promise<'added' | 'changed' | 'unchanged'>;
  readonly now: () => Date;
  /** A source has failed long enough to bother its owner: called once until it works again. */
  readonly failing?: (source: Source, reason: string) => void;
  /** A fault of ours (the database is gone), for the log. */
  readonly fault?: (error: unknown, source?: Source) => void;
  readonly tickMs?: number;
  /** Sources at a time. */
  readonly parallel?: number;
  /** 0 to 1; spreads sources that failed together. */
  readonly random?: () => number;
}

export interface Poller {
  /** Takes the addresses of `CORPUS` in and begins to check what is due. */
  start(addresses?: readonly string[]): Promise<void>;
  /** A source was added: look now. */
  changed(): void;
  /** Checks everything that is due, once, and waits for it. */
  checkDue(): Promise<Checked>;
  /** Ends the checks under way. */
  stop(): Promise<void>;
}

export interface Checked {
  readonly sources: number;
  readonly added: number;
  readonly changed: number;
  readonly failed: number;
}

const minute = 60_000;
const usualMs = 20 * minute;
const shortestMs = 10 * minute;
const longestMs = 24 * 60 * minute;
/** A page that was added as a page seldom changes. */
const pageMs = 6 * 60 * minute;
/** The owner hears of the third failure in a row, or of the first that cannot mend itself. */
const tellAfter = 3;
/** Sources looked at in one tick, and sources of one host at a time. */
const mostDue = 2000;
const perHost = 2;
const checkLimitMs = 5 * minute;
/** The page of a teaser that has changed is read again after so long at the earliest. */
const againMs = 60 * minute;
const feedBytes = 10_000_000;
/** Feeds taken from one list (OPML) in all, however often it changes. */
const mostListed = 200;

export const feedAccept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1';

/** Opens the poller. Nothing is fetched before `start` or `checkDue`. */
export function openPoller(options: PollerOptions): Poller {
  const {
    store,
    fetcher,
    engine,
    save,
    now,
    failing,
    fault,
    tickMs = 15_000,
    parallel = 12,
    random = Math.random,
  } = options;
  const busy = new Map<number, { readonly source: Source; readonly check: Promise<void> }>();
  let waiting: readonly Source[] = [];
  const stopping = new AbortController();
  const seen = new SeenEntries();
  const asked = new AskedPages();
  const saving = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let counts = { sources: 0, added: 0, changed: 0, failed: 0 };

  const due = () => store.dueSources({ now: now().toISOString(), limit: mostDue });

  /** Looks at what is due and starts what there is room for. */
  async function tick(): Promise<void> {
    waiting = await due();
    fill();
  }

  /** A slow source holds one place, and the next one in line takes each place that falls free. */
  function fill(): void {
    const left: Source[] = [];
    for (const source of waiting) {
      if (busy.has(source.id) || stopping.signal.aborted) continue;
      if (!hasRoom(source)) left.push(source);
      else begin(source).then(fill);
    }
    waiting = left;
  }

  /** One host, or one server's list of feeds, cannot take the places of all others. */
  function hasRoom(source: Source): boolean {
    if (busy.size >= parallel) return false;
    const others = [...busy.values()].map((one) => one.source);
    const ofHost = others.filter((one) => hostOf(one) === hostOf(source)).length;
    const ofTenant = source.tenant === '' ? 0 : others.filter(({ tenant }) => tenant === source.tenant).length;
    return ofHost < perHost && ofTenant < parallel / 3;
  }

  function begin(source: Source): Promise<void> {
    const check = checkSafely(source).finally(() => busy.delete(source.id));
    busy.set(source.id, { source, check });
    return check;
  }

  async function checkSafely(source: Source): Promise<void> {
    try {
      await check(source);
    } catch (error) {
      if (stopping.signal.aborted) return;
      fault?.(error, source);
      // A source that cannot be dealt with must not be asked at every tick.
      await failedCheck(source, { reason: 'what it sent could not be dealt with', isPermanent: false }).catch(
        (again: unknown) => fault?.(again, source),
      );
    }
  }

  async function check(source: Source): Promise<void> {
    counts.sources += 1;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(checkLimitMs)]);
    const { etag, lastModified, movedTo } = source.memo ?? {};
    const fetched = await fetcher.get(movedTo ?? source.address, {
      accept: feedAccept,
      maxBytes: feedBytes,
      robots: source.kind === 'page',
      signal,
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
    });
    if (stopping.signal.aborted) return;
    if (fetched.kind === 'failed') return failedCheck(source, fetched);
    if (fetched.kind === 'unchanged') {
      if (etag || lastModified) return settle(source, {}, source.memo ?? {});
      return failedCheck(source, {
        reason: 'the server says that nothing is new, but never sent anything',
        isPermanent: false,
      });
    }
    const document = readFeedDocument(fetched.bytes, { url: fetched.url, headers: fetched.headers });
    if (document.kind === 'feed') await takeEntries(source, document.feed, fetched.url, signal);
    else if (document.kind === 'list') {
      const refused = await takeList(source, document);
      if (refused) return failedCheck(source, { reason: refused, isPermanent: true });
    } else if (isPage(fetched)) {
      const refused = await takePage(source, fetched);
      if (refused) return failedCheck(source, { reason: refused, isPermanent: false });
    } else return failedCheck(source, { reason: document.reason, isPermanent: false });
    const title = plainTitle(
      document.kind === 'feed' ? document.feed.title : document.kind === 'list' ? document.title : undefined,
    );
    await settle(
      source,
      source.title || !title ? {} : { title: title.slice(0, 200) },
      memoOf(source, fetched, document),
    );
  }

  async function takeEntries(
    source: Source,
    feed: Parameters<typeof entryDrafts>[0],
    url: string,
    signal: AbortSignal,
  ): Promise<void> {
    const drafts = entryDrafts(feed, source, url);
    for (const draft of drafts) {
      if (signal.aborted) return;
      await takeEntry(source, draft, signal);
      await setImmediate();
    }
  }

  async function takeEntry(source: Source, entry: EntryDraft, signal: AbortSignal): Promise<void> {
    const known = await store.articleState(entry.id);
    // One that was refused, or forgotten since, is not read again and again either.
    if (seen.has(source.id, entry) && (!known || known.engine === engine)) return;
    if (known?.engine === engine && !isEdited(entry, known.digest)) return;
    const page =
      entry.isTeaser && entry.page
        ? await fetcher.get(entry.page, { robots: true, accept: 'text/html, application/xhtml+xml;q=0.9', signal })
        : undefined;
    if (signal.aborted) return;
    const { draft, original } = entry.with(page?.kind === 'ok' ? pageOf(page) : undefined);
    const article = await makeArticle(draft, now());
    // A page that could not be read just now is asked again later: until then the teaser stands.
    const isPutOff = page?.kind === 'failed' && !page.isPermanent;
    if (!('refused' in article))
      await put(article, original, isPutOff ? digestIn(source.address, 'put off') : entry.digest);
    if (!isPutOff) seen.add(source.id, entry);
    if (page) asked.add(entry.id, now());
  }

  /** What stands at a teaser's address is asked again only when its own feed has another word for it, and not all the time. */
  function isEdited(entry: EntryDraft, digest: string | undefined): boolean {
    if (digest === entry.digest) return false;
    if (!entry.isTeaser) return true;
    return digest !== undefined && areOfOneSource(digest, entry.digest) && !asked.isRecent(entry.id, now());
  }

  async function takePage(source: Source, fetched: Extract<Fetched, { kind: 'ok' }>): Promise<string | undefined> {
    const draft = pageDraft(pageOf(fetched), source, fetched.url);
    if (!draft) return 'no article was found on the page';
    const article = await makeArticle(draft, now());
    if ('refused' in article) return article.refused;
    await put(article, fetched.bytes, digestIn(source.address, statedDigest(draft)));
    return undefined;
  }

  /** Saves what is new. Two feeds may bring one article at the same moment: the second looks when the first is done. */
  async function put(article: Article, original: Uint8Array, digest: string): Promise<void> {
    const before = saving.get(article.id) ?? Promise.resolve();
    const turn = before.then(() => putAlone(article, original, digest));
    const settled = turn.catch(() => {}); // Told to the one who saves; the next in line goes on.
    saving.set(article.id, settled);
    await turn.finally(() => {
      if (saving.get(article.id) === settled) saving.delete(article.id);
    });
  }

  async function putAlone(article: Article, original: Uint8Array, digest: string): Promise<void> {
    const known = await store.articleState(article.id);
    if (known?.hash === article.hash && known.engine === engine && known.digest !== undefined) {
      // Another feed that has the article under another headline edits nothing.
      if (known.digest === digest || !areOfOneSource(known.digest, digest)) return;
    }
    const outcome = await save(article, original, { digest });
    if (outcome !== 'unchanged') counts[outcome] += 1;
  }

  /** Every feed of a list becomes a source of its own, beside the list. */
  async function takeList(source: Source, list: Extract<FeedDocument, { kind: 'list' }>): Promise<string | undefined> {
    const { tenant, addedBy } = source;
    // Lists of lists of lists would never end.
    if (source.memo?.listed) return 'a list of feeds inside a list of feeds is not followed';
    const here = new Map((await store.sources(tenant)).map((one) => [one.address, one]));
    let room = mostListed - [...here.values()].filter(({ memo }) => memo?.listed === String(source.id)).length;
    for (const { url, title } of list.feeds) {
      if (room <= 0) break;
      if (!isAddress(url) || Buffer.byteLength(url) > 2000 || here.has(url)) continue;
      room -= 1;
      await store.addSource({
        tenant,
        kind: 'feed',
        address: url,
        addedBy,
        addedAt: now().toISOString(),
        memo: { listed: String(source.id) },
        ...(title && { title: title.slice(0, 200) }),
      });
    }
    return undefined;
  }

  async function settle(source: Source, change: SourceChange, memo: Readonly<Record<string, string>>): Promise<void> {
    const { told: _, ...rest } = memo;
    const every =
      source.kind === 'page' ? pageMs : Math.min(longestMs, Math.max(shortestMs, Number(memo.everyMs) || usualMs));
    await store.changeSource(source.id, {
      ...change,
      state: 'ok',
      reason: '',
      failures: 0,
      checkedAt: now().toISOString(),
      nextAt: later(every),
      memo: rest,
    });
    if (source.failures > 0) await store.clearProblem(source.address);
  }

  async function failedCheck(
    source: Source,
    { reason, isPermanent, retryAfterMs = 0 }: { reason: string; isPermanent: boolean; retryAfterMs?: number },
  ): Promise<void> {
    counts.failed += 1;
    const failures = source.failures + 1;
    const wait = Math.max(
      retryAfterMs,
      isPermanent ? longestMs : Math.min(longestMs, 5 * minute * 2 ** Math.min(failures - 1, 12)),
    );
    const { movedTo: _, ...memo } = source.memo ?? {};
    const tell = !memo.told && (isPermanent || failures >= tellAfter);
    const at = now().toISOString();
    await store.changeSource(source.id, {
      state: 'failing',
      reason,
      failures,
      checkedAt: at,
      nextAt: later(wait),
      memo: tell ? { ...memo, told: at } : memo,
    });
    await store.noteProblem({ origin: source.address, tenant: source.tenant, reason, at });
    if (tell) failing?.(source, reason);
  }

  /** Up to a tenth later, so that those that failed together do not come back together. */
  const later = (ms: number): string => new Date(now().getTime() + ms * (1 + random() * 0.1)).toISOString();

  function schedule(): void {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      tick()
        .catch((error: unknown) => fault?.(error))
        .finally(schedule);
    }, tickMs);
    timer.unref();
  }

  return {
    async start(addresses = []) {
      await takeOperatorSources(options, addresses);
      await tick();
      schedule();
    },
    changed() {
      tick().catch((error: unknown) => fault?.(error));
    },
    async checkDue() {
      counts = { sources: 0, added: 0, changed: 0, failed: 0 };
      const begun = new Set<number>();
      for (;;) {
        const left = (await due()).filter(({ id }) => !begun.has(id));
        if (left.length === 0 && busy.size === 0) return { ...counts };
        for (const source of left) {
          if (busy.has(source.id) || !hasRoom(source)) continue;
          begun.add(source.id);
          void begin(source);
        }
        await Promise.race([...busy.values()].map(({ check }) => check));
      }
    },
    async stop() {
      clearTimeout(timer);
      stopping.abort();
      await Promise.all([...busy.values()].map(({ check }) => check));
    },
  };
}

/** Addresses of `CORPUS` are sources of everyone; those no longer named there go, their articles stay. */
async function takeOperatorSources({ store, now }: PollerOptions, addresses: readonly string[]): Promise<void> {
  const wanted = new Set(addresses);
  for (const source of await store.sources('')) {
    if (source.addedBy === 'CORPUS' && source.kind !== 'path' && !wanted.has(source.address))
      await store.removeSource(source.id);
  }
  for (const address of wanted)
    await store.addSource({ tenant: '', kind: 'feed', address, addedBy: 'CORPUS', addedAt: now().toISOString() });
}

function memoOf(
  source: Source,
  { headers, movedTo }: Extract<Fetched, { kind: 'ok' }>,
  document: FeedDocument,
): Readonly<Record<string, string>> {
  const moved = movedTo ?? source.memo?.movedTo;
  const every = document.kind === 'feed' ? document.feed.everyMinutes : undefined;
  return {
    ...(headers.etag && { etag: headers.etag.slice(0, 500) }),
    ...(headers['last-modified'] && { lastModified: headers['last-modified'].slice(0, 100) }),
    ...(moved && { movedTo: moved.slice(0, 2000) }),
    ...(every && { everyMs: String(every * minute) }),
    ...(source.memo?.listed && { listed: source.memo.listed }),
    ...(document.kind === 'list' && { isList: 'yes' }),
  };
}

const hostOf = ({ address }: Source): string => URL.parse(address)?.host ?? '';

const isPage = ({ bytes, headers }: Extract<Fetched, { kind: 'ok' }>): boolean =>
  /html/i.test(headers['content-type'] ?? '') ||
  /<html|<!doctype html/i.test(Buffer.from(bytes.subarray(0, 2000)).toString('latin1'));

/** A fetched page, read. */
export function pageOf({ bytes, headers, url }: Extract<Fetched, { kind: 'ok' }>) {
  const outside = /charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(headers['content-type'] ?? '')?.[1];
  const inside = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(
    Buffer.from(bytes.subarray(0, 4096)).toString('latin1'),
  )?.[1];
  return { page: readPage(decodeLeniently(bytes, outside ?? inside), url), bytes, url };
}

/** Entries read in this process, so that a feed asked every twenty minutes costs a look each. Bounded: forgetting costs a second look. */
class SeenEntries {
  private readonly digests = new Map<string, string>();
  has(source: number, entry: EntryDraft): boolean {
    return this.digests.get(`${source} ${entry.id}`) === entry.digest;
  }
  add(source: number, entry: EntryDraft): void {
    if (this.digests.size > 100_000) this.digests.clear();
    this.digests.set(`${source} ${entry.id}`, entry.digest);
  }
}

/** When a page was last asked for. A feed that changes with every look must not make us ask its pages every time. */
class AskedPages {
  private readonly times = new Map<string, number>();
  isRecent(id: string, now: Date): boolean {
    return now.getTime() - (this.times.get(id) ?? Number.NEGATIVE_INFINITY) < againMs;
  }
  add(id: string, now: Date): void {
    if (this.times.size > 100_000) this.times.clear();
    this.times.set(id, now.getTime());
  }
}
