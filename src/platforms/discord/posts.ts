/**
 * Posting a page to a channel, thread or forum once, and finding it again.
 *
 * A lost answer is tried again with the same nonce, which Discord posts once within minutes; beyond that, `find` reads
 * the channel back and knows our pages by their mark (`mark.ts`).
 */
import { DiscordAPIError, RateLimitError, Routes } from 'discord.js';
import { type Address, type Page, type Platform, PlatformError, type Posted } from '../platform.ts';
import { asEmbed } from './embed.ts';
import { codeOf, describeFault, platformError, statusOf } from './faults.ts';
import { type DiscordLog, isRefusedBody } from './interactions.ts';
import { limits } from './limits.ts';
import { componentMark, footerMark, nonce } from './mark.ts';
import { lacksHistory } from './permissions.ts';
import type { DiscordPage, Message } from './render.ts';
import type { DiscordRest } from './rest.ts';
import { channelType } from './wire.ts';

interface WireMessage {
  readonly id: string;
  readonly author?: { readonly id: string };
  readonly components?: readonly { readonly id?: number }[];
  readonly embeds?: readonly { readonly footer?: { readonly text?: string } }[];
}
interface WireChannel {
  readonly id: string;
  readonly type: number;
  readonly guild_id?: string;
}

export interface Posts extends Pick<Platform, 'edit'> {
  post(to: Address, page: Page, key: string): Promise<Posted>;
  find(to: Address, key: string): Promise<Posted | undefined | 'unknown'>;
}

const POST_MS = 60_000;
/** A page whose answer was lost is sent this often, with growing pauses. */
const TRIES = 3;
const AGAIN_MS = 300;
/** Discord knows a nonce for "the past few minutes" (Create Message, `enforce_nonce`); later, the same is a second message. */
const NONCE_MS = 60_000;
const READ_MS = 30_000;
/** `find` reads back at most this many messages. */
const MOST_READ = 500;
const MOST_FORUM_POSTS = 10;

export function createPosts({
  rest,
  self,
  log,
  now,
}: {
  readonly rest: DiscordRest;
  /** The bot's user id, once it is known. */
  readonly self: () => string | undefined;
  readonly log: DiscordLog;
  readonly now: () => Date;
}): Posts {
  /** Channels that Discord asked us to leave alone for longer than the client waits, until when. */
  const resting = new Map<string, number>();

  return {
    async post(to, page, key) {
      const restMs = (resting.get(to.channel) ?? 0) - now().getTime();
      if (restMs > 0)
        throw new PlatformError('retry', `discord: channel ${to.channel} is rate limited`, { retryAfterMs: restMs });
      resting.delete(to.channel);
      try {
        return await post(to, page.body as DiscordPage, key);
      } catch (cause) {
        const fault = platformError(`post ${key} in channel ${to.channel}`, cause);
        if (cause instanceof RateLimitError) resting.set(to.channel, now().getTime() + (fault.retryAfterMs ?? 0));
        throw fault;
      }
    },
    async edit(to, message, page, key) {
      try {
        return await edit(to, message, page.body as DiscordPage, key);
      } catch (cause) {
        throw platformError(`edit ${key} in channel ${to.channel}`, cause);
      }
    },
    async find(to, key) {
      if (self() === undefined)
        throw new PlatformError('retry', 'discord: not connected yet', { retryAfterMs: 10_000 });
      try {
        return await find(to, key);
      } catch (cause) {
        const fault = platformError(`read back channel ${to.channel}`, cause);
        // Not allowed to read is not the same as not there; a network fault is for the caller to try again.
        if (fault.kind === 'gone' || fault.kind === 'refused') return 'unknown';
        throw new PlatformError('retry', fault.message, { retryAfterMs: fault.retryAfterMs ?? 30_000 });
      }
    },
  };

  /**
   * Where a message is depends on how it could be posted: in the channel, in the thread under the first message (or, where
   * none could be made, in the channel after all), in a post of a forum.
   */
  async function edit(
    to: Address,
    { messageId, first }: { readonly messageId: string; readonly first: string },
    { message }: DiscordPage,
    key: string,
  ): Promise<'edited' | 'absent' | 'refused'> {
    for (const channel of [...new Set([to.thread ?? to.channel, to.channel, first])]) {
      try {
        return await editIn(channel, messageId, marked(message, key), key);
      } catch (cause) {
        const code = codeOf(cause);
        const elsewhere = code === 10003 || code === 10008 || code === 50008 || code === 50024;
        if (!elsewhere) throw cause;
      }
    }
    return 'absent';
  }

  async function editIn(
    channel: string,
    messageId: string,
    message: Message,
    key: string,
  ): Promise<'edited' | 'refused'> {
    const patch = (route: `/${string}`, body: object) =>
      rest.bot().patch(route, { body, signal: AbortSignal.timeout(POST_MS) });
    const put = (body: object) => patch(Routes.channelMessage(channel, messageId), body);
    try {
      await withFallback(message, key, put);
    } catch (cause) {
      if (codeOf(cause) === 50005) return 'refused'; // written by another bot
      if (codeOf(cause) !== 50083) throw cause;
      // A thread goes to the archive after a day without words, and takes changes only when it is taken out.
      await patch(Routes.channel(channel), { archived: false });
      await withFallback(message, key, put);
    }
    return 'edited';
  }

  async function post(to: Address, page: DiscordPage, key: string): Promise<Posted> {
    const message = marked(page.message, key);
    if (to.thread !== undefined) return postInThread(to.channel, to.thread, page.title, message, key);
    try {
      return await send(to.channel, message, key);
    } catch (cause) {
      const isForum = codeOf(cause) === 50008 || codeOf(cause) === 50024;
      if (!isForum || (await channelOf(to.channel)).type !== channelType.forum) throw cause;
      return postInForum(to, page.title, message, key);
    }
  }

  async function send(channel: string, message: Message, key: string, more: object = {}): Promise<Posted> {
    return withFallback(message, key, (body) =>
      withoutDoubt(key, async () => {
        const stored = (await rest.once().post(Routes.channelMessages(channel), {
          body: { ...body, ...more, nonce: nonce(key), enforce_nonce: true },
          signal: AbortSignal.timeout(POST_MS),
        })) as WireMessage;
        return { messageId: stored.id };
      }),
    );
  }

  /**
   * Tries again at once when it is not known whether a message was stored: with its nonce that is safe, and mostly settles
   * it. When it does not, the doubt stays, even if a later try certainly failed: the first may stand in the channel.
   */
  async function withoutDoubt(key: string, create: () => Promise<Posted>): Promise<Posted> {
    // The wall's clock: a machine that sleeps before the answer comes wakes up when the nonce is forgotten.
    const asked = Date.now();
    for (let attempt = 1, doubtful = false; ; attempt++) {
      try {
        return await create();
      } catch (cause) {
        const fault = platformError(`post ${key}`, cause);
        if (fault.kind === 'gone' || fault.kind === 'refused') throw cause;
        doubtful ||= fault.kind === 'ambiguous';
        if (!doubtful) throw cause;
        const { retryAfterMs } = fault;
        const isForgotten = Math.abs(Date.now() - asked) > NONCE_MS;
        if (attempt === TRIES || fault.kind === 'retry' || isForgotten)
          throw new PlatformError('ambiguous', fault.message, retryAfterMs === undefined ? {} : { retryAfterMs });
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS * attempt));
      }
    }
  }

  /** Components V2 first; the same as an embed where they are refused. */
  async function withFallback<T>(message: Message, key: string, create: (body: object) => Promise<T>): Promise<T> {
    try {
      return await create(message);
    } catch (cause) {
      if (!isRefusedBody(cause)) throw cause;
      log.warn(
        { ...describeFault(cause), key },
        'discord: a page with Components V2 was refused; posting it as an embed',
      );
      return create(asEmbed(message, footerMark(key)));
    }
  }

  /** A thread that hangs from a message has that message's id; it is made when the first page for it comes. */
  async function postInThread(
    channel: string,
    thread: string,
    title: string,
    message: Message,
    key: string,
  ): Promise<Posted> {
    try {
      return await send(thread, message, key);
    } catch (cause) {
      if (statusOf(cause) !== 404) throw cause; // 404: no thread yet
    }
    try {
      await rest.bot().post(Routes.threads(channel, thread), {
        body: { name: title, auto_archive_duration: 1440 },
        signal: AbortSignal.timeout(POST_MS),
      });
    } catch (cause) {
      const code = codeOf(cause);
      if (code === 10008)
        throw new PlatformError('refused', `discord: the message that ${key} belongs under is not there any more`);
      // 160004: another process made it. Otherwise no right to make threads, or none can be made here (direct messages,
      // threads): a reply says the same.
      const refused = cause instanceof DiscordAPIError && cause.status !== 401 && cause.status !== 429;
      if (code !== 160004) {
        if (refused) return reply(channel, thread, message, key);
        throw cause;
      }
    }
    return send(thread, message, key);
  }

  function reply(channel: string, under: string, message: Message, key: string): Promise<Posted> {
    return send(channel, message, key, { message_reference: { message_id: under, fail_if_not_exists: false } });
  }

  /** The first page opens a forum post; the others of the same delivery (`...#2`) go into it. */
  async function postInForum(to: Address, title: string, message: Message, key: string): Promise<Posted> {
    const [, delivery, n] = /^(.*)#(\d+)$/.exec(key) ?? [];
    if (delivery !== undefined && Number(n) > 1) {
      const first = await find(to, `${delivery}#1`);
      if (first !== undefined && first !== 'unknown') return send(first.messageId, message, key);
    }
    return withFallback(message, key, async (body) => {
      // No nonce here: sent once, and read back when the answer is lost.
      const thread = (await rest.once().post(Routes.threads(to.channel), {
        body: { name: title, auto_archive_duration: 4320, message: body },
        signal: AbortSignal.timeout(POST_MS),
      })) as { readonly id: string };
      return { messageId: thread.id };
    });
  }

  async function find(to: Address, key: string): Promise<Posted | undefined | 'unknown'> {
    if (to.thread !== undefined) {
      const inThread = await findIn(to.thread, key).catch(unlessAbsent);
      if (inThread !== undefined) return inThread;
    }
    try {
      return await findIn(to.channel, key);
    } catch (cause) {
      // A forum has no messages of its own.
      const channel = statusOf(cause) === 400 ? await channelOf(to.channel) : undefined;
      if (channel?.type !== channelType.forum) throw cause;
      return findInForum(channel, key);
    }
  }

  async function findIn(channel: string, key: string): Promise<Posted | undefined | 'unknown'> {
    let before: string | undefined;
    for (let read = 0; read < MOST_READ; read += limits.history) {
      const query = new URLSearchParams({ limit: String(limits.history), ...(before === undefined ? {} : { before }) });
      const page = (await rest.bot().get(Routes.channelMessages(channel), {
        query,
        signal: AbortSignal.timeout(READ_MS),
      })) as WireMessage[];
      const found = page.find((message) => message.author?.id === self() && carries(message, key));
      if (found) return { messageId: found.id };
      if (page.length === 0 && read === 0) return findWhereNothingIsShown(channel, key);
      if (page.length < limits.history) return undefined;
      before = page.at(-1)?.id;
    }
    return 'unknown'; // a very busy channel: further back than we look
  }

  /**
   * An empty list has three meanings: nothing was ever posted; the bot lacks Read Message History, where Discord answers
   * as if nothing had been; or it is a forum.
   */
  async function findWhereNothingIsShown(id: string, key: string): Promise<Posted | undefined | 'unknown'> {
    const channel = await channelOf(id).catch(unlessAbsent);
    if (channel?.type === channelType.forum) return findInForum(channel, key);
    return (await lacksHistory(rest.bot(), id, self() ?? '')) ? 'unknown' : undefined;
  }

  async function findInForum(forum: WireChannel, key: string): Promise<Posted | undefined | 'unknown'> {
    if (forum.guild_id === undefined) return 'unknown';
    const { threads } = (await rest
      .bot()
      .get(Routes.guildActiveThreads(forum.guild_id), { signal: AbortSignal.timeout(READ_MS) })) as {
      readonly threads: readonly { readonly id: string; readonly parent_id?: string; readonly owner_id?: string }[];
    };
    const ours = threads
      .filter(({ parent_id, owner_id }) => parent_id === forum.id && owner_id === self())
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    for (const { id } of ours.slice(0, MOST_FORUM_POSTS)) {
      const found = await findIn(id, key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async function channelOf(id: string): Promise<WireChannel> {
    return (await rest.bot().get(Routes.channel(id), { signal: AbortSignal.timeout(READ_MS) })) as WireChannel;
  }
}

/** Nothing there (404) is an answer; anything else is a fault. */
function unlessAbsent(cause: unknown): undefined {
  if (statusOf(cause) !== 404) throw cause;
}

/** The page with its delivery's mark on its container. */
function marked(message: Message, key: string): Message {
  const [container] = message.components;
  return { ...message, components: [{ ...container, id: componentMark(key) }] };
}

function carries(message: WireMessage, key: string): boolean {
  const mark = componentMark(key);
  return (
    (message.components ?? []).some(({ id }) => id === mark) ||
    (message.embeds ?? []).some(({ footer }) => footer?.text === footerMark(key))
  );
}
