/** What the word lists know of a word that may be part of a name, and longest matches of known names of several words. */

import { Role, rolesOf } from '../lexicon/roles.ts';
import { lazily } from '../models/weights.ts';
import { fold } from '../text/fold.ts';
import type { Tokens } from '../text/tokens.ts';
import { Shape, type Word } from '../text/words.ts';
import { gazetteer } from './gazetteer.ts';

/** Bits of `Word.lists`. */
export const Listed = {
  male: 1,
  female: 2,
  /** Surname of a public figure; `famous` when it names one alone. */
  surname: 4,
  famous: 8,
  place: 16,
  /** People of a place ("Mexican"), or their language. */
  people: 32,
  title: 64,
  /** A noun that heads the name of a body ("University", "Committee"). */
  body: 128,
  acronym: 256,
  /** Weekdays, months and holidays: capitals that name nobody. */
  calendar: 512,
  /** First word of a known name of several words. */
  opens: 1024,
  /** A country or a US state. */
  country: 2048,
} as const;

export const GIVEN = Listed.male | Listed.female;
export const isGiven = (word: Word): boolean => (listsOf(word) & GIVEN) !== 0;

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const CALENDAR = set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
  november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun christmas
  easter ramadan thanksgiving halloween eid diwali hanukkah`,
);

const BODY_HEADS = set(
  `university college institute institution school academy department ministry committee council commission party bank corp corporation inc company
  co llc ltd plc group association foundation agency bureau court police church union center centre office board times post news
  herald tribune journal gazette guardian telegraph network club league federation society fund trust project initiative coalition alliance
  caucus congress senate house parliament administration authority force service services hospital partners holdings airlines motors
  television radio magazine review observer chronicle globe mail press united city rovers athletic studios records laboratory laboratories labs
  district campaign movement front army navy guard corps brigade embassy mission secretariat organisation organization international
  systems technologies industries media capital research museum library gallery orchestra ballet chamber sindicate
  syndicate consortium tribunal assembly directorate inspectorate semiconductor semiconductors airways railways pharmaceuticals pharma
  biotech software solutions ventures logistics electronics robotics aerospace therapeutics realty properties lines homes foods
  stores hotels resorts`,
);

/** The list bits of a word, worked out once per form. */
export function listsOf(word: Word): number {
  if (word.lists >= 0) return word.lists;
  const known = gazetteer();
  const folded = fold(word.form);
  let bits = 0;
  if (known.male.has(folded)) bits |= Listed.male;
  if (known.female.has(folded)) bits |= Listed.female;
  const figures = known.bySurname.get(folded);
  if (figures !== undefined)
    bits |= figures.some((figure) => figure.fame === 2) ? Listed.surname | Listed.famous : Listed.surname;
  if (known.places.has(folded)) bits |= Listed.place;
  // Postal codes are states but no places: "In" is no name.
  if (bits & Listed.place && (known.countries.has(folded) || known.states.has(folded))) bits |= Listed.country;
  if (known.peoples.has(folded) || known.peoples.has(folded.replace(/s$/, ''))) bits |= Listed.people;
  if (rolesOf(word) & Role.title) bits |= Listed.title;
  if (BODY_HEADS.has(folded)) bits |= Listed.body;
  if (known.bodies.has(word.form)) bits |= Listed.acronym;
  if (CALENDAR.has(folded)) bits |= Listed.calendar;
  if (phrases().has(word.lower)) bits |= Listed.opens;
  word.lists = bits;
  return bits;
}

interface Phrase {
  readonly words: readonly string[];
  readonly kind: 'person' | 'place';
}

/** Known names of several words by their first, longest first. */
const phrases = lazily((): ReadonlyMap<string, readonly Phrase[]> => {
  const known = gazetteer();
  const found = new Map<string, Phrase[]>();
  const add = (name: string, kind: Phrase['kind']): void => {
    const words = name.toLowerCase().split(' ');
    if (words.length < 2) return;
    const list = found.get(words[0]!);
    if (list === undefined) found.set(words[0]!, [{ words, kind }]);
    else list.push({ words, kind });
  };
  for (const place of known.places) add(place, 'place');
  for (const form of known.byForm.keys()) add(form, 'person');
  for (const list of found.values()) list.sort((a, b) => b.words.length - a.words.length);
  return found;
});

/** The longest known name that starts at token `first`, as its kind and last token. */
export function knownName(tokens: Tokens, first: number): { kind: Phrase['kind']; last: number } | undefined {
  const word = tokens.words[first]!;
  if (word.shape === Shape.lower || (listsOf(word) & Listed.opens) === 0) return undefined;
  for (const { words, kind } of phrases().get(word.lower) ?? []) {
    const last = first + words.length - 1;
    if (last >= tokens.count) continue;
    let k = 1;
    while (k < words.length && tokens.words[first + k]!.lower === words[k]) k++;
    if (k === words.length) return { kind, last };
  }
  return undefined;
}
