/** The store for many processes: PostgreSQL 15 or later, a pool, transactions tried again when the server wants that. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { assembleStore } from './assemble.ts';
import { openBatch } from './batch.ts';
import { StoreError, storeError } from './errors.ts';
import { postgresMigrations } from './migrations/postgres.ts';
import { ensureMonth, postgresIndex, postgresSearch } from './postgres-search.ts';
import type { PreparedArticle } from './prepare.ts';
import { monthOf } from './slots.ts';
import { postgresDialect, type Sql, type Value } from './sql.ts';
import type { Store } from './store.ts';
import { runWrite, type WriteName, type Writer } from './writes.ts';

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
  return storeOn(pool);
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
async function preferIndexes(client: pg.ClientBase): Promise<void> {
  await client.query('SET enable_seqscan = off; SET jit = off');
}

function storeOn(pool: pg.Pool): Store {
  let closed: Promise<void> | undefined;
  const refuseClosed = () => {
    if (closed) throw new StoreError('closed', 'the store is closed');
  };
  const months = new Set<string>();
  const reader = sqlOn(pool);
  return assembleStore({
    engine: 'postgres',
    search: postgresSearch,
    async read(doing, ask) {
      refuseClosed();
      return again(doing, () => ask(reader));
    },
    write: (async (name: WriteName, ...values: unknown[]) => {
      refuseClosed();
      return again(name, async () => {
        if (name === 'saveArticle') await prepareMonth(pool, values[0] as PreparedArticle, months);
        const batch = openBatch(postgresIndex());
        if (ALONE.has(name)) return runWrite(reader, batch, name, values);
        return inTransaction(pool, async (sql) => {
          const result = await runWrite(sql, batch, name, values);
          await batch.flush(sql);
          return result;
        });
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
      closed ??= pool.end();
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

/** The month's table of the full-text index, before the transaction that needs it. */
async function prepareMonth(pool: pg.Pool, { at }: PreparedArticle, months: Set<string>): Promise<void> {
  const { name } = monthOf(at);
  if (months.has(name)) return;
  await inTransaction(pool, async (sql) => {
    await sql.all(`SELECT pg_advisory_xact_lock(hashtext('pullquote month'))`);
    await ensureMonth(sql, at);
  });
  months.add(name);
}

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
