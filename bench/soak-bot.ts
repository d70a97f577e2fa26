/** The process that `soak.ts` watches: the whole bot, its clock passed in. It tells what it did and how much memory it holds. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readConfig } from '../src/config.ts';
import { type Running, startBot } from '../src/main.ts';
import type { Instant } from '../src/model.ts';
import type { Caller } from '../src/platforms/platform.ts';
import { parseSchedule, slotKey, slotsBetween } from '../src/schedule.ts';
import { seeded } from '../tests/delivery/fleet.ts';
import { quietLog } from '../tests/delivery/room.ts';

export interface SoakWork {
  readonly settings: Readonly<Record<string, string>>;
  readonly seeds: string;
  readonly hours: number;
  readonly channels: readonly {
    readonly platform: 'discord' | 'slack';
    readonly tenant: string;
    readonly channel: string;
  }[];
}

/** What is told to the process that watches. */
export type Told =
  | { readonly kind: 'trouble'; readonly which: number }
  | { readonly kind: 'news'; readonly n: number }
  | { readonly kind: 'hour'; readonly heap: number; readonly rss: number }
  | {
      readonly kind: 'end';
      readonly problems: readonly string[];
      /** Messages that the ledger says were posted, by channel. */
      readonly pages: Readonly<Record<string, number>>;
      readonly answered: number;
      readonly restarts: number;
    };

const START = Date.parse('2026-10-23T12:00:00.000Z'); // clocks go back in Europe on the second night
const ZONES = ['Europe/Prague', 'America/New_York', 'Asia/Tokyo', 'UTC', 'Asia/Kolkata'];
const TIMES = ['hourly', 'every 2h', 'daily 08:00', 'daily 02:30,18:00', 'hourly 9-17', 'weekdays 7:30', 'every 3h'];
const COMMANDS = ['brief', 'quote', 'topics', 'speakers', 'reactions', 'status'];

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const random = seeded(20261023);
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
const tell = (told: Told) => process.send?.(told);

const work = JSON.parse(process.env.SOAK ?? '{}') as SoakWork;
process.on('disconnect', () => process.exit(1));
let clock = START;
let answered = 0;
let restarts = 0;
let bot = await start();
await order();

for (let minute = 0; minute < work.hours * 60; minute++) {
  clock += 60_000;
  if (minute % 60 === 17) await news(minute);
  if (minute % 10 === 3) await ask();
  if (minute % 45 === 29) tell({ kind: 'trouble', which: Math.floor(random() * 4) });
  if (minute % (24 * 60) === 13 * 60 + 5) await restart();
  await bot.briefings.tick();
  if (minute % 60 === 59) await measure();
}
// What was put off gets its time.
for (let i = 0; i < 30; i++) {
  clock += 60_000;
  await bot.briefings.tick();
}
tell({ kind: 'end', ...(await audit()), answered, restarts });
await bot.stop();
process.disconnect?.();

function now(): Instant {
  return new Date(clock).toISOString();
}

async function start(): Promise<Running> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const running = await startBot({
    config: readConfig(work.settings),
    log: quietLog,
    input,
    output,
    now: () => new Date(clock),
  });
  await running.loaded;
  return running;
}

async function restart(): Promise<void> {
  await bot.stop();
  clock += 3 * 60_000;
  bot = await start();
  restarts++;
}

async function order(): Promise<void> {
  for (const [i, { platform, tenant, channel }] of work.channels.entries())
    await bot.store.addBriefing({
      tenant,
      platform,
      channel,
      owner: 'U1',
      kind: 'daily',
      times: TIMES[i % TIMES.length] as string,
      zone: ZONES[i % ZONES.length] as string,
      catchUp: 'late',
      onlyNew: i % 4 === 0,
      threads: i % 3 === 0,
      locale: 'en',
      state: 'active',
      createdAt: now(),
      settledTo: now(),
    });
  bot.briefings.changed();
}

/** An article is added or edited, and the feed moves on. */
async function news(minute: number): Promise<void> {
  const n = Math.floor(minute / 60) % 20;
  await writeFile(
    join(work.seeds, `soak-${n}.txt`),
    `---\ntitle: Harbor budget ${n}\ndate: ${now()}\noutlet: Soak Gazette\nfiction: true\n---\n\n“The harbor budget is version ${minute},” Mayor Ida Lund said on Tuesday. The council of Port Hallow will vote on plan ${n} next week.\n`,
  );
  tell({ kind: 'news', n: Math.floor(minute / 60) });
}

async function ask(): Promise<void> {
  const { platform, tenant, channel } = pick(work.channels);
  const caller: Caller = { platform, tenant, user: 'U1', channel, locale: 'en', canManage: false };
  const options = random() < 0.5 ? {} : { topic: pick(['cartels', 'budget', 'zzz']) };
  await bot.bot.answer({ command: pick(COMMANDS), options, caller });
  answered++;
}

async function measure(): Promise<void> {
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const { heapUsed: heap, rss } = process.memoryUsage();
  tell({ kind: 'hour', heap, rss });
}

/** Every slot has to be delivered, and nothing else may be in the ledger. */
async function audit(): Promise<{ problems: string[]; pages: Record<string, number> }> {
  const problems: string[] = [];
  const pages: Record<string, number> = {};
  for (const briefing of await bot.store.briefings({})) {
    const parsed = parseSchedule(briefing.times);
    if ('problem' in parsed) throw new Error(parsed.problem);
    const slots = slotsBetween(parsed.schedule, briefing.zone, briefing.createdAt, now(), 10_000);
    const ledger = new Map((await bot.store.deliveries(briefing.id, 10_000)).map((one) => [one.key, one]));
    for (const slot of slots) {
      const delivery = ledger.get(slotKey(briefing.id, slot));
      if (delivery?.state !== 'delivered')
        problems.push(
          `${slotKey(briefing.id, slot)}: ${delivery ? `${delivery.state}, ${delivery.outcome}` : 'missing'}`,
        );
    }
    if (ledger.size !== slots.length)
      problems.push(`briefing ${briefing.id}: ${ledger.size} deliveries for ${slots.length} slots`);
    let posted = 0;
    for (const key of ledger.keys()) posted += (await bot.store.pages(key)).length;
    pages[briefing.channel] = posted;
  }
  return { problems, pages };
}
