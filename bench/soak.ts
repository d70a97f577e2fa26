/**
 * A soak: the whole bot on both platforms through 72 simulated hours of feeds, edits, commands, faults, restarts and
 * briefings. Memory has to stay flat, and the ledger has to agree with what the platforms' servers saw, page for page.
 *
 * node bench/soak.ts [--hours 72] [--briefings 40]
 */
import { fork } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDiscordServer } from '../tests/platforms/discord/server.ts';
import { startSlackServer } from '../tests/platforms/slack/server.ts';
import type { SoakWork, Told } from './soak-bot.ts';

const { values } = parseArgs({
  options: { hours: { type: 'string', default: '72' }, briefings: { type: 'string', default: '40' } },
});
const hours = Number(values.hours);
/** Memory of the last third over that of the second. */
const MOST_GROWTH = 1.05;

const folder = await mkdtemp(join(tmpdir(), 'pullquote-soak-'));
const seeds = join(folder, 'seeds');
await cp(new URL('../seeds', import.meta.url), seeds, { recursive: true });
const [discord, slack] = await Promise.all([startDiscordServer(), startSlackServer()]);
const feed = await startFeed();
const post = { method: 'POST', path: /\/channels\/\d+\/messages$/, times: 1 } as const;
/** Ways in which a post fails for a moment. */
const troubles = [
  () => discord.fault({ ...post, kind: 'lost' }),
  () => discord.fault({ ...post, kind: 'cut' }),
  () => slack.fail('chat.postMessage', { status: 503, afterStoring: true, times: 1 }),
  () => slack.fail('chat.postMessage', { status: 429, retryAfter: 1, times: 1 }),
];
const heaps: number[] = [];
const rss: number[] = [];
const problems = ['the bot did not come to its end'];

const child = fork(new URL('./soak-bot.ts', import.meta.url), {
  env: { ...process.env, SOAK: JSON.stringify(work()) },
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
child.on('message', (message) => hear(message as Told));
await new Promise((resolve) => child.on('exit', resolve));
report();
await Promise.all([discord.stop(), slack.stop(), feed.stop()]);
await rm(folder, { recursive: true, force: true });

function work(): SoakWork {
  const channels = Array.from({ length: Number(values.briefings) }, (_, i) => {
    const id = String(910_000_000_000_000_000n + BigInt(i));
    if (i % 2 === 0) {
      discord.addChannel({ id });
      return { platform: 'discord', tenant: `discord:${discord.guild}`, channel: id } as const;
    }
    slack.addChannel({ id: `C${id}`, name: `briefs-${i}` });
    return { platform: 'slack', tenant: 'slack:T1', channel: `C${id}` } as const;
  });
  const settings = {
    CORPUS: `${seeds},${feed.address}`,
    ALLOW_HOSTS: '127.0.0.1',
    DATA_DIR: join(folder, 'data'),
    TIMEZONE: 'UTC',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.url,
  };
  return { settings, seeds, hours, channels };
}

function hear(told: Told): void {
  switch (told.kind) {
    case 'trouble':
      troubles[told.which]?.();
      return;
    case 'news':
      feed.advance(told.n);
      return;
    case 'hour':
      heaps.push(told.heap);
      rss.push(told.rss);
      if (heaps.length % 12 === 0)
        console.error(`hour ${heaps.length}: heap ${megabytes(told.heap)}, resident ${megabytes(told.rss)}`);
      return;
    case 'end':
      problems.splice(0, 1, ...told.problems);
      for (const [channel, pages] of Object.entries(told.pages))
        if (posted(channel) !== pages) problems.push(`${channel}: ${posted(channel)} messages for ${pages} pages`);
      console.log(
        `soak: ${hours} hours, ${Object.keys(told.pages).length} briefings, ${sum(Object.keys(told.pages).map(posted))} messages, ${told.answered} answers, ${told.restarts} restarts`,
      );
      return;
  }
}

/** Messages in a channel and its threads. */
function posted(channel: string): number {
  if (channel.startsWith('C')) return slack.channel(channel).messages.length;
  return sum([discord.channel(channel), ...discord.threads(channel)].map(({ messages }) => messages.length));
}

function report(): void {
  const third = Math.floor(heaps.length / 3);
  const mean = (part: readonly number[]) => sum(part) / Math.max(part.length, 1);
  const [before, after] = [mean(heaps.slice(third, 2 * third)), mean(heaps.slice(2 * third))];
  console.log(`soak: ledger against servers: ${problems.length} differences`);
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  console.log(
    `soak: heap ${megabytes(before)} in the second third, ${megabytes(after)} in the last, ratio ${(after / before).toFixed(3)} (at most ${MOST_GROWTH}); resident at most ${megabytes(Math.max(...rss))}`,
  );
  if (problems.length > 0 || after / before > MOST_GROWTH) process.exitCode = 1;
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A feed on this machine whose newest entry changes. */
async function startFeed() {
  let newest = 0;
  const server = createServer((_request, response) => {
    const items = [0, 1, 2, 3, 4]
      .map((back) => newest - back)
      .map(
        (n) =>
          `<item><title>Ferry notice ${n}</title><guid>ferry-${n}</guid><description>“Ferry ${n} is late,” said Captain Rolf Berg. This is fiction.</description></item>`,
      );
    response.setHeader('content-type', 'application/rss+xml');
    response.end(`<rss version="2.0"><channel><title>Ferry notices</title>${items.join('')}</channel></rss>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`,
    advance(n: number): void {
      newest = n;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
