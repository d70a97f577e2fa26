/** Which story a new article joins. Pure: the store finds the candidates, this decides. */
import { newsCounts } from '../text/background.ts';
import type { Comparable } from './comparable.ts';
import { isCopy, overlap } from './duplicates.ts';
import {
  addCommon,
  addLengths,
  featuresOf,
  type Lengths,
  LIMIT,
  logOdds,
  noLengths,
  nothingCommon,
  rarityOfTerm,
} from './likeness.ts';
import { STORY_WINDOW_DAYS } from './stories.ts';

/** An article of the last days that shares at least one heavy term. */
export interface StoryCandidate {
  readonly articleId: string;
  readonly storyId: number;
  readonly signature: Comparable;
}

/** Where an article belongs. */
export interface StoryChoice {
  readonly storyId: number;
  /** The article that this one is a copy of, when it is one. */
  readonly copyOf?: string;
}

/** For weighing the terms of a new article. */
export interface OwnCounts {
  /** How many articles there are. */
  readonly articles: number;
  /** How many of them hold its terms, in their order; a term without a number is weighed by the news at large. */
  readonly withTerm: readonly (number | undefined)[];
}

/** Average log-odds from which an article joins a story. A wrong merge is worse than a missed one. */
export const JOIN_AT = -0.2;

/**
 * Chooses the story that an article belongs to, or none: then it begins one.
 *
 * A copy goes where its original is. Else each story of the candidates is scored by the average likeness of its
 * articles, and the best one is taken if it is like enough. The work is linear in the candidates, whatever the corpus holds.
 * Terms that only a candidate has are weighed by the news at large.
 */
export function chooseStory(
  signature: Comparable,
  candidates: readonly StoryCandidate[],
  counts: OwnCounts,
): StoryChoice | undefined {
  const original = findOriginal(signature, candidates);
  if (original) return { storyId: original.storyId, copyOf: original.articleId };
  const own = weighOwn(signature, counts);
  const stories = new Map<number, { sum: number; articles: number }>();
  for (const { storyId, signature: other } of candidates) {
    if ((daysApart(signature, other) ?? 0) > STORY_WINDOW_DAYS) continue;
    const story = stories.get(storyId) ?? { sum: 0, articles: 0 };
    story.sum += likeness(own, other);
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

function findOriginal(signature: Comparable, candidates: readonly StoryCandidate[]): StoryCandidate | undefined {
  const copies = candidates.filter((candidate) => isCopy(signature, candidate.signature));
  const shared = (candidate: StoryCandidate) => overlap(signature, candidate.signature).containment;
  return copies.sort((a, b) => shared(b) - shared(a))[0];
}

/** Days between two dated articles; `undefined` when one of them is undated. */
const daysApart = (a: Comparable, b: Comparable): number | undefined =>
  a.time === undefined || b.time === undefined ? undefined : Math.abs(a.time - b.time) / 86_400_000;

/** The new article, made ready to be compared with its candidates. */
interface Own {
  readonly signature: Comparable;
  readonly values: Float64Array;
  readonly rarities: Float64Array;
  readonly lengths: Lengths;
  readonly places: Places;
  /** How rare terms are that the article does not have. */
  readonly news: NewsRarities;
}

function weighOwn(signature: Comparable, { articles, withTerm }: OwnCounts): Own {
  const { terms, weights, marks, counts } = signature;
  const news = raritiesAmong(articles);
  const rarities = new Float64Array(terms.length);
  const values = new Float64Array(terms.length);
  const lengths = noLengths();
  for (let i = 0; i < terms.length; i++) {
    const rarity = news.of(counts[i]!, withTerm[i]);
    const value = weights[i]! * rarity;
    rarities[i] = rarity;
    values[i] = value;
    addLengths(lengths, value, rarity, marks[i]!);
  }
  return { signature, values, rarities, lengths, places: placesOf(terms), news };
}

/** Log-odds that two articles tell one story. */
function likeness(own: Own, other: Comparable): number {
  const common = nothingCommon();
  const lengths = noLengths();
  const { terms, weights, marks, counts } = other;
  for (let i = 0; i < terms.length; i++) {
    const place = own.places.of(terms[i]!);
    const rarity = place < 0 ? own.news.of(counts[i]!) : own.rarities[place]!;
    const value = weights[i]! * rarity;
    addLengths(lengths, value, rarity, marks[i]!);
    if (place >= 0) addCommon(common, rarity, own.values[place]!, own.signature.marks[place]!, value, marks[i]!);
  }
  const { signature } = own;
  const smaller = Math.min(signature.size, other.size);
  const features = featuresOf(common, own.lengths, lengths, smaller, daysApart(signature, other));
  return features ? logOdds(features) : -LIMIT;
}

/** Where the terms of an article stand, by their hashes. */
interface Places {
  /** -1 for a term that it does not have. */
  of(hash: number): number;
}

function placesOf(terms: Int32Array): Places {
  // Half empty at least, as in `newsCounts`; a place is told from 1 on.
  const mask = (2 << (32 - Math.clz32(terms.length))) - 1;
  const table = new Uint8Array(mask + 1);
  const slotOf = (hash: number): number => {
    let slot = hash & mask;
    while (table[slot] !== 0 && terms[table[slot]! - 1] !== hash) slot = (slot + 1) & mask;
    return slot;
  };
  for (let i = Math.min(terms.length, 255) - 1; i >= 0; i--) table[slotOf(terms[i]!)] = i + 1;
  return { of: (hash) => table[slotOf(hash)]! - 1 };
}

/** How rare terms are among so many articles, by how many of the news at large hold them. */
interface NewsRarities {
  readonly articles: number;
  /** @param withTerm how many of the articles themselves hold it, where that was counted. */
  of(count: number, withTerm?: number): number;
}

/** The one asked for last: as long as a corpus hardly grows, all articles are weighed by it. */
let latest: NewsRarities | undefined;

function raritiesAmong(articles: number): NewsRarities {
  if (latest?.articles === articles) return latest;
  const news = newsCounts();
  // A logarithm for each count once: the news at large give some thousand different ones.
  const uncounted = new Float64Array(news.articles + 1).fill(Number.NaN);
  latest = {
    articles,
    of(count, withTerm) {
      if (withTerm !== undefined) return rarityOfTerm(articles, count / news.articles, withTerm);
      const known = uncounted[count]!;
      if (!Number.isNaN(known)) return known;
      const found = rarityOfTerm(articles, count / news.articles);
      uncounted[count] = found;
      return found;
    },
  };
  return latest;
}
