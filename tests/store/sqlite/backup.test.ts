import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupSqlite } from '../../../src/store/sqlite/backup.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { entry } from '../entries.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pullquote-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const note = (n: number) =>
  entry({
    origin: `${n}.txt`,
    title: `Note ${n}`,
    text: `Note number ${n} on the harbour. ${'Rain fell. '.repeat(300)}`,
  });

it('copies a store while it is written to, and the copy answers like the store', { timeout: 60_000 }, async () => {
  const path = join(folder, 'store.db');
  const store = await openSqlite(path);
  for (let n = 0; n < 150; n++) await store.saveArticle(note(n));
  let writing = true;
  const meanwhile = (async () => {
    let n = 150;
    for (; writing; n++) await store.saveArticle(note(n));
    return n;
  })();
  const { articles } = await backupSqlite(path, join(folder, 'backups', 'monday.db'));
  writing = false;
  expect(await meanwhile).toBeGreaterThan(150);
  expect(articles).toBeGreaterThanOrEqual(150);
  await store.close();
  expect(readdirSync(join(folder, 'backups'))).toEqual(['monday.db']);
  const restored = await openSqlite(join(folder, 'backups', 'monday.db'));
  expect((await restored.stats('')).articles).toBe(articles);
  for (let n = 0; n < 150; n += 29) expect(await restored.article(note(n).article.id)).toEqual(note(n).article);
  const now = '2026-01-12T12:00:00.000Z';
  expect(await restored.searchArticles({ tenant: '', text: 'harbour note 17', now, limit: 1 })).toMatchObject([
    { article: { title: 'Note 17' } },
  ]);
  expect(await restored.saveArticle(note(100_000))).toBe('added');
  await restored.close();
});

it('never writes over a file and leaves nothing half-made', async () => {
  const path = join(folder, 'store.db');
  await (await openSqlite(path)).close();
  await expect(backupSqlite(path, path)).rejects.toMatchObject({ name: 'StoreError', kind: 'invalid' });
  await expect(backupSqlite(join(folder, 'none.db'), join(folder, 'x.db'))).rejects.toMatchObject({
    kind: 'unavailable',
  });
  expect(readdirSync(folder)).toEqual(['store.db']);
});
