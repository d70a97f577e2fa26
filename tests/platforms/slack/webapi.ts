/**
 * The Web API methods the bot may call, as strict as Slack: tokens, scopes, membership, archived channels, block
 * limits, arguments that do not exist.
 */
import { messageProblems, metadataProblems, tooLongTogether, viewProblems } from './blockkit.ts';
import { type Channel, type Json, nextTs, type StoredMessage, type Workspace } from './workspaces.ts';

export interface View {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  view: Json;
}

/** What the methods share: all that the local Slack holds. */
export interface SlackState {
  readonly workspaces: Map<string, Workspace>;
  readonly views: Map<string, View>;
  /** Who opened it, until when it is good. A trigger opens one view. */
  readonly triggers: Map<string, { user: string; team: string; expires: number; used: boolean }>;
  readonly homes: Map<string, Json>;
  /** OAuth codes and the workspace that each one installs. */
  readonly codes: Map<string, string>;
  /** Tokens that renew another, and whose they are. */
  readonly refresh: Map<string, string>;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly socketUrl: () => string;
  readonly appToken: string;
}

export type Answer = Json & { ok: boolean };
const refuse = (error: string, more: Json = {}): Answer => ({ ok: false, error, ...more });

interface Method {
  readonly scopes?: (workspace: Workspace, args: Json) => string[];
  readonly args: readonly string[];
  readonly run: (args: Json, workspace: Workspace, state: SlackState) => Answer;
}

const message = ['channel', 'text', 'blocks', 'unfurl_links', 'unfurl_media', 'parse', 'link_names', 'thread_ts'];
const needs = (...scopes: string[]) => ({ scopes: () => scopes });
const byKind = (end: 'read' | 'history') => ({
  scopes: (workspace: Workspace, args: Json) => {
    const channel = workspace.channels.get(String(args.channel));
    return [`${channel?.isIm ? 'im' : channel?.isPrivate ? 'groups' : 'channels'}:${end}`];
  },
});

export const methods: Record<string, Method> = {
  'auth.test': {
    args: [],
    run: (_, w) => ({
      ok: true,
      url: `https://${w.name}.slack.com/`,
      team: w.name,
      team_id: w.id,
      user: w.botHandle,
      user_id: w.botUser,
      bot_id: w.botId,
      is_enterprise_install: false,
    }),
  },

  'chat.postMessage': {
    ...needs('chat:write'),
    args: [...message, 'metadata', 'mrkdwn', 'reply_broadcast'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      const problem = postProblem(args) ?? membershipProblem(channel);
      if (problem) return problem;
      const stored = store(w, channel, args);
      return { ok: true, channel: channel.id, ts: stored.ts, message: shown(stored) };
    },
  },

  'chat.postEphemeral': {
    ...needs('chat:write'),
    args: [...message, 'user'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      if (!w.people.has(String(args.user))) return refuse('user_not_in_channel');
      const problem = postProblem(args) ?? membershipProblem(channel);
      if (problem) return problem;
      const ts = nextTs();
      channel.ephemerals.push({ ...stored(w, channel, args, ts), to: String(args.user) });
      return { ok: true, message_ts: ts };
    },
  },

  'chat.update': {
    ...needs('chat:write'),
    args: ['channel', 'ts', 'text', 'blocks', 'parse', 'link_names', 'metadata'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      const found = channel.messages.find((one) => one.ts === args.ts);
      if (!found) return refuse('message_not_found');
      const problem = postProblem(args);
      if (problem) return problem;
      found.text = String(args.text);
      found.blocks = (args.blocks ?? []) as Json[];
      return { ok: true, channel: channel.id, ts: found.ts };
    },
  },

  'conversations.info': {
    ...byKind('read'),
    args: ['channel', 'include_locale', 'include_num_members'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      // A bot does not see private channels that it is not in.
      if (channel.isPrivate && !channel.isMember) return refuse('channel_not_found');
      return { ok: true, channel: info(channel) };
    },
  },

  'conversations.list': {
    ...needs('channels:read'),
    args: ['types', 'limit', 'cursor', 'exclude_archived'],
    run: (_, w) => ({
      ok: true,
      channels: [...w.channels.values()].filter((one) => !one.isPrivate && !one.isIm).map(info),
      response_metadata: { next_cursor: '' },
    }),
  },

  'conversations.history': {
    ...byKind('history'),
    args: ['channel', 'limit', 'cursor', 'oldest', 'latest', 'inclusive', 'include_all_metadata'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      if (!channel.isMember) return refuse('not_in_channel');
      const top = channel.messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts);
      return page(top.toReversed(), args);
    },
  },

  'conversations.replies': {
    ...byKind('history'),
    args: ['channel', 'ts', 'limit', 'cursor', 'oldest', 'latest', 'inclusive', 'include_all_metadata'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      if (!channel.isMember) return refuse('not_in_channel');
      const thread = channel.messages.filter((one) => one.ts === args.ts || one.thread_ts === args.ts);
      return thread.length === 0 ? refuse('thread_not_found') : page(thread, args);
    },
  },

  'conversations.open': {
    ...needs('im:write'),
    args: ['users'],
    run(args, w) {
      const channel = directChannel(w, String(args.users));
      return channel ? { ok: true, channel: { id: channel.id } } : refuse('user_not_found');
    },
  },

  'conversations.join': {
    ...needs('channels:join'),
    args: ['channel'],
    run(args, w) {
      const channel = channelOf(w, args);
      if (typeof channel === 'string') return refuse(channel);
      if (channel.isPrivate) return refuse('method_not_supported_for_channel_type');
      if (channel.isArchived) return refuse('is_archived');
      channel.isMember = true;
      return { ok: true, channel: info(channel) };
    },
  },

  'users.info': {
    ...needs('users:read'),
    args: ['user', 'include_locale'],
    run(args, w) {
      const person = w.people.get(String(args.user));
      if (!person) return refuse('user_not_found');
      const { id, name, isAdmin, tz, locale } = person;
      const user = { id, name, tz, is_admin: isAdmin, is_owner: false, is_bot: false, team_id: w.id };
      return { ok: true, user: args.include_locale ? { ...user, locale } : user };
    },
  },

  'views.open': {
    args: ['trigger_id', 'view'],
    run(args, w, state) {
      const trigger = state.triggers.get(String(args.trigger_id));
      if (!trigger) return refuse('invalid_trigger_id');
      if (trigger.expires < Date.now()) return refuse('expired_trigger_id');
      if (trigger.used) return refuse('exchanged_trigger_id');
      const problems = viewProblems(args.view);
      if (problems.length > 0) return refuse('invalid_arguments', { response_metadata: { messages: problems } });
      trigger.used = true;
      const id = `V${state.views.size + 1}`;
      state.views.set(id, { id, team: w.id, user: trigger.user, view: args.view as Json });
      return { ok: true, view: { id, hash: id, ...(args.view as Json) } };
    },
  },

  'views.update': {
    args: ['view_id', 'view', 'hash', 'external_id'],
    run(args, _, state) {
      const view = state.views.get(String(args.view_id));
      if (!view) return refuse('not_found');
      const problems = viewProblems(args.view);
      if (problems.length > 0) return refuse('invalid_arguments', { response_metadata: { messages: problems } });
      view.view = args.view as Json;
      return { ok: true, view: { id: view.id, ...(args.view as Json) } };
    },
  },

  'views.publish': {
    args: ['user_id', 'view', 'hash'],
    run(args, w, state) {
      if (!w.people.has(String(args.user_id))) return refuse('invalid_arguments');
      const problems = viewProblems(args.view);
      if (problems.length > 0) return refuse('invalid_arguments', { response_metadata: { messages: problems } });
      state.homes.set(`${w.id}:${args.user_id}`, args.view as Json);
      return { ok: true, view: args.view };
    },
  },
};

/** One call with a bot token, an app token or (OAuth) none. */
export function callMethod(name: string, args: Json, token: string | undefined, state: SlackState): CallResult {
  if (name === 'oauth.v2.access') return { answer: exchange(args, state) };
  if (name === 'apps.connections.open') {
    if (token === state.appToken) return { answer: { ok: true, url: state.socketUrl() } };
    return { answer: refuse(token ? 'invalid_auth' : 'not_authed') };
  }
  const method = methods[name];
  if (!method) return { answer: refuse('unknown_method', { req_method: name }) };
  if (!token) return { answer: refuse('not_authed') };
  const workspace = [...state.workspaces.values()].find((one) => one.botToken === token);
  if (!workspace) return { answer: refuse('invalid_auth') };
  if (workspace.refusal) return { answer: refuse(workspace.refusal) };
  const unknown = Object.keys(args).filter((key) => key !== 'token' && !method.args.includes(key));
  if (unknown.length > 0)
    return { workspace, answer: refuse('invalid_arguments', { response_metadata: { messages: unknown } }) };
  const missing = (method.scopes?.(workspace, args) ?? []).filter((scope) => !workspace.scopes.has(scope));
  if (missing.length > 0) {
    const provided = [...workspace.scopes].join(',');
    return { workspace, answer: refuse('missing_scope', { needed: missing.join(','), provided }) };
  }
  return { workspace, answer: method.run(args, workspace, state) };
}

export interface CallResult {
  readonly answer: Answer;
  readonly workspace?: Workspace;
}

// ------------------------------------------------------------------ messages

function channelOf(workspace: Workspace, args: Json): Channel | string {
  const id = String(args.channel);
  return workspace.channels.get(id) ?? directChannel(workspace, id) ?? 'channel_not_found';
}

/** Posting to a person's id goes to the bot's direct messages with them. */
const directChannel = (workspace: Workspace, user: string): Channel | undefined =>
  [...workspace.channels.values()].find((channel) => channel.isIm && channel.name === user);

/** What Slack finds wrong with a message before it looks at the channel. */
export function postProblem(args: Json): Answer | undefined {
  const { text, blocks, metadata } = args;
  if (!text && !(Array.isArray(blocks) && blocks.length > 0)) return refuse('no_text');
  if (typeof text === 'string' && text.length > 40_000) return refuse('msg_too_long');
  if (args.thread_ts !== undefined && !/^\d+\.\d{6}$/.test(String(args.thread_ts))) return refuse('invalid_thread_ts');
  if (metadata !== undefined && metadataProblems(metadata).length > 0) return refuse('invalid_metadata_format');
  if (blocks === undefined) return undefined;
  const problems = messageProblems(blocks);
  if (problems.length > 0) return refuse('invalid_blocks', { response_metadata: { messages: problems } });
  return tooLongTogether(blocks) ? refuse('msg_blocks_too_long') : undefined;
}

function membershipProblem(channel: Channel): Answer | undefined {
  if (channel.isArchived) return refuse('is_archived');
  if (channel.isMember) return undefined;
  return refuse(channel.isPrivate ? 'channel_not_found' : 'not_in_channel');
}

export function stored(workspace: Workspace, channel: Channel, args: Json, ts = nextTs()): StoredMessage {
  return {
    ts,
    team: workspace.id,
    channel: channel.id,
    user: workspace.botUser,
    text: String(args.text ?? ''),
    blocks: (args.blocks ?? []) as Json[],
    sent: args,
    ...(args.thread_ts ? { thread_ts: String(args.thread_ts) } : {}),
    ...(args.metadata ? { metadata: args.metadata as NonNullable<StoredMessage['metadata']> } : {}),
  };
}

export function store(workspace: Workspace, channel: Channel, args: Json): StoredMessage {
  const made = stored(workspace, channel, args);
  channel.messages.push(made);
  return made;
}

const shown = ({ ts, text, blocks, user, thread_ts, metadata }: StoredMessage, withMetadata = false): Json => ({
  type: 'message',
  ts,
  text,
  blocks,
  user,
  ...(thread_ts ? { thread_ts } : {}),
  ...(withMetadata && metadata ? { metadata } : {}),
});

function page(messages: readonly StoredMessage[], args: Json): Answer {
  const limit = Math.min(Number(args.limit ?? 100), 999);
  const from = Number(args.cursor ?? 0);
  const oldest = Number(args.oldest ?? 0);
  const all = messages.filter((one) => Number(one.ts) > oldest);
  const next = from + limit < all.length ? String(from + limit) : '';
  return {
    ok: true,
    messages: all.slice(from, from + limit).map((one) => shown(one, args.include_all_metadata === true)),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}

const info = (channel: Channel): Json => ({
  id: channel.id,
  name: channel.name,
  is_channel: !channel.isPrivate && !channel.isIm,
  is_group: channel.isPrivate,
  is_im: channel.isIm,
  is_private: channel.isPrivate,
  is_member: channel.isMember,
  is_archived: channel.isArchived,
  creator: channel.creator,
});

// ------------------------------------------------------------------ OAuth

function exchange(args: Json, state: SlackState): Answer {
  if (args.client_id !== state.oauth.clientId || args.client_secret !== state.oauth.clientSecret)
    return refuse('bad_client_secret');
  const renewing = args.grant_type === 'refresh_token';
  const id = renewing ? state.refresh.get(String(args.refresh_token)) : state.codes.get(String(args.code));
  const workspace = state.workspaces.get(id ?? '');
  if (!workspace) return refuse(renewing ? 'invalid_refresh_token' : 'invalid_code');
  state.codes.delete(String(args.code));
  state.refresh.delete(String(args.refresh_token));
  if (renewing) workspace.botToken = `${workspace.botToken}-again`;
  const refresh_token = `xoxe-1-${workspace.id}-${state.refresh.size}-${Date.now()}`;
  if (workspace.rotates) state.refresh.set(refresh_token, workspace.id);
  return {
    ok: true,
    app_id: 'A1',
    authed_user: { id: 'U1' },
    scope: [...workspace.scopes].join(','),
    token_type: 'bot',
    access_token: workspace.botToken,
    ...(workspace.rotates ? { refresh_token, expires_in: 3600 } : {}),
    bot_user_id: workspace.botUser,
    team: { id: workspace.id, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}
