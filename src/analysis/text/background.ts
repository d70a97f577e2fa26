/** How common words are in the news at large: for weighing words while a corpus is still small. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { hashText } from './hash.ts';

interface Background {
  readonly articles: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Words and counts only, made by `bench/count-words.ts`: how many news articles hold a stem. */
const file = new URL('../models/background.json.br', import.meta.url);

const read = () =>
  JSON.parse(brotliDecompressSync(readFileSync(file)).toString()) as {
    articles: number;
    counts: [count: number, stems: string][];
  };

let loaded: Background | undefined;

function background(): Background {
  if (loaded) return loaded;
  const { articles, counts } = read();
  const byStem = new Map<string, number>();
  for (const [count, stems] of counts) for (const stem of stems.split(' ')) byStem.set(stem, count);
  loaded = { articles, counts: byStem };
  return loaded;
}

/** Share of news articles that hold this stem, 0 to 1; stems the table does not know are rarer than all it knows. */
export function commonness(stem: string): number {
  const { articles, counts } = background();
  return (counts.get(stem) ?? 1) / articles;
}

/** Inverse document frequency in the news at large: 0 for a word in every article, about 10 for an unknown one. */
export const rarity = (stem: string): number => -Math.log(commonness(stem));

/** Do news articles at large use this stem? Then it is a word, and no slip of the finger. */
export const isNewsWord = (stem: string): boolean => background().counts.has(stem);

/** The same table by the hashes of the stems: for who has no more of a stem. No two of its own have one hash. */
export interface NewsCounts {
  readonly articles: number;
  /** How many news articles hold the stem with this hash (`hashText`), at least 1: below 2^16. */
  of(hash: number): number;
}

let byHash: NewsCounts | undefined;

export function newsCounts(): NewsCounts {
  if (byHash) return byHash;
  const { articles, counts } = read();
  // Half empty at least, so that a stem stands where its hash says or next to it. A count of 0 is an empty place.
  const stems = counts.flatMap(([count, some]) => some.split(' ').map((stem) => ({ stem, count })));
  const mask = (2 << (32 - Math.clz32(stems.length))) - 1;
  const hashes = new Int32Array(mask + 1);
  const held = new Uint16Array(mask + 1);
  const placeOf = (hash: number): number => {
    let place = hash & mask;
    while (held[place] !== 0 && hashes[place] !== hash) place = (place + 1) & mask;
    return place;
  };
  for (const { stem, count } of stems) {
    const place = placeOf(hashText(stem));
    hashes[place] = hashText(stem);
    held[place] = count;
  }
  byHash = { articles, of: (hash) => held[placeOf(hash)] || 1 };
  return byHash;
}
