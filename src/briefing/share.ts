/**
 * The rate limit of a bot that runs as several processes, kept among them. Whoever holds a claim on a platform is posting
 * there, so the ledger tells how many they are; one that died counts until its claims run out.
 */
import type { Platform } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';

export interface ShareParts {
  readonly store: Pick<Store, 'postingProcesses'>;
  readonly clock: () => Date;
  /** A claim that is silent for longer is nobody's. */
  readonly leaseMs: number;
}

/** How old the last count may be when a page is posted. */
const COUNTED_MS = 250;

/** @returns A function to await between claiming a delivery and posting it: this process counts, too. Never rejects. */
export function createShare({ store, clock, leaseMs }: ShareParts): (platform: Platform) => Promise<void> {
  const counts = new Map<string, { readonly at: number; readonly done: Promise<void> }>();
  return async (platform) => {
    if (!platform.among) return;
    const last = counts.get(platform.name);
    if (last && performance.now() - last.at < COUNTED_MS) return last.done;
    const done = count(platform);
    counts.set(platform.name, { at: performance.now(), done });
    return done;
  };

  async function count(platform: Platform): Promise<void> {
    const since = new Date(clock().getTime() - leaseMs).toISOString();
    // A failing database is seen by the work itself; until it answers, what was counted last holds.
    const processes = await store.postingProcesses(platform.name, since).catch(() => undefined);
    if (processes !== undefined) platform.among?.(Math.max(processes, 1));
  }
}
