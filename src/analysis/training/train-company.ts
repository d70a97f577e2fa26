/** Groups words that stand in the same company, so that a rare cue is read like a common one. Unlabelled news, k-means. */

import { writeModel } from '../models/weights.ts';
import { CLUSTERS } from '../text/company.ts';
import { Kind, tokenise } from '../text/tokens.ts';
import { readLines, seededRandom } from './data.ts';

const WORDS = 16_000;
const CONTEXTS = 1_000;
const ROUNDS = 10;
const MOST_CONTEXTS = 300;

/** Positive pointwise mutual information with the words just left and right, length one. */
interface Vector {
  readonly at: Int32Array;
  readonly value: Float32Array;
}

export function trainCompany(): void {
  const texts = readLines<{ text: string }>('news/news-allsides-dev.jsonl.gz').map(({ text }) => tokenise(text));
  const counts = new Map<string, number>();
  for (const { words, kind } of texts)
    for (const [i, { lower }] of words.entries())
      if (kind[i] === Kind.word || kind[i] === Kind.punctuation) counts.set(lower, (counts.get(lower) ?? 0) + 1);
  const vocabulary = [...counts].sort((a, b) => b[1] - a[1]).slice(0, WORDS);
  const idOf = new Map(vocabulary.map(([word], id) => [word, id]));
  const pairs = vocabulary.map(() => new Map<number, number>());
  const contextTotals = new Float64Array(2 * CONTEXTS);
  const wordTotals = new Float64Array(WORDS);
  let total = 0;
  for (const { words, count } of texts)
    for (let i = 0; i < count; i++) {
      const id = idOf.get(words[i]!.lower);
      if (id === undefined) continue;
      for (const [j, side] of [
        [i - 1, 0],
        [i + 1, CONTEXTS],
      ] as const) {
        const other = j >= 0 && j < count ? idOf.get(words[j]!.lower) : undefined;
        if (other === undefined || other >= CONTEXTS) continue;
        const context = other + side;
        pairs[id]!.set(context, (pairs[id]!.get(context) ?? 0) + 1);
        contextTotals[context]! += 1;
        wordTotals[id]! += 1;
        total++;
      }
    }
  const vectors = pairs.map((contexts, id): Vector => {
    const weighed = [...contexts]
      .map(([at, n]) => [at, Math.max(0, Math.log((n * total) / (wordTotals[id]! * contextTotals[at]!)))] as const)
      .filter(([, weight]) => weight > 0)
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_CONTEXTS);
    const length = Math.sqrt(weighed.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
    return {
      at: Int32Array.from(weighed, ([at]) => at),
      value: Float32Array.from(weighed, ([, weight]) => weight / length),
    };
  });
  const clusterOf = kMeans(vectors);
  const groups = Array.from({ length: CLUSTERS }, () => [] as string[]);
  for (const [id, [word]] of vocabulary.entries()) groups[clusterOf[id]!]!.push(word);
  const size = writeModel('company', { groups: groups.map((group) => group.sort().join(' ')) }, new Uint8Array(0));
  console.log(`company: ${vocabulary.length} words in ${CLUSTERS} groups, ${size} bytes`);
}

/** Spherical k-means: the frequent words spread over the groups first. */
function kMeans(vectors: readonly Vector[]): Int32Array {
  const size = 2 * CONTEXTS;
  const random = seededRandom(3);
  const centres = new Float32Array(CLUSTERS * size);
  for (let c = 0; c < CLUSTERS; c++) {
    const { at, value } = vectors[Math.floor(random() * 4000)]!;
    at.forEach((k, i) => {
      centres[c * size + k] = value[i]!;
    });
  }
  const clusterOf = new Int32Array(vectors.length);
  for (let round = 0; round < ROUNDS; round++) {
    vectors.forEach(({ at, value }, v) => {
      let best = 0;
      let most = -1;
      for (let c = 0; c < CLUSTERS; c++) {
        let likeness = 0;
        for (let i = 0; i < at.length; i++) likeness += centres[c * size + at[i]!]! * value[i]!;
        if (likeness > most) [most, best] = [likeness, c];
      }
      clusterOf[v] = best;
    });
    centres.fill(0);
    vectors.forEach(({ at, value }, v) => {
      for (let i = 0; i < at.length; i++) centres[clusterOf[v]! * size + at[i]!]! += value[i]!;
    });
    for (let c = 0; c < CLUSTERS; c++) {
      let length = 0;
      for (let k = 0; k < size; k++) length += centres[c * size + k]! ** 2;
      length = Math.sqrt(length) || 1;
      for (let k = 0; k < size; k++) centres[c * size + k]! /= length;
    }
  }
  return clusterOf;
}
