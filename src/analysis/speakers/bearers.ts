/** Whose bare name it is: "Biden" after "Joe Biden" and "Hunter Biden", "President Biden" before both. */
import { COURTESY, FEMALE, KIN, MALE, OFFICES } from '../lexicon/people.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { gazetteer, givenNameGender } from '../names/gazetteer.ts';
import { firstNamesAgree, middlesAgree, type PersonName, personName } from '../names/person-name.ts';
import { roleAfter, roleBefore } from '../names/role-phrases.ts';
import { isNewsWord } from '../text/background.ts';
import { stem } from '../text/stem.ts';
import { plain } from '../text/text-of.ts';
import type { Range, Tagged } from '../text/types.ts';
import type { Person } from './entities.ts';

/** Of one person, looked at for each bare name: the full ones stand first. */
const MOST_MENTIONS = 40;

/** Two full forms of one person within a document. */
export function isFormOf(a: PersonName, b: PersonName): boolean {
  if (a.first === undefined || b.first === undefined || a.last !== b.last) return false;
  if ((a.suffix ?? b.suffix) !== (b.suffix ?? a.suffix) || (a.suffix === 'jr') !== (b.suffix === 'jr')) return false;
  return firstNamesAgree(a.first, b.first) !== 'no' && middlesAgree(a.middle, b.middle);
}

/**
 * "Trump Jr." is no bare form of Donald Trump, and "Trump" his son only where he is the one Trump. A son who shares the
 * name with others than his father is called by it like anybody.
 */
export function withSuffixOf({ suffix }: PersonName, bearers: readonly Person[]): readonly Person[] {
  if (suffix !== undefined) return bearers.filter(({ parsed }) => parsed.suffix === suffix);
  const isNamesake = ({ first }: PersonName): boolean =>
    bearers.some(({ parsed }) => parsed.suffix === undefined && (first === undefined || parsed.first === first));
  return bearers.filter(({ parsed }) => parsed.suffix === undefined || !isNamesake(parsed));
}

/** Among the bearers of a bare name the one it means; the title before it, the order and the weight decide. */
export function bestBearer(tagged: Tagged, bearers: readonly Person[], name: Range): Person | undefined {
  const office = officeBefore(tagged, name.first);
  const candidates = office === undefined ? bearers : bearers.filter((person) => mayHold(tagged, person, name, office));
  if (candidates.length <= 1) return candidates[0];
  const title = titleGender(tagged, name.first);
  const latest = latestSubject(candidates, name.first);
  let best: Person | undefined;
  let bestScore = -Infinity;
  for (const person of candidates) {
    const guess = title === undefined ? undefined : guessGender(person);
    if (guess !== undefined && guess !== title) continue;
    const before = person.mentions[0]!.first < name.first ? 1 : 0;
    // Someone whom the article never calls by a first name is called by the last one.
    const isBare = person.parsed.first === undefined ? 1.5 : 0;
    const score =
      before * 2 + Math.min(person.mentions.length, 6) * 0.5 + isBare + (person === latest ? LATEST_SUBJECT : 0);
    if (score > bestScore) {
      best = person;
      bestScore = score;
    }
  }
  return best;
}

const LATEST_SUBJECT = 1.5;

/** "Olaf Lindqvist, son of Gustaf Lindqvist, came. Lindqvist said": of whom the text was telling last. */
function latestSubject(people: readonly Person[], before: number): Person | undefined {
  let latest: Person | undefined;
  let at = -1;
  for (const person of people)
    for (const { first, subject, quoted, possessive } of person.mentions.slice(-MOST_MENTIONS))
      if (subject && !quoted && !possessive && first < before && first > at) {
        latest = person;
        at = first;
      }
  return latest;
}

/** "mayor" in "Mayor Lindqvist": no courtesy, which anybody has. */
function officeBefore({ tokens }: Tagged, first: number): string | undefined {
  const word = first > 0 ? plain(tokens, first - 1) : '';
  return word !== '' && !COURTESY.has(word) && rolesOf(tokens.words[first - 1]!) & Role.title ? word : undefined;
}

/**
 * Is this person, whom the article names in full, the one with that office? The table of public figures decides where it
 * knows who held it under that name; else the article's own words, which may not make of the mayor's son the mayor.
 */
function mayHold(tagged: Tagged, { parsed, mentions }: Person, name: Range, office: string): boolean {
  if (parsed.first === undefined) return true;
  const known = OFFICES.get(office);
  const holders = (gazetteer().bySurname.get(parsed.last) ?? []).filter(({ terms }) =>
    terms.some((term) => term.office === known),
  );
  if (holders.length > 0) return holders.some((figure) => isFormOf(personName(figure.name) ?? parsed, parsed));
  const full = mentions.slice(0, MOST_MENTIONS).filter(({ first, last }) => first < last);
  const roles = full.flatMap(({ first, last }) => [roleBefore(tagged, first), roleAfter(tagged, last)]);
  if (roles.some((role) => role?.head === office)) return true;
  const isKin = full.some(({ first }) => KIN.has(plain(tagged.tokens, first - 1)));
  return !isKin && mentions[0]!.first < name.first;
}

const MOST_COMPARED = 150;

/** "Bauchtman" for Buchtmann: a letter or two off, and nobody else is near. */
export function misspelt(people: readonly Person[], { last: word, suffix }: PersonName): Person | undefined {
  if (suffix !== undefined || word.length < 5 || people.length > MOST_COMPARED) return undefined;
  const allowed = word.length > 7 ? 2 : 1;
  const near = people.filter(({ parsed }) => parsed.last.length > 4 && lettersApart(parsed.last, word) <= allowed);
  const [only] = near;
  return near.length === 1 && (!hasMeaning(word) || `${word}s` === only!.parsed.last) ? only : undefined;
}

/** "Osama" is a name of its own beside Obama, and "Peace" a word beside Pence. */
const hasMeaning = (word: string): boolean =>
  givenNameGender(word) !== undefined || gazetteer().bySurname.has(word) || isNewsWord(stem(word));

/** Levenshtein distance, up to 3. */
function lettersApart(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a[0] !== b[0]) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

export function titleGender(tagged: Tagged, first: number): 'm' | 'f' | undefined {
  if (first === 0) return undefined;
  const { tokens } = tagged;
  // "His mother, Ernestine"
  const isApposed = first > 1 && plain(tokens, first - 1) === ',' && KIN.has(plain(tokens, first - 2));
  const before = plain(tokens, isApposed ? first - 2 : first - 1);
  return MALE.has(before) ? 'm' : FEMALE.has(before) ? 'f' : undefined;
}

export const guessGender = (person: Person): 'm' | 'f' | undefined =>
  person.parsed.first === undefined ? undefined : givenNameGender(person.parsed.first);
