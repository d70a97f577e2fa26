/** Where stories' candidates are found: the articles that share a telling term or a piece of text with a new one. */
import type { StorySignature } from '../../analysis/stories/stories.ts';
import { LOOKUP_TERMS, STORY_WINDOW_DAYS } from '../../analysis/stories/stories.ts';
import { firstOfDay, PER_DAY } from '../slots.ts';
import type { Sql } from '../sql.ts';

/** What an article is found by. */
export interface StoryKeys {
  readonly tenant: string;
  /** Milliseconds: when it happened, as far as we know. */
  readonly at: number;
  /** Undated articles are found at any time, dated ones from the days around them. */
  readonly dated: boolean;
  /** The heaviest terms. */
  readonly terms: readonly string[];
  /** Pieces of the copy signature, found at any time. */
  readonly copies: readonly string[];
}

/** The newest articles under one key, at most `NEWEST_PER_KEY`. */
export interface Sharing {
  readonly vids: readonly number[];
  /** What sharing this key says, beside how few articles have it. */
  readonly worth: number;
}

/** The part of finding stories that each engine does its own way. */
export interface StoryIndex {
  /** Asks at once what `find` will ask for these articles, as far as that is cheaper. */
  expect(sql: Sql, articles: readonly { readonly keys: StoryKeys; readonly undated: boolean }[]): Promise<void>;
  /** May be held back until `flush`; `find` finds it at once. */
  put(sql: Sql, vid: number, keys: StoryKeys): Promise<void>;
  remove(sql: Sql, vid: number, keys: StoryKeys): Promise<void>;
  /** Who shares a key, among the operator's articles and the tenant's; `undated`: there are undated articles at all. */
  find(sql: Sql, keys: StoryKeys, undated: boolean): Promise<readonly Sharing[]>;
  flush(sql: Sql): Promise<void>;
  /** Drops what is held back and what is known. */
  forget(): void;
}

export const NEWEST_PER_KEY = 30;
/** What a shared piece of text is worth: as much as all terms together. */
export const COPY_WORTH = LOOKUP_TERMS;

/** Bins of the copy signature that copies are found by, whatever their dates: a copy shares each with probability 0.4 or more. */
const COPY_BINS = [5, 21, 37, 53, 69, 85, 101, 117] as const;
const EMPTY_BIN = 0xffffffff;

/** What an article is found by, read from its signature as it is stored (`packSignature`). */
export function storyKeys(tenant: string, packedTerms: string, shingles: Uint8Array): StoryKeys {
  const [rest = '{}', ...lines] = packedTerms.split('\n', LOOKUP_TERMS + 1);
  const { at, dated } = JSON.parse(rest) as Pick<StorySignature, 'at' | 'dated'>;
  const bins = new DataView(shingles.buffer, shingles.byteOffset, shingles.byteLength);
  return {
    tenant,
    at: Date.parse(at) || 0,
    dated,
    terms: [...new Set(lines.map((line) => line.slice(0, line.indexOf(' '))))],
    copies: copyKeys((bin) => (4 * bin < bins.byteLength ? bins.getUint32(4 * bin, true) : undefined)),
  };
}

const copyKeys = (binAt: (bin: number) => number | undefined): string[] =>
  COPY_BINS.flatMap((bin) => {
    const value = binAt(bin);
    return value === undefined || value === EMPTY_BIN ? [] : [`c${bin}:${value.toString(36)}`];
  });

/** Whose articles a tenant's are compared with. */
export const ownersSeenBy = (tenant: string): readonly string[] => (tenant === '' ? [''] : ['', tenant]);

const DAY_MS = 86_400_000;

/** First numbers of the days that a dated article's story may lie in, newest first. */
export function windowDays(at: number): readonly number[] {
  const newest = firstOfDay(at + STORY_WINDOW_DAYS * DAY_MS);
  const oldest = firstOfDay(at - STORY_WINDOW_DAYS * DAY_MS);
  return Array.from({ length: (newest - oldest) / PER_DAY + 1 }, (_, i) => newest - i * PER_DAY);
}
