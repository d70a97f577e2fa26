/** A copy of a SQLite store while the bot runs: pages are copied a few at a time, writers go on. */
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreError, storeError } from '../errors.ts';

export interface Backup {
  readonly pages: number;
  readonly articles: number;
}

/** Pages copied in one go, a quarter of a megabyte: the shortest wait for a writer, still a hundred megabytes a second. */
const PAGES_AT_ONCE = 64;

/**
 * Copies the store in `from` to the new file `to`, proves the copy sound, and only then gives it its name. To restore,
 * stop the bot and put the copy in the store's place.
 *
 * @throws StoreError `invalid` when `to` exists: a backup never writes over anything.
 */
export async function backupSqlite(from: string, to: string): Promise<Backup> {
  if (await exists(to)) throw new StoreError('invalid', `backup: expected a new file, ${to} exists`);
  if (!(await exists(from))) throw new StoreError('unavailable', `backup: expected a store, ${from} does not exist`);
  const partial = `${to}.partial`;
  try {
    await mkdir(dirname(to), { recursive: true });
    await rm(partial, { force: true });
    const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    const pages = await backup(source, partial, { rate: PAGES_AT_ONCE }).finally(() => source.close());
    const articles = provenSound(partial);
    await rename(partial, to);
    return { pages, articles };
  } catch (error) {
    await rm(partial, { force: true });
    throw storeError(error, `backup of ${from}`);
  }
}

/** The copy agrees with itself; gives how many articles it holds. */
function provenSound(path: string): number {
  const copy = new DatabaseSync(path);
  try {
    // One file, without a log beside it.
    copy.exec('PRAGMA journal_mode = DELETE');
    const { integrity_check: result } = copy.prepare('PRAGMA integrity_check').get() as { integrity_check: string };
    if (result !== 'ok') throw new StoreError('corrupt', `the copy is damaged: ${result}`);
    copy.exec(`INSERT INTO search (search) VALUES ('integrity-check')`);
    copy.exec(`INSERT INTO search_own (search_own) VALUES ('integrity-check')`);
    return (copy.prepare('SELECT count(*) AS n FROM times').get() as { n: number }).n;
  } finally {
    copy.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
