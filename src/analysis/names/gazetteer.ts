/**
 * The tables of public people, bodies, places and first names. An article always overrides them: they complete a name,
 * never replace one. Compiled by `npm run gazetteer`.
 */

import { MOSTLY_FEMALE, MOSTLY_MALE } from '../lexicon/people.ts';
import { lazily, readModel } from '../models/weights.ts';
import { fold } from '../text/fold.ts';
import { personName, surnames } from './person-name.ts';

/** place, office, from, to (`''`: still), state, party. */
export type TermRow = readonly [string, string, string, string, string?, string?];
/** key, name, gender, fame, other forms, terms, account. */
export type PersonRow = readonly [string, string, 'm' | 'f', 0 | 1 | 2, readonly string[], readonly TermRow[], string?];
/** kind, name, code, other forms, names of its people. */
export type PlaceRow = readonly [
  'country' | 'state' | 'city' | 'region',
  string,
  string,
  readonly string[],
  readonly string[],
];

export interface CompiledGazetteer {
  readonly people: readonly PersonRow[];
  readonly bodies: readonly (readonly [string, string])[];
  readonly places: readonly PlaceRow[];
  readonly given: { readonly m: string; readonly f: string };
}

export interface Term {
  /** ISO 3166 code of the country, or a body ("NATO"). */
  readonly place: string;
  /** "president", "senator", "governor of ohio". */
  readonly office: string;
  /** Days, `YYYY-MM-DD`; `to` is absent while it lasts. */
  readonly from: string;
  readonly to?: string;
  /** Postal code and party letter of US lawmakers. */
  readonly state?: string;
  readonly party?: string;
}

export interface PublicFigure {
  readonly key: string;
  readonly name: string;
  readonly gender: 'm' | 'f';
  /** 2: the bare surname names them anywhere; 1: with a hint; 0: only with an office, state or party. */
  readonly fame: 0 | 1 | 2;
  readonly forms: readonly string[];
  readonly terms: readonly Term[];
  readonly handle?: string;
}

export interface Gazetteer {
  /** By folded full form. */
  readonly byForm: ReadonlyMap<string, readonly PublicFigure[]>;
  /** By folded surname. */
  readonly bySurname: ReadonlyMap<string, readonly PublicFigure[]>;
  /** By account, lower case. */
  readonly byHandle: ReadonlyMap<string, PublicFigure>;
  /** By office ("president"). */
  readonly byOffice: ReadonlyMap<string, readonly PublicFigure[]>;
  /** Short form as printed ("WHO") to full name. */
  readonly bodies: ReadonlyMap<string, string>;
  /** Folded full names of those bodies. */
  readonly bodyNames: ReadonlySet<string>;
  /** Folded name of a place or its people ("mexico", "mexican") to its code, where it has one. */
  readonly countries: ReadonlyMap<string, string>;
  /** Postal code by folded name or abbreviation of a US state. */
  readonly states: ReadonlyMap<string, string>;
  /** Folded names of places of all kinds, and of peoples. */
  readonly places: ReadonlySet<string>;
  readonly peoples: ReadonlySet<string>;
  readonly male: ReadonlySet<string>;
  readonly female: ReadonlySet<string>;
  /** First names of several public figures, all of one gender. */
  readonly sureGiven: ReadonlySet<string>;
}

/** The shipped tables, and the operator's own people. */
export function gazetteer(): Gazetteer {
  current ??= build(shipped());
  return current;
}

const shipped = lazily((): CompiledGazetteer => readModel<CompiledGazetteer>('gazetteer').header);
let own: PersonRow[] = [];
let current: Gazetteer | undefined;

/**
 * Adds the operator's own people, in the columns of `gazetteer/offices.tsv`. To be called before the first article.
 *
 * Returns what could not be read, line by line; the other lines count.
 */
export function addPeople(tsv: string): string[] {
  const problems: string[] = [];
  for (const [index, line] of tsv.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const row = officeRow(line);
    if (row === undefined)
      problems.push(
        `line ${index + 1}: expected place, office, name, gender (m or f), from and to (YYYY-MM-DD), fame (0 to 2), other forms; separated by tabs`,
      );
    else own.push(row);
  }
  current = undefined;
  return problems;
}

/** For tests: back to the shipped tables. */
export function forgetOwnPeople(): void {
  own = [];
  current = undefined;
}

/** One line of `offices.tsv` as a person with at most one term. */
export function officeRow(line: string): PersonRow | undefined {
  const [place, office, name, gender, from = '', to = '', fame = '0', others = ''] = line
    .split('\t')
    .map((cell) => cell.trim());
  const day = (cell: string): boolean => /^(?:\d{4}-\d\d-\d\d)?$/.test(cell);
  if (
    !place ||
    !office ||
    !name ||
    (gender !== 'm' && gender !== 'f') ||
    !day(from) ||
    !day(to) ||
    !/^[012]$/.test(fame)
  )
    return undefined;
  const terms: TermRow[] = office === '-' ? [] : [[place, office, from, to]];
  const forms = others.split(';').filter(Boolean);
  return [fold(name).replaceAll(' ', '-'), name, gender, Number(fame) as 0 | 1 | 2, forms, terms];
}

/** One row a person: a later row under a known form of a name adds to the earlier one. */
function joined(rows: readonly PersonRow[]): PersonRow[] {
  const people: PersonRow[] = [];
  const at = new Map<string, number>();
  for (const row of rows) {
    const known = at.get(fold(row[1]));
    const index = known ?? people.length;
    people[index] = known === undefined ? row : merged(people[known]!, row);
    for (const form of [row[1], ...row[4]]) if (!at.has(fold(form))) at.set(fold(form), index);
  }
  return people;
}

function merged(a: PersonRow, b: PersonRow): PersonRow {
  const fame = Math.max(a[3], b[3]) as 0 | 1 | 2;
  const row = [a[0], a[1], a[2], fame, [...new Set([...a[4], ...b[4]])], [...a[5], ...b[5]]] as const;
  const handle = a[6] ?? b[6];
  return handle === undefined ? row : [...row, handle];
}

/** The gender that a first name suggests: none when both have it alike, or nobody. */
export function givenNameGender(name: string): 'm' | 'f' | undefined {
  const { male, female } = gazetteer();
  const folded = fold(name);
  const m = male.has(folded);
  if (m !== female.has(folded)) return m ? 'm' : 'f';
  return MOSTLY_MALE.has(folded) ? 'm' : MOSTLY_FEMALE.has(folded) ? 'f' : undefined;
}

/** Is this first name one that several public figures have, all of one gender? Then pronouns near it say no other. */
export const isSureGivenName = (name: string): boolean => gazetteer().sureGiven.has(fold(name));

/** Key of a well-known body under its full name or the short form the news prints: `body:world health organization`. */
export function bodyKeyOf(name: string): string | undefined {
  const { bodies, bodyNames } = gazetteer();
  const full = fold(bodies.get(name) ?? name).replace(/^the /, '');
  return bodyNames.has(full) ? `body:${full}` : undefined;
}

/** Who held an office on a day, when exactly one did. */
export function officeHolder(office: string, place: string, day: string): PublicFigure | undefined {
  const holders = (gazetteer().byOffice.get(office) ?? []).filter((figure) =>
    figure.terms.some((term) => term.office === office && term.place === place && holdsOn(term, day)),
  );
  return holders.length === 1 ? holders[0] : undefined;
}

export const holdsOn = (term: Term, day: string): boolean =>
  term.from <= day && (term.to === undefined || day <= term.to);

// ---------------------------------------------------------------- indices

function build(rows: CompiledGazetteer): Gazetteer {
  const byForm = new Map<string, PublicFigure[]>();
  const bySurname = new Map<string, PublicFigure[]>();
  const byOffice = new Map<string, PublicFigure[]>();
  const byHandle = new Map<string, PublicFigure>();
  for (const row of own.length === 0 ? rows.people : joined([...rows.people, ...own])) {
    const figure = toFigure(row);
    for (const form of new Set(figure.forms.map(fold))) push(byForm, form, figure);
    for (const surname of surnamesOf(figure)) push(bySurname, surname, figure);
    for (const office of new Set(figure.terms.map((term) => term.office))) push(byOffice, office, figure);
    if (figure.handle !== undefined) byHandle.set(figure.handle.toLowerCase(), figure);
  }
  return {
    byForm,
    bySurname,
    byOffice,
    byHandle,
    bodies: new Map(rows.bodies),
    bodyNames: new Set(rows.bodies.map(([, full]) => fold(full))),
    ...placesOf(rows),
    ...givenOf(rows),
    sureGiven: sureGivenOf(new Set([...byForm.values()].flat())),
  };
}

function toFigure([key, name, gender, fame, others, terms, handle]: PersonRow): PublicFigure {
  return {
    key,
    name,
    gender,
    fame,
    forms: [name, ...others],
    terms: terms.map(([place, office, from, to, state, party]) => ({
      place,
      office,
      from,
      ...(to ? { to } : {}),
      ...(state ? { state } : {}),
      ...(party ? { party } : {}),
    })),
    ...(handle === undefined ? {} : { handle }),
  };
}

function surnamesOf(figure: PublicFigure): Set<string> {
  const name = personName(figure.name);
  return new Set(name === undefined ? [] : surnames(name));
}

function push(map: Map<string, PublicFigure[]>, key: string, figure: PublicFigure): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [figure]);
  else list.push(figure);
}

function placesOf(rows: CompiledGazetteer): Pick<Gazetteer, 'countries' | 'states' | 'places' | 'peoples'> {
  const countries = new Map<string, string>();
  const states = new Map<string, string>();
  const places = new Set<string>();
  const peoples = new Set<string>();
  for (const [kind, name, code, others, people] of rows.places) {
    for (const form of [name, ...others].map(fold)) {
      places.add(form);
      if (kind === 'state') states.set(form, code);
      else if (code !== '') countries.set(form, code);
    }
    if (kind === 'state') states.set(code.toLowerCase(), code);
    for (const form of people.map(fold)) {
      peoples.add(form);
      if (kind !== 'state' && code !== '') countries.set(form, code);
    }
  }
  return { countries, states, places, peoples };
}

const givenOf = ({ given }: CompiledGazetteer): Pick<Gazetteer, 'male' | 'female'> => ({
  male: new Set(given.m.split(' ')),
  female: new Set(given.f.split(' ')),
});

function sureGivenOf(figures: ReadonlySet<PublicFigure>): ReadonlySet<string> {
  const bearers = Map.groupBy(figures, ({ name }) => fold(name).split(' ')[0]!);
  const isSure = ([, [first, second, ...others]]: [string, PublicFigure[]]): boolean =>
    second !== undefined && [second, ...others].every(({ gender }) => gender === first!.gender);
  return new Set([...bearers].filter(isSure).map(([name]) => name));
}
