import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from '../../src/platforms/http.ts';

let server: HttpServer;
afterEach(() => server.stop());

async function started(): Promise<string> {
  const problems: string[] = [];
  server = createHttpServer({ host: '127.0.0.1', port: 0, log: (problem) => problems.push(problem) });
  server.route('GET', '/healthz', () => ({ status: 200, body: 'ok\n' }));
  server.route('POST', '/echo', ({ body, query, headers }) => ({
    status: 200,
    body: `${headers['x-who']} ${query.get('a')} ${body.toString()}`,
  }));
  server.route('GET', '/fault', () => {
    throw new Error('no');
  });
  server.raw('GET', '/raw', (_request, response) => response.end('raw'));
  await server.start();
  return `http://127.0.0.1:${server.port}`;
}

it('answers by method and path', async () => {
  const base = await started();
  const get = async (path: string, options?: RequestInit) => {
    const response = await fetch(base + path, options);
    return [response.status, await response.text()];
  };
  expect(await get('/healthz?x=1')).toEqual([200, 'ok\n']);
  expect(await get('/echo?a=1', { method: 'POST', body: 'hi', headers: { 'x-who': 'me' } })).toEqual([200, 'me 1 hi']);
  expect(await get('/echo')).toEqual([404, 'not found\n']);
  expect(await get('/raw')).toEqual([200, 'raw']);
  expect(await get('/fault')).toEqual([500, 'internal error\n']);
});

it('outlives targets that are no addresses, and requests that are no requests', async () => {
  const base = await started();
  for (const line of ['GET // HTTP/1.1', 'GET http://[ HTTP/1.1', 'GET \\ HTTP/1.1', 'nonsense'])
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.end(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`),
      );
      socket.resume().on('close', () => resolve());
      socket.on('error', () => resolve());
    });
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
});

it('refuses a body over the limit', async () => {
  const base = await started();
  const response = await fetch(`${base}/echo`, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) });
  expect(response.status).toBe(413);
});
