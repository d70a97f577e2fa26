/**
 * Words that people type, understood in every language that the bot speaks: a language has a list of its words with the
 * English ones that are read. English itself always works, whoever types it.
 */
import { languages, wordsIn } from './language.ts';

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

/** Typed words as they are, then as each other language would mean them, in English: the first that can be read counts. */
export function* readings(typed: string, part: 'times' | 'since'): Generator<string> {
  yield typed;
  for (const language of languages) {
    const english = inEnglish(typed, wordsIn(language).typed[part]);
    if (english !== typed) yield english;
  }
}

/** Whether a word stands in one of the languages' lists. */
export const isTyped = (word: string, list: 'yes' | 'no'): boolean =>
  languages.some((language) => wordsIn(language).typed[list].includes(word.toLowerCase()));

/** The value that a choice's name stands for in any language: `persona` is `speaker`. */
export function chosenBy(name: string, key: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const language of languages)
    for (const [value, label] of Object.entries(wordsIn(language).commands[key]?.choices ?? {}))
      if (label.toLowerCase() === wanted) return value;
  return undefined;
}

/** Whether a topic means all of them: `everything`, `todo`. */
export const meansEverything = (topic: string): boolean =>
  languages.some((language) => wordsIn(language).setup.everything === topic.trim().toLowerCase());

/** Commands by what other languages call them: `resumen` is `brief`, `schedule anadir` is `schedule add`. */
const commandsByName = new Map(
  languages.flatMap((language) =>
    Object.entries(wordsIn(language).commands).flatMap(([key, { name }]) => {
      if (name === undefined || key.includes('.')) return [];
      const [group, sub] = key.split(' ');
      return [[unaccented(sub === undefined ? name : `${group} ${name}`), key] as const];
    }),
  ),
);

/**
 * The English name of a command that was typed in another language, undefined for other words.
 * @param typed One word, or for a subcommand its group in English and one word: `schedule añadir`.
 */
export const commandNamed = (typed: string): string | undefined => commandsByName.get(unaccented(typed));

/** The English name of a command's option that was typed in another language: `tema` is `topic`. */
export const optionNamed = (command: string, typed: string): string | undefined =>
  languages
    .flatMap((language) => Object.entries(wordsIn(language).commands))
    .find(([key, { name }]) => key.startsWith(`${command}.`) && name && unaccented(name) === unaccented(typed))?.[0]
    .slice(command.length + 1);
