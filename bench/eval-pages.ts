/**
 * Scores the page reader: main text, title, date, and pages a second of processor time.
 *
 *     node bench/eval-pages.ts [--worst]
 *
 * The classifier's shipped weights were trained on these very pages, so the body figures here are flattering; what it does
 * on sites it has not seen is what `bench/train-pages.ts` prints. Titles and dates are rules and no part of the training.
 */
import { readPage } from '../src/corpus/pages/pages.ts';
import { readEvaldata, scorer } from './evaldata.ts';

interface Gold {
  readonly id: string;
  readonly url: string;
  readonly html: string;
}
interface Scores {
  readonly body?: {
    readonly f1: number;
    readonly precision: number;
    readonly recall: number;
    readonly exact: number;
    readonly worst: readonly string[];
  };
  readonly title?: { readonly accuracy: number };
  readonly date?: { readonly accuracy: number; readonly f1: number };
}

const { score } = await scorer<{ score(gold: readonly Gold[], pred: readonly object[]): Scores }>('score-pages.mjs');
for (const set of ['aeb', 'fundus80', 'meta', 'date']) {
  const gold = readEvaldata<Gold>(`pages/pages-${set}-dev.jsonl.gz`);
  const began = process.cpuUsage();
  const answers = gold.map(({ id, url, html }) => {
    const { text, stated } = readPage(html, url);
    return { id, text, title: stated.title, date: stated.date ?? null };
  });
  const spent = process.cpuUsage(began);
  const { body, title, date } = score(gold, answers);
  const parts = [
    body &&
      `body F1 ${body.f1.toFixed(3)} (${body.precision.toFixed(3)} / ${body.recall.toFixed(3)}), exact ${body.exact.toFixed(2)}`,
    title && `title ${title.accuracy.toFixed(3)}`,
    date && `date ${date.accuracy.toFixed(3)}, F1 ${date.f1.toFixed(3)}`,
    `${((gold.length / (spent.user + spent.system)) * 1_000_000).toFixed(0)} pages a second of CPU`,
  ];
  console.log(`${set.padEnd(9)} ${parts.filter(Boolean).join('; ')}`);
  if (process.argv.includes('--worst')) console.log(`          ${body?.worst.join(' ') ?? ''}`);
}
