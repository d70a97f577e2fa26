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
export function rarityIn({ articles, withTerm }: TermCounts): Rarities {
  if (withTerm.size === 0) return (signature) => uncountedRarities(signature, articles);
  return (signature) => {
    const shares = sharesOf(signature);
    const found = new Float64Array(shares.length);
    for (let i = 0; i < found.length; i++)
      found[i] = rarityOfTerm(articles, shares[i]!, withTerm.get(signature.terms[i]![0]));
    return found;
  };
}

/** A term that nobody counted is taken to be as common here as in the news at large. */
const rarityOfTerm = (articles: number, share: number, withTerm = articles * share): number =>
  Math.max(0.02, Math.log((articles + BACKGROUND_ARTICLES + 1) / (withTerm + BACKGROUND_ARTICLES * share + 0.5)));

/** Of the last number of articles that was asked for. */
const uncounted = new WeakMap<StorySignature, { readonly articles: number; readonly rarities: Float64Array }>();

function uncountedRarities(signature: StorySignature, articles: number): Float64Array {
  const known = uncounted.get(signature);
  if (known?.articles === articles) return known.rarities;
  const rarities = sharesOf(signature).slice();
  for (let i = 0; i < rarities.length; i++) rarities[i] = rarityOfTerm(articles, rarities[i]!);
  uncounted.set(signature, { articles, rarities });
  return rarities;
}

/** The terms' shares of the news at large: the same for good, and an article is compared with many others. */
const shares = new WeakMap<StorySignature, Float64Array>();

/** Made beforehand where there is time for it, and taken along to where articles are compared. */
export const newsShares = (signature: StorySignature): Float64Array => sharesOf(signature);
export const knowShares = (signature: StorySignature, found: Float64Array): void => void shares.set(signature, found);

function sharesOf(signature: StorySignature): Float64Array {
  let found = shares.get(signature);
  if (!found) {
    found = new Float64Array(signature.terms.length);
    for (let i = 0; i < found.length; i++) found[i] = commonness(signature.terms[i]![0]);
    shares.set(signature, found);
  }
  return found;
}

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
const noLengths = (): Lengths => ({ all: 0, names: 0, plain: 0, numbers: 0, title: 0, lead: 0 });

/** Title words count a little more than the other words of the lead. */
const leadWeight = (rarity: number, marks: number) => (marks & TITLE ? 1.3 * rarity : marks & LEAD ? rarity : 0);

function addLengths(lengths: Lengths, value: number, rarity: number, marks: number): void {
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
 * @param rarityOf of the terms that the other has alone; those of both are as rare as `a` says.
 */
function commonFeatures(a: Weighed, other: StorySignature, rarityOf: Rarities): number[] | undefined {
  const common = nothingCommon();
  const lengths = noLengths();
  const rarities = rarityOf(other);
  for (let i = 0; i < other.terms.length; i++) {
    // By index: an iterator for each of a hundred terms of each candidate is much of what the writing thread clears away.
    const { 0: term, 1: weight, 2: marks = 0 } = other.terms[i]!;
    const own = a.terms.get(term);
    const rarity = own ? own.rarity : rarities[i]!;
    const value = weight * rarity;
    addLengths(lengths, value, rarity, marks);
    if (own) addCommon(common, rarity, own.value, own.marks, value, marks);
  }
  return featuresOf(common, a.signature, a.lengths, other, lengths);
}

/** The same from what is common already. */
export function featuresOf(
  common: Common,
  signature: StorySignature,
  left: Lengths,
  other: StorySignature,
  right: Lengths,
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
  const days = daysApart(signature, other);
  const brevity = Math.log(1 + Math.min(signature.size, other.size)) - 6;
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

/** Log-odds that two articles tell one story, from their signatures. */
export function likeness(a: Weighed, other: StorySignature, rarityOf: Rarities): number {
  const features = commonFeatures(a, other, rarityOf);
  return features ? logOdds(features) : -LIMIT;
}
