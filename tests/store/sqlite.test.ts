import { openSqlite, THROW_AWAY } from '../../src/store/sqlite.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('SQLite', () => openSqlite(THROW_AWAY));
