/** The role an article gives a person beside the name: "Mexican President" before it, ", the governor of Ohio," after it. */
import { COURTESY, MEMBERSHIPS, PROFESSIONS } from '../lexicon/people.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { isFiniteVerb, isNominal, Tag } from '../text/pos.ts';
import { plain, textOf } from '../text/text-of.ts';
import type { Range, Tagged } from '../text/types.ts';

/** A role as printed, with its head noun in lower case ("governor"). */
export interface RolePhrase extends Range {
  readonly text: string;
  readonly head: string;
}

const LONGEST_BEFORE = 9;
const LONGEST_AFTER = 16;

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
  let first = last;
  while (first - 1 >= floor && mayModify(tags[first - 1]!) && sameMarks(tagged, first - 1, last)) first--;
  while (first < last && (tags[first] === Tag.POS || tags[first] === Tag.CC)) first++;
  return rolePhrase(tagged, first, last, last);
}

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
  return roleFrom(tagged, at, end);
}

/** "X is the governor of Ohio". */
export function roleAfterCopula(tagged: Tagged, name: number): RolePhrase | undefined {
  const { tokens, sentences } = tagged;
  const end = Math.min(sentences.first[sentences.of[name]! + 1]!, name + LONGEST_AFTER);
  if (name + 2 >= end || !/^(?:is|was|became)$/.test(plain(tokens, name + 1))) return undefined;
  return /^(?:the|a|an)$/.test(plain(tokens, name + 2)) ? roleFrom(tagged, name + 2, end) : undefined;
}

/** A noun phrase with a role noun as its head, up to the next comma, verb or relative word. */
function roleFrom(tagged: Tagged, from: number, end: number): RolePhrase | undefined {
  const { tokens, tags } = tagged;
  let first = from;
  while (
    first < end &&
    /^(?:now|then|currently|formerly|once|also|who|is|was)$/.test(plain(tokens, first)) &&
    first < from + 3
  )
    first++;
  // "Hollande, addressing the country," has no office of that name.
  if (tags[first] === Tag.VBG) return undefined;
  const introduced = first < end && /^(?:the|a|an|his|her|their|its)$/.test(plain(tokens, first));
  if (introduced) first++;
  let head = -1;
  let last = first - 1;
  for (let i = first; i < end; i++) {
    const tag = tags[i]!;
    const lower = plain(tokens, i);
    if (head < 0 && (tag === Tag.IN || tag === Tag.TO)) return undefined;
    if (
      /^[,;:.()—–]$/.test(lower) ||
      tag === Tag["''"] ||
      isFiniteVerb(tag) ||
      /^(?:who|which|that|whose|whom)$/.test(lower)
    )
      break;
    if (tag === Tag.VBG || tag === Tag.VBN || tag === Tag.VB) if (head >= 0) break;
    // The head is the last role noun of the first noun run: "U.S. Secretary of State" has `Secretary`.
    const doer = isRoleNoun(tagged, i) || (introduced && head < 0 && tag === Tag.NN && isDoer(lower));
    if (doer && (head < 0 || head === i - 1)) head = i;
    last = i;
  }
  if (head < 0 || head - first > 6) return undefined;
  while (last > head && !isNominal(tags[last]!) && tags[last] !== Tag.CD) last--;
  return rolePhrase(tagged, first, last, head);
}

/** "Baker", "violinist", "musician": a noun for someone who does something. */
const isDoer = (noun: string): boolean =>
  /..(?:er|or|ist|ian|man|woman|eer|ess)$/.test(noun) &&
  !/(?:number|paper|member|matter|center|power|order|floor|color|error|mother)$/.test(noun);

function rolePhrase(tagged: Tagged, first: number, last: number, head: number): RolePhrase {
  const { tokens } = tagged;
  return { first, last, text: textOf(tokens, { first, last }), head: plain(tokens, head) };
}
