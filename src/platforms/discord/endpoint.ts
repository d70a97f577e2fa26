/** Interactions by HTTP instead of the gateway: `POST /discord/interactions`, each request signed by Discord. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import type { Interactions } from './interactions.ts';
import { type Callback, interactionType } from './wire.ts';

export const INTERACTIONS_PATH = '/discord/interactions';

/** A signed request is good for this long; the same one a second time is not. */
const FRESH_MS = 5 * 60_000;
/** Discord gives up after 3 s. */
const ANSWER_MS = 2900;

/** @param publicKey 64 hexadecimal digits, as the application's page shows them. */
export function interactionsEndpoint(
  publicKey: string,
  interactions: Interactions,
  now: () => Date,
): (request: HttpRequest) => Promise<HttpAnswer> {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  const seen = new Map<string, number>();

  return async (request) => {
    if (!isSigned(request, key, now())) return { status: 401, body: 'invalid request signature\n' };
    let payload: { readonly id?: unknown; readonly type?: unknown };
    try {
      payload = JSON.parse(request.body.toString('utf8'));
    } catch {
      return { status: 400, body: 'expected JSON\n' };
    }
    if (payload.type !== interactionType.ping && isRepeated(String(payload.id)))
      return { status: 409, body: 'seen before\n' };
    const callback = await firstAnswer(payload);
    if (callback === undefined) return { status: 500, body: 'no answer\n' };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(callback) };
  };

  /** The first answer is the HTTP response; the rest goes its own way after it. */
  function firstAnswer(payload: unknown): Promise<Callback | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
      const respond = async (callback: Callback) => {
        clearTimeout(timer);
        resolve(callback);
      };
      void interactions.handle(payload, respond).then(() => {
        clearTimeout(timer);
        resolve(undefined);
      });
    });
  }

  function isRepeated(id: string): boolean {
    const at = now().getTime();
    for (const [old, when] of seen) {
      if (at - when < 2 * FRESH_MS) break;
      seen.delete(old);
    }
    if (seen.has(id)) return true;
    seen.set(id, at);
    return false;
  }
}

function isSigned({ headers, body }: HttpRequest, key: KeyObject, now: Date): boolean {
  const signature = headers['x-signature-ed25519'];
  const timestamp = headers['x-signature-timestamp'];
  if (typeof signature !== 'string' || !/^[0-9a-f]{128}$/i.test(signature)) return false;
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > FRESH_MS) return false;
  return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}
