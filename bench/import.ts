/**
 * Imports real news, cut to 400 words, into a new store with full durability: reading, analysis, stories, saving.
 *
 *     MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=1000000 node --max-semi-space-size=4 --heap-growing-percent=25 bench/import.ts [ARTICLES]
 *
 * So `npm run cli -- import` runs on Linux; without all four the most memory is some 120 MB more. Default 2000 articles.
 *
 * Prints articles a second by the clock and by processor time (reading, analysis and writing are threads of their own),
 * the most memory the process ever held, and what reading the same corpus again costs. On Linux it says which threads
 * took that time; `V8Worker` collects garbage and compiles.
 *
 * The news at hand gives about 9,000 pieces. Beyond that they come again, each time three years later and with every
 * seventh word another one of the same piece: new articles of new stories, with the names and quotes of real ones.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openAnalyst } from '../src/analyst.ts';
import { loadCorpus } from '../src/corpus/load.ts';
import { sinkInto } from '../src/ingest.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { readEvaldata } from './evaldata.ts';
import { spentSince, threadTimes } from './thread-times.ts';

const WORDS = 400;
const EVERY = 7;
const YEARS = 3;
const wanted = Number(process.argv[2] ?? 2000);

interface Piece {
  readonly id: string;
  readonly title: string;
  readonly date: string | null;
  readonly words: readonly string[];
}

// The corpus is written by a process of its own: what it takes is no part of what importing takes.
if (process.argv[3] === undefined) await measure();
else await pipeline(Readable.from(lines(wanted)), createWriteStream(process.argv[3]));

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-import-'));
  try {
    const file = join(folder, 'news.jsonl');
    execFileSync(process.execPath, [import.meta.filename, String(wanted), file]);
    const store = await openSqlite(join(folder, 'pullquote.db'));
    const sink = sinkInto(
      store,
      () => new Date(),
      () => {},
      openAnalyst({ few: 0 }),
    );
    await pass('first reading', () => loadCorpus([file], sink));
    await pass('second reading', () => loadCorpus([file], sink));
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Oldest first, as news arrives. */
function* lines(most: number): Generator<string> {
  const pieces = realPieces(most);
  for (let n = 0; n < most; n++) {
    const round = Math.floor(n / pieces.length);
    const { id, title, date, words } = pieces[n % pieces.length]!;
    const text = round === 0 ? words : words.map((word, i) => (i % EVERY === 0 ? otherWord(words, i, round) : word));
    const later = date === null ? null : `${Number(date.slice(0, 4)) + YEARS * round}${date.slice(4)}`;
    const url = `https://example.com/${id}-${round}`;
    yield `${JSON.stringify({ title, date: later, text: text.join(' '), url })}\n`;
  }
}

function otherWord(words: readonly string[], i: number, round: number): string {
  return words[(i * 31 + round * 97) % words.length]!;
}

/** Pieces of 400 words, each once. Shorter articles are left out, and what is left of longer ones. */
function realPieces(most: number): Piece[] {
  const pieces: Piece[] = [];
  const news = readEvaldata<{ id: string; title: string; date: string | null; text: string }>(
    'news/news-allsides-dev.jsonl.gz',
  );
  for (const { id, title, date, text } of news) {
    const words = text.split(' ');
    for (let at = 0; at + WORDS <= words.length && pieces.length < most; at += WORDS)
      pieces.push({ id: `${id}-${at}`, title, date, words: words.slice(at, at + WORDS) });
  }
  return pieces.sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
}

async function pass(name: string, run: () => Promise<{ articles: number }>): Promise<void> {
  const began = performance.now();
  const before = process.cpuUsage();
  const mainBefore = process.threadCpuUsage();
  const threadsBefore = threadTimes();
  const { articles: count } = await run();
  const seconds = (performance.now() - began) / 1000;
  const all = process.cpuUsage(before);
  const main = process.threadCpuUsage(mainBefore);
  const perArticle = (usage: NodeJS.CpuUsage) => ((usage.user + usage.system) / 1000 / count).toFixed(2);
  console.log(
    `${name.padEnd(15)} ${count} articles  ${Math.round(count / seconds)}/s by the clock  CPU an article: ${perArticle(main)} ms on the main thread, ${perArticle(all)} ms in all  most memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`,
  );
  const threads = spentSince(threadsBefore).map(([thread, ms]) => `${thread} ${(ms / count).toFixed(2)}`);
  if (threads.length > 0) console.log(`${''.padEnd(15)} by thread: ${threads.join(', ')}`);
}
