/**
 * Which addresses may be fetched. They come from strangers (`/sources add`, links in feeds), so a request may reach public
 * addresses only: checked on the very address that is connected to, for every redirect anew.
 */
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FetchError } from './answers.ts';

export interface CheckedUrl {
  readonly url: URL;
  /** Named by the operator: it may be at a private address. */
  readonly isAllowed: boolean;
}

/** A parsed address that may be asked, or why not. A host given as a number is checked here: it is never looked up. */
export function checkedUrl(address: string, allowed: ReadonlySet<string>): CheckedUrl | string {
  const url = URL.parse(address);
  if (!url) return 'not an address';
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `only http and https are fetched, not ${url.protocol.replace(':', '')}`;
  if (url.username !== '' || url.password !== '') return 'an address with a user name or password in it is not fetched';
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (allowed.has(url.hostname) || allowed.has(name) || allowed.has(url.host)) return { url, isAllowed: true };
  if (ipaddr.isValid(name) && !isPublic(name)) return `${name} is a private address`;
  return { url, isAllowed: false };
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
export const guardedLookup: LookupFunction = (host, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true };
  dnsLookup(host, all, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 4);
    const inner = addresses.find(({ address }) => !isPublic(address));
    const [first] = addresses;
    if (inner || !first)
      return callback(new FetchError(inner ? `${host} is at a private address` : `${host} has no address`), '', 4);
    return options.all
      ? (callback as unknown as (e: null, all: LookupAddress[]) => void)(null, addresses)
      : callback(null, first.address, first.family);
  });
};
