/**
 * The languages that the bot speaks. One file each (`en.ts`): a new one is a file and a line here.
 *
 * A language is chosen for a reader by their locale, English where the bot does not speak theirs. What a source says is never
 * translated.
 */
import { english, type Words } from './en.ts';
import { spanish } from './es.ts';
import { englishNames, localNames } from './names.ts';

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
