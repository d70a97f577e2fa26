import { appendFile, chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { corpusEntries } from '../../src/corpus/files/entries.ts';
import { loadCorpus, type Sink } from '../../src/corpus/load.ts';
import { watchCorpus } from '../../src/corpus/watch.ts';
import type { Article } from '../../src/model.ts';
import type { Provenance } from '../../src/store/store.ts';

/** A sink that keeps what it is given in memory, by the same rules as the store. */
class MemorySink implements Sink {
  readonly engine = 'test';
  readonly articles = new Map<string, Article>();
  readonly originals = new Map<string, string>();
  readonly problems = new Map<string, string>();
  readonly provenances = new Map<string, Provenance>();
  saves = 0;
  async state(id: string) {
    const stored = this.articles.get(id);
    return stored && { hash: stored.hash, engine: this.engine, ...this.provenances.get(id) };
  }
  async files({ after }: { after: string }) {
    const files = [...this.articles.keys()]
      .map((id) => this.provenances.get(id)?.file ?? '')
      .filter((file) => file > after);
    return [...new Set(files)].sort().map((file) => ({ file, articles: files.filter((one) => one === file).length }));
  }
  async articlesIn({ file }: { file: string }) {
    return { ids: [...this.articles.keys()].filter((id) => this.provenances.get(id)?.file === file) };
  }
  async save(article: Article, original: Uint8Array, provenance: Provenance) {
    this.saves += 1;
    this.provenances.set(article.id, provenance);
    const known = this.articles.has(article.id);
    this.articles.set(article.id, article);
    this.originals.set(article.id, Buffer.from(original).toString());
    return known ? ('changed' as const) : ('added' as const);
  }
  async withdraw(id: string) {
    this.articles.delete(id);
  }
  async problem(origin: string, reason: string) {
    this.problems.set(origin, reason);
  }
  async solved(origin: string) {
    this.problems.delete(origin);
  }
  async troubled() {
    return [...this.problems.keys()];
  }
  by(origin: string) {
    return [...this.articles.values()].find((article) => article.origin.endsWith(origin));
  }
  problemsBelow(folder: string) {
    return Object.fromEntries([...this.problems].map(([origin, reason]) => [origin.replace(`${folder}/`, ''), reason]));
  }
}

let folder: string;
const put = async (name: string, content: string | Uint8Array) => {
  await mkdir(join(folder, name, '..'), { recursive: true });
  await writeFile(join(folder, name), content);
};
const text = 'The harbor council met on Monday and heard the crews who had waited outside the port.';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('reads every format', async () => {
  await put('plain.txt', text);
  await put(
    'deep/er/note.md',
    `---\noutlet: Harbor Post\n---\n# Crews *heard*\n\nThe **council** met [on Monday](https://example.com)\nand heard the crews.\n\n> “We wait,” said Ana Ruiz.\n`,
  );
  await put(
    'one.json',
    JSON.stringify({
      Headline: 'One',
      Body: text,
      Published: '2026-11-03T08:00:00+01:00',
      Source: { name: 'Harbor Post' },
      Authors: [{ name: 'Ana Ruiz' }, { name: 'Ben Moe' }],
    }),
  );
  await put(
    'many.json',
    JSON.stringify({
      articles: [
        { title: 'A', text },
        { title: 'B', content: ['First line of it.', 'Second line of it.'] },
      ],
    }),
  );
  await put(
    'rows.jsonl',
    `${JSON.stringify({ id: 7, title: 'R', body_text: `<p>The council &amp; the crews.</p><p>They met.</p>` })}\n\n${JSON.stringify({ url: 'https://example.com/x?utm_source=feed', text })}\n`,
  );
  await put('packed.jsonl.gz', gzipSync(JSON.stringify({ title: 'P', text })));
  await put('table.csv', `title;text;date\n"C; one";"${text}";2026-11-02\nD;"Two ""quoted"" words\nover lines";\n`);
  await put(
    'feed.xml',
    `<rss version="2.0"><channel><title>Harbor Post</title><item><title>F</title><link>https://example.com/f</link><pubDate>Tue, 03 Nov 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item></channel></rss>`,
  );
  await put('README.md', '# Not an article');
  await put('.hidden.txt', text);
  const sink = new MemorySink();
  const done = await loadCorpus([folder], sink);
  expect(sink.problemsBelow(folder)).toEqual({});
  expect(done).toMatchObject({ files: 8, articles: 11, added: 11, problems: 0 });
  const note = sink.by('note.md')!;
  expect(note).toMatchObject({ title: 'Crews heard', outlet: 'Harbor Post' });
  expect(note.paragraphs.map(({ start, end }) => note.text.slice(start, end))).toEqual([
    'The council met on Monday and heard the crews.',
    '“We wait,” said Ana Ruiz.',
  ]);
  expect(sink.originals.get(note.id)).toContain('[on Monday](https://example.com)');
  expect(sink.by('one.json')).toMatchObject({
    title: 'One',
    outlet: 'Harbor Post',
    byline: 'Ana Ruiz, Ben Moe',
    date: { state: 'stated', at: '2026-11-03T07:00:00.000Z', precision: 'minute' },
  });
  expect(sink.by('many.json#2')!.paragraphs).toHaveLength(2);
  expect(sink.by('rows.jsonl#1')!.text).toBe('The council & the crews.\nThey met.');
  expect(sink.by('table.csv#2')).toMatchObject({ title: 'C; one', date: { state: 'stated', precision: 'day' } });
  expect(sink.by('feed.xml#1')).toMatchObject({
    title: 'F',
    outlet: 'Harbor Post',
    url: 'https://example.com/f',
    date: { at: '2026-11-03T08:00:00.000Z' },
  });
});

it('reads tables and JSON as programs export them', async () => {
  await put('excel.csv', `\uFEFFtitle;date;text\r\n"E ""one""";02.11.2026;"${text} E"\r\n`);
  await put('sep.csv', Buffer.from(`sep=;\r\ntitle;date;text\r\nCaf\u00e9;02.11.2026;"${text} S"\r\n`, 'latin1'));
  await put('wide.csv', Buffer.from(`\uFEFFtitle\tdate\ttext\r\nW\t2026-11-02\t${text} W\r\n`, 'utf16le'));
  await put(
    'lines.json',
    `${JSON.stringify({ title: 'L1', text: `${text} 1` })}\n${JSON.stringify({ title: 'L2', text: `${text} 2` })}\n`,
  );
  await put('mark.json', `\uFEFF${JSON.stringify({ title: 'M', text: `${text} M` })}`);
  await put(
    'saved.html',
    `<!doctype html>\n<!-- saved from url=(0027)https://example.com/story/1 -->\n<html><head><title>Saved</title></head><body><article><h1>Saved</h1>${`<p>${text} It waits.</p>`.repeat(6)}</article></body></html>`,
  );
  await put('wide.txt', Buffer.from(`${text} Wide.`, 'utf16le'));
  await put('western.txt', Buffer.from(`${text} \u0093We wait,\u0094 said Ana Ruiz.`, 'latin1'));
  const sink = new MemorySink();
  await loadCorpus([folder], sink);
  expect(sink.problemsBelow(folder)).toEqual({});
  expect([...sink.articles.values()].map(({ title }) => title ?? '').sort()).toEqual(
    ['', '', 'Café', 'E "one"', 'L1', 'L2', 'M', 'Saved', 'W'].sort(),
  );
  expect(sink.by('sep.csv#3')).toMatchObject({ date: { state: 'stated', at: '2026-11-02T00:00:00.000Z' } });
  expect(sink.by('saved.html')?.url).toBe('https://example.com/story/1');
  expect(sink.by('western.txt')?.text).toContain('“We wait,” said');
});

it('reads notes as their reader sees them', async () => {
  await put(
    'note.md',
    '---\ntags: [harbor]\n---\n# Port note\n\nSee [[People/Ana Ruiz|the mayor]] and [[Hallow]]. ![[photo.png]]\n\n> [!quote] Mayor\n> “We will wait,” said Ana Ruiz.\n\n- [ ] call Ben ^block1\n\n```dataview\nTABLE x\n```\n\n%% to check %%\n\nThe council met ==on Monday==.[^1]\n',
  );
  const sink = new MemorySink();
  await loadCorpus([folder], sink);
  const note = sink.by('note.md')!;
  expect(note.title).toBe('Port note');
  expect(note.paragraphs.map(({ start, end }) => note.text.slice(start, end))).toEqual([
    'See the mayor and Hallow.',
    'Mayor',
    '“We will wait,” said Ana Ruiz.',
    'call Ben',
    'The council met on Monday.',
  ]);
});

it('names files of other kinds with what to do instead, and passes over what programs leave behind', async () => {
  const others = {
    'a.pdf': /PDF document .* plain text/,
    'a.docx': /word processor .* plain text/,
    'a.xlsx': /spreadsheet .* CSV/,
    'a.eml': /e-mail .* save its text/,
    'a.mht': /save it as HTML/,
    'a.zip': /archive .* unpack/,
    'a.tar.gz': /archive .* unpack/,
    'a.txt.zst': /packed .* gzip/,
    'a.jpeg': /picture .* no text/,
    'a.url': /put its address into CORPUS/,
    'a.opml': /name this very file in CORPUS/,
    'a.js': /no article/,
    'sitemap.xml': /neither a feed .* export it/,
  };
  for (const name of Object.keys(others)) await put(name, name === 'sitemap.xml' ? '<urlset/>' : text);
  for (const name of [
    '.DS_Store',
    '~$a.docx',
    'a.txt~',
    'a.txt.swp',
    'b.crdownload',
    '__MACOSX/._a.txt',
    '.git/HEAD',
    'node_modules/a.txt',
  ])
    await put(name, text);
  await put('U.S. talks 2026.11.02', `${text} No kind in its name.`);
  const sink = new MemorySink();
  expect(await loadCorpus([folder], sink)).toMatchObject({ added: 1 });
  expect(Object.keys(sink.problemsBelow(folder)).sort()).toEqual(Object.keys(others).sort());
  for (const [name, reason] of Object.entries(others)) expect(sink.problemsBelow(folder)[name]).toMatch(reason);
});

it('names everything broken with its reason and loads the rest', async () => {
  await put('good.txt', text);
  await put('empty.txt', '');
  await put('binary.txt', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i) % 251)));
  await put('picture.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  await put('cut.txt', Buffer.from('All is well in the café').subarray(0, 23));
  await put('endless.txt', Buffer.alloc(50_000_000, 97));
  await put('broken.json', '{"text": "no end');
  await put(
    'rows.jsonl',
    `${JSON.stringify({ text })}\n{"text": \n${JSON.stringify({ title: 'no text' })}\n"words"\n${JSON.stringify({ text: `${text} Again.` })}\n`,
  );
  await put(
    'long.jsonl',
    Buffer.concat([
      Buffer.from(`${JSON.stringify({ text: `${text} Long.` })}\n`),
      Buffer.alloc(50_000_000, 97),
      Buffer.from(`\n${JSON.stringify({ text: `${text} After.` })}\n`),
    ]),
  );
  await put('half.jsonl.gz', gzipSync(JSON.stringify({ text })).subarray(0, 40));
  await put('columns.csv', 'a,b\n1,2\n');
  await symlink(join(folder, 'nowhere'), join(folder, 'link.txt'));
  await symlink(folder, join(folder, 'loop'));
  const sink = new MemorySink();
  const done = await loadCorpus([folder, join(folder, 'absent')], sink);
  expect(sink.problemsBelow(folder)).toEqual({
    'empty.txt': 'empty',
    'binary.txt': expect.stringMatching(/not text|not valid|could not be recognised/),
    'picture.txt': expect.stringContaining('a PNG image'),
    'cut.txt': expect.stringContaining('not valid UTF-8: byte 23'),
    'endless.txt': '50 MB, more than the 5 MB it may have',
    'broken.json': expect.stringContaining('not JSON'),
    'rows.jsonl#2': expect.stringContaining('not JSON'),
    'rows.jsonl#3': 'no text: expected a field named text, body or content, got title',
    'rows.jsonl#4': 'expected a record with a text, got a string',
    'long.jsonl#2': 'a line of more than 16 MB',
    'half.jsonl.gz': 'a gzip file that was cut off',
    'columns.csv#2': expect.stringContaining('got a, b'),
    'link.txt': 'a link that leads nowhere',
    absent: 'no such file or folder',
  });
  expect(done.added).toBe(5);
});

it.skipIf(process.getuid?.() === 0)('names a file it may not read', async () => {
  await put('secret.txt', text);
  await chmod(join(folder, 'secret.txt'), 0);
  const sink = new MemorySink();
  await loadCorpus([folder], sink);
  expect(sink.problemsBelow(folder)).toEqual({ 'secret.txt': 'no permission to read it' });
});

it('changes nothing when read again, and notices an edit as a new version', async () => {
  await put('a.txt', text);
  await put('b.txt', `${text} Again.`);
  await put('bad.json', '{');
  const sink = new MemorySink();
  await loadCorpus([folder], sink);
  expect(await loadCorpus([folder], sink)).toMatchObject({ added: 0, changed: 0, unchanged: 2, problems: 1 });
  expect(sink.saves).toBe(2);
  await put('a.txt', `${text} Nobody spoke for the governor.`);
  await put('bad.json', JSON.stringify({ text }));
  expect(await loadCorpus([folder], sink)).toMatchObject({ added: 1, changed: 1, unchanged: 1, problems: 0 });
  expect(sink.problems.size).toBe(0);
});

it('keeps one of two records with one address, so that no load undoes another', async () => {
  const rows = [1, 2].map((n) =>
    JSON.stringify({ url: `https://www.example.com/a/?utm_medium=${n}`, text: `${text} Copy ${n}.` }),
  );
  await put('a.jsonl', rows.join('\n'));
  const sink = new MemorySink();
  expect(await loadCorpus([folder], sink)).toMatchObject({ added: 1, repeated: 1 });
  expect(await loadCorpus([folder], sink)).toMatchObject({ unchanged: 1, changed: 0, repeated: 1 });
});

it('takes globs and commas, each file once', async () => {
  await put('x/2026-a.txt', text);
  await put('x/2025-b.txt', text);
  const sink = new MemorySink();
  const entries = corpusEntries(`${folder}/x/2026-*.txt, ${folder}/{x,y}/2026*`);
  expect(entries).toHaveLength(2);
  expect(await loadCorpus(entries, sink)).toMatchObject({ files: 1, added: 1, problems: 0 });
});

it('tells how much of all there is was read, packed files too', async () => {
  const rows = (about: string) =>
    Array.from({ length: 4000 }, (_, n) => JSON.stringify({ text: `${text} ${about} ${n}.` })).join('\n');
  await put('a.jsonl', rows('A'));
  await put('b.jsonl.gz', gzipSync(rows('B')));
  await put('c.txt', text);
  const shares: number[] = [];
  const sink = new MemorySink();
  const limits = { article: 5e6, page: 20e6, document: 100e6, record: 16e6 };
  await loadCorpus([folder], sink, {
    measure: true,
    limits,
    progress: ({ share }) => shares.push(share ?? Number.NaN),
  });
  expect(shares.at(-1)).toBe(1);
  expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
  expect(sink.articles.size).toBe(8001);
});

it('stops between two articles when asked, and goes on from there', async () => {
  for (let i = 0; i < 20; i += 1) await put(`${i}.txt`, `${text} Number ${i}.`);
  const sink = new MemorySink();
  const stop = new AbortController();
  const save = sink.save.bind(sink);
  sink.save = async (...args) => {
    if (sink.saves === 4) stop.abort();
    return save(...args);
  };
  await loadCorpus([folder], sink, { signal: stop.signal, parallel: 1 });
  expect(sink.articles.size).toBeLessThan(10);
  await loadCorpus([folder], sink);
  expect(sink.articles.size).toBe(20);
});

it('throws when the sink fails, after what is under way', async () => {
  await put('a.txt', text);
  const sink = new MemorySink();
  sink.save = () => Promise.reject(new Error('disk full'));
  await expect(loadCorpus([folder], sink)).rejects.toThrow(/could not save an article of .*a\.txt/);
});

it('notices new, edited, replaced and removed files within seconds', async () => {
  await put('old.txt', text);
  const sink = new MemorySink();
  await loadCorpus([folder], sink);
  const watch = watchCorpus([folder], sink, { quietMs: 60 });
  await watch.ready;
  const until = async (what: () => boolean) => {
    for (let i = 0; i < 200 && !what(); i += 1) await wait(25);
    expect(what()).toBe(true);
  };
  await put('new.txt', `${text} It is new.`);
  await until(() => sink.by('new.txt') !== undefined);
  await put('edit.tmp~', `${text} It was replaced.`);
  await rename(join(folder, 'edit.tmp~'), join(folder, 'new.txt'));
  await until(() => sink.by('new.txt')?.text.endsWith('replaced.') === true);
  await appendFile(join(folder, 'new.txt'), ' And grew.');
  await until(() => sink.by('new.txt')?.text.endsWith('grew.') === true);
  await put('bad.txt', '');
  await until(() => [...sink.problems.values()].includes('empty'));
  await rm(join(folder, 'old.txt'));
  await until(() => sink.by('old.txt') === undefined);
  await watch.close();
});
