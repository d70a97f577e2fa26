/** What delivery tests share: a real store on disk, real platforms on local servers, a clock that is set by hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BriefingParts, type Briefings, createBriefings } from '../../src/briefing.ts';
import type { EditionRequest } from '../../src/compose.ts';
import { type Document, heading, paragraph, small } from '../../src/document.ts';
import type { Log } from '../../src/log.ts';
import type { Briefing, Instant } from '../../src/model.ts';
import { createHttpServer } from '../../src/platforms/http.ts';
import type { Bot, Platform } from '../../src/platforms/platform.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { type DiscordServer, startDiscordServer } from '../platforms/discord/server.ts';
import { type SlackServer, startSlackServer } from '../platforms/slack/server.ts';

export const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Answers nothing: these tests only post. */
export const silentBot: Bot = {
  commands: [],
  answer: () => Promise.reject(new Error('nobody asks here')),
  complete: () => Promise.resolve([]),
  removed: () => Promise.resolve(),
};

export interface Servers {
  readonly discord: DiscordServer;
  readonly slack: SlackServer;
  readonly platforms: Map<string, Platform>;
  close(): Promise<void>;
}

/** What a process needs to reach the servers; plain, so that it can be handed to another process. */
export interface Addresses {
  readonly discord?: { readonly url: string; readonly token: string; readonly publicKey: string };
  readonly slack?: { readonly url: string; readonly botToken: string; readonly signingSecret: string };
}

export const addressesOf = ({ discord, slack }: Pick<Servers, 'discord' | 'slack'>): Required<Addresses> => ({
  discord: { url: discord.url, token: discord.token, publicKey: discord.publicKey },
  slack: { url: slack.url, botToken: slack.botToken, signingSecret: slack.signingSecret },
});

/** Both platforms, each on a server of its own. */
export async function openServers(): Promise<Servers> {
  const [discord, slack] = await Promise.all([startDiscordServer(), startSlackServer()]);
  const { platforms, close } = await openPlatforms(addressesOf({ discord, slack }));
  return {
    discord,
    slack,
    platforms,
    async close() {
      await close();
      await Promise.all([discord.stop(), slack.stop()]);
    },
  };
}

/**
 * The real platforms, taking what people do by HTTP: no sockets to wait for. Several processes of one bot post here to
 * servers that take more than the real ones, so none of them keeps to the platforms' rates.
 */
export async function openPlatforms({ discord, slack }: Addresses) {
  const http = createHttpServer({ host: '127.0.0.1', port: 0 });
  const platforms = new Map<string, Platform>();
  if (discord) {
    const { openDiscord } = await import('../../src/platforms/discord/discord.ts');
    const { url: apiUrl, token, publicKey } = discord;
    platforms.set('discord', openDiscord({ apiUrl, token, publicKey, http, requestsPerSecond: 10_000, log: quietLog }));
  }
  if (slack) {
    const { openSlack } = await import('../../src/platforms/slack/slack.ts');
    const { url: apiUrl, botToken, signingSecret } = slack;
    platforms.set(
      'slack',
      openSlack({ apiUrl, botToken, signingSecret, http, postsPerMinute: 600_000, log: quietLog }),
    );
  }
  await Promise.all([...platforms.values()].map((platform) => platform.start(silentBot)));
  return {
    platforms,
    async close() {
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await http.stop();
    },
  };
}

/** An edition that says what it was asked for: the slot, where its period begins, the banner. */
export function tellingDigest({ briefing, dueAt, from, banner }: EditionRequest): Document {
  return {
    summary: `Edition of ${dueAt}`,
    blocks: [
      heading('Morning brief'),
      ...(banner === undefined ? [] : [small(banner)]),
      paragraph(`briefing ${briefing.id} due ${dueAt} from ${from}`),
    ],
    ...(briefing.threads && {
      thread: { summary: 'The whole story', blocks: [paragraph(`thread of ${dueAt}`)] },
    }),
  };
}

export interface Room {
  readonly store: Store;
  readonly path: string;
  /** Sets the clock; without an argument reads it. */
  at(instant?: Instant): Instant;
  /** Another process on the same store, with its own claims. */
  process(owner: string, parts?: Partial<BriefingParts>): Briefings;
  add(briefing?: Partial<Briefing>): Promise<Briefing>;
  close(): Promise<void>;
}

export async function openRoom(servers: Servers, now: Instant): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), 'pullquote-delivery-'));
  const path = join(folder, 'store.db');
  const store = await openSqlite(path);
  const running: Briefings[] = [];
  let clock = now;
  return {
    store,
    path,
    at(instant = clock) {
      clock = instant;
      return clock;
    },
    process(owner, parts = {}) {
      const briefings = createBriefings({
        store,
        platforms: servers.platforms,
        compose: async (request) => ({ document: tellingDigest(request), storiesShown: [], empty: false }),
        clock: () => new Date(clock),
        log: quietLog,
        owner,
        retryMs: 5,
        ...parts,
      });
      running.push(briefings);
      return briefings;
    },
    add: (briefing) => addBriefing(store, servers, { createdAt: clock, settledTo: clock, ...briefing }),
    async close() {
      for (const briefings of running) await briefings.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let channels = 0;

/** A daily briefing at 08:00 UTC in a channel of its own. */
export async function addBriefing(
  store: Store,
  servers: Pick<Servers, 'discord' | 'slack'>,
  briefing: Partial<Briefing> & Pick<Briefing, 'createdAt' | 'settledTo'>,
): Promise<Briefing> {
  const platform = briefing.platform ?? 'discord';
  const digits = `${Date.now()}${String(++channels).padStart(5, '0')}`;
  const channel = platform === 'discord' ? digits : `C${digits}`;
  if (briefing.channel === undefined) {
    if (platform === 'discord') servers.discord.addChannel({ id: channel });
    else servers.slack.addChannel({ id: channel, name: `briefs-${channels}` });
  }
  return store.addBriefing({
    tenant: platform === 'discord' ? `discord:${servers.discord.guild}` : 'slack:T1',
    platform,
    channel,
    owner: platform === 'discord' ? `7${String(channels).padStart(5, '0')}${Date.now()}` : 'U1',
    kind: 'daily',
    times: 'daily 08:00',
    zone: 'UTC',
    catchUp: 'late',
    onlyNew: false,
    threads: false,
    locale: 'en',
    state: 'active',
    ...briefing,
  });
}

/** What stands in a briefing's channel, oldest first, threads left out, without the backslashes that keep text from being markup. */
export function posted(servers: Pick<Servers, 'discord' | 'slack'>, briefing: Briefing): readonly string[] {
  if (briefing.platform === 'discord')
    return servers.discord
      .channel(briefing.channel)
      .messages.map((message) => JSON.stringify(message.components).replaceAll('\\', ''));
  return servers.slack
    .channel(briefing.channel)
    .messages.filter(({ thread_ts }) => thread_ts === undefined)
    .map((message) => JSON.stringify(message.blocks));
}
