/** From bare text to tagged tokens: the steps that every later step needs. */
import { matchMarks } from './marks.ts';
import { tagTokens } from './pos.ts';
import { splitSentences } from './sentences.ts';
import { tokenise } from './tokens.ts';
import type { Tagged } from './types.ts';

export function tagText(text: string): Tagged {
  const tokens = tokenise(text);
  const marks = matchMarks(tokens);
  const sentences = splitSentences(tokens, marks);
  return { tokens, marks, sentences, tags: tagTokens(tokens, sentences) };
}
