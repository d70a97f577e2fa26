/**
 * The tables of public people, bodies, places and first names. An article always overrides them: they complete a name,
 * never replace one. Compiled by `npm run gazetteer`.
 */
import { fold } from './fold.ts';
import { personName, surnames } from './person-name.ts';
import { lazily, readModel } from './weights.ts';

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
  /** Folded name of a place or its people ("mexico", "mexican") to its code, where it has one. */
  readonly countries: ReadonlyMap<string, string>;
  /** Postal code by folded name or abbreviation of a US state. */
  readonly states: ReadonlyMap<string, string>;
  /** Folded names of places of all kinds, and of peoples. */
  readonly places: ReadonlySet<string>;
  readonly peoples: ReadonlySet<string>;
  readonly male: ReadonlySet<string>;
  readonly female: ReadonlySet<string>;
}

/** The shipped tables. */
export const gazetteer = lazily((): Gazetteer => build(readModel<CompiledGazetteer>('gazetteer').header));

/** The gender that a first name suggests: none when both have it or nobody. */
export function givenNameGender(name: string): 'm' | 'f' | undefined {
  const { male, female } = gazetteer();
  const folded = fold(name);
  const m = male.has(folded);
  return m === female.has(folded) ? undefined : m ? 'm' : 'f';
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
  for (const row of rows.people) {
    const figure = toFigure(row);
    for (const form of new Set(figure.forms.map(fold))) push(byForm, form, figure);
    for (const surname of surnamesOf(figure)) push(bySurname, surname, figure);
    for (const office of new Set(figure.terms.map((term) => term.office))) push(byOffice, office, figure);
    if (figure.handle !== undefined) byHandle.set(figure.handle.toLowerCase(), figure);
  }
  return { byForm, bySurname, byOffice, byHandle, bodies: new Map(rows.bodies), ...placesOf(rows), ...givenOf(rows) };
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
