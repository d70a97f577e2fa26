/** Names of people, organisations and places: an averaged perceptron over hashed features, then one look at the whole document. */

import { Role, rolesOf } from '../lexicon/roles.ts';
import { stopWords } from '../lexicon/stop-words.ts';
import { emptyModifiers, emptyNameWords, emptyNouns } from '../lexicon/topic-words.ts';
import { lazily, readModel } from '../models/weights.ts';
import { isCommonWord, isName, isUnseenName, Tag } from '../text/pos.ts';
import { Kind, type Tokens } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import { Shape, type Word } from '../text/words.ts';
import { endOfBody, endsAsBody, isRestOfBody } from './bodies.ts';
import { GIVEN, isGiven, knownName, Listed, listsOf } from './name-lists.ts';
import { isGeneration } from './person-name.ts';

export type NameKind = 'person' | 'organization' | 'place';

/** A name, titles left out. In reading order, never overlapping. */
export interface Name extends Range {
  readonly kind: NameKind;
}

/** Labels of the tagger: outside, and begin and inside of each kind. */
export const NAME_LABELS = 7;
export const NAME_BITS = 18;
export const NAME_BUCKETS = 1 << NAME_BITS;
export const NAME_FEATURES = 46;
/** Labels are laid out eight to a bucket. */
export const NAME_STRIDE = 8;
const MASK = NAME_BUCKETS - 1;

export interface NameModel {
  /** `weights[bucket * NAME_STRIDE + label]`. */
  readonly weights: Int8Array | Float32Array;
}

const shipped = lazily((): NameModel => ({ weights: new Int8Array(readModel('names').body) }));

const KINDS: readonly NameKind[] = ['person', 'organization', 'place'];

/** Finds the names of a document. */
export function findNames(tagged: Tagged, model: NameModel = shipped()): Name[] {
  const labels = new Uint8Array(tagged.tokens.count);
  const features = new Int32Array(NAME_FEATURES);
  eachName(tagged, labels, features, (count, before) => best(model, features, count, before));
  return agree(
    tagged,
    withExplained(tagged, wholeBodies(tagged.tokens, withoutVerb(tagged.tokens, tidy(tagged, namesOf(labels))))),
  );
}

/** Names from labels. */
export function namesOf(labels: Uint8Array): Name[] {
  const names: Name[] = [];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) continue;
    const first = i;
    const kind = (labels[i]! + 1) >> 1;
    while (i + 1 < labels.length && labels[i + 1] === kind * 2) i++;
    names.push({ first, last: i, kind: KINDS[kind - 1]! });
  }
  return names;
}

/** In packed units. Bodies are named in more ways than training shows; on GUM news recall rises by 5, precision falls by 4. */
const ORGANIZATION_BONUS = 50;

const best = ({ weights }: NameModel, features: Int32Array, count: number, before: number): number => {
  let top = 0;
  let topScore = -Infinity;
  for (let label = 0; label < NAME_LABELS; label++) {
    // An inside label goes on from a label of its own kind only.
    if (label > 0 && (label & 1) === 0 && before !== label && before !== label - 1) continue;
    let score = label === 3 || label === 4 ? ORGANIZATION_BONUS : 0;
    for (let f = 0; f < count; f++) score += weights[features[f]! * NAME_STRIDE + label]!;
    if (score > topScore) {
      topScore = score;
      top = label;
    }
  }
  return top;
};

/** Asks `decide` for every token that may belong to a name. Training walks the same way. */
export function eachName(
  tagged: Tagged,
  labels: Uint8Array,
  features: Int32Array,
  decide: (count: number, before: number, token: number) => number,
): void {
  const { tokens, sentences } = tagged;
  const matches = knownNames(tokens);
  const lower = lowerForms(tokens);
  const seen = new Map<Word, number>();
  for (let s = 0; s < sentences.count; s++) {
    const first = sentences.first[s]!;
    const after = sentences.first[s + 1]!;
    const shouting = isShouting(tokens, first, after);
    let before = 0;
    for (let i = first; i < after; i++) {
      if (!mayBeNamed(tokens, i, before)) {
        before = 0;
        continue;
      }
      const known = certain(tokens, matches, i, first, after);
      if (known > i) {
        const label = matches[i]! <= 2 ? 1 : 5;
        labels[i] = label;
        labels.fill(label + 1, i + 1, known);
        before = known - i > 1 ? label + 1 : label;
        i = known - 1;
        continue;
      }
      const word = tokens.words[i]!;
      const context = flagOf(lower, word.hash) + (i === first ? 2 : 0) + (shouting ? 4 : 0);
      const count = fillFeatures(tagged, i, first, after, before, matches[i]!, context, seen.get(word) ?? 0, features);
      before = decide(count, before, i);
      labels[i] = before;
      if (before > 0 && word.shape !== Shape.lower) seen.set(word, ((before + 1) >> 1) + 1);
    }
  }
}

/** One past the last token of a listed name that starts here and stands alone: no capital beside it. `i` when there is none. */
function certain(tokens: Tokens, matches: Uint8Array, i: number, first: number, after: number): number {
  const begin = matches[i]!;
  if (begin !== 1 && begin !== 3) return i;
  let end = i + 1;
  while (end < after && matches[end] === begin + 1) end++;
  const beside = (k: number): boolean =>
    k >= first && k < after && tokens.kind[k] === Kind.word && isCapital(tokens.words[k]!);
  if (beside(end)) return i;
  if (begin === 1) return end;
  return i > first && beside(i - 1) ? i : end;
}

const isCapital = ({ shape }: Word): boolean =>
  shape === Shape.capital || shape === Shape.allCapitals || shape === Shape.initial;

/** Small words that stand inside names ("Bank of England", "Ursula von der Leyen"). */
const links = new Set(
  'of for and & the de la le du del der den van von bin ibn al el da dos das di e y - on in to at'.split(' '),
);

function mayBeNamed(tokens: Tokens, i: number, before: number): boolean {
  const word = tokens.words[i]!;
  if (isCapital(word)) return true;
  if (word.shape === Shape.number || word.shape === Shape.year) return before > 0;
  if (word.shape === Shape.hyphenated || word.shape === Shape.other) {
    // Most of these are a sign of one character.
    if (word.form.length === 1) return before > 0 && word.form === '&';
    return /^(?:al|el|ad|an|as|ash|d['’])-?\p{Lu}|^[a-z]\p{Lu}/u.test(word.form);
  }
  return before > 0 && links.has(word.lower) && i + 1 < tokens.count && isCapital(tokens.words[i + 1]!);
}

/** Per token: 0, or where it stands in a known name: 1 begin, 2 inside of a person, 3, 4 of a place. */
function knownNames(tokens: Tokens): Uint8Array {
  const matches = new Uint8Array(tokens.count);
  for (let i = 0; i < tokens.count; i++) {
    const match = tokens.kind[i] === Kind.word ? knownName(tokens, i) : undefined;
    if (match === undefined) {
      if (isCountry(tokens, i)) matches[i] = 3;
      continue;
    }
    const begin = match.kind === 'person' ? 1 : 3;
    matches[i] = begin;
    matches.fill(begin + 1, i + 1, match.last + 1);
    i = match.last;
  }
  return matches;
}

/** A country or a state in one word; "Georgia" and "Chad" are people too, so a first name is none. */
const isCountry = (tokens: Tokens, i: number): boolean =>
  isCapital(tokens.words[i]!) && (listsOf(tokens.words[i]!) & (Listed.country | GIVEN)) === Listed.country;

const LOWER_BITS = 14;

/** Words that the document also writes without a capital, one flag a hash: now and then a stranger shares it. */
function lowerForms({ words }: Tokens): Uint32Array {
  const flags = new Uint32Array(1 << (LOWER_BITS - 5));
  for (const { shape, hash } of words)
    if (shape === Shape.lower) flags[(hash >>> 5) & (flags.length - 1)]! |= 1 << (hash & 31);
  return flags;
}

/** 1 or 0. */
const flagOf = (flags: Uint32Array, hash: number): number =>
  (flags[(hash >>> 5) & (flags.length - 1)]! >>> (hash & 31)) & 1;

/** A headline in capitals, or in title case: its capitals say little. */
function isShouting(tokens: Tokens, first: number, after: number): boolean {
  let small = 0;
  let large = 0;
  for (let i = first; i < after; i++) {
    if (tokens.kind[i] !== Kind.word) continue;
    if (isCapital(tokens.words[i]!)) large++;
    else if (tokens.words[i]!.lower.length > 4) small++;
  }
  return large >= 4 && small * 4 <= large;
}

// ---------------------------------------------------------------- features

const PAD = { hash: 1, suffix3: 2, suffix2: 3, shape: 9, lower: '', form: ' ' } as Word;

function bucket(template: number, a: number, b: number): number {
  let x = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  return (x ^ (x >>> 13)) & MASK;
}

function fillFeatures(
  { tokens, tags }: Tagged,
  i: number,
  first: number,
  after: number,
  before: number,
  match: number,
  context: number,
  memory: number,
  out: Int32Array,
): number {
  const { words } = tokens;
  const word = words[i]!;
  const left = i > first ? words[i - 1]! : PAD;
  const left2 = i > first + 1 ? words[i - 2]! : PAD;
  const right = i + 1 < after ? words[i + 1]! : PAD;
  const right2 = i + 2 < after ? words[i + 2]! : PAD;
  const tag = tags[i]!;
  const tagLeft = i > first ? tags[i - 1]! : 60;
  const tagRight = i + 1 < after ? tags[i + 1]! : 61;
  const lists = listsOf(word);
  const listsLeft = left === PAD ? 0 : listsOf(left);
  const listsRight = right === PAD ? 0 : listsOf(right);
  // The head of a run of capitals tells what the run is: "Oakland Unified School District".
  let end = i;
  while (end + 1 < after && end < i + 6 && mayGoOn(tokens, end + 1)) end++;
  const head = words[end]!;
  const listsHead = listsOf(head);
  const runLength = Math.min(end - i, 4);
  const afterRun = end + 1 < after ? words[end + 1]! : PAD;
  let n = 0;
  out[n++] = bucket(0, word.hash, 0);
  out[n++] = bucket(1, word.hash, before);
  out[n++] = bucket(2, word.suffix3, word.shape);
  out[n++] = bucket(3, word.suffix2, before);
  out[n++] = bucket(4, word.shape, before * 8 + context);
  out[n++] = bucket(5, left.hash, before);
  out[n++] = bucket(6, right.hash, 0);
  out[n++] = bucket(7, left2.hash, left.hash);
  out[n++] = bucket(8, right.hash, right2.hash);
  out[n++] = bucket(9, left.hash, word.hash);
  out[n++] = bucket(10, word.hash, right.hash);
  out[n++] = bucket(11, tag * 64 + tagLeft, tagRight);
  out[n++] = bucket(12, tag, before);
  out[n++] = bucket(13, lists, before);
  out[n++] = bucket(14, lists, listsLeft);
  out[n++] = bucket(15, lists, listsRight);
  out[n++] = bucket(16, listsLeft, before);
  out[n++] = bucket(17, listsRight, before);
  out[n++] = bucket(18, head.hash, before);
  out[n++] = bucket(19, listsHead, before * 8 + runLength);
  out[n++] = bucket(20, head.suffix3, runLength);
  out[n++] = bucket(21, afterRun.hash, before);
  out[n++] = bucket(22, afterRun.suffix3, tagRight);
  out[n++] = bucket(23, match, before);
  out[n++] = bucket(24, match * 8 + context, word.shape);
  out[n++] = bucket(25, memory, before);
  out[n++] = bucket(26, memory, left.hash);
  out[n++] = bucket(27, left.shape * 10 + word.shape, right.shape * 10 + right2.shape);
  out[n++] = bucket(28, left.suffix3, tagLeft);
  out[n++] = bucket(29, right.suffix3, tagRight);
  out[n++] = bucket(30, prefixOf(word.lower), word.shape);
  out[n++] = bucket(31, context, tag);
  out[n++] = bucket(32, lists, runLength * 16 + context);
  out[n++] = bucket(33, before, left.shape * 64 + tagLeft);
  out[n++] = bucket(34, lists & ~Listed.surname, listsHead);
  return n;
}

/** The first three letters as a number. */
const prefixOf = (lower: string): number =>
  (lower.charCodeAt(0) << 16) ^ ((lower.charCodeAt(1) | 0) << 8) ^ (lower.charCodeAt(2) | 0);

const mayGoOn = (tokens: Tokens, i: number): boolean =>
  isCapital(tokens.words[i]!) && tokens.kind[i] === Kind.word && tokens.start[i]! - tokens.end[i - 1]! <= 1;

// ---------------------------------------------------------------- tidying

/** People's names without titles, bodies or another name in them: "Council Ana López" is Ana López. */
function tidy(tagged: Tagged, names: readonly Name[]): Name[] {
  const surnames = new Set(
    names
      .filter(({ kind, first, last }) => kind === 'person' && first < last)
      .map(({ last }) => tagged.tokens.words[last]!),
  );
  const tidied = names.flatMap((name): Name[] => {
    if (name.kind !== 'person' && !isInitialled(tagged.tokens, name)) return [withoutLink(tagged.tokens, name)];
    if (isRestOfBody(tagged.tokens, name)) return [wholeBody(tagged, name)];
    return followsBody(tagged.tokens, name) || endsAsBody(tagged.tokens, name)
      ? [{ ...name, kind: 'organization' as const }]
      : tidyPerson(tagged, name, surnames);
  });
  return joined(tagged.tokens, tidied).map((name, k, all) =>
    toItsEnd(tagged, withFirstName(tagged, name, all[k - 1]?.last ?? -1)),
  );
}

/** "Donald Trump, Jr." is the son; and initials are followed by a name: "George H.W." Bush. */
function toItsEnd({ tokens }: Tagged, name: Name): Name {
  if (name.kind !== 'person') return name;
  const next = tokens.words[name.last + 1];
  if (next !== undefined && isCapital(next) && name.first < name.last && INITIALS.test(tokens.words[name.last]!.form))
    return { ...name, last: name.last + 1 };
  const at = tokens.words[name.last + 1]?.form === ',' ? name.last + 2 : name.last + 1;
  return isGeneration(tokens.words[at]?.form ?? '') ? { ...name, last: at } : name;
}

const INITIALS = /^(?:\p{Lu}\.)+$/u;

/** "Walter de Sousa" and "Rob McIntosh" are one, where the tagger made two of them. */
function joined(tokens: Tokens, names: readonly Name[]): readonly Name[] {
  const whole: Name[] = [];
  for (const name of names) {
    const before = whole.at(-1);
    if (before !== undefined && goesOn(tokens, before, name)) whole[whole.length - 1] = { ...before, last: name.last };
    else whole.push(name);
  }
  return whole;
}

function goesOn({ words }: Tokens, a: Name, b: Name): boolean {
  if (a.kind !== 'person' || b.kind === 'organization') return false;
  let at = b.first - 1;
  while (at > a.last && PARTICLES.has(words[at]!.form)) at--;
  if (at !== a.last) return false;
  const word = words[at]!;
  const isFirstName = isGiven(word) && (listsOf(word) & Listed.title) === 0 && !word.form.endsWith('.');
  return b.first - at > 1 || (a.first === a.last && b.kind === 'person' && isFirstName);
}

/** "H.R. McMaster" is a person, "U.S. Bank" is none. */
const isInitialled = ({ words }: Tokens, { first, last }: Name): boolean =>
  last === first + 1 &&
  /^(?:\p{Lu}\.){2,3}$/u.test(words[first]!.form) &&
  !/^(?:U\.[SKN]|E\.U|D\.C|L\.A|N\.Y|U\.S\.A)\.$/.test(words[first]!.form) &&
  isUnseenName(words[last]!) &&
  (listsOf(words[last]!) & (Listed.body | Listed.place)) === 0;

/** "University of South Carolina" is one name, whatever the tagger made of its parts. */
function wholeBodies(tokens: Tokens, names: readonly Name[]): readonly Name[] {
  const whole: Name[] = [];
  for (const name of names) {
    const before = whole.at(-1);
    if (before !== undefined && name.first <= before.last) continue;
    const end = name.kind === 'organization' ? endOfBody(tokens, name) : name.last;
    whole.push({ ...name, last: end });
  }
  return whole;
}

/** A first name right before a bare surname belongs to it, where the tagger left it out. */
function withFirstName({ tokens, sentences }: Tagged, name: Name, taken: number): Name {
  const before = name.first - 1;
  if (name.kind !== 'person' || name.first !== name.last || before <= taken) return name;
  const word = tokens.words[before]!;
  const fits =
    isCapital(word) && isGiven(word) && !LEADS.test(word.form) && (listsOf(word) & (NOT_PERSONAL | Listed.place)) === 0;
  return fits && sentences.of[before] === sentences.of[name.first] ? { ...name, first: before } : name;
}

/** "The news agency Tass", "the firm Marsh": a lower-case noun for a body right before one word. */
function followsBody({ words }: Tokens, { first, last }: Name): boolean {
  const before = words[first - 1];
  // "Operation Clean Sea" is nobody.
  if (before?.form === 'Operation') return true;
  if (first !== last || before === undefined || before.shape !== Shape.lower || isGiven(words[first]!)) return false;
  return APPOSED.has(before.lower);
}

const APPOSED = new Set(
  'agency newspaper firm company group network broadcaster magazine charity nonprofit startup party union website site'.split(
    ' ',
  ),
);

/** "The Border Patrol", of which the tagger saw the last word: with the capitals before it. */
function wholeBody({ tokens, sentences }: Tagged, { first, last }: Name): Name {
  const floor = sentences.first[sentences.of[first]!]!;
  let begin = first;
  while (
    begin > floor &&
    mayGoOn(tokens, begin) &&
    isCapital(tokens.words[begin - 1]!) &&
    !isDeterminer(tokens, begin - 1)
  )
    begin--;
  return { first: begin, last, kind: 'organization' };
}

const isDeterminer = ({ words }: Tokens, i: number): boolean =>
  /^(?:the|an?|this|that|his|her|our|their)$/.test(words[i]!.lower);

/** No name ends with "of" or "and". */
function withoutLink(tokens: Tokens, name: Name): Name {
  let { last } = name;
  while (last > name.first && links.has(tokens.words[last]!.lower)) last--;
  return last === name.last ? name : { ...name, last };
}

const NOT_PERSONAL = Listed.body | Listed.title | Listed.calendar;

/**
 * A word that is nobody's name where it stands alone: "the President", "He'll", and at the head of a sentence "Moreover",
 * "Answer". A surname that is such a word ("Love", "Power") is known from the full name.
 */
export function isMereWord({ tokens, sentences }: Tagged, i: number): boolean {
  const word = tokens.words[i]!;
  const listed = listsOf(word);
  if (/['’](?:ll|re|ve|d|m)$/.test(word.lower)) return true;
  if (listed & GIVEN) return false;
  if (listed & Listed.title) return true;
  const opens = i === sentences.first[sentences.of[i]!] || /^[:;—–]$/.test(tokens.words[i - 1]!.form);
  return opens && (listed & Listed.surname) === 0 && isEmptyWord(word.lower);
}

const isEmptyWord = (lower: string): boolean =>
  /^(?:wow|oh|ah|hey|hello|yeah|okay|alas|amen|furthermore|likewise|elsewhere|nonetheless|nevertheless|therefore|additionally|consequently|accordingly)$/.test(
    lower,
  ) ||
  stopWords.has(lower) ||
  emptyNouns.has(lower) ||
  emptyModifiers.has(lower) ||
  emptyNameWords.has(lower);

/** A word that names no person alone: listed as something else, or a mere word that is nobody's surname here. */
function isNobody(tagged: Tagged, i: number, surnames: ReadonlySet<Word>): boolean {
  const word = tagged.tokens.words[i]!;
  return (listsOf(word) & (Listed.people | Listed.calendar)) !== 0 || (!surnames.has(word) && isMereWord(tagged, i));
}

function tidyPerson(tagged: Tagged, { first, last }: Name, surnames: ReadonlySet<Word>): Name[] {
  const { tokens, sentences, tags } = tagged;
  const found: Name[] = [];
  // "Sen. Ana López, R-Norland"
  if (/^[DIR]-\p{Lu}/u.test(tokens.words[first]!.form)) return found;
  // "Even Trump", "In Sanders": the capital is the sentence's.
  const opens = last === first + 1 && first === sentences.first[sentences.of[first]!];
  const isWord = isCommonWord(tokens.words[first]!) && (!isName(tags[first]!) || listsOf(tokens.words[first]!) === 0);
  let from = (opens && isWord) || (last === first + 1 && LEADS.test(tokens.words[first]!.form)) ? last : first;
  for (let i = first; i <= last + 1; i++) {
    const ends = i > last || tokens.words[i]!.lower === 'and' || tokens.words[i]!.form === '&';
    if (!ends) continue;
    let begin = from;
    while (
      begin < i &&
      links.has(tokens.words[begin]!.lower) &&
      tokens.words[begin]!.shape === Shape.lower &&
      !PARTICLES.has(tokens.words[begin]!.lower)
    )
      begin++;
    while (begin < i - 1 && isTitleHere(tokens.words[begin]!, i - begin)) begin++;
    // "Obama Says He Will" is a headline.
    let end = i - 1;
    while (end > begin && isHeadlineVerb(tokens.words[end]!)) end--;
    const isLone = end === begin;
    if (begin < i && !(isLone && isNobody(tagged, begin, surnames))) {
      const kind = isLone && isListedBody(tokens.words[begin]!) ? 'organization' : 'person';
      found.push(withoutLink(tokens, { first: begin, last: end, kind }));
    }
    from = i + 1;
  }
  return found;
}

const isHeadlineVerb = (word: Word): boolean => word.form.endsWith('s') && (rolesOf(word) & Role.plainCue) !== 0;

const isListedBody = (word: Word): boolean => (listsOf(word) & (Listed.acronym | GIVEN)) === Listed.acronym;

const LEADS = /^(?:In|On|At|For|With|As|But|And|If|When|While|After|Before|Even)$/;

const PARTICLES = new Set('de la le du del der den van von bin ibn al el da dos das di'.split(' '));

/** "Dean" and "Mayor" are first names too: a title only when a whole name follows. */
const isTitleHere = (word: Word, length: number): boolean =>
  (listsOf(word) & NOT_PERSONAL) !== 0 && (length > 2 || !isGiven(word));

/** What no surname is, whatever stands before it. */
const NEVER_SURNAME = Listed.country | Listed.calendar | Listed.people | Listed.acronym;

/** "Coastal Water Authority (CWA)": the letters prove that the words before are one name. */
function withExplained({ tokens }: Tagged, names: readonly Name[]): readonly Name[] {
  const added: Name[] = [];
  for (let i = 2; i + 2 < tokens.count; i++) {
    const word = tokens.words[i + 1]!;
    if (tokens.words[i]!.form !== '(' || word.shape !== Shape.allCapitals || tokens.words[i + 2]!.form !== ')')
      continue;
    const first = beginningOf(tokens, i - 1, word.form.replaceAll('.', ''));
    if (first !== undefined) added.push({ first, last: i - 1, kind: 'organization' });
  }
  if (added.length === 0) return names;
  const free = (name: Name): boolean => !added.some(({ first, last }) => name.first <= last && name.last >= first);
  return [...names.filter(free), ...added].sort((a, b) => a.first - b.first);
}

/** First token of the words that end at `last` and whose capitals are `letters`. */
function beginningOf(tokens: Tokens, last: number, letters: string): number | undefined {
  if (letters.length < 2 || letters.length > 8) return undefined;
  let k = letters.length - 1;
  for (let i = last; i >= 0 && i > last - 14; i--) {
    const word = tokens.words[i]!;
    if (isCapital(word)) {
      if (word.form[0] !== letters[k]) return undefined;
      if (k-- === 0) return withOffice(tokens, i);
    } else if (!links.has(word.lower)) return undefined;
  }
  return undefined;
}

/** "Department of" before what the letters stand for. */
function withOffice(tokens: Tokens, first: number): number {
  const head = tokens.words[first - 2];
  return tokens.words[first - 1]?.lower === 'of' && head !== undefined && isCapital(head) && listsOf(head) & Listed.body
    ? first - 2
    : first;
}

// ---------------------------------------------------------------- the whole document

/**
 * Second look: a name seen in full makes its bare parts certain. "Ana López" makes each bare "López" a person, even
 * where the words around it suggest a town.
 */
function agree({ tokens, tags }: Tagged, names: readonly Name[]): Name[] {
  const people = new Set<Word>();
  /** Surnames that are words for something else, too: a bare one is a person only where it speaks. */
  const doubtful = new Set<Word>();
  for (const { first, last, kind } of names) {
    if (kind !== 'person' || first === last) continue;
    const word = tokens.words[last]!;
    const sure =
      isGiven(tokens.words[first]!) || (first > 0 && (listsOf(tokens.words[first - 1]!) & Listed.title) !== 0);
    if (!isCapital(word) || word.lower.length < 2) continue;
    if ((listsOf(word) & NEVER_SURNAME) !== 0) doubtful.add(word);
    else if (sure) people.add(word);
  }
  if (people.size + doubtful.size === 0) return [...names];
  const taken = new Uint8Array(tokens.count);
  for (const { first, last } of names) taken.fill(1, first, last + 1);
  const found = names.map((name) =>
    name.first === name.last && name.kind !== 'person' && people.has(tokens.words[name.first]!)
      ? { ...name, kind: 'person' as const }
      : name,
  );
  for (let i = 0; i < tokens.count; i++) {
    const word = tokens.words[i]!;
    if (taken[i] === 1 || !isCapital(word)) continue;
    const isPerson = people.has(word)
      ? isName(tags[i]!) || tags[i] === Tag.NN
      : doubtful.has(word) && speaks(tokens, i);
    if (!isPerson) continue;
    if (followsOrLeadsName(tokens, taken, i)) continue;
    found.push({ first: i, last: i, kind: 'person' });
  }
  return found.sort((a, b) => a.first - b.first);
}

/** "Ana López Delivers", in a headline, is Ana López, whom the text names so. */
function withoutVerb({ words }: Tokens, names: readonly Name[]): readonly Name[] {
  const textOf = ({ first, last }: Range): string => {
    let text = '';
    for (let i = first; i <= last; i++) text += `${words[i]!.folded} `;
    return text;
  };
  const isFull = ({ kind, first, last }: Name): boolean =>
    kind === 'person' && last === first + 1 && isGiven(words[first]!) && words[last]!.shape !== Shape.initial;
  const known = new Set(names.filter(isFull).map(textOf));
  return names.map((name) => {
    const isLonger = name.kind === 'person' && name.last === name.first + 2 && !isGiven(words[name.last - 1]!);
    if (!isLonger) return name;
    const shorter = { ...name, last: name.last - 1 };
    const isVerb = isCommonWord(words[name.last]!) || words[name.last]!.lower.endsWith('s');
    return isVerb && known.has(textOf(shorter)) ? shorter : name;
  });
}

/** "Black said.", "said Black.": not "Black voters said". */
function speaks({ words }: Tokens, i: number): boolean {
  const isSaying = (k: number): boolean => SAYING.test(words[k]?.lower ?? '');
  return isSaying(i + 1) || (isSaying(i - 1) && !isCapital(words[i + 1] ?? words[i]!));
}

const SAYING = /^(?:said|says|added|adds|told|tells|asked|wrote|writes|explained|argued|noted|warned)$/;

const followsOrLeadsName = (tokens: Tokens, taken: Uint8Array, i: number): boolean =>
  (i > 0 && taken[i - 1] === 1 && isCapital(tokens.words[i - 1]!)) ||
  (i + 1 < tokens.count && taken[i + 1] === 1 && isCapital(tokens.words[i + 1]!));
