/** What people type, as words to look for: small words, stems, and what they may have meant to type. */
import { readTerms } from '../analysis/text/terms.ts';
import type { Intent } from './relevance.ts';

/** One thing looked for. */
export interface QueryTerm {
  readonly word: string;
  readonly stem: string;
  /** How often it was typed; little for a word that says nothing. */
  readonly weight: number;
  readonly isStop: boolean;
  readonly isNumber: boolean;
}

/** What was typed. */
export interface Query {
  readonly terms: readonly QueryTerm[];
  /** More words than a name or a headline has: a question. */
  readonly isLong: boolean;
}

/** Small words help to find a headline of four words again and only harm a question of twenty. */
const SHORT_QUERY = 6;
const STOP_WEIGHT = 0.8;
const LONGEST_QUERY = 2000;
const MOST_TERMS = 64;

/** A topic is named in so few words, and for each of them so many articles hold them all. */
const TOPIC_WORDS = 3;
const TOPIC_ARTICLES = 20;
/** Small words that the name of a topic may have ("religion and faith"); "why" or "them" were remembered, not made up. */
const LINKS: ReadonlySet<string> = new Set(['and', 'or', 'of', 'in', 'on', 'the', 'us', 'to']);

/** What a query asks for. @param holdersOfAll counts the articles that hold every telling word; asked only when it matters. */
export function intentOf({ terms, isLong }: Query, holdersOfAll: () => number): Intent {
  if (isLong) return 'question';
  if (terms.some(({ isStop, word }) => isStop && !LINKS.has(word))) return 'item';
  const telling = terms.filter(({ isStop }) => !isStop).length;
  return telling <= TOPIC_WORDS && holdersOfAll() >= TOPIC_ARTICLES * telling ? 'topic' : 'item';
}

/** Reads a typed text: each stem once, in the order typed. Never throws; marks are no operators. */
export function parseQuery(typed: string): Query {
  const all = readTerms(typed.slice(0, LONGEST_QUERY)).slice(0, 4 * MOST_TERMS);
  const telling = all.filter(({ isStop }) => !isStop);
  const isLong = all.length > SHORT_QUERY;
  const terms = new Map<string, QueryTerm>();
  for (const { word, stem, isStop, isNumber } of isLong && telling.length > 0 ? telling : all) {
    const before = terms.get(stem);
    const weight = isStop ? STOP_WEIGHT : (before?.weight ?? 0) + 1;
    terms.set(stem, { word: before?.word ?? word, stem, weight, isStop, isNumber });
  }
  return { terms: [...terms.values()].slice(0, MOST_TERMS), isLong };
}
