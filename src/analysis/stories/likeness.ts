/** How likely two articles tell one story: a small trained model over what their signatures have in common. */

import weights from '../models/likeness.json' with { type: 'json' };
import { logit, type Network } from '../models/network.ts';
import { commonness } from '../text/background.ts';
import { LEAD, NAME, NUMBER, TITLE } from '../text/standing.ts';
import type { StorySignature, TermCounts } from './stories.ts';

/** Pairs below this cosine are never one story: the model is not asked. */
export const FLOOR_COSINE = 0.04;

/** The news at large count as this many articles beside those of the corpus, so that the first articles are weighed well. */
const BACKGROUND_ARTICLES = 1800;

/** How rare the terms of a signature are, term by term. */
export type Rarities = (signature: StorySignature) => Float64Array;

/** Weighs rarity in corpus and news at large together. */
export const rarityIn =
  ({ articles, withTerm }: TermCounts): Rarities =>
  ({ terms }) =>
    Float64Array.from(terms, ([term]) => rarityOfTerm(articles, commonness(term), withTerm.get(term)));

/** A term that nobody counted is taken to be as common here as in the news at large. */
export const rarityOfTerm = (articles: number, share: number, withTerm = articles * share): number =>
  Math.max(0.02, Math.log((articles + BACKGROUND_ARTICLES + 1) / (withTerm + BACKGROUND_ARTICLES * share + 0.5)));

interface WeighedTerm {
  readonly value: number;
  readonly rarity: number;
  readonly marks: number;
}

/** A signature made ready to be compared with many others. */
export interface Weighed {
  readonly signature: StorySignature;
  readonly terms: ReadonlyMap<string, WeighedTerm>;
  readonly lengths: Lengths;
}

/** Euclidean lengths of the vectors of one article: all terms, names, plain words, numbers, title, lead. */
export interface Lengths {
  all: number;
  names: number;
  plain: number;
  numbers: number;
  title: number;
  lead: number;
}
export const noLengths = (): Lengths => ({ all: 0, names: 0, plain: 0, numbers: 0, title: 0, lead: 0 });

/** Title words count a little more than the other words of the lead. */
const leadWeight = (rarity: number, marks: number) => (marks & TITLE ? 1.3 * rarity : marks & LEAD ? rarity : 0);

export function addLengths(lengths: Lengths, value: number, rarity: number, marks: number): void {
  const square = value * value;
  lengths.all += square;
  if (marks & NAME) lengths.names += square;
  else if (!(marks & NUMBER)) lengths.plain += square;
  if (marks & NUMBER) lengths.numbers += rarity * rarity;
  if (marks & TITLE) lengths.title += rarity * rarity;
  lengths.lead += leadWeight(rarity, marks) ** 2;
}

/** Weighs the terms of a signature once, before it is compared with its candidates. */
export function weigh(signature: StorySignature, rarityOf: Rarities): Weighed {
  const terms = new Map<string, WeighedTerm>();
  const lengths = noLengths();
  const rarities = rarityOf(signature);
  for (let i = 0; i < rarities.length; i++) {
    const { 0: term, 1: weight, 2: marks = 0 } = signature.terms[i]!;
    const rarity = rarities[i]!;
    const value = weight * rarity;
    terms.set(term, { value, rarity, marks });
    addLengths(lengths, value, rarity, marks);
  }
  return { signature, terms, lengths };
}

/** What two articles have in common, summed over their common terms. */
export interface Common {
  all: number;
  names: number;
  plain: number;
  numbers: number;
  title: number;
  lead: number;
  titleToLead: number;
  leadToTitle: number;
  readonly products: number[];
}

export const nothingCommon = (): Common => ({
  all: 0,
  names: 0,
  plain: 0,
  numbers: 0,
  title: 0,
  lead: 0,
  titleToLead: 0,
  leadToTitle: 0,
  products: [],
});

/** Adds a common term: how rare it is, and what it weighs and where it stands in either. */
export function addCommon(
  common: Common,
  rarity: number,
  value: number,
  marks: number,
  otherValue: number,
  otherMarks: number,
): void {
  const product = value * otherValue;
  const both = marks & otherMarks;
  common.products.push(product);
  common.all += product;
  if (both & NAME) common.names += product;
  if (!((marks | otherMarks) & (NAME | NUMBER))) common.plain += product;
  if (both & NUMBER) common.numbers += rarity * rarity;
  if (both & TITLE) common.title += rarity * rarity;
  const lead = leadWeight(rarity, marks);
  const otherLead = leadWeight(rarity, otherMarks);
  common.lead += lead * otherLead;
  if (marks & TITLE) common.titleToLead += rarity * otherLead;
  if (otherMarks & TITLE) common.leadToTitle += rarity * lead;
}

/** How many numbers `commonFeatures` gives. */
export const LIKENESS_FEATURES = 20;

/**
 * What two articles have in common, as the model reads it; `undefined` when it is too little to ask.
 *
 * Symmetric in its two articles.
 *
 * @param size of the shorter text, in shingles.
 * @param days between the two; `undefined` when one of them is undated.
 */
export function featuresOf(
  common: Common,
  left: Lengths,
  right: Lengths,
  size: number,
  days: number | undefined,
): number[] | undefined {
  const share = (sum: number, one: number, two: number) => (sum === 0 ? 0 : sum / Math.sqrt(one * two));
  const cosine = share(common.all, left.all, right.all);
  if (cosine < FLOOR_COSINE) return undefined;
  const names = share(common.names, left.names, right.names);
  const plain = share(common.plain, left.plain, right.plain);
  const title = share(common.title, left.title, right.title);
  const lead = share(common.lead, left.lead, right.lead);
  const there = share(common.titleToLead, left.title, right.lead);
  const back = share(common.leadToTitle, left.lead, right.title);
  const strongest = common.products.sort((x, y) => y - x);
  const nth = (n: number) => Math.sqrt((strongest[n] ?? 0) / Math.sqrt(left.all * right.all));
  const brevity = Math.log(1 + size) - 6;
  return [
    cosine,
    Math.sqrt(cosine),
    names,
    Math.sqrt(names),
    plain,
    Math.sqrt(plain),
    title,
    Math.sqrt(title),
    lead,
    Math.sqrt(lead),
    Math.sqrt(share(common.numbers, left.numbers, right.numbers)),
    Math.max(there, back),
    Math.min(there, back),
    nth(2),
    nth(5),
    days === undefined ? 1 : 0,
    days !== undefined && days < 1 ? 1 : 0,
    days !== undefined && days >= 2 ? 1 : 0,
    brevity,
    brevity * Math.sqrt(cosine),
  ];
}

/** Days between two dated articles; `undefined` when one of them is undated. */
export function daysApart(a: StorySignature, b: StorySignature): number | undefined {
  if (!a.dated || !b.dated) return undefined;
  return Math.abs(timeOf(a) - timeOf(b)) / 86_400_000;
}

const times = new WeakMap<StorySignature, number>();

function timeOf(signature: StorySignature): number {
  const known = times.get(signature);
  if (known !== undefined) return known;
  const time = Date.parse(signature.at);
  times.set(signature, time);
  return time;
}

/** Log-odds that two articles tell one story; what is out of the question is `-LIMIT`, what is certain `LIMIT`. */
export const LIMIT = 6;

export const logOdds = (features: readonly number[], network: Network = weights): number =>
  Math.max(-LIMIT, Math.min(LIMIT, logit(features, network)));
