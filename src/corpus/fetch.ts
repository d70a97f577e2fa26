/**
 * Fetching from the open web, politely and safely. Addresses come from strangers (`/sources add`, links in feeds), so a
 * request may reach public addresses only: checked on the very address that is connected to, for every redirect anew.
 */
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import ipaddr from 'ipaddr.js';
import robotsParser from 'robots-parser';
import { Agent, type Dispatcher, request } from 'undici';

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
const longestRetryAfterMs = 24 * 3_600_000;

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
  const agent = new Agent({
    connect: { lookup: guardedLookup((host) => allowed.has(host)), timeout: 10_000 },
    headersTimeout: 20_000,
    bodyTimeout: 15_000,
    keepAliveTimeout: 4_000,
    connections: perHost,
    maxHeaderSize: 65_536,
  });
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
      const url = checkedUrl(at, allowed);
      if (typeof url === 'string') return failed(hop === 0 ? url : `it redirects to ${at.slice(0, 200)}: ${url}`, true);
      if (fetchOptions.robots) {
        const refusal = await robotsRefusal(url, deadline);
        if (refusal) return refusal;
      }
      const answer = await queue.take(url.host, deadline, fetchOptions.robots ? pauseMs : 0, () =>
        once(url, fetchOptions, deadline),
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
    url: URL,
    { etag, lastModified, accept, maxBytes = 10_000_000 }: FetchOptions,
    deadline: AbortSignal,
  ): Promise<Fetched | Redirect> {
    const pausedUntil = pauses.get(url.host) ?? 0;
    if (pausedUntil > Date.now())
      return failed(`${url.host} asked to be left alone for a while`, false, pausedUntil - Date.now());
    const response = await request(url, {
      dispatcher: agent,
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
      await agent.destroy();
    },
  };
}

type Robots = (url: string) => boolean;
/** The package's types describe a default export that its CommonJS file does not have. */
type Robot = { isAllowed(url: string, userAgent: string): boolean | undefined };
interface Redirect {
  readonly kind: 'redirect';
  readonly to: string;
  readonly isPermanent: boolean;
}

/** Something that is known and can be said in words. */
class FetchError extends Error {
  override readonly name = 'FetchError';
}

const failed = (reason: string, isPermanent = false, retryAfterMs?: number): Extract<Fetched, { kind: 'failed' }> => ({
  kind: 'failed',
  reason,
  isPermanent,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

// ---------------------------------------------------------------- where to

/** A parsed address that may be asked, or why not. A host given as a number is checked here: it is never looked up. */
function checkedUrl(address: string, allowed: ReadonlySet<string>): URL | string {
  const url = URL.parse(address);
  if (!url) return 'not an address';
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `only http and https are fetched, not ${url.protocol.replace(':', '')}`;
  if (url.username !== '' || url.password !== '') return 'an address with a user name or password in it is not fetched';
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (allowed.has(url.hostname) || allowed.has(name) || allowed.has(url.host)) return url;
  if (ipaddr.isValid(name) && !isPublic(name)) return `${name} is a private address`;
  return url;
}

/** Public unicast, also behind IPv4-mapped IPv6. Everything else (private, loopback, link-local, carrier-grade, NAT64, 6to4 ...) is not. */
export function isPublic(address: string): boolean {
  try {
    return ipaddr.process(address.replace(/%.*$/, '')).range() === 'unicast';
  } catch {
    return false; // Not an address: nothing to connect to.
  }
}

/**
 * Resolves like `dns.lookup` and refuses when any answer is not public. The socket connects to what is returned here, so a
 * name that changes its answer between a check and the connection gains nothing.
 */
function guardedLookup(isAllowed: (host: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    const all: LookupOptions & { all: true } = { ...options, all: true };
    dnsLookup(host, all, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 4);
      const inner = isAllowed(host.toLowerCase()) ? undefined : addresses.find(({ address }) => !isPublic(address));
      const [first] = addresses;
      if (inner || !first)
        return callback(new FetchError(inner ? `${host} is at a private address` : `${host} has no address`), '', 4);
      return options.all
        ? (callback as unknown as (e: null, all: LookupAddress[]) => void)(null, addresses)
        : callback(null, first.address, first.family);
    });
  };
}

// ---------------------------------------------------------------- what comes back

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> {
  const flat: Record<string, string | undefined> = Object.create(null);
  for (const [name, value] of Object.entries(headers))
    flat[name.toLowerCase()] = Array.isArray(value) ? value[0] : value;
  return flat;
}

/** The decoded body, or undefined when it is larger than allowed: before decoding or after, whichever comes first. */
async function bodyOf(
  { body }: Dispatcher.ResponseData,
  headers: Readonly<Record<string, string | undefined>>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    body.destroy();
    return undefined;
  }
  const encodings = (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > 1) throw new FetchError(`packed more than once (${encodings.join(', ')})`);
  const decoder = encodings[0] === undefined ? undefined : decoderFor(encodings[0]);
  const stream: Readable = decoder ? body.on('error', (error: Error) => decoder.destroy(error)).pipe(decoder) : body;
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > maxBytes) return undefined;
      parts.push(part);
    }
  } finally {
    if (!body.readableEnded) body.on('error', () => {}).destroy();
  }
  return Buffer.concat(parts);
}

function decoderFor(encoding: string) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  if (encoding === 'deflate') return createInflate();
  throw new FetchError(`packed in a way that was not asked for (${encoding.slice(0, 30)})`);
}

function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(longestRetryAfterMs, Math.max(0, ms));
}

function statusReason(status: number): string {
  const meaning = {
    401: 'it wants a login',
    402: 'it wants payment',
    403: 'it does not let us in',
    404: 'there is nothing at this address',
    410: 'it is gone for good',
    429: 'it was asked too often',
    451: 'it is blocked for legal reasons',
  }[status];
  return `the server answered ${status}${meaning ? `: ${meaning}` : ''}`;
}

const faults: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be looked up',
  ECONNREFUSED: 'the server does not accept connections',
  ECONNRESET: 'the server broke off the connection',
  UND_ERR_SOCKET: 'the server broke off the connection',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the server did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'the server did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'the server did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'the server stopped sending',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too long',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not from a known authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function reasonOf(error: unknown, deadlineMs: number): string {
  const chain = [error, (error as { cause?: unknown }).cause].filter((one) => one instanceof Error);
  for (const one of chain) {
    if (one instanceof FetchError) return one.message;
    if (one.name === 'TimeoutError' || one.name === 'AbortError')
      return one.name === 'AbortError' ? 'stopped' : `it took longer than ${Math.round(deadlineMs / 100) / 10} seconds`;
    const { code = '' } = one as { code?: string };
    if (faults[code]) return faults[code];
    if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_'))
      return 'its packed body is damaged';
    if (code.startsWith('HPE_')) return 'it does not speak HTTP';
  }
  return `it could not be fetched (${error instanceof Error ? error.message.slice(0, 120) : String(error)})`;
}

// ---------------------------------------------------------------- taking turns

interface Lane {
  active: number;
  freeAt: number;
  readonly waiting: (() => void)[];
}

/** So many at a time for one host, so many in all, with a pause between two of one host where asked for. */
class Turns {
  private readonly lanes = new Map<string, Lane>();
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly perHost: number;
  private readonly inAll: number;
  constructor(perHost: number, inAll: number) {
    this.perHost = perHost;
    this.inAll = inAll;
  }

  async take<T>(host: string, signal: AbortSignal, pauseMs: number, run: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(host) ?? { active: 0, freeAt: 0, waiting: [] };
    this.lanes.set(host, lane);
    while (lane.active >= this.perHost) await turn(lane.waiting, signal);
    lane.active += 1;
    try {
      const rest = lane.freeAt - Date.now();
      lane.freeAt = Math.max(Date.now(), lane.freeAt) + pauseMs;
      if (pauseMs > 0 && rest > 0) await wait(rest, undefined, { signal });
      while (this.active >= this.inAll) await turn(this.waiting, signal);
      this.active += 1;
      try {
        return await run();
      } finally {
        this.active -= 1;
        this.waiting.shift()?.();
      }
    } finally {
      lane.active -= 1;
      lane.waiting.shift()?.();
      if (lane.active === 0 && lane.waiting.length === 0 && lane.freeAt < Date.now()) this.lanes.delete(host);
    }
  }
}

/** Waits to be called, or for the signal. Who gives up passes the call on. */
function turn(line: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    signal.throwIfAborted();
    const go = () => {
      signal.removeEventListener('abort', stop);
      done();
    };
    const stop = () => {
      const at = line.indexOf(go);
      if (at >= 0) line.splice(at, 1);
      fail(signal.reason);
    };
    line.push(go);
    signal.addEventListener('abort', stop, { once: true });
  });
}
