/** Words of the corpus that are one slip of the finger away from a typed word. */

/**
 * A vocabulary that can be asked for words one edit away: a letter missing, added, wrong, or two swapped.
 *
 * Every word is filed under itself and under itself with each one letter left out (symmetric delete): two words one edit
 * apart meet under at least one key, so a question costs as much as its word is long, however large the vocabulary is.
 */
export class Spelling {
  readonly #filed = new Map<string, string[]>();

  add(word: string): void {
    if (!isCorrectable(word)) return;
    for (const key of deletions(word)) {
      const words = this.#filed.get(key);
      if (words) words.push(word);
      else this.#filed.set(key, [word]);
    }
  }

  /** Words one edit away from `typed`, itself left out. */
  near(typed: string): string[] {
    if (!isCorrectable(typed)) return [];
    const found = new Set<string>();
    for (const key of deletions(typed))
      for (const word of this.#filed.get(key) ?? []) if (isOneEdit(typed, word)) found.add(word);
    return [...found];
  }
}

const SHORTEST = 3;
const LONGEST = 24;

/** Figures and very short words are taken as typed: every other word is one edit away from them. */
export const isCorrectable = (word: string): boolean =>
  word.length >= SHORTEST && word.length <= LONGEST && !/\p{N}/u.test(word);

function deletions(word: string): Set<string> {
  const keys = new Set([word]);
  for (let i = 0; i < word.length; i++) keys.add(word.slice(0, i) + word.slice(i + 1));
  return keys;
}

/** Are two words exactly one edit apart: one letter missing, added or wrong, or two neighbours swapped? */
export function isOneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const left = a.slice(head, a.length - tail);
  const right = b.slice(head, b.length - tail);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
