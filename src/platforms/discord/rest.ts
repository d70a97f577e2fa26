/**
 * The ways to Discord's REST interface. The client of discord.js keeps one queue per route and channel, waits as
 * `Retry-After` says and tries again when an answer is lost; here we add what it leaves open.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { DefaultRestOptions, type InternalRequest, type RateLimitData, REST, type ResponseLike } from 'discord.js';
import { LONGEST_TURN_MS, PlatformError } from '../platform.ts';
import { createTurns, type Turns } from './turns.ts';

export interface DiscordRest {
  /** For what may be sent twice: reading, registering. Throws a PlatformError when we are near a ban. */
  bot(): REST;
  /** For posts: sent once, so that the caller knows how each try ended. */
  once(): REST;
  /** So many processes keep to the bot's rate limit together. */
  among(processes: number): void;
  /** For answers to interactions, which stand outside the bot's rate limit and carry their own token. */
  readonly answers: REST;
}

/** People copy the header (`Bot abc`) as often as the token. */
export const bareToken = (token: string): string => token.trim().replace(/^Bot\s+/i, '');

export const PUBLIC_API = 'https://discord.com/api';

/** Longer waits are given back to the caller, who knows what else is due. */
const LONGEST_WAIT_MS = 15_000;

export function openRest({
  token,
  apiUrl = PUBLIC_API,
  requestsPerSecond,
  now,
}: {
  readonly token: string;
  readonly apiUrl?: string;
  /** Default: a little less than the 50 that Discord allows. */
  readonly requestsPerSecond?: number | undefined;
  readonly now: () => Date;
}): DiscordRest {
  const options = {
    api: apiUrl.replace(/\/+$/, ''),
    version: '10',
    timeout: 15_000,
    // The client keeps a queue for each channel that it ever posted to: after eight o'clock there are thousands.
    handlerSweepInterval: 60_000,
    rejectOnRateLimit: (limit: RateLimitData) => waitOf(limit) > LONGEST_WAIT_MS,
    makeRequest: requestAgainOnStaleSocket,
  };
  const guard = invalidRequestGuard(now);
  // Both clients share the bot's 50 requests a second, whoever needs them: the client's own count would be too coarse.
  const turns = createTurns(requestsPerSecond === undefined ? {} : { most: requestsPerSecond });
  const ours = {
    ...options,
    globalRequestsPerSecond: UNCOUNTED,
    makeRequest: inTurn(turns, requestAgainOnStaleSocket),
  };
  const guarded = (rest: REST) => {
    rest.on('response', (_request, response) => guard.note(response.status, response.headers.get('x-ratelimit-scope')));
    return () => {
      guard.check();
      // A single 401 makes the client forget its token, even when it was Discord that stumbled.
      return rest.setToken(token);
    };
  };
  return {
    bot: guarded(new REST({ ...ours, retries: 3 })),
    once: guarded(new PostingREST({ ...ours, retries: 0 })),
    among: turns.among,
    answers: new REST({ ...options, retries: 2, timeout: 5_000, globalRequestsPerSecond: UNCOUNTED }),
  };
}

const UNCOUNTED = 100_000;

/** When the post that is being made was asked for, by the wall clock. */
const askedAt = new AsyncLocalStorage<number>();

/** Knows how old a post is when its turn comes: it may have waited in the client's own queue, too, while the machine slept. */
class PostingREST extends REST {
  override request(options: InternalRequest): Promise<unknown> {
    return askedAt.run(Date.now(), () => super.request(options));
  }
}

type MakeRequest = typeof DefaultRestOptions.makeRequest;

/** Each request waits for its turn; a 429 for the whole bot holds all of them, of both clients. */
const inTurn =
  (turns: Turns, request: MakeRequest): MakeRequest =>
  async (url, init) => {
    const asked = askedAt.getStore() ?? Date.now();
    await turns.next(init.signal).catch((cause: unknown) => {
      // Certainly not sent, which the client could not tell from an answer that never came.
      throw new PlatformError('retry', 'discord: other requests of this bot came first for too long', { cause });
    });
    if (Math.abs(Date.now() - asked) > LONGEST_TURN_MS)
      throw new PlatformError('retry', 'discord: its turn came too late; nothing was sent');
    const response = await request(url, init);
    if (response.status === 429 && response.headers.get('x-ratelimit-global') !== null)
      turns.hold(Number(response.headers.get('retry-after') ?? 1) * 1000);
    return response;
  };

/** Discord bans an address for 10,000 answers of 401, 403 or 429 in ten minutes (topics/rate-limits); we stop far before. */
const WINDOW_MS = 10 * 60_000;
const MOST_INVALID = 1000;

/** How long Discord asks us to wait: a bucket of its own is told in other fields than the route's. */
export const waitOf = (limit: Pick<RateLimitData, 'timeToReset' | 'retryAfter' | 'sublimitTimeout'>): number =>
  Math.max(limit.timeToReset, limit.retryAfter, limit.sublimitTimeout);

/**
 * The client tries again after ECONNRESET, but not when undici finds a kept-alive connection closed. For us both are the
 * same, and what we send twice carries a nonce or is refused the second time.
 */
async function requestAgainOnStaleSocket(
  ...request: Parameters<typeof DefaultRestOptions.makeRequest>
): Promise<ResponseLike> {
  try {
    return await DefaultRestOptions.makeRequest(...request);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_SOCKET')) throw cause;
    throw Object.assign(new Error(cause.message, { cause }), { code: 'ECONNRESET' });
  }
}

/** Counts refusals; `check` throws once there are too many, until the window has passed. */
export function invalidRequestGuard(now: () => Date): {
  note(status: number, scope: string | null): void;
  check(): void;
  readonly count: number;
} {
  let since = 0;
  let count = 0;
  const roll = () => {
    if (now().getTime() - since < WINDOW_MS) return;
    since = now().getTime();
    count = 0;
  };
  return {
    note(status, scope) {
      roll();
      if (status === 401 || status === 403 || (status === 429 && scope !== 'shared')) count += 1;
    },
    check() {
      roll();
      if (count < MOST_INVALID) return;
      throw new PlatformError(
        'retry',
        `discord: ${count} refused requests in ten minutes; waiting, so that Discord does not ban us`,
        {
          retryAfterMs: since + WINDOW_MS - now().getTime(),
        },
      );
    },
    get count() {
      return count;
    },
  };
}
