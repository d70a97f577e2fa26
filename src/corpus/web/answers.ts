/** What comes back from a server: its body within bounds, and what went wrong in words. */
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';

/** Something that is known and can be said in words. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
}

const longestRetryAfterMs = 24 * 3_600_000;

export function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> {
  const flat: Record<string, string | undefined> = Object.create(null);
  for (const [name, value] of Object.entries(headers))
    flat[name.toLowerCase()] = Array.isArray(value) ? value[0] : value;
  return flat;
}

/** The decoded body, or undefined when it is larger than allowed: before decoding or after, whichever comes first. */
export async function bodyOf(
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

export function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(longestRetryAfterMs, Math.max(0, ms));
}

export function statusReason(status: number): string {
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

export function reasonOf(error: unknown, deadlineMs: number): string {
  const chain = [error, (error as { cause?: unknown }).cause].filter((one) => one instanceof Error);
  for (const one of chain) {
    if (one instanceof FetchError) return one.message;
    if (one.name === 'TimeoutError' || one.name === 'AbortError')
      return one.name === 'AbortError' ? 'stopped' : `it took longer than ${Math.round(deadlineMs / 100) / 10} seconds`;
    const { code = '' } = one as { code?: string };
    if (faults[code]) return faults[code];
    if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_'))
      return 'its packed body is damaged';
    if (code.startsWith('HPE_') || one.name === 'HTTPParserError') return 'it does not speak HTTP';
  }
  return `it could not be fetched (${error instanceof Error ? error.message.slice(0, 120) : String(error)})`;
}
