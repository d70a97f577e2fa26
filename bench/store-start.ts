/**
 * S5: from a fresh process to the first brief of a filled store, against bare Node; memory above bare Node.
 *
 *     node bench/store-start.ts [articles=10000]
 *
 * As the bot is started: with Node's compile cache, which the launcher turns on and the first round fills (without it most
 * of the time goes into stripping types), and with the flags of `npm start`, for bare Node as well. Processor time, of all
 * threads, is told beside the clock's: it is the same on a machine that is busy.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFlags } from './start-flags.ts';
import { ms, NOW, quantile } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

/** In turns. The least of many is what the machine does when nothing else wants it. */
const ROUNDS = 25;

const cache = mkdtempSync(join(tmpdir(), 'pullquote-bench-'));
const path = await filledStore(Number(process.argv[2] ?? 10_000));
const store = new URL('../src/store/sqlite.ts', import.meta.url).href;
const corpus = new URL('./store-corpus.ts', import.meta.url).href;
const told = `JSON.stringify({ rss: process.memoryUsage.rss() / 1e6, cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1000 })`;
const scripts = {
  bare: `console.log(${told})`,
  first: `const { openSqlite } = await import('${store}'); const s = await openSqlite('${path}');
    const c = await s.coverage({ tenant: '', topic: 'cartels', now: '${new Date(NOW).toISOString()}', stories: 1 });
    if (c.stories.length === 0) throw new Error('nothing found');
    console.log(${told}); process.exit(0);`,
  used: `const { openSqlite } = await import('${store}'); const { queryTerms } = await import('${corpus}'); const s = await openSqlite('${path}');
    const terms = Object.values(queryTerms()).flat();
    for (let i = 0; i < 200; i++) await s.coverage({ tenant: '', topic: terms[i % terms.length], now: '${new Date(NOW).toISOString()}', stories: 3 });
    console.log(${told}); process.exit(0);`,
};

interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
}
const runs: Record<string, Run[]> = { bare: [], first: [], used: [] };
for (let round = 0; round <= ROUNDS; round++)
  for (const [name, script] of Object.entries(scripts)) {
    if (name === 'used' && round > 2) continue;
    const started = performance.now();
    const answer = execFileSync(process.execPath, [...startFlags, '--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    // The first round fills the cache.
    if (round > 0)
      runs[name]!.push({ wall: performance.now() - started, ...(JSON.parse(answer) as Pick<Run, 'cpu' | 'rss'>) });
  }
const at = (name: string, of: keyof Run, q: number) =>
  quantile(
    runs[name]!.map((run) => run[of]),
    q,
  );
const against = (of: 'wall' | 'cpu') => {
  const ratio = (q: number) => `${(at('first', of, q) / at('bare', of, q)).toFixed(2)}x`;
  return `${ms(at('first', of, 0.5))} ms, bare Node ${ms(at('bare', of, 0.5))} ms: ${ratio(0.5)} (least to least ${ratio(0)}, quarter to quarter ${ratio(0.25)})`;
};
const above = (name: string) => `${ms(at(name, 'rss', 0.5) - at('bare', 'rss', 0.5))} MB`;
console.log(`S5 start to first brief, median of ${ROUNDS}: ${against('wall')}`);
console.log(`   processor time: ${against('cpu')}`);
console.log(`   memory above bare Node: ${above('first')} at the first brief, ${above('used')} after 200 briefs`);
rmSync(cache, { recursive: true, force: true });
