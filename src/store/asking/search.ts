/** Full text, as both engines answer it: the newest matches, and how much the text of each says for it. */
import type { Sql } from '../sql.ts';
import type { Match } from './words.ts';

/** How many of the newest matches are ranked. Against ranking all of them, the ten best are the same (docs/store.md). */
export const NEWEST_RANKED = 1000;
/** How much a word counts in each field, in the order of the index: title, body, topics, speakers. */
export const FIELD_WEIGHTS = { title: 4, body: 1, topics: 3, speakers: 2 } as const;

export interface Hit {
  readonly vid: number;
  readonly story_id: number;
  readonly at: number;
  readonly score: number;
}

/** A match as the engine gives it: `score` is what its text says for it. */
export interface TextHit extends Hit {
  /** 0 to 1. An article whose date nobody knows has that of the others, which speaks neither for nor against it. */
  readonly recency: number;
}

export interface Matches {
  /** The best by score and recency, best first. */
  readonly best: readonly TextHit[];
  /** How many there are among the newest. */
  readonly count: number;
}

/** A match loses half of its recency in this time ... */
export const HALF_LIFE_MS = 14 * 86_400_000;
/** ... but never all of its worth: an old article that is about the topic stands before a new one that names it. */
export const TIMELESS = 0.2;

export interface SearchQuery {
  readonly tenant: string;
  readonly match: Match;
  readonly since: number | undefined;
  readonly now: number;
  readonly limit: number;
}

export interface NewestQuery {
  readonly tenant: string;
  readonly match: Match;
  /** Only articles in which one of these speakers is quoted. */
  readonly speakers?: readonly number[];
  readonly since: number | undefined;
  readonly limit: number;
}

export interface SearchEngine {
  /** Of the newest `among` matches from `since` on the best `limit`. */
  matching(sql: Sql, query: SearchQuery & { readonly among: number }): Promise<Matches>;
  /** The newest matches, newest first. */
  newest(sql: Sql, query: NewestQuery): Promise<readonly number[]>;
}

/** The best of all in the order of score and recency, the newest of equals first. */
export const bestOf = (hits: readonly TextHit[], limit: number): readonly TextHit[] =>
  [...hits].sort((a, b) => b.score * b.recency - a.score * a.recency || b.vid - a.vid).slice(0, limit);
