/** What people type, as words to look for. Pure; every engine writes its own query language from it. */
import { stopWords } from '../../analysis/lexicon/stop-words.ts';

/** Any of these: articles that hold all of one of the lists: words, and phrases written with spaces. */
export type Match = readonly (readonly string[])[];

const MOST_WORDS = 16;
const LONGEST_WORD = 64;

/**
 * The words of a typed text, lower case and without accents, each once, at most sixteen. "9/11" and "covid-19" are phrases
 * ("9 11"): their parts apart are in every other article.
 *
 * Marks are dropped, so no query language can be typed. Words that say nothing are left out unless nothing else is there.
 */
export function queryWords(typed: string): string[] {
  const words = typed.slice(0, 2000).split(/\s+/).flatMap(typedWords);
  const telling = words.filter((word) => !stopWords.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_WORDS);
}

function typedWords(typed: string): string[] {
  const words = plainWords(typed);
  const isOne = words.length > 1 && words.length <= 3 && /^[\p{L}\p{N}]+(?:[/.,:-][\p{L}\p{N}]+)+$/u.test(typed);
  return isOne && words.some((word) => /^\p{N}+$/u.test(word)) ? [words.join(' ')] : words;
}

/** "F.B.I." as "FBI", "U.S." as "US": initials are one word, however an outlet prints them. */
export const undotted = (text: string): string => (mayHoldInitials(text) ? withoutDots(text) : text);

/** A full stop between two letters: looked at where full stops are, which is a small part of a text. */
function mayHoldInitials(text: string): boolean {
  for (let stop = text.indexOf('.'); stop >= 0; stop = text.indexOf('.', stop + 1))
    if (/\p{L}\.\p{L}/u.test(text.slice(Math.max(0, stop - 2), stop + 3))) return true;
  return false;
}

const withoutDots = (text: string): string =>
  text.replace(/(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?/gu, (initials) => {
    const joined = initials.replaceAll('.', '');
    // The last dot may end the sentence too.
    return initials.endsWith('.') ? `${joined} ` : joined;
  });

/** Every word of a text as full text holds it: runs of letters and digits, lower case, without accents. */
export const plainWords = (text: string): string[] =>
  (
    undotted(text)
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) => word.slice(0, LONGEST_WORD));

/** All words but any one of them; nothing when there is only one, or too many to try. */
export function allButOne(words: readonly string[]): Match {
  if (words.length < 2 || words.length > 8) return [];
  return words.map((_, left) => words.filter((_, i) => i !== left));
}

/** Every pair of words. */
export const pairs = (words: readonly string[]): Match =>
  words.slice(0, 8).flatMap((a, i, all) => all.slice(i + 1).map((b) => [a, b]));

/** Each word by itself. */
export const anyOf = (words: readonly string[]): Match => words.map((word) => [word]);
