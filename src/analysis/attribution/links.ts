/** What decides which cue reports a content and which words name its source: candidates and their features. */
import { Role, rolesOf } from '../lexicon/roles.ts';
import type { FeatureSink } from '../models/ranker.ts';
import { Inside, runAt } from '../text/marks.ts';
import { phraseAfter, phraseBefore } from '../text/phrases.ts';
import { Tag } from '../text/pos.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import type { Part } from './parts.ts';

// ---------------------------------------------------------------- candidates

const REACH = 7;

export interface SourceCandidate {
  readonly part: Part | undefined;
  /** The source of the content before. */
  readonly carried: boolean;
  /** How many candidates on the same side of the cue stand nearer to it. */
  readonly rank: number;
}

/** Cues of the same paragraph, at most seven parts away; last of all none. */
export function cueCandidates({ tokens }: Tagged, parts: readonly Part[], at: number): (Part | undefined)[] {
  return [...nearby(tokens, parts, at, 'cue'), undefined];
}

/** Labelled sources near by, the source before, noun phrases beside the cue that the labeller passed over; last none. */
export function sourceCandidates(
  tagged: Tagged,
  parts: readonly Part[],
  at: number,
  cue: Part | undefined,
  before: Part | undefined,
): SourceCandidate[] {
  const { tokens } = tagged;
  const found = nearby(tokens, parts, at, 'source');
  const has = ({ first, last }: Range): boolean => found.some((part) => part.first <= last && part.last >= first);
  if (before !== undefined && !has(before)) found.push(before);
  if (cue !== undefined)
    for (const { first, last } of phrasesBeside(tagged, parts, at, cue))
      if (!has({ first, last })) found.push({ first, last, kind: 'source', at: GUESSED });
  const anchor = cue ?? parts[at]!;
  const candidates = found.map(
    (part): SourceCandidate => ({
      part,
      carried: part === before || (part.at !== GUESSED && part.first === before?.first),
      rank: rankOf(part, found, anchor),
    }),
  );
  candidates.push({ part: undefined, carried: false, rank: 0 });
  return candidates;
}

function rankOf(part: Part, all: readonly Part[], anchor: Range): number {
  const left = part.first < anchor.first;
  let nearer = 0;
  for (const { first } of all)
    if (left ? first > part.first && first < anchor.first : first < part.first && first > anchor.first) nearer++;
  return nearer;
}

/** The `at` of a source that is not among the labelled parts. */
const GUESSED = -1;
const LOOK_LEFT = 30;
const LOOK_RIGHT = 8;

function phrasesBeside(tagged: Tagged, parts: readonly Part[], at: number, cue: Part): Range[] {
  const { sentences } = tagged;
  const sentence = sentences.of[cue.first]!;
  const neighbours = parts.slice(Math.max(0, cue.at - 2), cue.at + 3);
  const free = (range: Range): boolean =>
    range.last < parts[at]!.first || range.first > parts[at]!.last
      ? !neighbours.some((part) => part.kind === 'content' && range.first <= part.last && range.last >= part.first)
      : false;
  const found: Range[] = [];
  const least = Math.max(sentences.first[sentence]!, cue.first - LOOK_LEFT);
  let from = cue.first - 1;
  for (let n = 0; n < 3; n++) {
    const phrase = phraseBefore(tagged, from, least);
    if (phrase === undefined) break;
    if (free(phrase)) found.push(phrase);
    from = phrase.first - 1;
  }
  const right = phraseAfter(tagged, cue.last + 1, Math.min(sentences.first[sentence + 1]! - 1, cue.last + LOOK_RIGHT));
  if (right !== undefined && free(right)) found.push(right);
  return found;
}

/** Parts of a kind in the content's paragraph, and in the one before where that ends in a colon: "Okafor wrote:". */
function nearby({ paragraph, words }: Tokens, parts: readonly Part[], at: number, kind: Part['kind']): Part[] {
  const content = parts[at]!;
  const here = paragraph[content.first]!;
  const opensParagraph = content.first > 0 && paragraph[content.first - 1] !== here;
  const least = opensParagraph && words[content.first - 1]!.form === ':' ? here - 1 : here;
  const found: Part[] = [];
  for (let k = Math.max(0, at - REACH); k <= Math.min(parts.length - 1, at + REACH); k++) {
    const part = parts[k]!;
    if (part.kind === kind && paragraph[part.first]! >= least && paragraph[part.first]! <= here) found.push(part);
  }
  return found;
}

// ---------------------------------------------------------------- features

/** What stands between a content and another part: the kinds of the parts and the sentence breaks, in order. */
function between({ sentences }: Tagged, parts: readonly Part[], at: number, other: Part): number {
  const content = parts[at]!;
  const forward = other.first > content.first;
  let code = forward ? 1 : 2;
  let sentence = sentences.of[forward ? content.last : content.first]!;
  let steps = 0;
  for (let k = at + (forward ? 1 : -1); k >= 0 && k < parts.length && steps < 8; k += forward ? 1 : -1) {
    const part = parts[k]!;
    const here = sentences.of[forward ? part.first : part.last]!;
    if (here !== sentence) {
      code = Math.imul(code, 7) + 4;
      sentence = here;
    }
    if (part === other) return code;
    code = Math.imul(code, 7) + (part.kind === 'cue' ? 1 : part.kind === 'source' ? 2 : 3);
    sentence = sentences.of[forward ? part.last : part.first]!;
    steps++;
  }
  return Math.imul(code, 7) + 5;
}

const near = (distance: number): number =>
  distance <= 3 ? distance : distance <= 6 ? 4 : distance <= 12 ? 5 : distance <= 25 ? 6 : 7;

const gap = (a: Range, b: Range): number => (a.first > b.last ? a.first - b.last - 1 : b.first - a.last - 1);

function markState({ marks }: Tagged, part: Range): number {
  const open = marks.inside[part.first]!;
  return (
    (open === Inside.no ? 0 : open === Inside.opening ? 1 : 2) * 2 + (marks.inside[part.last] === Inside.no ? 0 : 1)
  );
}

export function cueFeatures(
  tagged: Tagged,
  parts: readonly Part[],
  at: number,
  cue: Part | undefined,
  list: FeatureSink,
): void {
  const { tokens, sentences, tags } = tagged;
  const content = parts[at]!;
  const state = markState(tagged, content);
  if (cue === undefined) {
    list.add(1, state);
    list.add(2, tags[content.first]!);
    list.add(3, parts[at - 1]?.kind === 'content' ? 1 : 0, parts[at + 1]?.kind === 'cue' ? 1 : 0);
    list.add(4, 1);
    return;
  }
  const path = between(tagged, parts, at, cue);
  const forward = cue.first > content.first ? 1 : 0;
  const word = tokens.words[cue.last]!.hash;
  list.add(10, path);
  list.add(11, path, state);
  list.add(12, forward, near(gap(content, cue)));
  list.add(13, forward, word);
  list.add(14, Math.abs(sentences.of[cue.first]! - sentences.of[content.first]!), forward * 8 + state);
  list.add(15, tags[cue.last]!, forward);
  list.add(16, tokens.words[Math.max(cue.first, content.first) - 1]?.hash ?? 0, forward);
  list.add(17, commasBetween(tagged, content, cue), forward);
  list.add(18, path, tags[cue.last]!);
}

const commasBetween = ({ tokens }: Tagged, a: Range, b: Range): number => {
  const from = Math.min(a.last, b.last) + 1;
  const to = Math.max(a.first, b.first);
  let commas = 0;
  for (let i = from; i < to && i < from + 60; i++) if (tokens.words[i]!.form === ',') commas++;
  return Math.min(commas, 3);
};

export function sourceFeatures(
  tagged: Tagged,
  parts: readonly Part[],
  at: number,
  cue: Part | undefined,
  { part: source, carried, rank }: SourceCandidate,
  list: FeatureSink,
): void {
  const { tokens, sentences, tags, marks } = tagged;
  const content = parts[at]!;
  const state = markState(tagged, content);
  const hasCue = cue === undefined ? 0 : 1;
  if (source === undefined) {
    list.add(1, state, hasCue);
    list.add(2, hasCue);
    if (cue !== undefined) {
      list.add(3, tokens.words[cue.last]!.hash);
      list.add(4, tags[cue.last]!, tags[cue.first]!);
      list.add(5, tokens.words[cue.first]!.hash);
      list.add(6, tokens.words[cue.last + 1]?.hash ?? 0);
      list.add(7, tags[cue.first - 1] ?? 63, tags[cue.first]!);
      list.add(9, between(tagged, parts, at, cue));
    }
    list.add(8, parts[at - 1]?.kind === 'source' ? 1 : 0, parts[at + 1]?.kind === 'source' ? 1 : 0);
    return;
  }
  const adjacent = Math.abs(source.at - at) <= REACH && !carriedOver(tokens, source, content);
  const guessed = source.at === GUESSED;
  const path = guessed ? 98 : adjacent ? between(tagged, parts, at, source) : 99;
  const forward = source.first > content.first ? 1 : 0;
  const flags = (carried ? 1 : 0) + hasCue * 2 + (guessed ? 4 : 0);
  list.add(20, path, flags);
  list.add(21, path, state);
  list.add(22, forward * 8 + flags, near(gap(content, source)));
  list.add(
    23,
    Math.min(3, Math.abs(sentences.of[source.first]! - sentences.of[content.first]!)),
    forward * 32 + state * 4 + flags,
  );
  list.add(24, tags[source.last]!, flags);
  list.add(25, rolesOf(tokens.words[source.last]!) >> 2, flags);
  list.add(26, marks.inside[source.first]! === Inside.no ? 0 : 1, state);
  list.add(27, Math.min(4, tokens.paragraph[content.first]! - tokens.paragraph[source.first]!), state * 8 + flags);
  if (carried) list.add(28, state, runAt(marks, content.first)?.continues ? 1 : 0);
  list.add(35, Math.min(source.last - source.first, 5), flags);
  const opens = sentences.first[sentences.of[source.first]!] === source.first ? 1 : 0;
  const next = tags[source.last + 1] ?? 63;
  const side = source.first < (cue ?? content).first ? 1 : 0;
  const beside = besideCue(parts, source, cue);
  list.add(50, next, (tags[source.first - 1] ?? 63) * 2 + opens);
  list.add(51, Math.min(rank, 4) * 2 + side, flags);
  list.add(52, Math.min(rank, 4) * 2 + side, opens * 64 + next);
  list.add(53, beside * 2 + side, flags);
  list.add(54, beside * 2 + side, Math.min(rank, 4) * 2 + opens);
  list.add(55, Math.min(rank, 4) * 2 + side, state * 8 + flags);
  if (cue !== undefined) {
    const before = source.first < cue.first ? 1 : 0;
    const distance = near(gap(source, cue));
    const otherSentence = sentences.of[source.first] === sentences.of[cue.first] ? 0 : 1;
    list.add(29, before * 8 + distance, otherSentence);
    list.add(30, before, tokens.words[cue.last]!.hash);
    list.add(31, before * 8 + distance, tags[cue.last]!);
    list.add(32, guessed ? 98 : partsBetween(parts, source, cue), before * 2 + otherSentence);
    list.add(33, before * 2 + forward, cue.first > content.first ? 1 : 0);
    list.add(34, before * 8 + distance, rolesOf(tokens.words[source.last]!) & Role.pronoun);
    list.add(36, before, tags[before ? source.last + 1 : source.first - 1] ?? 63);
    list.add(37, tokens.words[before ? source.last + 1 : source.first - 1]?.hash ?? 0, before * 8 + distance);
    list.add(38, tags[source.first - 1] ?? 63, tags[source.first] === Tag.PRP ? 1 : 0);
    list.add(40, before * 8 + distance, flags);
    list.add(41, commasBetween(tagged, source, cue), before * 8 + flags);
    list.add(42, tags[source.last]! * 64 + (tags[cue.first] ?? 63), before * 8 + flags);
    list.add(43, tagsBetween(tags, source, cue), before * 8 + flags);
    const afterComma = tokens.words[cue.first - 1]?.form === ',' ? 1 : 0;
    list.add(56, tags[cue.first]! * 2 + afterComma, (opens * 8 + Math.min(rank, 4)) * 2 + before);
    list.add(57, tags[cue.first]! * 2 + afterComma, beside * 8 + before * 4 + opens * 2 + (carried ? 1 : 0));
    list.add(58, tags[source.first - 1] ?? 63, tags[cue.first]! * 4 + afterComma * 2 + opens);
    list.add(39, tokens.words[cue.last]!.lower === 'to' ? 1 : 0, before);
  }
}

/** From another paragraph that does not introduce this one. */
const carriedOver = ({ paragraph, words }: Tokens, source: Part, content: Part): boolean =>
  paragraph[source.first] !== paragraph[content.first] && words[content.first - 1]?.form !== ':';

/** Whether a labelled source stands beside the chosen cue (2), beside another one (1), or beside none (0). */
function besideCue(parts: readonly Part[], source: Part, cue: Part | undefined): number {
  if (source.at === GUESSED) return 3;
  const neighbours = [parts[source.at - 1], parts[source.at + 1]];
  if (cue !== undefined && neighbours.includes(cue)) return 2;
  return neighbours.some((part) => part?.kind === 'cue') ? 1 : 0;
}

/** The tags between a source and its cue, when these are few. */
function tagsBetween(tags: Uint8Array, a: Range, b: Range): number {
  const from = Math.min(a.last, b.last) + 1;
  const to = Math.max(a.first, b.first);
  if (to - from > 4) return -1;
  let code = to - from;
  for (let i = from; i < to; i++) code = code * 64 + tags[i]!;
  return code | 0;
}

function partsBetween(parts: readonly Part[], a: Part, b: Part): number {
  const from = Math.min(a.at, b.at);
  const to = Math.max(a.at, b.at);
  let code = 1;
  for (let k = from + 1; k < to && k < from + 5; k++)
    code = code * 4 + (parts[k]!.kind === 'cue' ? 1 : parts[k]!.kind === 'source' ? 2 : 3);
  return code;
}
