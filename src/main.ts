/** Starts and stops the bot: with `cli.ts`, the one file that knows every room. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { commands } from '../commands/index.ts';
import { type Briefings, createBriefings } from './briefing.ts';
import { createBot } from './command.ts';
import { composeEdition } from './compose.ts';
import type { Config } from './config.ts';
import { corpusEntries } from './corpus/entries.ts';
import { loadCorpus, type Progress } from './corpus/load.ts';
import { type Watch, watchCorpus } from './corpus/watch.ts';
import { provenDocument } from './gate.ts';
import { sinkInto } from './ingest.ts';
import type { Log } from './log.ts';
import type { Tenant } from './model.ts';
import { createHttpServer, type HttpServer } from './platforms/http.ts';
import type { Bot, Platform } from './platforms/platform.ts';
import { openTerminal } from './platforms/terminal/terminal.ts';
import type { Services } from './services.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

/** A bot that runs. */
export interface Running {
  readonly bot: Bot;
  readonly store: Store;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly briefings: Briefings;
  /** Resolves when the corpus has been read once. */
  readonly loaded: Promise<Progress | undefined>;
  /** Resolves when the terminal's input has ended; never with Discord or Slack. */
  readonly ended: Promise<void>;
  /** Finishes what is being done, in the reverse order of starting. Safe to call twice. */
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly config: Config;
  readonly log: Log;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly now?: () => Date;
}

/** Opens the store that the settings name. */
export const openStore = async (config: Config): Promise<Store> =>
  config.DATABASE_URL
    ? (await import('./store/postgres.ts')).openPostgres(config.DATABASE_URL)
    : openSqlite(join(config.DATA_DIR, 'pullquote.db'));

/**
 * Starts the bot: store, corpus, platforms (the terminal when the settings name none), briefings.
 *
 * A platform that cannot be reached keeps trying by itself and stops nobody else.
 * @throws StoreError, or the platform's own word on a token that is refused.
 */
export async function startBot({ config, log, input, output, now = () => new Date() }: Surroundings): Promise<Running> {
  const store = await openStore(config);
  const stopping = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const entries = corpusEntries(config.CORPUS);
  const http =
    config.PORT === undefined
      ? undefined
      : createHttpServer({
          host: config.HOST,
          port: config.PORT,
          log: (problem, cause) => log.error({ err: cause }, problem),
        });
  const platforms = await openPlatforms();
  let loading = true;
  let watch: Watch | undefined;
  let stopped: Promise<void> | undefined;

  const briefings = createBriefings({
    store,
    platforms,
    compose: (request) => composeEdition(store, request, withheld),
    clock: now,
    log,
    owner: `${process.pid}-${randomUUID().slice(0, 8)}`,
  });
  const services: Services = {
    store,
    now,
    zone: config.TIMEZONE,
    shapes: () => bot.commands,
    platforms,
    corpus: { entries, loading: () => loading },
    briefings,
    sources: { preview: async () => Promise.reject(new Error('not yet')), changed() {} },
    removed,
  };
  const bot = createBot({ commands, services, log, removed, gate: proven });
  const loaded = readCorpus();
  // The terminal answers at once and from the whole corpus; servers answer while it is being read.
  if (platforms.has('terminal')) await loaded;
  await http?.start();
  for (const platform of platforms.values()) await platform.start(bot);
  briefings.start();
  return { bot, store, platforms, briefings, loaded, ended, stop };

  async function openPlatforms(): Promise<ReadonlyMap<string, Platform>> {
    const opened: Platform[] = [];
    if (config.DISCORD_TOKEN) opened.push(await openDiscordWith(config, http, log, now));
    if (config.SLACK_BOT_TOKEN || config.SLACK_CLIENT_ID)
      opened.push(await openSlackWith(config, http, store, log, now));
    if (opened.length === 0)
      opened.push(openTerminal({ input, output, zone: config.TIMEZONE, user: 'you', ended: end, welcome: WELCOME }));
    return new Map(opened.map((platform) => [platform.name, platform]));
  }

  async function readCorpus(): Promise<Progress | undefined> {
    const sink = sinkInto(store, now);
    try {
      const progress = await loadCorpus(entries, sink, { now, signal: stopping.signal });
      const { at: _, ...counts } = progress;
      log.info({ ...counts }, 'corpus read');
      if (!stopping.signal.aborted) watch = watchCorpus(entries, sink, { now });
      return progress;
    } catch (cause) {
      log.error({ err: cause }, 'the corpus could not be saved; what is stored is still answered from');
      return undefined;
    } finally {
      loading = false;
    }
  }

  async function proven(document: Parameters<typeof provenDocument>[0]) {
    const result = await provenDocument(document, store);
    if (result.withheld > 0) withheld(result.withheld);
    return result.document;
  }

  function withheld(count: number): void {
    log.error({ count }, 'passages withheld: they do not match the stored source');
  }

  async function removed(tenant: Tenant): Promise<void> {
    await store.removeTenant(tenant);
    briefings.changed();
    log.info({ tenant }, 'all data of a server or workspace removed');
  }

  function stop(): Promise<void> {
    stopped ??= (async () => {
      stopping.abort();
      await briefings.stop();
      for (const platform of [...platforms.values()].reverse()) await platform.stop();
      await http?.stop();
      await watch?.close();
      await loaded;
      await store.close();
    })();
    return stopped;
  }
}

const WELCOME = 'Pullquote. Try /brief cartels, /quote trump, /topics or /help; a number presses a button; /quit ends.';

async function openDiscordWith(
  config: Config,
  http: HttpServer | undefined,
  log: Log,
  clock: () => Date,
): Promise<Platform> {
  const { openDiscord } = await import('./platforms/discord/discord.ts');
  return openDiscord({
    token: config.DISCORD_TOKEN as string,
    log,
    now: clock,
    ...(config.DISCORD_API_URL ? { apiUrl: config.DISCORD_API_URL } : {}),
    ...(config.DISCORD_GUILD_ID ? { guildId: config.DISCORD_GUILD_ID } : {}),
    ...(config.DISCORD_PUBLIC_KEY && http ? { publicKey: config.DISCORD_PUBLIC_KEY, http } : {}),
  });
}

async function openSlackWith(
  config: Config,
  http: HttpServer | undefined,
  store: Store,
  log: Log,
  clock: () => Date,
): Promise<Platform> {
  const { openSlack } = await import('./platforms/slack/slack.ts');
  return openSlack({
    log,
    clock,
    commandPrefix: config.SLACK_COMMAND_PREFIX,
    installations: {
      put: (tenant, data) => store.putInstallation(tenant, data),
      get: (tenant) => store.installation(tenant),
    },
    ...(http ? { http } : {}),
    ...(config.SLACK_BOT_TOKEN ? { botToken: config.SLACK_BOT_TOKEN } : {}),
    ...(config.SLACK_APP_TOKEN ? { appToken: config.SLACK_APP_TOKEN } : {}),
    ...(config.SLACK_SIGNING_SECRET ? { signingSecret: config.SLACK_SIGNING_SECRET } : {}),
    ...(config.SLACK_CLIENT_ID ? { clientId: config.SLACK_CLIENT_ID } : {}),
    ...(config.SLACK_CLIENT_SECRET ? { clientSecret: config.SLACK_CLIENT_SECRET } : {}),
    ...(config.SLACK_STATE_SECRET ? { stateSecret: config.SLACK_STATE_SECRET } : {}),
    ...(config.SECRET_KEY ? { secretKey: config.SECRET_KEY } : {}),
    ...(config.SLACK_API_URL ? { apiUrl: config.SLACK_API_URL } : {}),
  });
}
