/** What commands and their options are called where a message is read. */

/** A command or option in a language other than English; what is missing stays English. */
export interface Localized {
  readonly name?: string;
  readonly summary?: string;
  /** What a form shows as an example. */
  readonly example?: string;
  /** Names of the values that can be chosen. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** By English name: `brief`, `schedule add`, `brief.topic`. */
export type CommandWords = Readonly<Record<string, Localized>>;

export interface Names {
  /** `/brief` or `/resumen`; `/schedule add` or `/boletines añadir`. */
  command(name: string): string;
  /** `topic` or `tema`. */
  option(command: string, option: string): string;
}

export const englishNames: Names = { command: (name) => `/${name}`, option: (_command, option) => option };

/** Names as a platform shows them that localises its commands. */
export function localNames(table: CommandWords): Names {
  return {
    command(name) {
      const [group = '', sub] = name.split(' ');
      const first = table[group]?.name ?? group;
      return sub === undefined ? `/${first}` : `/${first} ${table[name]?.name ?? sub}`;
    },
    option: (command, option) => table[`${command}.${option}`]?.name ?? option,
  };
}

// ------------------------------------------------------------------ what is shown of a command in a language

interface Spoken {
  readonly commands: CommandWords;
}
interface Option {
  readonly name: string;
  readonly example?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a command or option is for. */
export const summaryOf = ({ commands }: Spoken, key: string, english: string): string =>
  commands[key]?.summary ?? english;

/** A value that shows what to type, if there is one. */
export const exampleOf = ({ commands }: Spoken, command: string, option: Option): string | undefined =>
  commands[`${command}.${option.name}`]?.example ?? option.example;

/** What a choice is called. */
export const choiceName = ({ commands }: Spoken, command: string, option: Option, choice: string): string =>
  option.labels?.[choice] ?? commands[`${command}.${option.name}`]?.choices?.[choice] ?? choice;
