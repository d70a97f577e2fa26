/** A word's stem: "policy" and "policies" have one. */
import { stemmer } from 'stemmer';

/** Porter stem of a lower-case word; words with marks or figures in them stay as they are. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = /^[a-z]{3,}$/.test(word) ? stemmer(word) : word.normalize('NFD').replace(/\p{M}/gu, '');
  if (stems.size >= STEMS_KEPT) stems.clear();
  stems.set(word, found);
  return found;
}

const stems = new Map<string, string>();
const STEMS_KEPT = 50_000;
