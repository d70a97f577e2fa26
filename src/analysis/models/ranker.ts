/** Picks one of a few candidates by hashed features: a linear model whose scores become probabilities. */

/** `weights[bucket]`; `scale` turns packed numbers back into log odds. */
export interface RankModel {
  readonly weights: Int16Array | Float32Array;
  readonly scale: number;
}

export const RANK_BITS = 15;
const MASK = (1 << RANK_BITS) - 1;

/** Takes the features of one candidate: three numbers each, hashed to a bucket. */
export interface FeatureSink {
  add(template: number, a: number, b?: number): void;
}

function bucket(template: number, a: number, b: number): number {
  let x = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  return (x ^ (x >>> 13)) & MASK;
}

/** Keeps the buckets, for training. */
export class FeatureList implements FeatureSink {
  readonly ids: number[] = [];

  add(template: number, a: number, b = 0): void {
    this.ids.push(bucket(template, a, b));
  }
}

/** Sums the weights of the features as they come. */
class FeatureSum implements FeatureSink {
  readonly #weights: Int16Array | Float32Array;
  sum = 0;

  constructor(weights: Int16Array | Float32Array) {
    this.#weights = weights;
  }

  add(template: number, a: number, b = 0): void {
    this.sum += this.#weights[bucket(template, a, b)]!;
  }
}

/** Tells the log odds of one candidate after another, whose features `describe` tells. */
export function scorer<Candidate>(
  { weights, scale }: RankModel,
  describe: (candidate: Candidate, into: FeatureSink) => void,
): (candidate: Candidate) => number {
  const features = new FeatureSum(weights);
  return (candidate) => {
    features.sum = 0;
    describe(candidate, features);
    return features.sum * scale;
  };
}

/** The best candidate and its share of the probability. */
export function pick<Candidate>(
  model: RankModel,
  candidates: readonly Candidate[],
  describe: (candidate: Candidate, into: FeatureSink) => void,
): { at: number; probability: number } {
  const scores = candidates.map(scorer(model, describe));
  let at = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[at]!) at = i;
  let total = 0;
  for (let i = 0; i < scores.length; i++) total += Math.exp(scores[i]! - scores[at]!);
  return { at, probability: 1 / total };
}
