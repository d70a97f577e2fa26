/**
 * The real poller and store among feeds that misbehave in every way we know, for some hours of its clock: is the bot up,
 * its memory flat, and are the good feeds on time?
 *
 *     node bench/feeds-hostile.ts [SECONDS] [OF EACH]        default 180 seconds, 4 of each kind
 *
 * The poller's clock runs twenty times as fast as ours, and its fetcher gives up after 1.5 s instead of 30: what is slow
 * is as slow as in life, and what costs processor time seems to cost twenty times as much. The feeds come from a process
 * of their own; each has an address of its own on this machine (127.0.x.y), so each is a host.
 *
 * Prints, as the clock goes on, what was asked and the memory; then how late the good feeds were, how each kind of
 * bad one ended, and the memory at its highest. Exit status 1 when a good feed was late by more than five minutes, an
 * entry of one was lost, or memory grew by more than 150 MB.
 */

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { openPoller } from '../src/corpus/sources.ts';
import { openFetcher } from '../src/corpus/web/fetch.ts';
import { sinkInto } from '../src/ingest.ts';
import { openSqlite } from '../src/store/sqlite.ts';

const seconds = Number(process.argv[2] ?? 180);
const ofEach = Number(process.argv[3] ?? 4);
const GOOD = 60;
const MINUTE = 60_000;
const SPEED = 20;

/** Both processes read the machine's clock; the poller's starts when it does. */
let began = Date.now();
const start = Date.UTC(2026, 10, 22, 8);
const clock = () => new Date(start + (Date.now() - began) * SPEED);

type Route = (response: ServerResponse, request: IncomingMessage) => unknown;

const chunk = Buffer.alloc(65_536, 97);
const pour = (response: ServerResponse, bytes = chunk) => {
  const more = () => {
    while (!response.destroyed && response.write(bytes));
  };
  response.on('drain', more);
  more();
};
const drip = (response: ServerResponse, words: string) => {
  const timer = setInterval(() => response.write(words), 100);
  response.on('close', () => clearInterval(timer));
};
const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbor Post</title>${items}</channel></rss>`;
const item = (n: number | string, words: string, link = `https://example.com/${n}`) =>
  `<item><title>Item ${n}</title><link>${link}</link><description><![CDATA[${words}]]></description></item>`;
const prose = (n: number | string) =>
  Array.from(
    { length: 8 },
    (_, i) =>
      `The council of Hallow heard report ${n} on Monday, and the crews who had waited outside the port since the start of week ${i} asked for a date, which nobody could give them. “We will look at number ${n},” said Ana Ruiz, the mayor.`,
  ).join('\n');
// Made by the process that sends them: the memory of the other is measured.
const zip = gzipSync(Buffer.alloc(process.send ? 200_000_000 : 0, 32));
const brotli = brotliCompressSync(Buffer.alloc(process.send ? 50_000_000 : 0, 32));
const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 10 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><rss version="2.0"><channel><title>&a10;</title></channel></rss>`;

let port = 0;
const bad: Readonly<Record<string, Route>> = {
  'answers 500': (response) => response.writeHead(500).end('oops'),
  'answers 304 unasked': (response) => response.writeHead(304).end(),
  'answers 404': (response) => response.writeHead(404).end(),
  '429, Retry-After an hour': (response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
  '503, Retry-After nonsense': (response) => response.writeHead(503, { 'retry-after': 'soon' }).end(),
  '500 with an endless body': (response) => pour(response.writeHead(500)),
  'redirects in a circle': (response, { url }) => response.writeHead(301, { location: url }).end(),
  'redirects to localhost by name': (response) =>
    response.writeHead(302, { location: `http://localhost:${port}/good` }).end(),
  'redirects to the cloud’s metadata': (response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  'redirects to a file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  'redirects to nonsense': (response) => response.writeHead(302, { location: 'http://[' }).end(),
  'says nothing': () => {},
  'drips its body': (response) => drip(response, '<'),
  'drips its headers': (_response, { socket }) => {
    const timer = setInterval(() => socket.write('x-a: b\r\n'), 100);
    socket.write('HTTP/1.1 200 OK\r\n');
    socket.on('close', () => clearInterval(timer));
    socket.on('error', () => {});
  },
  'endless headers': (_response, { socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const line = Buffer.from(`x-a: ${'b'.repeat(8000)}\r\n`);
    const more = () => {
      while (!socket.destroyed && socket.write(line));
    };
    socket.on('drain', more);
    socket.on('error', () => {});
    more();
  },
  'endless body': (response) => pour(response),
  'a body of 1 GB, announced': (response) => pour(response.writeHead(200, { 'content-length': '1000000000' })),
  'a body shorter than announced': (response) => {
    response.writeHead(200, { 'content-length': '100000' }).write(rss(item('cut', 'x')));
    setTimeout(() => response.destroy(), 20);
  },
  'gzip bomb': (response) => response.setHeader('content-encoding', 'gzip').end(zip),
  'brotli bomb': (response) => response.setHeader('content-encoding', 'br').end(brotli),
  'packed twice': (response) => response.setHeader('content-encoding', 'gzip, gzip').end(gzipSync(gzipSync('x'))),
  'not what its packing says': (response) => response.setHeader('content-encoding', 'gzip').end('plain'),
  'entity bomb': (response) => response.end(laughs),
  'tags without end': (response) => response.end(`<rss version="2.0"><channel>${'<a>'.repeat(500_000)}`),
  'attributes without end': (response) => response.end(`<rss ${'a="b" '.repeat(500_000)}><channel/></rss>`),
  'malformed XML': (response) => response.end('<rss><channel><item><title>Half</title><link>https://'),
  'JSON in deep brackets': (response) => response.end('['.repeat(1_000_000)),
  'a wrong encoding': (response) =>
    response
      .setHeader('content-type', 'text/xml; charset=utf-8')
      .end(iconv.encode(rss(item('k', 'Президент заявил, что страна не примет решений. '.repeat(40))), 'koi8-r')),
  'an unknown encoding': (response) =>
    response.setHeader('content-type', 'text/xml; charset=klingon').end(rss(item('u', 'x'))),
  'a picture': (response) =>
    response.setHeader('content-type', 'text/xml').end(Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\0', 'latin1')),
  'a login page': (response) =>
    response.setHeader('content-type', 'text/html').end('<html><form><input name=user></form></html>'),
  'fifty thousand entries': (response) => response.end(many),
  'one entry of nine megabytes': (response) => response.end(vast),
  'breaks off': (_response, { socket }) => socket.destroy(),
  'does not speak HTTP': (_response, { socket }) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  'teasers whose pages say nothing': (response, { headers, url }) =>
    url?.includes('page')
      ? undefined
      : url?.includes('robots')
        ? response.writeHead(404).end()
        : response.end(
            rss(
              Array.from({ length: 40 }, (_, i) => item(i, 'A teaser…', `http://${headers.host}/page/${i}`)).join(''),
            ),
          ),
  'changes with every look': (response, { headers, url }) =>
    url?.includes('robots')
      ? response.writeHead(404).end()
      : response.end(
          rss(
            Array.from({ length: 20 }, (_, i) =>
              item(i, `Seen ${Math.random()}…`, `http://${headers.host}/page/${i}`),
            ).join(''),
          ),
        ),
  'a list of lists of lists': (response, { headers }) =>
    response.end(
      `<opml version="2.0"><body>${Array.from({ length: 150 }, (_, i) => `<outline text="L" xmlUrl="http://${headers.host}/${i}${Math.random()}"/>`).join('')}</body></opml>`,
    ),
};
const many = rss(Array.from({ length: 50_000 }, (_, i) => item(`m${i}`, 'Short.')).join(''));
const vast = rss(item('vast', 'word '.repeat(1_800_000)));

const kinds = Object.keys(bad);
const hosts = Array.from(
  { length: GOOD + kinds.length * ofEach },
  (_, n) => `127.0.${Math.floor(n / 200) + 1}.${(n % 200) + 1}`,
);

if (process.send) serve();
else await poll();

/** The process of the feeds: tells its port, and at the end when each good feed was asked, in milliseconds of our clock. */
function serve(): void {
  const asked: number[][] = Array.from({ length: GOOD }, () => []);
  const server = createServer((request, response) => {
    response.on('error', () => {});
    const [, , high, low] = (request.headers.host ?? '').split(/[.:]/).map(Number);
    const n = ((high ?? 1) - 1) * 200 + (low ?? 1) - 1;
    if (n >= GOOD) return void bad[kinds[(n - GOOD) % kinds.length]!]!(response, request);
    const looks = asked[n]!.push(Date.now());
    // A new article at each look, the newest five in the feed.
    const newest = Array.from({ length: Math.min(5, looks) }, (_, i) => looks - 1 - i);
    response.end(rss(newest.map((look) => item(`${n}-${look}`, prose(`${n}-${look}`))).join('')));
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  server.listen(0, '0.0.0.0', () => {
    port = (server.address() as AddressInfo).port;
    process.send!(port);
  });
  process.on('message', () => process.send!(asked, undefined, undefined, () => process.exit()));
}

async function poll(): Promise<void> {
  const feeds = fork(import.meta.filename, process.argv.slice(2));
  const heard = () => new Promise<unknown>((done) => feeds.once('message', done));
  port = (await heard()) as number;
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-feeds-'));
  const store = await openSqlite(join(folder, 'pullquote.db'));
  const sink = sinkInto(store, clock);
  const faults: unknown[] = [];
  const fetcher = openFetcher({ allowHosts: hosts, deadlineMs: 1500, pauseMs: 10 });
  const poller = openPoller({
    store,
    fetcher,
    engine: sink.engine,
    save: sink.save,
    now: clock,
    tickMs: 250,
    fault: (error) => faults.push(error),
  });
  // Good ones are the operator's and of ten servers; the bad ones are of ten other servers.
  for (const [n, host] of hosts.entries())
    await store.addSource({
      tenant: n >= GOOD ? `discord:9${n % 10}` : n % 2 === 0 ? '' : `discord:${n % 10}`,
      kind: 'feed',
      address: `http://${host}:${port}/feed`,
      addedBy: 'u',
      addedAt: clock().toISOString(),
    });
  console.log(
    `${GOOD} good feeds, ${hosts.length - GOOD} bad ones of ${kinds.length} kinds; ${Math.round((seconds * SPEED) / 60)} minutes of the poller's clock`,
  );
  const memory: number[] = [];
  began = Date.now();
  await poller.start();
  for (let second = 1; second <= seconds; second += 1) {
    await new Promise((done) => setTimeout(done, 1000));
    memory.push(process.memoryUsage().rss);
    if (second % 15 === 0 || second === seconds)
      console.log(
        `minute ${String(Math.round((second * SPEED) / 60)).padStart(4)}  ${(await store.stats('')).articles} articles of the operator  RSS ${Math.round(memory.at(-1)! / 1e6)} MB`,
      );
  }
  await poller.stop();
  const answered = heard();
  feeds.send('done');
  const asked = ((await answered) as number[][]).map((times) => times.map((time) => start + (time - began) * SPEED));

  const late = [...asked.values()]
    .flatMap((times) => times.slice(1).map((at, i) => (at - times[i]!) / MINUTE - 22))
    .sort((a, b) => a - b);
  const first = asked.map(([at]) => ((at ?? Number.POSITIVE_INFINITY) - start) / MINUTE).sort((a, b) => a - b);
  const at = (all: readonly number[], share: number) =>
    all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Number.NaN;
  let lost = 0;
  for (const [n, times] of asked.entries())
    for (let i = 0; i < times.length - 1; i += 1) {
      const tenant = n % 2 === 0 ? '' : `discord:${n % 10}`;
      const [hit] = await store.searchArticles({ tenant, text: `${n}-${i}`, now: clock().toISOString(), limit: 1 });
      if (!hit) lost += 1;
    }
  const all = await store.sources();
  for (const [k, kind] of kinds.entries()) {
    const of = all.filter(({ address }) => {
      const n = hosts.indexOf(URL.parse(address)?.hostname ?? '');
      return n >= GOOD && (n - GOOD) % kinds.length === k;
    });
    const ends = [...new Set(of.map(({ state, reason }) => (state === 'ok' ? 'ok' : (reason ?? ''))))];
    console.log(
      `${kind.padEnd(36)} ${String(of.length).padStart(4)} sources  ${ends.slice(0, 2).join(' | ').slice(0, 110)}`,
    );
  }
  const settled = memory.slice(Math.min(30, memory.length - 1));
  const grown = (Math.max(...settled) - settled[0]!) / 1e6;
  console.log(
    `good feeds: first look after ${at(first, 0.5).toFixed(1)} min (latest ${at(first, 1).toFixed(1)}), then late by ${at(late, 0.5).toFixed(1)} min in the middle, ${at(late, 1).toFixed(1)} at most; ${lost} entries lost`,
  );
  console.log(
    `memory: ${Math.round(Math.max(...memory) / 1e6)} MB at most, grown by ${Math.round(grown)} MB after the first half minute; faults of ours: ${faults.length}`,
  );
  for (const fault of faults.slice(0, 3)) console.log(fault);
  process.exitCode = at(late, 1) > 5 || at(first, 1) > 10 || lost > 0 || grown > 150 || faults.length > 0 ? 1 : 0;
  await fetcher.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
