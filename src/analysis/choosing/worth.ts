/**
 * What each word is worth to a reader who has no time: how likely an editor's summary of these articles would hold it.
 *
 * A word, and a pair of neighbouring words, is judged by where and how often it stands in the articles and their titles,
 * never by which word it is: so nothing is learnt of the people and places of the training years.
 */
import type { Span } from '../../model.ts';
import { type Network, probabilityOf } from '../models/network.ts';
import shipped from '../models/worth.json' with { type: 'json' };
import { runEnd, Trait } from '../text/characters.ts';
import { factsOf, StemNumbers, stemOf, unstemmed } from '../text/stems.ts';
import { type Stem, type Word, wordAt } from '../text/words.ts';

/** A sentence as its worth is read: words as stems, small words among them. */
export interface WorthSentence {
  /** Index of its document. */
  readonly document: number;
  /** Place in its document, 0 for the first. */
  readonly index: number;
  readonly words: readonly Stem[];
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
  /** 1 for each word that is small, by its number. */
  readonly isSmall: Uint8Array;
}

const WORD = Trait.letter | Trait.mark | Trait.number;
const LONGEST_WORD = 40;

/** The words of a span as summaries are compared by: lower case, stems from four letters on, nothing left out. */
export function worthWords(text: string, { start, end }: Span = { start: 0, end: text.length }): Stem[] {
  const words: Stem[] = [];
  for (let at = start; at < end; ) {
    const stop = Math.min(end, runEnd(text, at, WORD));
    if (stop > at) words.push(unitOf(wordAt(text, at, Math.min(stop, at + LONGEST_WORD))));
    at = Math.max(stop, at + 1);
  }
  return words;
}

function unitOf(word: Word): Stem {
  word.unit ??= word.lower.length > 3 ? stemOf(word.lower) : unstemmed(word.lower);
  return word.unit;
}

/** Reads the worth of every word and pair in the sentences of one or more documents about one event. */
export function readWorth(
  sentences: readonly WorthSentence[],
  titles: readonly (readonly Stem[])[],
  model: WorthModel = shipped,
): Worth {
  const { facts, words, pairs } = numberUnits(sentences, titles);
  const chances = (units: Units, network: Network): Float64Array => {
    const found = new Float64Array(units.count);
    const chanceOf = probabilityOf(network);
    eachUnit(sentences, units, facts, (unit, features) => {
      found[unit] = chanceOf(features);
    });
    return found;
  };
  return {
    words: chances(words, model.words),
    pairs: chances(pairs, model.pairs),
    sentences: sentences.map((_, s) => ({ words: words.ofSentence[s]!, pairs: pairs.ofSentence[s]! })),
    isSmall: facts.isSmall,
  };
}

/** For training: the features of every word or pair of the sentences, by itself as text ("trade", "trade war"). */
export function unitFeatures(
  sentences: readonly WorthSentence[],
  titles: readonly (readonly Stem[])[],
  kind: 'words' | 'pairs',
): Map<string, number[]> {
  const numbered = numberUnits(sentences, titles);
  const units = numbered[kind];
  const found = new Map<string, number[]>();
  eachUnit(sentences, units, numbered.facts, (unit, features) => {
    const parts = units.parts.subarray(unit * units.width, (unit + 1) * units.width);
    found.set(Array.from(parts, (word) => numbered.stems[word]!.text).join(' '), [...features]);
  });
  return found;
}

// ---------------------------------------------------------------- words and pairs as numbers

/** All words or all pairs of some documents: numbers from 0 to `count - 1`, in order of first use. */
interface Units {
  readonly count: number;
  /** Numbers of the words that a unit is made of, `width` of them (one or two) for each unit. */
  readonly parts: Int32Array;
  readonly width: number;
  readonly ofSentence: readonly (readonly number[])[];
  /** How many documents there are, and how many of their titles hold each unit. */
  readonly documents: number;
  readonly titled: Uint8Array;
}

/** What is known of each word, by its number. */
interface WordFacts {
  /** 1 for a small word; of others up to 9, for one that hardly any article holds. */
  readonly rareness: Float64Array;
  readonly isSmall: Uint8Array;
  readonly hasDigit: Uint8Array;
  /** It is telling and stands in a title. */
  readonly isTitleWord: Uint8Array;
}

/** The number of a word or pair that no sentence holds. */
const NOWHERE = -1;

function numberUnits(sentences: readonly WorthSentence[], titles: readonly (readonly Stem[])[]) {
  const numbers = new StemNumbers();
  const { stems } = numbers;
  const ofSentence = sentences.map(({ words }) => words.map((word) => numbers.of(word)));
  const titleWords = titles.map((words) => words.map((word) => numbers.find(word) ?? NOWHERE));
  const words: Units = {
    count: stems.length,
    parts: numbersTo(stems.length),
    width: 1,
    ofSentence,
    documents: titles.length,
    titled: countTitles(titleWords, stems.length),
  };
  const facts = factsOfWords(stems, words.titled);
  return { stems, facts, words, pairs: pairUnits(words, titleWords) };
}

function numbersTo(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/** How many titles hold each unit. */
function countTitles(titles: readonly (readonly number[])[], count: number): Uint8Array {
  const titled = new Uint8Array(count);
  for (const own of titles) for (const unit of new Set(own)) if (unit !== NOWHERE) titled[unit]!++;
  return titled;
}

function factsOfWords(stems: readonly Stem[], titled: Uint8Array): WordFacts {
  const rareness = new Float64Array(stems.length);
  const isSmall = new Uint8Array(stems.length);
  const hasDigit = new Uint8Array(stems.length);
  const isTitleWord = new Uint8Array(stems.length);
  for (let word = 0; word < stems.length; word++) {
    const facts = factsOf(stems[word]!);
    rareness[word] = facts.isSmall ? 1 : Math.min(9, facts.rarity);
    if (facts.isSmall) isSmall[word] = 1;
    else if (titled[word]! > 0) isTitleWord[word] = 1;
    if (facts.hasDigit) hasDigit[word] = 1;
  }
  return { rareness, isSmall, hasDigit, isTitleWord };
}

function pairUnits({ ofSentence, documents }: Units, titleWords: readonly (readonly number[])[]): Units {
  const numbers = new PairNumbers(ofSentence.reduce((sum, { length }) => sum + length, 0));
  const pairsOf = ofSentence.map((own) => {
    const pairs: number[] = [];
    for (let i = 1; i < own.length; i++) pairs.push(numbers.add(own[i - 1]!, own[i]!));
    return pairs;
  });
  const titlePairs = titleWords.map((own) => own.slice(1).map((word, i) => numbers.find(own[i]!, word)));
  const { count, parts } = numbers;
  return { count, parts, width: 2, ofSentence: pairsOf, documents, titled: countTitles(titlePairs, count) };
}

/** Pairs of numbers, numbered in order of first use: a hash table of integers alone, many times as fast as a `Map`. */
class PairNumbers {
  /** The pair that each slot holds, and one more: 0 for none. */
  readonly #slots: Int32Array;
  /** Both numbers of each pair. */
  readonly parts: Int32Array;
  count = 0;

  constructor(most: number) {
    this.#slots = new Int32Array(2 << (32 - Math.clz32(most)));
    this.parts = new Int32Array(2 * most);
  }

  /** The slot that holds this pair, or the free one that it would be put in. */
  #slotOf(left: number, right: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(left, 0x9e3779b1) + Math.imul(right, 0x85ebca6b)) >>> 7;
    for (; ; slot++) {
      const pair = this.#slots[slot & mask]! - 1;
      if (pair < 0 || (this.parts[2 * pair] === left && this.parts[2 * pair + 1] === right)) return slot & mask;
    }
  }

  add(left: number, right: number): number {
    const slot = this.#slotOf(left, right);
    if (this.#slots[slot] === 0) {
      this.parts[2 * this.count] = left;
      this.parts[2 * this.count + 1] = right;
      this.#slots[slot] = ++this.count;
    }
    return this.#slots[slot]! - 1;
  }

  /** `NOWHERE` when it was not added. */
  find(left: number, right: number): number {
    return this.#slots[this.#slotOf(left, right)]! - 1;
  }
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
  { count, parts, width, ofSentence, documents, titled }: Units,
  { rareness, isSmall, hasDigit, isTitleWord }: WordFacts,
  visit: (unit: number, features: Float64Array) => void,
): void {
  const times = new Int32Array(count);
  const holding = new Int32Array(count);
  const lastHolding = new Int32Array(count).fill(-1);
  /** First place of each unit in each document. */
  const first = new Int32Array(count * documents).fill(-1);
  for (let s = 0; s < sentences.length; s++) {
    const { document, index } = sentences[s]!;
    const own = ofSentence[s]!;
    for (let i = 0; i < own.length; i++) {
      const unit = own[i]!;
      times[unit]!++;
      if (lastHolding[unit] === s) continue;
      holding[unit]!++;
      lastHolding[unit] = s;
      const at = unit * documents + document;
      if (first[at] === -1) first[at] = index;
    }
  }
  const spread = new Float64Array(sentences.length);
  for (let n = 0; n < spread.length; n++) spread[n] = Math.log(1 + (40 * (n + 1)) / sentences.length);
  const features = new Float64Array(FEATURES);
  features[15] = documents === 1 ? 1 : 0;
  features[16] = documents >= 3 ? 1 : 0;
  for (let unit = 0; unit < count; unit++) {
    // In one document a unit first stands where the one before it does, or later.
    if (documents > 1 || unit === 0 || first[unit] !== first[unit - 1])
      describePlaces(first.subarray(unit * documents, (unit + 1) * documents), features);
    let small = 0;
    let inTitle = 0;
    let rarenesses = 0;
    let digit = 0;
    for (let part = unit * width; part < (unit + 1) * width; part++) {
      const word = parts[part]!;
      small += isSmall[word]!;
      digit |= hasDigit[word]!;
      rarenesses += rareness[word]!;
      inTitle += isTitleWord[word]!;
    }
    features[0] = logOf(1 + times[unit]!);
    features[1] = spread[holding[unit]! - 1]!;
    features[8] = titled[unit]! / documents;
    features[9] = titled[unit]! > 0 ? 1 : 0;
    features[10] = inTitle / width;
    features[11] = rarenesses / width;
    features[12] = small / width;
    features[13] = small === width ? 1 : 0;
    features[14] = digit;
    visit(unit, features);
  }
}

/** Tells where a unit stands first in each document; -1 for nowhere. */
function describePlaces(first: Int32Array, features: Float64Array): void {
  const documents = first.length;
  let places = 0;
  let leads = 0;
  let foremost = Infinity;
  let nearness = 0;
  for (const place of first) {
    nearness += 1 / (1 + (place < 0 ? FAR_AWAY : place));
    if (place < 0) continue;
    places++;
    if (place < LEAD_SENTENCES) leads++;
    if (place < foremost) foremost = place;
  }
  features[2] = places / documents;
  features[3] = logOf(places);
  features[4] = leads / documents;
  features[5] = logOf(1 + leads);
  features[6] = 1 / (1 + foremost);
  features[7] = nearness / documents;
  features[17] = leads >= 2 ? 1 : 0;
}
