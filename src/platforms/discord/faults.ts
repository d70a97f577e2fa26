/** What an error of Discord's means for us. Texts say what happened and never hold a token, an address or a message. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { PlatformError } from '../platform.ts';
import { waitOf } from './rest.ts';

/** Discord's own error code (`10003`), or the HTTP status, or Node's code (`ECONNREFUSED`). */
export function codeOf(cause: unknown): string | number | undefined {
  if (cause instanceof DiscordAPIError) return cause.code;
  if (cause instanceof HTTPError) return cause.status;
  if (cause instanceof RateLimitError) return 429;
  for (let one = cause; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string') return one.code;
    if (one.name === 'AbortError' || one.name === 'TimeoutError') return 'timeout';
  }
  return undefined;
}

/** The HTTP status of a refusal. */
export const statusOf = (cause: unknown): number | undefined =>
  cause instanceof DiscordAPIError ? cause.status : undefined;

/** For logs: an error of the REST client carries the request, and with it tokens and texts. */
export function describeFault(cause: unknown): { readonly code: string | number | undefined; readonly reason: string } {
  return {
    code: codeOf(cause),
    reason: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown',
  };
}

/** Channel, server or right is not there: topics/opcodes-and-status-codes. */
const gone = new Set<string | number>([
  10003, // Unknown Channel
  10004, // Unknown Guild
  40333, // Cloudflare refuses this client
  50001, // Missing Access
  50007, // Cannot send messages to this user
  50008, // Cannot send messages in a non-text channel
  50013, // Missing Permissions
  50024, // Cannot execute action on this channel type
  50083, // Thread is archived
  160005, // Thread is locked
]);

/** Nothing was sent: the connection never stood. */
const neverSent = new Set<string | number>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An error of the REST client as the contract knows it. */
export function platformError(doing: string, cause: unknown): PlatformError {
  if (cause instanceof PlatformError) return cause;
  const code = codeOf(cause);
  const message = `discord: could not ${doing} (${code ?? 'unknown'}: ${reasonOf(cause)})`;
  if (cause instanceof RateLimitError) return new PlatformError('retry', message, { retryAfterMs: waitOf(cause) });
  if (cause instanceof DiscordAPIError) {
    // A token that was reset is the operator's to mend, not a reason to pause every briefing.
    if (cause.status === 401) return new PlatformError('retry', message, { retryAfterMs: 10 * 60_000 });
    if (gone.has(cause.code)) return new PlatformError('gone', message);
    if (cause.status === 429 || cause.code === 20016 || cause.code === 20028)
      return new PlatformError('retry', message, { retryAfterMs: 60_000 });
    return new PlatformError(cause.status === 403 || cause.status === 404 ? 'gone' : 'refused', message);
  }
  if (code !== undefined && neverSent.has(code)) return new PlatformError('retry', message, { retryAfterMs: 30_000 });
  return new PlatformError('ambiguous', message);
}

function reasonOf(cause: unknown): string {
  if (cause instanceof DiscordAPIError) return cause.message.split('\n')[0]?.slice(0, 200) ?? '';
  if (cause instanceof HTTPError) return 'Discord answered with an error of its own';
  return cause instanceof Error ? cause.message.slice(0, 200) : 'unknown';
}
