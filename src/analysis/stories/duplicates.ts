/**
 * Copies of one text: syndicated, lightly edited, cut short.
 *
 * A text is reduced to 128 numbers by one-permutation MinHash over four-word shingles: the share of equal numbers
 * estimates the share of common shingles, so no text has to be read again to compare two articles.
 */

/** What a text is compared by for copies. Stored beside the article. */
export interface CopySignature {
  /** The smallest hash of each bin; `EMPTY` where no shingle fell. */
  readonly shingles: ArrayLike<number>;
  /** Different shingles in the text: with it, a shortened copy can be told from a different text. */
  readonly size: number;
}

const BINS = 128;
const SHINGLE_WORDS = 4;
const EMPTY = 0xffffffff;
/** A text below this many shingles is told by its words alone; "Read more here" must not make two articles one. */
const FEWEST_SHINGLES = 12;

/**
 * Reduces the words of a text, in reading order, to what copies are found by.
 *
 * Words should be lower case and without marks, so that quotation marks, capitals and line breaks do not count.
 *
 * @param hashes of the words (`hashText`).
 */
export function copySignature(hashes: Uint32Array): CopySignature {
  const shingles = new Uint32Array(BINS).fill(EMPTY);
  // A set of 32-bit numbers, half empty at least: a `Set` would make an object of every large one.
  const seen = new Uint32Array(2 << (32 - Math.clz32(hashes.length))).fill(EMPTY);
  const mask = seen.length - 1;
  let size = 0;
  for (let i = 0; i + SHINGLE_WORDS <= hashes.length; i++) {
    let hash = 0;
    for (let k = 0; k < SHINGLE_WORDS; k++) hash = mix(hash, hashes[i + k]!);
    let slot = hash & mask;
    while (seen[slot] !== EMPTY && seen[slot] !== hash) slot = (slot + 1) & mask;
    if (seen[slot] === hash) continue;
    seen[slot] = hash;
    size++;
    const bin = hash % BINS;
    if (hash < shingles[bin]!) shingles[bin] = hash;
  }
  return { shingles, size };
}

/** How much two texts have in common. */
export interface Overlap {
  /** Common shingles among all shingles of both, 0 to 1. */
  readonly resemblance: number;
  /** Common shingles among those of the shorter text, 0 to 1. */
  readonly containment: number;
}

/** Estimates the overlap of two texts from their signatures; the standard error is at most 0.045. */
export function overlap(a: CopySignature, b: CopySignature): Overlap {
  let equal = 0;
  let filled = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const left = a.shingles[bin] ?? EMPTY;
    const right = b.shingles[bin] ?? EMPTY;
    if (left === EMPTY && right === EMPTY) continue;
    filled++;
    if (left === right) equal++;
  }
  if (filled === 0) return { resemblance: 0, containment: 0 };
  const resemblance = equal / filled;
  const common = (resemblance * (a.size + b.size)) / (1 + resemblance);
  return { resemblance, containment: Math.min(1, common / Math.max(1, Math.min(a.size, b.size))) };
}

/** Is one of these texts a copy of the other: the same text edited, reordered or cut short? */
export function isCopy(a: CopySignature, b: CopySignature): boolean {
  if (Math.min(a.size, b.size) < FEWEST_SHINGLES) return false;
  const { resemblance, containment } = overlap(a, b);
  return resemblance >= 0.4 || (containment >= 0.66 && resemblance >= 0.12);
}

/** Two rounds of the MurmurHash3 finalizer's mixing: neighbouring words must land far apart. */
function mix(hash: number, word: number): number {
  let mixed = Math.imul(hash, 31) + word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
