/** Many processes on one store, killed at random while they deliver; the platforms' servers are the judges. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Briefing, Delivery } from '../../src/model.ts';
import type { Store } from '../../src/store/store.ts';
import { addBriefing, addressesOf, type Servers } from './room.ts';
import type { Work } from './worker.ts';

export const SLOT = '2026-11-22T08:00:00.000Z';
const BEFORE = '2026-11-21T20:00:00.000Z';

export interface Storm {
  readonly servers: Servers;
  readonly store: Store;
  /** What workers open: a file, or `postgres://`. */
  readonly where: string;
  /** Due at once, shared evenly between the platforms. */
  readonly briefings: number;
  readonly processes: number;
  /** A process that is at work is killed this often; 0 for never. Milliseconds. */
  readonly killEveryMs: number;
  /** Kills after this many, so that a small test ends soon. */
  readonly mostKills?: number;
  readonly seed: number;
  readonly leaseMs: number;
  readonly timeoutMs: number;
  /** Deliveries at once on each platform. */
  readonly width?: number;
  /** All are due so long from now, when every process is up; seconds are counted from then. Default: at once. */
  readonly startAfterMs?: number;
  /** Something that happens meanwhile: a database that restarts. */
  readonly meanwhile?: () => Promise<void>;
}

export interface Judgement {
  readonly delivered: number;
  /** Settled, and not there. */
  readonly lost: number;
  /** Not there and not settled when the time was up: a machine that is too busy. */
  readonly unfinished: number;
  readonly doubled: number;
  /** Left because nobody can tell whether they are there. */
  readonly uncertain: number;
  readonly kills: number;
  readonly seconds: number;
}

export async function storm(plan: Storm): Promise<Judgement> {
  const { servers, store } = plan;
  const briefings: Briefing[] = [];
  for (let i = 0; i < plan.briefings; i++)
    briefings.push(
      await addBriefing(store, servers, {
        platform: i % 2 === 0 ? 'discord' : 'slack',
        createdAt: BEFORE,
        settledTo: BEFORE,
      }),
    );
  const random = seeded(plan.seed);
  const startedAt = Date.now() + (plan.startAfterMs ?? 0);
  const ready = new Set<ChildProcess>();
  const all = new Set<ChildProcess>();
  let number = 0;
  let over = false;
  const start = () => {
    const work: Work = {
      store: plan.where,
      addresses: addressesOf(servers),
      now: SLOT,
      startedAt,
      owner: `worker-${++number}`,
      leaseMs: plan.leaseMs,
      forever: true,
      ...(plan.width !== undefined && { width: plan.width }),
    };
    const child = fork(new URL('./worker.ts', import.meta.url), {
      env: { ...process.env, WORK: JSON.stringify(work) },
      // A worker that starts while the database is away ends with a word on that, and the next one is started.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    all.add(child);
    child.on('message', () => ready.add(child));
    child.on('exit', () => {
      all.delete(child);
      ready.delete(child);
      if (!over) start();
    });
  };
  for (let i = 0; i < plan.processes; i++) start();
  let kills = 0;
  const reaper =
    plan.killEveryMs > 0
      ? setInterval(() => {
          const victim = [...ready][Math.floor(random() * ready.size)];
          // Not while most are still starting: then nobody would ever get to work.
          if (victim === undefined || ready.size * 2 < plan.processes) return;
          if (kills >= (plan.mostKills ?? Number.POSITIVE_INFINITY)) return;
          kills++;
          ready.delete(victim);
          victim.kill('SIGKILL');
        }, plan.killEveryMs)
      : undefined;
  const other = plan.meanwhile?.();
  const deadline = Date.now() + plan.timeoutMs;
  // Asked of the servers, in this process: a question to the store would slow down those who are measured.
  while (Date.now() < deadline && briefings.some((briefing) => count(servers, briefing) === 0)) await pause(50);
  const seconds = (Date.now() - startedAt) / 1000;
  const settled = await allSettled(store, deadline);
  clearInterval(reaper);
  over = true;
  await other;
  await Promise.all([...all].map(end));
  const counts = briefings.map((briefing) => count(servers, briefing));
  const states = await Promise.all(briefings.map(async ({ id }) => (await store.deliveries(id, 1))[0]?.state));
  if (!settled) console.error(`storm: not everything was settled in ${plan.timeoutMs} ms`);
  return {
    delivered: counts.filter((count) => count === 1).length,
    lost: counts.filter((count, i) => count === 0 && isSettled(states[i])).length,
    unfinished: counts.filter((count, i) => count === 0 && !isSettled(states[i])).length,
    doubled: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    uncertain: states.filter((state) => state === 'uncertain').length,
    kills,
    seconds,
  };
}

const isSettled = (state: Delivery['state'] | undefined): boolean => state !== undefined && state !== 'claimed';

const count = ({ discord, slack }: Servers, { platform, channel }: Briefing): number =>
  (platform === 'discord' ? discord.channel(channel) : slack.channel(channel)).messages.length;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until every briefing is settled; false when that takes too long. */
async function allSettled(store: Store, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    try {
      const active = await store.briefings({ state: 'active' });
      if (active.every(({ settledTo }) => settledTo >= SLOT)) return true;
    } catch {
      // The database is restarting: ask again.
    }
    await pause(300);
  }
  return false;
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** mulberry32: small, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
