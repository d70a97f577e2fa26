/** Trains the tagger of `pos.ts`: GUM (by hand) and the PolNeAR train articles (CoreNLP tags); dev articles are kept out. */

import { writeModel } from '../models/weights.ts';
import { matchMarks } from '../text/marks.ts';
import {
  eachDecision,
  TAGGER_BUCKETS,
  TAGGER_FEATURES,
  TAGS,
  Tag,
  type TaggerModel,
  type TagName,
  tagTokens,
} from '../text/pos.ts';
import { type Sentences, splitSentences } from '../text/sentences.ts';
import { type Tokens, tokenise } from '../text/tokens.ts';
import { type GoldArticle, type GumDocument, readLines, type SilverTags, seededRandom, shuffle } from './data.ts';

interface TaggedText {
  readonly tokens: Tokens;
  readonly sentences: Sentences;
  /** -1 where the two tokenisations disagree. */
  readonly gold: Int8Array;
}

const EPOCHS = 8;
/** Counts of GUM words weigh more: they were tagged by hand. */
const GUM_COPIES = 3;

export function trainTagger(): void {
  const silver = silverTexts();
  const gum = readLines<GumDocument>('tagging/gum-train.jsonl.gz').map(fromGum);
  const training = [...silver.train, ...Array.from({ length: GUM_COPIES }, () => gum).flat()];
  const model = { weights: new Float32Array(TAGGER_BUCKETS * TAGS.length), seen: seenTags(training) };
  perceptron(model, training);
  const packed = quantise(model);
  const news = readLines<GumDocument>('tagging/gum-news-dev.jsonl.gz').map(fromGum);
  const size = writeModel('pos', { seen: [...model.seen] }, new Uint8Array(packed.weights.buffer));
  console.log(
    `pos: ${percent(accuracy(packed, silver.dev))} of PolNeAR dev (silver), ${percent(accuracy(packed, news))} of GUM news, ${size} bytes`,
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

// ---------------------------------------------------------------- texts

function silverTexts(): { train: TaggedText[]; dev: TaggedText[] } {
  const articles = new Map(
    ['quotes/polnear-train-a.jsonl', 'quotes/polnear-dev.jsonl']
      .flatMap((path) => readLines<GoldArticle>(path))
      .map((article) => [article.id, article]),
  );
  const texts = { train: [] as TaggedText[], dev: [] as TaggedText[] };
  for (const tags of readLines<SilverTags>('tagging/polnear-silver.jsonl.gz')) {
    const article = articles.get(tags.id);
    if (!article) continue;
    const pos = tags.pos.split(' ');
    const gold = tags.start.map((start, i) => ({ start, end: tags.end[i]!, xpos: pos[i]! }));
    texts[tags.split === 'dev' ? 'dev' : 'train'].push(align(article.text, gold));
  }
  return texts;
}

const fromGum = (document: GumDocument): TaggedText => align(document.text, document.tokens);

function align(text: string, gold: readonly { start: number; end: number; xpos: string }[]): TaggedText {
  const tokens = tokenise(text);
  const found = new Int8Array(tokens.count).fill(-1);
  let at = 0;
  for (let i = 0; i < tokens.count; i++) {
    while (at < gold.length && gold[at]!.end <= tokens.start[i]!) at++;
    if (at < gold.length && gold[at]!.start < tokens.end[i]!) found[i] = folded(gold[at]!.xpos);
  }
  return { tokens, sentences: splitSentences(tokens, matchMarks(tokens)), gold: found };
}

const FOLDED: Readonly<Record<string, TagName>> = {
  '-LRB-': '(',
  '-RRB-': ')',
  '``': "''",
  LS: 'CD',
  SYM: ':',
  HYPH: ':',
  NFP: ':',
  '#': '$',
  FW: 'NN',
  AFX: 'JJ',
  ADD: 'NNP',
};
const folded = (tag: string): number => Tag[FOLDED[tag] ?? (tag as TagName)] ?? -1;

// ---------------------------------------------------------------- training

/** Words seen eight times or more, with the tags that are no accident. */
function seenTags(texts: readonly TaggedText[]): Map<string, number[]> {
  const counts = new Map<string, Map<number, number>>();
  for (const { tokens, gold } of texts)
    for (let i = 0; i < tokens.count; i++) {
      if (gold[i]! < 0) continue;
      const word = tokens.words[i]!.folded;
      const tags = counts.get(word) ?? new Map<number, number>();
      counts.set(word, tags);
      tags.set(gold[i]!, (tags.get(gold[i]!) ?? 0) + 1);
    }
  const seen = new Map<string, number[]>();
  for (const [word, tags] of counts) {
    const total = [...tags.values()].reduce((sum, n) => sum + n, 0);
    if (total < 8 || word.startsWith('!')) continue;
    const ordered = [...tags].sort((a, b) => b[1] - a[1]);
    const [tag, most] = ordered[0]!;
    if (total >= 20 && most / total >= 0.995) seen.set(word, [tag]);
    else {
      const kept = ordered.filter(([, n]) => n >= 2 || n / total > 0.02).map(([t]) => t);
      if (kept.length > 1 && kept.length <= 8) seen.set(word, kept);
    }
  }
  return seen;
}

function perceptron(model: TaggerModel & { weights: Float32Array }, texts: TaggedText[]): void {
  const { weights } = model;
  const sums = new Float64Array(weights.length);
  const random = seededRandom(7);
  const features = new Int32Array(TAGGER_FEATURES);
  let step = 1;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { tokens, sentences, gold } of shuffle([...texts], random)) {
      const tags = new Uint8Array(tokens.count);
      eachDecision(tokens, sentences, model, tags, features, (allowed, i) => {
        const guess = bestTag(weights, features, allowed);
        const right = gold[i]!;
        if (right >= 0 && right !== guess && allowed.includes(right)) {
          for (const f of features) {
            weights[f * TAGS.length + right]! += 1;
            sums[f * TAGS.length + right]! += step;
            weights[f * TAGS.length + guess]! -= 1;
            sums[f * TAGS.length + guess]! -= step;
          }
          step++;
        }
        return guess;
      });
    }
  }
  for (let i = 0; i < weights.length; i++) weights[i]! -= sums[i]! / step;
}

function bestTag(weights: Float32Array, features: Int32Array, allowed: Uint8Array): number {
  let top = allowed[0]!;
  let topScore = -Infinity;
  for (const tag of allowed) {
    let score = 0;
    for (const f of features) score += weights[f * TAGS.length + tag]!;
    if (score > topScore) [topScore, top] = [score, tag];
  }
  return top;
}

/** To eight bits; the few largest weights are cut off. */
function quantise(model: TaggerModel): TaggerModel {
  const scale = 127 / 32;
  return {
    seen: model.seen,
    weights: Int8Array.from(model.weights, (w) => Math.max(-127, Math.min(127, Math.round(w * scale)))),
  };
}

function accuracy(model: TaggerModel, texts: readonly TaggedText[]): number {
  let right = 0;
  let all = 0;
  for (const { tokens, sentences, gold } of texts) {
    const tags = tagTokens(tokens, sentences, model);
    for (let i = 0; i < tokens.count; i++) {
      if (gold[i]! < 0) continue;
      all++;
      if (tags[i] === gold[i]) right++;
    }
  }
  return right / all;
}
