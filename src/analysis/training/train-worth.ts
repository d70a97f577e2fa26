/**
 * Trains `models/worth.json`: what each word of some articles is worth to a summary of them.
 *
 *     node src/analysis/training/train-worth.ts            trains on all and writes the model
 *     node src/analysis/training/train-worth.ts --check    five-fold cross-validation; writes nothing
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { keySentences } from '../choosing/salience.ts';
import { type SummaryDocument, sentencesOf, summarize } from '../choosing/summary.ts';
import { unitFeatures, type WorthModel, worthWords } from '../choosing/worth.ts';
import { sentenceSpans } from '../text/text-sentences.ts';
import { EVALDATA, readLines, seededRandom } from './data.ts';
import { type Example, trainNetwork } from './train-network.ts';

interface GoldSummary {
  readonly id: string;
  readonly documents: readonly (SummaryDocument & { readonly title: string })[];
  readonly summary: string;
}

const NETWORK = { hidden: 16, epochs: 6, rate: 0.003 };
/** Most words are in no summary: this share of them is enough to learn that. */
const KEPT_NEGATIVES = { words: 0.35, pairs: 0.12 };
/** Each article by itself is an example too, so that the model knows stories of one article. */
const ALONE_WEIGHT = 0.3;
const FOLDS = 5;

export function trainWorth(items: readonly GoldSummary[]): WorthModel {
  const examples = (kind: 'words' | 'pairs', kept: number): Example[] => {
    const random = seededRandom(3);
    return items.flatMap((item) => {
      const words = worthWords(item.summary).map(({ text }) => text);
      const inSummary = new Set(kind === 'words' ? words : words.slice(1).map((word, i) => `${words[i]} ${word}`));
      const whole = examplesOf(item.documents, inSummary, kind, 1);
      const alone =
        item.documents.length > 1
          ? item.documents.flatMap((document) => examplesOf([document], inSummary, kind, ALONE_WEIGHT))
          : [];
      return [...whole, ...alone]
        .filter(({ isPositive }) => isPositive || random() < kept)
        .map((example) => ({ ...example, weight: example.weight / (example.isPositive ? 1 : kept) }));
    });
  };
  return {
    words: trainNetwork(examples('words', KEPT_NEGATIVES.words), NETWORK, seededRandom(5)),
    pairs: trainNetwork(examples('pairs', KEPT_NEGATIVES.pairs), NETWORK, seededRandom(5)),
  };
}

function examplesOf(
  documents: GoldSummary['documents'],
  inSummary: ReadonlySet<string>,
  kind: 'words' | 'pairs',
  weight: number,
): Example[] {
  const sentences = documents.flatMap(sentencesOf);
  const titles = documents.map(({ title }) => worthWords(title));
  return [...unitFeatures(sentences, titles, kind)].map(([unit, features]) => ({
    features,
    isPositive: inSummary.has(unit),
    weight,
  }));
}

function foldOf(id: string): number {
  let hash = 7;
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  return (hash >>> 9) % FOLDS;
}

async function check(items: readonly GoldSummary[]): Promise<void> {
  const { scoreAll } = await import(pathToFileURL(`${EVALDATA}/score-rouge.mjs`).href);
  const answers: Record<string, { id: string; summary: string }[]> = { summarize: [], 'first key sentence': [] };
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = trainWorth(items.filter(({ id }) => foldOf(id) !== fold));
    for (const { id, documents } of items.filter((item) => foldOf(item.id) === fold)) {
      const chosen = summarize(documents, 60, model);
      answers.summarize!.push({ id, summary: chosen.map(({ text }) => text).join('\n') });
      const { text, title } = documents[0]!;
      const [first] = keySentences({ text, sentences: sentenceSpans(text), title }, model);
      answers['first key sentence']!.push({ id, summary: first ? text.slice(first.span.start, first.span.end) : '' });
    }
  }
  for (const [name, given] of Object.entries(answers)) {
    const { out } = scoreAll(items, given, { maxWords: 60 });
    const figures = ['rouge1', 'rouge2', 'rougeL'].map((key) => (100 * out[key].f).toFixed(2));
    console.log(`${name.padEnd(20)} ${out.meanWords.toFixed(1)} words  ROUGE-1/2/L ${figures.join(' ')}`);
  }
}

if (import.meta.main) {
  const items = readLines<GoldSummary>('summaries/summaries-allsides-dev.jsonl.gz').map((item) => ({
    ...item,
    documents: item.documents.map((document) => ({ ...document, sentences: sentenceSpans(document.text) })),
  }));
  if (process.argv.includes('--check')) await check(items);
  else {
    const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);
    writeFileSync(new URL('../models/worth.json', import.meta.url), `${JSON.stringify(trainWorth(items), round)}\n`);
  }
}
