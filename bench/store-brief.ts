/**
 * S1, S2, S3: how fast a topic is answered, and whether the newest thousand matches give the same ten as all of them.
 *
 *     node bench/store-brief.ts [articles=10000] [--postgres URL]
 *
 * 140 distinct terms in four classes through the public `searchArticles` and `coverage`, beside the bare statement on a
 * connection of its own, in rounds that take turns. With two sizes (`10000,100000`) the growth exponent is printed.
 */
import { DatabaseSync } from 'node:sqlite';
import { ranked } from '../src/store/asking/ranked.ts';
import { NEWEST_RANKED } from '../src/store/asking/search.ts';
import { queryWords } from '../src/store/asking/words.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { connectSqlite } from '../src/store/sqlite/driver.ts';
import { ftsQuery, matchingSql, sqliteSearch } from '../src/store/sqlite/search.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { ms, NOW, quantile, queryTerms } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

const ROUNDS = 5;
const now = new Date(NOW).toISOString();
const terms = queryTerms();
const [sizes = '10000'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const postgres = process.argv.includes('--postgres') ? process.argv[process.argv.indexOf('--postgres') + 1] : undefined;

/** Times of each term, by class and text. */
type Timings = Record<string, Record<string, number[]>>;

async function timed(into: number[], work: () => unknown): Promise<void> {
  const started = performance.now();
  await work();
  into.push(performance.now() - started);
}

async function measure(size: number): Promise<number> {
  const path = postgres === undefined ? await filledStore(size) : '';
  const store = postgres === undefined ? await openSqlite(path) : await openPostgres(postgres);
  const bare = postgres === undefined ? new DatabaseSync(path, { readOnly: true }) : undefined;
  const statement = bare?.prepare(matchingSql('search').replace(/\$(\d)/g, '?$1'));
  const search: Timings = {};
  const brief: Timings = {};
  const raw: Timings = {};
  for (let round = 0; round <= ROUNDS; round++)
    for (const [kind, words] of Object.entries(terms))
      for (const text of words) {
        // The first round warms the page cache and is not counted.
        const into = (all: Timings) => (round === 0 ? [] : timingsOf(all, kind, text));
        await timed(into(search), () => store.searchArticles({ tenant: '', text, now, limit: 10 }));
        await timed(into(raw), () => statement?.all(ftsQuery([queryWords(text)]), 0, NEWEST_RANKED, NOW, 0, 10));
        await timed(into(brief), () => store.coverage({ tenant: '', topic: text, now, stories: 5 }));
      }
  console.log(`${store.engine}, ${size} articles: ms, p50 / p99 of each term's best of ${ROUNDS} rounds`);
  for (const kind of [...Object.keys(terms), undefined])
    console.log(
      `  ${(kind ?? 'all').padEnd(7)} S1 search ${shown(search, kind)}${bare ? `   bare statement ${shown(raw, kind)}` : ''}   whole brief ${shown(brief, kind)}`,
    );
  const [mine, theirs] = [quantile(medians(search), 0.99), quantile(medians(raw), 0.99)];
  if (bare) {
    console.log(`  S1 p99 against the bare statement: ${(mine / theirs).toFixed(2)}x`);
    bare.close();
    await recall(path);
  }
  await store.close();
  return mine;
}

function timingsOf(timings: Timings, kind: string, text: string): number[] {
  timings[kind] ??= {};
  timings[kind][text] ??= [];
  return timings[kind][text];
}

/** A term's best: what a neighbour on the machine does to one round is not the store's. */
const medians = (timings: Timings, kind?: string): number[] =>
  Object.entries(timings)
    .filter(([name]) => kind === undefined || name === kind)
    .flatMap(([, terms]) => Object.values(terms).map((times) => quantile(times, 0)));
const shown = (timings: Timings, kind?: string): string => {
  const values = medians(timings, kind);
  return `${ms(quantile(values, 0.5))} / ${ms(quantile(values, 0.99))}`;
};

/** S2: the ten that are shown against the ten best of every match. */
async function recall(path: string): Promise<void> {
  const sql = connectSqlite(path, { readOnly: true });
  for (const [kind, words] of Object.entries(terms)) {
    let found = 0;
    let wanted = 0;
    for (const text of words) {
      const query = { tenant: '', match: [queryWords(text)], since: undefined, now: NOW, limit: 10 };
      const best = await ranked(sql, sqliteSearch, query, Number.MAX_SAFE_INTEGER);
      const given = new Set((await ranked(sql, sqliteSearch, query)).map(({ vid }) => vid));
      wanted += best.length;
      found += best.filter(({ vid }) => given.has(vid)).length;
    }
    console.log(`  S2 recall@10 ${kind}: ${wanted === 0 ? 'no match' : (found / wanted).toFixed(3)} of ${wanted}`);
  }
  sql.close();
}

const growth: { size: number; p99: number }[] = [];
for (const size of sizes.split(',').map(Number)) growth.push({ size, p99: await measure(size) });
const [small, large] = [growth[0]!, growth.at(-1)!];
if (growth.length > 1)
  console.log(
    `S3 growth of p99 from ${small.size} to ${large.size}: exponent ${(Math.log(large.p99 / small.p99) / Math.log(large.size / small.size)).toFixed(2)}`,
  );
