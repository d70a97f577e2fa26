/**
 * Are copies of an article found, and nothing else? Copies are made of real articles as news is copied: sentences dropped,
 * paragraphs shuffled, words edited, the end cut off, boilerplate added, or several of these.
 *
 *     node bench/near-duplicates.ts [articles]
 */
import { type CopySignature, copySignature, isCopy } from '../src/analysis/stories/duplicates.ts';
import { readTerms } from '../src/analysis/text/terms.ts';
import { sentenceSpans } from '../src/analysis/text/text-sentences.ts';
import { seededRandom, shuffle } from '../src/analysis/training/data.ts';
import { readEvaldata } from './evaldata.ts';

interface Article {
  readonly id: string;
  readonly text: string;
}

const wanted = Number(process.argv[2] ?? 600);
const random = seededRandom(20261122);
const all = ['news/news-allsides-dev.jsonl.gz', 'news/news-reuters-dev.jsonl.gz'].flatMap((path) =>
  shuffle(
    readEvaldata<Article>(path).filter(({ text }) => text.split(/\s+/).length >= 60),
    random,
  ).slice(0, wanted),
);
const sentencesOf = (text: string) => sentenceSpans(text).map(({ start, end }) => text.slice(start, end));
const boilerplate =
  'Sign up for our morning letter. Reporting by our own staff; editing by the night desk. All rights reserved.';

const edits: Readonly<Record<string, (sentences: string[]) => string[]>> = {
  'boilerplate added': (sentences) => [boilerplate, ...sentences, boilerplate],
  'sentences shuffled': (sentences) => shuffle([...sentences], random),
  '15 % of sentences dropped': (sentences) => sentences.filter(() => random() > 0.15),
  '30 % of sentences dropped': (sentences) => sentences.filter(() => random() > 0.3),
  '5 % of words edited': (sentences) => sentences.map((sentence) => editWords(sentence, 0.05)),
  'cut to 60 %': (sentences) => sentences.slice(0, Math.ceil(sentences.length * 0.6)),
  'cut to 35 %': (sentences) => sentences.slice(0, Math.ceil(sentences.length * 0.35)),
  'dropped, shuffled and edited': (sentences) =>
    shuffle(
      sentences.filter(() => random() > 0.15).map((sentence) => editWords(sentence, 0.03)),
      random,
    ),
};

function editWords(sentence: string, share: number): string {
  const words = sentence.split(' ');
  return words.map((word) => (random() < share ? words[Math.floor(random() * words.length)]! : word)).join(' ');
}

const signed = (text: string): CopySignature =>
  copySignature(Uint32Array.from(readTerms(text), ({ form }) => form.wordHash));
const originals = all.map(({ text }) => ({ text, signature: signed(text), shingles: shinglesOf(text) }));

/** The corpus holds real copies: articles that truly share half their shingles are not mistakes. */
function shinglesOf(text: string): Set<string> {
  const words = readTerms(text).map(({ word }) => word);
  return new Set(words.slice(3).map((_, i) => words.slice(i, i + 4).join(' ')));
}
function trulyShared(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const shingle of a) if (b.has(shingle)) shared++;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

let found = 0;
let made = 0;
for (const [name, edit] of Object.entries(edits)) {
  let hits = 0;
  for (const { text, signature } of originals) if (isCopy(signed(edit(sentencesOf(text)).join(' ')), signature)) hits++;
  console.log(`${name.padEnd(30)} recall ${(hits / originals.length).toFixed(4)}`);
  found += hits;
  made += originals.length;
}

let wrong = 0;
let realCopies = 0;
for (let i = 0; i < originals.length; i++)
  for (let j = 0; j < i; j++) {
    if (!isCopy(originals[i]!.signature, originals[j]!.signature)) continue;
    if (trulyShared(originals[i]!.shingles, originals[j]!.shingles) >= 0.5) realCopies++;
    else wrong++;
  }
// Each copy is compared with its own original and, in a corpus, with all others: wrong pairs weigh as often as copies are made.
const falseMatches = wrong * Object.keys(edits).length;
console.log(
  `\n${originals.length} originals, ${made} copies, ${(originals.length * (originals.length - 1)) / 2} pairs of different articles`,
);
console.log(`real copies met among the originals: ${realCopies}; different articles taken for copies: ${wrong}`);
console.log(`recall ${(found / made).toFixed(4)}   precision ${(found / (found + falseMatches)).toFixed(4)}`);
