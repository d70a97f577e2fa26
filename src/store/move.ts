/**
 * Copies a whole store from one engine to the other (or to the same), every table row by row, and proves the copy:
 * counts and checksums of every table, and what each engine has its own way (full text, where stories are found) built anew.
 *
 * Nothing may write to either store meanwhile; the source is read in one transaction and never changed.
 */
import { hash } from 'node:crypto';
import pg from 'pg';
import type { ArticleHead } from '../model.ts';
import { StoreError, storeError } from './errors.ts';
import { ensureMonth, postgresIndex } from './postgres/search.ts';
import { migratePostgres, postgresOptions, sqlOn } from './postgres.ts';
import { type Found, masksOf, type Shape, searchableText, storable } from './rows.ts';
import type { ArticleIndex } from './saving/batch.ts';
import { monthOf } from './slots.ts';
import { one, type Sql, type Value } from './sql.ts';
import { sqliteIndex } from './sqlite/article-index.ts';
import { connectSqlite, NEWEST_SCHEMA, schemaVersion } from './sqlite/driver.ts';
import { migrateSqlite } from './sqlite/migrate.ts';
import { storyKeys } from './stories/story-index.ts';

/** Every table but those that each engine builds its own way (full text, what stories are found by), with the columns that tell its rows apart; in an order in which they may be filled. */
const tables: Readonly<Record<string, readonly string[]>> = {
  articles: ['id'],
  versions: ['vid'],
  times: ['vid'],
  texts: ['vid'],
  stories: ['id'],
  story_moves: ['from_id', 'to_id'],
  signatures: ['vid'],
  terms: ['tenant', 'term'],
  speakers: ['id'],
  speaker_keys: ['tenant', 'key', 'speaker_id'],
  quotes: ['vid', 'n'],
  reactions: ['vid', 'n'],
  topics: ['id'],
  article_topics: ['vid', 'topic_id'],
  aliases: ['tenant', 'key', 'other'],
  name_words: ['space', 'tenant', 'word', 'weight', 'id'],
  outlets: ['tenant', 'outlet'],
  totals: ['tenant', 'what'],
  briefings: ['id'],
  deliveries: ['key'],
  pages: ['delivery_key', 'n'],
  shown: ['platform', 'channel', 'story_id'],
  sources: ['id'],
  origins: ['tenant', 'origin'],
  problems: ['tenant', 'origin'],
  installations: ['tenant'],
  reports: ['id'],
  postings: ['delivery_key'],
  posting_articles: ['article_id', 'delivery_key'],
};

export interface Moved {
  readonly rows: number;
  readonly articles: number;
}

const ROWS_AT_ONCE = 500;

/**
 * @param from A SQLite file or a `postgres://` address.
 * @param to The same; must hold no store yet, or an empty one.
 * @throws StoreError `invalid` when the target is not empty, `fault` when the copy differs.
 */
export async function moveStore(
  from: string,
  to: string,
  progress: (table: string, rows: number) => void = () => {},
): Promise<Moved> {
  const source = await openEnd(from, 'from');
  try {
    const target = await openEnd(to, 'to');
    try {
      return await copy(source, target, progress);
    } finally {
      await target.close();
    }
  } catch (error) {
    throw storeError(error, 'move');
  } finally {
    await source.close();
  }
}

async function copy(source: End, target: End, progress: (table: string, rows: number) => void): Promise<Moved> {
  for (const [table] of Object.entries(tables))
    if (await one(target.sql, `SELECT 1 AS one FROM ${table} LIMIT 1`))
      throw new StoreError('invalid', `move: expected an empty store to move to, its table ${table} has rows`);
  let rows = 0;
  const sums = new Map<string, Sum>();
  for (const [table, key] of Object.entries(tables)) {
    const sum = await eachBatch(source.sql, table, key, (batch) =>
      target.transaction(() => insert(target.sql, table, batch)),
    );
    sums.set(table, sum);
    rows += sum.rows;
    progress(table, sum.rows);
  }
  const search = () => rebuildSearch(target, progress);
  const rest = async (end: End) => {
    await rebuildStories(end, progress);
    await verify(end.sql, sums);
  };
  if (target.beside) await Promise.all([search(), rest(target.beside)]);
  else {
    await search();
    await rest(target);
  }
  await target.finish();
  return { rows, articles: sums.get('times')!.rows };
}

async function verify(sql: Sql, sums: ReadonlyMap<string, Sum>): Promise<void> {
  for (const [table, key] of Object.entries(tables)) {
    const expected = sums.get(table)!;
    const got = await eachBatch(sql, table, key, async () => {});
    if (got.rows !== expected.rows || got.checksum !== expected.checksum)
      throw new StoreError(
        'fault',
        `move: table ${table}: expected ${expected.rows} rows as read, got ${got.rows} that differ`,
      );
  }
}

// ---------------------------------------------------------------- rows

type Row = Readonly<Record<string, Value>>;

interface Sum {
  rows: number;
  /** Sum of the rows' hashes: the engines order text differently, a sum does not mind. */
  checksum: bigint;
}

async function eachBatch(
  sql: Sql,
  table: string,
  key: readonly string[],
  use: (batch: readonly Row[]) => Promise<void>,
): Promise<Sum> {
  const sum: Sum = { rows: 0, checksum: 0n };
  let after: readonly Value[] | undefined;
  // The next rows are read while these are put in.
  let using = Promise.resolve();
  for (;;) {
    const where = after ? `WHERE (${key.join(', ')}) > (${key.map((_, i) => `$${i + 1}`).join(', ')})` : '';
    const batch = await sql.all<Row>(
      `SELECT * FROM ${table} ${where} ORDER BY ${key.join(', ')} LIMIT ${ROWS_AT_ONCE}`,
      ...(after ?? []),
    );
    if (batch.length === 0) {
      await using;
      return sum;
    }
    for (const row of batch) sum.checksum = (sum.checksum + rowHash(row)) & 0xffffffffffffffffn;
    sum.rows += batch.length;
    await using;
    using = use(batch);
    using.catch(() => {}); // Awaited above, one batch later.
    const last = batch.at(-1)!;
    after = key.map((column) => last[column] ?? null);
  }
}

function rowHash(row: Row): bigint {
  const columns = Object.keys(row).sort();
  const values = columns.map((column) => {
    const value = row[column];
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  });
  return hash('sha256', JSON.stringify([columns, values]), 'buffer').readBigUInt64LE();
}

async function insert(sql: Sql, table: string, batch: readonly Row[]): Promise<void> {
  const columns = Object.keys(batch[0]!);
  await sql.insert(
    `${table} (${columns.join(', ')})`,
    batch.map((row) =>
      columns.map((column) => {
        const value = row[column] ?? null;
        return typeof value === 'string' ? storable(value) : value;
      }),
    ),
  );
}

// ---------------------------------------------------------------- full text

/** From what is stored: texts without their masked parts, labels of topics, names of those who speak. */
// Both sides of a join are told where the batch begins: PostgreSQL merges them, and would read the other from its start.

async function rebuildSearch(target: End, progress: (table: string, rows: number) => void): Promise<void> {
  let after = -1;
  let done = 0;
  for (;;) {
    const live = await target.sql.all<{
      vid: number;
      at: number;
      tenant: string;
      head: string;
      found: string;
      text: string;
      shape: string;
    }>(
      `SELECT v.vid, v.at, v.tenant, v.head, v.found, t.text, t.shape FROM versions v JOIN texts t ON t.vid = v.vid
       WHERE v.live = 1 AND v.vid > $1 AND t.vid > $1 ORDER BY v.vid LIMIT 100`,
      after,
    );
    if (live.length === 0) break;
    await target.transaction(async () => {
      const speaking = await speakersIn(target.sql, live[0]!.vid, live.at(-1)!.vid);
      for (const { vid, at, tenant, head, found, text, shape } of live) {
        await target.prepare(at);
        const speakers = speaking.get(vid) ?? [];
        await target.index.put(target.sql, vid, {
          tenant,
          at,
          title: storable((JSON.parse(head) as ArticleHead).title ?? ''),
          body: searchableText({ text, masks: masksOf(JSON.parse(shape) as Shape) }),
          topics: (JSON.parse(found) as Found).topics.join('\n'),
          speakers: speakers
            .map(({ name, role, aliases }) => [name, ...(JSON.parse(aliases) as string[]), role ?? ''].join('\n'))
            .join('\n'),
          ids: speakers.map(({ id }) => id),
        });
      }
    });
    after = live.at(-1)!.vid;
    done += live.length;
  }
  progress('search', done);
}

interface Speaking {
  readonly vid: number;
  readonly id: number;
  readonly name: string;
  readonly role: string | null;
  readonly aliases: string;
}

/** Who says something in the articles numbered `first` to `last`, by article. */
async function speakersIn(sql: Sql, first: number, last: number): Promise<ReadonlyMap<number, readonly Speaking[]>> {
  const rows = await sql.all<Speaking>(
    `SELECT said.vid, s.id, s.name, s.role, s.aliases FROM (
       SELECT vid, speaker_id FROM quotes WHERE vid BETWEEN $1 AND $2 AND live = 1 AND speaker_id IS NOT NULL
       UNION SELECT vid, speaker_id FROM reactions WHERE vid BETWEEN $1 AND $2) said
     JOIN speakers s ON s.id = said.speaker_id ORDER BY said.vid, s.id`,
    first,
    last,
  );
  return Map.groupBy(rows, ({ vid }) => vid);
}

// ---------------------------------------------------------------- where stories are found

async function rebuildStories(target: End, progress: (table: string, rows: number) => void): Promise<void> {
  let after = -1;
  let done = 0;
  for (;;) {
    const rows = await target.sql.all<{ vid: number; tenant: string; terms: string; shingles: Uint8Array }>(
      `SELECT s.vid, t.tenant, s.terms, s.shingles FROM signatures s JOIN times t ON t.vid = s.vid
       WHERE s.vid > $1 AND t.vid > $1 ORDER BY s.vid LIMIT ${ROWS_AT_ONCE}`,
      after,
    );
    if (rows.length === 0) break;
    await target.transaction(async () => {
      for (const { vid, tenant, terms, shingles } of rows)
        await target.index.stories.put(target.sql, vid, storyKeys(tenant, terms, shingles));
    });
    after = rows.at(-1)!.vid;
    done += rows.length;
  }
  progress('stories found by', done);
}

// ---------------------------------------------------------------- the two ends

interface End {
  readonly sql: Sql;
  /** Another connection, where the engine lets two work at once. */
  readonly beside?: End;
  readonly index: ArticleIndex;
  transaction(work: () => Promise<void>): Promise<void>;
  /** Whatever the full text needs before an article of that time. */
  prepare(at: number): Promise<void>;
  /** Counters that follow from the rows. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const openEnd = (address: string, side: 'from' | 'to'): Promise<End> =>
  /^postgres(ql)?:\/\//.test(address) ? postgresEnd(address, side) : sqliteEnd(address, side);

async function sqliteEnd(path: string, side: 'from' | 'to'): Promise<End> {
  const connection = connectSqlite(path, { readOnly: side === 'from' });
  if (side === 'from') {
    if (schemaVersion(connection) !== NEWEST_SCHEMA) {
      connection.close();
      throw new StoreError(
        'invalid',
        `move: ${path} was written by another version of the bot: expected schema ${NEWEST_SCHEMA}. Start this version with it once, or ask it something ("npm run -s cli -- ask ...")`,
      );
    }
    connection.exec('BEGIN');
  } else migrateSqlite(connection);
  const index = sqliteIndex();
  return {
    sql: connection,
    index,
    async transaction(work) {
      connection.exec('BEGIN IMMEDIATE');
      try {
        await work();
        await index.flush(connection);
        await index.stories.flush(connection);
        connection.exec('COMMIT');
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
    async prepare() {},
    async finish() {},
    async close() {
      connection.close();
    },
  };
}

async function postgresEnd(url: string, side: 'from' | 'to'): Promise<End> {
  const pool = new pg.Pool({
    ...postgresOptions(url),
    max: 2,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  pool.on('error', () => {});
  const connections: pg.PoolClient[] = [];
  const connect = async () => {
    const connection = await pool.connect();
    connections.push(connection);
    return connection;
  };
  const close = async () => {
    for (const connection of connections) connection.release(true);
    await pool.end();
  };
  try {
    if (side === 'to') await migratePostgres(pool);
    const first = await connect();
    if (side === 'from') {
      await first.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      return { ...onConnection(first), close };
    }
    const second = await connect();
    // The full text of thousands of articles is merged into its index at once, not article by article.
    for (const client of [first, second])
      await client.query(`SET gin_pending_list_limit = '64MB'; SET maintenance_work_mem = '256MB'`);
    return { ...onConnection(first), beside: { ...onConnection(second), close }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function onConnection(client: pg.PoolClient): Omit<End, 'close'> {
  const sql = sqlOn(client);
  const index = postgresIndex();
  const months = new Set<string>();
  return {
    sql,
    index,
    async transaction(work) {
      await client.query('BEGIN');
      try {
        await work();
        await index.flush(sql);
        await index.stories.flush(sql);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
    async prepare(at) {
      const { name } = monthOf(at);
      if (!months.has(name)) await ensureMonth(sql, at);
      months.add(name);
    },
    async finish() {
      for (const table of ['stories', 'speakers', 'topics', 'briefings', 'sources', 'reports'])
        await client.query(
          `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM ${table}), false)`,
        );
      // Numbers of a day start behind those that any day has taken.
      await client.query(`SELECT setval('slots', (SELECT coalesce(max(vid % 2097152), 0) + 1 FROM versions))`);
    },
  };
}
