/** Slack as a platform: Bolt on Socket Mode or signed HTTP, for one workspace or many. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, type AuthorizeResult, SocketModeReceiver } from '@slack/bolt';
import type { HttpServer } from '../http.ts';
import { type Address, type Bot, type Platform, PlatformError, type Posted } from '../platform.ts';
import { createAnswers, quiet, wordsOnly } from './answers.ts';
import { listen } from './handlers.ts';
import { addPage, serveInstall } from './install.ts';
import { boltLogger, type Log } from './log.ts';
import { scopeNames } from './manifest.ts';
import { createPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createReceiver } from './receiver.ts';
import { pagesOf, type SlackMessage } from './render.ts';
import { type Connection, keepConnected } from './socket.ts';
import { createWebApi, isBadToken, SlackRefusal, type WebApi } from './webapi.ts';
import {
  type Installations,
  identify,
  manyWorkspaces,
  oneWorkspace,
  teamOf,
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
  readonly log: Log;
  readonly clock?: () => Date;
}

/** What the bot's own posts carry, so that they can be found again. */
const deliveryEvent = 'pullquote_delivery';

/** Waits in place for a rate limit up to here; a longer one goes back to whoever keeps the schedule. */
const longestWaitMs = 60_000;

/** How far back a post is looked for: 200 messages each. */
const historyPages = 10;

/** Slack says how long to wait; several tries, since others may be waiting for the same. */
const rateLimitTries = 4;

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
  const pace = createPace({ signal: stopping.signal });
  const running = new Set<Promise<void>>();
  let workspaces: Workspaces | undefined;
  let connection: Connection | undefined;
  let app: App | undefined;
  let state = 'not started';

  async function start(bot: Bot): Promise<void> {
    state = 'connecting';
    workspaces = options.clientId ? manyWorkspaces(manyOptions(options, api)) : oneWorkspace(await identity());
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
      answers: createAnswers({ api, pace, log }),
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

  async function workspaceOf(to: Pick<Address, 'tenant'>): Promise<Workspace> {
    const workspace = await workspaces?.find(teamOf(to.tenant));
    if (!workspace) throw new PlatformError('gone', `slack: not installed in ${to.tenant}`);
    return workspace;
  }

  // ---------------------------------------------------------------- posting

  async function post(to: Address, message: SlackMessage, key: string): Promise<Posted> {
    const workspace = await workspaceOf(to);
    const args = {
      channel: to.channel,
      ...quiet,
      metadata: { event_type: deliveryEvent, event_payload: { key } },
      ...(to.thread ? { thread_ts: to.thread } : {}),
    };
    const send = (body: object) => patiently(() => api.call(workspace.token, 'chat.postMessage', { ...args, ...body }));
    return pace.run(`${workspace.team}/${to.channel}`, async () => {
      try {
        const { ts } = await send(message).catch((cause: unknown) => {
          if (!isAboutBlocks(cause)) throw cause;
          log.error({ err: cause, key }, 'slack: refused the layout of a message; posted as plain words');
          return send(wordsOnly(message));
        });
        return { messageId: String(ts) };
      } catch (cause) {
        if (!(cause instanceof PlatformError) || cause.kind !== 'ambiguous') throw cause;
        return afterLostAnswer(to, key, cause);
      }
    });
  }

  const isAboutBlocks = (cause: unknown) => cause instanceof SlackRefusal && /blocks/.test(cause.code);

  /** Slack may have stored a message whose answer was lost, and has no nonce: look before anyone posts it again. */
  async function afterLostAnswer(to: Address, key: string, cause: PlatformError): Promise<Posted> {
    const found = await find(to, key).catch(() => 'unknown' as const);
    if (found === 'unknown') throw cause;
    if (found) return found;
    throw new PlatformError('retry', `${cause.message}; it is not in the channel`, { cause, retryAfterMs: 2000 });
  }

  async function find(to: Address, key: string): Promise<Posted | undefined | 'unknown'> {
    const workspace = await workspaceOf(to);
    const [method, where] = to.thread
      ? (['conversations.replies', { ts: to.thread }] as const)
      : (['conversations.history', {}] as const);
    let cursor = '';
    for (let page = 0; page < historyPages; page++) {
      const args = {
        channel: to.channel,
        ...where,
        limit: 200,
        include_all_metadata: true,
        ...(cursor ? { cursor } : {}),
      };
      const answer = await patiently(() => api.call(workspace.token, method, args)).catch(notReadable);
      if (answer === 'unknown') return 'unknown';
      const { messages = [], response_metadata } = answer as {
        messages?: { ts: string; metadata?: { event_type?: string; event_payload?: { key?: string } } }[];
        response_metadata?: { next_cursor?: string };
      };
      const hit = messages.find(
        ({ metadata }) => metadata?.event_type === deliveryEvent && metadata.event_payload?.key === key,
      );
      if (hit) return { messageId: hit.ts };
      cursor = response_metadata?.next_cursor ?? '';
      if (!cursor) return undefined;
    }
    // It may stand further back than we look: that is not the same as not being there.
    return 'unknown';
  }

  /** No right to read the channel, or no answer: whether the message is there cannot be told. */
  function notReadable(cause: unknown): 'unknown' {
    if (!(cause instanceof PlatformError)) throw cause;
    log.info({ problem: cause.message }, 'slack: could not read a channel back');
    return 'unknown';
  }

  /** Waits as long as Slack asks, when that is short: nothing was done by a call that was rate limited. */
  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await call();
      } catch (cause) {
        const waitMs = cause instanceof PlatformError && cause.kind === 'retry' ? cause.retryAfterMs : undefined;
        if (waitMs === undefined || waitMs > longestWaitMs || tries >= rateLimitTries) throw cause;
        await sleep(waitMs, undefined, { signal: stopping.signal });
      }
    }
  }

  // ---------------------------------------------------------------- what is missing

  async function problems(to: Address): Promise<readonly string[]> {
    try {
      const workspace = await workspaceOf(to);
      const missing = workspace.scopes.length > 0 && !workspace.scopes.includes('chat:write');
      const scope = missing
        ? ['The app lacks the scope chat:write. Add it under OAuth & Permissions, then reinstall the app.']
        : [];
      return [...scope, ...(await channelProblems(workspace, to.channel))];
    } catch (cause) {
      if (!(cause instanceof PlatformError)) throw cause;
      if (cause.kind === 'gone') return ['Pullquote is not installed in this workspace any more. Add it again first.'];
      return ['Slack did not answer, so the channel could not be checked. Press Retry.'];
    }
  }

  async function channelProblems(workspace: Workspace, channel: string): Promise<readonly string[]> {
    if (/^[DUW]/.test(channel)) return [];
    const invite = `Type \`/invite @${workspace.handle}\` in that channel, then press Retry.`;
    try {
      const { channel: found } = (await patiently(() =>
        api.call(workspace.token, 'conversations.info', { channel }),
      )) as { channel?: { is_archived?: boolean; is_member?: boolean; name?: string } };
      if (found?.is_archived) return [`#${found.name} is archived. Unarchive it or choose another channel.`];
      return found?.is_member ? [] : [`Pullquote is not in #${found?.name}. ${invite}`];
    } catch (cause) {
      if (!(cause instanceof SlackRefusal)) throw cause;
      // Slack hides private channels from those who are not in them.
      if (cause.code === 'channel_not_found') return [`Pullquote cannot see that channel. ${invite}`];
      if (cause.code === 'missing_scope') return [];
      throw cause;
    }
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
    pages: (document) => pagesOf(document),
    post: (to, page, key) => post(to, page.body as SlackMessage, key),
    find,
    problems,
    async tell(tenant, user, document) {
      try {
        const workspace = await workspaceOf({ tenant });
        for (const { body } of pagesOf(document)) {
          const args = { channel: user, ...body, ...quiet };
          await pace.run(`${workspace.team}/${user}`, () =>
            patiently(() => api.call(workspace.token, 'chat.postMessage', args)),
          );
        }
        return true;
      } catch (cause) {
        if (!(cause instanceof PlatformError)) throw cause;
        log.info({ problem: cause.message }, 'slack: could not write to a person');
        return false;
      }
    },
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
