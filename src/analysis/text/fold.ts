/**
 * One form for names and phrases that readers hold to be the same: lower case, no accents, no marks, single spaces.
 *
 * "Nicolás  Maduro’s" and "nicolas maduro's" fold alike. Only for comparing; never shown.
 */
export function fold(text: string): string {
  if (text.length > LONGEST_KEPT) return foldAnew(text);
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const folded = foldAnew(text);
  kept.set(text, folded);
  return folded;
}

/** Names come again and again; the table is emptied when it is full, so hostile text cannot fill memory. */
const kept = new Map<string, string>();
const MOST_KEPT = 20_000;
const LONGEST_KEPT = 48;

/** Plain words, single spaces: nothing to fold but the case. */
const plain = /^[A-Za-z\d]+(?: [A-Za-z\d]+)*$/;

function foldAnew(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/ß/g, 'ss')
    .replace(/[’`]/g, "'")
    .replace(/(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .replace(/[^\p{L}\p{N}'&]+/gu, ' ')
    .replace(/(^|\s)'+|'+(?=\s|$)/g, '$1')
    .trim();
}

/** The words of `fold(text)`; empty when there are none. */
export const foldedWords = (text: string): string[] => {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
};
