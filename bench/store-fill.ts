/** A store of synthetic articles, made once and kept in BENCH_DATA; goes on where it was stopped: `node bench/store-fill.ts 100000`. */
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
  if (existsSync(path)) {
    // Made by an earlier version: brought up to date.
    await (await openSqlite(path)).close();
    return path;
  }
  const store = await openSqlite(`${path}.partial`);
  // Those of the last batches may be missing between others: they are saved again, which changes nothing.
  await fill(store, size, Math.max(0, (await store.stats('')).articles - 2 * AHEAD));
  await store.close();
  renameSync(`${path}.partial`, path);
  return path;
}

/** How far the saving runs ahead of the writer. */
const AHEAD = 100;

/** Saves articles `from` to `size`. */
async function fill(store: Store, size: number, from: number): Promise<void> {
  const started = performance.now();
  const waiting = new Set<Promise<unknown>>();
  for (let n = from; n < size; n++) {
    const saving = store.saveArticle(articleAt(n, size));
    waiting.add(saving);
    void saving.finally(() => waiting.delete(saving));
    if (waiting.size >= AHEAD) await Promise.race(waiting);
    if (n % 10_000 === 9_999)
      console.error(`${n + 1} articles, ${Math.round((n + 1 - from) / ((performance.now() - started) / 1000))}/s`);
  }
  await Promise.all(waiting);
}

if (import.meta.main) console.log(await filledStore(Number(process.argv[2] ?? 10_000)));
