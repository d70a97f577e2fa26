/** Web pages to articles: the main text by a small trained classifier, the rest from what the page says of itself. */

import type { Stated } from '../text/front-matter.ts';
import { both, parseMarkup } from '../text/parse.ts';
import { blockCollector, blockFeatures, pageBlocks, standApart } from './blocks.ts';
import { type Forest, likelihood } from './forest.ts';
import { judgeStatements } from './meta.ts';
import model from './model.json' with { type: 'json' };
import { statementCollector } from './statements.ts';

export interface Page {
  /** Paragraphs of the article, a line each; empty when none was found. */
  readonly text: string;
  readonly stated: Stated;
  readonly language?: string;
  /** The page says that its text is not free to read. */
  readonly isPaywalled: boolean;
  /** Addresses of feeds that the page announces. */
  readonly feeds: readonly string[];
}

const { first, second } = model as { readonly first: Forest; readonly second: Forest };
const threshold = 0.5;
/** Beyond this many characters of markup a page is cut: what follows is lists and scripts. */
const longestPage = 8_000_000;

/**
 * Reads a page. Never throws; time grows with the size of the page.
 *
 * @param html Decoded markup.
 * @param url Where it was fetched from: for its date, and for relative addresses.
 */
export function readPage(html: string, url?: string): Page {
  const source = html.length > longestPage ? html.slice(0, longestPage) : html;
  const { handler, statements } = statementCollector();
  const blocks = blockCollector();
  parseMarkup(source, both(handler, blocks.handler), { decodeEntities: true });
  const meta = judgeStatements(statements, url);
  const cut = blocks.finish();
  const rows = blockFeatures(cut, meta.hints);
  const early = rows.map((row) => likelihood(first, row));
  const apart = standApart(cut);
  const sure = neighbourhood(rows, early).map((row, i) => (apart[i] ? 0 : likelihood(second, row)));
  const kept = chosen(
    cut.blocks.map(({ text }) => text),
    sure,
  );
  const { stated, language, isPaywalled, feeds } = meta;
  const text = kept.length > 0 ? kept.join('\n') : statedBody(meta.hints.body);
  return { text, stated, ...(language && { language }), isPaywalled, feeds };
}

/** What a page made by scripts alone says its article is: plain text, or markup of its own. */
function statedBody(body = ''): string {
  const markup = /<\/?(?:p|br|div)\b/i.test(body)
    ? body
    : body
        .split('\n')
        .map((line) => `<p>${line}</p>`)
        .join('');
  return pageBlocks(markup)
    .blocks.map(({ text }) => text)
    .join('\n');
}

/**
 * The blocks of the article. On a page unlike those the classifier was trained on it is sure of little: then what it finds
 * likeliest is taken. Some pages carry their article twice, for two sizes of screen: a long block is taken once.
 */
export function chosen(texts: readonly string[], likely: readonly number[]): readonly string[] {
  const over = (limit: number) => texts.filter((_, i) => (likely[i] as number) >= limit);
  const most = likely.reduce((best, value, i) => ((texts[i] as string).length >= 40 ? Math.max(best, value) : best), 0);
  let kept = over(threshold);
  if (most < 0.85) kept = over(Math.min(threshold, Math.max(0.05, most * 0.6)));
  const seen = new Set<string>();
  return kept.filter((text) => {
    if (text.length < 60) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** Rows for the second stage: what the first thought of a block's neighbours, before and after. */
export function neighbourhood(rows: readonly Float32Array[], early: readonly number[]): readonly Float32Array[] {
  const at = (i: number): number => early[i] ?? 0;
  const sums = new Float64Array(early.length + 1);
  early.forEach((value, i) => {
    sums[i + 1] = (sums[i] as number) + value;
  });
  const total = Math.max(1, sums[early.length] as number);
  const mean = (from: number, to: number): number => {
    const [start, end] = [Math.max(0, from), Math.min(early.length, to)];
    return end > start ? ((sums[end] as number) - (sums[start] as number)) / (end - start) : 0;
  };
  return rows.map((row, i) => {
    const more = [
      at(i),
      at(i - 1),
      at(i + 1),
      at(i - 2),
      at(i + 2),
      mean(i - 5, i),
      mean(i + 1, i + 6),
      mean(i - 12, i + 13),
      (sums[i] as number) / total,
      total,
    ];
    const next = new Float32Array(row.length + more.length);
    next.set(row);
    next.set(more, row.length);
    return next;
  });
}
