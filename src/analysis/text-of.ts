import type { Span } from '../model.ts';
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
  return first === last ? text : text.replace(/\s+/g, ' ');
}

/** A token in lower case, without a final full stop ("Sen." gives `sen`). */
export function plain(tokens: Tokens, i: number): string {
  const lower = tokens.words[i]?.lower ?? '';
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
