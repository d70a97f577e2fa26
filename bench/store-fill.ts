/** A store of synthetic articles, made once and kept: `node bench/store-fill.ts 100000 [folder]`. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../src/store/sqlite.ts';
import type { Store } from '../src/store/store.ts';
import { articleAt } from './store-corpus.ts';

export const benchFolder = process.env.BENCH_DATA ?? join(tmpdir(), 'pullquote-bench');

/** Path of a store that holds `size` articles; makes it when it is not there. */
export async function filledStore(size: number): Promise<string> {
  mkdirSync(benchFolder, { recursive: true });
  const path = join(benchFolder, `store-${size}.db`);
  if (existsSync(path)) return path;
  const store = await openSqlite(`${path}.partial`);
  await fill(store, size);
  await store.close();
  renameSync(`${path}.partial`, path);
  return path;
}

/** Saves articles 0 to `size`, a few batches ahead of the writer. */
export async function fill(store: Store, size: number): Promise<void> {
  const started = performance.now();
  const waiting = new Set<Promise<unknown>>();
  for (let n = 0; n < size; n++) {
    const saving = store.saveArticle(articleAt(n, size));
    waiting.add(saving);
    void saving.finally(() => waiting.delete(saving));
    if (waiting.size >= 100) await Promise.race(waiting);
    if (n % 10_000 === 9_999)
      console.error(`${n + 1} articles, ${Math.round((n + 1) / ((performance.now() - started) / 1000))}/s`);
  }
  await Promise.all(waiting);
}

if (import.meta.main) console.log(await filledStore(Number(process.argv[2] ?? 10_000)));
