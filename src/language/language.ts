/**
 * The languages that the bot speaks. One file each (`en.ts`): a new one is a file and a line here.
 *
 * A language is chosen for a reader by their locale, English where the bot does not speak theirs. What a source says is never
 * translated.
 */
import { english, type Words } from './en.ts';
import { spanish } from './es.ts';
import { englishNames, localNames } from './names.ts';
import { inEnglish, type Typed, unaccented } from './typed.ts';

export type { ClockTime, Words } from './en.ts';

const LANGUAGES = { en: english, es: spanish } as const;

export type Language = keyof typeof LANGUAGES;

/** Every language, by the key that is stored and that people type: `language:en`. */
export const languages = Object.keys(LANGUAGES) as readonly Language[];

/** Platforms that show commands under their names in the reader's language; elsewhere they keep their English ones. */
const LOCALISE_COMMANDS: ReadonlySet<string> = new Set(['discord']);

/** The language for a locale (`es-419`, `en_GB.UTF-8`); English for one that the bot does not speak. */
export function languageOf(locale: string): Language {
  const key = /^[a-z]+/i.exec(locale)?.[0].toLowerCase();
  return languages.find((language) => language === key) ?? 'en';
}

/** The bot's words for whoever reads: a caller, or a channel by its briefing. */
export function wordsFor({ locale, platform }: { readonly locale: string; readonly platform: string }): Words {
  const language = languageOf(locale);
  return LOCALISE_COMMANDS.has(platform) ? spoken[language].local : spoken[language].english;
}

/** Words that name commands in English: for the terminal, tests and the command line. */
export const wordsIn = (language: Language): Words => spoken[language].english;

const spoken = Object.fromEntries(
  languages.map((language) => {
    const plain = LANGUAGES[language](englishNames);
    return [language, { english: plain, local: LANGUAGES[language](localNames(plain.commands)) }];
  }),
) as Readonly<Record<Language, { readonly english: Words; readonly local: Words }>>;

/** What each language calls itself, by its key. */
export const languageNames: Readonly<Record<string, string>> = Object.fromEntries(
  languages.map((language) => [language, wordsIn(language).language]),
);

/** Typed words as they are, then as each other language would mean them, in English: the first that can be read counts. */
export function* readings(typed: string, part: 'times' | 'since'): Generator<string> {
  yield typed;
  for (const language of languages) {
    const english = inEnglish(typed, wordsIn(language).typed[part]);
    if (english !== typed) yield english;
  }
}

/** Whether a word stands in one of the languages' lists. */
export const isTyped = (word: string, list: Extract<keyof Typed, 'yes' | 'no'>): boolean =>
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
