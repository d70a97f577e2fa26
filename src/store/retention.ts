/** Forgets what is older than it may be kept, a little at a time, so that nobody waits for it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from '../model.ts';
import type { Store } from './store.ts';

/** How long things are kept, in days. */
export interface Retention {
  /** Articles of a tenant (`''`: the operator's) with their quotes and receipts. Tenants that are not named keep theirs. */
  readonly articles: ReadonlyMap<Tenant, number>;
  /** Settled deliveries and which stories a channel was shown. */
  readonly deliveries: number;
}

export interface Forgotten {
  readonly articles: number;
  readonly deliveries: number;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 50;
/** Between two batches: readers and savers come first. */
const REST_MS = 20;

/** Runs until nothing is too old or `signal` says stop; what is done stays done. */
export async function enforceRetention(
  store: Pick<Store, 'forgetArticles' | 'forgetDeliveries'>,
  retention: Retention,
  now: Date,
  signal?: AbortSignal,
): Promise<Forgotten> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const untilNone = async (forget: () => Promise<number>) => {
    let sum = 0;
    while (!signal?.aborted) {
      const gone = await forget();
      sum += gone;
      if (gone === 0) break;
      await pause(REST_MS);
    }
    return sum;
  };
  let articles = 0;
  for (const [tenant, days] of retention.articles)
    articles += await untilNone(() => store.forgetArticles({ tenant, before: daysAgo(days), limit: AT_ONCE }));
  const before = daysAgo(retention.deliveries);
  const deliveries = await untilNone(() => store.forgetDeliveries({ before, limit: AT_ONCE }));
  return { articles, deliveries };
}
