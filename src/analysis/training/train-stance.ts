/** Trains the stance model of `stance.ts` on directed sentiment (DSE train): each sentence gives both directions. */

import { writeModel } from '../models/weights.ts';
import { probabilities, STANCE_BUCKETS, type StanceModel, stanceFeatures } from '../reactions/stance.ts';
import { tagText } from '../text/tag.ts';
import type { Range, Tagged } from '../text/types.ts';
import { readLines, seededRandom, shuffle } from './data.ts';

export interface DirectedSentence {
  readonly id: string;
  readonly text: string;
  readonly entities: readonly { readonly start: number; readonly end: number }[];
  readonly relation: { readonly from: 0 | 1; readonly to: 0 | 1; readonly polarity: 'positive' | 'negative' } | null;
}

interface Example {
  readonly features: readonly number[];
  readonly label: 0 | 1 | 2;
}

const EPOCHS = 8;
const RATE = 0.015;
const DECAY = 2e-5;

/** The tokens that a character span touches; the corpus cuts some names short ("Los Angele"). */
export function tokensOf({ tokens }: Tagged, { start, end }: { start: number; end: number }): Range {
  let first = 0;
  while (first + 1 < tokens.count && tokens.end[first]! <= start) first++;
  let last = first;
  while (last + 1 < tokens.count && tokens.start[last + 1]! < end) last++;
  return { first, last };
}

/** Features of both directions: 0 to 1, and 1 to 0. */
export function bothWays({ text, entities }: DirectedSentence): [number[], number[]] | undefined {
  const tagged = tagText(text);
  if (tagged.tokens.count === 0) return undefined;
  const [a, b] = [tokensOf(tagged, entities[0]!), tokensOf(tagged, entities[1]!)];
  const whole = { first: 0, last: tagged.tokens.count - 1 };
  return [stanceFeatures(tagged, a, b, whole), stanceFeatures(tagged, b, a, whole)];
}

export function trainStance(): void {
  const sentences = readLines<DirectedSentence>('reactions/dse-train-a.jsonl');
  const model = regress(examplesOf(sentences));
  const { weights, scale } = quantise(model);
  const size = writeModel('stance', { scale }, new Uint8Array(weights.buffer));
  console.log(`stance: ${sentences.length} sentences, ${size} bytes; bench/eval-reactions.ts measures`);
}

export function examplesOf(sentences: readonly DirectedSentence[]): Example[] {
  return sentences.flatMap((sentence) => {
    const ways = bothWays(sentence);
    if (ways === undefined) return [];
    const { relation } = sentence;
    return ways.map((features, from): Example => {
      const holds = relation !== null && relation.from === from;
      return { features, label: !holds ? 0 : relation.polarity === 'positive' ? 1 : 2 };
    });
  });
}

/** Multinomial logistic regression by AdaGrad, weights decayed. */
export function regress(
  examples: readonly Example[],
  epochs = EPOCHS,
  rate = RATE,
  decay = DECAY,
): StanceModel & { weights: Float32Array } {
  const weights = new Float32Array(STANCE_BUCKETS * 3);
  const squares = new Float32Array(STANCE_BUCKETS * 3).fill(0.01);
  const model = { weights, scale: 1 };
  const random = seededRandom(11);
  const order = [...examples];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { features, label } of shuffle(order, random)) {
      const chances = probabilities(features, model);
      for (let c = 0; c < 3; c++) {
        const slope = chances[c]! - (c === label ? 1 : 0);
        if (Math.abs(slope) < 1e-4) continue;
        for (const feature of features) {
          const at = feature * 3 + c;
          const gradient = slope + decay * examples.length * weights[at]! * 0.01;
          squares[at]! += gradient * gradient;
          weights[at]! -= (rate * gradient) / Math.sqrt(squares[at]!);
        }
      }
    }
  }
  return model;
}

function quantise({ weights }: { weights: Float32Array }): { weights: Int8Array; scale: number } {
  const sorted = Float32Array.from(weights, Math.abs).sort();
  const limit = sorted[Math.floor(sorted.length * 0.9999)]! || 1;
  const scale = 127 / limit;
  return {
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight * scale)))),
    scale,
  };
}

if (import.meta.main) trainStance();
