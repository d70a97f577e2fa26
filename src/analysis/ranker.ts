/** Picks one of a few candidates by hashed features: a linear model whose scores become probabilities. */

/** `weights[bucket]`; `scale` turns packed numbers back into log odds. */
export interface RankModel {
  readonly weights: Int16Array | Float32Array;
  readonly scale: number;
}

export const RANK_BITS = 15;
const MASK = (1 << RANK_BITS) - 1;

/** Collects the features of one candidate. */
export class FeatureList {
  readonly ids: number[] = [];

  add(template: number, a: number, b = 0): void {
    let x = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
    x ^= x >>> 15;
    x = Math.imul(x, 0x2c1b3c6d);
    this.ids.push((x ^ (x >>> 13)) & MASK);
  }
}

export function scoreOf({ weights, scale }: RankModel, ids: readonly number[]): number {
  let score = 0;
  for (const id of ids) score += weights[id]!;
  return score * scale;
}

/** The best candidate and its share of the probability. */
export function pick(model: RankModel, candidates: readonly FeatureList[]): { at: number; probability: number } {
  const scores = candidates.map((candidate) => scoreOf(model, candidate.ids));
  let at = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[at]!) at = i;
  const total = scores.reduce((sum, score) => sum + Math.exp(score - scores[at]!), 0);
  return { at, probability: 1 / total };
}
