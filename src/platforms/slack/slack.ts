/** Slack as a platform: Bolt on Socket Mode or signed HTTP, for one workspace or many. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, type AuthorizeResult, SocketModeReceiver } from '@slack/bolt';
import type { HttpServer } from '../http.ts';
import { type Bot, type Platform, PlatformError } from '../platform.ts';
import { createAnswers } from './answers.ts';
import { addPage, serveInstall } from './install.ts';
import { listen } from './listen.ts';
import { boltLogger, type Log } from './log.ts';
import { scopeNames } from './manifest.ts';
import { type Naming, namingOf } from './naming.ts';
import { createPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createPosts } from './posts.ts';
import { createReceiver } from './receiver.ts';
import { slackPages } from './render.ts';
import { type Connection, keepConnected } from './socket.ts';
import { createWebApi, isBadToken, type WebApi } from './webapi.ts';
import {
  type Installations,
  identify,
  manyWorkspaces,
  oneWorkspace,
  type Workspace,
  type Workspaces,
} from './workspaces.ts';

export interface SlackOptions {
  readonly botToken?: string;
  /** Socket Mode. */
  readonly appToken?: string;
  /** HTTP, together with `http`. */
  readonly signingSecret?: string;
  readonly http?: HttpServer;
  /** The install page for many workspaces; with all of these no `botToken` is needed. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly stateSecret?: string;
  readonly secretKey?: string;
  readonly installations?: Installations;
  /** Default the public API. */
  readonly apiUrl?: string;
  /** `news` when commands are called `/news-brief`. */
  readonly commandPrefix?: string;
  /** The bot's own posts in one workspace. Default: what Slack's "several hundred" surely are. */
  readonly postsPerMinute?: number;
  readonly log: Log;
  readonly clock?: () => Date;
}

/**
 * Slack, not yet connected.
 * @throws Error when the settings are not enough to connect in any way.
 */
export function openSlack(options: SlackOptions): Platform {
  const { log, clock = () => new Date() } = options;
  requireWay(options);
  const api = createWebApi({ log, ...(options.apiUrl ? { apiUrl: options.apiUrl } : {}) });
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one for each message that waits its turn
  const perMinute = options.postsPerMinute;
  const pace = createPace({
    signal: stopping.signal,
    ...(perMinute === undefined ? {} : { workspace: { everyMs: 60_000 / perMinute, burst: perMinute / 15 } }),
  });
  const running = new Set<Promise<void>>();
  let workspaces: Workspaces | undefined;
  let connection: Connection | undefined;
  let app: App | undefined;
  let state = 'not started';
  let naming: Naming = (document) => document;

  async function start(bot: Bot): Promise<void> {
    state = 'connecting';
    workspaces = options.clientId ? manyWorkspaces(manyOptions(options, api)) : oneWorkspace(await identity());
    naming = namingOf(bot.commands, options.commandPrefix);
    const receiver = options.appToken ? socketReceiver(options.appToken) : undefined;
    app = new App({
      receiver: receiver ?? createReceiver({ ...httpOptions(options), clock, log }),
      authorize: ({ teamId }) => authorize(teamId),
      clientOptions: api.clientOptions,
      logger: boltLogger(log),
      convoStore: false,
    });
    listen(app, {
      bot,
      api,
      workspaces,
      answers: createAnswers({ api, pace, naming, log }),
      naming,
      people: createPeople(api),
      prefix: options.commandPrefix ?? '',
      log,
      track,
    });
    if (receiver) {
      connection = keepConnected(receiver.client, log);
      await connection.ready;
    } else {
      serveInstallPage(workspaces);
      state = 'connected';
    }
  }

  /** Whose token this is. Waits for Slack to be reachable; a token that Slack refuses is an error at once. */
  async function identity(): Promise<Workspace> {
    for (let tries = 1; ; tries++) {
      try {
        return await identify(api, options.botToken ?? '');
      } catch (cause) {
        if (isBadToken(cause))
          throw new Error(`Slack refused the bot token (SLACK_BOT_TOKEN): ${cause.code}`, { cause });
        state = `not connected: ${cause instanceof Error ? cause.message : String(cause)}`;
        log.warn({ tries }, `slack: ${state}`);
        await sleep(Math.min(30_000, 250 * 2 ** Math.min(tries, 8)), undefined, { signal: stopping.signal });
      }
    }
  }

  /** Bolt gets no token: every call is ours, so that it is paced and never repeated blindly. */
  async function authorize(team: string | undefined): Promise<AuthorizeResult> {
    const workspace = team ? await workspaces?.find(team).catch(() => undefined) : undefined;
    return {
      ...(team ? { teamId: team } : {}),
      ...(workspace ? { botUserId: workspace.botUser, botId: workspace.botId } : {}),
    };
  }

  const socketReceiver = (appToken: string) =>
    new SocketModeReceiver({
      appToken,
      autoReconnectEnabled: false, // src/platforms/slack/socket.ts says why
      logger: boltLogger(log),
      installerOptions: { clientOptions: { ...api.clientOptions } },
    });

  function serveInstallPage({ installer }: Workspaces): void {
    if (!installer || !options.http) return;
    const prefix = options.commandPrefix ? `${options.commandPrefix}-` : '';
    serveInstall({ http: options.http, installer, scopes: scopeNames, firstCommand: `/${prefix}brief`, log });
  }

  function track(task: Promise<void>): void {
    running.add(task);
    void task.finally(() => running.delete(task));
  }

  return {
    name: 'slack',
    async start(bot) {
      try {
        await start(bot);
      } catch (cause) {
        if (stopping.signal.aborted) return;
        state = cause instanceof Error ? cause.message : String(cause);
        await connection?.stop();
        throw cause;
      }
    },
    async stop() {
      // First no new questions, then the answers that are under way, then whatever waits for its turn.
      await (connection ? connection.stop() : app?.stop());
      await Promise.race([Promise.allSettled(running), sleep(5000, undefined, { ref: false })]);
      stopping.abort(new PlatformError('retry', 'slack: stopped'));
      state = 'stopped';
    },
    pages: (document, locale) => slackPages(naming(document), locale),
    limitOf: ({ tenant }) => tenant,
    ...createPosts({ api, pace, log, naming: (document) => naming(document), workspaces: () => workspaces }),
    state: () => connection?.state() ?? state,
  };
}

// ------------------------------------------------------------------ settings

function requireWay(options: SlackOptions): void {
  const { appToken, botToken, signingSecret, http, clientId } = options;
  if (!botToken && !clientId) throw new Error('slack: expected SLACK_BOT_TOKEN, or SLACK_CLIENT_ID with its secrets');
  if (!appToken && !(signingSecret && http))
    throw new Error('slack: expected SLACK_APP_TOKEN, or SLACK_SIGNING_SECRET with PORT');
}

const httpOptions = ({ http, signingSecret }: SlackOptions) => ({
  http: need(http, 'PORT'),
  signingSecret: need(signingSecret, 'SLACK_SIGNING_SECRET'),
});

const manyOptions = (options: SlackOptions, api: WebApi) => ({
  api,
  clientId: need(options.clientId, 'SLACK_CLIENT_ID'),
  clientSecret: need(options.clientSecret, 'SLACK_CLIENT_SECRET'),
  stateSecret: need(options.stateSecret, 'SLACK_STATE_SECRET'),
  secretKey: need(options.secretKey, 'SECRET_KEY'),
  installations: need(options.installations, 'a store for installations'),
  renderInstallPage: addPage,
});

function need<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`slack: expected ${name}, got none`);
  return value;
}
