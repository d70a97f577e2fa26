/**
 * Words that people type, understood in every language that the bot speaks: a language has a list of its words with the
 * English ones that are read. English itself always works, whoever types it.
 */

/** Patterns over lower-case text without accents, applied in order, and the English that stands for them. */
export type Replacements = readonly (readonly [RegExp, string])[];

export interface Typed {
  /** For schedules: `cada 2h` is `every 2h`. */
  readonly times: Replacements;
  /** For `since`: `ayer` is `yesterday`. */
  readonly since: Replacements;
  /** Words of schedules that a misspelt one may have meant. */
  readonly known: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** The words as English has them; unchanged where the list knows none of them. */
export function inEnglish(typed: string, replacements: Replacements): string {
  const plain = unaccented(typed);
  const english = replacements.reduce((words, [pattern, meaning]) => words.replace(pattern, meaning), plain);
  return english === plain ? typed : english.replace(/\s+/g, ' ').trim();
}

/** `Días` is `dias`: people leave accents out. */
export const unaccented = (words: string): string =>
  words
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
