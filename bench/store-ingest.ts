/**
 * S4: saving analysed articles, as the thread that analyses hands them on, in batches of 20 with full durability, against
 * the same rows put in by bare statements and against MiniSearch, which keeps nothing on disk.
 *
 *     node bench/store-ingest.ts [articles=3000]
 *
 * CPU seconds of the whole process (the writing thread included) are compared, because a shared machine stretches the clock.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { prepareArticle } from '../src/store/saving/prepare.ts';
import { connectSqlite } from '../src/store/sqlite/driver.ts';
import { migrateSqlite } from '../src/store/sqlite/migrate.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { ArticleEntry } from '../src/store/store.ts';
import { articleAt } from './store-corpus.ts';

const size = Number(process.argv[2] ?? 3000);
const BATCH = 20;
const folder = mkdtempSync(join(tmpdir(), 'pullquote-bench-'));
const entries = Array.from({ length: size }, (_, n) => articleAt(n, size));
const prepared = entries.map(prepareArticle);

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

async function cost(work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - started, cpu: (user + system) / 1000 };
}

async function ours(path: string): Promise<void> {
  const store = await openSqlite(path);
  for (let n = 0; n < size; n += BATCH)
    await Promise.all(prepared.slice(n, n + BATCH).map((article) => store.savePrepared(article)));
  await store.close();
}

/** Every row of the first run, by plain prepared statements on one thread: what SQLite itself asks for. */
async function bare(rows: readonly RowsOfArticle[], path: string): Promise<void> {
  const target = connectSqlite(path);
  migrateSqlite(target);
  const put = target.database.prepare(
    'INSERT INTO search (rowid, title, body, topics, speakers, ids) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (let n = 0; n < rows.length; n += BATCH) {
    target.exec('BEGIN IMMEDIATE');
    const batch = rows.slice(n, n + BATCH);
    for (const { inserts } of batch) for (const { statement, values } of inserts) target.insert(statement, values);
    for (const { vid, entry } of batch)
      put.run(
        vid,
        entry.article.title ?? '',
        entry.article.text,
        entry.analysis.topics.map((topic) => topic.label).join('\n'),
        entry.analysis.speakers.map((speaker) => speaker.name).join('\n'),
        '',
      );
    target.exec('COMMIT');
  }
  target.close();
}

interface RowsOfArticle {
  readonly vid: number;
  readonly entry: ArticleEntry;
  readonly inserts: readonly {
    readonly statement: string;
    readonly values: (string | number | null | Uint8Array)[][];
  }[];
}

/** What the store wrote, article by article; shared rows (speakers, topics, terms) go with the article that comes first. */
function rowsByArticle(path: string): RowsOfArticle[] {
  const source = connectSqlite(path, { readOnly: true });
  const byId = new Map(entries.map((entry) => [entry.article.id, entry]));
  const tables = ['versions', 'times', 'texts', 'signatures', 'quotes', 'article_topics'];
  const once = [
    'stories',
    'terms',
    'speakers',
    'speaker_keys',
    'topics',
    'name_words',
    'articles',
    'origins',
    'outlets',
  ];
  const read = (table: string, where = '') =>
    source.database.prepare(`SELECT * FROM ${table} ${where}`).all() as Record<
      string,
      string | number | null | Uint8Array
    >[];
  const versions = read('versions', 'ORDER BY vid');
  const grouped = new Map<number, RowsOfArticle>();
  for (const version of versions)
    grouped.set(version.vid as number, {
      vid: version.vid as number,
      entry: byId.get(version.article_id as string)!,
      inserts: [],
    });
  const add = (vid: number, table: string, row: Record<string, string | number | null | Uint8Array>) => {
    const statement = `${table} (${Object.keys(row).join(', ')})`;
    const inserts = grouped.get(vid)!.inserts as {
      statement: string;
      values: (string | number | null | Uint8Array)[][];
    }[];
    const last = inserts.find((insert) => insert.statement === statement);
    if (last) last.values.push(Object.values(row));
    else inserts.push({ statement, values: [Object.values(row)] });
  };
  for (const table of tables) for (const row of read(table)) add(row.vid as number, table, row);
  for (const row of read('story_marks')) add(markedArticle(row as { slot: number; n: number }), 'story_marks', row);
  const vids = [...grouped.keys()];
  for (const table of once) {
    const all = read(table);
    for (const [i, row] of all.entries()) add(vids[Math.floor((i * vids.length) / all.length)]!, table, row);
  }
  source.close();
  return [...grouped.values()];
}

/** A mark names its article by its number on a day, or in a region behind all days by its whole number. */
function markedArticle({ slot, n }: { readonly slot: number; readonly n: number }): number {
  const day = Math.floor(slot / 2 ** 32);
  return day < 2 ** 19 ? day * 2 ** 21 + n : n;
}

async function miniSearch(): Promise<void> {
  const index = new MiniSearch({ fields: ['title', 'text'], storeFields: ['title'] });
  index.addAll(entries.map(({ article }) => ({ id: article.id, title: article.title, text: article.text })));
}

const runs: Record<string, Cost[]> = { store: [], bare: [], minisearch: [] };
for (let round = 0; round < 3; round++) {
  const path = join(folder, `ours-${round}.db`);
  runs.store!.push(await cost(() => ours(path)));
  const rows = rowsByArticle(path);
  runs.bare!.push(await cost(() => bare(rows, join(folder, `bare-${round}.db`))));
  runs.minisearch!.push(await cost(miniSearch));
}
const median = (costs: readonly Cost[], of: keyof Cost) => costs.map((one) => one[of]).sort((a, b) => a - b)[1]!;
console.log(`S4 ${size} analysed articles, batch ${BATCH}, fsync at every commit, median of 3 rounds`);
for (const [name, costs] of Object.entries(runs))
  console.log(
    `  ${name.padEnd(10)} ${Math.round((size / median(costs, 'wall')) * 1000)} articles/s on the clock, ${(median(costs, 'cpu') / size).toFixed(2)} ms of CPU an article`,
  );
console.log(
  `  store against bare SQL: ${(median(runs.bare!, 'wall') / median(runs.store!, 'wall')).toFixed(2)}x on the clock, ${(median(runs.bare!, 'cpu') / median(runs.store!, 'cpu')).toFixed(2)}x of CPU`,
);
console.log(
  `  store against MiniSearch: ${(median(runs.minisearch!, 'wall') / median(runs.store!, 'wall')).toFixed(2)}x on the clock`,
);
rmSync(folder, { recursive: true, force: true });
