/** The process that `stampede.ts` measures: the whole bot with thousands of briefings due at one moment, and nothing else. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PassThrough } from 'node:stream';
import { readConfig } from '../src/config.ts';
import type { Log } from '../src/log.ts';
import { startBot } from '../src/main.ts';
import type { Channel } from './stampede-world.ts';

export type BotAsked =
  | { readonly kind: 'order'; readonly platform: 'discord' | 'slack'; readonly channels: readonly Channel[] }
  | { readonly kind: 'go' };
export type BotTold =
  /** It listens here and may be installed in workspaces. */
  | { readonly kind: 'up'; readonly port: number }
  | { readonly kind: 'ordered' }
  | {
      readonly kind: 'done';
      readonly idleMb: number;
      readonly rssMb: number;
      readonly heapMb: number;
      readonly cpuSeconds: number;
      /** How late the event loop was: 99 in 100, and the most. Milliseconds. */
      readonly lateMs: readonly [number, number];
    };

/** "Eight o'clock" is the minute that has just begun: platforms refuse a bot whose clock is far from theirs. */
const EIGHT = Math.floor(Date.now() / 60_000) * 60_000;
const instant = (at: number) => new Date(at).toISOString();
const EVENING = instant(EIGHT - 12 * 3_600_000);

const log: Log = { debug() {}, info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };
const tell = (told: BotTold) => process.send?.(told);
process.on('disconnect', () => process.exit());
let started = 0;
const bot = await startBot({
  config: readConfig(JSON.parse(process.env.STAMPEDE ?? '{}') as Record<string, string>),
  log,
  input: new PassThrough(),
  output: new PassThrough(),
  now: () => new Date(started === 0 ? EIGHT - 1000 : EIGHT + performance.now() - started),
});
await bot.loaded;
await bot.started;
process.on('message', (asked: BotAsked) => void (asked.kind === 'order' ? order(asked) : stampede()));
tell({ kind: 'up', port: bot.port });

async function order({ platform, channels }: Extract<BotAsked, { kind: 'order' }>): Promise<void> {
  const briefing = {
    platform,
    owner: '1',
    kind: 'daily',
    times: `daily ${instant(EIGHT).slice(11, 16)}`,
    zone: 'UTC',
    catchUp: 'late',
    onlyNew: false,
    threads: false,
    locale: 'en',
    state: 'active',
    createdAt: EVENING,
    settledTo: EVENING,
  } as const;
  for (const channel of channels) await bot.store.addBriefing({ ...briefing, ...channel });
  await bot.briefings.tick();
  tell({ kind: 'ordered' });
}

async function stampede(): Promise<void> {
  const idle = process.memoryUsage.rss();
  let [rss, heap] = [idle, 0];
  const watch = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss());
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  }, 250);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.cpuUsage();
  started = performance.now();
  await bot.briefings.tick();
  clearInterval(watch);
  delay.disable();
  const { user, system } = process.cpuUsage(before);
  tell({
    kind: 'done',
    idleMb: idle / 1024 / 1024,
    rssMb: rss / 1024 / 1024,
    heapMb: heap / 1024 / 1024,
    cpuSeconds: (user + system) / 1e6,
    lateMs: [delay.percentile(99) / 1e6 - 5, delay.max / 1e6 - 5],
  });
}
