/** The store that the settings name. */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

export const openStore = async (config: Config): Promise<Store> =>
  config.DATABASE_URL
    ? (await import('./store/postgres.ts')).openPostgres(config.DATABASE_URL)
    : openSqlite(join(config.DATA_DIR, 'pullquote.db'));
