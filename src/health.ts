/**
 * Is the bot well? `GET /healthz` answers with reasons: 200 when it can do its work, 503 when it cannot.
 *
 * Live means that the process works on and need not be ended. Ready means that it can answer and post. Degraded is ready
 * with something that its operator should know.
 */
import { statfs } from 'node:fs/promises';
import type { Instant } from './model.ts';
import type { HttpServer } from './platforms/http.ts';
import type { Platform } from './platforms/platform.ts';
import type { Store } from './store/store.ts';

export interface Health {
  readonly live: boolean;
  readonly ready: boolean;
  readonly status: 'ok' | 'degraded' | 'down';
  /** What is wrong, in words for the operator; empty when nothing is. */
  readonly reasons: readonly string[];
}

export interface HealthParts {
  readonly store: Pick<Store, 'check' | 'dueBriefings' | 'sources'>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly lastTick: () => Instant | undefined;
  readonly clock: () => Date;
  /** Where the embedded database lives; its disk is watched. */
  readonly dataDir?: string;
}

/** A slot later than this is a fault of ours or of the platform. Seconds. */
const LATE_SECONDS = 300;
/** The tick comes each minute. */
const TICK_MS = 5 * 60_000;
/** A feed that has failed for so long is dead until someone looks. */
const FEED_MS = 24 * 3_600_000;
const LOW_DISK_BYTES = 200 * 1024 * 1024;
const CHECK_MS = 5000;

/** Looks at everything now. Never throws, and never takes much longer than five seconds. */
export async function checkHealth(parts: HealthParts): Promise<Health> {
  const now = parts.clock();
  const tick = lateTick(parts.lastTick(), now);
  const database = await databaseTrouble(parts.store);
  const down = [...platformTrouble(parts.platforms)];
  const connected = [...parts.platforms.values()].filter(({ state }) => state() === 'connected').length;
  // Questions to a database that does not answer would only wait.
  const more = database === undefined ? [...(await lateSlots(parts, now)), ...(await deadFeeds(parts, now))] : [];
  const disk = parts.dataDir === undefined ? undefined : await lowDisk(parts.dataDir);
  const reasons = [tick, database, ...down, disk, ...more].filter((reason) => reason !== undefined);
  const ready = database === undefined && tick === undefined && (parts.platforms.size === 0 || connected > 0);
  return {
    live: tick === undefined,
    ready,
    status: ready ? (reasons.length === 0 ? 'ok' : 'degraded') : 'down',
    reasons,
  };
}

/** Serves `/healthz`, `/healthz/live` and `/healthz/ready`. Many who ask at once share one look. */
export function serveHealth(http: HttpServer, parts: HealthParts): void {
  let look: { readonly at: number; readonly health: Promise<Health> } | undefined;
  const recent = (): Promise<Health> => {
    const at = Date.now();
    if (look === undefined || at - look.at > 1000 || at < look.at) look = { at, health: checkHealth(parts) };
    return look.health;
  };
  const answer = (health: Health, well: boolean) => ({
    status: well ? 200 : 503,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: `${JSON.stringify(health)}\n`,
  });
  for (const path of ['/healthz', '/healthz/ready'])
    http.route('GET', path, async () => {
      const health = await recent();
      return answer(health, health.ready);
    });
  http.route('GET', '/healthz/live', async () => {
    const health = await recent();
    return answer(health, health.live);
  });
}

function lateTick(last: Instant | undefined, now: Date): string | undefined {
  // Before the first tick the bot is still starting.
  if (last === undefined || now.getTime() - Date.parse(last) <= TICK_MS) return undefined;
  return `briefings: expected a look at what is due each minute, the last was at ${last}`;
}

async function databaseTrouble(store: HealthParts['store']): Promise<string | undefined> {
  try {
    await within(CHECK_MS, store.check(), 'no answer');
    return undefined;
  } catch (cause) {
    return `database: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

function* platformTrouble(platforms: ReadonlyMap<string, Platform>): Generator<string> {
  for (const [name, platform] of platforms) {
    const state = platform.state();
    if (state !== 'connected') yield `${name}: ${state}`;
  }
}

async function lateSlots({ store, platforms }: HealthParts, now: Date): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const platform of platforms.keys()) {
    const seconds = await within(CHECK_MS, oldestDueSeconds(store, platform, now), 'no answer').catch(() => 0);
    if (seconds > LATE_SECONDS)
      reasons.push(`${platform}: a briefing has been due for ${Math.round(seconds / 60)} minutes`);
  }
  return reasons;
}

async function deadFeeds({ store }: HealthParts, now: Date): Promise<readonly string[]> {
  const sources = await within(CHECK_MS, store.sources(''), 'no answer').catch(() => []);
  return sources
    .filter(({ state, checkedAt, failures }) => state === 'failing' && failures > 1 && checkedAt !== undefined)
    .filter(({ memo, addedAt }) => now.getTime() - Date.parse(memo?.lastOkAt ?? addedAt) > FEED_MS)
    .slice(0, 5)
    .map(({ address, reason }) => `source ${address}: ${reason ?? 'fails'}`);
}

async function lowDisk(folder: string): Promise<string | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    return free < LOW_DISK_BYTES ? `disk: only ${Math.round(free / 1024 / 1024)} MB free under ${folder}` : undefined;
  } catch {
    // The folder is made at the first save; a database that cannot be written says so itself.
    return undefined;
  }
}

function within<T>(ms: number, work: Promise<T>, problem: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(problem)), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

/** Seconds since the oldest due briefing of a platform wanted to be looked at; 0 when there is none. */
export async function oldestDueSeconds(
  store: Pick<Store, 'dueBriefings'>,
  platform: string,
  now: Date,
): Promise<number> {
  const due = await store.dueBriefings({ platform, now: now.toISOString(), limit: 100 });
  // New and changed briefings carry no time yet: they wait for the next tick, not for a slot.
  const oldest = due.find(({ nextAt }) => nextAt !== undefined)?.nextAt;
  return oldest === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(oldest)) / 1000);
}
