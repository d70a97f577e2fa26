/** What kind of words name a source: a pronoun, a name, a role, people, a body ... */

import { WEEKDAYS } from '../lexicon/occasions.ts';
import { COURTESY, KIN } from '../lexicon/people.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { stopWords } from '../lexicon/stop-words.ts';
import { GIVEN, Listed, listsOf } from '../names/name-lists.ts';
import { isRoleNoun } from '../names/role-phrases.ts';
import { isName, isNominal, isVerb, Tag } from '../text/pos.ts';
import { plain } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import { Shape, type Word } from '../text/words.ts';
import type { Entities, Person } from './entities.ts';
import { isPeopleNoun } from './source-kind.ts';

export type SourceShape =
  /** "she", "they", "who". */
  | 'pronoun'
  | 'person'
  /** "the mayor", "a senior official". */
  | 'role'
  /** "officials", "72 House Democrats". */
  | 'people'
  /** "the State Department", "the company", "Reuters". */
  | 'body'
  /** "Ana López and Juan Marsh". */
  | 'several'
  /** "@handle". */
  | 'account'
  /** Anything else: "the charges", "someone". */
  | 'thing';

/** The words of a source, trimmed of marks and prepositions, with its head. */
export interface SourcePhrase extends Range {
  readonly shape: SourceShape;
  /** The noun or name that the rest depends on. */
  readonly head: number;
  /** First token after the article ("the", "a") and the possessive pronoun. */
  readonly core: number;
  /** Last token of the core, before any "of", "for", "who" or comma. */
  readonly coreLast: number;
  readonly person?: Person;
  /** Lower-case determiner, if any. */
  readonly determiner: string;
}

const determiners = new Set(
  'the a an this that these those some one another any his her their its my our your many several most few other all both no each every'.split(
    ' ',
  ),
);
const leading = new Set(
  'according to by from per of for with says said via and but as both even when while in'.split(' '),
);

/** Takes the words of a source apart; `undefined` when nothing is left of them. */
export function sourcePhrase(tagged: Tagged, range: Range, entities: Entities): SourcePhrase | undefined {
  const { tokens, tags } = tagged;
  let { first, last } = fromOfficial(tagged, range, entities);
  while (first <= last && isLoose(tagged, first)) first++;
  const isBoth = (i: number): boolean => plain(tokens, i) === 'both' && tags[i + 1] === Tag.NNS;
  while (first < last && leading.has(plain(tokens, first)) && !isName(tags[first]!) && !isBoth(first)) first++;
  while (first <= last && isLoose(tagged, first)) first++;
  // "Moreover, critics"
  if (first + 1 < last && tokens.words[first + 1]!.form === ',' && stopWords.has(plain(tokens, first))) first += 2;
  while (
    last >= first &&
    (isLoose(tagged, last) || tags[last] === Tag.POS || (last > first && isRemainder(tagged, last)))
  )
    last--;
  last = beforeTime(tagged, first, last);
  // "The Times in August"
  if (last - first > 2 && tags[last - 1] === Tag.IN && listsOf(tokens.words[last]!) & Listed.calendar) last -= 2;
  if (first > last) return undefined;
  if (first > 0 && isCounted(tagged, first, last)) first--;
  const determiner = determiners.has(plain(tokens, first)) && first < last ? plain(tokens, first) : '';
  const core = determiner === '' ? afterEstimate(tagged, first, last) : first + 1;
  const range_ = { first, last };
  if (tokens.kind[first] === Kind.link && tokens.words[first]!.form.startsWith('@')) {
    return { ...range_, shape: 'account', head: first, core, coreLast: first, determiner };
  }
  if (first === last && isPronoun(tokens.words[first]!)) {
    return { ...range_, shape: 'pronoun', head: first, core, coreLast: first, determiner };
  }
  const coreLast = coreEnd(tagged, core, last, entities);
  const head = headOf(tagged, core, coreLast);
  const base = { ...range_, head, core, coreLast, determiner };
  const conjoined = conjunction(tagged, { core, coreLast, last }, entities);
  if (conjoined !== undefined) return { ...base, shape: conjoined };
  const person = personOf(tagged, base, entities);
  if (person !== undefined) return { ...base, shape: 'person', person };
  // "The boat (which Whitmore": the label began too early.
  const relative = clauseAfter(tagged, first, last);
  const inner = relative < 0 ? undefined : sourcePhrase(tagged, { first: relative, last }, entities);
  if (inner?.shape === 'person' || inner?.shape === 'pronoun') return inner;
  const shape = nounShape(tagged, base, entities);
  // "After the leak, harbor master Ana López": the words before the comma are no part of her.
  if (
    (shape === 'thing' || shape === 'body' || shape === 'people') &&
    tokens.words[coreLast + 1]?.form === ',' &&
    coreLast + 2 <= last
  ) {
    const rest = sourcePhrase(tagged, { first: coreLast + 2, last }, entities);
    const isMember = /^(?:including|like|such|led|among|and)$/.test(plain(tokens, coreLast + 2));
    if (rest?.shape === 'person' && !isMember) return rest;
  }
  return { ...base, shape };
}

/** "More than 200 nurses" are nurses. */
const afterEstimate = ({ tokens, tags }: Tagged, first: number, last: number): number =>
  first + 2 < last && tags[first + 2] === Tag.CD && /^(?:more|fewer|less|at|up|as)$/.test(plain(tokens, first))
    ? first + 2
    : first;

/** "WHO" and "US" are no pronouns; "SHE SAID" has one. */
const isPronoun = (word: Word): boolean =>
  (rolesOf(word) & (Role.pronoun | Role.relative)) !== 0 &&
  (word.shape !== Shape.allCapitals || /^(?:he|she|they)$/.test(word.lower));

/** "72" belongs to "House Democrats" even where the label left it out. */
const isCounted = ({ tags, sentences }: Tagged, first: number, last: number): boolean =>
  tags[first - 1] === Tag.CD &&
  sentences.of[first - 1] === sentences.of[first] &&
  (tags[last] === Tag.NNPS || tags[last] === Tag.NNS);

/** "Prevention" of "an official with the Centers for Disease Control and Prevention": the label began too late, the official speaks. */
function fromOfficial({ tokens, tags, sentences }: Tagged, range: Range, { bodyAt, personAt }: Entities): Range {
  const body = bodyAt.get(range.first);
  if (body === undefined || personAt.has(range.first)) return range;
  const floor = sentences.first[sentences.of[range.first]!]!;
  let first = range.first;
  while (first > floor && bodyAt.get(first - 1) === body) first--;
  const link = tokens.words[first - 1]?.lower === 'the' ? first - 2 : first - 1;
  const noun = link - 1;
  const speaks =
    noun >= floor &&
    /^(?:with|at|for|from)$/.test(tokens.words[link]!.form) &&
    tokens.words[noun]!.form === tokens.words[noun]!.lower &&
    (rolesOf(tokens.words[noun]!) & (Role.person | Role.people)) !== 0;
  if (!speaks) return range;
  first = noun;
  while (first > floor && [Tag.DT, Tag.JJ, Tag.NN, Tag.CD, Tag.PRP$].includes(tags[first - 1]!)) first--;
  return { first, last: range.last };
}

/** "Premier Ana López earlier this month", "the agency last year": when it was said is no part of who said it. */
function beforeTime({ tokens }: Tagged, first: number, last: number): number {
  const at = (i: number): string => tokens.words[i]?.lower ?? '';
  if (last - 2 < first || !TIMES.test(at(last)) || !/^(?:this|last|that)$/.test(at(last - 1))) return last;
  const end = /^(?:earlier|later|late|early)$/.test(at(last - 2)) ? last - 3 : last - 2;
  return end >= first ? end : last;
}

const TIMES = /^(?:week|weekend|month|year|day|night|morning|afternoon|evening|spring|summer|autumn|fall|winter)$/;

/** "Two officials who", "the company Monday", "members of the board on": where the label runs on. */
const isRemainder = ({ tokens, tags }: Tagged, i: number): boolean =>
  WEEKDAYS.has(tokens.words[i]!.lower) ||
  /^(?:today|yesterday|tonight|on|in|at|earlier)$/.test(tokens.words[i]!.form) ||
  (tags[i] === Tag.MD && tokens.words[i]!.lower === tokens.words[i]!.form) ||
  ((tags[i] === Tag.WP || tags[i] === Tag.WDT) && tokens.words[i]!.lower === tokens.words[i]!.form);

const isLoose = ({ tokens }: Tagged, i: number): boolean =>
  tokens.kind[i] === Kind.punctuation || tokens.kind[i] === Kind.mark || tokens.kind[i] === Kind.symbol;

/** The core ends before a comma, a preposition, a relative word or a participle; names are never cut. */
function coreEnd({ tokens, tags }: Tagged, core: number, last: number, entities: Entities): number {
  for (let i = core + 1; i <= last; i++) {
    if (sameName(entities, i - 1, i)) continue;
    const tag = tags[i]!;
    // "The firm's chief operating officer, Ana López"
    if (
      OFFICE.test(tokens.words[i]!.lower) &&
      i < last &&
      /^(?:officer|director|partner|editor|president)$/.test(plain(tokens, i + 1))
    )
      continue;
    const nominalBefore = isNominal(tags[i - 1]!) || tags[i - 1] === Tag.PRP || tags[i - 1] === Tag.CD;
    if (ENDS_CORE.has(tokens.words[i]!.form) || tokens.words[i]!.lower === 'including') return i - 1;
    if (tag === Tag.IN || tag === Tag.TO || tag === Tag.WP || tag === Tag.WDT || tag === Tag.WRB) return i - 1;
    if (nominalBefore && (tag === Tag.VBG || tag === Tag.VBN || tag === Tag.VBD || tag === Tag.VBZ || tag === Tag.VBP))
      return i - 1;
  }
  return last;
}

const OFFICE = /^(?:acting|commanding|founding|managing|marketing|operating|presiding)$/;

const ENDS_CORE = new Set([',', '(', ')', '[', ']', ':', ';', '—', '–', '-', '--', '.']);

const sameName = ({ personAt, bodyAt }: Entities, a: number, b: number): boolean =>
  (personAt.has(a) && personAt.get(a) === personAt.get(b)) || (bodyAt.has(a) && bodyAt.get(a) === bodyAt.get(b));

function headOf(tagged: Tagged, core: number, coreLast: number): number {
  const { tags } = tagged;
  // "A senior White House official": the tagger takes the noun for an adjective.
  if (tags[coreLast] === Tag.JJ && isRoleNoun(tagged, coreLast)) return coreLast;
  for (let i = coreLast; i >= core; i--) if (isNominal(tags[i]!)) return i;
  return coreLast;
}

/** "Mayor Ana López and harbor master Juan Marsh": two names joined; "researchers and advocates": people. */
function conjunction(
  tagged: Tagged,
  { core, coreLast, last }: { core: number; coreLast: number; last: number },
  entities: Entities,
): SourceShape | undefined {
  const { personAt, bodyAt } = entities;
  const { tokens, tags } = tagged;
  for (let i = core + 1; i < last; i++) {
    if (tags[i] !== Tag.CC || !/^(?:and|nor|or)$/.test(tokens.words[i]!.lower)) continue;
    // "The National Oceanic and Atmospheric Administration"
    if (sameName(entities, i - 1, i + 1)) continue;
    const left = personAt.get(i - 1) ?? (i < coreLast ? bodyAt.get(i - 1) : undefined);
    const named = personAt.get(last) ?? (i < coreLast ? personAt.get(coreLast) : undefined);
    // "Health and Human Services Secretary Ana López" has one office.
    if (named?.roles.some((role) => role.first < i && i < role.last)) continue;
    const right = named ?? (i < coreLast ? bodyAt.get(coreLast) : undefined);
    if (left !== undefined && right !== undefined && left !== right) return 'several';
    // "Brothers Ed and Tom Farrow": one surname for both.
    if (right !== undefined && i < coreLast && listsOf(tokens.words[i - 1]!) & GIVEN && isName(tags[i - 1]!))
      return 'several';
    if (i < coreLast && tags[coreLast] === Tag.NNS) return 'people';
  }
  return undefined;
}

/** The person that the phrase names: its head, the name after ", ", or the name at the end of a long title. */
function personOf(tagged: Tagged, phrase: Omit<SourcePhrase, 'shape'>, { personAt }: Entities): Person | undefined {
  const { tokens, tags } = tagged;
  const { core, coreLast, head, last, determiner } = phrase;
  const atHead = personAt.get(coreLast) ?? (head === coreLast ? undefined : personAt.get(head));
  if (atHead !== undefined) return atHead;
  // "The governor of Ohio, John Smith": the name stands in apposition to a role.
  if (isRoleNoun(tagged, head) || KIN.has(plain(tokens, head))) {
    for (let i = coreLast + 1; i < last && !isVerb(tags[i]!) && tokens.words[i]!.lower !== 'including'; i++) {
      const named = tokens.words[i]!.form === ',' ? personAt.get(afterTitles(tagged, i + 1, last)) : undefined;
      if (named !== undefined) return named;
    }
  }
  const atEnd = personAt.get(last);
  if (atEnd !== undefined && isPlainRun(tagged, phrase, personAt)) return atEnd;
  if (atEnd === undefined || determiner === 'a' || determiner === 'an' || !isRoleNoun(tagged, head)) return undefined;
  // "Chair of the Assembly's subcommittee David Alvarez", but not "a spokesman for David Alvarez".
  let begin = last;
  while (begin - 1 > core && personAt.get(begin - 1) === atEnd) begin--;
  if (begin === last) return COURTESY.has(plain(tokens, begin - 1)) ? atEnd : undefined;
  const before = plain(tokens, begin - 1);
  // "Director of television Ana López", "spokesman for sport Hugh Marsh"; not "spokesman for candidate Hugh Marsh".
  const isOther =
    isRoleNoun(tagged, begin - 1) || KIN.has(before) || COURTESY.has(before) || tags[begin - 1] === Tag.IN;
  const ofPhrase = /^(?:of|for)$/.test(tokens.words[coreLast + 1]?.lower ?? '') && isNominal(tags[begin - 1]!);
  return ofPhrase && !isOther && begin - 1 > coreLast + 1 ? atEnd : undefined;
}

/** "awards pundit Tom Dorn": up to three words that name nobody, then a full name, whatever the tagger takes them for. */
function isPlainRun({ tokens, tags }: Tagged, { first, last }: Range, personAt: Entities['personAt']): boolean {
  const person = personAt.get(last);
  let begin = last;
  while (begin > first && personAt.get(begin - 1) === person) begin--;
  if (begin === last || begin - first > 3) return false;
  for (let i = first; i < begin; i++) {
    const isPlain = isNominal(tags[i]!) || tags[i] === Tag.JJ || tags[i] === Tag.VBP || tags[i] === Tag.VB;
    const word = tokens.words[i]!;
    if (!isPlain || personAt.has(i) || /['’]/.test(word.form) || (i > first && rolesOf(word) & Role.people))
      return false;
  }
  return (rolesOf(tokens.words[first]!) & Role.people) === 0;
}

/** "his brother, state Rep. Neil López": past the title before the name. */
function afterTitles(tagged: Tagged, from: number, last: number): number {
  const { tokens, tags } = tagged;
  let i = from;
  while (i < Math.min(last, from + 4) && (isNominal(tags[i]!) || tags[i] === Tag.JJ) && !isRoleNoun(tagged, i)) i++;
  if (/^\d{1,3}-year-old$/.test(plain(tokens, from))) return from + 1;
  if (!isRoleNoun(tagged, i)) return from;
  while (i < last && (isRoleNoun(tagged, i) || COURTESY.has(plain(tokens, i)))) i++;
  return i;
}

/** The token after "which" or "that", where it ends the phrase but for a name or a pronoun. */
function clauseAfter({ tokens, tags }: Tagged, first: number, last: number): number {
  for (let i = last - 1; i > Math.max(first, last - 4); i--)
    if (tags[i] === Tag.WDT || /^(?:which|whom)$/.test(tokens.words[i]!.lower)) return i + 1;
  return -1;
}

/** One body's name reaches over the tokens from `first` to `last`. */
export function covers({ bodyAt }: Entities, first: number, last: number): boolean {
  const body = bodyAt.get(last);
  if (body === undefined) return false;
  for (let i = first; i < last; i++) if (bodyAt.get(i) !== body) return false;
  return true;
}

function nounShape(
  tagged: Tagged,
  { head, core, coreLast, determiner }: Omit<SourcePhrase, 'shape'>,
  entities: Entities,
): SourceShape {
  const { tokens, tags } = tagged;
  const word = tokens.words[head]!;
  const roles = rolesOf(word);
  const lower = plain(tokens, head);
  const body = entities.bodyAt.get(head);
  if (isPeopleNoun(word.form) || (listsOf(word) & Listed.people && /[^su]s$/.test(lower))) return 'people';
  if (word.form === 'Police' && core < head) return 'body';
  // "The GOP", though "GOP Rep." has it as a role.
  if (core === head && listsOf(word) & Listed.acronym && word.form === word.form.toUpperCase()) return 'body';
  if (tags[head] === Tag.NNS || tags[head] === Tag.NNPS || roles & Role.people) {
    // "The House of Representatives" is one body, though representatives are people.
    if ((!(roles & Role.people) || plain(tokens, head - 1) === 'of') && covers(entities, core, coreLast)) return 'body';
    if (roles & Role.people || !(roles & Role.body))
      return /^(?:someone|somebody|news|states|nations)$/.test(lower) ? 'body' : 'people';
    return 'thing';
  }
  // "One resident" is a person; "this one question" is nobody.
  if (tags[core] === Tag.CD && core < head)
    return roles & (Role.person | Role.people | Role.title | Role.body) || isRoleNoun(tagged, head)
      ? 'people'
      : 'thing';
  if (body !== undefined) return 'body';
  if (isRoleNoun(tagged, head) || KIN.has(lower)) return 'role';
  if (roles & Role.body || listsOf(word) & Listed.acronym) return 'body';
  if (isName(tags[head]!)) return determiner === 'the' || coreLast - core > 3 ? 'body' : 'thing';
  return 'thing';
}
