/**
 * What was posted of late and which versions of which articles it shows, so that a post can be put right when its source
 * changes. Both engines.
 */
import type { Instant } from '../../model.ts';
import { instant, storable } from '../rows.ts';
import { milliseconds } from '../slots.ts';
import { one, type Sql, type Value } from '../sql.ts';
import type { NewPosting, Posting, ShownVersion } from '../store.ts';

/** Loaded with the first posting. */
const zlib = () => process.getBuiltinModule('node:zlib');

interface PostingRow {
  readonly delivery_key: string;
  readonly briefing_id: number;
  readonly at: number;
  readonly document: Uint8Array;
  readonly corrected: string;
}

export async function addPosting(sql: Sql, key: string, at: Instant, { document, shows }: NewPosting): Promise<void> {
  await sql.insert(
    'postings (delivery_key, at, document, corrected)',
    [[key, milliseconds(at), deflated(document), '']],
    'ON CONFLICT (delivery_key) DO NOTHING',
  );
  if (shows.length === 0) return;
  await sql.insert(
    'posting_articles (article_id, delivery_key, hash)',
    shows.map(({ articleId, hash }): Value[] => [articleId, key, hash]),
    'ON CONFLICT (article_id, delivery_key) DO NOTHING',
  );
}

/** The last few documents: at eight o'clock the same one is posted thousands of times. */
const packed = new Map<string, Uint8Array>();
const PACKED = 8;

function deflated(document: string): Uint8Array {
  const known = packed.get(document);
  if (known) return known;
  const bytes = new Uint8Array(zlib().deflateRawSync(storable(document)));
  packed.set(document, bytes);
  if (packed.size > PACKED) packed.delete(packed.keys().next().value as string);
  return bytes;
}

/**
 * Postings that show a version of an article that is not the newest any more, as far as nobody has looked at the newest
 * yet. With `articleId` those of one article; without, a part of all in the order of their keys: go on after `next`.
 */
export async function outdatedPostings(
  sql: Sql,
  { since, articleId, after = '', limit }: { since: Instant; articleId?: string; after?: string; limit: number },
): Promise<{ readonly keys: readonly string[]; readonly next?: string }> {
  // An article that was erased, by retention or with its tenant, was not corrected: it has no row at all.
  const newest = 'JOIN articles a ON a.id = p.article_id LEFT JOIN versions v ON v.vid = a.vid';
  const outdated = `p.hash <> coalesce(v.hash, '')`;
  if (articleId !== undefined) {
    const rows = await sql.all<{ delivery_key: string }>(
      `SELECT p.delivery_key FROM posting_articles p JOIN postings q ON q.delivery_key = p.delivery_key ${newest}
       WHERE p.article_id = $1 AND q.at >= $2 AND ${outdated} ORDER BY p.delivery_key`,
      articleId,
      milliseconds(since),
    );
    return { keys: rows.map(({ delivery_key }) => delivery_key) };
  }
  const part = await sql.all<{ delivery_key: string }>(
    'SELECT delivery_key FROM postings WHERE delivery_key > $1 ORDER BY delivery_key LIMIT $2',
    after,
    limit,
  );
  const last = part.at(-1)?.delivery_key;
  if (last === undefined) return { keys: [] };
  const rows = await sql.all<{ delivery_key: string }>(
    `SELECT DISTINCT p.delivery_key FROM posting_articles p JOIN postings q ON q.delivery_key = p.delivery_key ${newest}
     WHERE p.delivery_key > $1 AND p.delivery_key <= $2 AND q.at >= $3 AND ${outdated} ORDER BY p.delivery_key`,
    after,
    last,
    milliseconds(since),
  );
  const keys = rows.map(({ delivery_key }) => delivery_key);
  return part.length < limit ? { keys } : { keys, next: last };
}

/** Takes a posting for one process; undefined when another is at it, or it is not kept any more. */
export async function claimPosting(
  sql: Sql,
  { key, by, now, leaseMs }: { key: string; by: string; now: Instant; leaseMs: number },
): Promise<Posting | undefined> {
  const at = milliseconds(now);
  const taken = await sql.all(
    `UPDATE postings SET claimed_by = $2, claimed_at = $3
     WHERE delivery_key = $1 AND (claimed_at IS NULL OR claimed_at <= $4) RETURNING delivery_key`,
    key,
    by,
    at,
    at - leaseMs,
  );
  if (taken.length === 0) return undefined;
  const row = await one<PostingRow>(
    sql,
    `SELECT q.delivery_key, d.briefing_id, q.at, q.document, q.corrected
     FROM postings q JOIN deliveries d ON d.key = q.delivery_key WHERE q.delivery_key = $1`,
    key,
  );
  return (
    row && {
      key: row.delivery_key,
      briefingId: row.briefing_id,
      at: instant(row.at),
      document: zlib().inflateRawSync(row.document).toString('utf8'),
      corrected: row.corrected,
    }
  );
}

/** Gives a posting back: what it says now, and up to which versions it was looked at. */
export async function settlePosting(
  sql: Sql,
  { key, by, corrected, seen }: { key: string; by: string; corrected: string; seen: readonly ShownVersion[] },
): Promise<void> {
  const mine = await sql.all(
    `UPDATE postings SET corrected = $3, claimed_by = NULL, claimed_at = NULL
     WHERE delivery_key = $1 AND claimed_by = $2 RETURNING delivery_key`,
    key,
    by,
    corrected,
  );
  if (mine.length === 0) return;
  for (const { articleId, hash } of seen)
    await sql.all(
      'UPDATE posting_articles SET hash = $3 WHERE article_id = $1 AND delivery_key = $2',
      articleId,
      key,
      hash,
    );
}

export async function removePosting(sql: Sql, key: string): Promise<void> {
  await sql.all('DELETE FROM posting_articles WHERE delivery_key = $1', key);
  await sql.all('DELETE FROM postings WHERE delivery_key = $1', key);
}

/** A batch of what is older. */
export async function forgetPostings(sql: Sql, { before, limit }: { before: Instant; limit: number }): Promise<number> {
  const old = await sql.all<{ delivery_key: string }>(
    'SELECT delivery_key FROM postings WHERE at < $1 ORDER BY at LIMIT $2',
    milliseconds(before),
    limit,
  );
  for (const { delivery_key } of old) await removePosting(sql, delivery_key);
  return old.length;
}
