import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { bylineOf, plainTitle } from '../../../src/corpus/feeds/feed.ts';
import { readFeedDocument } from '../../../src/corpus/feeds/feeds.ts';
import { feedDate } from '../../../src/corpus/text/feed-dates.ts';

const feed = (source: string | Uint8Array, url?: string) => {
  const read = readFeedDocument(source, url ? { url } : {});
  if (read.kind !== 'feed') throw new Error(read.kind === 'none' ? read.reason : 'a list');
  return read.feed;
};

it('reads RSS 2.0', () => {
  const read =
    feed(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Harbor Post</title><link>https://post.example/</link><ttl>60</ttl>
<item><title>Crews &amp;amp; council</title><guid isPermaLink="true">https://post.example/1</guid><pubDate>Tue, 03 Nov 2026 08:00:00 EST</pubDate><description>Short.</description><content:encoded><![CDATA[<p>Long &amp; whole.</p>]]></content:encoded><dc:creator>Ana Ruiz</dc:creator></item>
</channel></rss>`);
  expect(read).toMatchObject({ title: 'Harbor Post', link: 'https://post.example/', everyMinutes: 60 });
  expect(read.entries).toEqual([
    {
      title: 'Crews &amp; council',
      link: 'https://post.example/1',
      id: 'https://post.example/1',
      published: '2026-11-03T13:00:00.000Z',
      summary: 'Short.',
      content: '<p>Long &amp; whole.</p>',
      author: 'Ana Ruiz',
    },
  ]);
  expect(plainTitle(read.entries[0]?.title)).toBe('Crews & council');
});

it('reads the first five thousand entries of a feed that has no end', () => {
  const items = Array.from({ length: 50_000 }, (_, n) => `<item><title>Item ${n}</title><guid>${n}</guid></item>`);
  const { entries } = feed(`<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`);
  expect(entries).toHaveLength(5000);
  expect(entries.at(-1)).toMatchObject({ title: 'Item 4999' });
});

it('reads Atom with relative addresses, markup in place and an author of its own', () => {
  const read = feed(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/a/"><title type="html">Harbor &lt;b&gt;Post&lt;/b&gt;</title>
<entry><id>tag:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Crews <i>wait</i></div></title><link rel="self" href="x"/><link href="b/1"/><updated>2026-11-03T08:00:00+01:00</updated><author><name>Ana Ruiz</name><email>a@post.example</email></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>`,
    'https://elsewhere.example/feed',
  );
  expect(plainTitle(read.title)).toBe('Harbor Post');
  const [entry] = read.entries;
  expect(entry).toMatchObject({ link: 'https://post.example/a/b/1', updated: '2026-11-03T07:00:00.000Z' });
  expect(plainTitle(entry?.title)).toBe('Crews wait');
  expect(bylineOf(entry?.author)).toBe('Ana Ruiz');
  expect(entry?.content).toContain('<p>One.</p>');
});

it('reads RDF, whose items stand beside the channel', () => {
  const read = feed(
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel><item rdf:about="https://a.example/1"><title>One</title></item></rdf:RDF>',
  );
  expect(read.entries).toMatchObject([{ title: 'One', link: 'https://a.example/1' }]);
});

it('reads a JSON feed and skips the entries that are none', () => {
  const read = feed(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      items: [{ id: 1, url: '/x', content_text: 'Words.', authors: [{ name: 'Ana' }] }, 7],
    }),
    'https://a.example/feed.json',
  );
  expect(read.entries).toEqual([{ id: '1', link: 'https://a.example/x', content: 'Words.', author: 'Ana' }]);
});

it('reads a list of feeds', () => {
  expect(
    readFeedDocument(
      '<opml version="2.0"><head><title>Mine</title></head><body><outline text="News"><outline text="A" xmlUrl="https://a.example/f"/></outline></body></opml>',
    ),
  ).toEqual({
    kind: 'list',
    title: 'Mine',
    feeds: [{ title: 'A', url: 'https://a.example/f' }],
  });
});

it('reads encodings by mark, header and declaration', () => {
  const source = (name: string) =>
    `<?xml version="1.0" encoding="${name}"?><rss><channel><title>Crónica de la ciudad – “hoy”</title></channel></rss>`;
  for (const name of ['utf-8', 'windows-1252', 'utf-16le'])
    expect(
      feed(
        name === 'utf-16le'
          ? Buffer.concat([Buffer.from([255, 254]), iconv.encode(source(name), name)])
          : iconv.encode(source(name), name),
      ).title,
    ).toBe('Crónica de la ciudad – “hoy”');
  const koi = iconv.encode('<rss><channel><title>Новости города</title></channel></rss>', 'koi8-r');
  expect(readFeedDocument(koi, { headers: { 'content-type': 'text/xml; charset=koi8-r' } })).toMatchObject({
    feed: { title: 'Новости города' },
  });
});

it('reads what can be read of broken feeds', () => {
  expect(
    feed(
      'rubbish <rss><channel><title>A & B</title><item><title>One<title/><link>https://a.example/1</link></item><item><title>Two</title>',
    ).entries.length,
  ).toBeGreaterThan(0);
  expect(feed('<feed><entry><title>No namespace</title></entry></feed>').entries).toHaveLength(1);
});

it.each([
  ['nothing', '', 'empty'],
  ['words', 'hello', 'neither a feed nor a list of feeds'],
  ['a page', '<!doctype html><html><body>hi</body></html>', 'a web page, not a feed'],
  ['broken JSON', '{"items": [', 'begins like JSON, but is not'],
  ['other JSON', '{"a": 1}', 'JSON, but no JSON Feed: expected a list named items'],
])('says what %s is', (_name, source, reason) => {
  expect(readFeedDocument(source)).toEqual({ kind: 'none', reason });
});

it('is not harmed by entity bombs, deep nesting or a million items', () => {
  const began = process.cpuUsage();
  const lol = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  const bomb = feed(
    `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">${lol}<!ENTITY file SYSTEM "file:///etc/passwd">]><rss><channel><title>&l10;&file;</title></channel></rss>`,
  );
  expect(bomb.title).toBe('&l10;&file;');
  readFeedDocument(`<rss><channel>${'<a>'.repeat(300_000)}`);
  expect(feed(`<rss><channel>${'<item><title>x</title></item>'.repeat(300_000)}`).entries.length).toBeLessThanOrEqual(
    5000,
  );
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(8);
});

it('never throws, whatever comes', () => {
  const piece = fc.constantFrom(
    '<rss>',
    '<channel>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<![CDATA[',
    ']]>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '<link href="',
    '">',
    '&#x110000;',
    '&amp;',
    '<!--',
    '-->',
    '<?xml',
    'xml:base="http://[',
    '\u0000',
    '{',
    '"items":[',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void readFeedDocument(pieces.join(''))),
    { numRuns: 500 },
  );
});

it.each([
  ['Tue, 03 Nov 2026 08:00:00 +0100', '2026-11-03T07:00:00.000Z'],
  ['Tue, 3 Nov 26 08:00 PST', '2026-11-03T16:00:00.000Z'],
  ['Tuesday, November 3, 2026 - 3:07pm', '2026-11-03T15:07:00.000Z'],
  ['mar., 03 nov. 2026 08:00:00 +0000', '2026-11-03T08:00:00.000Z'],
  ['Di, 3 März 2026 08:00:00 GMT', '2026-03-03T08:00:00.000Z'],
  ['2026-11-03', '2026-11-03T00:00:00.000Z'],
  ['2026-11-03 08:00:00 +01:00', '2026-11-03T07:00:00.000Z'],
  ['2026-11', '2026-11-01T00:00:00.000Z'],
  ['1793692800', '2026-11-03T08:00:00.000Z'],
  ['11/30/26 21:55:58', '2026-11-30T21:55:58.000Z'],
  ['30.11.2026', '2026-11-30T00:00:00.000Z'],
  ['2026-11-03T25:00:00Z', undefined],
  ['2026-13-03', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('reads the date %j', (value, expected) => {
  expect(feedDate(value)).toBe(expected);
});
