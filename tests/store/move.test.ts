import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { moveStore } from '../../src/store/move.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { entry, newBriefing } from './entries.ts';
import { howToRun, type Server, startServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'pullquote-test-'));
const started = await startServer();
const server = 'missing' in started ? undefined : (started as Server);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

const now = '2026-02-10T12:00:00.000Z';
const told = (n: number, tenant = '') =>
  entry({
    origin: `report-${n}.txt`,
    tenant,
    title: `Lighthouse report ${n} — “É” 👩‍👩‍👧`,
    outlet: `Outlet ${n % 3}`,
    at: `2026-0${1 + (n % 2)}-0${1 + (n % 9)}T09:00:00.000Z`,
    text: `Keeper Nils Amber wrote report ${n}. “Lamp ${n} burns,” said Amber. Critics object to lamp ${n}.`,
    original: new Uint8Array([239, 187, 191, n, 0, 255]),
    topics: ['lighthouses', `lamp ${n}`],
    speakers: [
      { name: 'Nils Amber', role: 'Keeper', aliases: ['Amber'] },
      { name: 'Critics', kind: 'group' },
    ],
    quotes: [{ words: `Lamp ${n} burns,`, who: 'Nils Amber' }],
    reactions: [{ who: 'Critics', stance: 'oppose', clause: `object to lamp ${n}` }],
  });

async function fill(store: Store): Promise<void> {
  for (let n = 0; n < 30; n++) await store.saveArticle(told(n));
  await store.saveArticle(told(3, 'slack:T1'));
  await store.saveArticle({ ...told(4), ...entry({ origin: 'report-4.txt', text: 'Report 4 was wrong.', at: now }) });
  await store.withdrawArticle(told(5).article.id);
  const briefing = await store.addBriefing(newBriefing({ topic: 'lamps' }));
  const key = `b${briefing.id}@x`;
  await store.claimDelivery({ key, briefingId: briefing.id, dueAt: now, by: 'a', now, leaseMs: 1000 });
  await store.postedPage(key, 1, 'm1');
  await store.settleDelivery({
    key,
    state: 'delivered',
    outcome: 'ok',
    now,
    storiesShown: [1],
    posting: { document: '{"summary":"“É”"}', shows: [{ articleId: told(4).article.id, hash: told(4).article.hash }] },
  });
  await store.addSource({ tenant: 'slack:T1', kind: 'feed', address: 'https://a.example', addedBy: 'u', addedAt: now });
  await store.noteProblem({ tenant: '', origin: 'b.txt', reason: 'empty', at: now });
  await store.putInstallation('slack:T1', 'sealed');
  await store.addReport({ tenant: 'slack:T1', about: 'qaaaaaaaaaa', wrong: 'other', note: 'x', at: now });
}

/** Everything a reader or the bot could see, to compare. */
async function seen(store: Store): Promise<unknown> {
  return {
    stats: await store.stats('slack:T1'),
    quotes: await store.findQuotes({ tenant: 'slack:T1', speaker: 'amber', limit: 50 }),
    topic: (await store.findQuotes({ tenant: 'slack:T1', speaker: 'keeper', topic: 'lamp 7', limit: 50 })).items[0],
    reactions: await store.findReactions({ tenant: '', limit: 50 }),
    topics: await store.topics({ tenant: '', limit: 10 }),
    speakers: await store.speakers({ tenant: 'slack:T1', limit: 10 }),
    found: (await store.searchArticles({ tenant: '', text: 'lighthouse lamp 11', now, limit: 1 })).map(
      (hit) => hit.article,
    ),
    day: (await store.coverage({ tenant: '', now, stories: 3 })).stories.map((one) => one.story),
    article: await store.article(told(8).article.id),
    older: await store.article(told(4).article.id, told(4).article.hash),
    original: Buffer.from((await store.original(told(8).article.id, told(8).article.hash))!).toString('hex'),
    briefings: await store.briefings({}),
    deliveries: await store.deliveries(1, 5),
    pages: await store.pages('b1@x'),
    shown: [...(await store.shown('discord', '42'))],
    sources: await store.sources(),
    problems: await store.problems('', 5),
    outdated: await store.outdatedPostings({ since: now, limit: 5 }),
    reports: await store.reports({ limit: 5 }),
    installation: await store.installation('slack:T1'),
  };
}

it('copies a SQLite store to another file, which answers the same and goes on', async () => {
  const [from, to] = [join(folder, 'a.db'), join(folder, 'b.db')];
  const source = await openSqlite(from);
  await fill(source);
  const before = await seen(source);
  await source.close();
  expect(await moveStore(from, to)).toMatchObject({ articles: 30 });
  const copy = await openSqlite(to);
  expect(await seen(copy)).toEqual(before);
  expect(await copy.saveArticle(told(77))).toBe('added');
  await copy.close();
  await expect(moveStore(from, to)).rejects.toMatchObject({ name: 'StoreError', kind: 'invalid' });
});

it('copies to PostgreSQL and back without losing a byte', { timeout: 60_000 }, async (context) => {
  if (!server) {
    if (process.env.CI) throw new Error(howToRun);
    return context.skip(howToRun);
  }
  const [from, back] = [join(folder, 'there.db'), join(folder, 'back.db')];
  const url = await server.database();
  const source = await openSqlite(from);
  await fill(source);
  const before = await seen(source);
  await source.close();
  await moveStore(from, url);
  const there = await openPostgres(url);
  expect(await seen(there)).toEqual(before);
  await moveStore(url, back);
  const returned = await openSqlite(back);
  expect(await seen(returned)).toEqual(before);
  await returned.close();
  for (let n = 100; n < 110; n++) expect(await there.saveArticle(told(n))).toBe('added');
  expect((await there.addBriefing(newBriefing())).id).toBe(2);
  await there.close();
});

it('names a store of another version instead of half copying it', async () => {
  const path = join(folder, 'older.db');
  await (await openSqlite(path)).close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 3');
  database.close();
  await expect(moveStore(path, join(folder, 'from-older.db'))).rejects.toThrow(/another version of the bot/);
});
