import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteMigrations } from '../../src/store/migrations/sqlite.ts';
import { prepareArticle } from '../../src/store/saving/prepare.ts';
import { NEWEST_SCHEMA } from '../../src/store/sqlite/driver.ts';
import { openSqlite, THROW_AWAY } from '../../src/store/sqlite.ts';
import { storeContract } from '../contracts/store.ts';
import { entry, type Told } from './entries.ts';

storeContract('SQLite', () => openSqlite(THROW_AWAY));

const note = (n: number) => entry({ origin: `${n}.txt`, title: `Note ${n}`, text: `Note number ${n} on the harbour.` });

describe('a SQLite file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pullquote-test-'));
    path = join(folder, 'deeper', 'store.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made with its folder, keeps everything over a restart, and leaves no open log', async () => {
    const first = await openSqlite(path);
    await first.saveArticle(note(1));
    await first.close();
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['store.db']);
    const second = await openSqlite(path);
    expect(await second.article(note(1).article.id)).toEqual(note(1).article);
    expect(await second.saveArticle(note(1))).toBe('unchanged');
    await second.close();
  });

  it('serves two processes’ worth of connections at once', async () => {
    const [a, b] = [await openSqlite(path), await openSqlite(path)];
    const saves = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? a : b).saveArticle(note(i)));
    expect(await Promise.all(saves)).toEqual(saves.map(() => 'added'));
    expect((await b.stats('')).articles).toBe(40);
    await Promise.all([a.close(), b.close()]);
  });

  it('lets no other write wait for the articles behind it', async () => {
    const store = await openSqlite(path);
    const saves = (from: number) =>
      Array.from({ length: 30 }, (_, i) => store.savePrepared(prepareArticle(note(from + i))));
    const before = saves(0);
    const problem = { origin: 'a.txt', tenant: '', reason: 'no text', at: '2026-01-10T00:00:00.000Z' };
    const stored = store.noteProblem(problem).then(async () => (await store.stats('')).articles);
    const behind = saves(30);
    expect(await stored).toBe(30);
    await Promise.all([...before, ...behind]);
    expect((await store.stats('')).articles).toBe(60);
    await store.close();
  });

  it('knows what another process wrote meanwhile: one person, one story, true counts', async () => {
    const [a, b] = [await openSqlite(path), await openSqlite(path)];
    const said = (n: number) =>
      entry({
        origin: `fog-${n}.txt`,
        title: 'Fog closes Port Amber harbour',
        at: `2026-01-10T0${n}:00:00.000Z`,
        outlet: 'Coast Wire',
        text: `Fog closed the harbour of Port Amber on Saturday. “Hour ${n} and no ship moved,” said Ivo Marsh.`,
        topics: ['fog'],
        speakers: [{ name: 'Ivo Marsh', role: `Pilot ${n}` }],
        quotes: [{ words: `Hour ${n} and no ship moved,`, who: 'Ivo Marsh' }],
      });
    // Each writer remembers the speaker, the counts and the last number of the day when its next turn comes.
    for (let n = 1; n <= 6; n++) expect(await (n % 2 === 0 ? a : b).saveArticle(said(n))).toBe('added');
    const counts = { articles: 6, quotes: 6, speakers: 1, stories: 1, outlets: 1 };
    for (const store of [a, b]) expect(await store.stats('')).toMatchObject(counts);
    expect(await a.speakers({ tenant: '', like: 'marsh', limit: 5 })).toMatchObject([{ name: 'Ivo Marsh', quotes: 6 }]);
    expect(await b.topics({ tenant: '', limit: 5 })).toMatchObject([{ label: 'fog', articles: 6 }]);
    await Promise.all([a.close(), b.close()]);
  });

  it('brings a file of an earlier version up to date: its stories and copies are found again', async () => {
    const log = Array.from({ length: 40 }, (_, i) => `Pile ${i} moved ${i * i} millimetres in ${i + 3} hours.`).join(
      ' ',
    );
    const quay = (n: number, change: Partial<Told> = {}) =>
      entry({
        origin: `quay-${n}.txt`,
        title: 'Quay collapse at Port Amber injures four dockers',
        at: `2026-01-10T0${n}:00:00.000Z`,
        text: `Four dockers were injured when the quay at Port Amber collapsed under a crane. Inspectors closed the harbour and blamed corroded piles. Crew ${n} cleared the rubble. ${log}`,
        ...change,
      });
    const whale = (origin: string) =>
      entry({
        origin,
        title: 'Fin whale stranded on Gull Spit',
        text: `A fin whale stranded on Gull Spit. Volunteers kept its skin wet until the tide came. Told by ${origin}.`,
      });
    const first = await openSqlite(path);
    for (const one of [quay(1), whale('a.txt')]) await first.saveArticle(one);
    await first.close();
    const before = new DatabaseSync(path);
    before.exec(`DROP TABLE story_marks;
      CREATE TABLE story_keys (tenant TEXT NOT NULL, key TEXT NOT NULL, vid INTEGER NOT NULL, PRIMARY KEY (tenant, key, vid)) WITHOUT ROWID`);
    const step = sqliteMigrations.find((one) => typeof one !== 'string')!;
    before.exec(step.sql);
    step.fill(before);
    before.close();
    const second = await openSqlite(path);
    const later = quay(2, { origin: 'copy.txt', at: '2026-03-01T09:00:00.000Z' });
    for (const one of [quay(3), later, whale('b.txt')]) await second.saveArticle(one);
    expect(await second.stats('')).toMatchObject({ articles: 5, stories: 2 });
    await second.close();
    expectSound(path);
  });

  it('briefs a first time without what only saving or other questions need', async () => {
    const store = await openSqlite(path);
    await store.saveArticle(note(1));
    await store.close();
    const script = join(import.meta.dirname, 'first-answer.ts');
    const told = execFileSync(process.execPath, [script, path, 'harbour'], { encoding: 'utf8' });
    const { stories, loaded } = JSON.parse(told) as { stories: number; loaded: string[] };
    expect(stories).toBe(1);
    expect(loaded).toContain('src/store/asking/coverage.ts');
    // Names are kept with what saves them, and are read by every question.
    const saving = /^src\/(store\/(saving|stories|migrations)|analysis\/(models|stories|speakers|names))\//;
    expect(loaded.filter((file) => saving.test(file))).toEqual(['src/store/saving/aliases.ts']);
    expect(loaded.filter((file) => /asking\/(questions|moved)\./.test(file))).toEqual([]);
  });

  it('takes a file for up to date after the last of the steps', () => {
    expect(NEWEST_SCHEMA).toBe(sqliteMigrations.length);
  });

  it('loses nothing that it acknowledged when the process is killed', { timeout: 60_000 }, async () => {
    const acknowledged: { n: number; id: string }[] = [];
    for (let round = 0; round < 4; round++)
      acknowledged.push(...(await ingestUntilKilled(path, round * 100_000, 120 + 60 * round)));
    expect(acknowledged.length).toBeGreaterThan(400);
    const store = await openSqlite(path);
    for (const { n, id } of acknowledged) expect((await store.article(id))?.title).toBe(`Report number ${n}`);
    const { articles, quotes } = await store.stats('');
    expect(articles).toBeGreaterThanOrEqual(acknowledged.length);
    expect(quotes).toBe(articles);
    expect((await store.findQuotes({ tenant: '', speaker: 'marsh', limit: 1 })).total).toBe(Math.min(articles, 1000));
    await store.close();
    expectSound(path);
  });

  it('says plainly what a file is that it cannot use', async () => {
    writeFileSync(join(folder, 'text.db'), 'This is not a database, it is a letter to the editor.'.repeat(40));
    await expect(openSqlite(join(folder, 'text.db'))).rejects.toMatchObject({ name: 'StoreError', kind: 'corrupt' });
    const other = new DatabaseSync(join(folder, 'other.db'));
    other.exec('CREATE TABLE recipes (id INTEGER)');
    other.close();
    await expect(openSqlite(join(folder, 'other.db'))).rejects.toMatchObject({ kind: 'corrupt' });
    await (await openSqlite(path)).close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    await expect(openSqlite(path)).rejects.toMatchObject({ kind: 'newer' });
    writeFileSync(join(folder, 'file'), '');
    await expect(openSqlite(join(folder, 'file', 'store.db'))).rejects.toMatchObject({ name: 'StoreError' });
  });

  it('says that a damaged file is damaged, instead of answering from it', async () => {
    const store = await openSqlite(path);
    await Promise.all(Array.from({ length: 200 }, (_, i) => store.saveArticle(note(i))));
    await store.close();
    truncateSync(path, Math.floor(statSync(path).size / 2));
    const damaged = openSqlite(path).then(async (opened) => {
      try {
        for (let i = 0; i < 200; i++) await opened.article(note(i).article.id);
        await opened.saveArticle(note(201));
      } finally {
        await opened.close();
      }
    });
    await expect(damaged).rejects.toMatchObject({ name: 'StoreError', kind: 'corrupt' });
  });

  it('waits for another writer, and says so when that one never ends', { timeout: 30_000 }, async () => {
    const store = await openSqlite(path);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const waiting = store.saveArticle(note(1));
    setTimeout(() => other.exec('COMMIT'), 300);
    expect(await waiting).toBe('added');
    other.exec('BEGIN IMMEDIATE');
    // Readers are not held up meanwhile.
    expect((await store.stats('')).articles).toBe(1);
    await expect(store.saveArticle(note(2))).rejects.toMatchObject({ kind: 'locked' });
    other.exec('COMMIT');
    other.close();
    expect(await store.saveArticle(note(2))).toBe('added');
    await store.check();
    await store.close();
  });

  it('answers what it can when it may not write', async () => {
    if (process.getuid?.() === 0) return; // root may write anything: the next test covers the error itself
    const store = await openSqlite(path);
    await store.saveArticle(note(1));
    await store.close();
    chmodSync(path, 0o444);
    await expect(openSqlite(path)).rejects.toMatchObject({ kind: 'readonly' });
  });

  it('stays sound and says why when the disk takes no more, and goes on when it does', {
    timeout: 60_000,
  }, async () => {
    const told = await ingestWithLimit(path, 3_000_000);
    expect(told.error).toMatchObject({ name: 'StoreError' });
    expect(['full', 'unavailable']).toContain(told.error?.kind);
    expect(told.acknowledged.length).toBeGreaterThan(20);
    expect(told.answered).toBe(true);
    const store = await openSqlite(path);
    for (const id of told.acknowledged) expect(await store.articleState(id)).toBeDefined();
    expect(await store.saveArticle(note(100_000))).toBe('added');
    await store.close();
    expectSound(path);
  });

  it('throws a throw-away store away', async () => {
    const before = new Set(readdirSync(tmpdir()));
    const store = await openSqlite(THROW_AWAY);
    await store.saveArticle(note(1));
    const [made] = readdirSync(tmpdir()).filter(
      (name) => !before.has(name) && existsSync(join(tmpdir(), name, 'store.db')),
    );
    await store.close();
    expect(made).toBeDefined();
    expect(existsSync(join(tmpdir(), made!))).toBe(false);
  });
});

/** The file and its full-text indexes agree with themselves. */
function expectSound(path: string): void {
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  for (const table of ['search', 'search_own'])
    database.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`);
  const apart = database.prepare(
    'SELECT (SELECT count(*) FROM times) AS live, (SELECT count(*) FROM versions WHERE live = 1) AS versions, (SELECT count(*) FROM search_docsize) AS indexed',
  );
  const { live, versions, indexed } = apart.get() as Record<string, number>;
  expect([live, indexed]).toEqual([versions, versions]);
  database.close();
}

/** Starts a process that ingests, kills it when it has told of `enough` articles, and gives what it told. */
async function ingestUntilKilled(path: string, first: number, enough: number): Promise<{ n: number; id: string }[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ingest-until-killed.ts'), path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  for await (const chunk of child.stdout) {
    told += chunk;
    if (told.split('\n').length > enough) child.kill('SIGKILL');
  }
  return told
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '))
    .map(([n, id]) => ({ n: Number(n), id: id! }));
}

/** Ingests under a limit on file size (the kernel refuses to write more) until it fails; reading must go on. */
async function ingestWithLimit(
  path: string,
  bytes: number,
): Promise<{ acknowledged: string[]; error?: { name: string; kind: string }; answered: boolean }> {
  const script = join(import.meta.dirname, 'ingest-until-full.ts');
  const child = spawn(
    'sh',
    ['-c', `trap '' XFSZ; ulimit -f ${Math.floor(bytes / 512)}; exec "$0" "$@"`, process.execPath, script, path],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let told = '';
  for await (const chunk of child.stdout) told += chunk;
  return JSON.parse(told);
}
