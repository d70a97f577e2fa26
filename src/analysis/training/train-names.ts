/** Trains the tagger of `names.ts`: GUM (by hand) and the PolNeAR train articles (CoreNLP tags, mended by the word lists). */

import { TITLES } from '../lexicon/titles.ts';
import { writeModel } from '../models/weights.ts';
import { Listed, listsOf } from '../names/name-lists.ts';
import { eachName, NAME_BUCKETS, NAME_FEATURES, NAME_LABELS, NAME_STRIDE } from '../names/names.ts';
import { tagText } from '../text/tag.ts';
import type { Tagged } from '../text/types.ts';
import { type GoldArticle, readLines, seededRandom, shuffle } from './data.ts';

const EPOCHS = 5;
const RATE = 0.03;
/** GUM was annotated by hand, so it counts more. */
const GUM_COPIES = 5;

/** Share of the words that training sees as unknown, so that the words around them learn their part. */
const UNKNOWN = 0.5;
/** Features of `names.ts` that hold the word itself. */
const IDENTITY_FEATURES = [0, 1, 9, 10, 18];

interface NamedText {
  readonly tagged: Tagged;
  readonly gold: Uint8Array;
}

interface GumNames {
  readonly id: string;
  readonly text: string;
  readonly tokens: readonly {
    readonly start: number;
    readonly end: number;
    readonly form: string;
    readonly xpos: string;
  }[];
  readonly entities: readonly {
    readonly first: number;
    readonly last: number;
    readonly head: number;
    readonly type: string;
    readonly named: boolean;
  }[];
}

interface SilverNames {
  readonly id: string;
  readonly split: 'train-a' | 'dev';
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly ner: string;
}

export function trainNames(): void {
  const gum = readLines<GumNames>('tagging/gum-train.jsonl.gz').map(fromGum);
  const training = [...silverTexts(), ...Array.from({ length: GUM_COPIES }, () => gum).flat()];
  const model = { weights: new Float32Array(NAME_BUCKETS * NAME_STRIDE) };
  regress(model, training);
  const size = writeModel('names', {}, new Uint8Array(quantise(model).buffer));
  console.log(`names: ${training.length} texts, ${size} bytes; bench/eval-names.ts measures`);
}

// ---------------------------------------------------------------- texts

/** Labels per token of ours from labels per token of theirs. */
function align(
  text: string,
  theirs: readonly { start: number; end: number; kind: number; begins: boolean }[],
): NamedText {
  const tagged = tagText(text);
  const { tokens } = tagged;
  const gold = new Uint8Array(tokens.count);
  let at = 0;
  let before = 0;
  let last = -1;
  for (let i = 0; i < tokens.count; i++) {
    while (at < theirs.length && theirs[at]!.end <= tokens.start[i]!) at++;
    const other = at < theirs.length && theirs[at]!.start < tokens.end[i]! ? theirs[at]! : undefined;
    const kind = other?.kind ?? 0;
    if (kind > 0) gold[i] = kind === before && !(other!.begins && at !== last) ? kind * 2 : kind * 2 - 1;
    before = kind;
    last = at;
  }
  return { tagged, gold };
}

const SILVER_KINDS: Readonly<Record<string, number>> = { PERSON: 1, ORGANIZATION: 2, LOCATION: 3 };

function silverTexts(): NamedText[] {
  const articles = new Map(
    readLines<GoldArticle>('quotes/polnear-train-a.jsonl').map((article) => [article.id, article]),
  );
  const texts: NamedText[] = [];
  for (const silver of readLines<SilverNames>('tagging/polnear-silver.jsonl.gz')) {
    const article = articles.get(silver.id);
    if (article === undefined || silver.split === 'dev') continue;
    const kinds = silver.ner.split(' ').map((name) => SILVER_KINDS[name] ?? 0);
    const theirs = silver.start.map((start, i) => ({ start, end: silver.end[i]!, kind: kinds[i]!, begins: false }));
    texts.push(mend(align(article.text, theirs)));
  }
  return texts;
}

/** CoreNLP takes a bare "Trump" for an organisation or for nothing; famous surnames are people. */
function mend({ tagged, gold }: NamedText): NamedText {
  const { tokens } = tagged;
  const surnames = new Set<string>();
  for (let i = 1; i < tokens.count; i++) {
    if (gold[i] === 2 && gold[i + 1] !== 2) surnames.add(tokens.words[i]!.form);
  }
  for (let i = 0; i < tokens.count; i++) {
    const word = tokens.words[i]!;
    const alone = !(gold[i + 1]! > 0 && (gold[i + 1]! & 1) === 0) && (gold[i]! & 1) === (gold[i]! > 0 ? 1 : 0);
    if (!alone || gold[i] === 1) continue;
    if (surnames.has(word.form) || (listsOf(word) & Listed.famous && word.form !== word.lower)) gold[i] = 1;
  }
  return { tagged, gold };
}

const GUM_KINDS: Readonly<Record<string, number>> = { person: 1, organization: 2, place: 3 };

/** Flat names from GUM's nested mentions: the run of proper nouns around each head, the longer first. */
function fromGum(document: GumNames): NamedText {
  const { tokens } = document;
  const label = new Uint8Array(tokens.length);
  const begins = new Uint8Array(tokens.length);
  const proper = (i: number): boolean => tokens[i]!.xpos.startsWith('NNP');
  const mentions = document.entities.filter(({ named, type, head }) => named && GUM_KINDS[type] && proper(head));
  const runs = mentions.map(({ first, last, head, type }) => {
    const inner = mentions.filter(
      (other) => other.first >= first && other.last <= last && (other.last < head || other.first > head),
    );
    const blocked = (i: number): boolean => inner.some((other) => i >= other.first && i <= other.last);
    const fits = (i: number): boolean =>
      proper(i) ||
      (type === 'organization' && /^(of|for|and|the|de|la|&|-)$/i.test(tokens[i]!.form) && i > first && i < last);
    let from = head;
    let to = head;
    while (from > first && fits(from - 1) && !blocked(from - 1)) from--;
    while (to < last && fits(to + 1) && !blocked(to + 1)) to++;
    while (to > head && !proper(to)) to--;
    const isTitle = (i: number): boolean =>
      type === 'person' && TITLES.has(tokens[i]!.form.toLowerCase().replace(/\.$/, ''));
    while (from < head && (!proper(from) || isTitle(from))) from++;
    return { from, to, kind: GUM_KINDS[type]! };
  });
  for (const { from, to, kind } of runs.sort((a, b) => b.to - b.from - (a.to - a.from))) {
    if (label.subarray(from, to + 1).some(Boolean)) continue;
    label.fill(kind, from, to + 1);
    begins[from] = 1;
  }
  return align(
    document.text,
    tokens.map(({ start, end }, i) => ({ start, end, kind: label[i]!, begins: begins[i] === 1 })),
  );
}

// ---------------------------------------------------------------- learning

/** Multinomial logistic regression by AdaGrad; the first round walks along the right labels, the others along the guesses. */
function regress({ weights }: { weights: Float32Array }, training: readonly NamedText[]): void {
  const squares = new Float32Array(weights.length).fill(0.1);
  const features = new Int32Array(NAME_FEATURES);
  const scores = new Float64Array(NAME_LABELS);
  const random = seededRandom(7);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { tagged, gold } of shuffle([...training], random)) {
      eachName(tagged, new Uint8Array(gold.length), features, (count, before, token) => {
        if (random() < UNKNOWN) for (const identity of IDENTITY_FEATURES) features[identity] = 0;
        const guess = chances(weights, features, count, before, scores);
        const right = gold[token]!;
        for (let label = 0; label < NAME_LABELS; label++) {
          const slope = scores[label]! - (label === right ? 1 : 0);
          if (Math.abs(slope) < 1e-3) continue;
          for (let f = 0; f < count; f++) {
            const at = features[f]! * NAME_STRIDE + label;
            squares[at]! += slope * slope;
            weights[at]! -= (RATE * slope) / Math.sqrt(squares[at]!);
          }
        }
        return epoch === 0 ? right : guess;
      });
    }
  }
}

/** Fills `scores` with the probability of each label and returns the likeliest. */
function chances(
  weights: Float32Array,
  features: Int32Array,
  count: number,
  before: number,
  scores: Float64Array,
): number {
  let top = 0;
  for (let label = 0; label < NAME_LABELS; label++) {
    const allowed = label === 0 || (label & 1) === 1 || before === label || before === label - 1;
    let total = allowed ? 0 : -Infinity;
    if (allowed) for (let f = 0; f < count; f++) total += weights[features[f]! * NAME_STRIDE + label]!;
    scores[label] = total;
    if (total > scores[top]!) top = label;
  }
  const most = scores[top]!;
  let sum = 0;
  for (let label = 0; label < NAME_LABELS; label++) sum += scores[label] = Math.exp(scores[label]! - most);
  for (let label = 0; label < NAME_LABELS; label++) scores[label]! /= sum;
  return top;
}

/** One scale for all: sums of bytes compare as the sums of the numbers did. */
function quantise({ weights }: { weights: Float32Array }): Int8Array {
  const sorted = Float32Array.from(weights, Math.abs).sort();
  const limit = sorted[Math.floor(sorted.length * 0.9995)]! || 1;
  return Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round((weight / limit) * 127))));
}

if (import.meta.main) trainNames();
