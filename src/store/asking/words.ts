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
export function undotted(text: string): string {
  let out = '';
  let done = 0;
  // The pattern is asked only behind a full stop that no space follows: to send it over the whole text takes far longer.
  for (let stop = text.indexOf('.'); stop >= 0; stop = text.indexOf('.', Math.max(stop + 1, done))) {
    const first = stop - (isHalf(text.charCodeAt(stop - 1)) ? 2 : 1);
    if (first < done || !(text.charCodeAt(stop + 1) > SPACE)) continue;
    INITIALS.lastIndex = first;
    const initials = INITIALS.exec(text)?.[0];
    if (initials === undefined) continue;
    // The last dot may end the sentence too.
    out += text.slice(done, first) + initials.replaceAll('.', '') + (initials.endsWith('.') ? ' ' : '');
    done = first + initials.length;
  }
  return done === 0 ? text : out + text.slice(done);
}

/** From its first letter on: "U.S.", "a.m", the "U.S." of "U.S.Army"; no "Yahoo.com", no "3.A". */
const INITIALS = /(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?/uy;

const SPACE = 0x20;

/** The second unit of a character that takes two. */
const isHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

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
