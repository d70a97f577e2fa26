/** Full text, as both engines answer it: newest matches first, then relevance and recency. */
import type { Sql } from '../sql.ts';
import type { Match } from './words.ts';

/** How many of the newest matches are ranked. Against ranking all of them, the ten best are the same (docs/store.md). */
export const NEWEST_RANKED = 1000;
/** A match loses half of its recency in this time ... */
export const HALF_LIFE_MS = 14 * 86_400_000;
/** ... but never all of its worth: an old article that is about the topic stands before a new one that names it. */
export const TIMELESS = 0.2;
/** An article whose date nobody knows stands between: it was read now, and may tell of anything. */
export const UNDATED = 0.4;
/** How much a word counts in each field, in the order of the index: title, body, topics, speakers. */
export const FIELD_WEIGHTS = { title: 4, body: 1, topics: 3, speakers: 2 } as const;

export interface Hit {
  readonly vid: number;
  readonly story_id: number;
  readonly at: number;
  readonly score: number;
}

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
  /** The newest matches, best first by relevance and recency. */
  ranked(sql: Sql, query: SearchQuery): Promise<readonly Hit[]>;
  /** The newest matches, newest first. */
  newest(sql: Sql, query: NewestQuery): Promise<readonly number[]>;
}
