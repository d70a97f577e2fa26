/**
 * What each word is worth to a reader who has no time: how likely an editor's summary of these articles would hold it.
 *
 * A word, and a pair of neighbouring words, is judged by where and how often it stands in the articles and their titles,
 * never by which word it is: so nothing is learnt of the people and places of the training years.
 */
import { rarity } from './background.ts';
import { stopWords } from './lexicon/stop-words.ts';
import shipped from './models/worth.json' with { type: 'json' };
import { type Network, probability } from './network.ts';
import { stem } from './terms.ts';

/** A sentence as its worth is read: words as stems, small words among them. */
export interface WorthSentence {
  /** Index of its document. */
  readonly document: number;
  /** Place in its document, 0 for the first. */
  readonly index: number;
  readonly words: readonly string[];
}

export interface WorthModel {
  readonly words: Network;
  readonly pairs: Network;
}

/** Chances, 0 to 1, that a summary holds a word or a pair of neighbouring words. */
export interface Worth {
  readonly words: ReadonlyMap<string, number>;
  readonly pairs: ReadonlyMap<string, number>;
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;
const LONGEST_WORD = 40;

/** The words of a text as summaries are compared by: lower case, stems from four letters on, nothing left out. */
export function worthWords(text: string): string[] {
  const words = text.toLowerCase().match(wordPattern) ?? [];
  return words.map((word) => (word.length > 3 ? stem(word.slice(0, LONGEST_WORD)) : word));
}

/** Neighbouring words as one key each. */
export const pairsOf = (words: readonly string[]): string[] => words.slice(1).map((word, i) => `${words[i]} ${word}`);

const smallWords: ReadonlySet<string> = new Set(['s', 't', 'u', 'said', ...[...stopWords].flatMap(worthWords)]);

/** Says too little to count twice: what comes again in a summary is most often one of these. */
export const isSmall = (word: string): boolean => smallWords.has(word);

/** Reads the worth of every word and pair in the sentences of one or more documents about one event. */
export function readWorth(
  sentences: readonly WorthSentence[],
  titles: readonly (readonly string[])[],
  model: WorthModel = shipped,
): Worth {
  const read = (features: ReadonlyMap<string, readonly number[]>, network: Network) =>
    new Map([...features].map(([unit, values]) => [unit, probability(values, network)] as const));
  return {
    words: read(
      unitFeatures(sentences, titles, (words) => words),
      model.words,
    ),
    pairs: read(unitFeatures(sentences, titles, pairsOf), model.pairs),
  };
}

interface Uses {
  times: number;
  sentences: number;
  /** First place in each document that holds it. */
  readonly first: Map<number, number>;
  last?: WorthSentence;
}

const LEAD_SENTENCES = 5;
const FAR_AWAY = 60;

/** What is known of every unit (word or pair) of the sentences, as the model reads it. */
export function unitFeatures(
  sentences: readonly WorthSentence[],
  titles: readonly (readonly string[])[],
  unitsOf: (words: readonly string[]) => readonly string[],
): Map<string, number[]> {
  const documents = titles.length;
  const uses = new Map<string, Uses>();
  for (const sentence of sentences)
    for (const unit of unitsOf(sentence.words)) {
      let use = uses.get(unit);
      if (!use) {
        use = { times: 0, sentences: 0, first: new Map() };
        uses.set(unit, use);
      }
      use.times++;
      if (use.last !== sentence) use.sentences++;
      use.last = sentence;
      if (!use.first.has(sentence.document)) use.first.set(sentence.document, sentence.index);
    }
  const inTitles = titles.map((words) => new Set(unitsOf(words)));
  const titleWords = new Set(titles.flat().filter((word) => !isSmall(word)));
  const features = new Map<string, number[]>();
  for (const [unit, use] of uses) {
    const parts = unit.split(' ');
    const small = parts.filter(isSmall).length;
    const places = [...use.first.values()];
    const leads = places.filter((place) => place < LEAD_SENTENCES).length;
    const titled = inTitles.filter((title) => title.has(unit)).length;
    const nearness = titles.reduce((sum, _, i) => sum + 1 / (1 + (use.first.get(i) ?? FAR_AWAY)), 0) / documents;
    const rareness = parts.reduce((sum, part) => sum + (isSmall(part) ? 1 : Math.min(9, rarity(part))), 0);
    features.set(unit, [
      Math.log(1 + use.times),
      Math.log(1 + (40 * use.sentences) / sentences.length),
      use.first.size / documents,
      Math.log(use.first.size),
      leads / documents,
      Math.log(1 + leads),
      1 / (1 + Math.min(...places)),
      nearness,
      titled / documents,
      titled > 0 ? 1 : 0,
      parts.filter((part) => titleWords.has(part)).length / parts.length,
      rareness / parts.length,
      small / parts.length,
      small === parts.length ? 1 : 0,
      /\d/.test(unit) ? 1 : 0,
      documents === 1 ? 1 : 0,
      documents >= 3 ? 1 : 0,
      leads >= 2 ? 1 : 0,
    ]);
  }
  return features;
}
