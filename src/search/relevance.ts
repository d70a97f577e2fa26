/** How much a word in an article says that the article is the one looked for: BM25 over forms and stems. */

/**
 * What a query asks for decides how it is weighed. Tuned on the TIME, AllSides and Reuters queries (bench/eval-search.ts).
 *
 * `topic`: a few words that many articles hold ("crude oil"): length hardly counts, and what the best answers have in
 * common is looked for too. `item`: a few words that only few articles hold all of, as someone remembers a headline: the
 * very forms count, and the beginning of the text. `question`: many words.
 */
export type Intent = 'topic' | 'item' | 'question';

export interface Weighing {
  /** Saturation (k1) and length (b) of BM25: Robertson and Zaragoza 2009. */
  readonly saturation: number;
  readonly lengthShare: number;
  /** The share that goes to the very form typed ("shows"); the rest goes to its stem ("show", "showing"). */
  readonly formShare: number;
  /** What a mention at the very start of the text counts beyond one of later on. */
  readonly lead: number;
  /** Below 1: rare words do not count quite so much more than common ones. */
  readonly rarityPower: number;
  /** Above 0: articles that lack some of the words are worth less. */
  readonly coveragePower: number;
  readonly feedback?: Feedback;
}

/** What the best answers have in common is looked for too (Lavrenko and Croft 2001, the form called RM3). */
export interface Feedback {
  readonly articles: number;
  readonly terms: number;
  /** Share of the score that goes to what was not typed, 0 to 1. */
  readonly share: number;
  /** Do mentions count as BM25 counts them, or by their share of the article's words? */
  readonly saturated: boolean;
}

export const WEIGHINGS: Readonly<Record<Intent, Weighing>> = {
  topic: {
    saturation: 1.2,
    lengthShare: 0.4,
    formShare: 0.4,
    lead: 0,
    rarityPower: 1,
    coveragePower: 1,
    feedback: { articles: 10, terms: 40, share: 0.6, saturated: true },
  },
  item: {
    saturation: 1.2,
    lengthShare: 0.75,
    formShare: 0.8,
    lead: 4,
    rarityPower: 0.5,
    coveragePower: 2,
  },
  question: {
    saturation: 1.6,
    lengthShare: 0.75,
    formShare: 0.2,
    lead: 0.5,
    rarityPower: 1,
    coveragePower: 0,
    feedback: { articles: 5, terms: 60, share: 0.35, saturated: false },
  },
};

/** A mention in the title counts this many times. */
export const TITLE_WEIGHT = 3;

/** How near the start of the text a word stands: 1 for the first, a third at the fortieth. */
export const nearness = (place: number): number => Math.exp(-place / 40);

export const inverseFrequency = (articles: number, holders: number, power = 1): number =>
  Math.log(1 + (articles - holders + 0.5) / (holders + 0.5)) ** power;

/** What `times` mentions are worth in an article that is `relativeLength` times as long as the average one. */
export function saturated(times: number, relativeLength: number, { saturation, lengthShare }: Weighing): number {
  const length = 1 - lengthShare + lengthShare * relativeLength;
  return (times * (saturation + 1)) / (times + saturation * length);
}

/**
 * How likely a typed word stands for another one an edit away, 0 to 1. A word that the corpus does not know was mistyped;
 * one that it knows well was not, however common its neighbour is.
 */
export function slipChance(typedHolders: number, meantHolders: number): number {
  if (typedHolders === 0) return (0.9 * (meantHolders + 0.5)) / (meantHolders + 2);
  return (0.6 * meantHolders) / (meantHolders + 10 * typedHolders * typedHolders);
}
export const LEAST_SLIP_CHANCE = 0.05;
