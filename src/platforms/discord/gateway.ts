/**
 * The connection to Discord's gateway, held by discord.js: heartbeats, resumes, shards. Guilds is the only intent.
 *
 * discord.js reconnects by itself once it stood; before that, and when Discord ends a session for good, we try again
 * with a new client and growing pauses, far below the 1,000 logins a day after which Discord resets a token.
 */
import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayReadyDispatchData,
  Options,
} from 'discord.js';
import { ConfigError } from '../../config.ts';
import { describeFault } from './faults.ts';
import type { DiscordLog } from './interactions.ts';
import { PUBLIC_API } from './rest.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly apiUrl?: string;
  readonly log: DiscordLog;
  readonly onInteraction: (payload: unknown) => void;
  /** The bot was removed from a server; not called for an outage. */
  readonly onRemoved: (guild: string) => void;
  /** Discord told us who we are: at each new session. */
  readonly onReady: (identity: Identity) => void;
}

/** Our ids: older applications have another one than their bot. */
export interface Identity {
  readonly user: string;
  readonly application: string;
}

export interface Connection {
  /** Resolves when connected, however long it takes, or when stopped. @throws ConfigError for a token Discord refuses. */
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): string;
}

export const REFUSED_TOKEN =
  'DISCORD_TOKEN: expected the bot token of your application (Developer Portal → Bot → Reset Token), got one that Discord refuses';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A login that neither fails nor ends is taken for failed. */
const LOGIN_MS = 60_000;

export function connectGateway(options: GatewayOptions): Connection {
  const { log } = options;
  let client: Client | undefined;
  let state = 'not started';
  let failures = 0;
  /** Shards that are reconnecting. */
  const away = new Set<number>();
  const stopping = new AbortController();

  return {
    start: connect,
    async stop() {
      stopping.abort();
      state = 'stopped';
      await client?.destroy();
    },
    state: () => (state === 'connected' && away.size > 0 ? 'reconnecting' : state),
  };

  async function connect(): Promise<void> {
    state = 'connecting';
    while (!stopping.signal.aborted) {
      client = newClient();
      try {
        await login(client);
        failures = 0;
        return;
      } catch (cause) {
        await client.destroy().catch(() => {}); // it never stood; nothing to lose
        if (stopping.signal.aborted) return;
        if (isBadToken(cause)) {
          state = 'Discord refuses the token';
          throw new ConfigError(REFUSED_TOKEN);
        }
        failures += 1;
        const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
        state = `cannot reach Discord; next try in ${Math.ceil(pauseMs / 1000)} s`;
        log.warn({ ...describeFault(cause), pauseMs: Math.round(pauseMs) }, 'discord: could not connect');
        await pause(pauseMs, stopping.signal);
      }
    }
  }

  async function login(one: Client): Promise<void> {
    const failed = new Promise<never>((_, reject) => {
      // Many shards log in one by one, five seconds apart: each that is ready is a sign of life.
      const timer = setTimeout(() => reject(new Error('the login did not end')), LOGIN_MS).unref();
      one.on(Events.ShardReady, () => timer.refresh());
      one.once(Events.ShardDisconnect, ({ code }) => reject(new SessionEnded(code)));
      stopping.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    });
    failed.catch(() => {}); // told by the race below, or too late to matter
    const done = one.login(options.token);
    done.catch(() => {}); // the same
    away.clear();
    await Promise.race([done, failed]);
    state = 'connected';
    log.info({ shards: one.ws.shards.size }, 'discord: connected');
    one.removeAllListeners(Events.ShardDisconnect);
    one.once(Events.ShardDisconnect, ({ code }) => void startOver(code));
  }

  /** Discord ended the session and will not take it up again: a token that was reset, a wrong intent. */
  async function startOver(code: number): Promise<void> {
    if (stopping.signal.aborted) return;
    log.error({ code }, 'discord: the session was ended');
    await client?.destroy().catch(() => {});
    if (code === 4004) {
      state = 'Discord refuses the token';
      return;
    }
    failures += 1;
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), stopping.signal);
    await connect().catch((cause: unknown) => log.error(describeFault(cause), 'discord: not connected'));
  }

  function newClient(): Client {
    const one = new Client({
      intents: [GatewayIntentBits.Guilds],
      shards: 'auto',
      rest: { api: options.apiUrl ?? PUBLIC_API, version: '10', retries: 0 },
      allowedMentions: { parse: [] },
      // We answer from what each event says; nothing needs to be remembered.
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
        GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
        GuildEmojiManager: 0,
        GuildStickerManager: 0,
        ThreadManager: 0,
        ThreadMemberManager: 0,
      }),
      waitGuildTimeout: 2000,
    });
    one.ws.on(GatewayDispatchEvents.Ready, (ready: GatewayReadyDispatchData) =>
      options.onReady({ user: ready.user.id, application: ready.application.id }),
    );
    one.ws.on(GatewayDispatchEvents.InteractionCreate, options.onInteraction);
    one.ws.on(GatewayDispatchEvents.GuildDelete, (guild: { id: string; unavailable?: boolean }) => {
      if (!guild.unavailable) options.onRemoved(guild.id);
    });
    one.on(Events.ShardReconnecting, (shard) => void away.add(shard));
    one.on(Events.ShardReady, (shard) => void away.delete(shard));
    one.on(Events.ShardResume, (shard) => void away.delete(shard));
    one.on(Events.ShardError, (cause) => log.warn(describeFault(cause), 'discord: the connection failed'));
    one.on(Events.Error, (cause) => log.error(describeFault(cause), 'discord: a fault in the client'));
    return one;
  }
}

class SessionEnded extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`the gateway closed with ${code}`);
    this.code = code;
  }
}

/** 401 from REST, or close code 4004. */
const isBadToken = (cause: unknown): boolean =>
  (cause instanceof SessionEnded && cause.code === 4004) ||
  (cause instanceof Error && 'code' in cause && cause.code === 'TokenInvalid');

/** Resolves after the time, or at once when stopped. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
