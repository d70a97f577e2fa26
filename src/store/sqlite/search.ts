/**
 * Full text on SQLite, asked: FTS5, newest matches by row number. What it is filled with: `sqlite/article-index.ts`.
 *
 * The operator's articles and those of servers and workspaces are two indexes: one tenant's flood cannot push another's
 * articles out of the newest thousand, and the operator's index is not slowed by a tenant filter.
 */
import {
  bestOf,
  FIELD_WEIGHTS,
  HALF_LIFE_MS,
  type SearchEngine,
  type TextHit,
  TIMELESS,
  UNDATED,
} from '../asking/search.ts';
import { type Match, plainWords } from '../asking/words.ts';
import { slotFloor } from '../slots.ts';
import type { Sql } from '../sql.ts';

const { title, body, topics, speakers } = FIELD_WEIGHTS;
const weights = `${title}.0, ${body}.0, ${topics}.0, ${speakers}.0, 0.0`;

/** Where a tenant's articles are found. */
export const tableOf = (tenant: string): 'search' | 'search_own' => (tenant === '' ? 'search' : 'search_own');
/** One token that no word of another tenant is: letters and digits only. */
export const scopeToken = (tenant: string): string => `x${Buffer.from(tenant).toString('hex')}`;
/** What stands for a speaker in the column `ids`. */
export const speakerToken = (id: number): string => `s${id}`;

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

/** Ranked here, not where the rows would have to be carried: a thousand a search are 5 MB more in a process that answers. */
export const matchingSql = (table: 'search' | 'search_own'): string => `
  SELECT m.vid, t.story_id, t.at, t.undated, m.score
  FROM (SELECT rowid AS vid, -bm25(${table}, ${weights}) AS score
        FROM ${table} WHERE ${table} MATCH $1 AND rowid >= $2 ORDER BY rowid DESC LIMIT $3) m
  JOIN times t ON t.vid = m.vid
  WHERE t.at >= $5
  ORDER BY m.score * CASE t.undated WHEN 1 THEN ${UNDATED}
      ELSE ${TIMELESS} + ${1 - TIMELESS} * pow(2.0, -max($4 - t.at, 0) / ${HALF_LIFE_MS}.0) END DESC, m.vid DESC
  LIMIT $6`;

export const newestSql = (table: 'search' | 'search_own'): string =>
  `SELECT rowid AS vid FROM ${table} WHERE ${table} MATCH $1 AND rowid >= $2 ORDER BY rowid DESC LIMIT $3`;

export const sqliteSearch: SearchEngine = {
  async matching(sql: Sql, { tenant, match, since, now, among, limit }) {
    const all: TextHit[] = [];
    for (const owner of visible(tenant)) {
      const query = ftsQuery(match, [], owner);
      if (query === '') continue;
      const from = since ?? Number.MIN_SAFE_INTEGER;
      all.push(
        ...(await sql.all<TextHit>(matchingSql(tableOf(owner)), query, slotFloor(since), among, now, from, limit)),
      );
    }
    // One index gives them in order.
    return tenant === '' ? all : bestOf(all, now, limit);
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
