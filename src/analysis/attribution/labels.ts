/** Labels each token as part of a source, a cue, a content or nothing: a linear chain over hashed features. */

import { lazily, readModel } from '../models/weights.ts';
import type { Tagged } from '../text/types.ts';
import { eachFeatures, FEATURE_BITS, type Features, labelFeatures, STRIDE } from './features.ts';

/** Begin and inside of each part. Odd numbers begin; an even one continues the odd one before it. */
export const Label = {
  none: 0,
  source: 1,
  insideSource: 2,
  cue: 3,
  insideCue: 4,
  content: 5,
  insideContent: 6,
} as const;
export const LABELS = 7;
/** Weights of one bucket stand eight apart: a row is one cache line's half. */
export const ROW = 8;

/** `weights[bucket * ROW + label]`; `transitions[before * LABELS + label]`. */
export interface LabelModel {
  readonly weights: Int16Array | Float32Array;
  /** The same weights two by two, where they are shipped ones: half the reads. */
  readonly pairs?: Int32Array;
  readonly transitions: Float64Array;
  /** What one unit of log odds is in these weights. */
  readonly unit: number;
}

export const LABEL_WEIGHTS = (1 << FEATURE_BITS) * ROW;

export const shippedLabels = lazily((): LabelModel => {
  const { header, body } = readModel<{ transitions: number[]; unit: number }>('labels');
  const weights = new Int16Array(body);
  return { weights, pairs: pairsOf(weights), transitions: Float64Array.from(header.transitions), unit: header.unit };
});

/** Two weights in one number, `low + high * 65536`: sums of such numbers hold both sums while each stays within 16 bits. */
function pairsOf(weights: Int16Array): Int32Array {
  // Side by side in memory they are nearly that already: a low one below 0 only has to borrow from the high one.
  const pairs = new Int32Array(weights.buffer.slice(0));
  for (let i = 0; i < pairs.length; i++) pairs[i]! -= (pairs[i]! & 0x8000) << 1;
  return pairs;
}

const lowOf = (pair: number): number => (pair << 16) >> 16;
const highOf = (pair: number): number => (pair - lowOf(pair)) >> 16;

/** Score of every label for every token: `scores[token * LABELS + label]`. */
export function emissionsOf(tagged: Tagged, model: LabelModel): Float32Array {
  return model.pairs === undefined ? emissions(labelFeatures(tagged), model) : pairedEmissions(tagged, model.pairs);
}

function pairedEmissions(tagged: Tagged, pairs: Int32Array): Float32Array {
  const scores = new Float32Array(tagged.tokens.count * LABELS);
  eachFeatures(tagged, (token, buckets, count) => {
    let ab = 0;
    let cd = 0;
    let ef = 0;
    let g = 0;
    for (let k = 0; k < count; k++) {
      // Four pairs are a row. Bits are set rather than added: nothing can overflow, and nothing is checked for it.
      const row = buckets[k]! << 2;
      ab = (ab + pairs[row]!) | 0;
      cd = (cd + pairs[row | 1]!) | 0;
      ef = (ef + pairs[row | 2]!) | 0;
      g = (g + pairs[row | 3]!) | 0;
    }
    const at = token * LABELS;
    scores[at] = lowOf(ab);
    scores[at + 1] = highOf(ab);
    scores[at + 2] = lowOf(cd);
    scores[at + 3] = highOf(cd);
    scores[at + 4] = lowOf(ef);
    scores[at + 5] = highOf(ef);
    scores[at + 6] = lowOf(g);
  });
  return scores;
}

/** The same of features that are at hand, for training. */
export function emissions({ ids, counts }: Features, { weights }: Pick<LabelModel, 'weights'>): Float32Array {
  const scores = new Float32Array(counts.length * LABELS);
  for (let i = 0; i < counts.length; i++) {
    const end = i * STRIDE + counts[i]!;
    for (let y = 0; y < LABELS; y++) {
      let score = 0;
      for (let k = i * STRIDE; k < end; k++) score += weights[ids[k]! * ROW + y]!;
      scores[i * LABELS + y] = score;
    }
  }
  return scores;
}

/** True when `label` may follow `before`: the inside of a part follows only its own beginning or inside. */
export const mayFollow = (before: number, label: number): boolean =>
  label === 0 || label % 2 === 1 || before === label || before === label - 1;

/** The best sequence of labels (Viterbi). `eagerness` is taken from the score of "nothing". */
export function decodeLabels(scores: Float32Array, { transitions }: LabelModel, eagerness = 0): Uint8Array {
  const count = scores.length / LABELS;
  const labels = new Uint8Array(count);
  if (count === 0) return labels;
  const from = new Uint8Array(count * LABELS);
  /** The best score of any sequence that ends in this label: for the token before and for this one, in turns. */
  const sums = new Float64Array(2 * LABELS);
  for (let y = 0; y < LABELS; y++) sums[y] = mayFollow(0, y) ? scores[y]! - (y === 0 ? eagerness : 0) : -1e15;
  const highest = highestInto(transitions);
  for (let i = 1; i < count; i++) {
    const before = ((i - 1) % 2) * LABELS;
    const now = (i % 2) * LABELS;
    // Most often one label is so far ahead of the second that no transition can make up for it: only it is asked.
    let top = 0;
    let second = -Infinity;
    for (let x = 1; x < LABELS; x++) {
      const sum = sums[before + x]!;
      if (sum > sums[before + top]!) {
        second = sums[before + top]!;
        top = x;
      } else if (sum > second) second = sum;
    }
    for (let y = 0; y < LABELS; y++) {
      const isInside = y > 0 && y % 2 === 0;
      let bestFrom = isInside ? y : top;
      let best = sums[before + bestFrom]! + transitions[bestFrom * LABELS + y]!;
      if (isInside) {
        const begun = sums[before + y - 1]! + transitions[(y - 1) * LABELS + y]!;
        if (begun >= best) {
          best = begun;
          bestFrom = y - 1;
        }
      } else if (best <= second + highest[y]!) {
        for (let x = 0; x < LABELS; x++) {
          const score = sums[before + x]! + transitions[x * LABELS + y]!;
          if (score > best || (score === best && x < bestFrom)) {
            best = score;
            bestFrom = x;
          }
        }
      }
      sums[now + y] = best + scores[i * LABELS + y]! - (y === 0 ? eagerness : 0);
      from[i * LABELS + y] = bestFrom;
    }
  }
  let label = 0;
  const last = ((count - 1) % 2) * LABELS;
  for (let y = 1; y < LABELS; y++) if (sums[last + y]! > sums[last + label]!) label = y;
  for (let i = count - 1; i >= 0; i--) {
    labels[i] = label;
    label = from[i * LABELS + label]!;
  }
  return labels;
}

/** The highest transition into each label. */
function highestInto(transitions: Float64Array): Float64Array {
  const highest = new Float64Array(LABELS).fill(-Infinity);
  for (let i = 0; i < transitions.length; i++) highest[i % LABELS] = Math.max(highest[i % LABELS]!, transitions[i]!);
  return highest;
}
