/**
 * Scores summaries: 60 words of AllSides stories, 40 % of the words of BBC articles.
 *
 *     node bench/eval-summaries.ts
 */
import { performance } from 'node:perf_hooks';
import { type SummaryDocument, summarize } from '../src/analysis/choosing/summary.ts';
import { readEvaldata, scorer } from './evaldata.ts';

interface Item {
  readonly id: string;
  readonly documents: readonly SummaryDocument[];
}
interface Scores {
  readonly meanWords: number;
  readonly rouge1: { f: number };
  readonly rouge2: { f: number };
  readonly rougeL: { f: number };
}
type ScoreAll = (gold: unknown, answers: unknown, options?: { maxWords: number }) => { out: Scores };

const { scoreAll } = await scorer<{ scoreAll: ScoreAll }>('score-rouge.mjs');
console.log('The model was trained on the AllSides stories: `node src/analysis/training/train-worth.ts --check`');
console.log('prints the figures of models that have not seen what they summarise.\n');
show('AllSides, 60 words', readEvaldata<Item>('summaries/summaries-allsides-dev.jsonl.gz'), () => 60);
show('BBC, 40 % of the words', readEvaldata<Item>('summaries/summaries-bbc-dev.jsonl.gz'), (text) =>
  Math.floor(0.4 * text.split(/\s+/).length),
);

function show(label: string, items: readonly Item[], budget: (text: string) => number): void {
  const before = performance.now();
  const answers = items.map(({ id, documents }) => {
    const sentences = summarize(documents, budget(documents[0]?.text ?? ''));
    return { id, summary: sentences.map(({ text }) => text).join('\n') };
  });
  const each = (performance.now() - before) / items.length;
  const { out } = scoreAll(items, answers);
  const figures = [out.rouge1, out.rouge2, out.rougeL].map(({ f }) => (100 * f).toFixed(1)).join(' / ');
  console.log(
    `${label.padEnd(24)} ROUGE-1/2/L ${figures}   ${out.meanWords.toFixed(1)} words, ${each.toFixed(1)} ms an item`,
  );
}
