/** A word's stem: "policy" and "policies" have one. */
import { stemmer } from 'stemmer';

/** Porter stem of a lower-case word; words with marks or figures in them stay as they are. `stems.ts` remembers those of articles. */
export function stem(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? stemmer(word) : word.normalize('NFD').replace(/\p{M}/gu, '');
}
