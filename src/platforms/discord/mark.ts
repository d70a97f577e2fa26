/**
 * How a posted page is found again.
 *
 * Discord does not give nonces back in a channel's history, but it keeps the `id` of every component. The page's
 * container carries a number made from the delivery's key: nobody sees it, and a process that lost its memory reads the
 * channel, looks at its own messages and knows which pages stand there. 31 bits, compared with a few hundred messages of
 * our own at most: a false match is one in four million. A page in the embed fallback, which has no container, shows a
 * short reference in its footer instead.
 */
import { createHash } from 'node:crypto';
import { limits } from './limits.ts';

/** A positive 32-bit integer, which is what Discord takes for a component's id; above those it gives out by itself. */
export function componentMark(key: string): number {
  return 1000 + (digest(key).readUInt32BE(0) % (0x7fffffff - 1000));
}

/** For the footer of an embed. */
export const footerMark = (key: string): string => `ref ${digest(key).toString('hex', 0, 6)}`;

/** Discord posts a nonce once within some minutes, however often it is sent. */
export const nonce = (key: string): string => digest(key).toString('base64url').slice(0, limits.nonce);

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();
