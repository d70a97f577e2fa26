/** Trains the labeller of `labels.ts` on the PolNeAR train articles: a conditional random field, AdaGrad, averaged. */
import { type Features, labelFeatures, STRIDE } from '../attribution/features.ts';
import {
  decodeLabels,
  emissions,
  LABEL_WEIGHTS,
  LABELS,
  type LabelModel,
  mayFollow,
  ROW,
} from '../attribution/labels.ts';
import { writeModel } from '../models/weights.ts';
import { tagText } from '../text/tag.ts';
import { type GoldArticle, readLines, seededRandom, shuffle } from './data.ts';
import { goldLabels } from './gold-labels.ts';

export interface Example {
  readonly features: Features;
  readonly gold: Uint8Array;
}

export function examplesOf(articles: readonly GoldArticle[]): Example[] {
  return articles.map((article) => {
    const tagged = tagText(article.text);
    return { features: labelFeatures(tagged), gold: goldLabels(tagged.tokens, article) };
  });
}

/** Chosen on PolNeAR dev, 2026-11-22: 0.05 beats 0.1 and 0.2, dropout of 0.2 keeps it from over-learning. */
export const FIT = { epochs: 4, rate: 0.05, decay: 0, dropout: 0.2 };

export function trainLabeller(): void {
  const model = fitLabels(examplesOf(readLines<GoldArticle>('quotes/polnear-train-a.jsonl')), FIT);
  const packed = quantise(model);
  const dev = examplesOf(readLines<GoldArticle>('quotes/polnear-dev.jsonl'));
  const size = writeModel(
    'labels',
    { transitions: [...packed.transitions], unit: packed.unit },
    new Uint8Array(packed.weights.buffer),
  );
  console.log(`labels: token F1 on PolNeAR dev ${tokenScores(packed, dev)}, ${size} bytes`);
}

export interface FitOptions {
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  readonly dropout?: number;
  readonly watch?: (epoch: number, model: LabelModel) => void;
}

/** Maximum likelihood with AdaGrad; the answer is the average over the second half of the epochs. */
export function fitLabels(examples: readonly Example[], options: FitOptions): LabelModel & { weights: Float32Array } {
  const { epochs, rate, decay, dropout = 0 } = options;
  const size = LABEL_WEIGHTS;
  const weights = new Float32Array(size);
  const squares = new Float32Array(size).fill(1e-2);
  const transitions = new Float64Array(LABELS * LABELS);
  const transitionSquares = new Float64Array(LABELS * LABELS).fill(1);
  const random = seededRandom(11);
  const sum = new Float64Array(size);
  const transitionSum = new Float64Array(LABELS * LABELS);
  let kept = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const example of shuffle([...examples], random)) {
      const features = dropout > 0 ? dropped(example.features, dropout, random) : example.features;
      const { gold } = example;
      const count = gold.length;
      if (count === 0) continue;
      const scores = emissions(features, { weights });
      const { marginals, pairs } = expectations(scores, transitions, count);
      for (let i = 0; i < count; i++) {
        for (let y = 0; y < LABELS; y++) {
          const gradient = (gold[i] === y ? 1 : 0) - marginals[i * LABELS + y]!;
          if (Math.abs(gradient) < 1e-3) continue;
          const end = i * STRIDE + features.counts[i]!;
          for (let k = i * STRIDE; k < end; k++) {
            const at = features.ids[k]! * ROW + y;
            const g = gradient - decay * count * weights[at]!;
            squares[at]! += g * g;
            weights[at]! += (rate * g) / Math.sqrt(squares[at]!);
          }
        }
        if (i > 0) pairs[gold[i - 1]! * LABELS + gold[i]!]! -= 1;
      }
      for (let k = 0; k < LABELS * LABELS; k++) {
        const g = -pairs[k]!;
        transitionSquares[k]! += g * g;
        transitions[k]! += (rate * g) / Math.sqrt(transitionSquares[k]!);
      }
    }
    if (epoch >= epochs / 2) {
      kept++;
      for (let k = 0; k < sum.length; k++) sum[k]! += weights[k]!;
      for (let k = 0; k < transitionSum.length; k++) transitionSum[k]! += transitions[k]!;
    }
    options.watch?.(epoch, { weights, transitions, unit: 1 });
  }
  return {
    unit: 1,
    weights: Float32Array.from(sum, (w) => w / kept),
    transitions: transitionSum.map((w) => w / kept),
  };
}

function dropped({ ids, counts }: Features, share: number, random: () => number): Features {
  const kept = new Int32Array(ids.length);
  const left = new Uint8Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    let n = 0;
    for (let k = 0; k < counts[i]!; k++) if (random() >= share) kept[i * STRIDE + n++] = ids[i * STRIDE + k]!;
    left[i] = n;
  }
  return { ids: kept, counts: left };
}

/** Probability of every label at every token, and the expected count of every pair of labels (forward-backward). */
export function expectations(
  scores: Float32Array,
  transitions: Float64Array,
  count: number,
): { marginals: Float64Array; pairs: Float64Array } {
  const moves = new Float64Array(LABELS * LABELS);
  for (let x = 0; x < LABELS; x++)
    for (let y = 0; y < LABELS; y++)
      moves[x * LABELS + y] = mayFollow(x, y) ? Math.exp(transitions[x * LABELS + y]!) : 0;
  const local = new Float64Array(count * LABELS);
  for (let i = 0; i < count; i++) {
    let top = -Infinity;
    for (let y = 0; y < LABELS; y++) top = Math.max(top, scores[i * LABELS + y]!);
    for (let y = 0; y < LABELS; y++) local[i * LABELS + y] = Math.exp(scores[i * LABELS + y]! - top);
  }
  const forward = new Float64Array(count * LABELS);
  const backward = new Float64Array(count * LABELS).fill(1);
  for (let y = 0; y < LABELS; y++) forward[y] = mayFollow(0, y) ? local[y]! : 0;
  normalise(forward, 0);
  for (let i = 1; i < count; i++) {
    for (let y = 0; y < LABELS; y++) {
      let total = 0;
      for (let x = 0; x < LABELS; x++) total += forward[(i - 1) * LABELS + x]! * moves[x * LABELS + y]!;
      forward[i * LABELS + y] = total * local[i * LABELS + y]!;
    }
    normalise(forward, i);
  }
  normalise(backward, count - 1);
  for (let i = count - 2; i >= 0; i--) {
    for (let x = 0; x < LABELS; x++) {
      let total = 0;
      for (let y = 0; y < LABELS; y++)
        total += moves[x * LABELS + y]! * local[(i + 1) * LABELS + y]! * backward[(i + 1) * LABELS + y]!;
      backward[i * LABELS + x] = total;
    }
    normalise(backward, i);
  }
  const marginals = new Float64Array(count * LABELS);
  for (let k = 0; k < marginals.length; k++) marginals[k] = forward[k]! * backward[k]!;
  for (let i = 0; i < count; i++) normalise(marginals, i);
  const pairs = new Float64Array(LABELS * LABELS);
  const here = new Float64Array(LABELS * LABELS);
  for (let i = 1; i < count; i++) {
    let total = 0;
    for (let x = 0; x < LABELS; x++)
      for (let y = 0; y < LABELS; y++) {
        const k = x * LABELS + y;
        here[k] = forward[(i - 1) * LABELS + x]! * moves[k]! * local[i * LABELS + y]! * backward[i * LABELS + y]!;
        total += here[k]!;
      }
    for (let k = 0; k < here.length; k++) pairs[k]! += here[k]! / total;
  }
  return { marginals, pairs };
}

function normalise(values: Float64Array, row: number): void {
  let total = 0;
  for (let y = 0; y < LABELS; y++) total += values[row * LABELS + y]!;
  for (let y = 0; y < LABELS; y++) values[row * LABELS + y]! /= total;
}

/** So that the sum of a token's features stays within 16 bits, as `pairsOf` needs. */
const MOST = Math.floor(32767 / STRIDE);

export function quantise({ weights, transitions }: LabelModel): LabelModel & { weights: Int16Array } {
  const scale = 256;
  const small = Int16Array.from(weights, (w) => {
    const q = Math.round(w * scale);
    return Math.abs(q) < 6 ? 0 : Math.max(-MOST, Math.min(MOST, q));
  });
  return { weights: small, transitions: transitions.map((w) => Math.round(w * scale)), unit: scale };
}

/** F1 of source, cue and content over tokens, as text. */
export function tokenScores(model: LabelModel, examples: readonly Example[]): string {
  const right = [0, 0, 0];
  const found = [0, 0, 0];
  const wanted = [0, 0, 0];
  for (const { features, gold } of examples) {
    const labels = decodeLabels(emissions(features, model), model);
    for (let i = 0; i < gold.length; i++) {
      const g = (gold[i]! + 1) >> 1;
      const f = (labels[i]! + 1) >> 1;
      if (g > 0) wanted[g - 1]!++;
      if (f > 0) found[f - 1]!++;
      if (g > 0 && g === f) right[g - 1]!++;
    }
  }
  return ['source', 'cue', 'content']
    .map((part, k) => `${part} ${((200 * right[k]!) / (found[k]! + wanted[k]!)).toFixed(1)}`)
    .join(', ');
}
