/** `node:sqlite` behind our `Sql`: statements prepared once, parameters as `$1`, pragmas as measured. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Sql, sqliteDialect, type Value } from '../sql.ts';

/** Statements kept prepared; the few questions with a varying number of parts must not fill the memory. */
const STATEMENTS_KEPT = 300;
const BUSY_MS = 5000;

export interface SqliteConnection extends Sql {
  exec(text: string): void;
  readonly database: DatabaseSync;
  close(): void;
}

export interface SqliteOptions {
  readonly readOnly?: boolean;
  /** Opened to read and write the log's index, as WAL wants it, but no statement may change anything. */
  readonly queryOnly?: boolean;
  /** A store that is thrown away need not survive a power cut. */
  readonly throwAway?: boolean;
}

export function connectSqlite(
  path: string,
  { readOnly = false, queryOnly = readOnly, throwAway = false }: SqliteOptions = {},
): SqliteConnection {
  const database = new DatabaseSync(path, { readOnly, timeout: BUSY_MS });
  const statements = new Map<string, StatementSync>();
  const prepared = (text: string): StatementSync => {
    const known = statements.get(text);
    if (known) return known;
    // `$1` is a name to SQLite; `?1` is a position.
    const statement = database.prepare(text.replace(/\$(\d+)/g, '?$1'));
    if (statements.size >= STATEMENTS_KEPT) statements.delete(statements.keys().next().value as string);
    statements.set(text, statement);
    return statement;
  };
  const insertTexts = new Map<string, string>();
  const inserting = (into: string, width: number, rows: number, after: string): StatementSync => {
    const name = `${rows} ${into} ${after}`;
    const text = insertTexts.get(name) ?? insertSql(into, width, rows, after);
    insertTexts.set(name, text);
    return prepared(text);
  };
  try {
    if (!queryOnly) {
      database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA synchronous = ${throwAway ? 'OFF' : 'FULL'}`);
    } else database.exec('PRAGMA query_only = 1');
    // In KiB. Readers lean on the system's page cache; the writer keeps the pages of its indexes at hand.
    database.exec(`PRAGMA cache_size = ${queryOnly ? -4_096 : -16_384}`);
    database.exec('PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    dialect: sqliteDialect,
    database,
    all: <Row>(text: string, ...values: readonly Value[]) => prepared(text).all(...(values as Value[])) as Row[],
    insert<Row>(into: string, rows: readonly (readonly Value[])[], after = '') {
      const width = rows[0]?.length ?? 0;
      // One by one where rows come back: SQLite promises no order for those of one statement.
      if (after.includes('RETURNING'))
        return rows.flatMap((row) => inserting(into, width, 1, after).all(...(row as Value[])) as Row[]);
      let from = 0;
      for (; from + ROWS_AT_ONCE <= rows.length; from += ROWS_AT_ONCE)
        inserting(into, width, ROWS_AT_ONCE, after).run(...(rows.slice(from, from + ROWS_AT_ONCE).flat() as Value[]));
      for (; from < rows.length; from++) inserting(into, width, 1, after).run(...(rows[from] as Value[]));
      return [];
    },
    exec: (text) => database.exec(text),
    close() {
      statements.clear();
      database.close();
    },
  };
}

/** Rows put in by one statement where there are as many: half the time of one by one. */
const ROWS_AT_ONCE = 8;

const insertSql = (into: string, width: number, rows: number, after: string): string => {
  const row = (r: number) => `(${Array.from({ length: width }, (_, c) => `$${r * width + c + 1}`).join(', ')})`;
  return `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, (_, r) => row(r)).join(', ')} ${after}`;
};

/**
 * How many steps `migrations/sqlite.ts` has (a test compares): told here, so that a file which is up to date is opened
 * without loading what brings it there.
 */
export const NEWEST_SCHEMA = 9;

/** Steps that have been taken to make the file (`migrations/sqlite.ts`); 0 for an empty one. */
export const schemaVersion = ({ database }: SqliteConnection): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
