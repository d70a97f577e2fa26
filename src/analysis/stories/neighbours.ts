/**
 * How likely two articles of a collection tell one story, given all the others: the store sees an article when it comes,
 * here the whole collection is known. Two reports of one event are like the same articles, and each is among those that
 * the other is most like; two events of a kind share words but not neighbours.
 */

import weights from '../models/neighbours.json' with { type: 'json' };
import type { Network } from '../models/network.ts';
import { LEAD, NAME, TITLE } from '../text/standing.ts';
import {
  addCommon,
  daysApart,
  featuresOf,
  LIMIT,
  logOdds,
  nothingCommon,
  rarityIn,
  type Weighed,
  weigh,
} from './likeness.ts';
import { type NearPair, nearestPairs, type TermVector, termVectors } from './nearest.ts';
import type { Particulars } from './particulars.ts';
import type { StorySignature, TermCounts } from './stories.ts';

/** An article of a collection that is grouped as a whole. */
export interface Member {
  readonly signature: StorySignature;
  readonly particulars: Particulars;
}

/** How likely articles tell one story. */
export interface Likenesses {
  /** Pairs that may be one story, with their log-odds. */
  readonly pairs: readonly (readonly [a: number, b: number, logOdds: number])[];
  /**
   * What a pair that does not stand there is taken for: the average of its two. `-LIMIT` for an article that was compared
   * with all it has something in common with; more for one that has more neighbours than are compared.
   */
  readonly otherwise: Float64Array;
}

/** How many articles of a collection hold each term and each pair of words. */
export interface Counted extends TermCounts {
  readonly wordPairs: ReadonlyMap<number, number>;
}
const nothing: Counted = { articles: 0, withTerm: new Map(), wordPairs: new Map() };

/** Counts members beside those that `before` has; of terms and pairs that no member holds it tells nothing. */
export function countAll(members: readonly Member[], before: Counted = nothing): Counted {
  const wordPairs = new Map<number, number>();
  for (const { particulars } of members)
    for (const pair of particulars.wordPairs)
      wordPairs.set(pair, (wordPairs.get(pair) ?? before.wordPairs.get(pair) ?? 0) + 1);
  const signatures = members.map(({ signature }) => signature);
  return { ...countTerms(signatures, before), wordPairs };
}

/** Compares all articles that may tell one story; those of `background` only tell what is common. */
export function compareAll(
  members: readonly Member[],
  background: Counted = nothing,
  network: Network = weights,
): Likenesses {
  const pairs: [number, number, number][] = [];
  const otherwise = new Float64Array(members.length).fill(-LIMIT);
  eachComparedPair(
    members,
    (a, b, features, leastOf) => {
      const odds = features ? logOdds(features, network) : LIMIT;
      if (odds > -LIMIT) pairs.push([a, b, odds]);
      if (leastOf !== undefined) otherwise[leastOf] = odds;
    },
    background,
  );
  return { pairs, otherwise };
}

/**
 * Calls `visit` for every pair worth comparing (each once, the larger index first), with what the model reads of it: what the two
 * have in common, whose particulars differ, and how they stand among their neighbours. Copies come without.
 *
 * `leastOf`: the one of the two that has more neighbours, which this is the least of that is compared.
 */
export function eachComparedPair(
  members: readonly Member[],
  visit: (a: number, b: number, features: readonly number[] | undefined, leastOf?: number) => void,
  background: Counted = nothing,
): void {
  const counted = countAll(members, background);
  const rarityOf = rarityIn(counted);
  const weighed = members.map(({ signature }) => weigh(signature, rarityOf));
  const vectors = termVectors(weighed);
  const articles = members.map(({ particulars }, i): Compared => comparedOf(particulars, weighed[i]!, vectors[i]!));
  const pairs = wordPairRarity(members, counted);
  const near = new Neighbours(members.length);
  const compared: NearPair[] = [];
  for (const pair of nearestPairs(weighed, vectors)) {
    near.add(pair.a, pair.b, pair.isCopy ? 1 : pair.cosine);
    if (pair.isCopy) visit(pair.a, pair.b, undefined, pair.leastOf);
    else if (pair.isAsked) compared.push(pair);
  }
  for (const pair of compared) {
    const a = articles[pair.a]!;
    const b = articles[pair.b]!;
    const common = commonTermFeatures(a, b);
    if (!common) continue;
    visit(
      pair.a,
      pair.b,
      [
        ...common,
        ...particularFeatures(a.particulars, b.particulars),
        ...pairs.features(pair.a, pair.b),
        ...near.features(pair.a, pair.b),
      ],
      pair.leastOf,
    );
  }
}

/** An article made ready to be compared, its terms in the order of their numbers. */
interface Compared {
  readonly particulars: Particulars;
  readonly weighed: Weighed;
  readonly vector: TermVector;
  readonly rarities: Float64Array;
  readonly marks: Uint8Array;
  /** Which of the lists of its heaviest terms a term is in, a bit each. */
  readonly lists: Uint8Array;
  /** What the terms of each list weigh together. */
  readonly listWeights: readonly number[];
}

const HEAVIEST_TERMS = 12;
const HEAVIEST_NAMES = 8;

/** The heaviest terms of an article, its heaviest names, and the heaviest names of its title and lead. */
const heaviestLists = [
  { most: HEAVIEST_TERMS, holds: (_marks: number) => true },
  { most: HEAVIEST_NAMES, holds: (marks: number) => (marks & NAME) > 0 },
  { most: HEAVIEST_NAMES, holds: (marks: number) => (marks & NAME) > 0 && (marks & (TITLE | LEAD)) > 0 },
] as const;

function comparedOf(particulars: Particulars, weighed: Weighed, vector: TermVector): Compared {
  const terms = [...weighed.terms.values()];
  const inLists = new Uint8Array(terms.length);
  const listWeights = heaviestLists.map(({ most, holds }, list) => {
    let weight = 0;
    let taken = 0;
    for (const [i, { marks, value }] of terms.entries()) {
      if (taken === most || !holds(marks)) continue;
      taken++;
      weight += value;
      inLists[i]! |= 1 << list;
    }
    return weight;
  });
  return {
    particulars,
    weighed,
    vector,
    rarities: Float64Array.from(vector.places, (place) => terms[place]!.rarity),
    marks: Uint8Array.from(vector.places, (place) => terms[place]!.marks),
    lists: Uint8Array.from(vector.places, (place) => inLists[place]!),
    listWeights,
  };
}

/** An article without names says nothing of whether the other has them: about the average of all pairs. */
const COVERAGE_UNKNOWN = 0.3;

/**
 * What the terms of two articles tell: the features of their likeness, and how much of the heaviest of each is in the other:
 * reports of one event name the same people and places. `undefined` where too little is common.
 */
function commonTermFeatures(a: Compared, b: Compared): number[] | undefined {
  const common = nothingCommon();
  const there = heaviestLists.map(() => 0);
  const back = heaviestLists.map(() => 0);
  const { ids, values } = a.vector;
  const { ids: others, values: otherValues } = b.vector;
  for (let i = 0, k = 0; i < ids.length && k < others.length; ) {
    if (ids[i]! < others[k]!) i++;
    else if (ids[i]! > others[k]!) k++;
    else {
      addCommon(common, a.rarities[i]!, values[i]!, a.marks[i]!, otherValues[k]!, b.marks[k]!);
      for (let list = 0; list < there.length; list++) {
        if (a.lists[i]! & (1 << list)) there[list]! += values[i]!;
        if (b.lists[k]! & (1 << list)) back[list]! += otherValues[k]!;
      }
      i++;
      k++;
    }
  }
  const { signature: left } = a.weighed;
  const { signature: right } = b.weighed;
  const smaller = Math.min(left.size, right.size);
  const features = featuresOf(common, a.weighed.lengths, b.weighed.lengths, smaller, daysApart(left, right));
  if (!features) return undefined;
  for (let list = 0; list < there.length; list++) {
    const left = coverage(there[list]!, a.listWeights[list]!);
    const right = coverage(back[list]!, b.listWeights[list]!);
    features.push(Math.min(left, right), Math.max(left, right));
  }
  return features;
}

const coverage = (covered: number, all: number): number => (all === 0 ? COVERAGE_UNKNOWN : covered / all);

/** Figures in common, and figures that should be; years and months agree (1), differ (-1) or are not told (0). */
function particularFeatures(a: Particulars, b: Particulars): number[] {
  const common = commonIn(a.numbers, b.numbers);
  const fewer = Math.min(a.numbers.size, b.numbers.size);
  const share = common / Math.max(1, fewer);
  return [
    share,
    Math.log1p(fewer) * (1 - share),
    Math.log1p(common),
    agreement(a.years, b.years),
    agreement(a.months, b.months),
  ];
}

function commonIn(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const item of a) if (b.has(item)) common++;
  return common;
}

function agreement(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  return commonIn(a, b) > 0 ? 1 : -1;
}

/** A pair of words that nobody else has weighs as if this many articles lacked it. */
const PAIR_BACKGROUND = 200;

/** Cosine over pairs of words, each weighed by its rarity in the collection. */
function wordPairRarity(members: readonly Member[], { articles, wordPairs }: Counted) {
  const squared = (pair: number) => Math.log((articles + PAIR_BACKGROUND) / ((wordPairs.get(pair) ?? 0) + 1)) ** 2;
  const lengths = members.map(({ particulars }) => {
    let sum = 0;
    for (const pair of particulars.wordPairs) sum += squared(pair);
    return Math.sqrt(sum);
  });
  return {
    features(a: number, b: number): number[] {
      const left = members[a]!.particulars.wordPairs;
      const right = members[b]!.particulars.wordPairs;
      let sum = 0;
      for (let i = 0, k = 0; i < left.length && k < right.length; ) {
        if (left[i] === right[k]) sum += squared(left[i++]!);
        else if (left[i]! < right[k]!) i++;
        else k++;
      }
      const cosine = sum === 0 ? 0 : sum / (lengths[a]! * lengths[b]!);
      return [cosine, Math.sqrt(cosine)];
    },
  };
}

/** A cosine below this is no neighbour. */
const NEIGHBOUR_COSINE = 0.08;

/** What every article is like, and how much. */
class Neighbours {
  readonly #near: readonly Map<number, number>[];
  /** Of each article: the squared length of its neighbours, and the best of them. */
  #known: { square: number; best: number }[] | undefined;

  constructor(articles: number) {
    this.#near = Array.from({ length: articles }, () => new Map<number, number>());
  }

  add(a: number, b: number, cosine: number): void {
    const nearness = cosine - NEIGHBOUR_COSINE;
    if (nearness <= 0) return;
    this.#near[a]!.set(b, nearness);
    this.#near[b]!.set(a, nearness);
  }

  /** Do the two have the same neighbours (each other left out), and is each the nearest that the other has? */
  features(a: number, b: number): number[] {
    this.#known ??= this.#near.map((near) => {
      let square = 0;
      let best = 0;
      for (const nearness of near.values()) {
        square += nearness ** 2;
        best = Math.max(best, nearness);
      }
      return { square, best };
    });
    const own = this.#near[a]!.get(b) ?? 0;
    const [fewer, more] = [this.#near[a]!, this.#near[b]!].sort((x, y) => x.size - y.size) as [
      Map<number, number>,
      Map<number, number>,
    ];
    let common = 0;
    for (const [other, nearness] of fewer) common += nearness * (more.get(other) ?? 0);
    const [left, right] = [this.#known[a]!, this.#known[b]!];
    const lengths = Math.sqrt(Math.max(0, left.square - own ** 2) * Math.max(0, right.square - own ** 2));
    const isKnown = lengths > 1e-9;
    const ofLeft = own / (left.best || 1);
    const ofRight = own / (right.best || 1);
    return [
      isKnown ? common / lengths : 0,
      isKnown ? 1 : 0,
      Math.log1p(fewer.size),
      Math.max(ofLeft, ofRight),
      Math.min(ofLeft, ofRight),
      (ofLeft + ofRight) / 2,
    ];
  }
}

/** How many of the articles hold each term of their signatures, counted on from `before`. */
export function countTerms(signatures: readonly StorySignature[], before: TermCounts = nothing) {
  const withTerm = new Map<string, number>();
  for (const { terms } of signatures)
    for (const [term] of terms) withTerm.set(term, (withTerm.get(term) ?? before.withTerm.get(term) ?? 0) + 1);
  return { articles: before.articles + signatures.length, withTerm };
}
