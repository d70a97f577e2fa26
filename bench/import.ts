/**
 * Imports real news, cut to 400 words, into a new store with full durability: reading, analysis, stories, saving.
 *
 *     node bench/import.ts [ARTICLES]        default 2000
 *
 * Prints articles a second by the clock and by processor time of each side (the writer is a thread of its own), the
 * memory, and what reading the same corpus again costs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCorpus } from '../src/corpus/load.ts';
import { sinkInto } from '../src/ingest.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { readEvaldata } from './evaldata.ts';

const WORDS = 400;
const wanted = Number(process.argv[2] ?? 2000);
const folder = mkdtempSync(join(tmpdir(), 'pullquote-import-'));
try {
  const file = join(folder, 'news.jsonl');
  writeFileSync(file, articles(wanted).join('\n'));
  const store = await openSqlite(join(folder, 'pullquote.db'));
  const sink = sinkInto(store, () => new Date());
  await pass('first reading', () => loadCorpus([file], sink, { parallel: 16 }));
  await pass('second reading', () => loadCorpus([file], sink, { parallel: 16 }));
  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Pieces of 400 words, each once, oldest first as news arrives. */
function articles(most: number): string[] {
  const pieces: { title: string; date: string | null; text: string; id: string }[] = [];
  for (const { id, title, date, text } of readEvaldata<{
    id: string;
    title: string;
    date: string | null;
    text: string;
  }>('news/news-allsides-dev.jsonl.gz')) {
    const words = text.split(' ');
    for (let at = 0; at + WORDS <= words.length && pieces.length < most; at += WORDS)
      pieces.push({ id: `${id}-${at}`, title, date, text: words.slice(at, at + WORDS).join(' ') });
  }
  return pieces
    .sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''))
    .map(({ id, ...rest }) => JSON.stringify({ ...rest, url: `https://example.com/${id}` }));
}

async function pass(name: string, run: () => Promise<{ articles: number }>): Promise<void> {
  const began = performance.now();
  const before = process.cpuUsage();
  const mainBefore = process.threadCpuUsage();
  const { articles: count } = await run();
  const seconds = (performance.now() - began) / 1000;
  const all = process.cpuUsage(before);
  const main = process.threadCpuUsage(mainBefore);
  const perArticle = (usage: NodeJS.CpuUsage) => ((usage.user + usage.system) / 1000 / count).toFixed(2);
  console.log(
    `${name.padEnd(15)} ${count} articles  ${Math.round(count / seconds)}/s by the clock  CPU an article: ${perArticle(main)} ms on the main thread, ${perArticle(all)} ms in all  RSS ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
}
