/** How much a word in an article says that the article is the one looked for: BM25 over forms and stems, and likelihood. */

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
  readonly likelihood?: Likelihood;
}

/** What the best answers have in common is looked for too (Lavrenko and Croft 2001, the form called RM3). */
export interface Feedback {
  readonly articles: number;
  readonly terms: number;
  /** Share of the score that goes to what was not typed, 0 to 1. */
  readonly share: number;
  /** Do mentions count as BM25 counts them, or by their share of the article's words? */
  readonly saturated: boolean;
  /** `lengthShare` for what was not typed. */
  readonly lengthShare: number;
}

/**
 * The best answers are put in order anew, in part by how likely an article is to make someone type the words (query
 * likelihood with Dirichlet smoothing, Zhai and Lafferty 2001): unlike BM25 it asks of every word how much more of it the
 * article has than the collection, small words too.
 */
export interface Likelihood {
  readonly articles: number;
  /** Words of the collection that each article is read as if it had beside its own. */
  readonly smoothing: number;
  /** Share that goes to the very form typed. */
  readonly formShare: number;
  /** Share of the order that goes to likelihood; the rest is BM25's. */
  readonly share: number;
}

export const WEIGHINGS: Readonly<Record<Intent, Weighing>> = {
  topic: {
    saturation: 1.2,
    lengthShare: 0.25,
    formShare: 0.15,
    lead: 2,
    rarityPower: 0.8,
    coveragePower: 1.5,
    feedback: { articles: 10, terms: 40, share: 0.7, saturated: true, lengthShare: 1 },
  },
  item: {
    saturation: 1.2,
    lengthShare: 0.75,
    formShare: 0.8,
    lead: 3.5,
    rarityPower: 0.5,
    coveragePower: 2,
    likelihood: { articles: 100, smoothing: 400, formShare: 0.6, share: 0.65 },
  },
  question: {
    saturation: 1.6,
    lengthShare: 0.75,
    formShare: 0.2,
    lead: 0.5,
    rarityPower: 1,
    coveragePower: 0,
    feedback: { articles: 5, terms: 60, share: 0.35, saturated: false, lengthShare: 0.75 },
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

/** A difference of one in the mean logarithm of likelihood weighs as much as this share of the best BM25 score. */
const LIKELIHOOD_SCALE = 4.5;

/** BM25's `score`, beside the `best` one, and the mean `logLikelihood` of the words, as one. */
export const mixed = (score: number, best: number, logLikelihood: number, { share }: Likelihood): number =>
  share * logLikelihood + (1 - share) * LIKELIHOOD_SCALE * (score / best);

/** How much likelier a word is in an article of `length` words that has it `times`, than in the collection: the logarithm. */
export const logLikelihood = (times: number, length: number, probability: number, { smoothing }: Likelihood): number =>
  Math.log((times / probability + smoothing) / (length + smoothing));

/**
 * How likely a typed word stands for another one an edit away, 0 to 1. A word that the corpus does not know was mistyped;
 * one that it knows well was not, however common its neighbour is.
 */
export function slipChance(typedHolders: number, meantHolders: number): number {
  if (typedHolders === 0) return (0.9 * (meantHolders + 0.5)) / (meantHolders + 2);
  return (0.6 * meantHolders) / (meantHolders + 10 * typedHolders * typedHolders);
}
export const LEAST_SLIP_CHANCE = 0.05;
