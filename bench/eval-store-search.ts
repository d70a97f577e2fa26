/**
 * Scores search as a store answers it, and `/brief` with it: topics of AllSides and Reuters, AllSides headlines with titles
 * withheld. The command `search`, which `eval-search.ts` scores, knows no time. Here it is asked years later, when all that is
 * old is equally old, and at the end of the news, when what is new comes first: the gold knows no time, so that shows what
 * newness costs.
 *
 *     node bench/eval-store-search.ts
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unquoted } from '../src/analysed.ts';
import { findTopics } from '../src/analysis/choosing/topics.ts';
import { storySignature } from '../src/analysis/stories/stories.ts';
import { tagText } from '../src/analysis/text/tag.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { ArticleEntry, Store } from '../src/store/store.ts';
import { readEvaldata, scorer } from './evaldata.ts';
import { plainArticle } from './plain-article.ts';

interface Document {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly date: string | null;
}
interface Query {
  readonly qid: string;
  readonly query: string;
  readonly kind?: string;
}
type Score = (
  queries: readonly Query[],
  run: readonly { qid: string; ranked: readonly string[] }[],
) => { groups: Record<string, { n: number; map: number; s1: number; p10: number }> };

const YEARS_LATER = '2026-11-26T12:00:00.000Z';
const { score } = await scorer<{ score: Score }>('score-retrieval.mjs');
const allsides = readEvaldata<Document>('news/news-allsides-dev.jsonl.gz');
const headlines = readEvaldata<Query>('retrieval/retrieval-allsides-queries-dev.jsonl.gz');

await show(
  'AllSides',
  allsides,
  headlines.filter(({ kind }) => kind === 'topic'),
);
await show(
  'Reuters',
  readEvaldata('news/news-reuters-dev.jsonl.gz'),
  readEvaldata('retrieval/retrieval-reuters-queries-dev.jsonl.gz'),
);
await show(
  'AllSides, no titles',
  allsides.map(({ title: _, ...document }) => document),
  headlines.filter(({ kind }) => kind !== 'topic'),
);

async function show(label: string, documents: readonly Document[], queries: readonly Query[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-search-'));
  try {
    const store = await openSqlite(join(folder, 'store.db'));
    for (let i = 0; i < documents.length; i += 100)
      await Promise.all(documents.slice(i, i + 100).map((document) => store.saveArticle(entryOf(document))));
    const end = documents
      .map(({ date }) => date?.slice(0, 10) ?? '')
      .reduce((last, date) => (date > last ? date : last));
    await told(label, store, queries, YEARS_LATER);
    await told(`${label}, end of news`, store, queries, `${end}T23:59:59.000Z`);
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function told(label: string, store: Store, queries: readonly Query[], now: string): Promise<void> {
  const run = [];
  for (const { qid, query } of queries) {
    const hits = await store.searchArticles({ tenant: '', text: query, now, limit: 100 });
    run.push({ qid, ranked: hits.map(({ article }) => article.id) });
  }
  for (const [kind, { n, map, s1, p10 }] of Object.entries(score(queries, run).groups))
    console.log(
      `${`${label} ${kind}`.padEnd(48)} n ${String(n).padStart(3)}   MAP, success@1, P@10  ${[map, s1, p10].map((x) => x.toFixed(3)).join('  ')}`,
    );
}

function entryOf({ date, ...document }: Document): ArticleEntry {
  const { title, text } = document;
  const article = plainArticle({
    ...document,
    ...(date && { at: new Date(`${date.slice(0, 10)}T00:00Z`).toISOString() }),
    readAt: YEARS_LATER,
  });
  const topics = findTopics(tagText(text), title === undefined ? {} : { title });
  return {
    article,
    analysis: { ...unquoted(), topics },
    signature: storySignature(article),
    original: new Uint8Array(),
  };
}
