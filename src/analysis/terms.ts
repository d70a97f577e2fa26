/** Words as they are counted: where they stand, their stem, and what their shape tells. */
import { stemmer } from 'stemmer';
import { stopWords } from './lexicon/stop-words.ts';

/** One counted word of a text. */
export interface Term {
  /** Lower case, without a possessive "'s". */
  readonly word: string;
  /** Porter stem of `word`; numbers lose their commas. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
  /** Begins with a capital although no sentence begins here: most likely part of a name. */
  readonly isName: boolean;
  readonly isNumber: boolean;
  /** Says nothing of what the text is about. */
  readonly isStop: boolean;
}

const wordPattern = /(?:\p{Lu}\.){2,}|\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}\p{Nd}]+(?:['’]\p{L}+)*/gu;
const LONGEST_WORD = 40;

/**
 * Splits a text into words, in reading order.
 *
 * "U.S." is one word ("us" would be a pronoun: its stem is "u.s"), "38,000" is the number "38000", hyphens separate.
 * Where most words are in capitals (old wires, headlines in capitals), nothing is taken for a name.
 */
export function readTerms(text: string, from = 0, to = text.length): Term[] {
  const terms: Term[] = [];
  const capitals = { all: 0, words: 0 };
  const slice = from === 0 && to === text.length ? text : text.slice(from, to);
  let previousEnd = 0;
  for (const match of slice.matchAll(wordPattern)) {
    const printed = match[0];
    const first = printed.charCodeAt(0);
    const isNumber = first >= 48 && first <= 57;
    const isCapital = !isNumber && isUpper(printed);
    const gap = slice.slice(previousEnd, match.index);
    const opens = previousEnd === 0 || /[.!?:\n“"—–]/.test(gap);
    previousEnd = match.index + printed.length;
    if (printed.length > LONGEST_WORD) continue;
    const word = plainWord(printed, isNumber);
    if (word === '') continue;
    if (!isNumber) {
      capitals.words++;
      if (isCapital && printed.length > 1 && isUpper(printed.slice(1))) capitals.all++;
    }
    const isStop = stopWords.has(word) || (word.length === 1 && !isNumber);
    terms.push({
      word,
      stem: isNumber ? word : stem(word),
      start: from + match.index,
      end: from + previousEnd,
      isName: isCapital && !opens && !isStop,
      isNumber,
      isStop,
    });
  }
  if (capitals.all * 2 < capitals.words) return terms;
  return terms.map((term) => ({ ...term, isName: false }));
}

function isUpper(text: string): boolean {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return first !== first.toLowerCase();
}

function plainWord(printed: string, isNumber: boolean): string {
  if (isNumber) return printed.replaceAll(',', '');
  const lower = printed.toLowerCase();
  if (lower.endsWith('.')) return lower.slice(0, -1);
  return lower.replaceAll('’', "'").replace(/'s?$/, '');
}

const stems = new Map<string, string>();
const STEMS_KEPT = 50_000;

/** Porter stem of a lower-case word; words with marks or figures in them stay as they are. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = /^[a-z]{3,}$/.test(word) ? stemmer(word) : word.normalize('NFD').replace(/\p{M}/gu, '');
  if (stems.size >= STEMS_KEPT) stems.clear();
  stems.set(word, found);
  return found;
}
