/**
 * One platform of `stampede.ts`, in a process of its own: the server that keeps to the platform's rates and counts, and the
 * people who ask it for briefs meanwhile.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startDiscordServer } from '../tests/platforms/discord/server.ts';
import { startSlackServer } from '../tests/platforms/slack/server.ts';

/** Requests a second of a bot (topics/rate-limits). */
export const DISCORD_RATE = 50;
/** Posts a second in a workspace: Slack's "several hundred messages per minute", read as three, some of them at once. */
export const SLACK_RATE = 300 / 60;
export const SLACK_BURST = 300 / 15;
const CHANNELS_IN_WORKSPACE = 250;

export type Channel = { readonly tenant: string; readonly channel: string };

export type WorldAsked =
  | { readonly kind: 'install'; readonly port: number }
  /** Ask for so many briefs on this platform, one after the other is due, or until `stop`. */
  | { readonly kind: 'ask'; readonly times: number }
  /** From now on posts are counted. */
  | { readonly kind: 'go' }
  | { readonly kind: 'stop' };
export type WorldTold =
  | {
      readonly kind: 'up';
      readonly settings: Readonly<Record<string, string>>;
      readonly channels: readonly Channel[];
    }
  | { readonly kind: 'installed' }
  | { readonly kind: 'asked'; readonly ackMs: readonly number[] }
  | {
      readonly kind: 'counted';
      /** By what shares a limit (Discord's bot, a Slack workspace): milliseconds since `go` of each post that was taken. */
      readonly posts: Readonly<Record<string, readonly number[]>>;
      /** Answers of 429, to whatever request. */
      readonly limited: number;
      /** How late this process was at most: requests that arrive apart are then read together. Milliseconds. */
      readonly lateMs: number;
    };

const ASK_EVERY_MS = 100;
const TOPICS = ['cartels', 'strikes', 'mexico', 'trump', 'harbour', 'budget', 'election', 'court', 'water', 'trade'];

interface World {
  readonly settings: Readonly<Record<string, string>>;
  readonly channels: readonly Channel[];
  install(port: number): Promise<void>;
  ask(n: number): Promise<{ readonly ackMs: number }>;
}

const posts: Record<string, number[]> = {};
let limited = 0;
let started = 0;
function note(limit: string, status: number): void {
  if (status === 429) limited++;
  else if (started > 0) {
    posts[limit] ??= [];
    posts[limit].push(performance.now() - started);
  }
}

async function discordWorld(count: number): Promise<World> {
  const discord = await startDiscordServer({
    requestsPerSecond: DISCORD_RATE,
    checkEvery: 20,
    observe(method, path, status) {
      if (status === 429 || (method === 'POST' && /^\/channels\/\d+\/messages/.test(path))) note('bot', status);
    },
  });
  const channels = Array.from({ length: count }, (_, i) => {
    const id = String(910_000_000_000_000_000n + BigInt(i));
    discord.addChannel({ id });
    return { tenant: `discord:${discord.guild}`, channel: id };
  });
  return {
    channels,
    settings: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url },
    install: () => Promise.resolve(),
    ask: (n) => discord.slash('brief', { topic: TOPICS[n % TOPICS.length] ?? '' }),
  };
}

async function slackWorld(count: number): Promise<World> {
  const slack = await startSlackServer({
    postsPerMinute: SLACK_RATE * 60,
    callsKept: 1000,
    observe: (team = '?', status) => note(team, status),
  });
  const teams = Array.from({ length: Math.ceil(count / CHANNELS_IN_WORKSPACE) }, (_, i) => `T${i + 1}`);
  for (const team of teams.slice(1)) slack.addWorkspace(team);
  const channels = Array.from({ length: count }, (_, i) => {
    const team = teams[i % teams.length] ?? 'T1';
    slack.addChannel({ id: `C9${i}`, name: `briefs-${i}` }, team);
    return { tenant: `slack:${team}`, channel: `C9${i}` };
  });
  /** As a browser: the bot's install page, its cookie, and back from Slack's own page. */
  async function installIn(team: string, port: number): Promise<void> {
    const base = `http://127.0.0.1:${port}/slack`;
    const first = await fetch(`${base}/install`);
    const state = /[?&](?:amp;)?state=([^&"]+)/.exec(await first.text())?.[1] ?? '';
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const back = `${base}/oauth_redirect?code=${slack.oauthCode(team)}&state=${state}`;
    const last = await fetch(back, { headers: { cookie } });
    if (last.status !== 200) throw new Error(`could not install in ${team}: ${await last.text()}`);
  }
  return {
    channels,
    settings: {
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_CLIENT_ID: slack.clientId,
      SLACK_CLIENT_SECRET: slack.clientSecret,
      SLACK_STATE_SECRET: 'a state of this bench',
      SLACK_API_URL: slack.url,
    },
    async install(port) {
      slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
      for (const team of teams) await installIn(team, port);
    },
    ask: (n) => slack.slash('/brief', TOPICS[n % TOPICS.length], { team: teams[n % teams.length] ?? 'T1' }),
  };
}

if (process.send) {
  process.on('disconnect', () => process.exit());
  const tell = (told: WorldTold) => process.send?.(told);
  const [platform, count] = process.argv.slice(2);
  const world = await (platform === 'discord' ? discordWorld : slackWorld)(Number(count));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let stopped = false;

  const ask = async (times: number): Promise<void> => {
    const asking: Promise<{ readonly ackMs: number }>[] = [];
    for (let n = 0; n < times && !stopped; n++) {
      asking.push(world.ask(n));
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
    tell({ kind: 'asked', ackMs: (await Promise.all(asking)).map(({ ackMs }) => ackMs) });
  };
  process.on('message', async (asked: WorldAsked) => {
    if (asked.kind === 'install') {
      await world.install(asked.port);
      tell({ kind: 'installed' });
    } else if (asked.kind === 'ask') await ask(asked.times);
    else if (asked.kind === 'go') {
      started = performance.now();
      delay.enable();
    } else {
      stopped = true;
      tell({ kind: 'counted', posts, limited, lateMs: delay.max / 1e6 - 5 });
    }
  });
  tell({ kind: 'up', settings: world.settings, channels: world.channels });
}
