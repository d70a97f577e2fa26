/**
 * Command and option names in other languages, by their English name: `brief`, `schedule add`, `brief.topic`.
 * A name that is missing here simply stays English.
 */
interface Localized {
  readonly name?: string;
  readonly description?: string;
}

const spanish: Readonly<Record<string, Localized>> = {};

/** Discord's keys for a language. */
const tables = { 'es-ES': spanish, 'es-419': spanish } as const;

/** The fields that Discord takes for localised names; none when nothing is known. */
export function localized(key: string): {
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
} {
  const of = (part: keyof Localized) => {
    const found = Object.entries(tables).flatMap(([locale, table]) => {
      const value = table[key]?.[part];
      return value === undefined ? [] : [[locale, value] as const];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };
  const [name, description] = [of('name'), of('description')];
  return {
    ...(name ? { name_localizations: name } : {}),
    ...(description ? { description_localizations: description } : {}),
  };
}
