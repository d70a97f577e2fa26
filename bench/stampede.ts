/**
 * J3: thousands of channels due at 08:00 on one process that also answers commands; servers on this machine count.
 *
 * node bench/stampede.ts [--channels 3000]     half on each platform; 10,000 takes two minutes at Discord's 50 a second
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDiscordServer } from '../tests/platforms/discord/server.ts';
import { startSlackServer } from '../tests/platforms/slack/server.ts';
import type { StampedeTold, StampedeWork } from './stampede-bot.ts';

const { values } = parseArgs({ options: { channels: { type: 'string', default: '3000' } } });
const count = Number(values.channels);
/** Discord takes 50 requests a second from a bot. Slack's limit is one message a second in each channel, and each gets one. */
const DISCORD_RATE = 50;

const folder = await mkdtemp(join(tmpdir(), 'pullquote-stampede-'));
const [discord, slack] = await Promise.all([startDiscordServer(), startSlackServer()]);
const channels = Array.from({ length: count }, (_, i) => {
  const id = String(910_000_000_000_000_000n + BigInt(i));
  if (i % 2 === 0) discord.addChannel({ id });
  else slack.addChannel({ id: `C${id}`, name: `briefs-${i}` });
  return i % 2 === 0 ? id : `C${id}`;
});
const work: StampedeWork = {
  channels,
  guild: discord.guild,
  settings: {
    DATA_DIR: join(folder, 'data'),
    TIMEZONE: 'UTC',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.url,
  },
};
const child = fork(new URL('./stampede-bot.ts', import.meta.url), {
  env: { ...process.env, STAMPEDE: JSON.stringify(work) },
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
const ready = Promise.withResolvers<void>();
const done = Promise.withResolvers<Extract<StampedeTold, { kind: 'done' }>>();
child.on('message', (message) => {
  const told = message as StampedeTold;
  if (told.kind === 'ready') ready.resolve();
  else done.resolve(told);
});
let over = false;
/** When each message arrived, by platform, read every 20 ms. */
const arrived: Record<'discord' | 'slack', number[]> = { discord: [], slack: [] };
await ready.promise;
const idle = await ask(20);
const watching = watch();
const started = performance.now();
child.send('go');
const busy = ask(Number.POSITIVE_INFINITY);
const result = await done.promise;
over = true;
await watching;
report(result, await busy);
child.kill('SIGKILL');
await Promise.all([discord.stop(), slack.stop()]);
await rm(folder, { recursive: true, force: true });

async function watch(): Promise<void> {
  let [requests, calls] = [discord.requests.length, slack.calls.length];
  while (!over) {
    const now = performance.now();
    for (; requests < discord.requests.length; requests++) {
      const { method, path } = discord.requests[requests] ?? {};
      if (method === 'POST' && /^\/channels\/\d+\/messages/.test(path ?? '')) arrived.discord.push(now);
    }
    for (; calls < slack.calls.length; calls++)
      if (slack.calls[calls]?.method === 'chat.postMessage') arrived.slack.push(now);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Asks a command again and again; the milliseconds until each was acknowledged. */
async function ask(times: number): Promise<readonly number[]> {
  const acks: number[] = [];
  for (let i = 0; i < times && !over; i++) {
    const { ackMs } = await discord.slash('brief', { topic: 'cartels' });
    acks.push(ackMs);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return acks;
}

function report({ idleMb, rssMb, cpuSeconds }: Extract<StampedeTold, { kind: 'done' }>, acks: readonly number[]): void {
  for (const platform of ['discord', 'slack'] as const) {
    const times = arrived[platform];
    const seconds = ((times.at(-1) ?? 0) - started) / 1000;
    const rate = times.length / seconds;
    const share = platform === 'discord' ? `, ${((rate / DISCORD_RATE) * 100).toFixed(0)} % of the 50 allowed` : '';
    console.log(
      `J3 ${platform}: ${times.length} of ${count / 2} posted in ${seconds.toFixed(1)} s, ${rate.toFixed(1)} a second${share}`,
    );
  }
  const limited =
    discord.requests.filter(({ status }) => status === 429).length +
    slack.calls.filter(({ answer }) => answer.error === 'ratelimited').length;
  console.log(`J3 most Discord messages in one second: ${mostInASecond(arrived.discord)}; answers of 429: ${limited}`);
  console.log(
    `J3 commands acknowledged: p50 ${quantile(acks, 0.5)} ms, p99 ${quantile(acks, 0.99)} ms of ${acks.length} (idle p50 ${quantile(idle, 0.5)} ms); resident ${idleMb.toFixed(0)} MB before, ${rssMb.toFixed(0)} MB at most, ${cpuSeconds.toFixed(1)} s of processor time`,
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
