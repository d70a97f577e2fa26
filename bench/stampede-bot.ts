/** The process that `stampede.ts` measures: the whole bot with thousands of briefings due at one moment. */
import { PassThrough } from 'node:stream';
import { readConfig } from '../src/config.ts';
import { startBot } from '../src/main.ts';
import { quietLog } from '../tests/delivery/room.ts';

export interface StampedeWork {
  readonly channels: readonly string[];
  readonly guild: string;
  readonly settings: Readonly<Record<string, string>>;
}
export type StampedeTold =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly idleMb: number; readonly rssMb: number; readonly cpuSeconds: number };

const tell = (told: StampedeTold) => process.send?.(told);
const EVENING = '2026-11-21T20:00:00.000Z';

const work = JSON.parse(process.env.STAMPEDE ?? '{}') as StampedeWork;
process.on('disconnect', () => process.exit());
let clock = EVENING;
const bot = await startBot({
  config: readConfig(work.settings),
  log: quietLog,
  input: new PassThrough(),
  output: new PassThrough(),
  now: () => new Date(clock),
});
await bot.loaded;
for (const channel of work.channels) {
  const platform = channel.startsWith('C') ? 'slack' : 'discord';
  await bot.store.addBriefing({
    tenant: platform === 'slack' ? 'slack:T1' : `discord:${work.guild}`,
    platform,
    channel,
    owner: '1',
    kind: 'daily',
    times: 'daily 08:00',
    zone: 'UTC',
    catchUp: 'late',
    onlyNew: false,
    threads: false,
    locale: 'en',
    state: 'active',
    createdAt: EVENING,
    settledTo: EVENING,
  });
}
await bot.briefings.tick();
process.once('message', () => void stampede());
tell({ kind: 'ready' });

async function stampede(): Promise<void> {
  const idle = process.memoryUsage.rss();
  let rss = idle;
  const watch = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss());
  }, 200);
  const before = process.cpuUsage();
  clock = '2026-11-22T08:00:00.000Z';
  await bot.briefings.tick();
  clearInterval(watch);
  const { user, system } = process.cpuUsage(before);
  tell({ kind: 'done', idleMb: idle / 1024 / 1024, rssMb: rss / 1024 / 1024, cpuSeconds: (user + system) / 1e6 });
}
