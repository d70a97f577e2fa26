/** Fetching from the open web, politely and safely: `guard.ts` says what may be reached, `turns.ts` how much at a time. */
import robotsParser from 'robots-parser';
import { bodyOf, FetchError, flatHeaders, reasonOf, retryAfter, statusReason } from './answers.ts';
import { type CheckedUrl, checkedUrl, guardedLookup } from './guard.ts';
import { Turns } from './turns.ts';

export interface FetchOptions {
  /** From the last answer: the server may say that nothing has changed. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly accept?: string;
  /** Ask robots.txt first: for pages, which nobody offered to us; a feed is an offer. */
  readonly robots?: boolean;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** Expected outcomes are values: nothing here throws. */
export type Fetched =
  | {
      readonly kind: 'ok';
      /** Where the answer came from, after redirects. */
      readonly url: string;
      /** The address to use from now on, when every redirect said that it is permanent. */
      readonly movedTo?: string;
      readonly headers: Readonly<Record<string, string | undefined>>;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      /** In words for the owner of the source. */
      readonly reason: string;
      /** Asking again is no use: the page is gone, forbidden or of a kind we do not fetch. */
      readonly isPermanent: boolean;
      readonly retryAfterMs?: number;
    };

export interface Fetcher {
  get(address: string, options?: FetchOptions): Promise<Fetched>;
  close(): Promise<void>;
}

export interface FetcherOptions {
  /** `ALLOW_HOSTS`: names (with or without port) that may resolve to private addresses. */
  readonly allowHosts?: readonly string[];
  readonly userAgent?: string;
  /** From the first byte sent to the last byte read, all redirects together. */
  readonly deadlineMs?: number;
  /** Requests to one host at a time, and the pause between two pages of one host. */
  readonly perHost?: number;
  readonly pauseMs?: number;
  /** Requests at a time in all. */
  readonly inAll?: number;
}

const mostRedirects = 5;
/** RFC 9309, section 2.5: at least 500 kibibytes of robots.txt must be read. */
const robotsBytes = 512_000;
const robotsAgeMs = 12 * 3_600_000;

/** Opens a fetcher: one for the whole process, so that its limits hold for all. */
export function openFetcher(options: FetcherOptions = {}): Fetcher {
  const {
    allowHosts = [],
    userAgent = 'Pullquote/0.1 (news digest bot for Discord and Slack)',
    deadlineMs = 30_000,
    perHost = 2,
    pauseMs = 500,
    inAll = 16,
  } = options;
  const allowed = new Set(allowHosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''));
  let agents: ReturnType<typeof openAgents> | undefined;
  const queue = new Turns(perHost, inAll);
  const robots = new Map<string, { readonly until: number; readonly rules: Promise<Robots> }>();
  const pauses = new Map<string, number>();

  async function get(address: string, fetchOptions: FetchOptions = {}): Promise<Fetched> {
    const deadline = AbortSignal.any([
      AbortSignal.timeout(deadlineMs),
      ...(fetchOptions.signal ? [fetchOptions.signal] : []),
    ]);
    try {
      return await follow(address, fetchOptions, deadline);
    } catch (error) {
      return failed(reasonOf(error, deadlineMs));
    }
  }

  async function follow(address: string, fetchOptions: FetchOptions, deadline: AbortSignal): Promise<Fetched> {
    let at = address;
    let isPermanentMove = true;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const checked = checkedUrl(at, allowed);
      if (typeof checked === 'string')
        return failed(hop === 0 ? checked : `it redirects to ${at.slice(0, 200)}: ${checked}`, true);
      const { url } = checked;
      if (fetchOptions.robots) {
        const refusal = await robotsRefusal(url, deadline);
        if (refusal) return refusal;
      }
      const answer = await queue.take(url.host, deadline, fetchOptions.robots ? pauseMs : 0, () =>
        once(checked, fetchOptions, deadline),
      );
      if (answer.kind !== 'redirect') {
        const hasMoved = answer.kind === 'ok' && hop > 0 && isPermanentMove;
        return hasMoved ? { ...answer, movedTo: answer.url } : answer;
      }
      isPermanentMove &&= answer.isPermanent;
      at = URL.parse(answer.to, url.href)?.href ?? answer.to;
    }
    return failed(`it redirects more than ${mostRedirects} times`);
  }

  async function once(
    { url, isAllowed }: CheckedUrl,
    { etag, lastModified, accept, maxBytes = 10_000_000 }: FetchOptions,
    deadline: AbortSignal,
  ): Promise<Fetched | Redirect> {
    const pausedUntil = pauses.get(url.host) ?? 0;
    if (pausedUntil > Date.now())
      return failed(`${url.host} asked to be left alone for a while`, false, pausedUntil - Date.now());
    agents ??= openAgents(perHost);
    const { request, outward, anywhere } = await agents;
    const response = await request(url, {
      dispatcher: isAllowed ? anywhere : outward,
      signal: deadline,
      headers: {
        'user-agent': userAgent,
        accept: accept ?? '*/*',
        'accept-encoding': 'gzip, br',
        ...(etag && { 'if-none-match': etag }),
        ...(lastModified && { 'if-modified-since': lastModified }),
      },
    });
    const headers = flatHeaders(response.headers);
    const { statusCode: status } = response;
    if (status === 200 || status === 203) {
      const bytes = await bodyOf(response, headers, maxBytes);
      return bytes
        ? { kind: 'ok', url: url.href, headers, bytes }
        : failed(`larger than ${Math.round(maxBytes / 1e6)} MB`, false);
    }
    // What is left unread must not hold the connection; a long body is cut off.
    await response.body.dump({ limit: 65_536 }).catch(() => response.body.destroy());
    if (status === 304) return { kind: 'unchanged' };
    if ([301, 302, 303, 307, 308].includes(status) && headers.location)
      return { kind: 'redirect', to: headers.location, isPermanent: status === 301 || status === 308 };
    const retryAfterMs = retryAfter(headers['retry-after']);
    if (retryAfterMs !== undefined && (status === 429 || status === 503)) pause(url.host, retryAfterMs);
    return failed(statusReason(status), [401, 402, 403, 404, 410, 451].includes(status), retryAfterMs);
  }

  function pause(host: string, forMs: number): void {
    if (pauses.size > 1000) pauses.clear();
    pauses.set(host, Date.now() + forMs);
  }

  async function robotsRefusal(url: URL, deadline: AbortSignal): Promise<Fetched | undefined> {
    const known = robots.get(url.origin);
    const rules = known && known.until > Date.now() ? known.rules : askRobots(url.origin, deadline);
    const allowsUs = await rules;
    return allowsUs(url.href) ? undefined : failed(`robots.txt of ${url.host} asks bots to stay away from it`, true);
  }

  function askRobots(origin: string, deadline: AbortSignal): Promise<Robots> {
    if (robots.size > 1000) robots.clear();
    const rules = readRobots(origin, deadline);
    robots.set(origin, { until: Date.now() + robotsAgeMs, rules });
    // An outage must not lock a site out for half a day.
    rules.catch(() => robots.delete(origin));
    return rules;
  }

  /** RFC 9309: none (4xx) allows all; a server in trouble is not to be crawled. */
  async function readRobots(origin: string, deadline: AbortSignal): Promise<Robots> {
    const address = `${origin}/robots.txt`;
    const answer = await follow(address, { maxBytes: robotsBytes }, deadline);
    if (answer.kind === 'ok') {
      const rules = (robotsParser as unknown as (url: string, text: string) => Robot)(
        address,
        Buffer.from(answer.bytes).toString('utf8'),
      );
      return (url) => rules.isAllowed(url, userAgent) !== false;
    }
    if (answer.kind === 'failed' && !answer.isPermanent && !/answered 4\d\d|larger than/.test(answer.reason))
      throw new FetchError(`robots.txt: ${answer.reason}`);
    return () => true;
  }

  return {
    get,
    async close() {
      const open = await agents;
      await Promise.all([open?.outward.destroy(), open?.anywhere.destroy()]);
    },
  };
}

/** The client, loaded with the first request: a corpus of files needs none. */
async function openAgents(connections: number) {
  const { Agent, request } = await import('undici');
  const agentWith = (connect: { readonly lookup?: typeof guardedLookup }) =>
    new Agent({
      connect: { timeout: 10_000, ...connect },
      headersTimeout: 20_000,
      bodyTimeout: 15_000,
      keepAliveTimeout: 4_000,
      connections,
      maxHeaderSize: 65_536,
    });
  return { request, outward: agentWith({ lookup: guardedLookup }), anywhere: agentWith({}) };
}

type Robots = (url: string) => boolean;
/** The package's types describe a default export that its CommonJS file does not have. */
type Robot = { isAllowed(url: string, userAgent: string): boolean | undefined };

interface Redirect {
  readonly kind: 'redirect';
  readonly to: string;
  readonly isPermanent: boolean;
}

const failed = (reason: string, isPermanent = false, retryAfterMs?: number): Extract<Fetched, { kind: 'failed' }> => ({
  kind: 'failed',
  reason,
  isPermanent,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});
