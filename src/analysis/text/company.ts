/** Groups of words that stand in the same company ("quipped", "joked"), learnt from unlabelled news. */
import { lazily, readModel } from '../models/weights.ts';
import type { Word } from './words.ts';

export const CLUSTERS = 160;
/** The group of a word that is in none. */
export const NO_CLUSTER = 255;

const shipped = lazily((): ReadonlyMap<string, number> => {
  const { groups } = readModel<{ groups: string[] }>('company').header;
  return new Map(groups.flatMap((group, c) => group.split(' ').map((word) => [word, c] as const)));
});

/** The group of a word form, in any case. */
export function clusterOf(word: Word): number {
  if (word.cluster < 0) word.cluster = shipped().get(word.lower) ?? NO_CLUSTER;
  return word.cluster;
}
