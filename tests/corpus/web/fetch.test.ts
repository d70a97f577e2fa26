import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Fetcher, openFetcher } from '../../../src/corpus/web/fetch.ts';
import { isPublic } from '../../../src/corpus/web/guard.ts';

let server: Server;
let base: string;
let port: number;
let answer: RequestListener;
let asked: { url: string; headers: NodeJS.Dict<string | string[]> }[] = [];
let fetcher: Fetcher;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
  fetcher = openFetcher({ allowHosts: ['127.0.0.1'], deadlineMs: 1500, pauseMs: 0 });
});
afterAll(async () => {
  await fetcher.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => response.end('hello');
});
const text = async (path: string) => {
  const got = await fetcher.get(`${base}${path}`);
  return got.kind === 'ok' ? Buffer.from(got.bytes).toString() : got.kind === 'failed' ? got.reason : got.kind;
};

it('says who it is and asks for packed answers', async () => {
  expect(await text('/')).toBe('hello');
  expect(asked[0]?.headers['user-agent']).toMatch(/^Pullquote\//);
  expect(asked[0]?.headers['accept-encoding']).toBe('gzip, br');
});

it.each([
  ['gzip', gzipSync('hello')],
  ['br', brotliCompressSync('hello')],
])('unpacks %s', async (encoding, body) => {
  answer = (_request, response) => response.setHeader('content-encoding', encoding).end(body);
  expect(await text('/')).toBe('hello');
});

it('passes on what the server needs to say that nothing changed', async () => {
  answer = (request, response) => {
    response.statusCode =
      request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] ? 304 : 200;
    response.end();
  };
  expect(await fetcher.get(base, { etag: '"v1"', lastModified: 'Tue, 03 Nov 2026 08:00:00 GMT' })).toEqual({
    kind: 'unchanged',
  });
});

it('follows redirects, and tells when they are for good', async () => {
  answer = (request, response) => {
    if (request.url === '/c') response.end('here');
    else response.writeHead(request.url === '/b' ? 308 : 301, { location: request.url === '/a' ? '/b' : 'c' }).end();
  };
  expect(await fetcher.get(`${base}/a`)).toMatchObject({ kind: 'ok', url: `${base}/c`, movedTo: `${base}/c` });
  answer = (request, response) =>
    request.url === '/c' ? response.end('here') : response.writeHead(302, { location: '/c' }).end();
  expect(await fetcher.get(`${base}/a`)).not.toHaveProperty('movedTo');
});

it('gives up on redirects that go in a circle', async () => {
  answer = (_request, response) => response.writeHead(302, { location: '/again' }).end();
  expect(await text('/')).toBe('it redirects more than 5 times');
});

it.each([
  ['another scheme', 'file:///etc/passwd', /only http and https are fetched, not file/],
  ['no address', 'example', /not an address/],
  ['a loopback address', 'http://127.0.0.2/', /private address/],
  ['a loopback address in other digits', 'http://2130706434/', /private address/],
  ['a loopback address in IPv6', 'http://[::1]/', /private address/],
  ['a mapped one', 'http://[::ffff:10.0.0.1]/', /private address/],
  ['cloud metadata', 'http://169.254.169.254/latest/meta-data', /private address/],
  ['a name that resolves inwards', 'http://localhost/', /private address/],
  ['a password', 'http://a:b@example.com/', /user name or password/],
])('refuses %s', async (_name, address, reason) => {
  expect(await fetcher.get(address)).toMatchObject({ kind: 'failed', reason: expect.stringMatching(reason) });
});

it('refuses a redirect inwards, by number and by name, without asking there', async () => {
  for (const inner of ['http://127.0.0.3/', `http://localhost:${port}/`, 'http://[fe80::1]/', 'gopher://x/']) {
    answer = (request, response) =>
      request.url === '/out' ? response.writeHead(302, { location: inner }).end() : response.end('secret');
    asked = [];
    expect(await text('/out')).toMatch(/private address|only http and https/);
    expect(asked).toHaveLength(1);
  }
});

it.each([
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.1.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1%eth0',
  'fd00::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'nonsense',
])('takes %s for no public address', (address) => expect(isPublic(address)).toBe(false));
it.each(['93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('takes %s for a public address', (address) =>
  expect(isPublic(address)).toBe(true),
);

it('stops at the limit: endless bodies, and small ones that unpack to large ones', async () => {
  answer = (_request, response) => {
    const chunk = Buffer.alloc(65_536, 97);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  };
  expect(await fetcher.get(base, { maxBytes: 1_000_000 })).toMatchObject({ reason: 'larger than 1 MB' });
  const bomb = gzipSync(Buffer.alloc(100_000_000));
  answer = (_request, response) => response.setHeader('content-encoding', 'gzip').end(bomb);
  const before = process.memoryUsage().rss;
  expect(await fetcher.get(base, { maxBytes: 1_000_000 })).toMatchObject({ reason: 'larger than 1 MB' });
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  answer = (_request, response) => response.setHeader('content-encoding', 'gzip').end('not gzip');
  expect(await text('/')).toBe('its packed body is damaged');
});

it('has a deadline for servers that are slow in any way', async () => {
  answer = () => {};
  expect(await text('/silent')).toBe('it took longer than 1.5 seconds');
  answer = (_request, response) => {
    const drip = setInterval(() => response.write('a'), 50);
    response.on('close', () => clearInterval(drip));
  };
  expect(await text('/drip')).toBe('it took longer than 1.5 seconds');
});

it('gives up on endless headers, on what is no HTTP and on a body that breaks off', async () => {
  answer = (_request, { socket }) => {
    socket?.write('HTTP/1.1 200 OK\r\n');
    const more = () => {
      while (socket && !socket.destroyed && socket.write(`x-a: ${'b'.repeat(8000)}\r\n`));
    };
    socket?.on('drain', more);
    socket?.on('error', () => {});
    more();
  };
  expect(await text('/')).toBe('its headers are too long');
  answer = (_request, { socket }) => void socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
  expect(await text('/')).toBe('it does not speak HTTP');
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half');
    setTimeout(() => response.destroy(), 20);
  };
  expect(await text('/')).toBe('the server broke off the connection');
  answer = (_request, response) => response.setHeader('content-encoding', 'gzip, gzip').end('x');
  expect(await text('/')).toContain('packed more than once');
});

it('tells what the server said, and minds Retry-After for the whole host', async () => {
  answer = (_request, response) => response.writeHead(404).end();
  expect(await fetcher.get(`${base}/x`)).toMatchObject({ isPermanent: true, reason: expect.stringContaining('404') });
  const own = openFetcher({ allowHosts: [`127.0.0.1:${port}`] });
  answer = (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end();
  expect(await own.get(base)).toMatchObject({ retryAfterMs: 120_000, isPermanent: false });
  asked = [];
  expect(await own.get(`${base}/other`)).toMatchObject({ reason: expect.stringContaining('asked to be left alone') });
  expect(asked).toHaveLength(0);
  await own.close();
});

it('asks robots.txt before pages, once', async () => {
  const own = openFetcher({ allowHosts: ['127.0.0.1'], pauseMs: 0 });
  answer = (request, response) =>
    response.end(request.url === '/robots.txt' ? 'User-agent: Pullquote\nDisallow: /private' : 'page');
  expect(await own.get(`${base}/open`, { robots: true })).toMatchObject({ kind: 'ok' });
  expect(await own.get(`${base}/private/x`, { robots: true })).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('robots.txt'),
  });
  expect(asked.map(({ url }) => url)).toEqual(['/robots.txt', '/open']);
  await own.close();
  const other = openFetcher({ allowHosts: ['127.0.0.1'], pauseMs: 0 });
  answer = (request, response) =>
    request.url === '/robots.txt' ? response.writeHead(404).end() : response.end('page');
  expect(await other.get(`${base}/private/x`, { robots: true })).toMatchObject({ kind: 'ok' });
  await other.close();
});

it('keeps to two requests a host at a time, and one slow host does not hold up another', async () => {
  let active = 0;
  let most = 0;
  answer = async (_request, response) => {
    active += 1;
    most = Math.max(most, active);
    await wait(20);
    active -= 1;
    response.end('x');
  };
  await Promise.all(Array.from({ length: 12 }, (_, i) => fetcher.get(`${base}/${i}`)));
  expect(asked).toHaveLength(12);
  expect(most).toBe(2);
});
