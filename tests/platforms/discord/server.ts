/**
 * A small strict Discord on this machine, for tests: REST, gateway and the people who type, press and pick.
 *
 * It enforces what the real one does and no npm peer covers: an interaction answered within 3 s and once (40060), tokens
 * of 15 minutes, nonces that last minutes, permissions, unknown channels, 429 with scopes, and answers that are lost
 * after the message was stored. Every body is checked (`check.ts`); what Discord would refuse is refused and noted in
 * `problems`, which a test expects to be empty.
 *
 * @example
 * const discord = await startDiscordServer();
 * // start the bot with DISCORD_API_URL=discord.url, DISCORD_TOKEN=discord.token
 * await discord.gateway.ready();
 * const answer = await discord.slash('brief', { topic: 'cartels' });
 * expect(textOf(answer.message)).toContain('Cartels');
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BodyKind, checkBody, everyComponent } from './check.ts';
import { type Gateway, startGateway } from './gateway.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON off the wire, checked by check.ts
type Json = Record<string, any>;

export interface Message extends Json {
  readonly id: string;
  readonly channel_id: string;
}

export interface ChannelSpec {
  readonly id: string;
  readonly name?: string;
  /** 0 text, 5 announcements, 11 thread, 15 forum. */
  readonly type?: number;
  /** Rights the bot lacks here. */
  readonly deny?: readonly (keyof typeof RIGHTS)[];
}

export interface Person {
  readonly id?: string;
  readonly name?: string;
  readonly locale?: string;
  /** The server's language; American English where its admins chose none. */
  readonly guildLocale?: string;
  readonly channel?: string;
  /** May manage the server. */
  readonly admin?: boolean;
  /** In a direct message with the bot rather than in the server. */
  readonly dm?: boolean;
}

/** What came back for one interaction. */
export interface Exchange {
  readonly id: string;
  readonly token: string;
  /** Milliseconds until the first answer, and until the final one. */
  readonly ackMs: number;
  readonly answerMs: number;
  readonly ephemeral: boolean;
  /** The answer, then its follow-ups. */
  readonly messages: readonly Message[];
  readonly message: Message | undefined;
  readonly modal: Json | undefined;
  readonly choices: readonly { readonly name: string; readonly value: string | number }[] | undefined;
}

export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  /**
   * `lost`: done, then answered 502. `down`: 502, not done. `hang`: done, never answered. `cut`: done, connection closed.
   * `limit`: 429. `refuse`: this status and code. `slow`: done after `afterMs`.
   */
  readonly kind: 'lost' | 'down' | 'hang' | 'cut' | 'limit' | 'refuse' | 'slow';
  readonly times?: number;
  readonly status?: number;
  readonly code?: number;
  readonly retryAfterMs?: number;
  readonly scope?: 'user' | 'shared' | 'global';
  readonly afterMs?: number;
  /** Only when the body says so. */
  readonly when?: (body: Json) => boolean;
}

export interface DiscordServer {
  /** For `DISCORD_API_URL`. */
  readonly url: string;
  readonly token: string;
  readonly guild: string;
  readonly application: string;
  /** For `DISCORD_PUBLIC_KEY`: HTTP interactions are signed with its other half. */
  readonly publicKey: string;
  readonly gateway: Gateway;
  /** What Discord would have refused, and what it would have frowned upon. */
  readonly problems: string[];
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly body: unknown;
  }[];
  /** Registered commands: global, or the server's own. */
  commands(guild?: string): readonly Json[];
  channel(id: string): {
    readonly id: string;
    readonly messages: readonly Message[];
    readonly type: number;
    readonly name: string;
  };
  /** Threads under a channel. */
  threads(parent: string): readonly {
    readonly id: string;
    readonly name: string;
    readonly messages: readonly Message[];
    archived?: boolean;
  }[];
  addChannel(channel: ChannelSpec): void;
  removeChannel(id: string): void;
  /** Direct messages to a person. */
  directMessages(user: string): readonly Message[];
  slash(
    command: string,
    options?: Readonly<Record<string, string | number | boolean>>,
    who?: Person,
  ): Promise<Exchange>;
  /** Presses the button with this label (or custom id). */
  click(message: Message | undefined, label: string, who?: Person): Promise<Exchange>;
  pick(message: Message | undefined, choice: string, who?: Person): Promise<Exchange>;
  /** Sends a form back; fields that are not named keep what they were prefilled with. */
  submit(form: Exchange, values: Readonly<Record<string, string>>, who?: Person): Promise<Exchange>;
  autocomplete(command: string, option: string, typed: string, who?: Person): Promise<Exchange>;
  /** Any interaction, as it stands. */
  interact(payload: Json, who?: Person): Promise<Exchange>;
  removeBot(outage?: boolean): void;
  fault(fault: Fault): void;
  /** From now on interactions go by HTTP to this address. */
  deliverTo(address: string): void;
  /** Moves the server's clock: nonces and tokens grow old. */
  advance(ms: number): void;
  waitFor<T>(what: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  stop(): Promise<void>;
}

const RIGHTS = {
  CreateInstantInvite: 1n << 0n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  EmbedLinks: 1n << 14n,
  ReadMessageHistory: 1n << 16n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;
const MANAGE_GUILD = 1n << 5n;
const everyRight = Object.values(RIGHTS).reduce((all, right) => all | right, 0n);

const ACK_MS = 3000; // interactions/receiving-and-responding
const TOKEN_MS = 15 * 60_000; // same page
const NONCE_MS = 5 * 60_000; // "the past few minutes", resources/message

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly parent?: string;
  readonly recipient?: string;
  readonly deny: readonly (keyof typeof RIGHTS)[];
  /** A thread after a day without words. */
  archived?: boolean;
  readonly messages: Message[];
}

interface Pending {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly channel: string;
  readonly sentAt: number;
  readonly source?: Message | undefined;
  callback?: Json;
  ackedAt?: number;
  answeredAt?: number;
  deferred: boolean;
  ephemeral: boolean;
  original?: Message | undefined;
  readonly messages: Message[];
  readonly changed: Set<() => void>;
}

/** A refusal, thrown by a route. */
class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export async function startDiscordServer(
  options: {
    readonly token?: string;
    readonly guild?: string;
    readonly channels?: readonly ChannelSpec[];
    readonly port?: number;
    /** Refuse Components V2, as an older API would. */
    readonly withoutV2?: boolean;
    /** Check only every n-th body: for load, where checking would be most of the work. */
    readonly checkEvery?: number;
    /** Answer 429 to what is more in any stretch of a second, as Discord does for a whole bot; interactions do not count. */
    readonly requestsPerSecond?: number;
    /** Hears of each request when it is answered. */
    readonly observe?: (method: string, path: string, status: number) => void;
  } = {},
): Promise<DiscordServer> {
  const token = options.token ?? 'test.discord.token';
  const guild = options.guild ?? '900000000000000001';
  const application = '900000000000000010';
  const bot = {
    id: application,
    username: 'pullquote',
    discriminator: '0',
    global_name: 'Pullquote',
    avatar: null,
    bot: true,
    flags: 0,
  };
  const owner = '900000000000000020';
  const problems: string[] = [];
  const requests: { method: string; path: string; status: number; body: unknown }[] = [];
  const channels = new Map<string, Channel>();
  const pending = new Map<string, Pending>();
  const registered = new Map<string, Json[]>();
  const nonces = new Map<string, { at: number; message: Message }>();
  const faults: { fault: Fault; left: number }[] = [];
  const keys = generateKeyPairSync('ed25519');
  const publicKey = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('hex');
  /** When the latest requests came that count for the whole bot. */
  const counted: number[] = [];
  let skew = 0;
  let sequence = 0n;
  let checked = 0;
  let deliverAddress: string | undefined;
  const now = () => Date.now() + skew;
  const snowflake = () => String(((BigInt(now()) - 1420070400000n) << 22n) | (sequence++ & 0x3fffffn));

  const addChannel = (channel: ChannelSpec & { parent?: string; recipient?: string }) => {
    channels.set(channel.id, {
      id: channel.id,
      name: channel.name ?? 'briefs',
      type: channel.type ?? 0,
      deny: channel.deny ?? [],
      messages: [],
      ...(channel.parent ? { parent: channel.parent } : {}),
      ...(channel.recipient ? { recipient: channel.recipient } : {}),
    });
  };
  for (const channel of options.channels ?? [{ id: '900000000000000100', name: 'briefs' }]) addChannel(channel);
  const firstChannel = [...channels.keys()][0] as string;

  const http = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const gateway = startGateway({
    http,
    token: () => token,
    url: () => `ws://127.0.0.1:${port}/gateway`,
    hello: () => ({ user: bot, application: { id: application, flags: 0 }, guilds: [guildObject()] }),
    note: (problem) => problems.push(problem),
  });

  // ---------------------------------------------------------------- objects as Discord sends them

  function channelObject(channel: Channel): Json {
    if (channel.type === 1)
      return {
        id: channel.id,
        type: 1,
        last_message_id: null,
        recipients: [{ ...bot, id: channel.recipient, bot: false }],
      };
    const denied = channel.deny.reduce((sum, right) => sum | RIGHTS[right], 0n);
    return {
      id: channel.id,
      type: channel.type,
      name: channel.name,
      guild_id: guild,
      position: 0,
      parent_id: channel.parent ?? null,
      nsfw: false,
      permission_overwrites: denied ? [{ id: application, type: 1, allow: '0', deny: String(denied) }] : [],
      ...(channel.parent
        ? {
            owner_id: application,
            message_count: 0,
            member_count: 1,
            thread_metadata: {
              archived: false,
              auto_archive_duration: 1440,
              archive_timestamp: new Date(0).toISOString(),
              locked: false,
            },
          }
        : {}),
    };
  }

  function memberObject(): Json {
    return {
      user: bot,
      roles: [],
      nick: null,
      joined_at: new Date(0).toISOString(),
      deaf: false,
      mute: false,
      flags: 0,
    };
  }

  function guildObject() {
    return {
      id: guild,
      name: 'Test server',
      owner_id: owner,
      unavailable: false,
      roles: [
        {
          id: guild,
          name: '@everyone',
          permissions: String(everyRight),
          position: 0,
          color: 0,
          hoist: false,
          managed: false,
          mentionable: false,
          flags: 0,
        },
      ],
      emojis: [],
      stickers: [],
      features: [],
      channels: [...channels.values()].filter(({ type }) => type !== 1 && type !== 11).map(channelObject),
      threads: [],
      members: [memberObject()],
      member_count: 2,
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      preferred_locale: 'en-US',
      joined_at: new Date(0).toISOString(),
    };
  }

  function storeMessage(channel: string, body: Json, extra: Json = {}): Message {
    const ids = everyComponent(body.components ?? []).flatMap((one) => (one.id ? [Number(one.id)] : []));
    let next = 1;
    const numbered = (one: Json): Json => ({
      ...one,
      id: one.id || nextFree(),
      ...(one.components ? { components: one.components.map(numbered) } : {}),
      ...(one.accessory ? { accessory: numbered(one.accessory) } : {}),
    });
    function nextFree() {
      while (ids.includes(next)) next += 1;
      ids.push(next);
      return next;
    }
    return {
      id: snowflake(),
      channel_id: channel,
      author: bot,
      application_id: application,
      type: 0,
      content: body.content ?? '',
      embeds: body.embeds ?? [],
      components: (body.components ?? []).map(numbered),
      flags: body.flags ?? 0,
      timestamp: new Date(now()).toISOString(),
      edited_timestamp: null,
      tts: false,
      pinned: false,
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      attachments: [],
      ...(body.message_reference ? { message_reference: body.message_reference } : {}),
      ...extra,
    };
  }

  // ---------------------------------------------------------------- REST

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '');
    const method = request.method ?? 'GET';
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const raw = Buffer.concat(parts).toString();
    let body: Json = {};
    try {
      body = raw === '' ? {} : (JSON.parse(raw) as Json);
    } catch {
      problems.push(`${method} ${path}: not JSON`);
    }
    const entry = { method, path: path + url.search, status: 0, body };
    requests.push(entry);
    if (requests.length > 20_000) requests.splice(0, 10_000);
    const answer = (status: number, value?: unknown, headers: Record<string, string> = {}) => {
      entry.status = status;
      options.observe?.(method, path, status);
      response.writeHead(status, value === undefined ? headers : { 'content-type': 'application/json', ...headers });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };

    if (overRate(path))
      return answer(
        429,
        { message: 'You are being rate limited.', retry_after: 1, global: true },
        { 'retry-after': '1', 'x-ratelimit-scope': 'global', 'x-ratelimit-global': 'true' },
      );
    const active = faults.find(
      ({ fault, left }) =>
        left > 0 && fault.path.test(path) && (fault.method ?? method) === method && (fault.when?.(body) ?? true),
    );
    if (active) active.left -= 1;
    const fault = active?.fault;
    if (fault?.kind === 'down') return answer(502, 'bad gateway');
    if (fault?.kind === 'refuse')
      return answer(fault.status ?? 400, { code: fault.code ?? 50035, message: 'Refused for a test' });
    if (fault?.kind === 'limit') {
      const seconds = (fault.retryAfterMs ?? 200) / 1000;
      const global = fault.scope === 'global';
      return answer(
        429,
        { message: 'You are being rate limited.', retry_after: seconds, global },
        {
          'retry-after': String(seconds),
          'x-ratelimit-scope': fault.scope ?? 'user',
          ...(global ? { 'x-ratelimit-global': 'true' } : {}),
        },
      );
    }
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.afterMs ?? 100));
    try {
      const needsToken = !/^\/(interactions|webhooks)\//.test(path);
      if (needsToken && request.headers.authorization !== `Bot ${token}`)
        throw new Refusal(401, 0, '401: Unauthorized');
      const value = route(method, path, url.searchParams, body);
      if (fault?.kind === 'lost') return answer(502, 'bad gateway');
      if (fault?.kind === 'hang') return;
      if (fault?.kind === 'cut') return void request.socket.destroy();
      answer(value === undefined ? 204 : 200, value);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      answer(cause.status, { code: cause.code, message: cause.message });
    }
  }

  function overRate(path: string): boolean {
    const most = options.requestsPerSecond;
    if (most === undefined || /^\/(interactions|webhooks)\//.test(path)) return false;
    const at = performance.now();
    counted.push(at);
    if (counted.length > most) counted.splice(0, counted.length - most - 1);
    return counted.length > most && at - (counted[0] ?? 0) < 1000;
  }

  function route(method: string, path: string, query: URLSearchParams, body: Json): unknown {
    const [first, second, third, fourth, fifth, sixth] = path.split('/').slice(1) as (string | undefined)[];
    const is = (pattern: string) => pattern === `${method} ${shape(path)}`;
    if (is('GET gateway/bot'))
      return {
        url: `ws://127.0.0.1:${port}/gateway`,
        shards: 1,
        session_start_limit: {
          total: 1000,
          remaining: 1000 - gateway.identifies,
          reset_after: 86_400_000,
          max_concurrency: 1,
        },
      };
    if (is('GET users/@me')) return bot;
    if (is('GET applications/@me') || is('GET oauth2/applications/@me'))
      return {
        id: application,
        name: 'Pullquote',
        bot_public: true,
        flags: 0,
        verify_key: publicKey,
        interactions_endpoint_url: deliverAddress ?? null,
      };
    if (is('GET users/@me/guilds')) return [{ id: guild, name: 'Test server' }];
    if (is('GET guilds/*/threads/active')) {
      const active = [...channels.values()].filter(({ type }) => type === 11);
      return { threads: active.map(channelObject), members: [] };
    }
    if (is('POST users/@me/channels')) {
      check('private channel', body, path);
      const id = `dm${body.recipient_id}`.replace('dm', '7');
      if (!channels.has(id)) addChannel({ id, type: 1, recipient: String(body.recipient_id) });
      return channelObject(channels.get(id) as Channel);
    }
    if (first === 'applications' && /commands$/.test(path)) {
      const scope = third === 'guilds' ? (fourth as string) : 'global';
      if (third === 'guilds' && fourth !== guild) throw new Refusal(403, 50001, 'Missing Access');
      if (method === 'GET') return registered.get(scope) ?? [];
      if (method === 'PUT') {
        check('commands', body, path);
        const commands = (body as unknown as Json[]).map((one) => ({
          ...one,
          default_member_permissions:
            one.default_member_permissions == null ? null : String(one.default_member_permissions),
          id: snowflake(),
          application_id: application,
          version: snowflake(),
        }));
        registered.set(scope, commands);
        return commands;
      }
    }
    if (is('POST interactions/*/*/callback')) return acknowledge(second as string, third as string, body, query);
    if (first === 'webhooks') return webhook(method, third as string, fifth, body);
    if (first === 'guilds') {
      if (second !== guild) throw new Refusal(404, 10004, 'Unknown Guild');
      if (is('GET guilds/*')) return guildObject();
      if (third === 'members' && method === 'GET') {
        if (fourth !== application) throw new Refusal(404, 10007, 'Unknown Member');
        return memberObject();
      }
      if (is('GET guilds/*/roles')) return guildObject().roles;
      if (is('GET guilds/*/channels')) return guildObject().channels;
    }
    if (first === 'channels') {
      const channel = channels.get(second as string);
      if (!channel) throw new Refusal(404, 10003, 'Unknown Channel');
      need(channel, 'ViewChannel', 50001);
      if (is('GET channels/*')) return channelObject(channel);
      if (is('GET channels/*/messages')) return history(channel, query);
      if (is('POST channels/*/messages')) return createMessage(channel, body);
      if (is('PATCH channels/*') && channel.parent !== undefined) {
        check('thread change', body, path);
        channel.archived = body.archived === true;
        return channelObject(channel);
      }
      if (is('POST channels/*/threads')) return createForumPost(channel, body);
      if (is('POST channels/*/messages/*/threads')) return createThread(channel, fourth as string, body);
      if (third === 'messages' && fourth !== undefined && fifth === undefined) {
        const message = channel.messages.find(({ id }) => id === fourth);
        if (!message) throw new Refusal(404, 10008, 'Unknown Message');
        if (method === 'GET') return message;
        if (method === 'DELETE') return void channel.messages.splice(channel.messages.indexOf(message), 1);
        if (method === 'PATCH') {
          if (channel.archived) throw new Refusal(400, 50083, 'Thread is archived');
          check('message edit', body, path, isV2(message));
          return replace(channel.messages, message, edited(message, body));
        }
      }
    }
    void sixth;
    problems.push(`no such route here: ${method} ${path}`);
    throw new Refusal(404, 0, '404: Not Found');
  }

  /** Paths with their ids as stars: `channels/1/messages` is `channels/*` + `/messages`. */
  function shape(path: string): string {
    return path
      .slice(1)
      .split('/')
      .map((part, n, all) => (/^\d{5,}$/.test(part) || (all[0] === 'interactions' && n === 2) ? '*' : part))
      .join('/');
  }

  function check(kind: BodyKind, body: unknown, path: string, v2 = false): void {
    checked += 1;
    const found = checked % (options.checkEvery ?? 1) === 0 ? checkBody(kind, body, v2) : [];
    const flags = Number((body as Json).flags ?? (body as Json).data?.flags ?? 0);
    if (options.withoutV2 && flags & (1 << 15)) throw new Refusal(400, 50035, 'Invalid Form Body: flags');
    if (found.length === 0) return;
    problems.push(...found.map((problem) => `${path}: ${problem}`));
    throw new Refusal(400, 50035, `Invalid Form Body: ${found.join('; ')}`);
  }

  function need(channel: Channel, right: keyof typeof RIGHTS, code = 50013): void {
    const parent = channel.parent === undefined ? undefined : channels.get(channel.parent);
    if (channel.deny.includes(right) || parent?.deny.includes(right))
      throw new Refusal(403, code, code === 50001 ? 'Missing Access' : 'Missing Permissions');
  }

  function createMessage(channel: Channel, body: Json): Message {
    if (channel.type === 15 || channel.type === 4)
      throw new Refusal(400, 50008, 'Cannot send messages in a non-text channel');
    need(channel, channel.parent === undefined ? 'SendMessages' : 'SendMessagesInThreads');
    check('message', body, `channels/${channel.id}/messages`);
    if ((body.embeds ?? []).length > 0) need(channel, 'EmbedLinks');
    const nonce = `${channel.id}:${body.nonce}`;
    const same = nonces.get(nonce);
    if (body.enforce_nonce && same && now() - same.at < NONCE_MS) return { ...same.message, nonce: body.nonce };
    const message = storeMessage(channel.id, body);
    channel.messages.push(message);
    if (body.nonce !== undefined) nonces.set(nonce, { at: now(), message });
    return { ...message, nonce: body.nonce };
  }

  function createThread(channel: Channel, messageId: string, body: Json): Json {
    check('thread from message', body, 'threads');
    need(channel, 'CreatePublicThreads');
    if (channel.type === 1 || channel.parent !== undefined)
      throw new Refusal(400, 50024, 'Cannot execute action on this channel type');
    if (!channel.messages.some(({ id }) => id === messageId)) throw new Refusal(404, 10008, 'Unknown Message');
    if (channels.has(messageId)) throw new Refusal(400, 160004, 'A thread has already been created for this message');
    addChannel({ id: messageId, name: body.name, type: 11, parent: channel.id });
    return channelObject(channels.get(messageId) as Channel);
  }

  function createForumPost(channel: Channel, body: Json): Json {
    if (channel.type !== 15) throw new Refusal(400, 50024, 'Cannot execute action on this channel type');
    check('thread', body, 'forum');
    need(channel, 'SendMessages');
    const id = snowflake();
    addChannel({ id, name: body.name, type: 11, parent: channel.id });
    const message = { ...storeMessage(id, body.message), id };
    channels.get(id)?.messages.push(message);
    return { ...channelObject(channels.get(id) as Channel), message };
  }

  /** Newest first. Without the right to read history Discord answers with an empty list; nonces do not come back. */
  function history(channel: Channel, query: URLSearchParams): Message[] {
    if (channel.deny.includes('ReadMessageHistory')) return [];
    const before = query.get('before');
    return channel.messages
      .filter(({ id }) => before === null || BigInt(id) < BigInt(before))
      .toReversed()
      .slice(0, Number(query.get('limit') ?? 50));
  }

  // ---------------------------------------------------------------- interactions

  function acknowledge(id: string, interactionToken: string, body: Json, query?: URLSearchParams): unknown {
    const one = pending.get(interactionToken);
    if (!one || one.id !== id || now() - one.sentAt > ACK_MS) {
      problems.push(`interaction ${id}: first answer after ${one ? now() - one.sentAt : '?'} ms`);
      throw new Refusal(404, 10062, 'Unknown interaction');
    }
    if (one.callback) throw new Refusal(400, 40060, 'Interaction has already been acknowledged.');
    check('callback', body, `interaction ${id}`);
    if (body.type === 8 ? one.type !== 4 : one.type === 4)
      problems.push(`interaction ${id}: callback ${body.type} to type ${one.type}`);
    if (body.type === 9 && one.type === 5) problems.push(`interaction ${id}: a form in answer to a form`);
    one.callback = body;
    one.ackedAt = now();
    one.deferred = body.type === 5;
    one.ephemeral = (Number(body.data?.flags ?? 0) & 64) !== 0;
    if (body.type === 4) {
      one.original = storeMessage(one.channel, body.data, { flags: body.data.flags ?? 0 });
      one.messages.push(one.original);
      if (!one.ephemeral) channels.get(one.channel)?.messages.push(one.original);
    }
    if (body.type !== 5) one.answeredAt = now();
    for (const wake of one.changed) wake();
    if (query?.get('with_response') === 'true')
      return { interaction: { id, type: one.type }, resource: { type: body.type, message: one.original } };
    return undefined;
  }

  function webhook(method: string, interactionToken: string, messageId: string | undefined, body: Json): unknown {
    const one = pending.get(interactionToken);
    if (!one?.callback) throw new Refusal(404, 10015, 'Unknown Webhook');
    if (now() - one.sentAt > TOKEN_MS) throw new Refusal(401, 50027, 'Invalid Webhook Token');
    const list = channels.get(one.channel)?.messages ?? [];
    if (method === 'POST') {
      check('follow-up', body, 'follow-up');
      if (one.deferred && !one.original) problems.push('a follow-up while the answer is still deferred');
      const ephemeral = (Number(body.flags ?? 0) & 64) !== 0;
      const message = storeMessage(one.channel, body);
      one.messages.push(message);
      if (!ephemeral) list.push(message);
      one.answeredAt = now();
      for (const wake of one.changed) wake();
      return message;
    }
    const message = messageId === '@original' ? one.original : one.messages.find(({ id }) => id === messageId);
    if (method === 'DELETE') {
      one.deferred = false;
      if (message) {
        one.messages.splice(one.messages.indexOf(message), 1);
        if (list.includes(message)) list.splice(list.indexOf(message), 1);
      }
      if (messageId === '@original') one.original = undefined;
      return undefined;
    }
    if (method === 'PATCH') {
      check('edit', body, 'edit', message !== undefined && isV2(message));
      if (message) {
        const after = edited(message, body);
        one.messages[one.messages.indexOf(message)] = after;
        if (list.includes(message)) list[list.indexOf(message)] = after;
        if (messageId === '@original') one.original = after;
        return after;
      }
      if (!one.deferred) throw new Refusal(404, 10008, 'Unknown Message');
      one.original = storeMessage(one.channel, body, { flags: Number(body.flags ?? 0) | (one.ephemeral ? 64 : 0) });
      one.deferred = false;
      one.messages.unshift(one.original);
      if (!one.ephemeral) list.push(one.original);
      one.answeredAt = now();
      for (const wake of one.changed) wake();
      return one.original;
    }
    if (message) return message;
    throw new Refusal(404, 10008, 'Unknown Message');
  }

  async function interact(payload: Json, who: Person = {}): Promise<Exchange> {
    const channelId = who.channel ?? (who.dm ? `7${who.id ?? '900000000000000030'}` : firstChannel);
    if (who.dm && !channels.has(channelId))
      addChannel({ id: channelId, type: 1, recipient: who.id ?? '900000000000000030' });
    const channel = channels.get(channelId) as Channel;
    const user = {
      id: who.id ?? '900000000000000030',
      username: who.name ?? 'reader',
      discriminator: '0',
      global_name: who.name ?? 'Reader',
      avatar: null,
    };
    const one: Pending = {
      id: snowflake(),
      token: `token-${snowflake()}`,
      type: payload.type as number,
      channel: channelId,
      sentAt: now(),
      source: payload.message as Message | undefined,
      deferred: false,
      ephemeral: false,
      messages: [],
      changed: new Set(),
    };
    pending.set(one.token, one);
    const wire = {
      id: one.id,
      application_id: application,
      token: one.token,
      version: 1,
      channel_id: channelId,
      channel: channelObject(channel),
      locale: who.locale ?? 'en-US',
      entitlements: [],
      authorizing_integration_owners: { 0: guild },
      context: who.dm ? 1 : 0,
      app_permissions: String(everyRight),
      attachment_size_limit: 10_485_760,
      ...(who.dm
        ? { user }
        : {
            guild_id: guild,
            guild_locale: who.guildLocale ?? 'en-US',
            member: {
              user,
              roles: [],
              permissions: String(everyRight | (who.admin ? MANAGE_GUILD : 0n)),
              joined_at: new Date(0).toISOString(),
              deaf: false,
              mute: false,
              flags: 0,
              nick: null,
              avatar: null,
            },
          }),
      ...payload,
    };
    if (deliverAddress === undefined) gateway.dispatch('INTERACTION_CREATE', wire);
    else await deliverByHttp(deliverAddress, one, wire);
    await settled(one);
    return {
      id: one.id,
      token: one.token,
      ackMs: (one.ackedAt ?? 0) - one.sentAt,
      answerMs: (one.answeredAt ?? 0) - one.sentAt,
      get ephemeral() {
        return one.ephemeral;
      },
      get messages() {
        return one.messages;
      },
      get message() {
        return one.messages[0];
      },
      modal: one.callback?.type === 9 ? one.callback.data : undefined,
      choices: one.callback?.type === 8 ? one.callback.data.choices : undefined,
    };
  }

  /** Waits for the first answer (3 s, as people do) and, when it was put off, for what comes instead. */
  async function settled(one: Pending): Promise<void> {
    const within = async (done: () => boolean, ms: number, what: string) => {
      const end = Date.now() + ms;
      while (!done()) {
        if (Date.now() > end)
          throw new Error(`interaction ${one.id}: ${what} within ${ms} ms. Problems: ${problems.join('; ') || 'none'}`);
        await new Promise<void>((resolve) => {
          const wake = () => {
            clearTimeout(timer);
            one.changed.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, Math.max(1, end - Date.now()));
          one.changed.add(wake);
        });
      }
    };
    await within(() => one.callback !== undefined, ACK_MS + 50, 'not acknowledged');
    await within(() => one.answeredAt !== undefined, 20_000, 'put off and never answered');
  }

  async function deliverByHttp(address: string, one: Pending, wire: Json): Promise<void> {
    const body = JSON.stringify(wire);
    const timestamp = String(Math.floor(now() / 1000));
    const signature = sign(null, Buffer.from(timestamp + body), keys.privateKey).toString('hex');
    const response = await fetch(address, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-signature-ed25519': signature,
        'x-signature-timestamp': timestamp,
      },
    });
    if (response.status === 200) acknowledge(one.id, one.token, (await response.json()) as Json);
    else if (response.status !== 202) throw new Error(`interaction ${one.id}: HTTP ${response.status}`);
  }

  /** The registered command that words name, with its options put where Discord puts them. */
  function commandData(command: string, given: Readonly<Record<string, unknown>>, focused?: string): Json {
    const [name, sub] = command.split(' ');
    const all = [...(registered.get(guild) ?? []), ...(registered.get('global') ?? [])];
    const top = all.find((one) => one.name === name);
    if (!top) throw new Error(`/${name} is not registered: ${all.map((one) => one.name).join(', ') || 'nothing is'}`);
    const leaf = sub === undefined ? top : (top.options ?? []).find((one: Json) => one.name === sub);
    if (!leaf) throw new Error(`/${command} is not registered`);
    const declared = (leaf.options ?? []) as Json[];
    const options = Object.entries(given).map(([option, value]) => {
      const known = declared.find((one) => one.name === option);
      if (!known) throw new Error(`/${command} has no option ${option}: ${declared.map((one) => one.name).join(', ')}`);
      return { name: option, type: known.type, value, ...(option === focused ? { focused: true } : {}) };
    });
    if (focused === undefined)
      for (const one of declared)
        if (one.required && !(one.name in given)) throw new Error(`/${command}: Discord asks for ${one.name}`);
    const channelOptions = options.filter(({ type }) => type === 7).map(({ value }) => String(value));
    const resolved =
      channelOptions.length === 0
        ? {}
        : {
            resolved: {
              channels: Object.fromEntries(
                channelOptions.map((id) => [id, channelObject(channels.get(id) as Channel)]),
              ),
            },
          };
    return {
      id: top.id,
      name,
      type: 1,
      ...resolved,
      options: sub === undefined ? options : [{ name: sub, type: 1, options }],
    };
  }

  const server: DiscordServer = {
    url: `http://127.0.0.1:${port}/api`,
    token,
    guild,
    application,
    publicKey,
    gateway,
    problems,
    requests,
    commands: (scope = 'global') => registered.get(scope) ?? [],
    channel(id) {
      const channel = channels.get(id);
      if (!channel) throw new Error(`no channel ${id}`);
      return channel;
    },
    threads: (parent) => [...channels.values()].filter((channel) => channel.parent === parent),
    addChannel,
    removeChannel: (id) => void channels.delete(id),
    directMessages: (user) => [...channels.values()].find(({ recipient }) => recipient === user)?.messages ?? [],
    slash: async (command, given = {}, who = {}) => interact({ type: 2, data: commandData(command, given) }, who),
    async click(message, label, who = {}) {
      const buttons = everyComponent(message?.components ?? []).filter((one) => one.type === 2 && one.custom_id);
      const button = buttons.find((one) => one.label === label) ?? buttons.find((one) => one.custom_id === label);
      if (!message || !button)
        throw new Error(`no button ${label}: ${buttons.map((one) => one.label).join(', ') || 'no buttons'}`);
      return interact(
        { type: 3, data: { component_type: 2, custom_id: button.custom_id, id: button.id }, message },
        who,
      );
    },
    async pick(message, choice, who = {}) {
      const menus = everyComponent(message?.components ?? []).filter((one) => one.type === 3);
      for (const menu of menus) {
        const option = (menu.options as Json[]).find((one) => one.label === choice || one.value === choice);
        if (option)
          return interact(
            { type: 3, data: { component_type: 3, custom_id: menu.custom_id, values: [option.value] }, message },
            who,
          );
      }
      throw new Error(`no choice ${choice}`);
    },
    async submit(form, values, who = {}) {
      if (!form.modal) throw new Error('that was not a form');
      const components = (form.modal.components as Json[]).map((label) => {
        const field = label.component as Json;
        const named = values[field.custom_id] ?? values[label.label];
        const before =
          field.type === 4 ? field.value : (field.options as Json[] | undefined)?.find((one) => one.default)?.value;
        const value = named ?? before ?? '';
        if (field.required !== false && value === '') throw new Error(`the form asks for ${label.label}`);
        return field.type === 4
          ? { type: 18, id: 1, component: { type: 4, custom_id: field.custom_id, value } }
          : {
              type: 18,
              id: 1,
              component: { type: field.type, custom_id: field.custom_id, values: value === '' ? [] : [value] },
            };
      });
      return interact({ type: 5, data: { custom_id: form.modal.custom_id, components } }, who);
    },
    autocomplete: async (command, option, typed, who = {}) =>
      interact({ type: 4, data: commandData(command, { [option]: typed }, option) }, who),
    interact,
    removeBot: (outage = false) =>
      gateway.dispatch('GUILD_DELETE', outage ? { id: guild, unavailable: true } : { id: guild }),
    fault: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    deliverTo(address) {
      deliverAddress = address;
    },
    advance(ms) {
      skew += ms;
    },
    async waitFor(what, timeoutMs = 10_000) {
      const end = Date.now() + timeoutMs;
      for (;;) {
        const value = what();
        if (value) return value;
        if (Date.now() > end)
          throw new Error(`waited ${timeoutMs} ms in vain. Problems: ${problems.join('; ') || 'none'}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async stop() {
      gateway.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

function edited(message: Message, body: Json): Message {
  const kept = Object.fromEntries(
    ['content', 'embeds', 'components'].flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]])),
  );
  return {
    ...message,
    ...kept,
    flags: message.flags | Number(body.flags ?? 0),
    edited_timestamp: new Date().toISOString(),
  };
}

function replace(list: Message[], before: Message, after: Message): Message {
  list[list.indexOf(before)] = after;
  return after;
}

const isV2 = (message: Message): boolean => (Number(message.flags) & (1 << 15)) !== 0;

/** All that a person reads in a message, Markdown as it stands: text displays, embeds and content, line by line. */
export function textOf(message: Message | undefined): string {
  if (!message) return '';
  const texts = everyComponent(message.components as Json[]).flatMap((one) =>
    one.type === 10 ? [String(one.content)] : [],
  );
  const embeds = (message.embeds as Json[]).flatMap((embed) => [embed.title, embed.description, embed.footer?.text]);
  return [message.content, ...embeds, ...texts].filter(Boolean).join('\n');
}

/** Labels of a message's buttons, in order. */
export function buttonsOf(message: Message | undefined): string[] {
  return everyComponent((message?.components ?? []) as Json[]).flatMap((one) =>
    one.type === 2 ? [String(one.label)] : [],
  );
}
