/** The role an article gives a person beside the name: "Mexican President" before it, ", the governor of Ohio," after it. */
import { BEFORE_TITLES, COURTESY, FIELDS_OF_OFFICE, KIN, MEMBERSHIPS, PROFESSIONS } from '../lexicon/people.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { isFiniteVerb, isName, isNominal, Tag } from '../text/pos.ts';
import { plain, textOf } from '../text/text-of.ts';
import type { Range, Tagged } from '../text/types.ts';
import { Shape, type Word } from '../text/words.ts';
import { Listed, listsOf } from './name-lists.ts';

/** A role as printed, with its head noun in lower case ("governor"). */
export interface RolePhrase extends Range {
  readonly text: string;
  readonly head: string;
}

const LONGEST_BEFORE = 9;
const LONGEST_AFTER = 20;

export const isRoleNoun = (tagged: Tagged, i: number): boolean => {
  const word = tagged.tokens.words[i]!;
  if (COURTESY.has(plain(tagged.tokens, i))) return false;
  return (
    (rolesOf(word) & (Role.title | Role.person)) !== 0 ||
    MEMBERSHIPS.has(word.lower) ||
    PROFESSIONS.has(word.lower) ||
    word.lower === 'dean'
  );
};

/** "Mexican President", directly before the name that begins at `name`; the role noun stands beside the name. */
export function roleBefore(tagged: Tagged, name: number): RolePhrase | undefined {
  const { tokens, tags, sentences } = tagged;
  const floor = Math.max(sentences.first[sentences.of[name]!]!, name - LONGEST_BEFORE);
  let last = name - 1;
  while (last >= floor && COURTESY.has(plain(tokens, last))) last--;
  if (last >= floor && !isRoleNoun(tagged, last)) return officeBefore(tagged, last, floor);
  if (last < floor || sameMarks(tagged, last, name) === false) return undefined;
  // "to carry forward López's legacy"
  if (tags[last] === Tag.RB && plain(tokens, last) === 'forward') return undefined;
  let first = last;
  while (first - 1 >= floor && belongsBefore(tagged, first - 1, { floor, last }) && sameMarks(tagged, first - 1, last))
    first--;
  while (first < last && (tags[first] === Tag.POS || tags[first] === Tag.CC)) first++;
  // "House Majority Whip Rep. Dana Rowe": the office says more than the title.
  if (last - 1 > first && TITLES_ALONE.test(plain(tokens, last)) && isOffice(tagged, last - 1)) last--;
  return rolePhrase(tagged, first, last, last);
}

const TITLES_ALONE = /^(?:rep|sen|gov)\.?$/;

const isOffice = (tagged: Tagged, i: number): boolean =>
  isRoleNoun(tagged, i) &&
  !MEMBERSHIPS.has(plain(tagged.tokens, i)) &&
  !/^(?:lt|lieutenant|deputy|vice)\.?$/.test(plain(tagged.tokens, i));

/** May the token belong to the role that begins right after it and ends at `last`? */
function belongsBefore(tagged: Tagged, i: number, { floor, last }: { floor: number; last: number }): boolean {
  const { tokens, tags } = tagged;
  const word = tokens.words[i]!;
  if (isFirstOfTwoFields(tagged, i, floor)) return true;
  if (i + 1 < last && i > floor && (isLinkOfName(tagged, i) || isAndOfName(tagged, i, floor))) return true;
  // "chief operating officer"
  if (
    /^(?:operating|managing|acting|founding|presiding|commanding|contributing|consulting|outgoing|incoming)$/.test(
      word.lower,
    )
  )
    return true;
  if (!mayModify(tags[i]!)) return tags[i] === Tag.CC && isFirstOfTwoFields(tagged, i - 1, floor);
  // "said Tuesday President Rowe", "his son former President Rowe": where one thing ends and the office begins.
  if ((listsOf(word) & Listed.calendar) !== 0 || KIN.has(word.lower)) return false;
  if (!isCapital(tagged, i + 1)) return true;
  // "presidential candidates Former Gov. Rowe", "has thrust Deputy Mayor Rowe", "the way President Rowe did".
  if (rolesOf(word) & Role.people && word.lower.endsWith('s')) return false;
  if (tags[i] === Tag.VBN) return isAttributive(tagged, i, floor);
  // "combative phone calls President Rowe had"
  return isCapital(tagged, i) || !isNominal(tags[i]!) || namesBodyOrRank(word) || word.form === 'al';
}

/** "Club for Growth President", "Bank of Norland Governor". */
const isLinkOfName = (tagged: Tagged, i: number): boolean =>
  /^(?:of|for)$/.test(tagged.tokens.words[i]!.form) &&
  isCapital(tagged, i - 1) &&
  isCapital(tagged, i + 1) &&
  !isRoleNoun(tagged, i - 1) &&
  !isRoleNoun(tagged, i + 1);

/** "Centers for Disease Control and Prevention director"; "Okafor and Harbour Trust director" are two. */
function isAndOfName(tagged: Tagged, i: number, floor: number): boolean {
  const { words } = tagged.tokens;
  if (!/^(?:and|&)$/.test(words[i]!.form) || !isCapital(tagged, i - 1) || !isCapital(tagged, i + 1)) return false;
  let link = i - 1;
  while (link > floor && isCapital(tagged, link)) link--;
  return link > floor && isLinkOfName(tagged, link);
}

/** "the ousted Governor", not "Rowe appointed Governor" nor "Tweeted Rep.". */
const isAttributive = ({ tokens, tags }: Tagged, i: number, floor: number): boolean =>
  (rolesOf(tokens.words[i]!) & Role.cue) === 0 &&
  (i === floor
    ? tokens.words[i]!.shape !== Shape.lower
    : [Tag.DT, Tag.PRP$, Tag.POS, Tag.IN, Tag[','], Tag.JJ, Tag.RB].includes(tags[i - 1]!));

const namesBodyOrRank = (word: Word): boolean =>
  (rolesOf(word) & (Role.body | Role.title | Role.person)) !== 0 || BEFORE_TITLES.has(word.lower);

/** "Health" in "Health and Human Services Secretary": offices that are named by two fields. */
const isFirstOfTwoFields = (tagged: Tagged, i: number, floor: number): boolean =>
  i >= floor &&
  isCapital(tagged, i) &&
  FIELDS_OF_OFFICE.has(tagged.tokens.words[i]!.lower) &&
  /^(?:and|&)$/.test(plain(tagged.tokens, i + 1)) &&
  isCapital(tagged, i + 2);

/** "Secretary of State", "Dean of Students", where it ends at `last` before the name. */
function officeBefore(tagged: Tagged, last: number, floor: number): RolePhrase | undefined {
  const { tokens, tags } = tagged;
  let of = last;
  while (of > floor && last - of < 4 && isCapital(tagged, of)) of--;
  const head = of - 1;
  if (of === last || head < floor || tokens.words[of]!.lower !== 'of') return undefined;
  if (!isCapital(tagged, head) || !isRoleNoun(tagged, head) || !sameMarks(tagged, head, last + 1)) return undefined;
  let first = head;
  while (first - 1 >= floor && mayModify(tags[first - 1]!) && isCapital(tagged, first - 1)) first--;
  return rolePhrase(tagged, first, last, head);
}

const isCapital = ({ tokens }: Tagged, i: number): boolean => /^\p{Lu}/u.test(tokens.words[i]!.form);

const sameMarks = (tagged: Tagged, a: number, b: number): boolean => tagged.marks.inside[a] === tagged.marks.inside[b];

const mayModify = (tag: number): boolean =>
  isNominal(tag) || tag === Tag.JJ || tag === Tag.POS || tag === Tag.VBN || tag === Tag.JJR || tag === Tag.JJS;

/** ", the governor of Ohio," after the name that ends at `name`; an age in between is passed over. */
export function roleAfter(tagged: Tagged, name: number): RolePhrase | undefined {
  const { tokens, sentences } = tagged;
  const end = Math.min(sentences.first[sentences.of[name]! + 1]!, name + LONGEST_AFTER);
  let at = name + 1;
  if (at >= end || plain(tokens, at) !== ',') return undefined;
  at++;
  if (at + 1 < end && /^\d{1,3}$/.test(plain(tokens, at)) && plain(tokens, at + 1) === ',') at += 2;
  return roleFrom(tagged, at, end, isDoer);
}

/** "X is the governor of Ohio". */
export function roleAfterCopula(tagged: Tagged, name: number): RolePhrase | undefined {
  const { tokens, sentences } = tagged;
  const end = Math.min(sentences.first[sentences.of[name]! + 1]!, name + LONGEST_AFTER);
  if (name + 2 >= end || !/^(?:is|was|became)$/.test(plain(tokens, name + 1))) return undefined;
  return /^(?:the|a|an)$/.test(plain(tokens, name + 2)) ? roleFrom(tagged, name + 2, end, nobody) : undefined;
}

/** "She is an optimist", "an early riser": what somebody is like, as often as what somebody does. */
const nobody = (): boolean => false;

/**
 * A noun phrase with a role noun as its head, up to the next comma, verb or relative word.
 *
 * @param isAlso Nouns that are role nouns after an article, though no list has them.
 */
function roleFrom(
  tagged: Tagged,
  from: number,
  end: number,
  isAlso: (noun: string) => boolean,
): RolePhrase | undefined {
  const { tokens, tags, sentences } = tagged;
  let first = from;
  while (
    first < end &&
    /^(?:now|then|currently|formerly|once|also|who|is|was)$/.test(plain(tokens, first)) &&
    first < from + 3
  )
    first++;
  // ", who is 62 and a professor"
  if (/^\d+ and an?$/.test([0, 1, 2].map((k) => plain(tokens, Math.min(first + k, tokens.count - 1))).join(' ')))
    first += 2;
  // "Hollande, addressing the country," has no office of that name; "Rowe, Mr. Dorn and others" are several people.
  if (tags[first] === Tag.VBG || (COURTESY.has(plain(tokens, first)) && !isOwner(tagged, first))) return undefined;
  const introduced = first < end && /^(?:the|a|an|his|her|their|its)$/.test(plain(tokens, first));
  if (introduced) first++;
  // "Rowe, this official argued, has won": somebody else speaks.
  else if (tags[first] === Tag.DT || tags[first] === Tag.CC) return undefined;
  if (first + 1 < end && ORDINAL.test(tokens.words[first]!.form) && !OFFICES_IN_ORDER.test(plain(tokens, first + 1)))
    first++;
  let head = -1;
  let last = first - 1;
  let i = first;
  for (; i < end; i++) {
    const tag = tags[i]!;
    const lower = plain(tokens, i);
    if (head < 0 && (tag === Tag.IN || tag === Tag.TO)) return undefined;
    if (/^[,;:.()—–]$/.test(lower) || tag === Tag["''"] || isFiniteVerb(tag) || ENDS.test(lower)) break;
    // "head of strategy for Latin American emerging markets"
    const isModifier = tag === Tag.VBG && tags[i - 1] === Tag.JJ && isNominal(tags[i + 1] ?? Tag['.']);
    if ((tag === Tag.VBG || tag === Tag.VBN || tag === Tag.VB) && head >= 0 && !isModifier) break;
    // The head is the last role noun of the first noun run: "U.S. Secretary of State" has `Secretary`.
    // "Rosen, Balber and the group's president, Jamie Court": a list of people.
    if (head < 0 && tag === Tag.CC && isName(tags[i - 1]!) && tags[i + 1] === Tag.DT) return undefined;
    const doer =
      (isRoleNoun(tagged, i) && tags[i + 1] !== Tag.POS) || (introduced && head < 0 && tag === Tag.NN && isAlso(lower));
    if (doer && (head < 0 || head === i - 1)) head = i;
    last = i;
  }
  if (head < 0 || head - first > 6) return undefined;
  if (i === end && end < sentences.first[sentences.of[from]! + 1]!) last = beforeLastPart(tagged, head, last);
  while (last > head && !isNominal(tags[last]!) && tags[last] !== Tag.CD) last--;
  return rolePhrase(tagged, first, last, head);
}

/** "Mr. Rowe's director" */
const isOwner = ({ tags }: Tagged, at: number): boolean =>
  [2, 3].some((k) => at + k < tags.length && tags[at + k] === Tag.POS);

const ENDS = /^(?:who|which|that|whose|whom|when|where|while|because|since|until|if|after|before)$/;
const ORDINAL = /^(?:first|second|third|fourth|fifth|only|last|latest)$/;
const OFFICES_IN_ORDER = /^(?:lady|gentleman|minister|vice|secretary|deputy|officer|responder|sergeant|lieutenant)$/;

/** A phrase that goes on past what is looked at ends before its last "of", "at" or "and": none is cut in two. */
function beforeLastPart({ tags }: Tagged, head: number, last: number): number {
  for (let i = last; i > head; i--) if (tags[i] === Tag.IN || tags[i] === Tag.CC) return i - 1;
  return head;
}

/** "Baker", "violinist", "musician": a noun for someone who does something. */
const isDoer = (noun: string): boolean =>
  /..(?:er|or|ist|ian|man|woman|eer|ess)$/.test(noun) &&
  !/(?:number|paper|member|matter|center|power|order|floor|color|error|mother)$/.test(noun);

function rolePhrase(tagged: Tagged, first: number, last: number, head: number): RolePhrase {
  const { tokens } = tagged;
  return { first, last, text: textOf(tokens, { first, last }), head: plain(tokens, head) };
}
