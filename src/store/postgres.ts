/** The store for many processes: PostgreSQL 15 or later, a pool, transactions tried again when the server wants that. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { assembleStore } from './assemble.ts';
import { StoreError, storeError } from './errors.ts';
import { postgresMigrations } from './migrations/postgres.ts';
import { ensureMonth, postgresIndex, postgresSearch } from './postgres/search.ts';
import { type Batch, openBatch } from './saving/batch.ts';
import type { PreparedArticle } from './saving/prepare.ts';
import { lockNames, type Saved, saveArticles } from './saving/save.ts';
import { runWrite, type WriteName, type Writer } from './saving/writes.ts';
import { monthOf } from './slots.ts';
import { postgresDialect, type Sql, type Value } from './sql.ts';
import type { Store } from './store.ts';

const CONNECTIONS = 10;
const CONNECT_MS = 5000;
const STATEMENT_MS = 15_000;
/** A server that restarts is back after some seconds: questions wait this long for it, then say that it is gone. */
const RETRY_MS = [100, 300, 900, 2000] as const;
/** Rows sent in one statement: PostgreSQL takes 65,535 parameters. */
const PARAMETERS = 20_000;

/** Whole numbers as numbers: ours stay below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20 || oid === 1700
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/**
 * Opens a store on a PostgreSQL server and brings its schema up to date. Any number of processes may do so at once.
 * @throws StoreError
 */
export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool(postgresOptions(url));
  // An idle connection that the server closed is replaced at the next question; without this it would end the process.
  pool.on('error', () => {});
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end();
    throw storeError(error, 'postgres: could not open the database');
  }
  return storeOn(pool, url);
}

export const postgresOptions = (url: string): pg.PoolConfig => ({
  connectionString: url,
  max: CONNECTIONS,
  connectionTimeoutMillis: CONNECT_MS,
  statement_timeout: STATEMENT_MS,
  idle_in_transaction_session_timeout: STATEMENT_MS,
  application_name: 'pullquote',
  keepAlive: true,
  allowExitOnIdle: true,
  types,
  onConnect: preferIndexes,
});

/**
 * The planner takes a month's table for small, because the words of its articles lie beside it (TOAST), and would read
 * them all; compiling a plan costs more than running it. Set after connecting: poolers refuse it as a start option.
 */
export async function preferIndexes(client: pg.ClientBase): Promise<void> {
  await client.query('SET enable_seqscan = off; SET jit = off');
}

function storeOn(pool: pg.Pool, url: string): Store {
  let closed: Promise<void> | undefined;
  const refuseClosed = () => {
    if (closed) throw new StoreError('closed', 'the store is closed');
  };
  const reader = sqlOn(pool);
  const saver = openSaver(pool);
  return assembleStore({
    engine: 'postgres',
    address: url,
    search: postgresSearch,
    async read(doing, ask) {
      refuseClosed();
      return again(doing, () => ask(reader));
    },
    write: (async (name: WriteName, ...values: unknown[]) => {
      refuseClosed();
      if (name === 'saveArticle') return saver.save(values[0] as PreparedArticle);
      return again(name, async () => {
        if (ALONE.has(name)) return runWrite(reader, openBatch(postgresIndex()), name, values);
        return inBatch(pool, (sql, batch) => runWrite(sql, batch, name, values));
      });
    }) as Writer,
    async check() {
      refuseClosed();
      await again('postgres: check', () =>
        inTransaction(pool, async (sql) => {
          await sql.all(`INSERT INTO totals (tenant, what, n) VALUES ('#check', 'check', 0)`);
          throw new Undo();
        }).catch((error: unknown) => {
          if (!(error instanceof Undo)) throw error;
        }),
      );
    },
    close() {
      closed ??= saver.idle().then(() => pool.end());
      return closed;
    },
  });
}

/**
 * Writes whose every statement stands by itself and may be sent twice: without BEGIN and COMMIT they take a third of the
 * round trips, and a briefing makes several of them. A claim that was made and not heard of is `busy` until its lease ends.
 */
const ALONE: ReadonlySet<WriteName> = new Set<WriteName>([
  'claimDelivery',
  'renewClaim',
  'startPage',
  'postedPage',
  'unsentPage',
]);

/** Ends a transaction without a trace and without being a fault. */
class Undo extends Error {}

async function inBatch<Result>(pool: pg.Pool, work: (sql: Sql, batch: Batch) => Promise<Result>): Promise<Result> {
  return inTransaction(pool, async (sql) => {
    const batch = openBatch(postgresIndex());
    const result = await work(sql, batch);
    await batch.flush(sql);
    return result;
  });
}

// ---------------------------------------------------------------- articles

/** Articles saved in one transaction, and what they may weigh: a server keeps some thousand locks, and a statement in memory. */
const TOGETHER = { articles: 64, names: 1500, characters: 4_000_000 };

/** An article of so many characters may take the server longer than a question may: full text reads some megabytes a second. */
const LONG = 1_000_000;
const LONG_MS = 120_000;

/** Saves articles that wait together in one transaction, one transaction after the other. */
function openSaver(pool: pg.Pool) {
  const months = new Set<string>();
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      // Lets those that come in the same moment join.
      await new Promise((resume) => setImmediate(resume));
      await saveAll(waiting.splice(0, together(waiting)));
    }
    working = undefined;
  }

  /** When one of them fails, all are taken back, and each half is tried by itself. */
  async function saveAll(some: readonly Waiting[]): Promise<void> {
    try {
      const articles = some.map(({ article }) => article);
      const outcomes = await again('saveArticle', async () => {
        await prepareMonths(articles);
        return inBatch(pool, async (sql, batch) => {
          if (articles.some(({ text }) => text.length > LONG))
            await sql.all(`SET LOCAL statement_timeout = ${LONG_MS}`);
          return saveArticles(sql, batch, articles);
        });
      });
      for (const [i, { resolve }] of some.entries()) resolve(outcomes[i]!);
    } catch (error) {
      if (some.length === 1 || !isOfOne(error)) for (const { reject } of some) reject(error);
      else for (const half of halves(some)) await saveAll(half);
    }
  }

  /** The months' tables of the full-text index, before the transaction that needs them. */
  async function prepareMonths(articles: readonly PreparedArticle[]): Promise<void> {
    for (const { at } of articles) {
      const { name } = monthOf(at);
      if (months.has(name)) continue;
      await inTransaction(pool, async (sql) => {
        await sql.all(`SELECT pg_advisory_xact_lock(hashtext('pullquote month'))`);
        await ensureMonth(sql, at);
      });
      months.add(name);
    }
  }

  return {
    save: (article: PreparedArticle): Promise<Saved> =>
      new Promise((resolve, reject) => {
        waiting.push({ article, resolve, reject });
        working ??= work();
      }),
    async idle(): Promise<void> {
      await working;
    },
  };
}

interface Waiting {
  readonly article: PreparedArticle;
  resolve(outcome: Saved): void;
  reject(error: unknown): void;
}

/** How many of those that wait fit into one transaction. */
function together(waiting: readonly Waiting[]): number {
  let names = 0;
  let characters = 0;
  const end = waiting.slice(0, TOGETHER.articles).findIndex(({ article }) => {
    names += lockNames(article).length;
    characters += article.text.length;
    return names > TOGETHER.names || characters > TOGETHER.characters;
  });
  return end < 0 ? TOGETHER.articles : Math.max(end, 1);
}

const halves = <T>(all: readonly T[]): readonly (readonly T[])[] => {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)];
};

/** A failure that another article of the batch may not have. */
const isOfOne = (error: unknown): boolean =>
  error instanceof StoreError && ['fault', 'invalid', 'timeout', 'locked'].includes(error.kind);

// ---------------------------------------------------------------- statements

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

export function sqlOn(connection: Queryable): Sql {
  const all = async <Row>(text: string, ...values: readonly Value[]): Promise<readonly Row[]> =>
    (await connection.query(text, values.map(postgresValue))).rows as Row[];
  return {
    dialect: postgresDialect,
    all,
    async insert<Row>(into: string, rows: readonly (readonly Value[])[], after = ''): Promise<readonly Row[]> {
      const width = rows[0]?.length ?? 0;
      const atOnce = Math.max(Math.floor(PARAMETERS / Math.max(width, 1)), 1);
      const returned: Row[] = [];
      for (let from = 0; from < rows.length; from += atOnce) {
        const part = rows.slice(from, from + atOnce);
        const places = part.map((row, r) => `(${row.map((_, c) => `$${r * width + c + 1}`).join(', ')})`).join(', ');
        returned.push(...(await all<Row>(`INSERT INTO ${into} VALUES ${places} ${after}`, ...part.flat())));
      }
      return returned;
    },
  };
}

/** PostgreSQL has no NUL in text; what people type may have one. */
const postgresValue = (value: Value): Value =>
  typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '\uFFFD') : value;

async function inTransaction<Result>(pool: pg.Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  // A connection that breaks between two statements reports here; the statement that follows fails and tells why.
  const ignore = () => {};
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(sqlOn(client));
    await commit(client);
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback; // The connection is gone, and the transaction with it.
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

/** Once the commit is sent nobody knows whether it happened unless the server says so: such a failure is not tried again. */
async function commit(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('COMMIT');
  } catch (error) {
    const known = storeError(error, 'commit');
    throw known.kind === 'unavailable' ? new Uncertain(known) : error;
  }
}

class Uncertain extends StoreError {
  constructor(cause: StoreError) {
    super('unavailable', `the connection broke during the commit: ${cause.message}`, { cause });
  }
}

/**
 * Tries again what the server asks to try again: two writers in each other's way, a number taken meanwhile, a server
 * that restarts. What was sent is a whole transaction or a question, so once more is safe.
 */
async function again<Result>(doing: string, attempt: () => Promise<Result>): Promise<Result> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const wait = RETRY_MS[tried];
      if (wait === undefined || !mayPass(error)) throw storeError(error, doing);
      await pause(wait * (0.5 + Math.random()));
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof Uncertain) return false;
  const code = (error as { code?: unknown }).code;
  // unique_violation: another writer took the same number on the same day.
  if (code === '23505' || code === '42P07') return true;
  const { kind } = storeError(error, '');
  return kind === 'unavailable' || (kind === 'locked' && code !== '55P03');
}

// ---------------------------------------------------------------- schema

export async function migratePostgres(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    // Other processes that start now wait here, then find nothing left to do. One lock for each schema of a database.
    await client.query(`SELECT pg_advisory_lock(hashtext('pullquote schema ' || current_schema()))`);
    await client.query('CREATE TABLE IF NOT EXISTS schema_state (version BIGINT NOT NULL, works_with BIGINT NOT NULL)');
    const { rows } = await client.query('SELECT version, works_with FROM schema_state');
    const state = (rows[0] ?? { version: 0, works_with: 0 }) as { version: number; works_with: number };
    const known = postgresMigrations.length;
    if (state.works_with > known)
      throw new StoreError(
        'newer',
        `postgres: expected a schema that works with version ${known} of ours, got one that needs ${state.works_with}: start the newer version of the bot`,
      );
    for (let version = state.version; version < known; version++) await migrateStep(client, version);
  } finally {
    // A lock of the session: it must not go back into the pool with the connection.
    client.release(true);
  }
}

async function migrateStep(client: pg.PoolClient, version: number): Promise<void> {
  const { sql, worksWith } = postgresMigrations[version]!;
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('DELETE FROM schema_state');
    await client.query('INSERT INTO schema_state (version, works_with) VALUES ($1, $2)', [version + 1, worksWith]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
