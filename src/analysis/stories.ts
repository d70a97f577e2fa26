/** Which articles tell one story. Pure: the store finds the candidates, this decides. */
import type { Analysis, Article, Instant } from '../model.ts';

/** What an article is compared by. Small: a few hundred bytes, stored beside the article. */
export interface StorySignature {
  /** Heaviest terms with their weight in the article, heaviest first, at most 64. */
  readonly terms: readonly (readonly [term: string, weight: number])[];
  /** MinHash of word shingles, for copies of the same text; 128 numbers below 2^32. */
  readonly shingles: readonly number[];
  /** When it happened as far as we know: the stated date, else when it was first read. */
  readonly at: Instant;
  readonly outlet?: string;
}

/** An article of the last days that shares at least one heavy term. */
export interface StoryCandidate {
  readonly articleId: string;
  readonly storyId: number;
  readonly signature: StorySignature;
}

/** How many articles hold a term, and how many articles there are: for weighing rare terms. */
export interface TermCounts {
  readonly articles: number;
  readonly withTerm: ReadonlyMap<string, number>;
}

export declare function storySignature(article: Article, analysis: Analysis): StorySignature;
export declare function chooseStory(
  signature: StorySignature,
  candidates: readonly StoryCandidate[],
  counts: TermCounts,
): { storyId: number; copyOf?: string } | undefined;
