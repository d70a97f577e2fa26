/** What the labeller sees of each token: hashed features, as bucket numbers. */

import { Role, rolesOf } from '../lexicon/roles.ts';
import { clusterOf } from '../text/company.ts';
import { hashText } from '../text/hash.ts';
import { Inside } from '../text/marks.ts';
import { Tag } from '../text/pos.ts';
import { Kind } from '../text/tokens.ts';
import type { Tagged } from '../text/types.ts';

export const FEATURE_BITS = 17;
const MASK = (1 << FEATURE_BITS) - 1;
/** Room for the features of one token. */
export const STRIDE = 56;

/** All of a text, for training: those of token `i` are `ids[i * STRIDE]` to `ids[i * STRIDE + counts[i] - 1]`. */
export interface Features {
  readonly ids: Int32Array;
  readonly counts: Uint8Array;
}

const COMMA = hashText(',');
const THAT = hashText('that');
const TO = hashText('to');
const ACCORDING = hashText('according');
const COLON = hashText(':');
const OUTSIDE = 0x5bd1e995;

/** Distance in tokens, in eight steps. */
const step = (distance: number): number =>
  distance >= 99 ? 7 : distance > 12 ? 6 : distance > 6 ? 5 : distance > 3 ? 4 : distance;

// ---------------------------------------------------------------- the features of one token

/** Features come from templates, numbered from 1; each takes two numbers. */
const TEMPLATES = 41;
/** Those that only some tokens have. */
const OF_SOME: readonly number[] = [10, 22, 24, 25, 29, 30, 33, 35, 39, 40];
/** Numbers that no template bears any more: the model in use was trained without them. */
const NEVER: readonly number[] = [0, 15, 20, 21, 23, 26, 27, 31];

const OF_ALL = Int32Array.from(
  Array.from({ length: TEMPLATES }, (_, template) => template).filter(
    (template) => !OF_SOME.includes(template) && !NEVER.includes(template),
  ),
);

/** What the templates were given for the token at hand: kept as it is until all of it is hashed in short loops. */
const firsts = new Int32Array(TEMPLATES);
const seconds = new Int32Array(TEMPLATES);
/** Which of those that only some tokens have were given. */
const extra = new Int32Array(OF_SOME.length);
let extras = 0;

function give(template: number, a: number, b: number): void {
  firsts[template] = a;
  seconds[template] = b;
}

function giveSome(template: number, a: number, b: number): void {
  give(template, a, b);
  extra[extras++] = template;
}

function bucketOf(template: number): number {
  let x = Math.imul(firsts[template]! ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b);
  x ^= Math.imul(seconds[template]! + 0x7f4a7c15, 0xc2b2ae35);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  return (x ^ (x >>> 13)) & MASK;
}

/** Puts the bucket of each feature that was given into `buckets`, and answers how many there are. */
function hashGiven(buckets: Int32Array): number {
  const { length } = OF_ALL;
  const count = length + extras;
  for (let k = 0; k < length; k++) buckets[k] = bucketOf(OF_ALL[k]!);
  for (let k = length; k < count; k++) buckets[k] = bucketOf(extra[k - length]!);
  extras = 0;
  return count;
}

export function labelFeatures(tagged: Tagged): Features {
  const ids = new Int32Array(tagged.tokens.count * STRIDE);
  const counts = new Uint8Array(tagged.tokens.count);
  eachFeatures(tagged, (token, buckets, count) => {
    ids.set(buckets.subarray(0, count), token * STRIDE);
    counts[token] = count;
  });
  return { ids, counts };
}

/** Shows the features of each token of a text, in reading order. `buckets` is good until the next visit. */
export function eachFeatures(
  { tokens, marks, sentences, tags }: Tagged,
  visit: (token: number, buckets: Int32Array, count: number) => void,
): void {
  const { count, words, kind, paragraph } = tokens;
  const { inside } = marks;
  const buckets = new Int32Array(STRIDE);
  const hash = new Int32Array(count);
  const shape = new Uint8Array(count);
  const roles = new Uint8Array(count);
  const company = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const word = words[i]!;
    hash[i] = word.hash;
    shape[i] = word.shape;
    roles[i] = rolesOf(word);
    company[i] = clusterOf(word);
  }
  const isComma = (i: number): boolean => hash[i] === COMMA;
  const cues = new Int32Array(count);

  for (let s = 0; s < sentences.count; s++) {
    const first = sentences.first[s]!;
    const after = sentences.first[s + 1]!;
    const wordAt = (j: number): number =>
      j < 0 || j >= count ? 1 : j >= first && j < after ? hash[j]! : hash[j]! ^ OUTSIDE;
    const tagAt = (j: number): number => (j < 0 || j >= count ? 63 : tags[j]!);

    let cueCount = 0;
    let hasMark = 0;
    let accordingAt = -1;
    for (let i = first; i < after; i++) {
      if (inside[i] === Inside.no && (roles[i]! & Role.cue) !== 0) cues[cueCount++] = i;
      if (inside[i]! >= Inside.opening) hasMark = 1;
      if (accordingAt < 0 && hash[i] === ACCORDING && i + 1 < after && hash[i + 1] === TO) accordingAt = i;
    }
    const startsInside = inside[first] === Inside.opening ? 2 : inside[first] === Inside.yes ? 1 : 0;
    const startsParagraph = first === 0 || paragraph[first - 1] !== paragraph[first] ? 1 : 0;
    // A plain cue near the end: "..., she said on Friday."
    let late = -1;
    for (let i = after - 1; i >= first && i >= after - 12; i--)
      if ((roles[i]! & Role.plainCue) !== 0 && inside[i] === Inside.no) {
        late = i;
        break;
      }
    let lateComma = -1;
    for (let i = late - 1; late > 0 && i >= first && i >= late - 8; i--)
      if (isComma(i) || inside[i] === Inside.closing) {
        lateComma = i;
        break;
      }

    let passed = 0;
    let commasSince = 0;
    let verbsSince = 0;
    let relativeOpen = 0;
    for (let i = first; i < after; i++) {
      while (passed < cueCount && cues[passed]! < i) {
        passed++;
        commasSince = 0;
        verbsSince = 0;
        relativeOpen = 0;
      }
      const left = passed > 0 ? cues[passed - 1]! : -1;
      const rightAt = passed < cueCount && cues[passed] === i ? passed + 1 : passed;
      const right = rightAt < cueCount ? cues[rightAt]! : -1;
      const h = hash[i]!;
      const tag = tags[i]!;
      const q = inside[i]!;
      const before = wordAt(i - 1);
      const next = wordAt(i + 1);
      give(1, h, 0);
      give(2, before, 0);
      give(3, next, 0);
      give(4, wordAt(i - 2), 0);
      give(5, wordAt(i + 2), 0);
      give(6, before, h);
      give(7, h, next);
      give(8, shape[i]!, i === first ? 1 : 0);
      give(9, (i > first ? shape[i - 1]! : 99) * 100 + shape[i]!, i + 1 < after ? shape[i + 1]! : 98);
      if (kind[i] === Kind.word) giveSome(10, words[i]!.suffix3, 0);
      give(11, tag, 0);
      give(12, tagAt(i - 1) * 64 + tag, 0);
      give(13, tag * 64 + tagAt(i + 1), 0);
      give(14, tagAt(i - 1) * 4096 + tag * 64 + tagAt(i + 1), 0);
      give(16, q * 9 + startsInside * 3 + hasMark, 0);

      const group = company[i]!;
      const groupBefore = i > first ? company[i - 1]! : 254;
      const groupNext = i + 1 < after ? company[i + 1]! : 254;
      give(36, group, groupBefore);
      give(37, group, groupNext);
      give(38, groupBefore * 256 + groupNext, tag);
      const leftStep = left < 0 ? 7 : step(i - left);
      const rightStep = right < 0 ? 7 : step(right - i);
      const isCue = q === Inside.no && (roles[i]! & Role.cue) !== 0 ? 1 : 0;
      const leftWord = left < 0 ? 0 : hash[left]!;
      const rightWord = right < 0 ? 0 : hash[right]!;
      give(17, leftStep * 16 + rightStep * 2 + isCue, 0);
      give(18, leftWord, leftStep);
      give(19, rightWord, rightStep);
      if (left >= 0) giveSome(39, company[left]!, leftStep * 64 + tag);
      if (right >= 0) giveSome(40, company[right]!, rightStep * 64 + tag);
      if (left >= 0) {
        const nextWord = left + 1 < count ? hash[left + 1]! : 0;
        const nextKind =
          nextWord === THAT
            ? 100
            : nextWord === COMMA
              ? 101
              : nextWord === TO
                ? 102
                : nextWord === COLON
                  ? 103
                  : shape[left + 1]!;
        giveSome(22, leftWord ^ Math.imul(nextWord, 31), i - left > 1 ? 1 : 0);
        giveSome(24, Math.min(commasSince, 3) * 8 + q * 2 + (nextWord === THAT ? 1 : 0), Math.min(verbsSince, 3));
        giveSome(25, leftStep * 64 + tag, nextKind);
        giveSome(35, Math.min(commasSince, 3) * 64 + tag, Math.min(verbsSince, 2) * 2 + relativeOpen);
      }
      const latePlace = lateComma < 0 ? 0 : i < lateComma ? 1 : i === lateComma ? 2 : i < late ? 3 : i === late ? 4 : 5;
      give(28, latePlace * 8 + q * 2 + (left >= 0 && left < lateComma ? 1 : 0), 0);
      if (accordingAt >= 0) {
        const place = i < accordingAt ? 0 : i < accordingAt + 2 ? 1 : 2;
        giveSome(29, (accordingAt === first ? 3 : 0) + place, step(Math.min(Math.abs(i - accordingAt), 20)));
      }
      if ((roles[i]! & ~Role.cue) !== 0) giveSome(30, roles[i]! >> 1, leftStep * 8 + rightStep);
      give(32, (i === first ? 1 : i === after - 1 ? 2 : i === first + 1 ? 3 : 0) * 4 + q, 0);
      if (i - first < 3) giveSome(33, (i - first) * 8 + startsInside, startsParagraph);
      give(34, tag * 8 + q, leftStep * 8 + rightStep);
      visit(i, buckets, hashGiven(buckets));
      if (isComma(i)) commasSince++;
      if (tag === Tag.VBD || tag === Tag.VBZ || tag === Tag.VBP || tag === Tag.MD) verbsSince++;
      if (tag === Tag.WDT || tag === Tag.WP) relativeOpen = 1;
    }
  }
}
