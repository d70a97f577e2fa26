/** How common words are in the news at large: for weighing words while a corpus is still small. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

interface Background {
  readonly articles: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Words and counts only, made by `bench/count-words.ts`: how many news articles hold a stem. */
const file = new URL('../models/background.json.br', import.meta.url);
let loaded: Background | undefined;

function background(): Background {
  if (loaded) return loaded;
  const { articles, counts } = JSON.parse(brotliDecompressSync(readFileSync(file)).toString()) as {
    articles: number;
    counts: [count: number, stems: string][];
  };
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
