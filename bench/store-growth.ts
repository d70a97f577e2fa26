/**
 * What adding one article costs in stores of different sizes: by clock and by processor time, with full durability, in
 * batches of 20. "today" are articles of the day after the last, as news arrives; "archive" are dated at random.
 *
 *     node bench/store-growth.ts [sizes=10000,100000]
 *
 * A store of 1,000,000 is filled first, once, which takes an hour or two. Sizes take turns, so that what else the
 * machine does falls on all of them alike; each figure is the median of the rounds.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { openSqlite } from '../src/store/sqlite.ts';
import type { ArticleEntry, Store } from '../src/store/store.ts';
import { articleAt, quantile, random } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

const ROUNDS = 5;
const ARTICLES = 200;
const BATCH = 20;
const sizes = (process.argv[2] ?? '10000,100000').split(',').map(Number);

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** Milliseconds an article. */
async function adding(store: Store, entries: readonly ArticleEntry[]): Promise<Cost> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  for (let n = 0; n < entries.length; n += BATCH)
    await Promise.all(entries.slice(n, n + BATCH).map((entry) => store.saveArticle(entry)));
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - started) / entries.length, cpu: (user + system) / 1000 / entries.length };
}

/** Articles that no store holds yet. */
function fresh(kind: string, size: number, round: number): ArticleEntry[] {
  const draw = random(round);
  return Array.from({ length: ARTICLES }, (_, i) => {
    const entry = articleAt(size + round * ARTICLES + i, size);
    if (kind === 'today') return entry;
    const at = new Date(Date.parse(articleAt(Math.floor(draw() * size), size).signature.at)).toISOString();
    return {
      ...entry,
      article: { ...entry.article, id: `${entry.article.id}a`, date: { state: 'stated', at, precision: 'minute' } },
      signature: { ...entry.signature, at },
    };
  });
}

const opened = new Map<number, { readonly store: Store; readonly path: string }>();
for (const size of sizes) {
  const path = `${await filledStore(size)}.growth`;
  copyFileSync(path.replace('.growth', ''), path);
  opened.set(size, { store: await openSqlite(path), path });
}
const kinds = ['today', 'archive'];
const costs = new Map<string, Cost[]>();
// The first round warms caches and is not counted.
for (let round = 0; round <= ROUNDS; round++)
  for (const kind of kinds)
    for (const [size, { store }] of opened) {
      const cost = await adding(store, fresh(kind, size, round));
      if (round > 0) costs.set(`${kind} ${size}`, [...(costs.get(`${kind} ${size}`) ?? []), cost]);
    }
for (const kind of kinds) {
  const median = (size: number, of: keyof Cost) =>
    quantile(
      costs.get(`${kind} ${size}`)!.map((cost) => cost[of]),
      0.5,
    );
  for (const size of sizes)
    console.log(
      `${kind.padEnd(8)} ${String(size).padStart(8)} stored: ${median(size, 'wall').toFixed(2)} ms by the clock, ${median(size, 'cpu').toFixed(2)} ms of CPU an article: ${(median(size, 'wall') / median(sizes[0]!, 'wall')).toFixed(2)}x, ${(median(size, 'cpu') / median(sizes[0]!, 'cpu')).toFixed(2)}x`,
    );
}
for (const { store, path } of opened.values()) {
  await store.close();
  rmSync(path, { force: true });
}
