import type { Span } from '../../model.ts';
import type { Tokens } from './tokens.ts';
import type { Range } from './types.ts';

/** The span of a token range. */
export const spanOf = (tokens: Tokens, { first, last }: Range): Span => ({
  start: tokens.start[first]!,
  end: tokens.end[last]!,
});

/** The words of a token range as printed, white space made single. */
export function textOf(tokens: Tokens, { first, last }: Range): string {
  const text = tokens.text.slice(tokens.start[first]!, tokens.end[last]!);
  return first === last ? text : singleSpaced(text);
}

/** White space made single. Most stretches of a text have nothing else, and to look is cheaper than to write anew. */
export const singleSpaced = (text: string): string => (/[^\S ]|\s\s/.test(text) ? text.replace(/\s+/g, ' ') : text);

/** A token in lower case, without a final full stop ("Sen." gives `sen`). */
export function plain(tokens: Tokens, i: number): string {
  const lower = tokens.words[i]?.lower ?? '';
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
