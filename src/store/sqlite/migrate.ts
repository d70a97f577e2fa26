/** Brings a SQLite file to the newest schema. A file that is there already needs none of this. */
import { StoreError } from '../errors.ts';
import { sqliteMigrations } from '../migrations/sqlite.ts';
import { type SqliteConnection, schemaVersion } from './driver.ts';

/**
 * Brings a file to the newest schema, each step in a transaction of its own.
 * @throws StoreError `newer` when a newer version of the bot wrote it, `corrupt` when it is somebody else's database.
 */
export function migrateSqlite(connection: SqliteConnection): void {
  const version = () => schemaVersion(connection);
  const known = sqliteMigrations.length;
  if (version() > known)
    throw new StoreError(
      'newer',
      `sqlite: expected schema ${known} or older, got ${version()}: start the newer version of the bot`,
    );
  if (version() === 0 && tableCount(connection) > 0)
    throw new StoreError('corrupt', 'sqlite: expected an empty file or a store of ours, got another database');
  while (version() < known) {
    connection.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have been quicker.
      const now = version();
      if (now < known) {
        const step = sqliteMigrations[now]!;
        connection.exec(typeof step === 'string' ? step : step.sql);
        if (typeof step !== 'string') step.fill(connection.database);
        connection.exec(`PRAGMA user_version = ${now + 1}`);
      }
      connection.exec('COMMIT');
    } catch (error) {
      connection.exec('ROLLBACK');
      throw error;
    }
  }
}

const tableCount = ({ database }: SqliteConnection): number =>
  (database.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'`).get() as { n: number }).n;
