/**
 * Imports a large corpus through the front door: file, article, analysis, store. Prints the rate and the memory.
 *
 *     node bench/import.ts [--articles 100000] [--again]
 *
 * The corpus is made from `$EVALDATA/news` (17,865 articles): each round takes every article with its sentences rotated
 * and a name of its own, so that no two are the same. `--again` reads the corpus a second time, when nothing is new.
 */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCorpus, type Progress } from '../src/corpus/load.ts';
import { sinkInto } from '../src/ingest.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { readEvaldata } from './evaldata.ts';

interface News {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly date?: string;
  readonly source?: string;
}

const { values } = parseArgs({
  options: { articles: { type: 'string', default: '100000' }, again: { type: 'boolean' }, write: { type: 'string' } },
});
const wanted = Number(values.articles);

// The corpus is written by another process, so that its memory is not counted here.
if (values.write) await writeCorpus(values.write);
else await bench();

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const corpus = join(folder, 'news.jsonl');
  try {
    execFileSync(process.execPath, [process.argv[1] as string, '--articles', String(wanted), '--write', corpus], {
      stdio: 'inherit',
    });
    const { size } = await stat(corpus);
    console.log(`${wanted} articles, ${(size / 1e6).toFixed(0)} MB of JSONL`);
    const store = await openSqlite(join(folder, 'import.db'));
    await run('first', corpus, store);
    if (values.again) await run('again', corpus, store);
    await store.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(name: string, corpus: string, store: Awaited<ReturnType<typeof openSqlite>>): Promise<void> {
  const now = () => new Date();
  const began = performance.now();
  const spent = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 100);
  const progress = await loadCorpus([corpus], sinkInto(store, now), { now, progress: report });
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(spent);
  const { articles, added, changed, unchanged, problems } = progress;
  console.log(
    `\r${name}: ${articles} articles (${added} added, ${changed} changed, ${unchanged} unchanged, ${problems} problems) in ${seconds.toFixed(1)} s`,
  );
  console.log(
    `       ${(articles / seconds).toFixed(0)} articles/s, ${(articles / ((user + system) / 1e6)).toFixed(0)} a CPU second; peak memory ${(peak / 1e6).toFixed(0)} MB`,
  );
}

function report({ articles }: Progress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${articles} articles`);
}

async function writeCorpus(corpus: string): Promise<void> {
  const news = [
    ...readEvaldata<News>('news/news-allsides-dev.jsonl.gz'),
    ...readEvaldata<News>('news/news-reuters-dev.jsonl.gz'),
  ];
  const out = createWriteStream(corpus);
  for (let n = 0; n < wanted; n += 1) {
    const { title, text, date, source } = news[n % news.length] as News;
    const round = Math.floor(n / news.length);
    const lines = text.split('\n');
    const turned = [...lines.slice(round % lines.length), ...lines.slice(0, round % lines.length)].join('\n');
    const record = {
      url: `https://news.example/${n}`,
      title: `${title ?? ''} ${round}`.trim(),
      text: `${turned}\nNumber ${n}.`,
      date,
      outlet: source,
    };
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
