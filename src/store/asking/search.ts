/** Full text, as both engines answer it: the newest matches, and how much the text of each says for it. */
import type { Sql } from '../sql.ts';
import type { Match } from './words.ts';

/** How many of the newest matches are ranked. Against ranking all of them, the ten best are the same (docs/store.md). */
export const NEWEST_RANKED = 1000;
/** The same where so much is written that a thousand matches of a common word reach back a week only. */
export const NEWEST_RANKED_OF_MANY = 2000;

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
  /** 1: `at` is when it was read. */
  readonly undated: number;
}

/** A match loses half of its recency in this time ... */
export const HALF_LIFE_MS = 14 * 86_400_000;
/** ... but never all of its worth: an old article that is about the topic stands before a new one that names it. */
export const TIMELESS = 0.2;
/** What an article whose date nobody knows is taken for until the others are known. */
export const UNDATED = 0.25;

/** 0 to 1. */
export const recencyAt = (at: number, now: number): number =>
  TIMELESS + (1 - TIMELESS) * 2 ** (-Math.max(now - at, 0) / HALF_LIFE_MS);

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
  /** Of the newest `among` matches from `since` on the best `limit` by score and recency, best first. */
  matching(sql: Sql, query: SearchQuery & { readonly among: number }): Promise<readonly TextHit[]>;
  /** The newest matches, newest first. */
  newest(sql: Sql, query: NewestQuery): Promise<readonly number[]>;
}

/** The best of all by score and recency, the newest of equals first. */
export function bestOf(hits: readonly TextHit[], now: number, limit: number): readonly TextHit[] {
  const worth = hits.map(({ score, at, undated }) => score * (undated === 1 ? UNDATED : recencyAt(at, now)));
  const order = [...hits.keys()].sort((a, b) => worth[b]! - worth[a]! || hits[b]!.vid - hits[a]!.vid);
  return order.slice(0, limit).map((i) => hits[i]!);
}
