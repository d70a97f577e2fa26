/**
 * Living posts: when an article is changed or withdrawn, every post of the last days that shows what no longer stands in
 * it is put right where it stands, once, by whichever process comes first. An edit pings nobody and may be repeated; a
 * message that cannot be edited gets one note under it, found again before it is posted a second time.
 */
import { setImmediate } from 'node:timers/promises';
import type { Corrected } from '../compose.ts';
import type { Document } from '../document.ts';
import type { Log } from '../log.ts';
import type { Briefing, Instant } from '../model.ts';
import { type Address, type Platform, PlatformError } from '../platforms/platform.ts';
import type { Posting, ShownVersion, Store } from '../store/store.ts';

export interface CorrectionParts {
  readonly store: Store;
  readonly platforms: ReadonlyMap<string, Platform>;
  /** A posted edition as it should read now. */
  readonly correct: (posted: Document, briefing: Briefing, at: Instant) => Promise<Corrected>;
  readonly clock: () => Date;
  readonly log: Log;
  /** This process, unique over all that share the store. */
  readonly owner: string;
}

export interface Corrections {
  /** An article has a new version, or is withdrawn: its posts are looked at in a moment. */
  changed(articleId: string): void;
  /** Puts right what has to be; the first time, and each hour, all posts of the last days are looked at. Never throws. */
  look(): Promise<void>;
  /** Finishes the post that is being put right. */
  stop(): Promise<void>;
}

/** Older posts stand as they are: nobody reads them as news. */
export const CORRECTED_DAYS = 7;
const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const LEASE_MS = 5 * 60_000;
const POSTS_AT_ONCE = 200;
/** What changes together is looked at together. */
const SOON_MS = 1000;

export function createCorrections({ store, platforms, correct, clock, log, owner }: CorrectionParts): Corrections {
  /** Articles that changed, and posts that could not be put right the last time. */
  const waiting = new Set<string>();
  const again = new Set<string>();
  let lookedAt: number | undefined;
  let looking: Promise<void> | undefined;
  let soon: NodeJS.Timeout | undefined;
  let stopped = false;

  function lookOnce(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    looking ??= look()
      .catch((cause: unknown) => log.warn({ err: cause }, 'corrections: could not look'))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  async function look(): Promise<void> {
    const now = clock().getTime();
    const since = new Date(now - CORRECTED_DAYS * DAY_MS).toISOString();
    const keys =
      lookedAt === undefined || now - lookedAt >= HOUR_MS ? await allOutdated(since) : await ofChanged(since);
    const all = new Set([...again, ...keys]);
    again.clear();
    for (const key of all) {
      if (stopped) return;
      await putRight(key).catch((cause: unknown) => {
        log.warn({ err: cause, delivery: key }, 'corrections: a post could not be put right yet');
        again.add(key);
      });
    }
  }

  async function ofChanged(since: Instant): Promise<readonly string[]> {
    const articles = [...waiting];
    waiting.clear();
    const found = await Promise.all(
      articles.map((articleId) => store.outdatedPostings({ since, articleId, limit: POSTS_AT_ONCE })),
    );
    return [...new Set(found.flatMap(({ keys }) => keys))];
  }

  async function allOutdated(since: Instant): Promise<readonly string[]> {
    lookedAt = clock().getTime();
    waiting.clear();
    const keys: string[] = [];
    let after: string | undefined;
    do {
      // Questions wait no longer than one part takes.
      await setImmediate();
      const part = await store.outdatedPostings({ since, limit: POSTS_AT_ONCE, ...(after ? { after } : {}) });
      keys.push(...part.keys);
      after = part.next;
    } while (after !== undefined && !stopped);
    return keys;
  }

  async function putRight(key: string): Promise<void> {
    const posting = await store.claimPosting({ key, by: owner, now: clock().toISOString(), leaseMs: LEASE_MS });
    if (!posting) return;
    let end: { corrected: string; seen: readonly ShownVersion[] } = { corrected: posting.corrected, seen: [] };
    try {
      end = await corrected(posting);
    } finally {
      await store.settlePosting({ key, by: owner, ...end });
    }
  }

  async function corrected(posting: Posting): Promise<{ corrected: string; seen: readonly ShownVersion[] }> {
    const briefing = await store.briefing(posting.briefingId);
    const platform = briefing && platforms.get(briefing.platform);
    if (!platform) return { corrected: posting.corrected, seen: [] };
    const posted = JSON.parse(posting.document) as Document;
    const result = await correct(posted, briefing, clock().toISOString());
    if (result.corrected !== posting.corrected) {
      const how = await show(platform, briefing, posting, posted, result).catch(unlessGone);
      log.info({ delivery: posting.key, how }, 'corrections: a source changed after it was posted');
    }
    return result;
  }

  /** The pages of the post are put in the place of those that stand there. */
  async function show(
    platform: Platform,
    briefing: Briefing,
    posting: Posting,
    posted: Document,
    result: Corrected,
  ): Promise<'edited' | 'noted' | 'gone'> {
    const standing = (await store.pages(posting.key)).flatMap(({ n, key, messageId }) =>
      messageId === undefined ? [] : [{ n, key, messageId }],
    );
    const [head] = standing;
    if (!head) return 'gone';
    const before = platform.pages(posted, briefing.locale);
    const pages = platform.pages(result.document, briefing.locale);
    const channel: Address = { tenant: briefing.tenant, channel: briefing.channel };
    if (standing.length !== pages.length || before.length !== pages.length) return await note();
    for (const [i, page] of pages.entries()) {
      const message = standing[i];
      const same = posting.corrected === '' && JSON.stringify(before[i]?.body) === JSON.stringify(page.body);
      if (!message || same) continue;
      const to = page.inThread ? { ...channel, thread: head.messageId } : channel;
      const end = await platform.edit(to, { messageId: message.messageId, first: head.messageId }, page, message.key);
      // Whoever deleted the post has taken it back more thoroughly than we could.
      if (end === 'absent' && i === 0) return 'gone';
      if (end === 'refused') return await note();
    }
    return 'edited';

    async function note(): Promise<'noted'> {
      const [page] = platform.pages(result.notice, briefing.locale);
      const under = { ...channel, thread: head?.messageId ?? '' };
      const key = `${posting.key}~${result.corrected || 'none'}`;
      const there = await platform.find(under, key);
      // Where the channel cannot be read back, a note that may be there already is not repeated.
      if (page && there === undefined) await platform.post(under, { ...page, inThread: true }, key);
      return 'noted';
    }
  }

  return {
    changed(articleId) {
      waiting.add(articleId);
      soon ??= setTimeout(() => void lookOnce(), SOON_MS).unref();
    },
    look: lookOnce,
    async stop() {
      stopped = true;
      clearTimeout(soon);
      await looking;
    },
  };
}

/** Channel or right is gone: there is nothing left to put right. */
function unlessGone(cause: unknown): 'gone' {
  if (cause instanceof PlatformError && cause.kind === 'gone') return 'gone';
  throw cause;
}
