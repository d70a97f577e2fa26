/** Full text on SQLite, filled: what the transaction that saves an article puts where `sqlite/search.ts` finds it. */

import { undotted } from '../asking/words.ts';
import type { ArticleIndex, SearchDocument } from '../saving/batch.ts';
import { endOfDay, firstOfDay, PER_DAY } from '../slots.ts';
import { one, type Sql, type Value } from '../sql.ts';
import { scopeToken, speakerToken, tableOf } from './search.ts';
import { sqliteStories } from './stories.ts';

/**
 * The full text of what a transaction saves, kept back until `flush`, and the numbers taken on each day.
 *
 * FTS5 writes a segment of its own for everything that a savepoint (also a statement's) closes over: twenty articles
 * would be twenty segments to merge later. Put in together, in rising order, at the end, they are one.
 */
export function sqliteIndex(): ArticleIndex {
  const held = new Map<number, SearchDocument>();
  /** Last number taken, by the first of the day. */
  const taken = new Map<number, number>();
  /** Last gap filled of days that have reached their end. */
  const filled = new Map<number, number>();
  /** Last number given to a row of a table. */
  const given = new Map<string, number>();
  return {
    stories: sqliteStories(),
    async lock() {},
    async nextSlot(sql, at) {
      const first = firstOfDay(at);
      const last = taken.get(first) ?? (await lastOfDay(sql, first));
      const next = last === undefined ? first : last + 1;
      taken.set(first, Math.min(next, endOfDay(at) - 1));
      if (next < endOfDay(at)) return next;
      const gap = await gapInDay(sql, first, filled.get(first) ?? first);
      filled.set(first, gap);
      return gap;
    },
    async nextNumber(sql, table) {
      const last = given.get(table) ?? (await lastNumber(sql, table));
      given.set(table, last + 1);
      return last + 1;
    },
    async put(_sql, vid, document) {
      held.set(vid, document);
    },
    async remove(sql, vid, tenant) {
      if (!held.delete(vid)) await sql.all(`DELETE FROM ${tableOf(tenant)} WHERE rowid = $1`, vid);
    },
    async flush(sql) {
      for (const [vid, document] of [...held].sort((a, b) => a[0] - b[0])) insertDocument(sql, vid, document);
      held.clear();
      if (taken.size >= DAYS_REMEMBERED) taken.clear();
    },
    forget() {
      held.clear();
      taken.clear();
      filled.clear();
      given.clear();
    },
  };
}

const DAYS_REMEMBERED = 1000;

/** The largest that the table ever had (sqlite.org/autoinc.html). */
async function lastNumber(sql: Sql, table: string): Promise<number> {
  const last = await one<{ seq: number }>(sql, 'SELECT seq FROM sqlite_sequence WHERE name = $1', table);
  return last?.seq ?? 0;
}

async function lastOfDay(sql: Sql, first: number): Promise<number | undefined> {
  const last = await one<{ vid: number | null }>(
    sql,
    'SELECT max(vid) AS vid FROM versions WHERE vid >= $1 AND vid < $2',
    first,
    first + PER_DAY,
  );
  return last?.vid ?? undefined;
}

/** The last number of the day is taken (a store that was moved here): there are gaps before it. */
async function gapInDay(sql: Sql, first: number, from: number): Promise<number> {
  const gap = await one<{ vid: number }>(
    sql,
    `SELECT vid + 1 AS vid FROM versions v WHERE vid >= $1 AND vid < $2 - 1
     AND NOT EXISTS (SELECT 1 FROM versions n WHERE n.vid = v.vid + 1) ORDER BY vid LIMIT 1`,
    from,
    first + PER_DAY,
  );
  return gap?.vid ?? first;
}

function insertDocument(sql: Sql, vid: number, { tenant, title, body, topics, speakers, ids }: SearchDocument): void {
  const values: Value[] = [vid, undotted(title), body, undotted(topics), speakers, ids.map(speakerToken).join(' ')];
  const [scope, columns, places] = tenant === '' ? [[], '', ''] : [[scopeToken(tenant)], ', scope', ', $7'];
  sql.all(
    `INSERT INTO ${tableOf(tenant)} (rowid, title, body, topics, speakers, ids${columns}) VALUES ($1, $2, $3, $4, $5, $6${places})`,
    ...values,
    ...scope,
  );
}
