/** Whom "she", "they", "the mayor" and "the company" stand for. */

import { OFFICES } from '../lexicon/people.ts';
import { gazetteer, isSureGivenName, officeHolder } from '../names/gazetteer.ts';
import { fold } from '../text/fold.ts';
import { Tag } from '../text/pos.ts';
import { plain, textOf } from '../text/text-of.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Tagged } from '../text/types.ts';
import { guessGender } from './bearers.ts';
import {
  type Body,
  BY_NAME,
  type Entities,
  genderOf,
  lastBefore,
  type Mention,
  type Person,
  type PersonMention,
  pronounGender,
  roleWordsOf,
} from './entities.ts';
import type { SourcePhrase } from './source-phrase.ts';

/** A person with how sure the choice is, 0 to 1. */
export interface Choice<Who> {
  readonly who: Who;
  readonly confidence: number;
}

/** How far back a pronoun reaches, in sentences. */
const REACH = 7;

/**
 * The person that "he" or "she" at token `at` stands for: of the fitting gender, near, a subject, the last speaker.
 *
 * Gender is a hard bound once the document gives it, and so is not being one of `others`.
 */
export function personOfPronoun(
  tagged: Tagged,
  at: number,
  entities: Entities,
  lastSpeaker: Person | undefined,
  others: ReadonlySet<Person> = new Set(),
): Choice<Person> | undefined {
  const gender = pronounGender(tagged.tokens.words[at]!.lower);
  const nearest = nearestMentions(tagged, at, entities);
  let best: Person | undefined;
  let bestScore = -Infinity;
  let second = -Infinity;
  for (const [person, top] of nearest) {
    const own = genderOf(person);
    if ((gender !== undefined && own !== undefined && own !== gender) || others.has(person)) continue;
    if (gender !== undefined && speaksAgainst(person, gender)) continue;
    const score =
      top +
      (isIntroduced(tagged, person, at) ? INTRODUCED : 0) +
      (own === gender ? 1.5 : 0) +
      (person === lastSpeaker ? 2.5 : 0) +
      Math.min(person.mentions.length, 8) * 0.15;
    if (score > bestScore) {
      second = bestScore;
      bestScore = score;
      best = person;
    } else second = Math.max(second, score);
  }
  if (best === undefined) return undefined;
  const margin = bestScore - second;
  return { who: best, confidence: Math.min(0.92, 0.5 + Math.min(margin, 4) * 0.1) };
}

/**
 * "He" is not Michelle Obama, however often "he" stands near her name: what the table or the given name says is
 * outweighed by pronouns only where nothing else in the document bears it out.
 */
function speaksAgainst(person: Person, gender: 'm' | 'f'): boolean {
  const named = person.figure?.gender ?? guessGender(person);
  if (named === undefined || named === gender) return false;
  const isSure = person.figure !== undefined || isSureGivenName(person.parsed.first ?? '');
  return isSure || (named === 'm' ? person.male : person.female) > BY_NAME;
}

const INTRODUCED = 1.5;

/** "Eric Dartell was eating there. “You can see it,” he said": named for the first time, as the subject of the sentence before. */
function isIntroduced({ sentences }: Tagged, { mentions }: Person, at: number): boolean {
  const [mention] = mentions;
  return mention !== undefined && mention.first < at && mention.subject && sentences.of[at]! - mention.sentence <= 2;
}

/** More mentions than this are not looked back over. */
const MOST_MENTIONS = 60;

/** The people named shortly before, each with the weight of its best mention. */
function nearestMentions(tagged: Tagged, at: number, { inOrder, resolved }: Entities): Map<Person, number> {
  const found = new Map<Person, number>();
  const sentence = tagged.sentences.of[at]!;
  for (const list of [inOrder, resolved]) {
    const end = list === inOrder ? firstFrom(inOrder, at) : list.length;
    for (let k = end - 1; k >= Math.max(0, end - MOST_MENTIONS); k--) {
      const { person, mention } = list[k]!;
      if (mention.first >= at) continue;
      if (sentence - mention.sentence > REACH) break;
      found.set(person, Math.max(found.get(person) ?? -Infinity, nearness(tagged, mention, at)));
    }
  }
  return found;
}

/** Index of the first mention at or after token `at`. */
function firstFrom(mentions: readonly PersonMention[], at: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle]!.mention.first < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearness({ sentences, tokens }: Tagged, mention: Mention, at: number): number {
  const apart = sentences.of[at]! - mention.sentence;
  const owns = ownsWords(tokens, mention);
  const sameParagraph = tokens.paragraph[mention.first] === tokens.paragraph[at] ? 1 : 0;
  return (
    sameParagraph -
    apart * 1.6 +
    (mention.subject || owns ? 1.6 : 0) +
    // "Brandt changed his tune, and he said"
    (apart === 0 && mention.subject && !mention.possessive ? 2.3 : 0) +
    (apart <= 1 && isAsked(tokens, mention) ? ASKED : 0) +
    (apart <= 1 && /^(?:him|her)self$/.test(tokens.words[mention.last + 1]?.lower ?? '') ? ASKED : 0) +
    // Whom the paragraph begins with, it is about.
    (sameParagraph === 1 && mention.subject && opensParagraph(tokens, sentences, mention) ? 0.8 : 0) -
    (mention.quoted ? 2.5 : 0) -
    (mention.possessive && !owns ? 1.5 : 0)
  );
}

/** "The host asked Mrs. López if she could. “Yes,” she said": whoever is asked answers; "came from López herself" names her, too. */
const ASKED = 3;
const isAsked = ({ words }: Tokens, { first }: Mention): boolean =>
  [first - 1, first - 2].some((i) => /^(?:asked|asks|pressed|questioned)$/.test(words[i]?.lower ?? '')) &&
  !/^(?:to|by|if|whether|about|,)$/.test(words[first - 1]!.lower);

function opensParagraph({ paragraph }: Tokens, { first }: Tagged['sentences'], { sentence }: Mention): boolean {
  const begin = first[sentence]!;
  return begin === 0 || paragraph[begin - 1] !== paragraph[begin];
}

/** "Ana López's latest column argues": whose words they are is as good as named. */
function ownsWords({ words }: Tokens, { last, possessive }: Mention): boolean {
  if (!possessive) return false;
  for (let i = last + 2; i <= last + 5 && i < words.length; i++) if (WORKS.has(words[i]!.lower)) return true;
  return false;
}

const WORKS = new Set('column op-ed essay article book memoir blog post tweet letter memo piece report'.split(' '));

/** The nearest person named in the same sentence before "who". */
export function personBeforeRelative(
  { sentences, tokens }: Tagged,
  at: number,
  { personAt }: Entities,
): Choice<Person> | undefined {
  for (let i = at - 1; i >= Math.max(sentences.first[sentences.of[at]!]!, at - 25); i--) {
    const person = personAt.get(i);
    if (person !== undefined)
      return { who: person, confidence: tokens.words[at - 1]!.form === ',' || i === at - 1 ? 0.85 : 0.6 };
  }
  return undefined;
}

/**
 * Whom "the mayor" or "the Mexican president" stands for: someone to whom the article gives that role, else the holder
 * of the office on the article's day when the phrase names the country.
 */
export function personOfRole(
  tagged: Tagged,
  phrase: SourcePhrase,
  entities: Entities,
  day: string | undefined,
): Choice<Person> | { readonly figure: string; readonly confidence: number } | undefined {
  const { tokens } = tagged;
  const head = plain(tokens, phrase.head);
  const owner = countryOf(tagged, phrase);
  const asked = roleWordsOf(textOf(tokens, { first: phrase.core, last: phrase.coreLast }));
  let best: Person | undefined;
  let bestScore = 0;
  let tied = false;
  const places = new Set<string>();
  const bearers = [...withRole(entities, head)];
  // Someone named only further on is meant when nobody was named before.
  const named = bearers.filter(({ mentions }) => lastBefore(mentions, phrase.first) !== undefined);
  for (const person of named.length > 0 ? named : bearers) {
    const score = roleScore(tagged, person, head, asked, owner, phrase.first, day);
    if (score <= 0) continue;
    for (const role of person.roles.slice(0, 4))
      if (role.head === head) for (const place of placesOf(role.text)) places.add(place);
    tied = score === bestScore;
    if (score > bestScore) {
      bestScore = score;
      best = person;
    }
  }
  // Two presidents are in the room, and the words do not say which country's is meant.
  const anyOf = owner === undefined && asked.length === 1 && places.size > 1;
  if (best !== undefined && !tied) return { who: best, confidence: anyOf ? 0.4 : bestScore >= 3 ? 0.8 : 0.65 };
  if (best !== undefined || owner === undefined || day === undefined) return undefined;
  const office = OFFICES.get(asked.slice(-2).join(' ')) ?? OFFICES.get(head);
  const holder = office === undefined ? undefined : officeHolder(office, owner, day);
  return holder === undefined ? undefined : { figure: holder.key, confidence: 0.7 };
}

/** The countries that a role names: "French President". */
function placesOf(role: string): string[] {
  const { countries } = gazetteer();
  return roleWordsOf(role).flatMap((word) => countries.get(word) ?? []);
}

function withRole({ byRole }: Entities, head: string): Set<Person> {
  const words = [
    head,
    head.replace(/(?:er|or|ist)s?$/, ''),
    ...groups.filter((group) => group.has(head)).flatMap((group) => [...group]),
  ];
  return new Set(words.flatMap((word) => byRole.get(word) ?? []));
}

function roleScore(
  tagged: Tagged,
  person: Person,
  head: string,
  asked: readonly string[],
  owner: string | undefined,
  at: number,
  day: string | undefined,
): number {
  let score = 0;
  const { countries } = gazetteer();
  for (const role of person.roles.slice(0, 12)) {
    const words = roleWordsOf(role.text);
    if (role.head !== head && !words.includes(head) && !synonyms(role.head, head) && !related(words, head)) continue;
    const place = words.map((word) => countries.get(word)).find(Boolean);
    if (owner !== undefined && place !== undefined && owner !== place) continue;
    const former = (list: readonly string[]): boolean => list.includes('former') || list.includes('ex');
    if (former(words) !== former(asked)) continue;
    const shared = asked.filter((word) => words.includes(word)).length;
    score = Math.max(score, 1.5 + shared * 0.8 + (owner !== undefined && owner === place ? 1 : 0));
  }
  const office = OFFICES.get(asked.slice(-2).join(' ')) ?? OFFICES.get(head);
  const term = person.figure?.terms.find((each) => each.office === office);
  if (score === 0 && term !== undefined && (owner === undefined || owner === term.place)) {
    if (day === undefined || (term.from <= day && (term.to === undefined || day <= term.to))) score = 1.5;
  }
  if (score === 0) return 0;
  const last = lastBefore(person.mentions, at);
  if (last === undefined) return score * 0.5;
  const apart = tagged.sentences.of[at]! - last.sentence;
  return score + 1 - Math.min(apart, 20) * 0.05 + Math.min(person.mentions.length, 10) * 0.02;
}

const groups: readonly ReadonlySet<string>[] = [
  new Set(['senator', 'sen', 'lawmaker', 'politician', 'legislator']),
  new Set(['representative', 'rep', 'congressman', 'congresswoman', 'lawmaker', 'politician', 'legislator']),
  new Set(['governor', 'gov', 'politician']),
  new Set(['minister', 'premier', 'politician']),
  new Set(['attorney', 'lawyer', 'counsel', 'barrister', 'solicitor']),
  new Set(['professor', 'researcher', 'scientist', 'academic', 'scholar', 'author']),
  new Set(['doctor', 'physician', 'surgeon', 'dr']),
  new Set(['coach', 'manager', 'boss', 'head']),
  new Set(['spokesman', 'spokeswoman', 'spokesperson']),
  new Set(['ceo', 'executive', 'boss', 'chief']),
  new Set(['candidate', 'nominee', 'contender', 'hopeful']),
  new Set(['officer', 'detective', 'policeman', 'cop']),
  new Set(['mogul', 'businessman', 'tycoon', 'billionaire', 'developer']),
];
/** "The researcher" is the director of research. */
const related = (words: readonly string[], head: string): boolean =>
  words.some((word) => word.length > 5 && head.startsWith(word));

const synonyms = (a: string, b: string): boolean => groups.some((group) => group.has(a) && group.has(b));

/** The country a phrase names: "the Mexican president", "the president of Mexico", "Malaysia's Prime Minister". */
function countryOf({ tokens }: Tagged, { first, last }: SourcePhrase): string | undefined {
  const { countries } = gazetteer();
  for (let i = first; i <= last; i++) {
    const place = countries.get(fold(tokens.words[i]!.form));
    if (place !== undefined && tokens.words[i]!.form !== tokens.words[i]!.lower) return place;
  }
  return undefined;
}

/**
 * The body that "the company", "the Church" or "it" stands for: one whose name has that head, else the last one spoken
 * of, which is unclear where another has been named since.
 */
export function bodyOfPhrase(
  tagged: Tagged,
  phrase: SourcePhrase,
  entities: Entities,
  lastSpeaker: Body | undefined,
): Choice<Body> | undefined {
  const head = fold(tagged.tokens.words[phrase.head]!.form);
  const is = (body: Body): boolean => hasModifiers(tagged, phrase, body);
  let best: Body | undefined;
  let bestFirst = -1;
  for (const body of (entities.byHead.get(head) ?? []).filter(is)) {
    const mention = lastBefore(body.mentions, phrase.first);
    if (mention === undefined || mention.first <= bestFirst) continue;
    bestFirst = mention.first;
    best = body;
  }
  // "The bank" is Canal Bank, unless another one has spoken since that may be called so.
  const spoke = lastSpeaker === undefined ? -1 : (lastBefore(lastSpeaker.mentions, phrase.first)?.first ?? -1);
  const isDoubtful =
    lastSpeaker !== best && spoke > bestFirst && lastSpeaker !== undefined && mayBeCalled(lastSpeaker, head);
  if (best !== undefined) return { who: best, confidence: isDoubtful ? 0.45 : 0.75 };
  if (!generic.has(head)) return undefined;
  if (lastSpeaker !== undefined && mayBeCalled(lastSpeaker, head) && is(lastSpeaker))
    return { who: lastSpeaker, confidence: hasRival(tagged, phrase, entities, lastSpeaker) ? 0.45 : 0.6 };
  const main = entities.mainBody;
  return main === undefined || !mayBeCalled(main, head) || !is(main) || main.mentions[0]!.first > phrase.first
    ? undefined
    : { who: main, confidence: 0.55 };
}

/** Another body that may be called so was named later than this one, in the phrase's own sentence or the one before. */
function hasRival({ sentences }: Tagged, { first }: SourcePhrase, { bodies }: Entities, body: Body): boolean {
  const since = lastBefore(body.mentions, first)?.first ?? -1;
  return bodies.some((other) => {
    const mention = other === body ? undefined : lastBefore(other.mentions, first);
    return mention !== undefined && mention.first > since && sentences.of[first]! - mention.sentence <= 1;
  });
}

/** "The power company" is not Harbor Lines: a noun before the head stands in the name, too. */
function hasModifiers({ tokens, tags }: Tagged, { core, head }: SourcePhrase, { name }: Body): boolean {
  const known = fold(name).split(' ');
  for (let i = core; i < head; i++)
    if (tags[i] === Tag.NN && !known.includes(fold(tokens.words[i]!.form))) return false;
  return true;
}

/** "The company" is no bureau, and no charity is "the ministry". */
function mayBeCalled({ name }: Body, noun: string): boolean {
  if (noun === 'ministry' || noun === 'union') return false;
  if (noun === 'company' || noun === 'firm') return !PUBLIC.test(name);
  if (noun === 'department')
    return !COMMERCIAL.test(name) && !/\b(?:council|party|university|union|police)\b/i.test(name);
  return noun !== 'agency' || !COMMERCIAL.test(name);
}

const PUBLIC =
  /\b(?:bureau|agency|ministry|department|commission|council|police|court|congress|senate|house|parliament|government|administration|university|college|school|union|federation|amnesty|party|committee|office|authority|army|navy|association|foundation|society|institute)\b/i;
const COMMERCIAL = /\b(?:inc|corp|ltd|llc|plc|co|holdings|airlines|bank|motors)\b/i;

/** Nouns that stand for whatever body was spoken of. */
const generic = new Set('company firm group organization organisation agency it department ministry union'.split(' '));
