/** Whether one party holds something for or against another in a sentence: logistic regression over hashed features. */
import { stemmer } from 'stemmer';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { NEGATORS, stanceBits } from '../lexicon/stance.ts';
import { lazily, readModel } from '../models/weights.ts';
import { hashText } from '../text/hash.ts';
import { isName, isVerb, Tag } from '../text/pos.ts';
import type { Range, Tagged } from '../text/types.ts';
import type { Word } from '../text/words.ts';

export const STANCE_CLASSES = ['none', 'positive', 'negative'] as const;
export type StanceClass = (typeof STANCE_CLASSES)[number];

export const STANCE_BITS_OF_HASH = 17;
export const STANCE_BUCKETS = 1 << STANCE_BITS_OF_HASH;
const MASK = STANCE_BUCKETS - 1;

export interface StanceModel {
  /** `weights[bucket * 3 + class]`, to be divided by `scale`. */
  readonly weights: Int8Array | Float32Array;
  readonly scale: number;
}

export const shippedStance = lazily((): StanceModel => {
  const { header, body } = readModel<{ scale: number }>('stance');
  return { weights: new Int8Array(body), scale: header.scale };
});

/** Probabilities of `STANCE_CLASSES` for what `holder` feels about `target`, both in one sentence. */
export function stanceBetween(
  tagged: Tagged,
  holder: Range,
  target: Range,
  sentence: Range,
  model: StanceModel = shippedStance(),
): Float64Array {
  return probabilities(stanceFeatures(tagged, holder, target, sentence), model);
}

export function probabilities(features: readonly number[], { weights, scale }: StanceModel): Float64Array {
  const scores = new Float64Array(3);
  for (const feature of features) for (let c = 0; c < 3; c++) scores[c]! += weights[feature * 3 + c]! / scale;
  const top = Math.max(scores[0]!, scores[1]!, scores[2]!);
  let sum = 0;
  for (let c = 0; c < 3; c++) sum += scores[c] = Math.exp(scores[c]! - top);
  for (let c = 0; c < 3; c++) scores[c]! /= sum;
  return scores;
}

// ---------------------------------------------------------------- features

/** Porter stem, whatever the word is made of; remembered with it. */
export function stemOf(word: Word): string {
  word.stanceStem ??= stemmer(word.lower.replace(/^[@#]/, ''));
  return word.stanceStem;
}

/** `stanceBits` of a word, remembered with it. */
export function stanceOf(word: Word): number {
  if (word.stance < 0) word.stance = stanceBits(word.lower);
  return word.stance;
}

const bucket = (template: number, a: number, b = 0): number => {
  let x = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  return (x ^ (x >>> 13)) & MASK;
};

/** Each feature once. */
export function stanceFeatures(tagged: Tagged, holder: Range, target: Range, sentence: Range): number[] {
  const { tokens, tags } = tagged;
  const out = new Set<number>();
  const forward = holder.first < target.first ? 1 : 0;
  const left = forward ? holder : target;
  const right = forward ? target : holder;
  const inHolder = (i: number): boolean => i >= holder.first && i <= holder.last;
  const inTarget = (i: number): boolean => i >= target.first && i <= target.last;
  const codes = new Int32Array(sentence.last - sentence.first + 3);
  const code = (i: number): number => (i < sentence.first || i > sentence.last ? 7 : codes[i - sentence.first]!);
  for (let i = sentence.first; i <= sentence.last; i++) {
    const word = tokens.words[i]!;
    codes[i - sentence.first] = inHolder(i) ? 11 : inTarget(i) ? 13 : isName(tags[i]!) ? 17 : hashText(stemOf(word));
  }
  const gap = right.first - left.last - 1;
  const near = gap <= 1 ? gap : gap <= 3 ? 2 : gap <= 6 ? 3 : gap <= 12 ? 4 : gap <= 20 ? 5 : 6;
  out.add(bucket(0, 1));
  out.add(bucket(1, forward));
  out.add(bucket(2, near, forward));
  let between = 0;
  let negated = 0;
  let passive = 0;
  let commas = 0;
  let lastVerb = 0;
  let firstVerb = 0;
  for (let i = sentence.first; i <= sentence.last; i++) {
    if (inHolder(i) || inTarget(i)) continue;
    const zone = i < left.first ? 0 : i > right.last ? 2 : 1;
    const at = zone * 2 + forward;
    const word = code(i);
    const bits = stanceOf(tokens.words[i]!);
    out.add(bucket(3, word));
    out.add(bucket(4, word, at));
    if (bits !== 0) {
      out.add(bucket(5, bits));
      out.add(bucket(6, bits, at));
      out.add(bucket(7, bits, at * 64 + tags[i]!));
      const negator =
        NEGATORS.has(tokens.words[i - 1]?.lower ?? '') || NEGATORS.has(tokens.words[i - 2]?.lower ?? '') ? 1 : 0;
      out.add(bucket(8, bits, at * 2 + negator));
      out.add(bucket(9, word, at * 2 + negator));
    }
    if (zone === 1) {
      between |= bits;
      if (NEGATORS.has(tokens.words[i]!.lower)) negated = 1;
      if (tokens.words[i]!.lower === 'by') passive = 1;
      if (tokens.words[i]!.form === ',') commas++;
      if (isVerb(tags[i]!)) {
        if (firstVerb === 0) firstVerb = word;
        lastVerb = word;
        out.add(bucket(10, word, forward));
      }
      if (i > left.last + 1) out.add(bucket(11, Math.imul(code(i - 1), 31) ^ word, forward));
      if (tokens.kind[i] !== 0) out.add(bucket(12, hashText(tokens.words[i]!.form), forward));
      out.add(bucket(13, rolesOf(tokens.words[i]!) & (Role.cue | Role.plainCue), forward));
    }
    if (Math.abs(i - left.first) <= 4 || Math.abs(i - right.last) <= 5) {
      out.add(
        bucket(14, word, zone * 16 + (zone === 0 ? left.first - i : zone === 2 ? i - right.last : 0) * 2 + forward),
      );
      out.add(bucket(15, Math.imul(code(i - 1), 31) ^ word, at));
    }
  }
  out.add(bucket(16, between, forward * 4 + negated * 2 + passive));
  out.add(bucket(17, between, near));
  out.add(bucket(18, Math.min(commas, 4), forward * 8 + near));
  out.add(bucket(19, firstVerb, forward * 2 + passive));
  out.add(bucket(20, lastVerb, forward * 2 + passive));
  out.add(bucket(21, Math.imul(firstVerb, 31) ^ lastVerb, forward));
  if (gap <= 4 && gap > 0) {
    let path = forward;
    for (let i = left.last + 1; i < right.first; i++) path = Math.imul(path, 31) ^ code(i);
    out.add(bucket(22, path));
  }
  for (const [k, range] of [holder, target].entries()) {
    const name = hashText(tokens.words[range.last]!.lower);
    out.add(bucket(23 + k, name));
    out.add(bucket(25 + k, code(range.last + 1), k));
    out.add(bucket(27 + k, code(range.first - 1), k));
    out.add(bucket(29 + k, code(range.last + 1), Math.imul(code(range.last + 2), 31)));
    out.add(bucket(31 + k, tags[range.last]!, Math.min(range.last - range.first, 3)));
    out.add(bucket(33 + k, rolesOf(tokens.words[range.last]!)));
    out.add(bucket(35 + k, tags[range.last + 1] ?? Tag.NN, tags[range.first - 1] ?? Tag.NN));
  }
  out.add(bucket(38, hashText(tokens.words[holder.last]!.lower), hashText(tokens.words[target.last]!.lower)));
  out.add(bucket(39, Math.min(10, Math.floor((sentence.last - sentence.first) / 6)), forward));
  return [...out];
}
