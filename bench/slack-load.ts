/**
 * How fast people on Slack get their answers under load: `node bench/slack-load.ts [--rate 200] [--seconds 60]`.
 *
 * Starts a local Slack and the bot as a process of its own, sends slash commands, buttons, mentions and suggestions at a
 * steady rate over Socket Mode, and prints the time to the acknowledgement (Slack allows 3 s) and to the answer, with the
 * bot's CPU and memory. `--platform` leaves the corpus out: a bot that answers at once, so that only the platform is
 * measured. `--corpus PATH` and `--data DIR` choose what the bot answers from; `--synthetic` asks
 * for the words of a store that `store-fill.ts` made, another one each time.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSlackServer } from '../tests/platforms/slack/server.ts';
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

interface Sample {
  readonly ackMs: number;
  readonly answerMs?: number;
}

if (process.env.BENCH_PLATFORM_URL) await runPlatformAlone(process.env.BENCH_PLATFORM_URL);
else await measure();

async function measure(): Promise<void> {
  const slack = await startSlackServer();
  const data = values.data ?? mkdtempSync(join(tmpdir(), 'pullquote-bench-'));
  const tokens = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken };
  const env = values.platform
    ? { BENCH_PLATFORM_URL: slack.url, ...tokens }
    : { ...tokens, SLACK_API_URL: slack.url, CORPUS: values.corpus, DATA_DIR: data, LOG_LEVEL: 'warn' };
  const bot = spawn(
    process.execPath,
    values.platform ? [import.meta.filename] : [...startFlags, 'src/pullquote.mjs', 'start'],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  try {
    await slack.waitFor(() => slack.sockets > 0, 'the bot', 120_000);
    const asked = async (command: string, text: string): Promise<Sample> => {
      const began = performance.now();
      const sent = await slack.slash(command, text, { user: `U${1 + Math.floor(Math.random() * 2)}` });
      await sent.answer();
      return { ackMs: sent.ackMs, answerMs: performance.now() - began };
    };
    // The bot answers while it reads its corpus: wait until there is something to press.
    const ask = async () => (await slack.slash('/brief', 'cartels')).answer();
    let first = await ask();
    while (!JSON.stringify(first.blocks).includes('All quotes')) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      first = await ask();
    }
    const topic = topics(values.synthetic);
    const asks: (() => Promise<Sample>)[] = [
      () => asked('/brief', topic()),
      () => asked('/quote', values.synthetic ? `topic:${topic()}` : 'trump'),
      async () => {
        const began = performance.now();
        await slack.suggest('field:quote:speaker', 't');
        return { ackMs: performance.now() - began };
      },
      async () => {
        const began = performance.now();
        const sent = await slack.press(first, 'All quotes');
        await sent.answer();
        return { ackMs: sent.ackMs, answerMs: performance.now() - began };
      },
      () => asked('/brief', ''),
    ];
    for (const one of asks) await one();

    const before = usage(bot.pid);
    const memory = [before.rssMb];
    const done: Sample[] = [];
    let failed = 0;
    const started = performance.now();
    const running: Promise<unknown>[] = [];
    for (let n = 0; n < rate * seconds; n++) {
      const waitMs = started + (n * 1000) / rate - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const next = asks[n % asks.length] as () => Promise<Sample>;
      running.push(
        next().then(
          (sample) => done.push(sample),
          () => failed++,
        ),
      );
      if (n % (rate * 5) === 0) memory.push(usage(bot.pid).rssMb);
    }
    await Promise.all(running);
    const tookS = (performance.now() - started) / 1000;
    const after = usage(bot.pid);
    memory.push(after.rssMb);
    const acks = done.map(({ ackMs }) => ackMs);
    const answers = done.flatMap(({ answerMs }) => (answerMs === undefined ? [] : [answerMs]));
    const refused = slack.calls.filter(({ answer }) => !answer.ok);
    console.log(
      [
        `${values.platform ? 'platform alone' : `whole bot, corpus ${values.corpus}`}: ${done.length} answered, ${failed} failed, ${(done.length / tookS).toFixed(0)}/s for ${tookS.toFixed(0)} s`,
        `acknowledged ms: p50 ${at(acks, 0.5)}, p99 ${at(acks, 0.99)}, max ${at(acks, 1)}`,
        `answered ms: p50 ${at(answers, 0.5)}, p99 ${at(answers, 0.99)}, max ${at(answers, 1)}`,
        `bot: ${(((after.cpuMs - before.cpuMs) / (tookS * 1000)) * 100).toFixed(0)}% of one core, memory ${memory.map((mb) => mb.toFixed(0)).join(' → ')} MB`,
        `refused by the local Slack: ${refused.length === 0 ? 'nothing' : refused.slice(0, 5).map(({ method, answer }) => `${method} ${answer.error}`)}`,
      ].join('\n'),
    );
    process.exitCode = failed > 0 || refused.length > 0 ? 1 : 0;
  } finally {
    bot.kill('SIGTERM');
    await new Promise((resolve) => bot.once('exit', resolve));
    await slack.stop();
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
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1) ?? '-';
}

async function runPlatformAlone(apiUrl: string): Promise<void> {
  const { openSlack } = await import('../src/platforms/slack/slack.ts');
  const { createFakeBot, silent } = await import('../tests/platforms/slack/fixtures.ts');
  const { SLACK_BOT_TOKEN: botToken = '', SLACK_APP_TOKEN: appToken = '' } = process.env;
  const platform = openSlack({ botToken, appToken, apiUrl, log: silent });
  process.once('SIGTERM', () => void platform.stop().then(() => process.exit(0)));
  const bot = createFakeBot();
  const { answer } = bot;
  // The script keeps what it was asked; under load that would be the only thing that grows.
  await platform.start({
    ...bot,
    async answer(invocation) {
      bot.asked.length = 0;
      return answer(invocation);
    },
  });
}
