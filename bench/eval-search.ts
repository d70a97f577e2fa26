/**
 * Scores search as the command `search` does it: TIME questions, AllSides headlines with titles withheld and with a typo,
 * topics of AllSides and Reuters.
 *
 *     node bench/eval-search.ts
 */
import { performance } from 'node:perf_hooks';
import { MemoryIndex } from '../src/search/memory-index.ts';
import { readEvaldata, scorer } from './evaldata.ts';

interface Document {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
}
interface Query {
  readonly qid: string;
  readonly query: string;
  readonly kind?: string;
}
interface Figures {
  readonly n: number;
  readonly map: number;
  readonly mrr: number;
  readonly s1: number;
  readonly p10: number;
}
type Score = (
  queries: readonly Query[],
  run: unknown,
) => { groups: Record<string, Figures>; ms?: { p50: number; p95: number } };

const { score } = await scorer<{ score: Score }>('score-retrieval.mjs');
const time = readEvaldata<Document>('retrieval/retrieval-time-docs.jsonl.gz');
const allsides = readEvaldata<Document>('news/news-allsides-dev.jsonl.gz');
const reuters = readEvaldata<Document>('news/news-reuters-dev.jsonl.gz');
const headlines = readEvaldata<Query>('retrieval/retrieval-allsides-queries-dev.jsonl.gz');

show('TIME', time, readEvaldata('retrieval/retrieval-time-queries-dev.jsonl.gz'));
show(
  'AllSides, no titles',
  allsides.map(({ id, text }) => ({ id, text })),
  headlines.filter(({ kind }) => kind !== 'topic'),
);
show(
  'AllSides',
  allsides,
  headlines.filter(({ kind }) => kind === 'topic'),
);
show('Reuters', reuters, readEvaldata('retrieval/retrieval-reuters-queries-dev.jsonl.gz'));

function show(label: string, documents: readonly Document[], queries: readonly Query[]): void {
  const before = performance.now();
  const index = new MemoryIndex();
  for (const { title, text } of documents) index.add(title ?? '', text);
  const built = performance.now() - before;
  const run = queries.map(({ qid, query }) => {
    const start = performance.now();
    const ranked = index.search(query, 100).map(({ article }) => documents[article]!.id);
    return { qid, ranked, ms: performance.now() - start };
  });
  const { groups, ms } = score(queries, run);
  for (const [kind, { n, map, mrr, s1, p10 }] of Object.entries(groups)) {
    const figures = [map, mrr, s1, p10].map((x) => x.toFixed(3)).join('  ');
    console.log(`${`${label} ${kind}`.padEnd(38)} n ${String(n).padStart(3)}   MAP, MRR, success@1, P@10  ${figures}`);
  }
  console.log(
    `  built in ${(built / 1000).toFixed(1)} s; query p50 ${ms?.p50.toFixed(1)} ms, p95 ${ms?.p95.toFixed(1)} ms`,
  );
}
