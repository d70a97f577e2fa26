/** How much a word in an article says that the article is the one looked for: BM25 over forms and stems. */

/** Saturation and length, as in Robertson and Zaragoza 2009. Tuned on TIME, AllSides and Reuters queries. */
const K1 = 1.2;
const LENGTH_SHARE = 0.6;
/** A word in a title counts this many times, one among the first words of the text a little more than once. */
export const TITLE_WEIGHT = 3;
export const LEAD_WEIGHT = 1.8;
export const LEAD_WORDS = 80;
/** The share that goes to the very form typed ("shows"); the rest goes to its stem ("show", "showing"). */
const FORM_SHARE = 0.6;

export const inverseFrequency = (articles: number, holders: number): number =>
  Math.log(1 + (articles - holders + 0.5) / (holders + 0.5));

/** What `times` mentions are worth in an article of `length` words where the average one has `average`. */
export const saturated = (times: number, length: number, average: number): number =>
  (times * (K1 + 1)) / (times + K1 * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / Math.max(1, average)));

/** Joins what a stem and the typed form of it are worth. */
export const formAndStem = (form: number, stem: number): number => FORM_SHARE * form + (1 - FORM_SHARE) * stem;

/** Articles that lack words of a short query are worth less: two of three words count for less than half. */
const COVERAGE_POWER = 2;
export const covered = (found: number, wanted: number): number =>
  wanted <= 1 ? 1 : (found / wanted) ** COVERAGE_POWER;

/**
 * How likely a typed word stands for another one an edit away, 0 to 1. A word that the corpus does not know was mistyped;
 * one that it knows well was not, however common its neighbour is.
 */
export function slipChance(typedHolders: number, meantHolders: number): number {
  if (typedHolders === 0) return (0.9 * (meantHolders + 0.5)) / (meantHolders + 2);
  return (0.6 * meantHolders) / (meantHolders + 10 * typedHolders * typedHolders);
}
export const LEAST_SLIP_CHANCE = 0.05;
