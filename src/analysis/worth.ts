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

/** A sentence whose words, and pairs of neighbouring words, are numbers. */
export interface Numbered {
  readonly words: readonly number[];
  readonly pairs: readonly number[];
}

/** Chances, 0 to 1, that a summary holds a word or a pair of neighbouring words, by their numbers. */
export interface Worth {
  readonly words: Float64Array;
  readonly pairs: Float64Array;
  /** The sentences, in the order in which they were given. */
  readonly sentences: readonly Numbered[];
  /** Is this word small, by its number? */
  readonly isSmall: (word: number) => boolean;
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;
const LONGEST_WORD = 40;

/** The words of a text as summaries are compared by: lower case, stems from four letters on, nothing left out. */
export function worthWords(text: string): string[] {
  const words = text.toLowerCase().match(wordPattern) ?? [];
  return words.map((word) => (word.length > 3 ? stem(word.slice(0, LONGEST_WORD)) : word));
}

const smallWords: ReadonlySet<string> = new Set(['s', 't', 'u', 'said', ...[...stopWords].flatMap(worthWords)]);

/** What a word is by itself. */
interface WordFacts {
  /** Says too little to count twice: what comes again in a summary is most often one of these. */
  readonly isSmall: boolean;
  /** 1 for a small word; of others up to 9, for one that hardly any article holds. */
  readonly rareness: number;
  readonly hasDigit: boolean;
}

/** Most words of an article are those of the one before; the table is emptied when it is full. */
const knownFacts = new Map<string, WordFacts>();
const MOST_KNOWN = 50_000;

function factsOf(word: string): WordFacts {
  const known = knownFacts.get(word);
  if (known !== undefined) return known;
  const isSmall = smallWords.has(word);
  const facts = { isSmall, rareness: isSmall ? 1 : Math.min(9, rarity(word)), hasDigit: /\d/.test(word) };
  if (knownFacts.size >= MOST_KNOWN) knownFacts.clear();
  knownFacts.set(word, facts);
  return facts;
}

/** Reads the worth of every word and pair in the sentences of one or more documents about one event. */
export function readWorth(
  sentences: readonly WorthSentence[],
  titles: readonly (readonly string[])[],
  model: WorthModel = shipped,
): Worth {
  const { facts, words, pairs } = numberUnits(sentences, titles);
  const chances = (units: Units, network: Network): Float64Array => {
    const found = new Float64Array(units.count);
    eachUnit(sentences, units, facts, (unit, features) => {
      found[unit] = probability(features, network);
    });
    return found;
  };
  return {
    words: chances(words, model.words),
    pairs: chances(pairs, model.pairs),
    sentences: sentences.map((_, s) => ({ words: words.ofSentence[s]!, pairs: pairs.ofSentence[s]! })),
    isSmall: (word) => facts[word]!.isSmall,
  };
}

/** For training: the features of every word or pair of the sentences, by itself as text ("trade", "trade war"). */
export function unitFeatures(
  sentences: readonly WorthSentence[],
  titles: readonly (readonly string[])[],
  kind: 'words' | 'pairs',
): Map<string, number[]> {
  const numbered = numberUnits(sentences, titles);
  const units = numbered[kind];
  const found = new Map<string, number[]>();
  eachUnit(sentences, units, numbered.facts, (unit, features) => {
    const text = units.parts(unit).map((word) => numbered.stems[word]!);
    found.set(text.join(' '), [...features]);
  });
  return found;
}

// ---------------------------------------------------------------- words and pairs as numbers

/** All words or all pairs of some documents: numbers from 0 to `count - 1`, in order of first use. */
interface Units {
  readonly count: number;
  /** Numbers of the words that a unit is made of: one or two. */
  readonly parts: (unit: number) => readonly number[];
  readonly ofSentence: readonly (readonly number[])[];
  /** The units of each document's title, as far as a sentence of these documents holds them. */
  readonly ofTitle: readonly ReadonlySet<number>[];
  /** 1 for each word that is telling and stands in a title. */
  readonly isTitleWord: Uint8Array;
}

/** The number of a word that no sentence holds. */
const NOWHERE = -1;

function numberUnits(sentences: readonly WorthSentence[], titles: readonly (readonly string[])[]) {
  const numbers = new Map<string, number>();
  const sentenceWords = sentences.map(({ words }) =>
    words.map((word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, numbers.size);
      return numbers.size - 1;
    }),
  );
  const stems = [...numbers.keys()];
  const facts = stems.map(factsOf);
  const titleWords = titles.map((words) => words.map((word) => numbers.get(word) ?? NOWHERE));
  const isTitleWord = new Uint8Array(stems.length);
  for (const word of titleWords.flat()) if (word !== NOWHERE && !facts[word]!.isSmall) isTitleWord[word] = 1;
  const words: Units = {
    count: stems.length,
    parts: (word) => [word],
    ofSentence: sentenceWords,
    ofTitle: titleWords.map((own) => new Set(own)),
    isTitleWord,
  };
  return { stems, facts, words, pairs: pairUnits(words, titleWords) };
}

function pairUnits(words: Units, titleWords: readonly (readonly number[])[]): Units {
  const numbers = new Map<number, number>();
  const parts: (readonly [number, number])[] = [];
  const keyOf = (left: number, right: number): number => left * words.count + right;
  const ofSentence = words.ofSentence.map((own) => {
    const pairs: number[] = [];
    for (let i = 1; i < own.length; i++) {
      const key = keyOf(own[i - 1]!, own[i]!);
      let pair = numbers.get(key);
      if (pair === undefined) {
        pair = parts.length;
        numbers.set(key, pair);
        parts.push([own[i - 1]!, own[i]!]);
      }
      pairs.push(pair);
    }
    return pairs;
  });
  const ofTitle = titleWords.map((own) => {
    const pairs = new Set<number>();
    for (let i = 1; i < own.length; i++) {
      if (own[i - 1] === NOWHERE || own[i] === NOWHERE) continue;
      const pair = numbers.get(keyOf(own[i - 1]!, own[i]!));
      if (pair !== undefined) pairs.add(pair);
    }
    return pairs;
  });
  return { count: parts.length, parts: (pair) => parts[pair]!, ofSentence, ofTitle, isTitleWord: words.isTitleWord };
}

// ---------------------------------------------------------------- features

const LEAD_SENTENCES = 5;
const FAR_AWAY = 60;
const FEATURES = 18;

/** Logarithms of the counts that are met all the time. */
const logs = Float64Array.from({ length: 64 }, (_, n) => Math.log(n));
const logOf = (n: number): number => (n < logs.length ? logs[n]! : Math.log(n));

/** Tells what is known of every unit, as the model reads it. `features` is good until the next visit. */
function eachUnit(
  sentences: readonly WorthSentence[],
  { count, parts, ofSentence, ofTitle, isTitleWord }: Units,
  facts: readonly WordFacts[],
  visit: (unit: number, features: Float64Array) => void,
): void {
  const documents = ofTitle.length;
  const times = new Int32Array(count);
  const holding = new Int32Array(count);
  const lastHolding = new Int32Array(count).fill(-1);
  /** First place of each unit in each document. */
  const first = new Int32Array(count * documents).fill(-1);
  for (const [s, { document, index }] of sentences.entries())
    for (const unit of ofSentence[s]!) {
      times[unit]!++;
      if (lastHolding[unit] !== s) holding[unit]!++;
      lastHolding[unit] = s;
      const at = unit * documents + document;
      if (first[at] === -1) first[at] = index;
    }
  const spread = sentences.map((_, n) => Math.log(1 + (40 * (n + 1)) / sentences.length));
  const features = new Float64Array(FEATURES);
  for (let unit = 0; unit < count; unit++) {
    let places = 0;
    let leads = 0;
    let foremost = Infinity;
    let nearness = 0;
    let titled = 0;
    for (let d = 0; d < documents; d++) {
      const place = first[unit * documents + d]!;
      if (ofTitle[d]!.has(unit)) titled++;
      nearness += 1 / (1 + (place < 0 ? FAR_AWAY : place));
      if (place < 0) continue;
      places++;
      if (place < LEAD_SENTENCES) leads++;
      if (place < foremost) foremost = place;
    }
    let small = 0;
    let inTitle = 0;
    let rareness = 0;
    let digit = 0;
    const words = parts(unit);
    for (const word of words) {
      const known = facts[word]!;
      if (known.isSmall) small++;
      if (known.hasDigit) digit = 1;
      rareness += known.rareness;
      inTitle += isTitleWord[word]!;
    }
    features[0] = logOf(1 + times[unit]!);
    features[1] = spread[holding[unit]! - 1]!;
    features[2] = places / documents;
    features[3] = logOf(places);
    features[4] = leads / documents;
    features[5] = logOf(1 + leads);
    features[6] = 1 / (1 + foremost);
    features[7] = nearness / documents;
    features[8] = titled / documents;
    features[9] = titled > 0 ? 1 : 0;
    features[10] = inTitle / words.length;
    features[11] = rareness / words.length;
    features[12] = small / words.length;
    features[13] = small === words.length ? 1 : 0;
    features[14] = digit;
    features[15] = documents === 1 ? 1 : 0;
    features[16] = documents >= 3 ? 1 : 0;
    features[17] = leads >= 2 ? 1 : 0;
    visit(unit, features);
  }
}
