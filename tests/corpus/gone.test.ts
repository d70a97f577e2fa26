import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { loadCorpus, type Sink } from '../../src/corpus/load.ts';
import { watchCorpus } from '../../src/corpus/watch.ts';
import { openCorpus, sinkInto } from '../../src/ingest.ts';
import { createLog } from '../../src/log.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

let folder: string;
let store: Store;
let sink: Sink;
let saves: number;
let clock: Date;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gone-'));
  store = await openSqlite(join(folder, 'store.db'));
  clock = new Date('2026-11-22T08:00:00Z');
  saves = 0;
  const real = sinkInto(store, () => clock);
  sink = {
    ...real,
    save: (...given) => {
      saves += 1;
      return real.save(...given);
    },
  };
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const PATIENT = { timeout: 30_000, interval: 50 };
const news = () => join(folder, 'news');
const put = async (name: string, content: string) => {
  await mkdir(join(news(), name, '..'), { recursive: true });
  await writeFile(join(news(), name), content);
};
const text = (about: string) =>
  `The harbor council met on Monday about ${about}. “The ${about} of this town have waited,” said Ana Ruiz, the mayor.`;
const rows = (...all: { url?: string; title?: string; date?: string; text: string }[]) =>
  all.map((row) => JSON.stringify(row)).join('\n');
const load = (...entries: string[]) =>
  loadCorpus(entries.length > 0 ? entries : [news()], sink, { withdraw: true, now: () => clock });
const titles = async () =>
  (await store.searchArticles({ tenant: '', text: 'council', now: clock.toISOString(), limit: 50 }))
    .map(({ article }) => article.title ?? article.origin.replace(`${news()}/`, ''))
    .sort();
const problems = async () =>
  Object.fromEntries(
    (await store.problems('', 50)).map(({ origin, reason }) => [origin.replace(news(), 'news'), reason]),
  );

it('notices an edited headline, date, byline or address, and keeps the receipts', async () => {
  const row = { url: 'https://example.com/1', title: 'Council meets', date: '2026-11-03', text: text('cranes') };
  await put('rows.jsonl', rows(row));
  await load();
  const [quote] = (await store.findQuotes({ tenant: '', speaker: 'Ruiz', limit: 1 })).items;
  expect(quote?.article).toMatchObject({ title: 'Council meets', date: { at: '2026-11-03T00:00:00.000Z' } });
  expect(await load()).toMatchObject({ changed: 0, unchanged: 1 });
  expect(saves).toBe(1);
  clock = new Date('2026-11-23T08:00:00Z');
  await put('rows.jsonl', rows({ ...row, title: 'Council meets at last', date: '2026-10-01' }));
  expect(await load()).toMatchObject({ changed: 1, unchanged: 0, withdrawn: 0 });
  expect(await store.quote(quote!.receipt.id, '')).toMatchObject({
    receipt: quote!.receipt,
    text: quote!.text,
    article: { title: 'Council meets at last', date: { at: '2026-10-01T00:00:00.000Z' } },
  });
  expect((await store.quote(quote!.receipt.id, ''))?.standing).toBeUndefined();
  expect(await titles()).toEqual(['Council meets at last']);
  expect(await load()).toMatchObject({ changed: 0, unchanged: 1 });
});

it('orders a corrected date by its new day, and leaves an undated article where it was', async () => {
  await put(
    'rows.jsonl',
    rows(
      { url: 'https://example.com/1', title: 'A', date: '2026-12-31', text: text('cranes') },
      { url: 'https://example.com/2', title: 'B', date: '2026-11-20', text: text('ferries') },
      { url: 'https://example.com/3', title: 'C', text: text('trams') },
    ),
  );
  await load();
  clock = new Date('2027-01-10T08:00:00Z');
  await put(
    'rows.jsonl',
    rows(
      { url: 'https://example.com/1', title: 'A', date: '2026-01-31', text: text('cranes') },
      { url: 'https://example.com/2', title: 'B', date: '2026-11-20', text: text('ferries') },
      { url: 'https://example.com/3', title: 'C, retold', text: text('trams') },
    ),
  );
  expect(await load()).toMatchObject({ changed: 2, unchanged: 1 });
  const { items } = await store.findQuotes({ tenant: '', speaker: 'Ruiz', limit: 9 });
  expect(items.map(({ article }) => article.title)).toEqual(['C, retold', 'B', 'A']);
  expect(items[0]?.article.readAt).toBe('2026-11-22T08:00:00.000Z');
});

it('withdraws files and records that went while nobody looked, and brings them back', async () => {
  await put('a.txt', text('cranes'));
  await put('b.txt', text('ferries'));
  const [one, two] = [1, 2].map((n) => ({ url: `https://example.com/${n}`, title: `R${n}`, text: text(`tram ${n}`) }));
  await put('rows.jsonl', rows(one!, two!));
  await load();
  const [quote] = (await store.findQuotes({ tenant: '', topic: 'cranes', limit: 1 })).items;
  await rm(join(news(), 'a.txt'));
  await put('rows.jsonl', rows(two!));
  expect(await load()).toMatchObject({ withdrawn: 2, added: 0, changed: 0, unchanged: 2, problems: 0 });
  expect(await titles()).toEqual(['R2', 'b.txt']);
  expect((await store.quote(quote!.receipt.id, ''))?.standing).toBe('withdrawn');
  await put('a.txt', text('cranes'));
  expect(await load()).toMatchObject({ withdrawn: 0, added: 1, unchanged: 2 });
  expect((await store.quote(quote!.receipt.id, ''))?.standing).toBeUndefined();
});

it('takes nothing out of answers when asked to add only, or for files of other entries', async () => {
  await put('in/a.txt', text('cranes'));
  await put('in/b.txt', text('ferries'));
  await put('other/c.txt', text('trams'));
  await load(join(news(), 'in'), join(news(), 'other/*.txt'));
  await rm(join(news(), 'in/a.txt'));
  await rm(join(news(), 'other/c.txt'));
  await loadCorpus([news()], sink);
  expect(await titles()).toHaveLength(3);
  expect(await load(join(news(), 'in'))).toMatchObject({ withdrawn: 1 });
  expect(await titles()).toEqual(['in/b.txt', 'other/c.txt']);
});

it('keeps everything, and says so, when a folder is missing or stands empty: a disk may not be mounted', async () => {
  await put('a.txt', text('cranes'));
  await put('wire/b.txt', text('ferries'));
  await put('wire/day/c.txt', text('trams'));
  await put('one.jsonl', rows({ url: 'https://example.com/1', title: 'R', text: text('buses') }));
  const entries = [news(), join(folder, 'one.jsonl'), join(folder, 'globbed/*.txt')];
  await mkdir(join(folder, 'globbed'));
  await writeFile(join(folder, 'globbed/g.txt'), text('barges'));
  await rename(join(news(), 'one.jsonl'), join(folder, 'one.jsonl'));
  await load(...entries);
  const all = await titles();
  expect(all).toHaveLength(5);

  await rm(join(news(), 'wire/b.txt'));
  await rm(join(news(), 'wire/day'), { recursive: true });
  expect(await load(...entries)).toMatchObject({ withdrawn: 0, problems: 1 });
  expect(Object.values(await problems())).toEqual([expect.stringMatching(/the 2 articles .* stay .*wire"$/)]);

  await rename(news(), `${news()}-away`);
  await rename(join(folder, 'one.jsonl'), join(folder, 'one-away.jsonl'));
  await rm(join(folder, 'globbed/g.txt'));
  expect(await load(...entries)).toMatchObject({ withdrawn: 0, problems: 3 });
  expect(Object.keys(await problems())).toHaveLength(3);
  await mkdir(news());
  await writeFile(join(news(), 'README.md'), 'Mount the disk here.');
  expect(await load(...entries)).toMatchObject({ withdrawn: 0, problems: 3 });
  expect((await problems()).news).toContain('the 3 articles read from it earlier stay in answers');
  expect(await titles()).toEqual(all);

  await rm(news(), { recursive: true });
  await rename(`${news()}-away`, news());
  await rename(join(folder, 'one-away.jsonl'), join(folder, 'one.jsonl'));
  await writeFile(join(folder, 'globbed/h.txt'), text('rafts'));
  await rm(join(news(), 'wire'), { recursive: true });
  expect(await load(...entries)).toMatchObject({ withdrawn: 3, problems: 0 });
  expect(await problems()).toEqual({});
});

it.skipIf(process.getuid?.() === 0)('keeps the articles of a folder that may not be opened', async () => {
  await put('a.txt', text('cranes'));
  await put('wire/b.txt', text('ferries'));
  await load();
  await chmod(join(news(), 'wire'), 0);
  expect(await load()).toMatchObject({ withdrawn: 0, problems: 1 });
  await chmod(join(news(), 'wire'), 0o700);
});

it('takes no record for gone in a file that reads worse than before', async () => {
  const [one, two, three] = [1, 2, 3].map((n) => ({
    url: `https://example.com/${n}`,
    title: `R${n}`,
    text: text(`tram ${n}`),
  }));
  await put('rows.jsonl', `${rows(one!, two!)}\nnot json\n`);
  await put('whole.json', JSON.stringify([three]));
  await load();
  await put('rows.jsonl', `${rows(one!).slice(0, -3)}\n${rows(two!)}\nnot json\n`);
  await put('whole.json', `[${JSON.stringify(three)},`);
  expect(await load()).toMatchObject({ withdrawn: 0, problems: 3 });
  expect(await titles()).toEqual(['R1', 'R2', 'R3']);
  await put('rows.jsonl', `${rows(two!)}\nnot json\n`);
  await put('whole.json', '[]');
  expect(await load()).toMatchObject({ withdrawn: 1, problems: 2 });
  expect(await titles()).toEqual(['R2', 'R3']);
});

it('follows a record from one file to another', async () => {
  const row = { url: 'https://example.com/1', title: 'R', text: text('trams') };
  await put('today.jsonl', rows(row));
  await put('z.txt', text('cranes'));
  await load();
  await rename(join(news(), 'today.jsonl'), join(news(), 'archive.jsonl'));
  expect(await load()).toMatchObject({ withdrawn: 0, added: 0 });
  expect(await titles()).toContain('R');
  expect((await store.articleFiles({ after: '', limit: 9 })).map(({ file }) => file.replace(`${news()}/`, ''))).toEqual(
    ['archive.jsonl', 'z.txt'],
  );
  await put('archive.jsonl', rows({ ...row, url: 'https://example.com/2', text: text('buses') }));
  expect(await load()).toMatchObject({ withdrawn: 1, added: 1 });
});

it('forgets problems of files that are gone or well again', async () => {
  await put('a.txt', text('cranes'));
  await put('empty.txt', '');
  await put('rows.jsonl', '{}\n');
  await load();
  expect(Object.keys(await problems())).toHaveLength(2);
  await store.noteProblem({ origin: 'https://example.com/feed', tenant: '', reason: 'x', at: clock.toISOString() });
  await rm(join(news(), 'empty.txt'));
  await put('rows.jsonl', rows({ text: text('ferries') }));
  await load();
  expect(Object.keys(await problems())).toEqual(['https://example.com/feed']);
});

it('withdraws records and files that go while the bot runs', async () => {
  const [one, two] = [1, 2].map((n) => ({ url: `https://example.com/${n}`, title: `R${n}`, text: text(`tram ${n}`) }));
  await put('rows.jsonl', rows(one!, two!));
  await put('a.txt', text('cranes'));
  await load();
  const watch = watchCorpus([news()], sink, { quietMs: 60 });
  await watch.ready;
  const until = async (expected: readonly string[]) => {
    for (let i = 0; i < 200 && (await titles()).join() !== expected.join(); i += 1) await wait(25);
    expect(await titles()).toEqual(expected);
  };
  await put('rows.jsonl', rows(two!));
  await until(['R2', 'a.txt']);
  await rm(join(news(), 'rows.jsonl'));
  await until(['a.txt']);
  await watch.close();
});

const mount = (at: string) => {
  mkdirSync(at, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', 'none', at], { stdio: 'ignore' });
};
const unmount = (at: string) => execFileSync('umount', ['-l', at], { stdio: 'ignore' });
const canMount = (): boolean => {
  try {
    mount(join(folder, 'tried'));
    unmount(join(folder, 'tried'));
    return true;
  } catch {
    return false;
  }
};

it.for([
  ['a folder that is moved away', 'news', false],
  ['a disk that is unmounted', 'news', true],
  ['a disk that is unmounted below', 'news/disk', true],
] as const)(
  'keeps what stood on %s while the bot runs, says so, and reads on when it is back',
  { timeout: 120_000 },
  async ([, name, isDisk], { skip }) => {
    if (isDisk && !canMount()) skip('nothing may be mounted here: it takes root');
    const at = join(folder, name);
    const inside = (file: string) => join(at, file).slice(news().length + 1);
    if (isDisk) mount(at);
    try {
      await put('top.txt', text('bridges'));
      await put(inside('a.txt'), text('cranes'));
      const corpus = openCorpus({
        config: readConfig({ CORPUS: news() }),
        store,
        log: createLog('silent'),
        now: () => clock,
        observe() {},
        failing() {},
        lookMs: 50,
      });
      await corpus.start();
      const all = ['top.txt', inside('a.txt')];
      const noticed = async (file: string) => {
        all.push(inside(file));
        all.sort();
        // A watch begins when it can: the file is written until it is seen.
        const seen = async () => {
          await put(inside(file), text(`ferries at ${performance.now()}`));
          await vi.waitFor(async () => expect(await titles()).toEqual(all), { timeout: 2000, interval: 50 });
        };
        await vi.waitFor(seen, PATIENT);
      };
      await noticed('b.txt');
      if (isDisk) unmount(at);
      else await rename(at, `${at} elsewhere`);
      await vi.waitFor(
        async () => expect(Object.values(await problems()).join()).toContain('stay in answers'),
        PATIENT,
      );
      expect(await titles()).toEqual(all);
      if (isDisk) {
        mount(at);
        for (const file of at === news() ? ['top.txt', 'a.txt'] : [inside('a.txt')])
          await put(file, text(file === 'top.txt' ? 'bridges' : 'cranes'));
      } else await rename(`${at} elsewhere`, at);
      await vi.waitFor(async () => expect(await problems()).toEqual({}), PATIENT);
      if (isDisk) all.splice(all.indexOf(inside('b.txt')), 1); // not on the disk that came back
      await noticed('c.txt');
      await corpus.stop();
    } finally {
      if (isDisk) unmount(at);
    }
  },
);

it('lets the sample corpus step aside for one of your own', async () => {
  const reading = async (settings: Record<string, string>) => {
    const corpus = openCorpus({
      config: readConfig({ ALLOW_HOSTS: '', ...settings }),
      store,
      log: createLog('silent'),
      now: () => clock,
      observe() {},
      failing() {},
    });
    await corpus.start();
    await corpus.stop();
    return store.stats('');
  };
  const sample = (await reading({})).articles;
  expect(sample).toBeGreaterThan(5);
  expect((await reading({ CORPUS: 'seeds/*.txt,seeds/*.jsonl' })).articles).toBe(sample);
  await put('a.txt', text('cranes'));
  expect((await reading({ CORPUS: news() })).articles).toBe(1);
  expect((await reading({})).articles).toBe(sample + 1);
});
