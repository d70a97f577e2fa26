/** Labels each token as part of a source, a cue, a content or nothing: a linear chain over hashed features. */
import { FEATURE_BITS, type Features } from './features.ts';
import { lazily, readModel } from './weights.ts';

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
  readonly transitions: Float64Array;
  /** What one unit of log odds is in these weights. */
  readonly unit: number;
}

export const LABEL_WEIGHTS = (1 << FEATURE_BITS) * ROW;

export const shippedLabels = lazily((): LabelModel => {
  const { header, body } = readModel<{ transitions: number[]; unit: number }>('labels');
  return {
    weights: new Int16Array(body),
    transitions: Float64Array.from(header.transitions),
    unit: header.unit,
  };
});

/** Score of every label for every token: `scores[token * LABELS + label]`. */
export function emissions(
  { ids, counts, stride }: Features,
  { weights }: LabelModel,
  prior?: Float32Array,
): Float32Array {
  const scores = prior === undefined ? new Float32Array(counts.length * LABELS) : prior.slice();
  for (let i = 0; i < counts.length; i++) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    const end = i * stride + counts[i]!;
    for (let k = i * stride; k < end; k++) {
      const row = ids[k]! * ROW;
      a += weights[row]!;
      b += weights[row + 1]!;
      c += weights[row + 2]!;
      d += weights[row + 3]!;
      e += weights[row + 4]!;
      f += weights[row + 5]!;
      g += weights[row + 6]!;
    }
    const at = i * LABELS;
    scores[at]! += a;
    scores[at + 1]! += b;
    scores[at + 2]! += c;
    scores[at + 3]! += d;
    scores[at + 4]! += e;
    scores[at + 5]! += f;
    scores[at + 6]! += g;
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
  let previous = new Float64Array(LABELS);
  let current = new Float64Array(LABELS);
  for (let y = 0; y < LABELS; y++) previous[y] = mayFollow(0, y) ? scores[y]! - (y === 0 ? eagerness : 0) : -1e15;
  for (let i = 1; i < count; i++) {
    for (let y = 0; y < LABELS; y++) {
      let best = -Infinity;
      let bestFrom = 0;
      if (y > 0 && y % 2 === 0) {
        const begun = previous[y - 1]! + transitions[(y - 1) * LABELS + y]!;
        const going = previous[y]! + transitions[y * LABELS + y]!;
        best = Math.max(begun, going);
        bestFrom = begun >= going ? y - 1 : y;
      } else
        for (let x = 0; x < LABELS; x++) {
          const score = previous[x]! + transitions[x * LABELS + y]!;
          if (score > best) {
            best = score;
            bestFrom = x;
          }
        }
      current[y] = best + scores[i * LABELS + y]! - (y === 0 ? eagerness : 0);
      from[i * LABELS + y] = bestFrom;
    }
    [previous, current] = [current, previous];
  }
  let label = 0;
  for (let y = 1; y < LABELS; y++) if (previous[y]! > previous[label]!) label = y;
  for (let i = count - 1; i >= 0; i--) {
    labels[i] = label;
    label = from[i * LABELS + label]!;
  }
  return labels;
}
