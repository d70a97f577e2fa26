/**
 * J1: 1,000 briefings due at once, four processes, killed at random; the platforms' servers are the judges.
 * J2: the same without kills, against pg-boss posting the same pages to the same servers, in one run.
 *
 * node bench/deliveries.ts            everything
 * node bench/deliveries.ts j1 sqlite  one part (j1 or j2), one engine
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../src/store/store.ts';
import { type Judgement, SLOT, storm } from '../tests/delivery/fleet.ts';
import { addressesOf, openServers, type Servers } from '../tests/delivery/room.ts';
import { openAnyStore } from '../tests/delivery/worker.ts';
import { howToRun, type Server, startServer } from '../tests/store/server.ts';
import type { BossPlan, BossWork } from './deliveries-boss.ts';

const SEEDS = (process.env.SEEDS ?? '1,2,3').split(',').map(Number);
const BRIEFINGS = Number(process.env.BRIEFINGS ?? 1000);
const PROCESSES = 4;
/** Time for all processes to be up before the briefings are due, and for the jobs to be written. */
const START_MS = 8000;
const PLAN_MS = 3000;
const ROUNDS = Number(process.env.ROUNDS ?? 5);

const wanted = process.argv.slice(2);
const wants = (word: string, among: readonly string[]) =>
  wanted.includes(word) || !among.some((other) => wanted.includes(other));

const needsPostgres = wants('postgres', ['sqlite']);
const postgres = needsPostgres ? await startServer() : { missing: 'not asked for' };
if (needsPostgres && 'missing' in postgres) console.log(`${howToRun} (${postgres.missing})`);
try {
  if (wants('j1', ['j2'])) await exactlyOnce();
  if (wants('j2', ['j1']) && !('missing' in postgres)) await draining(postgres);
} finally {
  if (!('missing' in postgres)) await postgres.stop();
}

/** Opens the store on a fresh database, runs and closes. */
async function onStore<T>(
  engine: 'sqlite' | 'postgres',
  run: (store: Store, where: string, servers: Servers) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pullquote-bench-'));
  const where =
    engine === 'postgres' && !('missing' in postgres) ? await postgres.database() : join(folder, 'store.db');
  const servers = await openServers();
  const store = await openAnyStore(where);
  try {
    return await run(store, where, servers);
  } finally {
    await store.close();
    await servers.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function exactlyOnce(): Promise<void> {
  for (const engine of ['sqlite', 'postgres'] as const) {
    if (!wants(engine, ['sqlite', 'postgres']) || (engine === 'postgres' && 'missing' in postgres)) continue;
    for (const seed of SEEDS) {
      const restart = engine === 'postgres' && !('missing' in postgres) ? postgres.restart : undefined;
      const result = await onStore(engine, (store, where, servers) =>
        storm({
          servers,
          store,
          where,
          briefings: BRIEFINGS,
          processes: PROCESSES,
          killEveryMs: 600,
          seed,
          leaseMs: 3000,
          timeoutMs: 900_000,
          ...(restart && { meanwhile: () => after(4000, restart) }),
        }),
      );
      console.log(`J1 ${engine} seed ${seed}${restart ? ', server restarted meanwhile' : ''}: ${line(result)}`);
    }
  }
}

function line({ delivered, lost, unfinished, doubled, uncertain, kills, seconds }: Judgement): string {
  const late = unfinished > 0 ? `, ${unfinished} not finished in time` : '';
  return `${delivered} delivered, ${lost} lost, ${doubled} doubled, ${uncertain} uncertain${late}; ${kills} kills, ${seconds.toFixed(1)} s`;
}

async function after(ms: number, action: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  await action();
}

/**
 * Both drain 1,000 posts with four processes and eight posts in flight in each; ours composes and keeps the ledger too.
 * pg-boss runs twice: holding eight jobs a process, as ours does, and fetching 64 at once, its fastest, which a crash
 * would hold back for its fifteen minutes.
 */
async function draining(server: Server): Promise<void> {
  const rounds: { readonly eight: number; readonly many: number }[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const ours = await onStore('postgres', (store, where, servers) =>
      storm({
        servers,
        store,
        where,
        briefings: BRIEFINGS,
        processes: PROCESSES,
        killEveryMs: 0,
        seed: 1,
        leaseMs: 60_000,
        timeoutMs: 120_000,
        width: 4, // on each of the two platforms
        startAfterMs: START_MS,
      }),
    );
    const eight = await withBoss(server, 8);
    const many = await withBoss(server, 64);
    rounds.push({ eight: ours.seconds / eight, many: ours.seconds / many });
    console.log(
      `J2 round ${round}: ours ${ours.seconds.toFixed(2)} s (${ours.delivered} posted), pg-boss holding 8 ${eight.toFixed(2)} s, holding 64 ${many.toFixed(2)} s`,
    );
  }
  console.log(
    `J2 postgres, ratio to pg-boss, median (least to most) of ${ROUNDS}: holding 8 ${spread(rounds.map(({ eight }) => eight))} (must 0.6, aim 0.4), holding 64 ${spread(rounds.map(({ many }) => many))}`,
  );
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, median, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) =>
    sorted[at]?.toFixed(2),
  );
  return `${median} (${least} to ${most})`;
}

async function withBoss(server: Server, batch: number): Promise<number> {
  const servers = await openServers();
  const database = await server.database();
  const work: BossWork = { database, addresses: addressesOf(servers), slot: SLOT, batch };
  const children: ChildProcess[] = [];
  // One after the other: when they make their tables and queues together, they block each other and some of them die.
  for (let i = 0; i < PROCESSES; i++) children.push(await startBoss(work));
  const dueAt = Date.now() + PLAN_MS;
  const channels = Array.from({ length: BRIEFINGS }, (_, i) => {
    const id = `${dueAt}${String(i).padStart(5, '0')}`;
    if (i % 2 === 0) servers.discord.addChannel({ id });
    else servers.slack.addChannel({ id: `C${id}`, name: `briefs-${i}` });
    return i % 2 === 0 ? id : `C${id}`;
  });
  children[0]?.send({ channels, dueAt } satisfies BossPlan);
  const count = (channel: string) =>
    (channel.startsWith('C') ? servers.slack.channel(channel) : servers.discord.channel(channel)).messages.length;
  const deadline = Date.now() + 120_000;
  while (channels.some((channel) => count(channel) === 0) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const seconds = (Date.now() - dueAt) / 1000;
  for (const child of children) child.kill('SIGKILL');
  await servers.close();
  return seconds;
}

function startBoss(work: BossWork): Promise<ChildProcess> {
  const child = fork(new URL('./deliveries-boss.ts', import.meta.url), {
    env: { ...process.env, BOSS: JSON.stringify(work) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (status) => reject(new Error(`pg-boss ended with ${status}`)));
  });
}
