/** Names and descriptions of commands in the other languages, as Discord takes them. */
import { languages, wordsIn } from '../../language/language.ts';
import { choiceName, type Localized } from '../../language/names.ts';
import type { OptionShape } from '../platform.ts';

type ByLocale = Readonly<Record<string, string>>;

/** By Discord's keys for the languages that have something to say; undefined when none has. */
function byLocale(wordIn: (said: ReturnType<typeof wordsIn>) => string | undefined): ByLocale | undefined {
  const found = languages.flatMap((language) => {
    const said = wordsIn(language);
    const word = wordIn(said);
    return word === undefined ? [] : said.discordLocales.map((locale) => [locale, word] as const);
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/**
 * The fields that Discord takes for localised names; none when nothing is known.
 * @param key A command or option by its English name: `brief`, `schedule add`, `brief.topic`.
 */
export function localized(key: string): {
  readonly name_localizations?: ByLocale;
  readonly description_localizations?: ByLocale;
} {
  const of = (part: 'name' | 'summary') => byLocale(({ commands }) => (commands[key] as Localized | undefined)?.[part]);
  const [names, descriptions] = [of('name'), of('summary')];
  return {
    ...(names ? { name_localizations: names } : {}),
    ...(descriptions ? { description_localizations: descriptions } : {}),
  };
}

/** A choice with its names. */
export function localizedChoice(command: string, option: OptionShape, choice: string) {
  const names = byLocale((said) => {
    const name = choiceName(said, command, option, choice);
    return name === option.labels?.[choice] || name === choice ? undefined : name;
  });
  return {
    name: option.labels?.[choice] ?? choice,
    ...(names ? { name_localizations: names } : {}),
    value: choice,
  };
}
