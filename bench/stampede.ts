/**
 * J3: thousands of channels due at 08:00 on one process that also answers commands.
 *
 * node bench/stampede.ts [--channels 10000] [--flags "--max-semi-space-size=16"]
 *
 * Half on each platform; Slack's in workspaces of 250 channels, each installed by OAuth. The bot and the two platforms'
 * servers run in processes of their own. The servers keep to the platforms' rates and answer 429 to what is more: Discord 50
 * requests in any second of the whole bot, Slack one message a second in a channel and 300 a minute in a workspace. On each
 * platform somebody asks for a brief ten times a second. 10,000 channels take two minutes at Discord's 50 a second.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BotAsked, BotTold } from './stampede-bot.ts';
import { DISCORD_RATE, SLACK_BURST, SLACK_RATE, type WorldAsked, type WorldTold } from './stampede-world.ts';
import { startFlags } from './start-flags.ts';

const { values } = parseArgs({
  options: { channels: { type: 'string', default: '10000' }, flags: { type: 'string', default: startFlags.join(' ') } },
});
const count = Number(values.channels);
const PLATFORMS = ['discord', 'slack'] as const;

const folder = await mkdtemp(join(tmpdir(), 'pullquote-stampede-'));
const children: ChildProcess[] = [];
try {
  // Once in small, so that the bot which is measured has run before: its types are stripped, its code is compiled.
  await stampede(20, 'before');
  const { bot, discord, slack, idle, acks } = await stampede(count, 'data');
  report(bot, discord, slack, idle, acks);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}

/** Posts to so many channels at once, half on each platform, while somebody asks; the bot keeps its store in `data`. */
async function stampede(channels: number, data: string) {
  const worlds = PLATFORMS.map((platform) =>
    start<WorldAsked, WorldTold>('stampede-world.ts', [platform, String(channels / 2)], {}),
  );
  const up = await Promise.all(worlds.map((world) => world.hear('up')));
  const settings = { DATA_DIR: join(folder, data), TIMEZONE: 'UTC', PORT: '0', SECRET_KEY: 'a secret of this bench' };
  const bot = startBot(Object.assign(settings, ...up.map((world) => world.settings)));
  const { port } = await bot.hear('up');
  for (const [i, world] of worlds.entries()) {
    const installed = world.hear('installed');
    world.ask({ kind: 'install', port });
    await installed;
    const ordered = bot.hear('ordered');
    bot.ask({ kind: 'order', platform: PLATFORMS[i] ?? 'discord', channels: up[i]?.channels ?? [] });
    await ordered;
  }
  const idle = await asking(worlds, 20);
  const busy = asking(worlds, Number.MAX_SAFE_INTEGER);
  const done = bot.hear('done');
  for (const world of worlds) world.ask({ kind: 'go' });
  bot.ask({ kind: 'go' });
  const ended = await done;
  const counted = worlds.map((world) => world.hear('counted'));
  for (const world of worlds) world.ask({ kind: 'stop' });
  const [discord, slack] = (await Promise.all(counted)) as [Counted, Counted];
  const acks = await busy;
  for (const one of [bot, ...worlds]) await one.end();
  return { bot: ended, discord, slack, idle, acks };
}

/** As `src/pullquote.mjs` starts it. */
function startBot(settings: object): Process<BotAsked, BotTold> {
  const env = {
    STAMPEDE: JSON.stringify(settings),
    MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
    MALLOC_TRIM_THRESHOLD_: process.env.MALLOC_TRIM_THRESHOLD_ ?? '1000000',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  return start<BotAsked, BotTold>('stampede-bot.ts', [], env, values.flags.split(' ').filter(Boolean));
}

/** Milliseconds until each brief that was asked for was acknowledged, on both platforms. */
async function asking(worlds: readonly Process<WorldAsked, WorldTold>[], times: number): Promise<readonly number[]> {
  const asked = worlds.map((world) => world.hear('asked'));
  for (const world of worlds) world.ask({ kind: 'ask', times });
  return (await Promise.all(asked)).flatMap(({ ackMs }) => ackMs);
}

type Counted = Extract<WorldTold, { kind: 'counted' }>;

function report(
  bot: Extract<BotTold, { kind: 'done' }>,
  discord: Counted,
  slack: Counted,
  idle: readonly number[],
  acks: readonly number[],
): void {
  const posts = discord.posts.bot ?? [];
  const seconds = (posts.at(-1) ?? 0) / 1000;
  const rate = posts.length / seconds;
  console.log(
    `J3 discord: ${posts.length} of ${count / 2} posted in ${seconds.toFixed(1)} s, ${rate.toFixed(1)} a second, ${((rate / DISCORD_RATE) * 100).toFixed(1)} % of the ${DISCORD_RATE} allowed; most in one second ${mostInASecond(posts)}; answers of 429: ${discord.limited}`,
  );
  const workspaces = Object.values(slack.posts).map((times) => {
    const took = (times.at(-1) ?? 0) / 1000;
    const atLeast = Math.max(times.length - SLACK_BURST, 0) / SLACK_RATE;
    return { posted: times.length, took, share: atLeast / took };
  });
  const total = workspaces.reduce((sum, { posted }) => sum + posted, 0);
  const longest = Math.max(...workspaces.map(({ took }) => took));
  const least = Math.min(...workspaces.map(({ share }) => share));
  console.log(
    `J3 slack: ${total} of ${count / 2} posted in ${workspaces.length} workspaces in ${longest.toFixed(1)} s, ${(total / longest).toFixed(1)} a second, ${(least * 100).toFixed(1)} % of what a workspace allows in the slowest; answers of 429: ${slack.limited}`,
  );
  console.log(
    `J3 commands acknowledged: p50 ${quantile(acks, 0.5)} ms, p99 ${quantile(acks, 0.99)} ms, most ${quantile(acks, 1)} ms of ${acks.length} (idle p50 ${quantile(idle, 0.5)} ms)`,
  );
  const late = [...bot.lateMs, discord.lateMs, slack.lateMs].map((ms) => ms.toFixed(0));
  console.log(
    `J3 bot: resident ${bot.idleMb.toFixed(0)} MB before, ${bot.rssMb.toFixed(0)} MB at most (heap in use ${bot.heapMb.toFixed(0)} MB); ${bot.cpuSeconds.toFixed(1)} s of processor time for ${count} posts and ${acks.length} briefs; event loop late by p99 ${late[0]} ms, most ${late[1]} ms (the servers' at most ${late[2]} and ${late[3]} ms: a busy machine shows here)`,
  );
}

function mostInASecond(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function quantile(values: readonly number[], q: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(0);
}

// ---------------------------------------------------------------- processes

interface Process<Asked, Told extends { readonly kind: string }> {
  ask(asked: Asked): void;
  /** The next message of a kind. */
  hear<Kind extends Told['kind']>(kind: Kind): Promise<Extract<Told, { readonly kind: Kind }>>;
  /** Ends it by itself. */
  end(): Promise<void>;
}

function start<Asked extends object, Told extends { readonly kind: string }>(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): Process<Asked, Told> {
  const child = fork(new URL(`./${file}`, import.meta.url), args, {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  let ending = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.once('exit', (status) => {
      // Killed at the end; ended by itself before that is a fault.
      if (status === null || ending) resolve();
      else reject(new Error(`${file} ended with ${status}`));
    });
  });
  return {
    ask: (asked) => void child.send(asked),
    hear: (kind) =>
      new Promise((resolve) => {
        const listen = (told: unknown) => {
          if ((told as Told).kind !== kind) return;
          child.off('message', listen);
          resolve(told as never);
        };
        child.on('message', listen);
      }),
    end() {
      ending = true;
      child.disconnect();
      return ended;
    },
  };
}
