/** What a slip of the finger makes of a word, read backwards: every word that a typed one may have been meant to be. */

/** Shorter words are taken as typed: every other word is one edit away from them. So are figures, and very long words. */
const SHORTEST = 3;
const LONGEST = 24;

export const isCorrectable = (word: string): boolean =>
  word.length >= SHORTEST && word.length <= LONGEST && /^\p{L}+$/u.test(word);

/**
 * Words that `typed` may stand for, each with how many slips lie between: 1 for a letter missing, added or wrong, or two
 * neighbours swapped; 2 for a doubled letter in the wrong place ("tarrifs" for "tariffs"). Itself left out.
 *
 * Some hundred spellings, most of them no words at all: the caller looks them up, so that a question costs as much as its
 * word is long, however large the vocabulary is. Letters are those of the word's own alphabet, without accents.
 */
export function slips(typed: string): Map<string, 1 | 2> {
  const found = new Map<string, 1 | 2>();
  if (!isCorrectable(typed)) return found;
  for (const word of edits(typed)) found.set(word, 1);
  for (let i = 1; i < typed.length; i++) {
    if (typed[i] !== typed[i - 1]) continue;
    const single = typed.slice(0, i) + typed.slice(i + 1);
    for (let k = 0; k < single.length; k++) {
      const doubled = single.slice(0, k) + single[k] + single.slice(k);
      if (!found.has(doubled)) found.set(doubled, 2);
    }
  }
  found.delete(typed);
  return found;
}

function* edits(word: string): Generator<string> {
  const letters = alphabetOf(word);
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)];
    for (const letter of letters) yield head + letter + tail;
    if (tail === '') break;
    const rest = tail.slice(1);
    yield head + rest;
    for (const letter of letters) yield head + letter + rest;
    if (rest !== '') yield head + rest[0] + tail[0] + rest.slice(1);
  }
}

const range = (from: string, to: string): readonly string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, i) =>
    String.fromCharCode(from.charCodeAt(0) + i),
  );
const latin = range('a', 'z');
const greek = range('α', 'ω');
const cyrillic = range('а', 'я');

function alphabetOf(word: string): readonly string[] {
  if (/[a-z]/.test(word)) return latin;
  if (/[а-я]/.test(word)) return cyrillic;
  if (/[α-ω]/.test(word)) return greek;
  return [];
}

/** Two words written as one, and the other way round: "healthcare" and "health care". Parts of three letters or more. */
export function splits(word: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  for (let i = SHORTEST; i <= word.length - SHORTEST; i++) found.push([word.slice(0, i), word.slice(i)]);
  return found;
}
