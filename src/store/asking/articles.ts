/** Stored articles, quotes and reactions, read back by what they are known by. Both engines. */
import type { Article, ArticleHead, Quote, Reaction, Tenant } from '../../model.ts';
import {
  articleOf,
  keyText,
  type QuoteData,
  quoteOf,
  type ReactionData,
  reactionOf,
  type SpeakerRow,
  storable,
  unpackOriginal,
} from '../rows.ts';
import { slotFloor } from '../slots.ts';
import { one, type Sql } from '../sql.ts';
import type { ArticleFile, ArticleState, SliceRef } from '../store.ts';

/** Condition that a reader of `parameter`'s tenant may see a row. */
export const seenBy = (column: string, parameter: string): string => `${column} IN ('', ${parameter})`;

export async function articleState(sql: Sql, id: string): Promise<ArticleState | undefined> {
  const row = await one<{ hash: string; engine: string; digest: string | null; file: string | null }>(
    sql,
    'SELECT v.hash, v.engine, v.digest, v.file FROM articles a JOIN versions v ON v.vid = a.vid WHERE a.id = $1',
    id,
  );
  if (!row) return undefined;
  const { hash, engine, digest, file } = row;
  return { hash, engine, ...(digest !== null && { digest }), ...(file !== null && { file }) };
}

export async function articleFiles(
  sql: Sql,
  { after, limit }: { after: string; limit: number },
): Promise<readonly ArticleFile[]> {
  return sql.all<ArticleFile>(
    `SELECT file, count(*) AS articles FROM versions WHERE live = 1 AND file > $1 GROUP BY file ORDER BY file LIMIT $2`,
    after,
    limit,
  );
}

export async function articlesInFile(
  sql: Sql,
  { file, after = 0, limit }: { file: string; after?: number; limit: number },
): Promise<{ ids: readonly string[]; next?: number }> {
  const rows = await sql.all<{ vid: number; article_id: string }>(
    'SELECT vid, article_id FROM versions WHERE live = 1 AND file = $1 AND vid > $2 ORDER BY vid LIMIT $3',
    keyText(file),
    after,
    limit,
  );
  const last = rows.at(-1);
  return { ids: rows.map(({ article_id }) => article_id), ...(last && rows.length === limit && { next: last.vid }) };
}

export async function ownsArticles(sql: Sql, tenant: Tenant): Promise<boolean> {
  // The index holds only those of servers and workspaces, and wants to hear so.
  const first = `SELECT 1 AS there FROM articles WHERE tenant = $1 AND tenant <> '' LIMIT 1`;
  return (await one(sql, first, storable(tenant))) !== undefined;
}

interface TextRow {
  readonly vid: number;
  readonly head: string;
  readonly text: string;
  readonly shape: string;
}

/** The newest version, or the one with `hash`, withdrawn or not. */
export async function article(sql: Sql, id: string, hash?: string): Promise<Article | undefined> {
  const row = await (hash === undefined
    ? one<TextRow>(
        sql,
        `SELECT v.vid, v.head, t.text, t.shape FROM articles a JOIN versions v ON v.vid = a.vid JOIN texts t ON t.vid = v.vid
         WHERE a.id = $1`,
        id,
      )
    : one<TextRow>(
        sql,
        `SELECT v.vid, v.head, t.text, t.shape FROM versions v JOIN texts t ON t.vid = v.vid
         WHERE v.article_id = $1 AND v.hash = $2`,
        id,
        hash,
      ));
  return row && articleOf(row.head, row.text, row.shape);
}

export async function original(sql: Sql, id: string, hash: string): Promise<Uint8Array | undefined> {
  const row = await one<{ text: string; original: Uint8Array | null }>(
    sql,
    `SELECT t.text, t.original FROM versions v JOIN texts t ON t.vid = v.vid WHERE v.article_id = $1 AND v.hash = $2`,
    id,
    hash,
  );
  return row && unpackOriginal(row.original, row.text);
}

/** One read for each version, however many of its spans are asked for. */
export async function slices(sql: Sql, refs: readonly SliceRef[]): Promise<readonly (string | undefined)[]> {
  const texts = new Map<string, string | undefined>();
  for (const { articleId, hash } of refs) {
    const key = `${articleId}\n${hash}`;
    if (texts.has(key)) continue;
    const row = await one<{ text: string }>(
      sql,
      'SELECT t.text FROM versions v JOIN texts t ON t.vid = v.vid WHERE v.article_id = $1 AND v.hash = $2',
      articleId,
      hash,
    );
    texts.set(key, row?.text);
  }
  return refs.map(({ articleId, hash, span }) => {
    const text = texts.get(`${articleId}\n${hash}`);
    const inside = text !== undefined && span.start >= 0 && span.start <= span.end && span.end <= text.length;
    return inside ? text.slice(span.start, span.end) : undefined;
  });
}

// ---------------------------------------------------------------- heads, texts, speakers by number

export interface HeadRow {
  readonly vid: number;
  readonly story_id: number;
  readonly at: number;
  readonly tenant: string;
  readonly head: string;
  readonly found: string;
}

export const headOfRow = (row: { readonly head: string }): ArticleHead => JSON.parse(row.head) as ArticleHead;

export async function headRows(sql: Sql, vids: readonly number[]): Promise<ReadonlyMap<number, HeadRow>> {
  if (vids.length === 0) return new Map();
  const rows = await sql.all<HeadRow>(
    `SELECT vid, story_id, at, tenant, head, found FROM versions WHERE ${sql.dialect.among('vid', '$1', 'bigint')}`,
    JSON.stringify(vids),
  );
  return new Map(rows.map((row) => [row.vid, row]));
}

export async function textsOf(sql: Sql, vids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (vids.length === 0) return new Map();
  const rows = await sql.all<{ vid: number; text: string }>(
    `SELECT vid, text FROM texts WHERE ${sql.dialect.among('vid', '$1', 'bigint')}`,
    JSON.stringify(vids),
  );
  return new Map(rows.map(({ vid, text }) => [vid, text]));
}

export const speakerColumns = 'id, tenant, kind, name, role, aliases, handle, gazetteer, quotes, paraphrases, seen';

export async function speakerRows(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, SpeakerRow>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.all<SpeakerRow>(
    `SELECT ${speakerColumns} FROM speakers WHERE ${sql.dialect.among('id', '$1', 'bigint')}`,
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

// ---------------------------------------------------------------- quotes and reactions

export interface StoredQuote {
  readonly vid: number;
  readonly n: number;
  readonly receipt: string;
  readonly verbatim: number;
  readonly speaker_id: number | null;
  readonly data: string;
}

export const quoteColumns = 'vid, n, receipt, verbatim, speaker_id, data';

/** Articles at hand: what quotes and reactions of many of them are made ready with. */
export interface Shelf {
  readonly heads: ReadonlyMap<number, ArticleHead>;
  readonly texts: ReadonlyMap<number, string>;
}

export async function shelfOf(sql: Sql, vids: readonly number[]): Promise<Shelf> {
  const heads = await headRows(sql, vids);
  return {
    heads: new Map([...heads].map(([vid, row]) => [vid, headOfRow(row)])),
    texts: await textsOf(sql, vids),
  };
}

/** Rows made ready to show, in the order given; rows whose article is gone meanwhile are left out. */
export async function showQuotes(sql: Sql, rows: readonly StoredQuote[], shelf?: Shelf): Promise<readonly Quote[]> {
  const { heads, texts } = shelf ?? (await shelfOf(sql, unique(rows.map((row) => row.vid))));
  const speakers = await speakerRows(sql, unique(rows.flatMap((row) => row.speaker_id ?? [])));
  return rows.flatMap((row): Quote[] => {
    const head = heads.get(row.vid);
    const text = texts.get(row.vid);
    if (!head || text === undefined) return [];
    const speaker = row.speaker_id === null ? undefined : speakers.get(row.speaker_id);
    return [quoteOf(head, text, row.receipt, JSON.parse(row.data) as QuoteData, speaker)];
  });
}

export interface StoredReaction {
  readonly vid: number;
  readonly n: number;
  readonly speaker_id: number;
  readonly stance: string;
  readonly data: string;
}

export const reactionColumns = 'vid, n, speaker_id, stance, data';

export async function showReactions(
  sql: Sql,
  rows: readonly StoredReaction[],
  shelf?: Shelf,
): Promise<readonly Reaction[]> {
  const { heads, texts } = shelf ?? (await shelfOf(sql, unique(rows.map((row) => row.vid))));
  const speakers = await speakerRows(sql, unique(rows.map((row) => row.speaker_id)));
  return rows.flatMap((row): Reaction[] => {
    const head = heads.get(row.vid);
    const text = texts.get(row.vid);
    const speaker = speakers.get(row.speaker_id);
    if (!head || text === undefined || !speaker) return [];
    return [reactionOf(head, text, row.stance, JSON.parse(row.data) as ReactionData, speaker)];
  });
}

/**
 * The quote of a receipt, if the reader may see it: of the newest version, else of an older or withdrawn one,
 * which then says so.
 */
export async function quote(sql: Sql, receipt: string, tenant: Tenant): Promise<Quote | undefined> {
  const row = await one<StoredQuote & { live: number; withdrawn: number }>(
    sql,
    `SELECT q.vid, q.n, q.receipt, q.verbatim, q.speaker_id, q.data, q.live,
       CASE WHEN a.vid IS NULL THEN 1 ELSE 0 END AS withdrawn
     FROM quotes q JOIN versions v ON v.vid = q.vid JOIN articles a ON a.id = v.article_id
     WHERE q.receipt = $1 AND ${seenBy('v.tenant', '$2')} ORDER BY q.live DESC, q.vid DESC, q.n LIMIT 1`,
    storable(receipt),
    tenant,
  );
  if (!row) return undefined;
  const [shown] = await showQuotes(sql, [row]);
  if (!shown || row.live === 1) return shown;
  return { ...shown, standing: row.withdrawn === 1 ? 'withdrawn' : 'superseded' };
}

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

// ---------------------------------------------------------------- newest

export interface TimeRow {
  readonly vid: number;
  readonly at: number;
  readonly story_id: number;
  readonly outlet: string;
  readonly quotes: number;
}

/** Newest first, of the operator and the tenant. */
export async function newestArticles(
  sql: Sql,
  tenant: Tenant,
  since: number | undefined,
  limit: number,
): Promise<readonly TimeRow[]> {
  const all: TimeRow[] = [];
  for (const owner of tenant === '' ? [''] : ['', tenant])
    all.push(
      ...(await sql.all<TimeRow>(
        `SELECT vid, at, story_id, outlet, quotes FROM times WHERE tenant = $1 AND vid >= $2 AND at >= $3
         ORDER BY vid DESC LIMIT $4`,
        owner,
        slotFloor(since),
        since ?? Number.MIN_SAFE_INTEGER,
        limit,
      )),
    );
  return all.sort((a, b) => b.at - a.at || b.vid - a.vid).slice(0, limit);
}
