/** Calls to Slack's Web API: one attempt each, and errors that say what they mean for a message. */
import { webApi } from '@slack/bolt';
import { PlatformError } from '../platform.ts';
import { boltLogger, type Log } from './log.ts';

export type ApiAnswer = Readonly<Record<string, unknown>>;

export interface WebApi {
  /** @throws PlatformError */
  call(token: string, method: string, args?: Readonly<Record<string, unknown>>): Promise<ApiAnswer>;
  /** For Bolt's own clients: the same address, the same patience. */
  readonly clientOptions: webApi.WebClientOptions;
}

export function createWebApi({ apiUrl, log }: { readonly apiUrl?: string; readonly log: Log }): WebApi {
  const clientOptions: webApi.WebClientOptions = {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    logger: boltLogger(log),
    // The library would repeat a call that Slack had carried out before its answer was lost, and post twice. We look first.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
  };
  // One client for all workspaces: the token goes with each call, so no pool of clients grows with them.
  const client = new webApi.WebClient(undefined, clientOptions);
  return {
    clientOptions,
    async call(token, method, args = {}) {
      try {
        return (await client.apiCall(method, { ...args, token })) as unknown as ApiAnswer;
      } catch (cause) {
        throw platformError(cause, method);
      }
    },
  };
}

/** The channel, the permission or the bot is no longer there: only a person can mend it. */
const gone = new Set([
  'access_denied',
  'account_inactive',
  'cannot_dm_bot',
  'channel_not_found',
  'ekm_access_denied',
  'invalid_auth',
  'is_archived',
  'messages_tab_disabled',
  'missing_scope',
  'not_allowed_token_type',
  'not_authed',
  'not_in_channel',
  'org_login_required',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'user_disabled',
  'user_not_found',
]);
/** Nothing was done, and it may work later. */
const later = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);
/** Slack's own words: "it's possible some aspect of the operation succeeded". */
const unclear = new Set(['fatal_error', 'internal_error', 'request_timeout']);
/** The request never reached Slack. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An API error, by Slack's name for it. */
export class SlackRefusal extends PlatformError {
  readonly code: string;
  /** The scopes that a `missing_scope` wants. */
  readonly needed: string | undefined;
  constructor(kind: PlatformError['kind'], method: string, code: string, needed: string | undefined, cause: unknown) {
    super(kind, `slack: ${method} refused: ${code}${needed ? ` (needs ${needed})` : ''}`, { cause });
    this.name = 'SlackRefusal';
    this.code = code;
    this.needed = needed;
  }
}

function platformError(cause: unknown, method: string): PlatformError {
  if (cause instanceof webApi.WebAPIRateLimitedError)
    return new PlatformError('retry', `slack: ${method} is rate limited`, {
      cause,
      retryAfterMs: cause.retryAfter * 1000,
    });
  if (cause instanceof webApi.WebAPIPlatformError) {
    const { error, needed } = cause.data as { error: string; needed?: string };
    // A proxy's page in place of an answer ends up here as its "error".
    if (!/^[a-z_]{1,60}$/.test(error))
      return new PlatformError('ambiguous', `slack: ${method} gave no answer`, { cause });
    return new SlackRefusal(kindOf(error), method, error, needed, cause);
  }
  if (cause instanceof webApi.WebAPIHTTPError) {
    const kind = cause.statusCode >= 500 || cause.statusCode === 408 ? 'ambiguous' : 'refused';
    return new PlatformError(kind, `slack: ${method} answered ${cause.statusCode}`, { cause });
  }
  const code = systemCode(cause);
  if (code && unsent.has(code)) return new PlatformError('retry', `slack: could not reach Slack (${code})`, { cause });
  return new PlatformError('ambiguous', `slack: no answer to ${method}`, { cause });
}

function kindOf(error: string): PlatformError['kind'] {
  if (gone.has(error)) return 'gone';
  if (later.has(error)) return 'retry';
  return unclear.has(error) ? 'ambiguous' : 'refused';
}

/** The operating system's code at the bottom of a chain of causes. */
function systemCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return code;
    if (at instanceof AggregateError && at.errors[0]) return systemCode(at.errors[0]);
  }
  return undefined;
}

/** Slack will never take these credentials: waiting does not help. */
export const isBadToken = (error: unknown): error is SlackRefusal =>
  error instanceof SlackRefusal &&
  [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'not_allowed_token_type',
  ].includes(error.code);
