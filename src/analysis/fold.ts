/**
 * One form for names and phrases that readers hold to be the same: lower case, no accents, no marks, single spaces.
 *
 * "Nicolás  Maduro’s" and "nicolas maduro's" fold alike. Only for comparing; never shown.
 */
export function fold(text: string): string {
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
