/**
 * Makes src/analysis/models/background.json.br: how many news articles hold each stem. Counts only, no text.
 *
 *     node bench/count-words.ts
 */
import { writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { readTerms } from '../src/analysis/text/terms.ts';
import { readEvaldata } from './evaldata.ts';

/** Rarer stems are all weighed alike, and say too much of single articles. */
const FEWEST_ARTICLES = 4;

const articles = ['news/news-allsides-dev.jsonl.gz', 'news/news-reuters-dev.jsonl.gz'].flatMap((path) =>
  readEvaldata<{ title: string; text: string }>(path),
);
const counts = new Map<string, number>();
for (const { title, text } of articles) {
  const stems = new Set(
    readTerms(`${title}.\n${text}`)
      .filter((term) => !term.isNumber && term.stem.length > 1)
      .map((term) => term.stem),
  );
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
}

const byCount = Map.groupBy(
  [...counts].filter(([, count]) => count >= FEWEST_ARTICLES),
  ([, count]) => count,
);
const rows = [...byCount]
  .sort(([a], [b]) => b - a)
  .map(([count, entries]) => [
    count,
    entries
      .map(([stem]) => stem)
      .sort()
      .join(' '),
  ]);
const packed = brotliCompressSync(JSON.stringify({ articles: articles.length, counts: rows }));
writeFileSync(new URL('../src/analysis/models/background.json.br', import.meta.url), packed);
console.log(`${rows.length} counts, ${counts.size} stems seen, ${packed.length} bytes`);
