/**
 * Posting one edition exactly once.
 *
 * Claim the slot, compose, and for each page: note that it is about to be sent, send it, note that it was sent. A page
 * that was begun by someone (another process, a crash, an answer that never came) is looked for in the channel before it
 * is sent again; where the channel cannot be read, it is left and said to be uncertain. Two are worse than none.
 */
import { type Edition as Composed, type EditionRequest, postingOf } from '../compose.ts';
import type { Document } from '../document.ts';
import type { Briefing, DeliveredPage, Instant } from '../model.ts';
import { type Address, type Page, type Platform, PlatformError, type Posted } from '../platforms/platform.ts';
import type { NewPosting, Settlement, Store } from '../store/store.ts';
import type { Edition } from './due.ts';
import { pause, waitMs } from './retry.ts';

/** Composes an edition; every quote in it has passed the gate. */
export type Compose = (request: EditionRequest) => Promise<Composed>;

export interface DeliveryTools {
  readonly store: Store;
  readonly compose: Compose;
  readonly clock: () => Date;
  /** This process, unique over all that share the store. */
  readonly owner: string;
  /** A claim that is silent for longer may be taken over. */
  readonly leaseMs: number;
  /** First pause before a retry; tests shorten it. */
  readonly retryMs: number;
  /** Aborted when the bot stops: waiting ends, what is being sent is finished. */
  readonly stopping: AbortSignal;
  /** Awaited before a claimed delivery is posted: `share.ts`. */
  readonly share: (platform: Platform) => Promise<void>;
  /** The platform asked to wait. */
  readonly limited?: (platform: string) => void;
}

export type Outcome =
  | {
      readonly kind: 'settled';
      readonly state: 'delivered' | 'skipped' | 'failed' | 'uncertain';
      readonly words: string;
    }
  /** Nothing was lost and nothing more can be done now; the claim stays ours until its lease ends. */
  | { readonly kind: 'later'; readonly retryAt: Instant; readonly words: string }
  /** Channel, permission or bot is gone: the briefing cannot go on. */
  | { readonly kind: 'gone'; readonly words: string }
  /** Another process has it. */
  | { readonly kind: 'busy' }
  /** It was done before. */
  | { readonly kind: 'done' };

/** In-process tries of one page before the delivery is put off. */
const TRIES = 4;
/** Longer waits are not worth a worker: the delivery is put off. */
const PATIENCE_MS = 15_000;

/** Claims a slot and posts it; never throws for what a platform does. */
export async function deliver(
  tools: DeliveryTools,
  platform: Platform,
  briefing: Briefing,
  edition: Edition,
  next: Instant | undefined,
): Promise<Outcome> {
  const claim = await tools.store.claimDelivery({
    key: edition.key,
    briefingId: briefing.id,
    dueAt: edition.slot.at,
    by: tools.owner,
    now: tools.clock().toISOString(),
    leaseMs: tools.leaseMs,
  });
  if (claim === 'busy') return { kind: 'busy' };
  if (claim === 'settled') return { kind: 'done' };
  return deliverClaimed(tools, platform, briefing, edition, next, claim);
}

/** Posts a slot that this process has claimed. */
export async function deliverClaimed(
  tools: DeliveryTools,
  platform: Platform,
  briefing: Briefing,
  edition: Edition,
  next: Instant | undefined,
  claim: 'fresh' | 'takeover',
): Promise<Outcome> {
  const { store } = tools;
  const lease = keepLease(tools, edition.key);
  const settle = async (
    state: 'delivered' | 'failed' | 'uncertain',
    words: string,
    { storiesShown = [], ...more }: Partial<Pick<Settlement, 'storiesShown' | 'lastPage' | 'posting'>> = {},
  ): Promise<Outcome> => {
    const now = tools.clock().toISOString();
    const nextAt = next === undefined ? {} : { nextAt: next };
    await store.settleDelivery({
      key: edition.key,
      state,
      outcome: words,
      now,
      storiesShown,
      ...nextAt,
      ...more,
    });
    return { kind: 'settled', state, words };
  };
  try {
    const composed = await tools.compose({
      briefing,
      dueAt: edition.slot.at,
      from: edition.since,
      now: tools.clock(),
      ...(edition.banner !== undefined && { banner: edition.banner }),
      ...(edition.late && { late: true }),
      ...(next !== undefined && { next }),
    });
    const { pages, posting } = sheetOf(platform, composed.document, briefing);
    await tools.share(platform);
    const end = await postPages(tools, platform, briefing, edition, pages, lease, claim);
    switch (end.kind) {
      case 'posted':
        return await settle('delivered', postedWords(pages.length, composed.empty, edition), {
          storiesShown: composed.storiesShown,
          ...(end.last && { lastPage: end.last }),
          ...(posting && { posting }),
        });
      // Its stories do not count as shown: told again they cost a line, left out they would be lost.
      case 'uncertain':
        return await settle('uncertain', end.words);
      case 'refused':
        return await settle('failed', end.words);
      case 'gone':
        await settle('failed', end.words);
        return { kind: 'gone', words: end.words };
      case 'later':
        return { kind: 'later', retryAt: afterLease(tools, end.waitMs), words: end.words };
      case 'lost':
        return { kind: 'busy' };
    }
  } finally {
    lease.end();
  }
}

/** A document as one platform posts it. */
interface Sheet {
  readonly pages: readonly Page[];
  /** What is kept of it, so that it can be corrected. */
  readonly posting: NewPosting | undefined;
}

const sheets = new WeakMap<Document, Map<string, Sheet>>();

/** A document that goes to many channels is cut into pages once for all that want it alike. */
function sheetOf(
  platform: Platform,
  whole: Document,
  { threads, locale }: Pick<Briefing, 'threads' | 'locale'>,
): Sheet {
  const known = sheets.get(whole) ?? new Map<string, Sheet>();
  sheets.set(whole, known);
  const wanted = `${platform.name} ${threads} ${locale}`;
  const there = known.get(wanted);
  if (there) return there;
  const document = withoutThread(whole, threads);
  const sheet = { pages: platform.pages(document, locale), posting: postingOf(document) };
  known.set(wanted, sheet);
  return sheet;
}

/** The thread's pages go when the channel does not want threads. */
function withoutThread(document: Document, threads: boolean): Document {
  if (threads || document.thread === undefined) return document;
  const { thread: _thread, ...head } = document;
  return head;
}

const postedWords = (pages: number, empty: boolean, edition: Edition): string =>
  `posted ${pages === 1 ? '1 message' : `${pages} messages`}${empty ? ', nothing new' : ''}${edition.late ? ', late' : ''}`;

// ---------------------------------------------------------------- the claim

interface Lease {
  /** Notes that a page is about to be sent; false when another process has the claim, and then nothing more may be sent. */
  startPage(n: number): Promise<boolean>;
  end(): void;
}

/** Renews a claim while work goes on. */
function keepLease({ store, owner, clock, leaseMs }: DeliveryTools, key: string): Lease {
  let lost = false;
  let heldAt = Date.now();
  const held = async (ask: (now: Instant) => Promise<boolean>): Promise<void> => {
    const asked = Date.now();
    if (lost || !(await ask(clock().toISOString()))) lost = true;
    else heldAt = asked;
  };
  const renew = () => held((now) => store.renewClaim(key, owner, now));
  // A failing database is seen by the work itself; the heartbeat only must not take the process down.
  const timer = setInterval(() => void renew().catch(() => undefined), leaseMs / 3);
  timer.unref();
  return {
    async startPage(n) {
      await held((now) => store.startPage({ key, n, by: owner, now }));
      // Noting it may have taken long, and this is the last moment at which it can matter. Real time, not `clock`: this
      // asks whether the process was stopped or slept since it last heard from the store.
      const silent = Date.now() - heldAt;
      if (silent < 0 || silent > leaseMs / 2) await renew();
      return !lost;
    },
    end: () => clearInterval(timer),
  };
}

/** Our own claim has to run out before anyone, this process too, can take the delivery up again. */
const afterLease = ({ clock, leaseMs }: DeliveryTools, waitMs: number): Instant =>
  new Date(clock().getTime() + Math.max(waitMs, leaseMs + 1000)).toISOString();

// ---------------------------------------------------------------- pages

type Stop =
  | { readonly kind: 'lost' }
  | { readonly kind: 'uncertain' | 'refused' | 'gone'; readonly words: string }
  | { readonly kind: 'later'; readonly waitMs: number; readonly words: string };
type PageEnd = { readonly kind: 'posted'; readonly messageId: string } | Stop;
/** All pages stand in the channel; the last of them is not noted yet. */
interface Posting {
  readonly kind: 'posted';
  readonly last?: Settlement['lastPage'];
}

async function postPages(
  tools: DeliveryTools,
  platform: Platform,
  briefing: Briefing,
  edition: Edition,
  pages: readonly Page[],
  lease: Lease,
  claim: 'fresh' | 'takeover',
): Promise<Posting | Stop> {
  const begun = claim === 'fresh' ? [] : await tools.store.pages(edition.key);
  const known = new Map(begun.map((page) => [page.n, page]));
  const channel: Address = { tenant: briefing.tenant, channel: briefing.channel };
  let first: string | undefined;
  for (const [i, page] of pages.entries()) {
    const n = i + 1;
    const to = page.inThread && first !== undefined ? { ...channel, thread: first } : channel;
    const end = await postPage({ tools, platform, lease, edition, to, page, n, before: known.get(n) });
    if (end.kind !== 'posted') return end;
    const { messageId } = end;
    // The last one is noted with the settlement, which follows at once.
    if (n === pages.length) return { kind: 'posted', last: { n, messageId } };
    if (known.get(n)?.state !== 'posted') await tools.store.postedPage(edition.key, n, messageId);
    first ??= messageId;
  }
  return { kind: 'posted' };
}

interface PageWork {
  readonly tools: DeliveryTools;
  readonly platform: Platform;
  readonly lease: Lease;
  readonly edition: Edition;
  readonly to: Address;
  readonly page: Page;
  readonly n: number;
  /** What the ledger says of this page. */
  readonly before: DeliveredPage | undefined;
}

/** Sends one page, or finds it sent; noting it is left to the caller. */
async function postPage(work: PageWork): Promise<PageEnd> {
  const { tools, platform, lease, edition, to, page, n, before } = work;
  const key = `${edition.key}#${n}`;
  if (before?.state === 'posted' && before.messageId !== undefined)
    return { kind: 'posted', messageId: before.messageId };
  // A late slot is looked for too, although the ledger never saw it: the ledger may be a restored backup.
  let look = before !== undefined || edition.late;
  let begun = before !== undefined;
  for (let attempt = 1; ; attempt++) {
    if (look) {
      const found = await find(platform, to, key);
      if (found instanceof PlatformError)
        return found.kind === 'gone'
          ? { kind: 'gone', words: wordsOf(found) }
          : { kind: 'later', waitMs: found.retryAfterMs ?? 0, words: wordsOf(found) };
      if (found === 'unknown' && begun) return { kind: 'uncertain', words: uncertainWords(platform) };
      if (found !== undefined && found !== 'unknown') return { kind: 'posted', messageId: found.messageId };
    }
    if (!(await lease.startPage(n))) return { kind: 'lost' };
    const fault = await send(platform, to, page, key);
    if ('messageId' in fault) return { kind: 'posted', messageId: fault.messageId };

    begun = look = fault.kind === 'ambiguous';
    // Certainly not taken: whoever comes next may send it without looking.
    if (!begun) await tools.store.unsentPage(edition.key, n, tools.owner);
    if (fault.kind === 'gone' || fault.kind === 'refused') return { kind: fault.kind, words: wordsOf(fault) };
    if (fault.retryAfterMs !== undefined) tools.limited?.(platform.name);
    const wait = waitMs(attempt, tools.retryMs, fault.retryAfterMs);
    if (attempt === TRIES || wait > PATIENCE_MS || tools.stopping.aborted)
      return { kind: 'later', waitMs: fault.retryAfterMs ?? 0, words: wordsOf(fault) };
    await pause(wait, tools.stopping);
  }
}

/** What a platform throws that is not a PlatformError may have been thrown after the message was stored. */
async function send(platform: Platform, to: Address, page: Page, key: string): Promise<Posted | PlatformError> {
  try {
    return await platform.post(to, page, key);
  } catch (cause) {
    if (cause instanceof PlatformError) return cause;
    return new PlatformError('ambiguous', `${platform.name}: could not post ${key}`, { cause });
  }
}

async function find(
  platform: Platform,
  to: Address,
  key: string,
): Promise<Posted | undefined | 'unknown' | PlatformError> {
  try {
    return await platform.find(to, key);
  } catch (cause) {
    if (cause instanceof PlatformError) return cause;
    return new PlatformError('retry', `${platform.name}: could not look for ${key}`, { cause });
  }
}

const uncertainWords = (platform: Platform): string =>
  `interrupted while posting, and ${platform.name} does not let the bot read the channel back: left as it is rather than risk posting twice`;

/** A fault in one line, without its stack. */
export const wordsOf = (fault: unknown): string =>
  (fault instanceof Error ? fault.message : String(fault)).replace(/\s+/g, ' ').slice(0, 300);
