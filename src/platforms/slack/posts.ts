/** The bot's own posts: sent once, found again, and what stands in their way. */

import type { Words } from '../../language/language.ts';
import { type Address, LONGEST_TURN_MS, type Platform, PlatformError, type Posted } from '../platform.ts';
import { quiet, wordsOf, wordsOnly } from './answers.ts';
import type { Log } from './log.ts';
import type { Naming } from './naming.ts';
import type { Pace } from './pace.ts';
import { type SlackMessage, slackPages } from './render.ts';
import { SlackRefusal, type WebApi } from './webapi.ts';
import { teamOf, type Workspace, type Workspaces } from './workspaces.ts';

/** What the bot's own posts carry, so that they can be found again. */
const deliveryEvent = 'pullquote_delivery';

/** How far back a post is looked for: 200 messages each. */
const historyPages = 10;

export interface PostsOptions {
  readonly api: WebApi;
  readonly pace: Pace;
  readonly log: Log;
  readonly naming: Naming;
  /** None before the start. */
  readonly workspaces: () => Workspaces | undefined;
}

export function createPosts({
  api,
  pace,
  log,
  naming,
  workspaces,
}: PostsOptions): Pick<Platform, 'post' | 'find' | 'edit' | 'problems' | 'tell'> {
  const { patiently } = pace;

  /** A workspace that removed the bot is gone; a bot that is not connected yet, or has no database, is a matter of time. */
  async function workspaceOf(to: Pick<Address, 'tenant'>): Promise<Workspace> {
    const known = workspaces();
    if (!known) throw new PlatformError('retry', 'slack: not connected yet');
    const workspace = await known.find(teamOf(to.tenant)).catch((cause: unknown) => {
      throw new PlatformError('retry', `slack: could not look up ${to.tenant}`, { cause });
    });
    if (!workspace) throw new PlatformError('gone', `slack: not installed in ${to.tenant}`);
    return workspace;
  }

  async function post(to: Address, message: SlackMessage, key: string): Promise<Posted> {
    const workspace = await workspaceOf(to);
    const args = {
      channel: to.channel,
      ...quiet,
      metadata: { event_type: deliveryEvent, event_payload: { key } },
      ...(to.thread ? { thread_ts: to.thread } : {}),
    };
    const { team, token } = workspace;
    const send = (body: object) => patiently(() => api.call(token, 'chat.postMessage', { ...args, ...body }), team);
    const asked = Date.now();
    return pace.run({ team, channel: to.channel }, async () => {
      if (Math.abs(Date.now() - asked) > LONGEST_TURN_MS)
        throw new PlatformError('retry', 'slack: its turn came too late; nothing was sent');
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

  async function edit(
    to: Address,
    { messageId }: { readonly messageId: string },
    message: SlackMessage,
    key: string,
  ): Promise<'edited' | 'absent' | 'refused'> {
    const workspace = await workspaceOf(to);
    const args = {
      channel: to.channel,
      ts: messageId,
      parse: 'none',
      link_names: false,
      metadata: { event_type: deliveryEvent, event_payload: { key } },
      ...message,
    };
    return pace.run({ team: workspace.team, channel: to.channel }, async () => {
      try {
        await patiently(() => api.call(workspace.token, 'chat.update', args), workspace.team);
        return 'edited';
      } catch (cause) {
        if (!(cause instanceof SlackRefusal)) throw cause;
        if (cause.code === 'message_not_found') return 'absent';
        if (cause.kind === 'refused') return 'refused';
        throw cause;
      }
    });
  }

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

  /** No right to read the channel: whether the message is there cannot be told. */
  function notReadable(cause: unknown): 'unknown' {
    if (!(cause instanceof PlatformError)) throw cause;
    // Slack is away just now: for the caller to look again later.
    if (cause.kind === 'retry' || cause.kind === 'ambiguous')
      throw new PlatformError('retry', cause.message, { cause, retryAfterMs: cause.retryAfterMs ?? 30_000 });
    log.info({ problem: cause.message }, 'slack: could not read a channel back');
    return 'unknown';
  }

  async function problems(to: Address, locale = 'en'): Promise<readonly string[]> {
    const { slack } = wordsOf(locale);
    try {
      const workspace = await workspaceOf(to);
      const missing = workspace.scopes.length > 0 && !workspace.scopes.includes('chat:write');
      const scope = missing ? [slack.noScope] : [];
      return [...scope, ...(await channelProblems(workspace, to.channel, slack))];
    } catch (cause) {
      if (!(cause instanceof PlatformError)) throw cause;
      if (cause.kind === 'gone') return [slack.notInstalled];
      return [slack.notChecked];
    }
  }

  async function channelProblems(
    { token, handle }: Workspace,
    channel: string,
    said: Words['slack'],
  ): Promise<readonly string[]> {
    if (/^[DUW]/.test(channel)) return [];
    try {
      const { channel: found } = (await patiently(() => api.call(token, 'conversations.info', { channel }))) as {
        channel?: { is_archived?: boolean; is_member?: boolean; name?: string };
      };
      if (found?.is_archived) return [said.archived(found.name ?? channel)];
      return found?.is_member ? [] : [said.notIn(found?.name ?? channel, handle)];
    } catch (cause) {
      if (!(cause instanceof SlackRefusal)) throw cause;
      // Slack hides private channels from those who are not in them.
      if (cause.code === 'channel_not_found') return [said.cannotSee(handle)];
      if (cause.code === 'missing_scope') return [];
      throw cause;
    }
  }

  return {
    post: (to, page, key) => post(to, page.body as SlackMessage, key),
    find,
    edit: (to, message, page, key) => edit(to, message, page.body as SlackMessage, key),
    problems,
    async tell(tenant, user, document, locale) {
      try {
        const workspace = await workspaceOf({ tenant });
        for (const { body } of slackPages(naming(document), locale)) {
          const args = { channel: user, ...body, ...quiet };
          await pace.run({ team: workspace.team, channel: user, urgent: true }, () =>
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
  };
}
