/**
 * S5: from a fresh process to the first brief of a filled store, against bare Node; memory above bare Node.
 *
 *     node bench/store-start.ts [articles=10000]
 *
 * With Node's compile cache, as the launcher turns it on: without it most of the time goes into stripping types.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ms, NOW, quantile } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

const cache = mkdtempSync(join(tmpdir(), 'pullquote-bench-'));
const path = await filledStore(Number(process.argv[2] ?? 10_000));
const store = new URL('../src/store/sqlite.ts', import.meta.url).href;
const corpus = new URL('./store-corpus.ts', import.meta.url).href;
const memory = `JSON.stringify({ rss: process.memoryUsage.rss() / 1e6 })`;
const scripts = {
  bare: `console.log(${memory})`,
  first: `const { openSqlite } = await import('${store}'); const s = await openSqlite('${path}');
    const c = await s.coverage({ tenant: '', topic: 'cartels', now: '${new Date(NOW).toISOString()}', stories: 1 });
    if (c.stories.length === 0) throw new Error('nothing found');
    console.log(${memory}); process.exit(0);`,
  used: `const { openSqlite } = await import('${store}'); const { queryTerms } = await import('${corpus}'); const s = await openSqlite('${path}');
    const terms = Object.values(queryTerms()).flat();
    for (let i = 0; i < 200; i++) await s.coverage({ tenant: '', topic: terms[i % terms.length], now: '${new Date(NOW).toISOString()}', stories: 3 });
    console.log(${memory}); process.exit(0);`,
};

const runs: Record<string, { wall: number; rss: number }[]> = { bare: [], first: [], used: [] };
for (let round = 0; round < 9; round++)
  for (const [name, script] of Object.entries(scripts)) {
    if (name === 'used' && round > 2) continue;
    const started = performance.now();
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    // The first round fills the cache.
    if (round > 0)
      runs[name]!.push({ wall: performance.now() - started, rss: (JSON.parse(told) as { rss: number }).rss });
  }
const median = (name: string, of: 'wall' | 'rss') =>
  quantile(
    runs[name]!.map((run) => run[of]),
    0.5,
  );
console.log(
  `S5 start to first brief: ${ms(median('first', 'wall'))} ms, bare Node ${ms(median('bare', 'wall'))} ms: ${(median('first', 'wall') / median('bare', 'wall')).toFixed(2)}x`,
);
console.log(
  `   memory above bare Node: ${ms(median('first', 'rss') - median('bare', 'rss'))} MB at the first brief, ${ms(median('used', 'rss') - median('bare', 'rss'))} MB after 200 briefs`,
);
rmSync(cache, { recursive: true, force: true });
