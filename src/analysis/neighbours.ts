/**
 * How likely two articles of a collection tell one story, given all the others: the store sees an article when it comes,
 * here the whole collection is known. Two reports of one event are like the same articles, and each is among those that
 * the other is most like; two events of a kind share words but not neighbours.
 */
import { isCopy } from './duplicates.ts';
import {
  commonFeatures,
  daysApart,
  LEAD,
  LIMIT,
  logOdds,
  NAME,
  rarityIn,
  TITLE,
  type Weighed,
  weigh,
} from './likeness.ts';
import weights from './models/neighbours.json' with { type: 'json' };
import type { Network } from './network.ts';
import type { Particulars } from './particulars.ts';
import { STORY_WINDOW_DAYS, type StorySignature } from './stories.ts';

/** An article of a collection that is grouped as a whole. */
export interface Member {
  readonly signature: StorySignature;
  readonly particulars: Particulars;
}

/** Pairs that may be one story with their log-odds; all others are out of the question. */
export type Likenesses = readonly (readonly [a: number, b: number, logOdds: number])[];

/** Compares all articles that may tell one story. */
export function compareAll(members: readonly Member[], network: Network = weights): Likenesses {
  const pairs: [number, number, number][] = [];
  eachComparedPair(members, (a, b, features) => {
    const odds = features ? logOdds(features, network) : LIMIT;
    if (odds > -LIMIT) pairs.push([a, b, odds]);
  });
  return pairs;
}

/**
 * Calls `visit` for every pair worth comparing, the later article first, with what the model reads of it: what the two
 * have in common, whose particulars differ, and how they stand among their neighbours. Copies come without.
 */
export function eachComparedPair(
  members: readonly Member[],
  visit: (later: number, earlier: number, features: readonly number[] | undefined) => void,
): void {
  const signatures = members.map(({ signature }) => signature);
  const rarityOf = rarityIn(countTerms(signatures));
  const articles = members.map((member): Compared => {
    const weighed = weigh(member.signature, rarityOf);
    return { ...member, weighed, heaviest: heaviestOf(weighed) };
  });
  const pairs = wordPairRarity(members);
  const near = new Neighbours(members.length);
  const compared: [number, number][] = [];
  eachCandidatePair(signatures, (later, earlier) => {
    if (isCopy(signatures[later]!, signatures[earlier]!)) {
      near.add(later, earlier, 1);
      visit(later, earlier, undefined);
      return;
    }
    const cosine = commonFeatures(articles[later]!.weighed, signatures[earlier]!, rarityOf)?.[0];
    if (cosine === undefined) return;
    near.add(later, earlier, cosine);
    compared.push([later, earlier]);
  });
  for (const [later, earlier] of compared) {
    const a = articles[later]!;
    const b = articles[earlier]!;
    const common = commonFeatures(a.weighed, b.signature, rarityOf)!;
    visit(later, earlier, [
      ...common,
      ...coverageFeatures(a, b),
      ...particularFeatures(a.particulars, b.particulars),
      ...pairs.features(later, earlier),
      ...near.features(later, earlier),
    ]);
  }
}

interface Compared extends Member {
  readonly weighed: Weighed;
  readonly heaviest: readonly (readonly (readonly [term: string, value: number])[])[];
}

const HEAVIEST_TERMS = 12;
const HEAVIEST_NAMES = 8;

/** The heaviest terms of an article, its heaviest names, and the heaviest names of its title and lead. */
function heaviestOf({ signature, terms }: Weighed): Compared['heaviest'] {
  const list = (isWanted: (marks: number) => boolean, most: number) =>
    signature.terms
      .filter(([, , marks = 0]) => isWanted(marks))
      .slice(0, most)
      .map(([term]) => [term, terms.get(term)!.value] as const);
  return [
    list(() => true, HEAVIEST_TERMS),
    list((marks) => (marks & NAME) > 0, HEAVIEST_NAMES),
    list((marks) => (marks & NAME) > 0 && (marks & (TITLE | LEAD)) > 0, HEAVIEST_NAMES),
  ];
}

/** An article without names says nothing of whether the other has them: about the average of all pairs. */
const COVERAGE_UNKNOWN = 0.3;

/** How much of the heaviest of each is in the other: reports of one event name the same people and places. */
function coverageFeatures(a: Compared, b: Compared): number[] {
  return a.heaviest.flatMap((list, i) => {
    const there = coverage(list, b.weighed);
    const back = coverage(b.heaviest[i]!, a.weighed);
    return [Math.min(there, back), Math.max(there, back)];
  });
}

function coverage(list: Compared['heaviest'][number], other: Weighed): number {
  let all = 0;
  let covered = 0;
  for (const [term, value] of list) {
    all += value;
    if (other.terms.has(term)) covered += value;
  }
  return all === 0 ? COVERAGE_UNKNOWN : covered / all;
}

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
function wordPairRarity(members: readonly Member[]) {
  const counts = new Map<number, number>();
  for (const { particulars } of members)
    for (const pair of particulars.wordPairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const squared = (pair: number) => Math.log((members.length + PAIR_BACKGROUND) / ((counts.get(pair) ?? 0) + 1)) ** 2;
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

/** Terms in more articles than this say too little to look others up by. */
const COMMON_SHARE = 0.1;
const COMMON_AT_LEAST = 200;

/** Calls `visit` for every pair of articles inside the window that share a telling term, the later article first. */
function eachCandidatePair(
  signatures: readonly StorySignature[],
  visit: (later: number, earlier: number) => void,
): void {
  const holders = new Map<string, number[]>();
  for (const [i, { terms }] of signatures.entries())
    for (const [term] of terms) {
      const list = holders.get(term);
      if (list) list.push(i);
      else holders.set(term, [i]);
    }
  const tooCommon = Math.max(COMMON_AT_LEAST, signatures.length * COMMON_SHARE);
  const seen = new Int32Array(signatures.length).fill(-1);
  for (const [i, signature] of signatures.entries())
    for (const [term] of signature.terms) {
      const list = holders.get(term)!;
      if (list.length > tooCommon) continue;
      for (const j of list) {
        if (j >= i) break;
        if (seen[j] === i) continue;
        seen[j] = i;
        if ((daysApart(signature, signatures[j]!) ?? 0) <= STORY_WINDOW_DAYS || isCopy(signature, signatures[j]!))
          visit(i, j);
      }
    }
}

/** How many of the articles hold each term of their signatures. */
export function countTerms(signatures: readonly StorySignature[]): { articles: number; withTerm: Map<string, number> } {
  const withTerm = new Map<string, number>();
  for (const { terms } of signatures) for (const [term] of terms) withTerm.set(term, (withTerm.get(term) ?? 0) + 1);
  return { articles: signatures.length, withTerm };
}
