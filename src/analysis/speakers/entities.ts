/** The people and bodies of a document: one entry each, however the text calls them. */

import { FEMALE, KIN, MALE, OFFICES } from '../lexicon/people.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { TITLES } from '../lexicon/titles.ts';
import { gazetteer, holdsOn, type PublicFigure } from '../names/gazetteer.ts';
import type { Name } from '../names/names.ts';
import { type PersonName, personName, surnames } from '../names/person-name.ts';
import { isRoleNoun, type RolePhrase, roleAfter, roleAfterCopula, roleBefore } from '../names/role-phrases.ts';
import { fold } from '../text/fold.ts';
import { isFiniteVerb, isVerb, Tag } from '../text/pos.ts';
import { plain, textOf } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import { bestBearer, guessGender, isFormOf, misspelt, titleGender, withSuffixOf } from './bearers.ts';

export interface Mention extends Range {
  readonly sentence: number;
  /** Stands where subjects stand: early in its sentence, or before a verb. */
  readonly subject: boolean;
  /** Inside quotation marks. */
  readonly quoted: boolean;
  /** "Ana López's". */
  readonly possessive: boolean;
}

export interface Person {
  /** Fullest name the text gives, or a compatible table completes. */
  name: string;
  parsed: PersonName;
  /** Forms as printed, with their counts. */
  readonly forms: Map<string, number>;
  readonly mentions: Mention[];
  readonly roles: RolePhrase[];
  /** Weight of the evidence for each gender. */
  male: number;
  female: number;
  figure?: PublicFigure;
  /** How sure it is that the bare forms are this person. */
  confidence: number;
}

export interface Body {
  name: string;
  readonly forms: Map<string, number>;
  readonly mentions: Mention[];
  readonly place: boolean;
}

export interface Entities {
  readonly people: readonly Person[];
  readonly bodies: readonly Body[];
  /** The person or body named by the token, if any. */
  readonly personAt: ReadonlyMap<number, Person>;
  readonly bodyAt: ReadonlyMap<number, Body>;
  /** All mentions of people by name, in reading order. */
  readonly inOrder: readonly PersonMention[];
  /** People by each word of their roles and offices. */
  readonly byRole: ReadonlyMap<string, readonly Person[]>;
  /** Bodies by the first and the last word of their names. */
  readonly byHead: ReadonlyMap<string, readonly Body[]>;
  /** The one body that the text is about, if there is one. */
  readonly mainBody: Body | undefined;
  /** Pronouns and roles that were resolved so far. */
  readonly resolved: PersonMention[];
}

/** The last of `mentions` (in reading order) that begins before token `at`. */
export function lastBefore(mentions: readonly Mention[], at: number): Mention | undefined {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle]!.first < at) low = middle + 1;
    else high = middle;
  }
  return mentions[low - 1];
}

export interface PersonMention {
  readonly person: Person;
  readonly mention: Mention;
}

const inOrder = (people: readonly Person[]): PersonMention[] =>
  people
    .flatMap((person) => person.mentions.map((mention) => ({ person, mention })))
    .sort((a, b) => a.mention.first - b.mention.first);

/** Gathers names into people and bodies. `day` (`YYYY-MM-DD`) dates the offices. */
export function gatherEntities(tagged: Tagged, names: readonly Name[], day: string | undefined): Entities {
  const people = gatherPeople(
    tagged,
    names.filter(({ kind }) => kind === 'person'),
  );
  const bodies = gatherBodies(
    tagged,
    names.filter(({ kind }) => kind !== 'person'),
  );
  const taken = new Set<PublicFigure>();
  // Full names first: a row that one of them holds is nobody else's.
  for (const bare of [false, true])
    for (const person of people.all) {
      if ((person.parsed.first === undefined) !== bare) continue;
      addRoles(tagged, person, people.at);
      complete(tagged, person, taken, day);
      weighGender(tagged, person);
      if (person.figure !== undefined) taken.add(person.figure);
    }
  weighPronouns(tagged, people.at);
  return {
    people: people.all,
    bodies: bodies.all,
    personAt: people.at,
    bodyAt: bodies.at,
    inOrder: inOrder(people.all),
    byRole: indexed(people.all, roleWords),
    byHead: indexed(bodies.all, headWords),
    mainBody: mainBodyOf(bodies.all),
    resolved: [],
  };
}

export const genderOf = ({ male, female }: Person): 'm' | 'f' | undefined =>
  male - female >= 1 ? 'm' : female - male >= 1 ? 'f' : undefined;

// ---------------------------------------------------------------- people

/** People by the words that may call them, so that a long document costs no more per name than a short one. */
class People {
  readonly all: Person[] = [];
  readonly at = new Map<number, Person>();
  readonly #byLast = new Map<string, Person[]>();
  readonly #byFirst = new Map<string, Person[]>();

  add(name: string, parsed: PersonName): Person {
    const person = newPerson(name, parsed);
    this.all.push(person);
    for (const word of surnames(parsed)) push(this.#byLast, word, person);
    if (parsed.first !== undefined) push(this.#byFirst, parsed.first, person);
    return person;
  }

  withLast = (word: string): readonly Person[] => this.#byLast.get(word) ?? [];
  withFirst = (word: string): readonly Person[] => this.#byFirst.get(word) ?? [];
}

/** More bearers of one surname than this are noise, and would cost time. */
const MOST_BEARERS = 30;

function push(map: Map<string, Person[]>, word: string, person: Person): void {
  const list = map.get(word);
  if (list === undefined) map.set(word, [person]);
  else if (list.length < MOST_BEARERS) list.push(person);
}

function gatherPeople(tagged: Tagged, names: readonly Name[]): People {
  const people = new People();
  const put = (person: Person, name: Name, form: string): void => {
    person.forms.set(form, (person.forms.get(form) ?? 0) + 1);
    person.mentions.push(mentionOf(tagged, name));
    for (let i = name.first; i <= name.last; i++) people.at.set(i, person);
  };
  const bare: [Name, string, PersonName][] = [];
  // Full names first: they say who the bare ones are, wherever they stand.
  for (const name of names) {
    const form = withoutStop(textOf(tagged.tokens, name));
    const parsed = personName(form);
    if (parsed === undefined) continue;
    if (parsed.first === undefined) {
      bare.push([name, form, parsed]);
      continue;
    }
    const known = people.withLast(parsed.last).find((person) => isFormOf(parsed, person.parsed));
    const person = known ?? people.add(form, parsed);
    if (form.length > person.name.length && fuller(parsed, person.parsed)) rename(person, form, parsed);
    put(person, name, form);
  }
  const full = [...people.all];
  for (const [name, form, parsed] of bare) {
    const bySurname = withSuffixOf(parsed, people.withLast(parsed.last));
    const bearers = bySurname.length > 0 ? bySurname : withSuffixOf(parsed, people.withFirst(parsed.last));
    const known = bearers.length > 0 ? bestBearer(tagged, bearers, name) : misspelt(full, parsed);
    put(known ?? people.add(form, parsed), name, form);
  }
  for (const person of people.all) person.mentions.sort((a, b) => a.first - b.first);
  return people;
}

/** "Norbert Ore." at the end of a sentence is no short form; "Jr." and "J." are. */
const withoutStop = (name: string): string => name.replace(/(?<=\p{L}{3})\.$/u, '');

const newPerson = (name: string, parsed: PersonName): Person => ({
  name,
  parsed,
  forms: new Map(),
  mentions: [],
  roles: [],
  male: 0,
  female: 0,
  confidence: 0.9,
});

function rename(person: Person, name: string, parsed: PersonName): void {
  person.name = name;
  person.parsed = parsed;
}

const fuller = (a: PersonName, b: PersonName): boolean => a.first!.length > 2 || (b.first?.length ?? 0) <= 2;

function mentionOf(tagged: Tagged, { first, last }: Range): Mention {
  const { tokens, sentences, marks, tags } = tagged;
  const sentence = sentences.of[first]!;
  const next = tokens.words[last + 1]?.lower;
  const modifies = isModifier(tagged, last);
  return {
    first,
    last,
    sentence,
    subject:
      !modifies &&
      // "As for the mayor, ..." is about somebody else.
      ((first - sentences.first[sentence]! <= 4 &&
        tokens.words[first - 1]?.lower !== 'for' &&
        !isObject(tagged, first)) ||
        isApposed(tagged, last) ||
        (last + 1 < tokens.count && (isVerb(tags[last + 1]!) || tags[last + 1] === Tag.MD))),
    quoted: marks.inside[first] !== 0,
    possessive: modifies || next === "'s" || next === '’s' || next === "'" || next === '’',
  };
}

/** "He appreciates Brandt": early in the sentence, and no subject of it. */
function isObject({ tokens, tags, sentences }: Tagged, first: number): boolean {
  const floor = sentences.first[sentences.of[first]!]!;
  if (!/^(?:he|she)$/.test(tokens.words[floor]!.lower)) return false;
  for (let i = first - 1; i > floor; i--) {
    if (tokens.kind[i] !== Kind.word) return false;
    if (isFiniteVerb(tags[i]!)) return true;
  }
  return false;
}

/** "Franz Ferdinand frontman Alex Dorn" is Alex Dorn. */
const isModifier = (tagged: Tagged, last: number): boolean => {
  const { words } = tagged.tokens;
  const role = words[last + 1];
  const name = words[last + 2];
  return (
    role !== undefined &&
    name !== undefined &&
    role.form === role.lower &&
    isRoleNoun(tagged, last + 1) &&
    /^\p{Lu}/u.test(name.form)
  );
};

/** "In a store next door, Jorge Armand, a 32-year-old from Puebla, sells": the verb comes behind an aside. */
function isApposed({ tokens, tags }: Tagged, last: number): boolean {
  const { words } = tokens;
  if (words[last + 1]?.form !== ',') return false;
  for (let i = last + 2; i < Math.min(tokens.count - 1, last + LONGEST_ASIDE); i++) {
    if (words[i]!.form === ',') return isFiniteVerb(tags[i + 1]!) || tags[i + 1] === Tag.MD;
    if (words[i]!.form === '.') return false;
  }
  return false;
}
const LONGEST_ASIDE = 16;

// ---------------------------------------------------------------- gender

/** Weight of what a given name says. */
export const BY_NAME = 1.5;

function weighGender(tagged: Tagged, person: Person): void {
  const weigh = (gender: 'm' | 'f' | undefined, weight: number): void => {
    if (gender === 'm') person.male += weight;
    if (gender === 'f') person.female += weight;
  };
  weigh(person.figure?.gender, 3);
  weigh(guessGender(person), BY_NAME);
  for (const { first } of person.mentions) weigh(titleGender(tagged, first), 2);
  for (const { head } of person.roles) weigh(MALE.has(head) ? 'm' : FEMALE.has(head) ? 'f' : undefined, 2);
}

/** "Jordan Lee ... she": a pronoun with one person before it in its sentence, and none in the rest of the sentence before. */
function weighPronouns(tagged: Tagged, personAt: ReadonlyMap<number, Person>): void {
  const { tokens, sentences, marks } = tagged;
  let last: Person | undefined;
  let since = 0;
  for (let s = 0; s < sentences.count; s++) {
    let inSentence: Person | undefined;
    let isAlone = true;
    for (let i = sentences.first[s]!; i < sentences.first[s + 1]!; i++) {
      const person = personAt.get(i);
      if (person !== undefined) {
        isAlone &&= inSentence === undefined || inSentence === person;
        inSentence = person;
        last = person;
        since = s;
        continue;
      }
      if (last === undefined || s - since > 1 || !isAlone || marks.inside[i] !== 0) continue;
      if ((rolesOf(tokens.words[i]!) & Role.pronoun) === 0) continue;
      const gender = pronounGender(tokens.words[i]!.lower);
      if (gender === 'm') last.male += 0.6;
      else if (gender === 'f') last.female += 0.6;
    }
    if (!isAlone) last = undefined;
  }
}

export const pronounGender = (lower: string): 'm' | 'f' | undefined =>
  lower === 'he' || lower === 'him' || lower === 'his' || lower === 'himself'
    ? 'm'
    : lower === 'she' || lower === 'her' || lower === 'hers' || lower === 'herself'
      ? 'f'
      : undefined;

// ---------------------------------------------------------------- roles and the table

function addRoles(tagged: Tagged, person: Person, personAt: ReadonlyMap<number, Person>): void {
  // "Mary Kelly, Secretary of State Mike Pompeo": the secretary is somebody else.
  const isOthers = ({ last }: RolePhrase): boolean =>
    (personAt.get(last) ?? person) !== person && !isRoleNoun(tagged, last);
  for (const { first, last } of person.mentions.slice(0, 40)) {
    for (const role of [roleBefore(tagged, first), roleAfter(tagged, last), roleAfterCopula(tagged, last)]) {
      if (role !== undefined && !KIN.has(role.head) && !isOthers(role)) person.roles.push(role);
    }
  }
}

/** Completes a bare name from the table, or ties a full one to its row. The article's own words must not speak against it. */
function complete(tagged: Tagged, person: Person, taken: ReadonlySet<PublicFigure>, day: string | undefined): void {
  const { byForm, bySurname } = gazetteer();
  const offices = officesOf(tagged, person);
  if (person.parsed.first !== undefined) {
    const figures = byForm.get(fold(person.name)) ?? [];
    const figure = figures.length === 1 ? figures[0] : undefined;
    if (figure && (figure.fame > 0 || offices.some((office) => held(figure, office, day)))) person.figure = figure;
    return;
  }
  const title = person.mentions.map((mention) => titleGender(tagged, mention.first)).find(Boolean);
  const figures = (bySurname.get(person.parsed.last) ?? []).filter(
    (figure) => (title === undefined || figure.gender === title) && !taken.has(figure),
  );
  const byOffice = figures.filter((figure) => offices.some((office) => held(figure, office, day)));
  const famous = figures.filter((figure) => figure.fame === 2);
  const figure =
    byOffice.length === 1 ? byOffice[0] : byOffice.length === 0 && famous.length === 1 ? famous[0] : undefined;
  // "Kim", "Park": a first name alone is no surname of the table's.
  if (figure === undefined || (byOffice.length === 0 && contradicts(person, figure))) return;
  person.figure = figure;
  person.name = figure.name;
  person.parsed = personName(figure.name) ?? person.parsed;
  person.confidence = byOffice.length === 1 ? 0.85 : 0.75;
}

interface OfficeHint {
  readonly office: string;
  readonly former: boolean;
  readonly place?: string;
  readonly state?: string;
}

/** The offices that the article gives this person, as the table writes them. */
function officesOf(tagged: Tagged, person: Person): OfficeHint[] {
  const hints: OfficeHint[] = [];
  const { states, countries } = gazetteer();
  for (const role of person.roles.slice(0, 12)) {
    const words = fold(role.text).split(' ');
    const former = words.includes('former') || words.includes('ex');
    const place = words.map((word) => countries.get(word.replace(/'s$/, ''))).find(Boolean);
    for (let length = Math.min(3, words.length); length > 0; length--) {
      const tail = words.slice(-length).join(' ');
      const office = OFFICES.get(tail) ?? OFFICES.get(words.slice(0, length).join(' '));
      if (office === undefined) continue;
      hints.push({ office, former, ...(place ? { place } : {}) });
      break;
    }
  }
  for (const { first, last } of person.mentions.slice(0, 40)) {
    const title = OFFICES.get(plain(tagged.tokens, first - 1));
    if (title === undefined) continue;
    const state = stateAfter(tagged, last, states);
    hints.push({ office: title, former: false, ...(state ? { state } : {}) });
  }
  return hints;
}

/** "Sen. López, D-Texas" and "Rep. Marsh (R-N.Y.)". */
function stateAfter({ tokens }: Tagged, last: number, states: ReadonlyMap<string, string>): string | undefined {
  for (let i = last + 1; i <= last + 3 && i < tokens.count; i++) {
    const match = /^[dri]-(.+)$/i.exec(tokens.words[i]!.form);
    if (match) return states.get(fold(match[1]!));
  }
  return undefined;
}

function held(figure: PublicFigure, hint: OfficeHint, day: string | undefined): boolean {
  return figure.terms.some((term) => {
    const same = hint.office.endsWith('*')
      ? term.office.startsWith(hint.office.slice(0, -1))
      : term.office === hint.office;
    if (!same || (hint.place !== undefined && term.place !== hint.place)) return false;
    if (hint.state !== undefined) return term.state === hint.state;
    if (day === undefined || hint.former) return true;
    // The lawmakers' file dates only the current term of a long-serving member.
    return term.state !== undefined || holdsOn(term, day);
  });
}

/** The article calls a bare name something that this figure never was. */
const contradicts = (person: Person, figure: PublicFigure): boolean =>
  person.roles.length > 0 &&
  !person.roles.some((role) => TITLES.has(role.head) || figure.terms.some((term) => term.office.includes(role.head)));

/** The words of a role, folded: "Mexico’s president" gives `mexico`, `president`. */
export const roleWordsOf = (text: string): string[] =>
  fold(text)
    .split(' ')
    .map((word) => word.replace(/'s$/, ''))
    .filter(Boolean);

const roleWords = (person: Person): string[] => [
  ...person.roles.slice(0, 12).flatMap(({ text }) => roleWordsOf(text)),
  ...(person.figure?.terms.flatMap(({ office }) => office.split(' ')) ?? []),
];

function headWords({ name }: Body): string[] {
  const words = fold(name).split(' ');
  return words.length < 2 ? [] : [words[0]!, words.at(-1)!];
}

const MOST_OF_ONE_WORD = 40;

function indexed<Entry>(entries: readonly Entry[], wordsOf: (entry: Entry) => string[]): Map<string, Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const entry of entries)
    for (const word of new Set(wordsOf(entry))) {
      const list = index.get(word);
      if (list === undefined) index.set(word, [entry]);
      else if (list.length < MOST_OF_ONE_WORD) list.push(entry);
    }
  return index;
}

// ---------------------------------------------------------------- bodies

function gatherBodies(tagged: Tagged, names: readonly Name[]): { all: Body[]; at: Map<number, Body> } {
  const all: Body[] = [];
  const at = new Map<number, Body>();
  const byForm = new Map<string, Body>();
  const byInitials = new Map<string, Body>();
  // Longer names first: "World Health Organization" says what "WHO" is.
  for (const name of [...names].sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first)) {
    const form = textOf(tagged.tokens, name);
    const key = bodyKey(form);
    if (key === '') continue;
    const known = byForm.get(key) ?? (isAcronym(form) ? byInitials.get(lettersOf(form)) : undefined);
    const body = known ?? { name: form, forms: new Map<string, number>(), mentions: [], place: name.kind === 'place' };
    if (known === undefined) {
      all.push(body);
      if (/[\s-]/.test(form)) byInitials.set(initials(form), body);
      const acronym = acronymAfter(tagged, name);
      if (acronym !== undefined) byForm.set(bodyKey(acronym), body);
    }
    byForm.set(key, body);
    body.forms.set(form, (body.forms.get(form) ?? 0) + 1);
    body.mentions.push(mentionOf(tagged, name));
    for (let i = name.first; i <= name.last; i++) at.set(i, body);
  }
  for (const body of all) body.mentions.sort((a, b) => a.first - b.first);
  return { all, at };
}

/** Named three times or more, and twice as often as the next. */
function mainBodyOf(bodies: readonly Body[]): Body | undefined {
  let first: Body | undefined;
  let second = 0;
  for (const body of bodies) {
    if (body.place) continue;
    if (first === undefined || body.mentions.length > first.mentions.length) {
      second = first?.mentions.length ?? 0;
      first = body;
    } else second = Math.max(second, body.mentions.length);
  }
  return first !== undefined && first.mentions.length >= Math.max(3, 2 * second) ? first : undefined;
}

export const bodyKey = (form: string): string => fold(form).replace(/^the /, '');

/** "Department of Housing and Urban Development (HUD)"; behind a place stands who reports from there: "BERLIN (AP)". */
function acronymAfter({ tokens, sentences }: Tagged, { first, last, kind }: Name): string | undefined {
  if (tokens.words[last + 1]?.form !== '(' || tokens.words[last + 3]?.form !== ')') return undefined;
  const { form } = tokens.words[last + 2]!;
  const isDateline = kind === 'place' || (first === last && first === sentences.first[sentences.of[first]!]);
  return isAcronym(form) && !isDateline ? form : undefined;
}

export const isAcronym = (form: string): boolean => /^(?:\p{Lu}\.?){2,8}$/u.test(form);
const lettersOf = (acronym: string): string => acronym.replaceAll('.', '');

/** The first letters of a name's large words: "World Health Organization" gives WHO. */
const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => word[0])
    .join('');
