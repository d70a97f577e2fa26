/** Which articles tell one story. Pure: the store finds the candidates, this decides. */
import type { Analysis, Article, Instant } from '../model.ts';
import { commonness, rarity } from './background.ts';
import { type CopySignature, copySignature, isCopy, overlap } from './duplicates.ts';
import { readTerms, type Term } from './terms.ts';

/** What an article is compared by. Small: a few hundred bytes, stored beside the article. */
export interface StorySignature extends CopySignature {
  /** Heaviest terms with their weight in the article, heaviest first, at most 64. */
  readonly terms: readonly (readonly [term: string, weight: number])[];
  /** MinHash of word shingles, for copies of the same text; 128 numbers below 2^32. */
  readonly shingles: readonly number[];
  /** When it happened as far as we know: the stated date, else when it was first read. */
  readonly at: Instant;
  /** False when `at` is only when it was first read: then time says nothing for or against a story. */
  readonly dated: boolean;
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

/** What a story says about a text it takes in. */
export interface StoryChoice {
  readonly storyId: number;
  /** The article that this one is a copy of, when it is one. */
  readonly copyOf?: string;
}

const TERMS_KEPT = 64;
const WORDS_READ = 600;
const TITLE_WEIGHT = 3;

/** Articles further apart than this tell two stories, unless one is a copy of the other. */
export const STORY_WINDOW_DAYS = 3;

/** How many of `signature.terms`, from the front, to look candidates up by. */
export const LOOKUP_TERMS = 16;

/** Reduces an article to what it is compared by: heavy terms for its story, shingles for copies of its text. */
export function storySignature(article: Article, analysis?: Analysis): StorySignature {
  void analysis;
  const body = article.masks.reduce(
    (text, mask) => text.slice(0, mask.start) + ' '.repeat(mask.end - mask.start) + text.slice(mask.end),
    article.text,
  );
  const dated = article.date.state === 'stated';
  return {
    ...signatureOf(article.title ?? '', body),
    at: article.date.state === 'stated' ? article.date.at : article.readAt,
    dated,
    ...(article.outlet === undefined ? {} : { outlet: article.outlet }),
  };
}

/** The part of a signature that is read from the words alone. */
export function signatureOf(title: string, text: string): Pick<StorySignature, 'terms' | 'shingles' | 'size'> {
  const body = readTerms(text);
  const { shingles, size } = copySignature(body.map((term) => term.word));
  return { terms: heaviest(readTerms(title), body.slice(0, WORDS_READ)), shingles, size };
}

function heaviest(title: readonly Term[], body: readonly Term[]): [string, number][] {
  const counts = new Map<string, number>();
  const count = (terms: readonly Term[], weight: number) => {
    for (const term of terms) if (!term.isStop) counts.set(term.stem, (counts.get(term.stem) ?? 0) + weight);
  };
  count(title, TITLE_WEIGHT);
  count(body, 1);
  return [...counts]
    .map(([term, n]) => ({ term, weight: Math.sqrt(n), rank: Math.sqrt(n) * rarity(term) }))
    .sort((a, b) => b.rank - a.rank || (a.term < b.term ? -1 : 1))
    .slice(0, TERMS_KEPT)
    .map(({ term, weight }) => [term, Math.round(weight * 100) / 100]);
}

/**
 * Chooses the story that an article belongs to, or none: then it begins one.
 *
 * A copy goes where its original is. Else each story of the candidates is scored by the average likeness of its
 * articles, and the best one above the threshold is taken. The work is linear in the candidates, whatever the corpus holds.
 *
 * @param counts of at least the terms of `signature`; terms of candidates that it lacks count as seen once.
 */
export function chooseStory(
  signature: StorySignature,
  candidates: readonly StoryCandidate[],
  counts: TermCounts,
): StoryChoice | undefined {
  const copied = findOriginal(signature, candidates);
  if (copied) return { storyId: copied.storyId, copyOf: copied.articleId };
  const weigh = weigher(counts);
  const own = weigh(signature);
  const stories = new Map<number, { sum: number; articles: number }>();
  for (const { storyId, signature: other } of candidates) {
    const story = stories.get(storyId) ?? { sum: 0, articles: 0 };
    stories.set(storyId, story);
    story.articles++;
    if (mayBeOneStory(signature, other)) story.sum += cosine(own, weigh(other));
  }
  let best: { storyId: number; score: number } | undefined;
  for (const [storyId, { sum, articles }] of stories) {
    const score = sum / articles;
    if (score >= LIKE_ENOUGH && (!best || score > best.score)) best = { storyId, score };
  }
  return best && { storyId: best.storyId };
}

const LIKE_ENOUGH = 0.25;

function findOriginal(signature: StorySignature, candidates: readonly StoryCandidate[]): StoryCandidate | undefined {
  const copies = candidates.filter((candidate) => isCopy(signature, candidate.signature));
  const likeness = (candidate: StoryCandidate) => overlap(signature, candidate.signature).containment;
  return copies.sort((a, b) => likeness(b) - likeness(a))[0];
}

/** Undated articles may belong to any story: nothing is known against it. */
function mayBeOneStory(a: StorySignature, b: StorySignature): boolean {
  if (!a.dated || !b.dated) return true;
  return Math.abs(Date.parse(a.at) - Date.parse(b.at)) <= STORY_WINDOW_DAYS * 86_400_000;
}

type Vector = ReadonlyMap<string, number>;

/** The news at large count as this many articles beside those of the corpus, so that the first articles are weighed well. */
const BACKGROUND_ARTICLES = 2000;

function weigher({ articles, withTerm }: TermCounts): (signature: StorySignature) => Vector {
  const rarities = new Map<string, number>();
  const rarityHere = (term: string): number => {
    let found = rarities.get(term);
    if (found === undefined) {
      const seen = (withTerm.get(term) ?? 1) + BACKGROUND_ARTICLES * commonness(term);
      found = Math.max(0, Math.log((articles + BACKGROUND_ARTICLES + 1) / seen));
      rarities.set(term, found);
    }
    return found;
  };
  return ({ terms }) => {
    const weights = terms.map(([term, weight]) => [term, weight * rarityHere(term)] as const);
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    return new Map(weights.map(([term, weight]) => [term, weight / length]));
  };
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (const [term, weight] of a) sum += weight * (b.get(term) ?? 0);
  return sum;
}
