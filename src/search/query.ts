/** What people type, as words to look for: small words, stems, and what they may have meant to type. */
import { readTerms } from '../analysis/terms.ts';

/** One thing looked for. */
export interface QueryTerm {
  readonly word: string;
  readonly stem: string;
  /** How often it was typed; little for a word that says nothing. */
  readonly weight: number;
  readonly isStop: boolean;
  readonly isNumber: boolean;
}

/** Small words help to find a headline of four words again and only harm a question of twenty. */
const SHORT_QUERY = 6;
const STOP_WEIGHT = 0.6;
const LONGEST_QUERY = 2000;
const MOST_TERMS = 64;

/** Is this a few words that should all be there, rather than a question? */
export const isShort = (terms: readonly QueryTerm[]): boolean => terms.length <= SHORT_QUERY;

/** Reads a typed text: each stem once, in the order typed. Never throws; marks are no operators. */
export function parseQuery(typed: string): QueryTerm[] {
  const all = readTerms(typed.slice(0, LONGEST_QUERY)).slice(0, 4 * MOST_TERMS);
  const telling = all.filter(({ isStop }) => !isStop);
  const wanted = all.length > SHORT_QUERY && telling.length > 0 ? telling : all;
  const terms = new Map<string, QueryTerm>();
  for (const { word, stem, isStop, isNumber } of wanted) {
    const before = terms.get(stem);
    const weight = isStop ? STOP_WEIGHT : (before?.weight ?? 0) + 1;
    terms.set(stem, { word: before?.word ?? word, stem, weight, isStop, isNumber });
  }
  return [...terms.values()].slice(0, MOST_TERMS);
}
