/**
 * A signature in numbers alone: what a new article is compared with, again and again. Some three kilobytes, all in one
 * piece of memory.
 *
 * A term is its hash here. Two terms of one hash count as one term: that befalls one pair of articles in half a million, and
 * then one of their hundred terms.
 */
import { newsCounts } from '../text/background.ts';
import { hashText } from '../text/hash.ts';
import type { CopySignature } from './duplicates.ts';
import type { StorySignature } from './stories.ts';

export interface Comparable extends CopySignature {
  /** Hashes of the terms, in the signature's order: heaviest first. */
  readonly terms: Int32Array;
  readonly weights: Float64Array;
  readonly marks: Uint8Array;
  /** How many articles of the news at large hold each term (`newsCounts`). */
  readonly counts: Uint16Array;
  readonly shingles: Uint32Array;
  readonly size: number;
  /** When it happened, in milliseconds; `undefined` for an undated article. */
  readonly time: number | undefined;
}

type Rest = Pick<StorySignature, 'size' | 'at' | 'dated'>;

/** Room for the numbers of a signature: `terms`, `weights`, `marks` and `shingles` are the caller's to fill, then `counted`. */
export function comparableOf(terms: number, shingles: number, { size, at, dated }: Rest): Comparable {
  const memory = new ArrayBuffer(15 * terms + 4 * shingles);
  const time = dated ? Date.parse(at) : undefined;
  return {
    weights: new Float64Array(memory, 0, terms),
    terms: new Int32Array(memory, 8 * terms, terms),
    shingles: new Uint32Array(memory, 12 * terms, shingles),
    counts: new Uint16Array(memory, 12 * terms + 4 * shingles, terms),
    marks: new Uint8Array(memory, 14 * terms + 4 * shingles, terms),
    size,
    time,
  };
}

/** Looks the terms up in the news at large. */
export function counted(comparable: Comparable): Comparable {
  const { terms, counts } = comparable;
  const news = newsCounts();
  for (let i = 0; i < terms.length; i++) counts[i] = news.of(terms[i]!);
  return comparable;
}

export function comparable(signature: StorySignature): Comparable {
  const { terms, shingles } = signature;
  const found = comparableOf(terms.length, shingles.length, signature);
  for (const [i, [term, weight, marks = 0]] of terms.entries()) {
    found.terms[i] = hashText(term);
    found.weights[i] = weight;
    found.marks[i] = marks;
  }
  found.shingles.set(shingles);
  return counted(found);
}
