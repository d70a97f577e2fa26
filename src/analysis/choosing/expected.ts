/** Which sentences together would agree most with a summary that an editor writes, given what each word is worth. */
import type { Stem } from '../text/words.ts';
import { type Numbered, readWorth, type Worth, type WorthModel, type WorthSentence } from './worth.ts';

/** A sentence that may be chosen; `length` is counted as readers count words. */
export interface Choosable extends WorthSentence {
  readonly length: number;
}

/** How much an agreement in pairs of words counts beside one in words. Tuned on AllSides summaries, cross-validated. */
const PAIRS_WEIGHT = 0.5;
/** An editor's summary is this long where we may use `budget` words: 46 of 60 on AllSides. */
const USUAL_LENGTH = 0.77;
/** What a word is still worth when it comes again. */
const AGAIN = { small: 0.55, telling: 0.25 };

interface Weighed<S> extends Numbered {
  readonly sentence: S;
  /** Its words that are not small, each once; made when they are asked for: most sentences are compared with none. */
  telling: Int32Array | undefined;
}

/** A set of sentences with all that is needed to tell what one more would bring. */
interface Chosen<S> {
  readonly sentences: readonly Weighed<S>[];
  readonly last: number;
  readonly length: number;
  readonly worth: number;
}

export interface Choice<S> {
  readonly sentences: readonly S[];
  /** Expected agreement with an editor's summary; only for comparing. */
  readonly worth: number;
}

const POOL = 24;
const BEAM = 60;
/** Two sentences that share this much of their telling words say the same thing. */
const SAME_THING = 0.6;

/** Answers what sets of sentences of some documents are worth. */
export class Expectation<S extends Choosable> {
  readonly #worth: Worth;
  readonly #usual: number;
  readonly #weighed: ReadonlyMap<S, Weighed<S>>;
  /** How often what is being weighed has used each word and pair so far; zeros in between. */
  readonly #usedWords: Uint32Array;
  readonly #usedPairs: Uint32Array;

  constructor(sentences: readonly S[], titles: readonly (readonly Stem[])[], budget: number, model?: WorthModel) {
    const worth = readWorth(sentences, titles, model);
    this.#worth = worth;
    this.#usual = USUAL_LENGTH * budget;
    this.#usedWords = new Uint32Array(worth.words.length);
    this.#usedPairs = new Uint32Array(worth.pairs.length);
    this.#weighed = new Map(
      sentences.map((sentence, s) => {
        const { words, pairs } = worth.sentences[s]!;
        return [sentence, { sentence, words, pairs, telling: undefined }];
      }),
    );
  }

  /** Expected agreement of these sentences as one summary: F1 of words, and half as much that of pairs. */
  worth(sentences: readonly S[]): number {
    return this.#set(sentences.map((sentence) => this.#weighed.get(sentence)!));
  }

  /** Do two sentences say the same thing: do they share most telling words of the shorter one? */
  sayTheSame(a: S, b: S): boolean {
    return this.#shareMost(this.#weighed.get(a)!, this.#weighed.get(b)!);
  }

  #shareMost(one: Weighed<S>, other: Weighed<S>): boolean {
    const a = this.#telling(one);
    const b = this.#telling(other);
    const used = this.#usedWords;
    let shared = 0;
    for (let i = 0; i < a.length; i++) used[a[i]!] = 1;
    for (let i = 0; i < b.length; i++) shared += used[b[i]!]!;
    for (let i = 0; i < a.length; i++) used[a[i]!] = 0;
    return shared > SAME_THING * Math.max(1, Math.min(a.length, b.length));
  }

  #telling(sentence: Weighed<S>): Int32Array {
    sentence.telling ??= this.#tellingOf(sentence.words);
    return sentence.telling;
  }

  #tellingOf(words: readonly number[]): Int32Array {
    const used = this.#usedWords;
    const telling = new Int32Array(words.length);
    let count = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if (used[word] !== 0 || this.#worth.isSmall[word] === 1) continue;
      used[word] = 1;
      telling[count++] = word;
    }
    for (let i = 0; i < count; i++) used[telling[i]!] = 0;
    return telling.subarray(0, count);
  }

  #set(sentences: readonly Numbered[]): number {
    let words = 0;
    let wordHits = 0;
    let pairs = 0;
    let pairHits = 0;
    for (const { words: own, pairs: ownPairs } of sentences) {
      words += own.length;
      for (let i = 0; i < own.length; i++) {
        const word = own[i]!;
        const times = this.#usedWords[word]!++;
        const left = times === 0 ? 1 : (this.#worth.isSmall[word] === 1 ? AGAIN.small : AGAIN.telling) ** times;
        wordHits += this.#worth.words[word]! * left;
      }
      pairs += ownPairs.length;
      for (let i = 0; i < ownPairs.length; i++)
        if (this.#usedPairs[ownPairs[i]!]!++ === 0) pairHits += this.#worth.pairs[ownPairs[i]!]!;
    }
    for (const { words: own, pairs: ownPairs } of sentences) {
      for (let i = 0; i < own.length; i++) this.#usedWords[own[i]!] = 0;
      for (let i = 0; i < ownPairs.length; i++) this.#usedPairs[ownPairs[i]!] = 0;
    }
    return (2 * wordHits) / (words + this.#usual) + (PAIRS_WEIGHT * 2 * pairHits) / (pairs + this.#usual - 1);
  }

  /**
   * The set of at most `budget` words that is worth most, by beam search; no two of its sentences say the same thing.
   * Sentences come in the order in which they were given.
   */
  best(candidates: readonly S[], budget: number): Choice<S> {
    const pool = candidates
      .filter(({ length }) => length <= budget)
      .map((sentence) => ({ sentence, worth: this.worth([sentence]) }))
      .sort((a, b) => b.worth - a.worth)
      .slice(0, POOL)
      .map(({ sentence }) => this.#weighed.get(sentence)!);
    let beam: Chosen<S>[] = [{ sentences: [], last: -1, length: 0, worth: 0 }];
    let best = beam[0]!;
    while (beam.length > 0) {
      beam = beam
        .flatMap((chosen) => this.#extensions(chosen, pool, budget))
        .sort((a, b) => b.worth - a.worth)
        .slice(0, BEAM);
      if (beam[0] && beam[0].worth > best.worth) best = beam[0];
    }
    const chosen = new Set(best.sentences.map(({ sentence }) => sentence));
    return { sentences: candidates.filter((sentence) => chosen.has(sentence)), worth: best.worth };
  }

  #extensions({ sentences, last, length }: Chosen<S>, pool: readonly Weighed<S>[], budget: number): Chosen<S>[] {
    return pool.flatMap((next, i) => {
      if (i <= last || length + next.sentence.length > budget) return [];
      if (sentences.some((one) => this.#shareMost(one, next))) return [];
      const extended = [...sentences, next];
      return [{ sentences: extended, last: i, length: length + next.sentence.length, worth: this.#set(extended) }];
    });
  }
}
