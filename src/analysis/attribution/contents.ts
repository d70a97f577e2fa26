/** Second thoughts on each content: is it one, and where does it begin and end? A ranker over a few candidate spans. */

import { CUES } from '../lexicon/cues.ts';
import type { FeatureSink } from '../models/ranker.ts';
import { hashText } from '../text/hash.ts';
import { Inside } from '../text/marks.ts';
import { isFiniteVerb, Tag } from '../text/pos.ts';
import type { Range, Tagged } from '../text/types.ts';
import { LABELS } from './labels.ts';
import type { Part } from './parts.ts';

/** A content as first found, with what it was linked to. */
export interface FoundContent {
  readonly content: Range;
  readonly cue: Part | undefined;
  readonly source: Range | undefined;
  readonly carried: boolean;
  /** How sure the source is. */
  readonly probability: number;
  /** Free room around it: neither another part nor another paragraph. */
  readonly room: Range;
}

const MOST_ENDS = 5;

/** The span as found, then others with another end or beginning; all inside `room`. */
export function contentCandidates(tagged: Tagged, { content, room }: FoundContent): Range[] {
  const { sentences, tags, tokens, marks } = tagged;
  const { first, last } = content;
  const found: Range[] = [{ first, last }];
  const sentence = sentences.of[last]!;
  const sentenceFirst = Math.max(sentences.first[sentences.of[first]!]!, room.first);
  const sentenceLast = Math.min(sentences.first[sentence + 1]! - 1, room.last);
  const verb = firstFiniteVerb(tagged, content);
  // "that after months of talks, the strike is over" must not end before its verb.
  const add = (end: number): void => {
    if (end > first && end <= sentenceLast && end >= verb && !found.some((span) => span.last === end))
      found.push({ first, last: end });
  };
  let end = sentenceLast;
  while (end > last && tags[end] === Tag['.']) end--;
  add(end);
  // Where a clause may end: before a comma, a conjunction, a relative word; outwards from the found end.
  for (let i = last + 1, seen = 0; i <= sentenceLast && seen < 2; i++)
    if (isBoundary(tagged, i)) {
      add(i - 1);
      seen++;
    }
  for (let i = last, seen = 0; i > first + 1 && seen < MOST_ENDS - 2; i--)
    if (isBoundary(tagged, i)) {
      add(i - 1);
      seen++;
    }
  const begin = (at: number): void => {
    if (at !== first && at <= last) found.push({ first: at, last });
  };
  if (tokens.words[first]!.lower !== 'that' && first - 1 >= room.first && tokens.words[first - 1]!.lower === 'that')
    begin(first - 1);
  if (sentenceFirst < first && sentences.of[sentenceFirst] === sentences.of[first]) begin(sentenceFirst);
  for (let i = first - 1, seen = 0; i > sentenceFirst && seen < 2; i--)
    if (isBoundary(tagged, i)) {
      begin(marks.inside[i] === Inside.opening ? i : i + 1);
      seen++;
    }
  for (let i = first + 1, seen = 0; i < last && seen < 2; i++)
    if (isBoundary(tagged, i)) {
      begin(i + 1);
      seen++;
    }
  return found;
}

function firstFiniteVerb({ tags }: Tagged, { first, last }: Range): number {
  for (let i = first; i <= last; i++) if (isFiniteVerb(tags[i]!)) return i;
  return -1;
}

function isBoundary({ tags, tokens }: Tagged, i: number): boolean {
  const tag = tags[i]!;
  if (tag === Tag[','] || tag === Tag[':'] || tag === Tag.WDT || tag === Tag.WP || tag === Tag.WRB || tag === Tag.CC)
    return true;
  return tag === Tag.IN && MAY_BEGIN_CLAUSE.has(tokens.words[i]!.lower);
}

const MAY_BEGIN_CLAUSE = new Set(
  'as while after before because that if although though since when during in at on by'.split(' '),
);

const near = (distance: number): number =>
  distance <= 3 ? distance : distance <= 6 ? 4 : distance <= 12 ? 5 : distance <= 25 ? 6 : 7;

/** Features of keeping `span` for a found content; `undefined` stands for dropping it. */
export function contentFeatures(
  tagged: Tagged,
  scores: Float32Array,
  unit: number,
  found: FoundContent,
  span: Range | undefined,
  list: FeatureSink,
): void {
  if (span === undefined) {
    list.add(1, 1);
    return;
  }
  const { tokens, sentences, tags, marks } = tagged;
  const { words } = tokens;
  const { content, cue, source, carried } = found;
  const { first, last } = span;
  const moved =
    (first === content.first ? 0 : first < content.first ? 1 : 2) * 3 +
    (last === content.last ? 0 : last < content.last ? 1 : 2);
  const cueWord = cue === undefined ? 0 : words[cue.last]!.hash;
  const cueFirst = cue === undefined ? 0 : words[cue.first]!.hash;
  const cueClass =
    cue === undefined ? 0 : hashText(CUES.get(words[cue.last]!.lower) ?? CUES.get(words[cue.first]!.lower) ?? 'other');
  const cueTag = cue === undefined ? 63 : tags[cue.last]!;
  const side = cue === undefined ? 0 : cue.first > last ? 1 : 2;
  const open = marks.inside[first]!;
  const close = marks.inside[last]!;
  const nextInside = last + 1 < tokens.count ? marks.inside[last + 1]! : 0;
  const before = first > 0 ? marks.inside[first - 1]! : 0;
  const state = ((open * 4 + close) * 4 + nextInside) * 4 + before;
  const who = source === undefined ? 0 : carried ? 1 : 2;
  const next = last + 1 < tokens.count ? words[last + 1]!.hash : 0;
  const nextTag = last + 1 < tokens.count ? tags[last + 1]! : 63;
  const previous = first > 0 ? words[first - 1]!.hash : 0;
  const previousTag = first > 0 ? tags[first - 1]! : 63;
  const sentence = sentences.of[last]!;
  const left = sentences.first[sentence + 1]! - 1 - last;
  let verbs = 0;
  let commas = 0;
  let marked = 0;
  for (let i = first; i <= last && i < first + 120; i++) {
    if (isFiniteVerb(tags[i]!)) verbs++;
    if (tags[i] === Tag[',']) commas++;
    if (marks.inside[i] !== Inside.no) marked++;
  }
  const clause = Math.min(verbs, 2);
  const markShare = marked === 0 ? 0 : marked > last - first ? 2 : 1;
  const length = near((last - first) >> 1);
  list.add(2, moved, who);
  list.add(3, moved, bin(pathScore(scores, content, span) / unit));
  list.add(4, bin(meanScore(scores, span) / unit), markShare);
  list.add(5, state, who);
  list.add(6, next, nextTag);
  list.add(7, tags[last]! * 64 + nextTag, clause);
  list.add(8, previous, previousTag * 4 + side);
  list.add(9, previousTag * 64 + tags[first]!, side);
  list.add(10, words[first]!.hash, side);
  list.add(11, words[last]!.hash);
  list.add(12, cueWord, clause * 4 + markShare);
  list.add(13, cueWord, tags[first]! * 4 + side);
  list.add(14, cueClass, (clause * 4 + markShare) * 8 + length);
  list.add(15, cueTag, (clause * 4 + markShare) * 8 + who);
  list.add(16, cueFirst, who);
  list.add(17, near(left), nextTag);
  list.add(
    18,
    side * 8 +
      (cue === undefined ? 0 : near(Math.max(0, cue.first > last ? cue.first - last - 1 : first - cue.last - 1))),
    cueClass,
  );
  list.add(19, length, commas * 4 + clause);
  list.add(
    20,
    nextTag * 64 + (last + 2 < tokens.count ? tags[last + 2]! : 63),
    last + 3 < tokens.count ? tags[last + 3]! : 63,
  );
  list.add(21, next, last + 2 < tokens.count ? words[last + 2]!.hash : 0);
  list.add(22, who, markShare * 8 + length);
  list.add(23, Math.floor(found.probability * 4), who);
  list.add(24, tags[first]! * 64 + (first + 1 < tokens.count ? tags[first + 1]! : 63), cueClass);
  list.add(25, cue === undefined || sentences.of[cue.first] === sentences.of[first] ? 0 : 1, markShare * 4 + who);
  list.add(26, bin(edgeScore(scores, first, 5) / unit), markShare);
  list.add(27, bin(last + 1 < tokens.count ? insideScore(scores, last + 1) / unit : 0), near(left));
  if (source !== undefined) list.add(28, tags[source.last]!, cueClass);
  list.add(29, cueWord, who * 4 + markShare);
}

/** Scores in halves of a unit, cut at the ends. */
const bin = (value: number): number => Math.max(-12, Math.min(12, Math.round(value * 2)));

/** How much better a token is as the inside of a content than as nothing. */
const insideScore = (scores: Float32Array, i: number): number => scores[i * LABELS + 6]! - scores[i * LABELS]!;
const edgeScore = (scores: Float32Array, i: number, label: number): number =>
  scores[i * LABELS + label]! - scores[i * LABELS]!;

/** What moving from the found span to another costs: tokens gained less tokens lost. */
function pathScore(scores: Float32Array, from: Range, to: Range): number {
  let score = 0;
  for (let i = Math.min(from.first, to.first); i < Math.max(from.first, to.first); i++)
    score += (to.first < from.first ? 1 : -1) * insideScore(scores, i);
  for (let i = Math.min(from.last, to.last) + 1; i <= Math.max(from.last, to.last); i++)
    score += (to.last > from.last ? 1 : -1) * insideScore(scores, i);
  return score;
}

function meanScore(scores: Float32Array, { first, last }: Range): number {
  let score = 0;
  for (let i = first; i <= last; i++) score += insideScore(scores, i);
  return score / (last - first + 1);
}
