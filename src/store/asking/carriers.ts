/** One utterance in several wordings is one quote with its carriers. Pure. */
import { sameUtterance, utteranceKeys } from '../../analysis/quotes/utterances.ts';
import type { Carrier, Quote } from '../../model.ts';

/**
 * Folds near-identical wordings of one speaker: the first stays, with the others as its carriers, each still provable
 * by its own receipt. Order is kept.
 */
export function foldUtterances(quotes: readonly Quote[]): readonly Quote[] {
  const groups: { quote: Quote; words: string; keys: Set<string>; carriers: Carrier[] }[] = [];
  for (const quote of quotes) {
    const words = wordsOf(quote);
    const keys = new Set(utteranceKeys(words));
    const same = groups.find(
      (group) =>
        sameVoice(group.quote, quote) &&
        [...keys].some((key) => group.keys.has(key)) &&
        sameUtterance(group.words, words),
    );
    if (same) same.carriers.push(carrierOf(quote));
    else groups.push({ quote, words, keys, carriers: [] });
  }
  return groups.map(({ quote, carriers }) => (carriers.length > 0 ? { ...quote, carriers } : quote));
}

/** A verbatim wording never hides behind a paraphrase, nor the reverse. */
const sameVoice = (a: Quote, b: Quote): boolean =>
  a.speaker !== undefined && a.speaker.id === b.speaker?.id && (a.kind === 'indirect') === (b.kind === 'indirect');

const wordsOf = (quote: Quote): string => (quote.kind === 'indirect' ? quote.text : quote.verbatim.join(' '));

const carrierOf = (quote: Quote): Carrier => ({
  receipt: quote.receipt.id,
  ...(quote.article.outlet !== undefined && { outlet: quote.article.outlet }),
  label: quote.article.label,
  ...(quote.post && { post: quote.post }),
});
