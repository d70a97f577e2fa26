/**
 * How fast people on Discord get their answers under load: `node bench/discord-load.ts [--rate 200] [--seconds 60]`.
 *
 * Starts a local Discord and the bot as a process of its own, sends slash commands, buttons and suggestions at a steady
 * rate, and prints the time to the first answer (Discord allows 3 s) and to the final one, with the bot's CPU and memory.
 * `--platform` leaves the corpus out: a bot that answers at once, so that only the platform is measured.
 * `--corpus PATH` and `--data DIR` choose what the bot answers from; `--synthetic` asks
 * for the words of a store that `store-fill.ts` made, another one each time.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Exchange } from '../tests/platforms/discord/server.ts';
import { startDiscordServer } from '../tests/platforms/discord/server.ts';
import { startFlags } from './start-flags.ts';
import { queryTerms } from './store-corpus.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    platform: { type: 'boolean', default: false },
    corpus: { type: 'string', default: 'seeds' },
    data: { type: 'string' },
    synthetic: { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);

if (process.env.BENCH_PLATFORM_URL) await runPlatformAlone(process.env.BENCH_PLATFORM_URL);
else await measure();

async function measure(): Promise<void> {
  const discord = await startDiscordServer({ token: 'bench.discord.token', checkEvery: 20 });
  const data = values.data ?? mkdtempSync(join(tmpdir(), 'pullquote-bench-'));
  const env = values.platform
    ? { BENCH_PLATFORM_URL: discord.url }
    : {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.url,
        CORPUS: values.corpus,
        DATA_DIR: data,
        LOG_LEVEL: 'error',
      };
  const bot = spawn(
    process.execPath,
    values.platform ? [import.meta.filename] : [...startFlags, 'src/pullquote.mjs', 'start'],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  try {
    await discord.waitFor(() => discord.commands().length > 0 && discord.gateway.connected, 120_000);
    const first = await discord.slash('brief', { topic: 'cartels' });
    const speaker = 'trump';
    const topic = topics(values.synthetic);
    const asks = [
      () => discord.slash('brief', { topic: topic() }),
      () => discord.slash('quote', values.synthetic ? { topic: topic() } : { speaker }),
      () => discord.autocomplete('quote', 'speaker', 't'),
      () => discord.click(first.message, 'Share'),
      () => discord.slash('brief'),
    ];
    for (const ask of asks) await ask();

    const before = usage(bot.pid);
    const ownBefore = process.cpuUsage();
    const delay = monitorEventLoopDelay();
    delay.enable();
    const memory = [before.rssMb];
    const done: Exchange[] = [];
    let failed = 0;
    const started = performance.now();
    const running: Promise<unknown>[] = [];
    for (let n = 0; n < rate * seconds; n++) {
      const waitMs = started + (n * 1000) / rate - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const ask = asks[n % asks.length];
      if (ask)
        running.push(
          ask().then(
            (exchange) => done.push(exchange),
            () => failed++,
          ),
        );
      if (n % (rate * 5) === 0) memory.push(usage(bot.pid).rssMb);
    }
    await Promise.all(running);
    const tookS = (performance.now() - started) / 1000;
    const after = usage(bot.pid);
    const own = process.cpuUsage(ownBefore);
    memory.push(after.rssMb);
    const ack = done.map((exchange) => exchange.ackMs);
    const answer = done.map((exchange) => exchange.answerMs);
    console.log(
      [
        `${values.platform ? 'platform alone' : `whole bot, corpus ${values.corpus}`}: ${done.length} answered, ${failed} failed, ${(done.length / tookS).toFixed(0)}/s for ${tookS.toFixed(0)} s`,
        `first answer ms: p50 ${at(ack, 0.5)}, p99 ${at(ack, 0.99)}, max ${at(ack, 1)}`,
        `final answer ms: p50 ${at(answer, 0.5)}, p99 ${at(answer, 0.99)}, max ${at(answer, 1)}`,
        `bot: ${(((after.cpuMs - before.cpuMs) / (tookS * 1000)) * 100).toFixed(0)}% of one core, memory ${memory.map((mb) => mb.toFixed(0)).join(' → ')} MB`,
        `this side: ${((own.user + own.system) / 10_000 / tookS).toFixed(0)}% of one core, event loop late by p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms (a busy machine shows here)`,
        `refused by the local Discord: ${discord.problems.length === 0 ? 'nothing' : [...new Set(discord.problems)].slice(0, 5).join('; ')}`,
      ].join('\n'),
    );
    process.exitCode = failed > 0 || discord.problems.length > 0 ? 1 : 0;
  } finally {
    bot.kill('SIGTERM');
    await new Promise((resolve) => bot.once('exit', resolve));
    await discord.stop();
    if (!values.data) rmSync(data, { recursive: true, force: true });
  }
}

/** What is asked about: always the same, or the words of a synthetic corpus in turn, rare and common ones. */
function topics(synthetic: boolean): () => string {
  const terms = synthetic ? Object.values(queryTerms()).flat() : ['cartels'];
  let n = 0;
  return () => terms[n++ % terms.length] as string;
}

/** CPU time and memory of a process (Linux). */
function usage(pid: number | undefined): { readonly cpuMs: number; readonly rssMb: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(stat[11]) + Number(stat[12]); // utime and stime, hundredths of a second
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuMs: ticks * 10, rssMb: Number(rss) / 1024 };
}

function at(samples: readonly number[], share: number): string {
  const sorted = samples.toSorted((a, b) => a - b);
  return String(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? '-');
}

async function runPlatformAlone(url: string): Promise<void> {
  const { openDiscord } = await import('../src/platforms/discord/discord.ts');
  const { testBot, silent } = await import('../tests/platforms/discord/bot.ts');
  const platform = openDiscord({ token: 'bench.discord.token', apiUrl: url, log: silent });
  process.once('SIGTERM', () => void platform.stop().then(() => process.exit(0)));
  await platform.start(testBot());
}
