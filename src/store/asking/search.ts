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

/** A match as the engine gives it. */
export interface TextHit extends Hit {
  /** 1: `at` is when it was read. */
  readonly undated: number;
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
  /** The newest matches of the days from `since` on, in no order, each with what its text says for it. */
  matching(sql: Sql, query: Omit<NewestQuery, 'speakers'>): Promise<readonly TextHit[]>;
  /** The newest matches, newest first. */
  newest(sql: Sql, query: NewestQuery): Promise<readonly number[]>;
}
