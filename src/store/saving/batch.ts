/**
 * What the saves of one transaction share. Counters, topics and names are held back and written once, at its end; what was
 * read is remembered.
 *
 * SQLite has one writer, whose memory outlives its transactions (as long as nobody else wrote to the file); PostgreSQL
 * has many, so there each transaction begins with an empty one.
 */

import type { Sql } from '../sql.ts';
import { openStories, type StoriesMet } from '../stories/stories.ts';
import type { StoryIndex } from '../stories/story-index.ts';
import { type AliasesHeld, openAliases } from './aliases.ts';
import { openSpeakers, type SpeakersMet } from './speakers.ts';
import { openTopics, type TopicsHeld } from './topics.ts';
import { openTotals, type Totals } from './totals.ts';

/** What one article is found by. `ids` are the rows of its speakers. */
export interface SearchDocument {
  readonly tenant: string;
  readonly at: number;
  readonly title: string;
  readonly body: string;
  readonly topics: string;
  readonly speakers: string;
  readonly ids: readonly number[];
}

/** What whoever writes an article's rows locks. */
export const articleLock = (id: string): string => `article:${id}`;

/** The part of saving that each engine does its own way. */
export interface ArticleIndex {
  readonly stories: StoryIndex;
  /** Holds back, until the transaction ends, others that save under one of these names. SQLite has one writer anyway. */
  lock(sql: Sql, names: readonly string[]): Promise<void>;
  /** A free number on the day of `at` (see `slots.ts`). */
  nextSlot(sql: Sql, at: number): Promise<number>;
  /** A free number for a row that is put in later. */
  nextNumber(sql: Sql, table: 'stories' | 'speakers'): Promise<number>;
  /** Held back until `flush`. */
  put(sql: Sql, vid: number, document: SearchDocument): Promise<void>;
  remove(sql: Sql, vid: number, tenant: string, at: number): Promise<void>;
  /** Writes what is held back. */
  flush(sql: Sql): Promise<void>;
  /** Drops what is held back and what is known. */
  forget(): void;
}

export interface Batch {
  readonly index: ArticleIndex;
  readonly speakers: SpeakersMet;
  readonly stories: StoriesMet;
  readonly topics: TopicsHeld;
  readonly aliases: AliasesHeld;
  readonly totals: Totals;
  /** Writes what is held back: before the transaction is committed, and before anything but a save reads it. */
  flush(sql: Sql): Promise<void>;
  /** After a transaction that was given up, or when another process wrote: nothing that is held or known is true. */
  forget(): void;
}

export function openBatch(index: ArticleIndex): Batch {
  const speakers = openSpeakers((sql) => index.nextNumber(sql, 'speakers'));
  const stories = openStories(index.stories);
  const topics = openTopics();
  const aliases = openAliases();
  const totals = openTotals();
  return {
    index,
    speakers,
    stories,
    topics,
    aliases,
    totals,
    async flush(sql) {
      // One order for all writers, the rows that everybody wants last.
      await index.flush(sql);
      await stories.index.flush(sql);
      await stories.terms.flush(sql);
      await topics.flush(sql);
      await aliases.flush(sql);
      await speakers.flush(sql, totals);
      await totals.flush(sql);
    },
    forget() {
      for (const part of [index, speakers, stories, topics, aliases, totals]) part.forget();
    },
  };
}
