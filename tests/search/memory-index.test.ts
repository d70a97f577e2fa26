import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryIndex } from '../../src/search/memory-index.ts';
import { searchStream } from '../../src/search/search-stream.ts';
import { slips, splits } from '../../src/search/slips.ts';

const documents = [
  {
    id: 'ferry',
    title: 'Ferry sinks off Harrow',
    text: 'A ferry sank off Harrow on Monday. All 212 people aboard were saved.',
  },
  {
    id: 'tax',
    title: 'Fuel tax passes',
    text: 'The senate passed a fuel tax. Farmers fear that higher taxes will ruin them.',
  },
  { id: 'harbor', title: 'Harbour toll', text: 'Harrow raises the toll of its harbor. The ferry company objects.' },
  { id: 7, title: null, text: 'Café owners in Zürich ask for lower rents.' },
];

describe('MemoryIndex', () => {
  const index = new MemoryIndex();
  for (const { title, text } of documents) index.add(title ?? '', text);
  const ids = (typed: string) => index.search(typed, 10).map(({ article }) => documents[article]!.id);

  it('puts the article with all words first', () => {
    expect(ids('ferry harrow saved')).toEqual(['ferry', 'harbor']);
  });

  it('finds other forms of a word, the very form first', () => {
    expect(ids('farmer')).toEqual(['tax']);
    expect(ids('sinking ferries')[0]).toBe('ferry');
  });

  it('prefers the article that says every word much more than others do', () => {
    const many = new MemoryIndex();
    const filler = 'The council met again and spoke of roads, schools, taxes and the weather of the week. ';
    many.add('', `${filler.repeat(6)}A strike was named once. Ferries ran. Ferries ran late. Ferries ran full.`);
    const meant = many.add('', `${filler}The ferry strike began. Crews on strike hold the ferry in the harbour.`);
    for (let i = 0; i < 8; i++) many.add('', `${filler}A strike at the mill went on for ${i} weeks.`);
    expect(many.search('ferry strike', 1)[0]?.article).toBe(meant);
    expect(many.search('fery strike', 1)[0]?.article).toBe(meant);
  });

  it.each(['fery harrow', 'ferrry harrow', 'ferty harrow', 'feryr harrow'])('reads %s as ferry harrow', (typed) => {
    expect(ids(typed)).toEqual(ids('ferry harrow'));
  });

  it('finds accented words typed without accents', () => {
    expect(ids('zurich cafe')).toEqual([7]);
  });

  it('answers marks, operators and nothing with nothing', () => {
    for (const typed of ['', '"', '* OR (', '🦆', 'xylophone', '\u0000'.repeat(5000)]) expect(ids(typed)).toEqual([]);
    expect(new MemoryIndex().search('ferry', 10)).toEqual([]);
  });

  it('keeps to the limit', () => {
    expect(index.search('harrow', 1)).toHaveLength(1);
  });
});

describe('slips', () => {
  it.each([
    ['catrel', 'cartel', 1],
    ['cartl', 'cartel', 1],
    ['carrtel', 'cartel', 1],
    ['cartal', 'cartel', 1],
    ['artel', 'cartel', 1],
    ['tarrifs', 'tariffs', 2],
    ['ожин', 'один', 1],
    ['cartel', 'cartel', undefined],
    ['cartel', 'carting', undefined],
    ['b52', 'b53', undefined],
    ['us', 'as', undefined],
  ])('reads %s as %s: slips %s', (typed, meant, edits) => {
    expect(slips(typed).get(meant)).toBe(edits);
  });

  it('stays small for the longest word there is', () => {
    expect(slips('x'.repeat(24)).size).toBeLessThan(2000);
    expect(slips('x'.repeat(25)).size).toBe(0);
  });

  it('takes words apart that were run together', () => {
    expect(splits('healthcare')).toContainEqual(['health', 'care']);
    expect(splits('fifth')).toEqual([]);
  });
});

describe('searchStream', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pullquote-search-'));
    const lines = `${documents.map((document) => JSON.stringify(document)).join('\n')}\nnot json\n`;
    await writeFile(join(folder, 'docs.jsonl'), lines);
    await writeFile(join(folder, 'docs.gz'), gzipSync(lines));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['docs.jsonl', 'docs.gz'])('answers queries over %s in order, and names the bad lines', async (file) => {
    let printed = '';
    const output = new Writable({
      write(chunk, _encoding, done) {
        printed += chunk;
        done();
      },
    });
    const log: string[] = [];
    const queries = Readable.from(['{"qid":1,"query":"fuel tax"}\n{"qid":"b","query":""}\n']);
    const status = await searchStream({ docs: join(folder, file), limit: 5 }, queries, output, (line) =>
      log.push(line),
    );
    const answers = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject([
      { qid: 1, ranked: ['tax'], ms: expect.any(Number) },
      { qid: 'b', ranked: [] },
    ]);
    expect(status).toBe(1);
    expect(log.join()).toContain('line 5: not JSON');
  });

  it('says that a file is missing', async () => {
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    await expect(searchStream({ docs: join(folder, 'none') }, Readable.from([]), sink)).rejects.toThrow('ENOENT');
  });
});
