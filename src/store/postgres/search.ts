/**
 * Full text on PostgreSQL: one table a month with a GIN index only, read from the newest month back until there are
 * enough matches.
 *
 * Words are split as SQLite splits them and only stemmed by the server, so both engines find the same articles. Who may
 * see an article and who speaks in it are lexemes too, written with a space, which no word of a text can have.
 */

import { bestOf, type NewestQuery, type SearchEngine, type TextHit } from '../asking/search.ts';
import { type Match, plainWords } from '../asking/words.ts';
import type { ArticleIndex, SearchDocument } from '../saving/batch.ts';
import { endOfDay, firstOfDay, monthOf, slotCeiling, slotFloor } from '../slots.ts';
import { one, type Sql, type Value } from '../sql.ts';
import { postgresStories } from './stories.ts';

/** `ts_rank` weights of the labels D, C, B, A: body, speakers, topics, title. */
const weights = `'{0.1, 0.25, 0.4, 1.0}'`;
/** A text search vector holds at most a megabyte; words beyond this much of an article are stored but not searched. */
const LONGEST_INDEXED = 300_000;

const tenantLexeme = (tenant: string): string => `t ${Buffer.from(tenant).toString('hex')}`;
const speakerLexeme = (id: number): string => `s ${id}`;

/** Makes the table of a month, once. Beside the transaction that needs it: attaching must not wait for a save. */
export async function ensureMonth(sql: Sql, at: number): Promise<void> {
  const { name, from, to } = monthOf(at);
  await sql.all(`CREATE TABLE IF NOT EXISTS search_${name} (LIKE search INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  const attached = await one(
    sql,
    `SELECT 1 FROM pg_inherits WHERE inhparent = 'search'::regclass AND inhrelid = 'search_${name}'::regclass`,
  );
  if (!attached)
    await sql.all(`ALTER TABLE search ATTACH PARTITION search_${name} FOR VALUES FROM (${from}) TO (${to})`);
}

/** Full text is held back until `flush`: the documents of a transaction go in by one statement. */
export function postgresIndex(): ArticleIndex {
  const held = new Map<number, SearchDocument>();
  const free = new Map<string, number[]>();

  /** The next number of a sequence, taken from it some at a time; what is left over is never used. */
  async function next(sql: Sql, sequence: string): Promise<number> {
    const numbers = free.get(sequence) ?? [];
    free.set(sequence, numbers);
    if (numbers.length === 0)
      for (const { n } of await sql.all<{ n: number }>(
        `SELECT nextval(${sequence}) AS n FROM generate_series(1, ${TAKEN_AT_ONCE})`,
      ))
        numbers.push(n);
    return numbers.shift()!;
  }

  return {
    stories: postgresStories(),
    async lock(sql, names) {
      // In order, so that two writers never hold what the other waits for.
      await sql.all(
        `SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(jsonb_array_elements_text($1::jsonb), 0) AS key
           ORDER BY 1) k`,
        JSON.stringify(names.map((name) => name.replaceAll('\u0000', ' ').toWellFormed())),
      );
    },
    async nextSlot(sql, at) {
      const first = firstOfDay(at);
      return first + ((await next(sql, `'slots'`)) % (endOfDay(at) - first));
    },
    nextNumber: (sql, table) => next(sql, `pg_get_serial_sequence('${table}', 'id')`),
    async put(_sql, vid, document) {
      held.set(vid, document);
    },
    async remove(sql, vid) {
      if (!held.delete(vid)) await sql.all('DELETE FROM search WHERE vid = $1', vid);
    },
    async flush(sql) {
      if (held.size > 0) await insertDocuments(sql, held);
      held.clear();
    },
    forget() {
      held.clear();
      free.clear();
    },
  };
}

const TAKEN_AT_ONCE = 32;

const insertDocumentsSql = `
  INSERT INTO search (vid, at, tsv)
  SELECT (d ->> 'vid')::bigint, (d ->> 'at')::bigint,
    setweight(to_tsvector('english', d ->> 'title'), 'A') || setweight(to_tsvector('english', d ->> 'topics'), 'B') ||
    setweight(to_tsvector('english', d ->> 'speakers'), 'C') || to_tsvector('english', d ->> 'body') ||
    array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(d -> 'lexemes')))
  FROM jsonb_array_elements($1::jsonb) AS d`;

async function insertDocuments(sql: Sql, documents: ReadonlyMap<number, SearchDocument>): Promise<void> {
  const words = (text: string) => plainWords(text.slice(0, LONGEST_INDEXED)).join(' ').slice(0, LONGEST_INDEXED);
  const rows = [...documents].map(([vid, { tenant, at, title, topics, speakers, body, ids }]) => ({
    vid,
    at,
    title: words(title),
    topics: words(topics),
    speakers: words(speakers),
    body: words(body),
    lexemes: [tenantLexeme(tenant), ...ids.map(speakerLexeme)],
  }));
  await sql.all(insertDocumentsSql, JSON.stringify(rows));
}

/** The words and phrases as a `tsquery` expression over parameters from `$first` on. */
function wordQuery(match: Match, first: number): { readonly text: string; readonly values: readonly string[] } {
  const values: string[] = [];
  const lists = match.map((texts) => {
    const plain = texts.map((text) => plainWords(text).join(' ')).filter(Boolean);
    const words = plain.filter((text) => !text.includes(' ')).join(' ');
    const phrases = plain.filter((text) => text.includes(' '));
    const parameter = (value: string) => `$${first + values.push(value) - 1}`;
    const all = [
      ...(words === '' ? [] : [`plainto_tsquery('english', ${parameter(words)})`]),
      ...phrases.map((phrase) => `phraseto_tsquery('english', ${parameter(phrase)})`),
    ];
    // To PostgreSQL `&&` binds no closer than `||`.
    return all.length === 0 ? '' : `(${all.join(' && ')})`;
  });
  const text = lists.filter(Boolean).join(' || ');
  return { text: text === '' ? '' : `(${text})`, values };
}

/** Who may see it, and who speaks in it: quoted lexemes, no words of anyone in them. */
function scopeQuery(tenant: string, ids: readonly number[]): string {
  const any = (lexemes: readonly string[]) => `(${lexemes.map((lexeme) => `'${lexeme}'`).join(' | ')})`;
  const tenants = [...new Set(['', tenant])].map(tenantLexeme);
  return ids.length > 0 ? `${any(tenants)} & ${any(ids.map(speakerLexeme))}` : any(tenants);
}

const DAY_MS = 86_400_000;
const FIRST_WINDOW_DAYS = 30;
const WIDER = { least: 4, most: 64 };

/** A query of stop words alone is empty, and empty AND scope would be everything in scope. */
const matches = (words: string, scope: string): string => `numnode(${words}) > 0 AND tsv @@ (${words} && ${scope})`;

/** Numbers of matches in one window, newest first: their words are not read, only the index. */
export const newestSql = (words: string, scope: string): string =>
  `SELECT vid FROM search WHERE ${matches(words, scope)} AND vid >= $1 AND vid < $2 ORDER BY vid DESC LIMIT $3`;

/** The same with their scores, in no order. */
export const matchingSql = (words: string, scope: string): string => `
  SELECT m.vid, t.story_id, t.at, t.undated, ts_rank(${weights}, m.tsv, ${words}, 1) AS score
  FROM (SELECT vid, tsv FROM search WHERE ${matches(words, scope)} AND vid >= $1 AND vid < $2
        ORDER BY vid DESC LIMIT $3) m
  JOIN times t ON t.vid = m.vid`;

/** A statement for one window, over `from`, `below`, the limit, the scope and the words. */
type Window = (words: string, scope: string) => string;

/**
 * The newest matches, window by window back in time. A month first; how many it held tells how far the next one
 * has to reach, so that even a rare word takes a handful of questions.
 */
async function newestMatches<Row extends { readonly vid: number }>(
  sql: Sql,
  { match, since, limit }: Pick<NewestQuery, 'match' | 'since' | 'limit'>,
  scope: string,
  window: Window,
): Promise<Row[]> {
  const words = wordQuery(match, 5);
  const newest = await one<{ vid: number; at: number }>(sql, 'SELECT vid, at FROM times ORDER BY vid DESC LIMIT 1');
  if (words.text === '' || !newest) return [];
  const query = window(words.text, '$4::tsquery');
  const more: Value[] = [scope, ...words.values];
  const floor = slotFloor(since);
  const found: Row[] = [];
  let below = slotCeiling;
  for (let days = FIRST_WINDOW_DAYS; ; ) {
    const from = Math.max(firstOfDay(newest.at - days * DAY_MS), floor);
    found.push(...(await sql.all<Row>(query, from, below, limit - found.length, ...more)));
    if (found.length >= limit || from <= floor) return found;
    below = from;
    const enough = (1.3 * limit) / Math.max(found.length, 1);
    days *= Math.min(Math.max(enough, WIDER.least), WIDER.most);
  }
}

export const postgresSearch: SearchEngine = {
  async matching(sql, { since, now, among, limit, ...query }) {
    const scope = scopeQuery(query.tenant, []);
    const newest = await newestMatches<TextHit>(sql, { ...query, since, limit: among }, scope, matchingSql);
    return bestOf(since === undefined ? newest : newest.filter(({ at }) => at >= since), now, limit);
  },
  async newest(sql, query) {
    const found = await newestMatches<{ vid: number }>(
      sql,
      query,
      scopeQuery(query.tenant, query.speakers ?? []),
      newestSql,
    );
    return found.map(({ vid }) => vid);
  },
};
