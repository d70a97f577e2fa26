/** Of articles that hold the words, which are about them? Asked of the heavy terms that each is compared by anyway. */
import type { StorySignature } from '../analysis/stories/stories.ts';
import { LEAD, TITLE } from '../analysis/text/standing.ts';

/** The heaviest terms of an article; none where nobody knows them. */
export interface HeavyTerms {
  /** The names of so many, heaviest first. */
  first(count: number): readonly string[];
  /** How deep it stands among them: 0 for the heaviest, 1 behind the lightest. */
  depth(name: string): number | undefined;
  /** One of them in full. */
  find(name: string): StorySignature['terms'][number] | undefined;
}

/** An article that holds the words. */
export interface Holder {
  /** What full text says for it: any scale, but the same for all. */
  readonly score: number;
  readonly terms: HeavyTerms;
}

/**
 * What speaks for an article, each 0 to 1 and weighed by these: full text; the words among its heavy terms, for their
 * number; in its title; in its lead. Any weights near these do as well, on topics of AllSides and of Reuters (2026-11).
 */
const WEIGHTS = { text: 1, heavy: 1, title: 0.5, lead: 0.3 };
/** Mentions at which a word has half of what no number of mentions exceeds. */
const HALF_HEAVY = 2;

/**
 * What the best have in common is looked for in the others too (Lavrenko and Croft 2001), among those found: an article on
 * tariffs names imports and duties, one that mentions them does not. Only for a topic: of a headline's words, typed as
 * remembered, few articles hold all, and those have little in common.
 */
const SHARED = { articles: 10, terms: 20, share: 0.375 };
/** Of the heaviest terms of an article so many may be shared; those behind them say nothing that matters. */
const TELLING = 50;

/**
 * How much each of some articles is about any one of these lists of stems, all that it has, 0 to 1, in the order given.
 */
export function aboutness(
  lists: readonly (readonly string[])[],
  holders: readonly Holder[],
  isTopic: boolean,
): number[] {
  const bestText = Math.max(...holders.map(({ score }) => score));
  const own = holders.map((holder) => ownWorth(lists, holder, bestText));
  const bestOwn = Math.max(...own);
  const worth = own.map((value) => value / (bestOwn || 1));
  if (!isTopic) return worth;
  const shared = sharedTerms(holders, worth);
  const common = holders.map(({ terms }) => commonWorth(terms, shared));
  const mostCommon = Math.max(...common) || 1;
  return worth.map((value, i) => (1 - SHARED.share) * value + (SHARED.share * common[i]!) / mostCommon);
}

function ownWorth(lists: readonly (readonly string[])[], { score, terms }: Holder, bestText: number): number {
  const text = bestText > 0 ? WEIGHTS.text * (Math.max(score, 0) / bestText) : 0;
  let most = 0;
  for (const stems of lists) {
    const held = stems.reduce((sum, stem) => sum + heldWorth(stem, terms), 0);
    most = Math.max(most, held / Math.max(stems.length, 1));
  }
  return text + most;
}

function heldWorth(stem: string, terms: HeavyTerms): number {
  const term = terms.find(stem);
  if (term === undefined) return 0;
  const [, weight, marks = 0] = term;
  // The weight is the root of the number of mentions.
  const times = weight * weight;
  return (
    (WEIGHTS.heavy * times) / (times + HALF_HEAVY) +
    (marks & TITLE ? WEIGHTS.title : 0) +
    (marks & LEAD ? WEIGHTS.lead : 0)
  );
}

/** Asked for each shared term, so that no list of all terms is made for articles that have few of them. */
function commonWorth(terms: HeavyTerms, shared: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [name, weight] of shared) {
    const depth = terms.depth(name);
    if (depth !== undefined && depth < 0.5) sum += weight * Math.exp(-2 * depth);
  }
  return sum;
}

/** Terms of the best articles, weighed by how good those are: words, no numbers. */
function sharedTerms(holders: readonly Holder[], worth: readonly number[]): ReadonlyMap<string, number> {
  const best = [...holders.keys()].sort((a, b) => worth[b]! - worth[a]! || a - b).slice(0, SHARED.articles);
  const sums = new Map<string, number>();
  for (const i of best)
    for (const [place, name] of holders[i]!.terms.first(TELLING).entries())
      if (!/\d/.test(name)) sums.set(name, (sums.get(name) ?? 0) + worth[i]! * Math.exp(-place / TELLING));
  return new Map([...sums].sort((a, b) => b[1] - a[1]).slice(0, SHARED.terms));
}
