import { tagText } from '../../../src/analysis/text/tag.ts';
import type { Range, Relation, Tagged } from '../../../src/analysis/text/types.ts';

/** A statement told by its words: who, the word that reports it, what. */
export type Statement = readonly [source: string, cue: string, content: string];

/** Tokens of the place where `words` stand; a `#2` at the end means the second such place. */
export function rangeOf({ tokens }: Tagged, words: string): Range {
  const [, wanted, count] = /^(.*?)(?:#(\d))?$/s.exec(words)!;
  let from = -1;
  for (let n = Number(count ?? 1); n > 0; n--) from = tokens.text.indexOf(wanted!, from + 1);
  const first = tokens.start.indexOf(from);
  const last = tokens.end.indexOf(from + wanted!.length);
  if (from < 0 || first < 0 || last < 0) throw new Error(`not whole tokens of the text: ${words}`);
  return { first, last };
}

/** A tagged text with its attributions given, so that a test of a later step does not hang on the models of an earlier one. */
export function given(text: string, statements: readonly Statement[]): { tagged: Tagged; relations: Relation[] } {
  const tagged = tagText(text);
  const relations = statements.map(
    ([source, cue, content]): Relation => ({
      source: rangeOf(tagged, source),
      cue: rangeOf(tagged, cue),
      content: [rangeOf(tagged, content)],
      origin: 'near',
      confidence: 0.95,
      rule: 'labels',
    }),
  );
  return { tagged, relations };
}
