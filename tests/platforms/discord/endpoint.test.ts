import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { INTERACTIONS_PATH, interactionsEndpoint } from '../../../src/platforms/discord/endpoint.ts';
import { createHttpServer, type HttpServer } from '../../../src/platforms/http.ts';

const keys = generateKeyPairSync('ed25519');
const publicKey = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('hex');
const NOW = new Date('2026-11-22T08:00:00.000Z');
const seconds = NOW.getTime() / 1000;

let server: HttpServer;
const handled: unknown[] = [];
afterEach(() => server.stop());

/** Sends a signed request and gives back status and body. */
async function post(
  body: string,
  changes: { timestamp?: string; signed?: string; key?: KeyObject; headers?: Record<string, string> } = {},
) {
  const { timestamp = String(seconds), key = keys.privateKey, headers = {} } = changes;
  const signed = changes.signed ?? timestamp + body;
  server = createHttpServer({ host: '127.0.0.1', port: 0 });
  handled.length = 0;
  const interactions = {
    async handle(payload: unknown, respond: (callback: { type: 1 }) => Promise<void>) {
      handled.push(payload);
      await respond({ type: 1 });
    },
    idle: async () => {},
  };
  const endpoint = interactionsEndpoint(publicKey, interactions, () => NOW);
  server.route('POST', INTERACTIONS_PATH, endpoint);
  await server.start();
  const send = () =>
    fetch(`http://127.0.0.1:${server.port}${INTERACTIONS_PATH}`, {
      method: 'POST',
      body,
      headers: {
        'x-signature-ed25519': sign(null, Buffer.from(signed), key).toString('hex'),
        'x-signature-timestamp': timestamp,
        ...headers,
      },
    });
  return { send, first: await send() };
}

const ping = JSON.stringify({ id: '1', type: 1 });

it('answers a ping that Discord signed', async () => {
  const { first } = await post(ping);
  expect([first.status, await first.json()]).toEqual([200, { type: 1 }]);
});

it.each([
  ['another key', { key: generateKeyPairSync('ed25519').privateKey }],
  ['a changed body', { signed: `${seconds}{"id":"2","type":1}` }],
  ['a changed time', { signed: `${seconds - 1}${ping}` }],
  ['a time long past', { timestamp: String(seconds - 301) }],
  ['a time to come', { timestamp: String(seconds + 301) }],
  ['no signature', { headers: { 'x-signature-ed25519': '' } }],
  ['a signature that is none', { headers: { 'x-signature-ed25519': 'zz'.repeat(64) } }],
  ['a time that is none', { timestamp: '1e9' }],
])('refuses %s', async (_what, changes) => {
  const { first } = await post(ping, changes);
  expect(first.status).toBe(401);
  expect(handled).toEqual([]);
});

it('runs a command once, however often the request is replayed', async () => {
  const { send, first } = await post(JSON.stringify({ id: '7', type: 2 }));
  expect([first.status, (await send()).status]).toEqual([200, 409]);
  expect(handled).toHaveLength(1);
});

it('refuses what is not JSON and what is too large', async () => {
  expect((await post('{')).first.status).toBe(400);
  await server.stop();
  expect((await post('x'.repeat(2 * 1024 * 1024))).first.status).toBe(413);
});
