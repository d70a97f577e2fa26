/** What Discord, Slack and the terminal have in common. A third platform is one folder and one line in `main.ts`. */
import type { Document } from '../document.ts';
import type { Tenant } from '../model.ts';

/** Who asks, and from where. */
export interface Caller {
  readonly platform: string;
  readonly tenant: Tenant;
  readonly user: string;
  readonly channel: string;
  readonly channelName?: string;
  /** Names of the channels that the options name, by id, where the platform tells them: `{ '900': '#briefs' }`. */
  readonly channelNames?: Readonly<Record<string, string>>;
  /** BCP 47, as the platform gives it. */
  readonly locale: string;
  /** Of what is posted here for all to read, where the platform tells it; else it is the same as `locale`. */
  readonly channelLocale?: string;
  /** IANA zone of the reader where the platform tells it. */
  readonly zone?: string;
  /** May manage this channel or server by the platform's own rights. */
  readonly canManage: boolean;
  /** May manage the whole server or workspace: also what belongs to other channels. Left out where that cannot be told. */
  readonly canManageAll?: boolean;
}

/** A command as it was asked: by slash, button, menu, form or plain words. */
export interface Invocation {
  /** `brief`, `schedule add` */
  readonly command: string;
  /** Option values by name, still text where the platform gives text. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** Post the answer for all to see (the Share button). */
  readonly share?: boolean;
}

export interface Reply {
  readonly visibility: 'private' | 'public';
  readonly document: Document;
}

export interface Choice {
  /** What is shown: at most 100 characters. */
  readonly label: string;
  readonly value: string;
}

/** The bot, as a platform sees it. Neither method throws: a fault becomes an answer with a reference. */
export interface Bot {
  readonly commands: readonly CommandShape[];
  answer(invocation: Invocation): Promise<Reply>;
  /** Suggestions for an option being typed, within 300 ms. */
  complete(invocation: Invocation, option: string): Promise<readonly Choice[]>;
  /** The bot was removed from a server or workspace (not: the platform is down). */
  removed(tenant: Tenant): Promise<void>;
}

/** A command as platforms declare it to people. */
export interface CommandShape {
  /** `brief`, `schedule add`: the second word is a subcommand. */
  readonly name: string;
  readonly summary: string;
  /** Needs the platform's right to manage the channel or server. */
  readonly manage: boolean;
  readonly options: readonly OptionShape[];
}

export interface OptionShape {
  readonly name: string;
  readonly summary: string;
  readonly type: 'text' | 'integer' | 'boolean' | 'choice' | 'channel';
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** What choices are called, where that is the same in every language. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly minimum?: number;
  readonly maximum?: number;
  /** `complete` has something to offer. */
  readonly completes: boolean;
  /** A value is one word: what follows it is not part of it. */
  readonly word?: boolean;
  /** Shown in forms. */
  readonly example?: string;
}

/** Where a briefing is posted. */
export interface Address {
  readonly tenant: Tenant;
  readonly channel: string;
  /** Post as a reply in the thread under this message. */
  readonly thread?: string;
}

export interface Posted {
  readonly messageId: string;
}

/** One platform-sized message, rendered: `body` is what goes over the wire, opaque to all but its platform. */
export interface Page {
  readonly body: unknown;
  /** A message for the thread under the first page. */
  readonly inThread?: boolean;
}

/**
 * Why a post failed. `retry`: try again after `retryAfterMs`. `gone`: channel, permission or bot is no longer there;
 * pause the briefing and tell its owner. `refused`: this message will never be taken. `ambiguous`: it may have been stored.
 */
export class PlatformError extends Error {
  readonly kind: 'retry' | 'gone' | 'refused' | 'ambiguous';
  readonly retryAfterMs: number | undefined;
  constructor(kind: PlatformError['kind'], message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PlatformError';
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * A machine that slept wakes up with posts that waited for their turn, while another process may have taken them over: the
 * caller has to look at its claim again. With the half of a lease for which a claim is taken on trust, this stays well
 * inside the lease. Milliseconds of the wall clock.
 */
export const LONGEST_TURN_MS = 15_000;

export interface Platform {
  readonly name: string;
  /** Connects and begins to answer. Resolves when commands work; keeps reconnecting by itself after that. */
  start(bot: Bot): Promise<void>;
  /** Finishes what is being answered, then disconnects. */
  stop(): Promise<void>;
  /** Cuts a document into messages: whole blocks, in order, inside the platform's limits. Pure. */
  pages(document: Document, locale: string): readonly Page[];
  /** Posts with the same answer share a rate limit. Left out where all posts of the bot do. */
  limitOf?(to: Address): string;
  /** So many processes of this bot post now: each keeps to its part of the rate limit. Left out where the bot has none. */
  among?(processes: number): void;
  /**
   * Posts one page, or throws `retry` when its turn comes more than `LONGEST_TURN_MS` after it was asked for. `key` (at most 25 characters is not promised) goes with the message so that `find` can see it.
   * @throws PlatformError
   */
  post(to: Address, page: Page, key: string): Promise<Posted>;
  /**
   * Looks for a page posted under `key`. `'unknown'` when the channel cannot be read back: no right, or too far back.
   * @throws PlatformError of kind `retry` when the platform cannot be reached just now.
   */
  find(to: Address, key: string): Promise<Posted | undefined | 'unknown'>;
  /**
   * Puts a page in the place of one that was posted under `key`; doing it twice does no harm. `absent`: somebody deleted
   * it. `refused`: the platform does not let this message be changed.
   * @param first The first message of the same delivery: where a forum keeps the others.
   * @throws PlatformError
   */
  edit(
    to: Address,
    message: { readonly messageId: string; readonly first: string },
    page: Page,
    key: string,
  ): Promise<'edited' | 'absent' | 'refused'>;
  /** What is missing to post in a channel, in words for its admin in their language; empty when nothing is. */
  problems(to: Address, locale?: string): Promise<readonly string[]>;
  /** Tells one person something privately (a direct message); false when the platform cannot. */
  tell(tenant: Tenant, user: string, document: Document, locale?: string): Promise<boolean>;
  /** `connected`, or what is wrong. */
  state(): string;
}
