/** Who "I" is where nobody is quoted: the one person who signs the article, if it is told in the first person. */

import { Role, rolesOf } from '../lexicon/roles.ts';
import { GIVEN, Listed, listsOf } from '../names/name-lists.ts';
import { fold } from '../text/fold.ts';
import { Inside } from '../text/marks.ts';
import { Kind } from '../text/tokens.ts';
import type { Relation, Tagged } from '../text/types.ts';
import { wordAt } from '../text/words.ts';

/**
 * The one person whom the bylines name, or none: for two people, an agency, "Staff", or names that may be anything.
 *
 * @param bylines As the source states them: "By Ana Ruiz, staff writer", "ANA RUIZ | The Echo".
 */
export function writerOf(bylines: readonly string[]): string | undefined {
  let writer: string | undefined;
  for (const byline of bylines) {
    const names = byline
      .replace(/^\s*(?:(?:story |written |reported |posted )?by|from)\b:?\s*/i, '')
      .split(/\s*(?:[,|·•;/&–—]|\band\b|\bwith\b|\bas told to\b|\s-\s)\s*/iu)
      .filter((part) => part !== '');
    const people = names.map(personIn).filter((name) => name !== undefined);
    if (people.length > 1 || (people.length === 1 && people[0] !== personIn(names[0]!))) return undefined;
    const [person] = people;
    if (person === undefined) continue;
    if (writer !== undefined && fold(writer) !== fold(person)) return undefined;
    writer = person;
  }
  return writer;
}

/** Two to four capitals, the first of them a given name, none of them a word for a body or a job. */
function personIn(part: string): string | undefined {
  const words = part.trim().split(/\s+/);
  if (words.length < 2 || words.length > 4) return undefined;
  if ((known(words[0]!).lists & GIVEN) === 0) return undefined;
  for (const word of words.slice(1)) {
    const { roles, lists } = known(word);
    if (!(NAME.test(word) || PARTICLE.test(word)) || NO_SURNAME.test(word)) return undefined;
    if (lists & NAMES_BODIES || roles & NAMES_JOBS) return undefined;
  }
  return words.map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word[0]! + word.slice(1).toLowerCase() : word)).join(' ');
}

function known(word: string): { readonly lists: number; readonly roles: number } {
  const shared = wordAt(word, 0, word.length);
  return { lists: listsOf(shared), roles: rolesOf(shared) };
}

const NAMES_BODIES = Listed.body | Listed.people | Listed.acronym;
const NAMES_JOBS = Role.title | Role.body | Role.people | Role.person;

const NAME = /^\p{Lu}(?:\.|[\p{L}'’.-]+)$/u;
const PARTICLE = /^(?:de|da|do|dos|del|della|der|den|di|du|la|le|van|von|bin|al|el|y)$/;
const NO_SURNAME =
  /^(?:staff|editorial|desk|newsroom|wire|report|echo|daily|weekly|tech|state|communications|relations|admin|guest|online|digital|american|today|bugle|courier|sentinel|beacon|dispatch)$/i;

/** Fewer "I", "me" and "my" than this outside quotation marks may be a slip of somebody's marks. */
const LEAST_FIRST_PERSON = 2;
/** Paragraphs that ask: more of them, and the answers between may be somebody's without marks. */
const MOST_QUESTIONS = 2;
const LONGEST_QUESTION = 45;
const LONGEST_SIGNATURE = 6;

/** Whether the article is its writer's own telling: no interview, no letters of others, no story told to somebody. */
export function tellsAsWriter({ tokens, marks }: Tagged, relations: readonly Relation[], writer: string): boolean {
  if (relations.some(({ origin }) => origin === 'transcript') || OTHERS.test(tokens.text)) return false;
  const surname = fold(writer).split(' ').at(-1)!;
  let firstPerson = 0;
  let questions = 0;
  let from = 0;
  let isSignedByOther = false;
  for (let i = 0; i < tokens.count; i++) {
    const isOutside = marks.inside[i] === Inside.no;
    if (isOutside && /^(?:i|me|my|i['’](?:m|ve|d|ll))$/.test(tokens.words[i]!.lower)) firstPerson++;
    if (i + 1 < tokens.count && tokens.paragraph[i + 1] === tokens.paragraph[i]) continue;
    if (isOutside && tokens.words[i]!.form === '?' && i - from < LONGEST_QUESTION) questions++;
    isSignedByOther = signs(tokens.words.slice(from, i + 1), tokens.kind.slice(from, i + 1), surname);
    from = i + 1;
  }
  return firstPerson >= LEAST_FIRST_PERSON && questions <= MOST_QUESTIONS && !isSignedByOther;
}

const OTHERS =
  /\bas told to\b|\b(?:interview|conversation|transcript|answers?|excerpts?)\b.{0,40}\b(?:edited|condensed|abridged|translated)\b|\b(?:edited|condensed) (?:lightly )?for (?:length|clarity|space)|^\s*(?:dear|to the) (?:editors?|sirs?|madam)\b/im;

/** A short last paragraph of nothing but capitals: "Rita Vale, Dunmore" under a letter. */
function signs(words: Tagged['tokens']['words'], kinds: Uint8Array, surname: string): boolean {
  if (words.length > LONGEST_SIGNATURE || words.length < 2) return false;
  const own = words.filter((_, k) => kinds[k] === Kind.word);
  return (
    own.length > 1 && own.every(({ form }) => /^\p{Lu}/u.test(form)) && !own.some(({ form }) => fold(form) === surname)
  );
}
