/**
 * A bot that only delivers, in a process of its own, to be killed. Settings come as JSON in WORK.
 *
 * `killAt` counts the steps of one delivery (each question to the store and each call of the platform, before it and
 * after it) and ends the process by SIGKILL at that step, as a power cut would.
 */
import { type BriefingParts, createBriefings } from '../../src/briefing.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { type Addresses, openPlatforms, quietLog, tellingDigest } from './room.ts';

export interface Work {
  /** A file, or `postgres://`. */
  readonly store: string;
  readonly addresses: Addresses;
  /** What the clock shows at `startedAt` (milliseconds since 1970). */
  readonly now: string;
  readonly startedAt: number;
  readonly owner: string;
  readonly leaseMs: number;
  readonly killAt?: number;
  readonly width?: number;
  /** Ticks until it is ended, rather than once. */
  readonly forever?: boolean;
}

const work = JSON.parse(process.env.WORK ?? '{}') as Work;
const die = () => process.kill(process.pid, 'SIGKILL');

let steps = 0;
async function step<T>(action: () => Promise<T>): Promise<T> {
  if (++steps === work.killAt) die();
  const result = await action();
  if (++steps === work.killAt) die();
  return result;
}

/** The same object with every call counted, but for those that are not part of a delivery. */
function counted<T extends object>(target: T, names: readonly (keyof T)[]): T {
  return new Proxy(target, {
    get(from, name) {
      const value = Reflect.get(from, name) as unknown;
      if (typeof value !== 'function' || !names.includes(name as keyof T)) return value;
      return (...given: unknown[]) => step(() => value.apply(from, given) as Promise<unknown>);
    },
  });
}

export async function openAnyStore(where: string): Promise<Store> {
  if (!where.startsWith('postgres')) return openSqlite(where);
  const { openPostgres } = await import('../../src/store/postgres.ts');
  return openPostgres(where);
}

if (process.env.WORK !== undefined) {
  const store = counted(await openAnyStore(work.store), [
    'dueBriefings',
    'claimDelivery',
    'shown',
    'pages',
    'renewClaim',
    'startPage',
    'postedPage',
    'settleDelivery',
  ]);
  const { platforms, close } = await openPlatforms(work.addresses);
  const parts: BriefingParts = {
    store,
    platforms: new Map([...platforms].map(([name, platform]) => [name, counted(platform, ['post', 'find'])])),
    compose: (request) =>
      step(async () => ({ document: tellingDigest(request), storiesShown: [request.briefing.id], empty: false })),
    clock: () => new Date(Date.parse(work.now) + Date.now() - work.startedAt),
    log: quietLog,
    owner: work.owner,
    leaseMs: work.leaseMs,
    retryMs: 50,
    ...(work.width !== undefined && { width: work.width }),
  };
  const briefings = createBriefings(parts);
  // Whoever started us is gone: nobody else will end us.
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
  do {
    await briefings.tick();
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (work.forever);
  await briefings.stop();
  await close();
  await store.close();
  process.send?.({ steps });
  process.disconnect?.();
}
