/** Which articles tell one story. Pure: the store finds the candidates, this decides. */
import type { Analysis, Article, Instant } from '../../model.ts';
import { rarity } from '../text/background.ts';
import { readTerms, type Term } from '../text/terms.ts';
import { type CopySignature, copySignature, isCopy, overlap } from './duplicates.ts';
import { daysApart, LEAD, likeness, NAME, NUMBER, rarityIn, TITLE, weigh } from './likeness.ts';

/** What an article is compared by. Small: about two kilobytes, stored beside the article. */
export interface StorySignature extends CopySignature {
  /**
   * Heaviest terms with their weight in the article, heaviest first, at most 100. `marks` says where a term stands:
   * the sum of `NAME`, `TITLE`, `LEAD` and `NUMBER` of `likeness.ts`.
   */
  readonly terms: readonly (readonly [term: string, weight: number, marks?: number])[];
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

/** Where an article belongs. */
export interface StoryChoice {
  readonly storyId: number;
  /** The article that this one is a copy of, when it is one. */
  readonly copyOf?: string;
}

const TERMS_KEPT = 100;
const WORDS_READ = 600;
const LEAD_WORDS = 100;
const TITLE_WEIGHT = 3;

/** Articles further apart than this tell two stories, unless one is a copy of the other. */
export const STORY_WINDOW_DAYS = 3;

/** How many of `signature.terms`, from the front, to look candidates up by. */
export const LOOKUP_TERMS = 16;

/** Reduces an article to what it is compared by: heavy terms for its story, shingles for copies of its text. */
export function storySignature(article: Article, _analysis?: Analysis): StorySignature {
  const { date, outlet } = article;
  const dated = date.state === 'stated';
  return {
    ...signatureOf(article.title ?? '', unmasked(article)),
    at: dated ? date.at : article.readAt,
    dated,
    ...(outlet === undefined ? {} : { outlet }),
  };
}

/** The text as it is compared: what is not the article's own is empty. */
export function unmasked({ text, masks }: Pick<Article, 'text' | 'masks'>): string {
  let rest = text;
  for (const { start, end } of masks) rest = rest.slice(0, start) + '\n'.repeat(end - start) + rest.slice(end);
  return rest;
}

/** The part of a signature that is read from the words alone; `terms` where they are read already. */
export function signatureOf(
  title: string,
  text: string,
  [head, body]: readonly [title: readonly Term[], text: readonly Term[]] = [readTerms(title), readTerms(text)],
): Pick<StorySignature, 'terms' | 'shingles' | 'size'> {
  const { shingles, size } = copySignature(body.map((term) => term.word));
  return { terms: heaviest(head, body), shingles, size };
}

function heaviest(title: readonly Term[], body: readonly Term[]): [string, number, number][] {
  const names = new Set(body.filter((term) => term.isName).map((term) => term.stem));
  const counts = new Map<string, { n: number; marks: number }>();
  const count = ({ stem, isStop, isNumber }: Term, weight: number, mark: number) => {
    if (isStop) return;
    const found = counts.get(stem) ?? { n: 0, marks: (names.has(stem) ? NAME : 0) | (isNumber ? NUMBER : 0) };
    counts.set(stem, { n: found.n + weight, marks: found.marks | mark });
  };
  for (const term of title) count(term, TITLE_WEIGHT, TITLE);
  body.slice(0, WORDS_READ).forEach((term, i) => {
    count(term, 1, i < LEAD_WORDS ? LEAD : 0);
  });
  return [...counts]
    .map(([term, { n, marks }]) => ({ term, weight: Math.sqrt(n), marks, rank: Math.sqrt(n) * rarity(term) }))
    .sort((a, b) => b.rank - a.rank || (a.term < b.term ? -1 : 1))
    .slice(0, TERMS_KEPT)
    .map(({ term, weight, marks }) => [term, Math.round(weight * 100) / 100, marks]);
}

/** Average log-odds from which an article joins a story. A wrong merge is worse than a missed one. */
export const JOIN_AT = -0.2;

/**
 * Chooses the story that an article belongs to, or none: then it begins one.
 *
 * A copy goes where its original is. Else each story of the candidates is scored by the average likeness of its
 * articles, and the best one is taken if it is like enough. The work is linear in the candidates, whatever the corpus holds.
 *
 * @param counts of at least the terms of `signature`; a term that is missing is weighed by the news at large.
 */
export function chooseStory(
  signature: StorySignature,
  candidates: readonly StoryCandidate[],
  counts: TermCounts,
): StoryChoice | undefined {
  const original = findOriginal(signature, candidates);
  if (original) return { storyId: original.storyId, copyOf: original.articleId };
  const own = weigh(signature, rarityIn(counts));
  const isOnlyOwn = [...counts.withTerm.keys()].every((term) => own.terms.has(term));
  const rarityOf = rarityIn(isOnlyOwn ? { ...counts, withTerm: new Map() } : counts);
  const stories = new Map<number, { sum: number; articles: number }>();
  for (const { storyId, signature: other } of candidates) {
    if ((daysApart(signature, other) ?? 0) > STORY_WINDOW_DAYS) continue;
    const story = stories.get(storyId) ?? { sum: 0, articles: 0 };
    story.sum += likeness(own, other, rarityOf);
    story.articles++;
    stories.set(storyId, story);
  }
  let best: StoryChoice | undefined;
  let bestScore = JOIN_AT;
  for (const [storyId, { sum, articles }] of stories) {
    if (sum / articles < bestScore) continue;
    bestScore = sum / articles;
    best = { storyId };
  }
  return best;
}

function findOriginal(signature: StorySignature, candidates: readonly StoryCandidate[]): StoryCandidate | undefined {
  const copies = candidates.filter((candidate) => isCopy(signature, candidate.signature));
  const shared = (candidate: StoryCandidate) => overlap(signature, candidate.signature).containment;
  return copies.sort((a, b) => shared(b) - shared(a))[0];
}
