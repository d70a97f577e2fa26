import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstOfDay } from '../../../src/store/slots.ts';
import type { Sql } from '../../../src/store/sql.ts';
import { connectSqlite, type SqliteConnection } from '../../../src/store/sqlite/driver.ts';
import { migrateSqlite } from '../../../src/store/sqlite/migrate.ts';
import { sqliteStories } from '../../../src/store/sqlite/stories.ts';
import { NEWEST_PER_KEY, type StoryKeys } from '../../../src/store/stories/story-index.ts';

let folder: string;
let connection: SqliteConnection;
let asked: number;
let sql: Sql;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pullquote-test-'));
  connection = connectSqlite(join(folder, 'store.db'));
  migrateSqlite(connection);
  asked = 0;
  sql = {
    ...connection,
    all(text, ...values) {
      asked++;
      return connection.all(text, ...values);
    },
  };
});
afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = Date.parse('2026-01-10T08:00:00.000Z');
const keys = (dated: boolean, terms: readonly string[]): StoryKeys => ({ tenant: '', at, dated, terms, copies: [] });
const first = firstOfDay(at);

it('finds undated articles the same from the table and from memory', async () => {
  const index = sqliteStories();
  for (let n = 1; n <= 40; n++) await index.put(sql, first + n, keys(false, n === 7 ? ['fog', 'pilot'] : ['fog']));
  await index.flush(sql);
  const found = async () =>
    (await index.find(sql, keys(true, ['fog', 'pilot', 'harbour']), true)).map(({ vids }) => vids);
  const undated = async () => (await found()).slice(3);

  const fromTable = await undated();
  expect(fromTable).toEqual([Array.from({ length: NEWEST_PER_KEY }, (_, i) => first + 40 - i), [first + 7], []]);
  for (let n = 0; n < 520; n++) await found();
  asked = 0;
  expect(await undated()).toEqual(fromTable);
  expect(asked).toBe(0);

  await index.put(sql, first + 41, keys(false, ['pilot', 'harbour']));
  expect((await undated()).slice(1)).toEqual([[first + 41, first + 7], [first + 41]]);
  await index.flush(sql);
  await index.remove(sql, first + 41, keys(false, ['pilot', 'harbour']));
  expect(await undated()).toEqual(fromTable);
});

it('finds for an undated article what the same transaction put on a day before it was asked which days there are', async () => {
  const index = sqliteStories();
  await index.put(sql, first + 1, keys(true, ['fog']));
  const found = async () => (await index.find(sql, keys(false, ['fog']), false)).map(({ vids }) => vids);
  expect(await found()).toEqual([[first + 1]]);
  await index.flush(sql);
  expect(await found()).toEqual([[first + 1]]);
});
