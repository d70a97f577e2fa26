/** Numbers with their nouns, and lists, as a language's own rules have them (CLDR, through `Intl`). */

/** The forms of a noun by plural category; English and Spanish have these two, others add `few`, `many` and so on. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export interface Grammar {
  /** `3 articles`. */
  count(n: number, forms: Forms): string;
  /** The form alone: `articles`. */
  form(n: number, forms: Forms): string;
  number(n: number): string;
  /** `Ana, Ben and Cleo`. */
  list(parts: readonly string[]): string;
}

/** Made when it is first needed: what `Intl` makes is kept, and costs milliseconds each. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** @param locale BCP 47. */
export function grammarOf(locale: string): Grammar {
  const rules = once(() => new Intl.PluralRules(locale));
  const numbers = once(() => new Intl.NumberFormat(locale));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const form = (n: number, forms: Forms) => forms[rules().select(n)] ?? forms.other;
  const number = (n: number) => numbers().format(n);
  return {
    form,
    number,
    count: (n, forms) => `${number(n)} ${form(n, forms)}`,
    list: (parts) => lists().format(parts),
  };
}
