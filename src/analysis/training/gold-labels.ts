/** The annotation of an article as labels on our tokens. */
import { Label } from '../attribution/labels.ts';
import type { Tokens } from '../text/tokens.ts';
import type { GoldArticle, GoldQuote } from './data.ts';

/** Attributions: quotes of one group, outermost first where they nest. */
export function goldGroups(article: GoldArticle): GoldQuote[][] {
  const groups = new Map<string, GoldQuote[]>();
  article.quotes.forEach((quote, i) => {
    const key = quote.group ?? `${i}`;
    const group = groups.get(key) ?? [];
    group.push(quote);
    groups.set(key, group);
  });
  const weight = (group: GoldQuote[]): number =>
    (group[0]!.optional ? 1e6 : 0) - group.reduce((sum, { start, end }) => sum + end - start, 0);
  return [...groups.values()].sort((a, b) => weight(a) - weight(b));
}

export function goldLabels(tokens: Tokens, article: GoldArticle): Uint8Array {
  const labels = new Uint8Array(tokens.count);
  const mark = (start: number, end: number, label: number): void => {
    const first = tokenAt(tokens, start);
    let begun = false;
    for (let i = first; i < tokens.count && tokens.start[i]! < end; i++) {
      const middle = (tokens.start[i]! + tokens.end[i]!) / 2;
      if (middle < start || middle >= end) continue;
      if (labels[i] !== Label.none) {
        begun = false;
        continue;
      }
      labels[i] = begun ? label + 1 : label;
      begun = true;
    }
  };
  for (const group of goldGroups(article)) {
    const { speaker, cue } = group[0]!;
    for (const { start, end } of group) mark(start, end, Label.content);
    if (speaker) mark(speaker.start, speaker.end, Label.source);
    if (cue) mark(cue.start, cue.end, Label.cue);
  }
  return labels;
}

/** The first token that ends after an offset. */
export function tokenAt(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.end[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
