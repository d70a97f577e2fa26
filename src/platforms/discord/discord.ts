/** Discord: brings what people ask to the bot and its documents back, by gateway or by HTTP, and posts briefings. */
import { randomUUID } from 'node:crypto';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { ConfigError } from '../../config.ts';
import { wordsFor } from '../../language/language.ts';
import type { HttpServer } from '../http.ts';
import type { Bot, Page, Platform } from '../platform.ts';
import { registerCommands } from './commands.ts';
import { INTERACTIONS_PATH, interactionsEndpoint } from './endpoint.ts';
import { codeOf, describeFault } from './faults.ts';
import { type Connection, connectGateway, type Identity, pause, REFUSED_TOKEN } from './gateway.ts';
import { createInteractions, type DiscordLog, type Interactions } from './interactions.ts';
import { nonce } from './mark.ts';
import { channelProblems } from './permissions.ts';
import { createPosts } from './posts.ts';
import { type DiscordPage, renderDocument } from './render.ts';
import { bareToken, openRest } from './rest.ts';
import { type Callback, interaction } from './wire.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Default: the public API. */
  readonly apiUrl?: string | undefined;
  /** Register commands in one server only: they appear at once there. */
  readonly guildId?: string | undefined;
  /** With `http`: interactions come by HTTP, and no gateway is connected. 64 hexadecimal digits. */
  readonly publicKey?: string | undefined;
  readonly http?: HttpServer | undefined;
  /** For a bot to which Discord grants more than its 50 a second. */
  readonly requestsPerSecond?: number | undefined;
  readonly log: DiscordLog;
  readonly now?: () => Date;
}

/** How long a stop waits for answers that are being made. */
const FINISH_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

export function openDiscord(options: DiscordOptions): Platform {
  const { log, apiUrl, requestsPerSecond, now = () => new Date() } = options;
  const token = bareToken(options.token);
  const rest = openRest({ token, ...(apiUrl === undefined ? {} : { apiUrl }), requestsPerSecond, now });
  const byHttp = options.publicKey !== undefined && options.http !== undefined;
  const stopping = new AbortController();
  const directChannels = new Map<string, string>();
  let identity: Identity | undefined;
  let state = 'not started';
  let interactions: Interactions | undefined;
  let gateway: Connection | undefined;
  const posts = createPosts({ rest, self: () => identity?.user, log, now });

  return {
    name: 'discord',

    async start(bot) {
      state = 'connecting';
      interactions = createInteractions({ bot, answers: rest.answers, log });
      if (byHttp) {
        listen(interactions);
        identity = await introduce();
      } else {
        gateway = connect(bot, interactions);
        await gateway.start();
      }
      if (identity !== undefined) await declare(identity.application, bot);
      if (!stopping.signal.aborted) state = 'connected';
    },

    async stop() {
      stopping.abort();
      state = 'stopped';
      await interactions?.idle(FINISH_MS);
      await gateway?.stop();
    },

    pages: (document, locale) => [
      ...renderDocument(document, locale).map((body): Page => ({ body })),
      ...(document.thread
        ? renderDocument(document.thread, locale).map((body): Page => ({ body, inThread: true }))
        : []),
    ],

    among: rest.among,
    post: posts.post,
    find: posts.find,
    edit: posts.edit,

    async problems(to, locale = 'en') {
      const said = wordsFor({ locale, platform: 'discord' });
      try {
        return await channelProblems(
          rest.bot(),
          to.channel,
          identity?.user ?? '',
          now(),
          said,
          to.thread !== undefined,
        );
      } catch (cause) {
        log.warn(describeFault(cause), 'discord: a channel could not be checked');
        // What Discord will not tell is not known to be missing.
        if (cause instanceof DiscordAPIError) return [];
        return [said.discord.notChecked];
      }
    },

    async tell(_tenant, user, document, locale = 'en') {
      try {
        const channel = directChannels.get(user) ?? (await openDirectChannel(rest.bot(), user));
        directChannels.set(user, channel);
        for (const body of renderDocument(document, locale)) await sendDirect(channel, body);
        return true;
      } catch (cause) {
        log.info({ ...describeFault(cause) }, 'discord: a direct message could not be sent');
        return false;
      }
    },

    state: () => (gateway && state !== 'stopped' ? gateway.state() : state),
  };

  /** By HTTP nobody tells us who we are: asked until Discord answers. @throws ConfigError for a token it refuses. */
  async function introduce(): Promise<Identity | undefined> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(30_000)]);
        const user = (await rest.bot().get(Routes.user(), { signal })) as { readonly id: string };
        const application = (await rest.bot().get(Routes.currentApplication(), { signal })) as { readonly id: string };
        return { user: user.id, application: application.id };
      } catch (cause) {
        if (stopping.signal.aborted) return undefined;
        if (cause instanceof DiscordAPIError && cause.status === 401) {
          state = 'Discord refuses the token';
          throw new ConfigError(REFUSED_TOKEN);
        }
        const pauseMs = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** failures++) * (0.75 + Math.random() / 2);
        state = 'cannot reach Discord; trying again';
        log.warn({ ...describeFault(cause), pauseMs: Math.round(pauseMs) }, 'discord: cannot be reached');
        await pause(pauseMs, stopping.signal);
      }
    }
    return undefined;
  }

  /** Commands that cannot be registered now still work if they were before: this never stops the start. */
  async function declare(application: string, bot: Bot): Promise<void> {
    try {
      const outcome = await registerCommands(rest.bot(), application, options.guildId, bot.commands);
      log.info({ outcome, commands: bot.commands.length }, 'discord: commands');
    } catch (cause) {
      log.error(describeFault(cause), 'discord: the commands could not be registered');
    }
  }

  function connect(bot: Bot, all: Interactions): Connection {
    return connectGateway({
      token,
      ...(apiUrl === undefined ? {} : { apiUrl }),
      log,
      onReady: (told) => {
        identity = told;
      },
      onInteraction: (payload) => void all.handle(payload, (callback) => callBack(payload, callback)),
      onRemoved: (guild) =>
        void bot
          .removed(`discord:${guild}`)
          .catch((cause: unknown) =>
            log.error(describeFault(cause), 'discord: the data of a server could not be removed'),
          ),
    });
  }

  async function callBack(payload: unknown, callback: Callback): Promise<void> {
    const { id, token: its } = interaction.parse(payload);
    try {
      await rest.answers.post(Routes.interactionCallback(id, its), { body: callback, auth: false });
    } catch (cause) {
      // Acknowledged already: our first try arrived, only its answer was lost.
      if (codeOf(cause) !== 40060) throw cause;
    }
  }

  function listen(all: Interactions): void {
    options.http?.route('POST', INTERACTIONS_PATH, interactionsEndpoint(options.publicKey ?? '', all, now));
  }

  async function sendDirect(channel: string, { message }: DiscordPage): Promise<void> {
    await rest.bot().post(Routes.channelMessages(channel), {
      body: { ...message, nonce: nonce(randomUUID()), enforce_nonce: true },
      signal: AbortSignal.timeout(30_000),
    });
  }
}

async function openDirectChannel(rest: REST, user: string): Promise<string> {
  const channel = (await rest.post(Routes.userChannels(), {
    body: { recipient_id: user },
    signal: AbortSignal.timeout(30_000),
  })) as { readonly id: string };
  return channel.id;
}
