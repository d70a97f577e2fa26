import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressesOf } from '../../src/corpus/feeds/feed-lists.ts';
import { loadCorpus } from '../../src/corpus/load.ts';
import { previewSource } from '../../src/corpus/preview.ts';
import { openPoller, type Poller } from '../../src/corpus/sources.ts';
import { type Fetcher, openFetcher } from '../../src/corpus/web/fetch.ts';
import { sinkInto } from '../../src/ingest.ts';
import type { Article } from '../../src/model.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Provenance } from '../../src/store/store.ts';

/** The real store, with what was handed to it kept at hand. */
async function openShelf(folder: string) {
  const store = await openSqlite(join(folder, 'store.db'));
  const sink = sinkInto(store, () => clock);
  const articles = new Map<string, Article>();
  const originals = new Map<string, string>();
  let saves = 0;
  return {
    store,
    articles,
    originals,
    engine: sink.engine,
    saves: () => saves,
    all: () => store.sources(),
    save: async (article: Article, original: Uint8Array, provenance: Provenance) => {
      saves += 1;
      articles.set(article.id, article);
      originals.set(article.id, Buffer.from(original).toString());
      return sink.save(article, original, provenance);
    },
    titled: (title: string) => [...articles.values()].find((article) => article.title === title),
  };
}

let server: Server;
let base: string;
let fetcher: Fetcher;
let folder: string;
let shelf: Awaited<ReturnType<typeof openShelf>>;
let poller: Poller;
let clock: Date;
let told: string[];
let hits: string[];
let routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown>;

const prose = (about: string) =>
  Array.from(
    { length: 9 },
    (_, i) =>
      `The council heard ${about} for the ${i + 1}th time on Monday, and the crews who had waited outside the port since the start of the week asked for a date, which nobody could give them before the end of the year.`,
  );
const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbor Post</title>${head}${items}</channel></rss>`;
const item = (title: string, link: string, text: string) =>
  `<item><title>${title}</title><link>${link}</link><pubDate>Tue, 03 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[${text}]]></description></item>`;
const page = (title: string, paragraphs: readonly string[], head = '') =>
  `<!doctype html><html lang="en"><head><title>${title} | Harbor Post</title>${head}</head><body><nav><a href="/">Home</a> <a href="/x">Sport</a></nav><main><article><h1>${title}</h1><div class="article-body">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div></article></main><footer>Copyright Harbor Post</footer></body></html>`;
const html = (body: string) => (_request: IncomingMessage, response: ServerResponse) =>
  response.setHeader('content-type', 'text/html').end(body);

beforeEach(async () => {
  routes = { '/robots.txt': (_request, response) => response.writeHead(404).end() };
  hits = [];
  told = [];
  clock = new Date('2026-11-22T08:00:00Z');
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    const route = routes[request.url ?? ''];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
  shelf = await openShelf(folder);
  fetcher = openFetcher({ allowHosts: ['127.0.0.1'], deadlineMs: 3000, pauseMs: 0, perHost: 20 });
  poller = reopened();
});
/** As after a restart: nothing is remembered but what is stored. */
const reopened = (through = fetcher) =>
  openPoller({
    store: shelf.store,
    save: shelf.save,
    fetcher: through,
    engine: shelf.engine,
    now: () => clock,
    random: () => 0,
    failing: (source, reason) => told.push(`${source.address}: ${reason}`),
    fault: (error) => expect.fail(String(error)),
  });
afterEach(async () => {
  await poller.stop();
  await fetcher.close();
  await shelf.store.close();
  await rm(folder, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const add = (path: string, kind: 'feed' | 'page' = 'feed', tenant = 'discord:1') =>
  shelf.store.addSource({ tenant, kind, address: `${base}${path}`, addedBy: 'u1', addedAt: clock.toISOString() });
const later = (minutes: number) => {
  clock = new Date(clock.getTime() + minutes * 60_000);
};

it('takes whole entries as they are, and follows teasers to their page', async () => {
  const [whole, long] = [prose('the first story'), prose('the second story')];
  routes['/feed'] = (_request, response) =>
    response.end(
      rss(
        item('Whole', `${base}/1?utm_source=rss`, whole.map((text) => `<p>${text}</p>`).join('')) +
          item('Teaser', `${base}/2`, `${long[0]?.slice(0, 60)}…`),
      ),
    );
  routes['/2'] = html(page('Teaser', long, '<meta name="author" content="Ana Ruiz">'));
  await add('/feed');
  expect(await poller.checkDue()).toEqual({ sources: 1, added: 2, changed: 0, failed: 0 });
  const first = shelf.titled('Whole')!;
  expect(first).toMatchObject({
    tenant: 'discord:1',
    origin: `${base}/feed`,
    url: `${base}/1`,
    outlet: 'Harbor Post',
    date: { state: 'stated', at: '2026-11-03T08:00:00.000Z' },
  });
  expect(first.text).toBe(whole.join('\n'));
  expect(first.partialText).toBeUndefined();
  const second = shelf.titled('Teaser')!;
  expect(second.text).toBe(long.join('\n'));
  expect(second).toMatchObject({ byline: 'Ana Ruiz', language: 'en' });
  expect(shelf.originals.get(second.id)).toContain('<!doctype html>');
  expect(hits).not.toContain('/1?utm_source=rss');
  expect((await shelf.all())[0]).toMatchObject({ title: 'Harbor Post', state: 'ok', failures: 0 });
});

it('keeps the teaser and says so when the page is paid for, empty, forbidden or gone', async () => {
  const teaser = (n: number) => `${prose(`story ${n}`)[0]} More to follow…`;
  routes['/feed'] = (_request, response) =>
    response.end(rss([1, 2, 3, 4].map((n) => item(`T${n}`, `${base}/${n}`, teaser(n))).join('')));
  routes['/1'] = html(
    page(
      'T1',
      ['Subscribe to read this article.'],
      '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
    ),
  );
  routes['/2'] = html('<html><body></body></html>');
  routes['/robots.txt'] = (_request, response) => response.end('User-agent: *\nDisallow: /3');
  routes['/3'] = html(page('T3', prose('secrets')));
  await add('/feed');
  await poller.checkDue();
  for (const n of [1, 2, 3, 4]) {
    const article = shelf.titled(`T${n}`)!;
    expect(article.partialText).toBe(true);
    expect(article.text).toBe(teaser(n));
  }
  expect(hits).not.toContain('/3');
});

it('asks again with what the server needs to say "nothing new", and not before it is time', async () => {
  routes['/feed'] = (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.setHeader('etag', '"1"').end(rss(item('A', `${base}/a`, prose('a').join(' ')), '<ttl>60</ttl>'));
  };
  await add('/feed');
  await poller.checkDue();
  later(30);
  expect(await poller.checkDue()).toMatchObject({ sources: 0 });
  later(31);
  expect(await poller.checkDue()).toEqual({ sources: 1, added: 0, changed: 0, failed: 0 });
  expect(shelf.saves()).toBe(1);
  expect((await shelf.all())[0]).toMatchObject({ state: 'ok', checkedAt: clock.toISOString() });
});

it('notices an edited entry and takes the same article from two feeds once', async () => {
  let text = prose('a').join(' ');
  routes['/feed'] = (_request, response) => response.end(rss(item('A', `${base}/a`, text)));
  routes['/other'] = (_request, response) => response.end(rss(item('A', `${base}/a/?fbclid=1`, text)));
  await add('/feed');
  expect(await poller.checkDue()).toMatchObject({ added: 1, changed: 0 });
  await add('/other');
  expect(await poller.checkDue()).toMatchObject({ sources: 1, added: 0, changed: 0 });
  text += ' A correction was added on Tuesday.';
  later(30);
  expect(await poller.checkDue()).toMatchObject({ added: 0, changed: 1 });
});

it('notices a new headline over the same text, from the feed that brought it and from no other', async () => {
  const text = prose('a').join(' ');
  let title = 'A';
  routes['/feed'] = (_request, response) => response.end(rss(item(title, `${base}/a`, text)));
  routes['/other'] = (_request, response) => response.end(rss(item('A, elsewhere', `${base}/a`, text)));
  await add('/feed');
  await poller.checkDue();
  await add('/other');
  expect(await poller.checkDue()).toMatchObject({ sources: 1, added: 0, changed: 0 });
  title = 'A, corrected';
  later(30);
  expect(await poller.checkDue()).toMatchObject({ sources: 2, added: 0, changed: 1 });
  const restarted = reopened();
  later(30);
  const before = shelf.saves();
  expect(await restarted.checkDue()).toMatchObject({ sources: 2, added: 0, changed: 0 });
  await restarted.stop();
  expect(shelf.saves()).toBe(before);
  expect(
    (await shelf.store.coverage({ tenant: 'discord:1', now: clock.toISOString(), stories: 1 })).stories[0]?.story.label,
  ).toBe('A, corrected');
});

it('reads the page of a teaser again when its entry has changed, at most once an hour', async () => {
  let version = 1;
  routes['/feed'] = (_request, response) =>
    response.end(rss(item('T', `${base}/t`, `The council heard it. Version ${version}…`)));
  routes['/t'] = (request, response) =>
    html(page('T', [...prose('a'), `This is version ${version}.`]))(request, response);
  await add('/feed');
  await poller.checkDue();
  const asked = () => hits.filter((path) => path === '/t').length;
  expect(asked()).toBe(1);
  later(30);
  await poller.checkDue();
  version = 2;
  later(20);
  expect(await poller.checkDue()).toMatchObject({ sources: 1, changed: 0 });
  expect(asked()).toBe(1);
  later(30);
  expect(await poller.checkDue()).toMatchObject({ changed: 1 });
  expect(asked()).toBe(2);
  expect(shelf.titled('T')?.text).toContain('This is version 2.');
  const restarted = reopened();
  later(90);
  await restarted.checkDue();
  await restarted.stop();
  expect(asked()).toBe(2);
});

it('asks again for a page that could not be read just then', async () => {
  let works = false;
  routes['/feed'] = (_request, response) => response.end(rss(item('T', `${base}/t`, 'The council heard it…')));
  routes['/t'] = (request, response) => {
    if (works) html(page('T', prose('a')))(request, response);
    else response.writeHead(503).end();
  };
  await add('/feed');
  expect(await poller.checkDue()).toMatchObject({ added: 1 });
  expect(shelf.titled('T')?.partialText).toBe(true);
  works = true;
  later(30);
  expect(await poller.checkDue()).toMatchObject({ changed: 0 });
  later(40);
  expect(await poller.checkDue()).toMatchObject({ changed: 1 });
  expect(shelf.titled('T')?.partialText).toBeUndefined();
  later(90);
  hits = [];
  await poller.checkDue();
  expect(hits).toEqual(['/feed']);
});

it('asks a failing feed more and more rarely, shows why, tells its owner once, and is glad when it is back', async () => {
  routes['/feed'] = (_request, response) => response.writeHead(500).end();
  await add('/feed');
  const gaps: number[] = [];
  for (let i = 0; i < 8; i += 1) {
    await poller.checkDue();
    gaps.push((Date.parse((await shelf.all())[0]?.nextAt ?? '') - clock.getTime()) / 60_000);
    clock = new Date((await shelf.all())[0]?.nextAt ?? '');
  }
  expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 320, 640]);
  expect((await shelf.all())[0]).toMatchObject({ state: 'failing', failures: 8, reason: 'the server answered 500' });
  expect((await shelf.store.problems('discord:1', 5))[0]).toMatchObject({
    tenant: 'discord:1',
    reason: 'the server answered 500',
  });
  expect(told).toEqual([`${base}/feed: the server answered 500`]);
  routes['/feed'] = (_request, response) => response.end(rss(item('A', `${base}/a`, prose('a').join(' '))));
  expect(await poller.checkDue()).toMatchObject({ added: 1 });
  expect((await shelf.all())[0]).toMatchObject({ state: 'ok', failures: 0 });
  expect(await shelf.store.problems('discord:1', 5)).toEqual([]);
});

it('stays up among feeds that misbehave in every way, with the good ones on time and memory flat', async () => {
  const chunk = Buffer.alloc(65_536, 97);
  const bomb = gzipSync(Buffer.alloc(200_000_000));
  const port = new URL(base).port;
  Object.assign(routes, {
    '/good': (_r: IncomingMessage, response: ServerResponse) =>
      response.end(rss(item('Good', `${base}/g`, prose('good').join(' ')))),
    '/loop': (_r: IncomingMessage, response: ServerResponse) => response.writeHead(302, { location: '/loop' }).end(),
    '/inwards': (_r: IncomingMessage, response: ServerResponse) =>
      response.writeHead(302, { location: `http://localhost:${port}/good` }).end(),
    '/silent': () => {},
    '/drip': (_r: IncomingMessage, response: ServerResponse) => {
      const timer = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(timer));
    },
    '/endless': (_r: IncomingMessage, response: ServerResponse) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    },
    '/bomb': (_r: IncomingMessage, response: ServerResponse) =>
      response.setHeader('content-encoding', 'gzip').end(bomb),
    '/broken': (_r: IncomingMessage, response: ServerResponse) => response.end('<rss><channel><item><title>Half'),
    '/words': (_r: IncomingMessage, response: ServerResponse) => response.end('this is no feed'),
    '/reset': (request: IncomingMessage) => request.socket.destroy(),
    '/koi': (_r: IncomingMessage, response: ServerResponse) =>
      response
        .setHeader('content-type', 'text/xml; charset=utf-8')
        .end(
          iconv.encode(
            rss(
              item('Закон', `${base}/z`, 'Президент заявил, что страна не примет односторонних решений. '.repeat(30)),
            ),
            'koi8-r',
          ),
        ),
    '/latin': (_r: IncomingMessage, response: ServerResponse) =>
      response.end(
        iconv.encode(
          `<?xml version="1.0" encoding="utf-8"?>${rss(item('Café', `${base}/c`, prose('the café').join(' '))).slice(21)}`,
          'windows-1252',
        ),
      ),
  });
  const names = [
    '/loop',
    '/inwards',
    '/silent',
    '/drip',
    '/endless',
    '/bomb',
    '/broken',
    '/words',
    '/reset',
    '/koi',
    '/latin',
    '/good',
  ];
  for (const name of names) await add(name);
  const before = process.memoryUsage().rss;
  await poller.checkDue();
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  const states = Object.fromEntries(
    (await shelf.all()).map((source) => [
      source.address.replace(base, ''),
      source.state === 'ok' ? 'ok' : source.reason,
    ]),
  );
  expect(states).toEqual({
    '/loop': 'it redirects more than 5 times',
    '/inwards': 'localhost is at a private address',
    '/silent': 'it took longer than 3 seconds',
    '/drip': 'it took longer than 3 seconds',
    '/endless': 'larger than 10 MB',
    '/bomb': 'larger than 10 MB',
    '/broken': 'ok',
    '/words': 'neither a feed nor a list of feeds',
    '/reset': 'the server broke off the connection',
    '/koi': 'ok',
    '/latin': 'ok',
    '/good': 'ok',
  });
  expect(shelf.titled('Good')).toBeDefined();
  expect(shelf.titled('Café')).toBeDefined();
  expect(shelf.titled('Закон')).toMatchObject({ language: 'ru' });
});

it('lets a slow source hold up nobody', async () => {
  routes['/slow'] = () => {};
  routes['/good'] = (_request, response) => response.end(rss(item('Good', `${base}/g`, prose('good').join(' '))));
  await add('/slow');
  await add('/good');
  const began = performance.now();
  const checking = poller.checkDue();
  while (!shelf.titled('Good')) await new Promise((done) => setTimeout(done, 5));
  expect(performance.now() - began).toBeLessThan(2500);
  await checking;
});

it('makes every feed of a list a source, and an address of CORPUS a source of everyone', async () => {
  routes['/list'] = (_request, response) =>
    response.end(`<opml><body><outline text="A" xmlUrl="${base}/a"/><outline xmlUrl="javascript:x"/></body></opml>`);
  routes['/a'] = (_request, response) => response.end(rss(item('A', `${base}/1`, prose('a').join(' '))));
  await poller.start([`${base}/list`]);
  await poller.checkDue();
  await poller.checkDue();
  expect((await shelf.all()).map(({ tenant, address }) => [tenant, address.replace(base, '')])).toEqual([
    ['', '/list'],
    ['', '/a'],
  ]);
  expect(shelf.titled('A')).toMatchObject({ tenant: '' });
});

it('takes the feeds of a list on disk as addresses of CORPUS', async () => {
  const list = join(folder, 'feeds.opml');
  await writeFile(
    list,
    `<opml><body><outline text="Local"><outline text="A" xmlUrl="${base}/a"/><outline xmlUrl="file:///etc/passwd"/></outline></body></opml>`,
  );
  await writeFile(join(folder, 'broken.opml'), 'no list');
  const sink = sinkInto(shelf.store, () => clock);
  const entries = [list, join(folder, 'broken.opml'), `${base}/b`];
  expect(await addressesOf(entries, sink)).toEqual([`${base}/a`, `${base}/b`]);
  expect(await loadCorpus(entries, sink, { withdraw: true })).toMatchObject({ files: 0, problems: 0 });
  expect(await shelf.store.problems('', 5)).toMatchObject([
    { reason: 'expected a list of feeds (OPML), got something else' },
  ]);
});

it('takes 200 feeds of a list at most, however often it changes, and no list inside a list', async () => {
  let turn = 0;
  const list = (_request: IncomingMessage, response: ServerResponse) => {
    turn += 1;
    const feeds = Array.from({ length: 150 }, (_, i) => `<outline text="L" xmlUrl="${base}/inner?${turn}-${i}"/>`);
    response.end(`<opml><body>${feeds.join('')}</body></opml>`);
  };
  routes['/list'] = list;
  for (let i = 0; i < 150; i += 1) routes[`/inner?1-${i}`] = list;
  await add('/list');
  await poller.checkDue();
  later(25);
  await poller.checkDue();
  later(25);
  await poller.checkDue();
  expect(await shelf.all()).toHaveLength(201);
  const inner = (await shelf.all()).find(({ address }) => address.endsWith('?1-0'));
  expect(inner).toMatchObject({ state: 'failing', reason: 'a list of feeds inside a list of feeds is not followed' });
});

it('gives one host and one server a part of its places, so that the others have theirs', async () => {
  let hanging = 0;
  let most = 0;
  for (let i = 0; i < 30; i += 1)
    routes[`/slow${i}`] = (_request, response) => {
      hanging += 1;
      most = Math.max(most, hanging);
      response.on('close', () => {
        hanging -= 1;
      });
    };
  for (let i = 0; i < 30; i += 1) await add(`/slow${i}`, 'feed', `discord:${i % 3}`);
  const port = new URL(base).port;
  routes['/good'] = (_request, response) => response.end(rss(item('Good', `${base}/g`, prose('good').join(' '))));
  const other = openFetcher({ allowHosts: ['127.0.0.1', '127.0.0.2'], deadlineMs: 1000, pauseMs: 0, perHost: 20 });
  const busy = reopened(other);
  await shelf.store.addSource({
    tenant: 'discord:1',
    kind: 'feed',
    address: `http://127.0.0.2:${port}/good`,
    addedBy: 'u1',
    addedAt: clock.toISOString(),
  });
  const began = performance.now();
  await busy.start();
  while (!shelf.titled('Good')) await new Promise((done) => setTimeout(done, 5));
  // Thirty hang for a second each: behind all of them it would have been several.
  expect(performance.now() - began).toBeLessThan(2500);
  expect(most).toBeLessThanOrEqual(2);
  await busy.stop();
  await other.close();
});

it('asks a source whose answer cannot be dealt with more and more rarely too', async () => {
  routes['/feed'] = (_request, response) => response.end(rss(item('A', `${base}/a`, prose('a').join(' '))));
  await add('/feed');
  const faults: unknown[] = [];
  const broken = openPoller({
    store: shelf.store,
    save: () => Promise.reject(new Error('no room')),
    fetcher,
    engine: shelf.engine,
    now: () => clock,
    fault: (error) => faults.push(error),
  });
  await broken.checkDue();
  await broken.checkDue();
  expect(faults).toHaveLength(1);
  expect((await shelf.all())[0]).toMatchObject({ state: 'failing', failures: 1 });
});

it('does not take "nothing new" from a server that never sent anything', async () => {
  routes['/feed'] = (_request, response) => response.writeHead(304).end();
  await add('/feed');
  await poller.checkDue();
  expect((await shelf.all())[0]).toMatchObject({
    state: 'failing',
    reason: expect.stringContaining('never sent anything'),
  });
});

it('reads a page that was added by its address', async () => {
  routes['/story'] = html(page('A story', prose('a')));
  await add('/story', 'page');
  expect(await poller.checkDue()).toMatchObject({ added: 1 });
  expect(shelf.titled('A story')).toMatchObject({ url: `${base}/story`, outlet: '127.0.0.1' });
  later(7 * 60);
  expect(await poller.checkDue()).toMatchObject({ sources: 1, added: 0, changed: 0 });
});

it('uses the new address when a feed has moved for good', async () => {
  routes['/old'] = (_request, response) => response.writeHead(301, { location: '/new' }).end();
  routes['/new'] = (_request, response) => response.end(rss(item('A', `${base}/1`, prose('a').join(' '))));
  await add('/old');
  await poller.checkDue();
  later(30);
  hits = [];
  await poller.checkDue();
  expect(hits).toEqual(['/new']);
});

it('shows what is at an address before it is saved', async () => {
  routes['/feed'] = (_request, response) =>
    response.end(rss(item('A &amp; B', `${base}/1`, 'x') + item('C', `${base}/2`, 'y')));
  routes['/'] = html(
    `<html><head><title>Harbor Post</title><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Front</body></html>`,
  );
  routes['/story'] = html(
    page('A story', prose('a'), '<link rel="alternate" type="application/rss+xml" href="/feed">'),
  );
  routes['/words'] = (_request, response) => response.end('hello');
  const found = { kind: 'feed', address: `${base}/feed`, title: 'Harbor Post', entries: 2, newest: ['A & B', 'C'] };
  expect(await previewSource(`${base}/feed`, fetcher)).toEqual(found);
  expect(await previewSource(`${base}/`, fetcher)).toEqual(found);
  expect(await previewSource(`${base}/story`, fetcher)).toMatchObject({ kind: 'page', title: 'A story', entries: 1 });
  expect(await previewSource(`${base}/words`, fetcher)).toMatchObject({
    problem: expect.stringContaining('no article was found'),
  });
  expect(await previewSource(`${base}/gone`, fetcher)).toMatchObject({ problem: expect.stringContaining('404') });
  expect(await previewSource('nothing at all', fetcher)).toMatchObject({
    problem: expect.stringContaining('expected an address'),
  });
  expect(await previewSource('http://169.254.169.254/latest', fetcher)).toMatchObject({
    problem: '169.254.169.254 is a private address',
  });
  expect(await previewSource('/etc/passwd', fetcher)).toMatchObject({ problem: expect.any(String) });
});

it('stops at once in the middle of a check', async () => {
  routes['/slow'] = () => {};
  await add('/slow');
  await poller.start();
  const began = performance.now();
  await poller.stop();
  expect(performance.now() - began).toBeLessThan(500);
  expect((await shelf.all())[0]).toMatchObject({ failures: 0 });
});
