import type { FoundSpeaker, SpeakerKind } from '../../model.ts';
import { firstNamesAgree, middlesAgree, type PersonName, personName, surnames } from '../names/person-name.ts';
import { fold, foldedWords } from '../text/fold.ts';

export { sameUtterance, utteranceKeys } from '../quotes/utterances.ts';

/** What identity is decided from. A `FoundSpeaker` is one. */
export type Identifiable = Pick<FoundSpeaker, 'kind' | 'name' | 'role' | 'aliases' | 'handle' | 'gazetteer'>;

/** A speaker the corpus knows already. */
export interface KnownSpeaker extends Identifiable {
  readonly id: number;
  /** Latest day (`YYYY-MM-DD`) of an article that has them; decides for groups ("72 House Democrats"). */
  readonly seen?: string;
}

/** What the new article says of itself. */
export interface IdentityContext {
  /** `YYYY-MM-DD` of the article, stated or read. */
  readonly day?: string;
}

/**
 * Folded lookup keys: two speakers that may be one share at least one key.
 *
 * At most ten; empty for unnamed sources, which are never one over two articles.
 */
export function identityKeys(speaker: Identifiable): string[] {
  const keys = new Set<string>();
  if (speaker.kind === 'unnamed') return [];
  if (speaker.gazetteer !== undefined) keys.add(`table:${speaker.gazetteer}`);
  if (speaker.handle !== undefined) keys.add(`handle:${speaker.handle.toLowerCase()}`);
  for (const form of [speaker.name, ...speaker.aliases].slice(0, 8)) {
    for (const key of nameKeys(speaker.kind, form)) if (keys.size < 10) keys.add(key);
  }
  return [...keys];
}

function nameKeys(kind: SpeakerKind, form: string): string[] {
  if (kind === 'person') {
    const name = personName(form);
    return name === undefined ? [] : surnames(name).map((word) => `person:${word}`);
  }
  const body = bodyName(form);
  return body === '' ? [] : [`${kind}:${body}`];
}

/**
 * Which of `candidates` (those that share an identity key) this speaker is; `undefined` for someone new.
 *
 * A wrong merge is worse than a missed one: two candidates that fit equally well give `undefined`.
 */
export function sameSpeaker(
  speaker: Identifiable,
  candidates: readonly KnownSpeaker[],
  context: IdentityContext = {},
): number | undefined {
  let best: number | undefined;
  let bestScore = 0;
  for (const candidate of candidates) {
    if (candidate.kind !== speaker.kind) continue;
    const score = likeness(speaker, candidate, context);
    if (score > bestScore) {
      best = candidate.id;
      bestScore = score;
    } else if (score === bestScore) best = undefined;
  }
  return best;
}

/** 0: not the same. Higher: better evidence. */
function likeness(a: Identifiable, b: KnownSpeaker, context: IdentityContext): number {
  switch (a.kind) {
    case 'unnamed':
      return 0;
    case 'person':
      return personLikeness(a, b);
    case 'organization':
      return organizationLikeness(a, b);
    case 'group':
      return groupLikeness(a, b, context);
  }
}

// ---------------------------------------------------------------- persons

function personLikeness(a: Identifiable, b: Identifiable): number {
  if (a.gazetteer !== undefined && b.gazetteer !== undefined) return a.gazetteer === b.gazetteer ? 10 : 0;
  const nameA = personName(a.name);
  const nameB = personName(b.name);
  if (nameA === undefined || nameB === undefined) return 0;
  const sameHandle = a.handle !== undefined && a.handle.toLowerCase() === b.handle?.toLowerCase();
  const name = nameLikeness(nameA, nameB) || (sharesFullForm(a, b) ? 2 : 0);
  if (name === 0) return sameHandle ? 3 : 0;
  if (sameHandle) return 9;
  const roles = rolesAgree(a.role, b.role);
  if (name >= 3) return roles === 'conflict' ? 0 : roles === 'agree' ? 8 : 6;
  if (name === 2) return roles === 'agree' ? 5 : 0;
  // A bare surname is somebody only beside the same office.
  return roles === 'agree' ? 1 : 0;
}

/** 4 equal; 3 equal but for a middle name; 2 a short form of the first name; 1 a bare surname on one side; 0 not the same. */
function nameLikeness(a: PersonName, b: PersonName): 0 | 1 | 2 | 3 | 4 {
  if ((a.suffix ?? '') !== (b.suffix ?? '') && a.suffix !== undefined && b.suffix !== undefined) return 0;
  if (a.first === undefined || b.first === undefined) {
    const bare = a.first === undefined ? a : b;
    const other = a.first === undefined ? b : a;
    return surnames(other).includes(bare.last) ? 1 : 0;
  }
  if (a.last !== b.last) return 0;
  const first = firstNamesAgree(a.first, b.first);
  if (first === 'no' || !middlesAgree(a.middle, b.middle)) return 0;
  // "Donald Trump" and "Donald Trump Jr." are father and son.
  if ((a.suffix ?? '') !== (b.suffix ?? '')) return 0;
  if (first === 'short') return 2;
  return a.middle.length === b.middle.length ? 4 : 3;
}

/** A full form of one is a full form of the other ("Bobby Kennedy", listed as an alias). */
function sharesFullForm(a: Identifiable, b: Identifiable): boolean {
  const full = (speaker: Identifiable) =>
    [speaker.name, ...speaker.aliases].map(fold).filter((form) => form.includes(' '));
  const forms = new Set(full(a));
  return full(b).some((form) => forms.has(form));
}

/** Walks of life that one person rarely shares: the same name in two of them is two people. */
const fields: readonly (readonly [string, RegExp])[] = [
  [
    'public',
    /\b(president|senator|sen|rep|representative|congress\w*|governor|gov|minister|mayor|secretary|ambassador|candidate|nominee|lawmaker|mp|premier|chancellor|councill?or|democrat|republican|labour|tory|conservative|politician)\b/,
  ],
  [
    'law',
    /\b(judge|justice|attorney|lawyer|prosecutor|sheriff|detective|officer|police|sergeant|barrister|solicitor)\b/,
  ],
  [
    'sport',
    /\b(coach|player|quarterback|pitcher|striker|midfielder|goalkeeper|footballer|cricketer|batsman|bowler|golfer|captain|athlete|boxer|swimmer|driver|jockey|referee)\b/,
  ],
  [
    'science',
    /\b(professor|scientist|researcher|physicist|biologist|epidemiologist|astronomer|physician|surgeon|doctor|historian|economist|scholar)\b/,
  ],
  ['arts', /\b(actor|actress|singer|rapper|musician|director|novelist|comedian|filmmaker|artist|producer)\b/],
  [
    'business',
    /\b(ceo|executive|founder|co founder|chairman|chairwoman|chief executive|owner|entrepreneur|investor|manager|analyst)\b/,
  ],
  [
    'private',
    /\b(resident|neighbou?r|witness|victim|student|teacher|mother|father|farmer|nurse|suspect|defendant|teenager|driver)\b/,
  ],
];
/** Moves that are common enough to say nothing. */
const crossings = new Set([
  'law public',
  'business public',
  'public science',
  'arts public',
  'business sport',
  'arts business',
  'business science',
  'law science',
]);

function rolesAgree(a: string | undefined, b: string | undefined): 'agree' | 'conflict' | 'unknown' {
  if (a === undefined || b === undefined) return 'unknown';
  const wordsA = contentWords(a);
  const wordsB = new Set(contentWords(b));
  if (wordsA.some((word) => wordsB.has(word))) return 'agree';
  const fieldsA = fieldsOf(a);
  const fieldsB = fieldsOf(b);
  if (fieldsA.length === 0 || fieldsB.length === 0) return 'unknown';
  if (fieldsA.some((field) => fieldsB.includes(field))) return 'unknown';
  const crossing = fieldsA.some((one) => fieldsB.some((other) => crossings.has([one, other].sort().join(' '))));
  return crossing ? 'unknown' : 'conflict';
}

const fieldsOf = (role: string): string[] => {
  const folded = fold(role);
  return fields.filter(([, words]) => words.test(folded)).map(([field]) => field);
};

const empty = new Set(
  'the a an of for in at on to and or former then ex new deputy vice who is was his her their'.split(' '),
);
const contentWords = (role: string): string[] => foldedWords(role).filter((word) => !empty.has(word));

// ---------------------------------------------------------------- organisations and groups

/** A body's name without article and legal form: "The Acme Corp." and "Acme" are one. */
function bodyName(name: string): string {
  return fold(name)
    .replace(/^the /, '')
    .replace(/ (?:inc|corp|corporation|co|company|ltd|llc|plc|ag|sa)$/, '')
    .replace(/'s$/, '');
}

function organizationLikeness(a: Identifiable, b: Identifiable): number {
  if (a.gazetteer !== undefined && b.gazetteer !== undefined) return a.gazetteer === b.gazetteer ? 10 : 0;
  const nameA = bodyName(a.name);
  const nameB = bodyName(b.name);
  if (nameA === '') return 0;
  if (nameA === nameB) return 8;
  // An acronym is shared by strangers ("ABC"), so it only joins a name that lists it with a body of no other name.
  const listed = (speaker: Identifiable, name: string) => speaker.aliases.some((alias) => bodyName(alias) === name);
  return (listed(a, nameB) && isAcronym(b.name)) || (listed(b, nameA) && isAcronym(a.name)) ? 4 : 0;
}

const isAcronym = (name: string): boolean => /^(?:\p{Lu}\.?){3,8}$/u.test(name.trim());

/** How long "72 House Democrats" stay the same people. */
const GROUP_DAYS = 5;

function groupLikeness(a: Identifiable, b: KnownSpeaker, context: IdentityContext): number {
  const name = bodyName(a.name);
  // "experts" of two articles are two sets of people; "House Democrats" carry a proper name.
  if (name === '' || name !== bodyName(b.name) || !hasProperName(a.name)) return 0;
  if (!/\d/.test(name)) return 6;
  const apart = daysApart(context.day, b.seen);
  return apart !== undefined && apart <= GROUP_DAYS ? 6 : 0;
}

/** A capital after the first word ("72 House Democrats"), or a people's name in front ("Mexican officials"). */
const hasProperName = (name: string): boolean =>
  /\s[“"]?\p{Lu}/u.test(name) || /^\p{Lu}\p{Ll}+(?:an|ish|ese|i)\s/u.test(name);

function daysApart(a: string | undefined, b: string | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  const days = Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000;
  return Number.isNaN(days) ? undefined : days;
}
