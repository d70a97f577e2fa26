/**
 * Scores the feed reader on odd feeds. By the same scorer @rowanmanning/feed-parser 2.1.5 has 74 %, feedsmith 3.0.1 73 %,
 * feedparser (node) 2.6.0 70 % (README of the evaluation data).
 *
 *     node bench/eval-feeds.ts [--fails]
 *
 * Reads `$EVALDATA/feeds` (default `../shared/evaldata`) with the scorer there. The reader was written against the even
 * cases; the odd ones were looked at once, at the end, so both halves are printed.
 */

import { readFeedDocument } from '../src/corpus/feeds/feeds.ts';
import { feedDate } from '../src/corpus/text/feed-dates.ts';
import { readEvaldata, scorer } from './evaldata.ts';

interface Case {
  readonly id: string;
  readonly text?: string;
  readonly base64?: string;
  readonly headers?: Record<string, string> | null;
}
interface Answer {
  readonly id: string;
  readonly error?: string;
  readonly ms: number;
  readonly feed?: unknown;
  readonly entries?: unknown;
}
interface Scores {
  readonly cases: number;
  readonly answered: number;
  readonly fullyRight: number;
  readonly withExpectation: number;
  readonly fails: readonly {
    readonly id: string;
    readonly path: string;
    readonly want: unknown;
    readonly got: unknown;
  }[];
}

const { score } = await scorer<{ score(gold: readonly Case[], pred: readonly Answer[]): Scores }>('score-feeds.mjs');
const gold = readEvaldata<Case>('feeds/feeds-dev.jsonl.gz');
const source = ({ text, base64 }: Case): string | Buffer => text ?? Buffer.from(base64 ?? '', 'base64');

function read(one: Case): Omit<Answer, 'id' | 'ms'> {
  const document = readFeedDocument(source(one), { headers: one.headers ?? {} });
  if (document.kind === 'none') return { error: document.reason };
  return document.kind === 'feed' ? { feed: document.feed, entries: document.feed.entries } : { feed: {}, entries: [] };
}

const answers: readonly Answer[] = gold.map((one) => {
  const began = performance.now();
  try {
    return { id: one.id, ...read(one), ms: performance.now() - began };
  } catch (error) {
    return { id: one.id, error: `threw ${String(error).slice(0, 80)}`, ms: performance.now() - began };
  }
});

const percent = (part: number, whole: number): string => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`;
const all = score(gold, answers);
const threw = answers.filter(({ error }) => error?.startsWith('threw')).length;
const slowest = Math.max(...answers.map(({ ms }) => ms));
console.log(
  `feeds  right ${percent(all.fullyRight, all.withExpectation)}, answered ${all.answered}/${all.cases}, threw ${threw}, slowest ${slowest.toFixed(0)} ms`,
);
for (const half of [0, 1]) {
  const part = score(
    gold.filter((_, i) => i % 2 === half),
    answers,
  );
  console.log(`       ${half === 0 ? 'even' : 'odd '} cases ${percent(part.fullyRight, part.withExpectation)}`);
}
if (process.argv.includes('--fails'))
  for (const { id, path, want, got } of all.fails)
    console.log(`  ${id} ${path}: expected ${JSON.stringify(want)}, got ${JSON.stringify(got)}`.slice(0, 240));

const dates = readEvaldata<{ input: string; expect: string | null }>('feeds/feed-dates-dev.jsonl');
const right = dates.filter(({ input, expect }) => {
  const date = feedDate(input);
  if (expect === null) return date === undefined;
  return expect === 'any' ? date !== undefined : date !== undefined && Date.parse(date) === Date.parse(expect);
});
console.log(`dates  right ${percent(right.length, dates.length)}`);
