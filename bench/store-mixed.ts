/**
 * S6: a topic asked for every 20 ms while 50 articles a second arrive, against the same without arrivals. Times count
 * from when the question was due, so that a stall hurts every question that waits behind it.
 *
 *     node bench/store-mixed.ts [articles=10000] [seconds=10]
 */
import { copyFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqlite } from '../src/store/sqlite.ts';
import { articleAt, ms, NOW, quantile, queryTerms } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

const size = Number(process.argv[2] ?? 10_000);
const seconds = Number(process.argv[3] ?? 10);
const path = `${await filledStore(size)}.mixed`;
copyFileSync(path.replace('.mixed', ''), path);
const store = await openSqlite(path);
const now = new Date(NOW).toISOString();
const terms = Object.values(queryTerms()).flat();
const arriving = Array.from({ length: seconds * 50 }, (_, i) => articleAt(size + i, size));

async function ask(): Promise<number[]> {
  const waits: number[] = [];
  const started = performance.now();
  for (let i = 0; i < seconds * 50; i++) {
    const due = started + i * 20;
    if (performance.now() < due) await pause(Math.max(due - performance.now(), 0));
    await store.searchArticles({ tenant: '', text: terms[i % terms.length]!, now, limit: 10 });
    waits.push(performance.now() - due);
  }
  return waits;
}

async function arrive(): Promise<number> {
  const started = performance.now();
  const saves: Promise<unknown>[] = [];
  for (const [i, entry] of arriving.entries()) {
    const due = started + i * 20;
    if (performance.now() < due) await pause(Math.max(due - performance.now(), 0));
    saves.push(store.saveArticle(entry));
  }
  await Promise.all(saves);
  return saves.length / ((performance.now() - started) / 1000);
}

await ask();
const idle = await ask();
const [busy, rate] = await Promise.all([ask(), arrive()]);
const show = (waits: number[]) =>
  `p50 ${ms(quantile(waits, 0.5))} p99 ${ms(quantile(waits, 0.99))} max ${ms(Math.max(...waits))} ms`;
console.log(`S6 ${size} articles: idle ${show(idle)}`);
console.log(
  `   while ${rate.toFixed(0)} articles/s arrive: ${show(busy)}: ${(quantile(busy, 0.99) / quantile(idle, 0.99)).toFixed(1)}x at p99`,
);
await store.close();
rmSync(path, { force: true });
