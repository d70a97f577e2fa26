/**
 * Full text on SQLite: FTS5, newest matches by row number.
 *
 * The operator's articles and those of servers and workspaces are two indexes: one tenant's flood cannot push another's
 * articles out of the newest thousand, and the operator's index is not slowed by a tenant filter.
 */
import type { ArticleIndex, SearchDocument } from './batch.ts';
import {
  FIELD_WEIGHTS,
  HALF_LIFE_MS,
  type Hit,
  NEWEST_RANKED,
  type SearchEngine,
  TIMELESS,
  UNDATED,
} from './search.ts';
import { endOfDay, firstOfDay, PER_DAY, slotFloor } from './slots.ts';
import { one, type Sql, type Value } from './sql.ts';
import { sqliteStories } from './sqlite-stories.ts';
import { type Match, plainWords, undotted } from './words.ts';

const { title, body, topics, speakers } = FIELD_WEIGHTS;
const weights = `${title}.0, ${body}.0, ${topics}.0, ${speakers}.0, 0.0`;

const tableOf = (tenant: string): 'search' | 'search_own' => (tenant === '' ? 'search' : 'search_own');
/** One token that no word of another tenant is: letters and digits only. */
const scopeToken = (tenant: string): string => `x${Buffer.from(tenant).toString('hex')}`;
const speakerToken = (id: number): string => `s${id}`;

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
  return {
    stories: sqliteStories(),
    async lock() {},
    async nextSlot(sql, at) {
      const first = firstOfDay(at);
      const last = taken.get(first) ?? (await lastOfDay(sql, first));
      const next = last === undefined ? first : last + 1;
      const vid = next < endOfDay(at) ? next : await gapInDay(sql, first);
      if (taken.size >= DAYS_REMEMBERED) taken.clear();
      taken.set(first, Math.max(vid, last ?? 0));
      return vid;
    },
    async put(_sql, vid, document) {
      held.set(vid, document);
    },
    async remove(sql, vid, tenant) {
      if (!held.delete(vid)) await sql.all(`DELETE FROM ${tableOf(tenant)} WHERE rowid = $1`, vid);
    },
    flush(sql) {
      for (const [vid, document] of [...held].sort((a, b) => a[0] - b[0])) insertDocument(sql, vid, document);
      held.clear();
    },
    forget() {
      held.clear();
      taken.clear();
    },
  };
}

const DAYS_REMEMBERED = 1000;

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
async function gapInDay(sql: Sql, first: number): Promise<number> {
  const gap = await one<{ vid: number }>(
    sql,
    `SELECT vid + 1 AS vid FROM versions v WHERE vid >= $1 AND vid < $2 - 1
     AND NOT EXISTS (SELECT 1 FROM versions n WHERE n.vid = v.vid + 1) ORDER BY vid LIMIT 1`,
    first,
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

/** An FTS5 query: every word or phrase quoted, so that nothing typed is an operator. Empty when there is no word. */
export function ftsQuery(match: Match, ids: readonly number[] = [], tenant = ''): string {
  const lists = match
    .map((texts) =>
      texts
        .map((text) => plainWords(text).join(' '))
        .filter(Boolean)
        .map((words) => `"${words}"`),
    )
    .filter((words) => words.length > 0)
    .map((words) => `(${words.join(' AND ')})`);
  if (lists.length === 0) return '';
  const parts = [`{title body topics speakers} : (${lists.join(' OR ')})`];
  if (ids.length > 0) parts.push(`ids : (${ids.map((id) => `"${speakerToken(id)}"`).join(' OR ')})`);
  if (tenant !== '') parts.push(`scope : "${scopeToken(tenant)}"`);
  return parts.map((part) => `(${part})`).join(' AND ');
}

/** Indexes a reader sees, each with the tenant that limits it. */
const visible = (tenant: string): readonly string[] => (tenant === '' ? [''] : ['', tenant]);

export const rankedSql = (table: 'search' | 'search_own'): string => `
  SELECT m.vid, t.story_id, t.at,
    m.score * CASE t.undated WHEN 1 THEN ${UNDATED}
      ELSE ${TIMELESS} + ${1 - TIMELESS} * pow(2.0, -max($3 - t.at, 0) / ${HALF_LIFE_MS}.0) END AS score
  FROM (SELECT rowid AS vid, -bm25(${table}, ${weights}) AS score
        FROM ${table} WHERE ${table} MATCH $1 AND rowid >= $2 ORDER BY rowid DESC LIMIT ${NEWEST_RANKED}) m
  JOIN times t ON t.vid = m.vid
  WHERE t.at >= $4
  ORDER BY 4 DESC, 1 DESC LIMIT $5`;

export const newestSql = (table: 'search' | 'search_own'): string =>
  `SELECT rowid AS vid FROM ${table} WHERE ${table} MATCH $1 AND rowid >= $2 ORDER BY rowid DESC LIMIT $3`;

export const sqliteSearch: SearchEngine = {
  async ranked(sql: Sql, { tenant, match, since, now, limit }) {
    const all: Hit[] = [];
    for (const owner of visible(tenant)) {
      const query = ftsQuery(match, [], owner);
      if (query === '') continue;
      const hits = await sql.all<Hit>(
        rankedSql(tableOf(owner)),
        query,
        slotFloor(since),
        now,
        since ?? Number.MIN_SAFE_INTEGER,
        limit,
      );
      all.push(...hits);
    }
    return all.sort((a, b) => b.score - a.score || b.vid - a.vid).slice(0, limit);
  },
  async newest(sql, { tenant, match, speakers: ids = [], since, limit }) {
    const all: number[] = [];
    for (const owner of visible(tenant)) {
      const query = ftsQuery(match, ids, owner);
      if (query === '') continue;
      const rows = await sql.all<{ vid: number }>(newestSql(tableOf(owner)), query, slotFloor(since), limit);
      all.push(...rows.map(({ vid }) => vid));
    }
    return all.sort((a, b) => b - a).slice(0, limit);
  },
};
