/** Sentences of a bare text, as spans: for texts that were not analysed. */

import type { Span } from '../../model.ts';
import { matchMarks } from './marks.ts';
import { splitSentences } from './sentences.ts';
import { tokenise } from './tokens.ts';

/** Sentences in reading order, none across a paragraph break. */
export function sentenceSpans(text: string): Span[] {
  const tokens = tokenise(text);
  const { first, count } = splitSentences(tokens, matchMarks(tokens));
  return Array.from({ length: count }, (_, s) => ({
    start: tokens.start[first[s]!]!,
    end: tokens.end[first[s + 1]! - 1]!,
  }));
}
