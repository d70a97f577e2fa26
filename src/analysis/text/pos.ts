/** Parts of speech: an averaged perceptron over hashed features, greedy from left to right. */

import { lazily, readModel } from '../models/weights.ts';
import type { Sentences } from './sentences.ts';
import { Kind, type Tokens } from './tokens.ts';
import { Shape, type Word } from './words.ts';

/** The Penn Treebank tags, with brackets and quotation marks folded. A tag is an index into this list. */
export const TAGS = [
  ...['CC', 'CD', 'DT', 'EX', 'IN', 'JJ', 'JJR', 'JJS', 'MD', 'NN', 'NNS', 'NNP', 'NNPS', 'PDT', 'POS', 'PRP', 'PRP$'],
  ...['RB', 'RBR', 'RBS', 'RP', 'TO', 'UH', 'VB', 'VBD', 'VBG', 'VBN', 'VBP', 'VBZ', 'WDT', 'WP', 'WP$', 'WRB'],
  ...['.', ',', ':', '(', ')', "''", '$'],
] as const;

export type TagName = (typeof TAGS)[number];

/** Tags by name: `Tag.NNP`. */
export const Tag = Object.fromEntries(TAGS.map((name, index) => [name, index])) as Record<TagName, number>;

/** What the tagger learnt. `weights[bucket * TAGS.length + tag]`. */
export interface TaggerModel {
  readonly weights: Int8Array | Float32Array;
  /** Tags seen with each frequent word, most frequent first; a single one needs no decision. */
  readonly seen: ReadonlyMap<string, readonly number[]>;
}

const BITS = 16;
const MASK = (1 << BITS) - 1;
export const TAGGER_BUCKETS = 1 << BITS;
export const TAGGER_FEATURES = 14;
const BEFORE = 62;

const shipped = lazily((): TaggerModel => {
  const { header, body } = readModel<{ seen: [string, number[]][] }>('pos');
  return { weights: new Int8Array(body), seen: new Map(header.seen) };
});

/** Tags every token. About a million tokens a second once warm. */
export function tagTokens(tokens: Tokens, sentences: Sentences, model: TaggerModel = shipped()): Uint8Array {
  const tags = new Uint8Array(tokens.count);
  const features = new Int32Array(TAGGER_FEATURES);
  eachDecision(tokens, sentences, model, tags, features, (allowed) => best(model, features, allowed));
  return tags;
}

/** Walks over the tokens and asks `decide` for each one that no rule or dictionary settles. Training walks the same way. */
export function eachDecision(
  tokens: Tokens,
  sentences: Sentences,
  model: TaggerModel,
  tags: Uint8Array,
  features: Int32Array,
  decide: (allowed: Uint8Array, token: number) => number,
): void {
  for (let s = 0; s < sentences.count; s++) {
    const first = sentences.first[s]!;
    const after = sentences.first[s + 1]!;
    let before = BEFORE;
    let twoBefore = BEFORE;
    for (let i = first; i < after; i++) {
      let tag = fixedTag(tokens, i);
      if (tag < 0) {
        const allowed = allowedTags(tokens.words[i]!, model);
        if (allowed.length === 1) tag = allowed[0]!;
        else {
          fillFeatures(tokens, i, first, after, before, twoBefore, features);
          tag = decide(allowed, i);
        }
      }
      tags[i] = tag;
      twoBefore = before;
      before = tag;
    }
  }
}

// ---------------------------------------------------------------- what needs no model

const PUNCTUATION: Readonly<Record<string, TagName>> = {
  ',': ',',
  '.': '.',
  '!': '.',
  '?': '.',
  ';': ':',
  ':': ':',
  '-': ':',
  '–': ':',
  '—': ':',
  '…': ':',
  '(': '(',
  '[': '(',
  '{': '(',
  ')': ')',
  ']': ')',
  '}': ')',
  $: '$',
  '&': 'CC',
  '%': 'NN',
};

/** The same by the code of the sign, up to the dashes and the ellipsis. */
const signTags = new Uint8Array('…'.charCodeAt(0) + 1).fill(Tag[':']);
for (const [sign, name] of Object.entries(PUNCTUATION)) signTags[sign.charCodeAt(0)] = Tag[name];

const APOSTROPHE = 0x27;
const RIGHT_SINGLE = 0x2019;

function fixedTag(tokens: Tokens, i: number): number {
  switch (tokens.kind[i]) {
    case Kind.word:
      return -1;
    case Kind.number:
      return tokens.words[i]!.shape === Shape.year || /^[$£€]?[\d.,]+$/.test(tokens.words[i]!.form) ? Tag.CD : -1;
    case Kind.mark:
      return Tag["''"];
    case Kind.link:
      return Tag.NNP;
    case Kind.symbol:
      return Tag[':'];
    default: {
      const sign = tokens.text.charCodeAt(tokens.start[i]!);
      if ((sign === APOSTROPHE || sign === RIGHT_SINGLE) && tokens.end[i]! - tokens.start[i]! === 2) return -1;
      return signTags[sign] ?? Tag[':'];
    }
  }
}

const OPEN_CLASSES = Uint8Array.from(
  ['NN', 'NNS', 'NNP', 'NNPS', 'JJ', 'JJR', 'JJS', 'VB', 'VBD', 'VBG', 'VBN', 'VBP', 'VBZ', 'RB', 'CD', 'UH'].map(
    (name) => Tag[name as TagName],
  ),
);
const NAMES = [Tag.NNP, Tag.NNPS];
/** What a word with a capital may be that nobody has seen: "Whitmore" is no comparative and "Lindgren" no verb. */
const CAPITAL_CLASSES = Uint8Array.from(['NN', 'NNS', 'NNP', 'NNPS', 'JJ'].map((name) => Tag[name as TagName]));
/** A capital on a word that the tagger has never seen, and no plural of one: "Greenwatch", at the head of a sentence too. */
export const isUnseenName = (word: Word): boolean =>
  isUnknownName(word) && !word.lower.endsWith('s') && !shipped().seen.has(word.folded);
/** A word that the tagger has seen as something besides a name: "line", "release", "block". */
export const isCommonWord = (word: Word): boolean =>
  (shipped().seen.get(word.folded) ?? []).some((tag) => !NAMES.includes(tag));
const isUnknownName = ({ shape, lower }: Word): boolean => shape === Shape.capital && !/(?:ing|ed|ly)$/.test(lower);

/** The tags a word may take: those it was seen with; a capital lets any word be a name. */
function allowedTags(word: Word, model: TaggerModel): Uint8Array {
  if (word.allowedBy === model.seen) return word.allowed;
  word.allowedBy = model.seen;
  const seen = model.seen.get(word.folded);
  const capital = word.shape === Shape.capital || word.shape === Shape.allCapitals || word.shape === Shape.initial;
  if (seen === undefined) word.allowed = isUnknownName(word) ? CAPITAL_CLASSES : OPEN_CLASSES;
  else word.allowed = Uint8Array.from(capital && seen.length > 1 ? new Set([...seen, ...NAMES]) : seen);
  return word.allowed;
}

// ---------------------------------------------------------------- features

const PAD = { hash: 1, suffix3: 2, suffix2: 3, foldedHash: 4, shape: 9 } as Word;

/** A bucket for a feature: template number, value, second value. */
function bucket(template: number, a: number, b: number): number {
  let x = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  return (x ^ (x >>> 13)) & MASK;
}

function fillFeatures(
  tokens: Tokens,
  i: number,
  first: number,
  after: number,
  before: number,
  twoBefore: number,
  out: Int32Array,
): void {
  const { words } = tokens;
  const word = words[i]!;
  const left = i > first ? words[i - 1]! : PAD;
  const left2 = i > first + 1 ? words[i - 2]! : PAD;
  const right = i + 1 < after ? words[i + 1]! : PAD;
  const right2 = i + 2 < after ? words[i + 2]! : PAD;
  const head = i === first ? 1 : 0;
  out[0] = bucket(0, word.foldedHash, word.shape);
  out[1] = bucket(1, word.suffix3, 0);
  out[2] = bucket(2, word.form.charCodeAt(0), word.shape);
  out[3] = bucket(3, word.suffix2, 0);
  out[4] = bucket(4, before, 0);
  out[5] = bucket(5, before, twoBefore);
  out[6] = bucket(6, word.foldedHash, before);
  out[7] = bucket(7, left.foldedHash, 0);
  out[8] = bucket(8, left2.foldedHash, 0);
  out[9] = bucket(9, right.foldedHash, 0);
  out[10] = bucket(10, right2.foldedHash, 0);
  out[11] = bucket(11, left.suffix3, word.suffix3);
  out[12] = bucket(12, right.suffix3, before);
  out[13] = bucket(13, right.shape * 10 + word.shape, head * 10 + left.shape);
}

function best({ weights }: TaggerModel, features: Int32Array, allowed: Uint8Array): number {
  let top = allowed[0]!;
  let topScore = -Infinity;
  for (let k = 0; k < allowed.length; k++) {
    const tag = allowed[k]!;
    let score = 0;
    for (let f = 0; f < TAGGER_FEATURES; f++) score += weights[features[f]! * TAGS.length + tag]!;
    if (score > topScore) {
      topScore = score;
      top = tag;
    }
  }
  return top;
}

/** True for nouns and names, plural or not. */
export const isNominal = (tag: number): boolean => tag >= Tag.NN && tag <= Tag.NNPS;
export const isName = (tag: number): boolean => tag === Tag.NNP || tag === Tag.NNPS;
export const isVerb = (tag: number): boolean => tag >= Tag.VB && tag <= Tag.VBZ;
/** A verb with tense, or a modal: what makes a clause. */
export const isFiniteVerb = (tag: number): boolean =>
  tag === Tag.VBD || tag === Tag.VBP || tag === Tag.VBZ || tag === Tag.MD;
