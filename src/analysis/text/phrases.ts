/** Noun phrases by part of speech alone: enough to see who may stand beside a cue. */
import { Inside } from './marks.ts';
import { isName, Tag } from './pos.ts';
import type { Range, Tagged } from './types.ts';

/** Parts of speech that a noun phrase is made of. */
export const PHRASE_TAGS: readonly number[] = [
  Tag.DT,
  Tag.JJ,
  Tag.JJR,
  Tag.JJS,
  Tag.CD,
  Tag.NN,
  Tag.NNS,
  Tag.NNP,
  Tag.NNPS,
  Tag.PRP$,
  Tag.POS,
];

const INSIDE_PHRASE = new Uint8Array(64);
for (const tag of [...PHRASE_TAGS, Tag.$]) INSIDE_PHRASE[tag] = 1;

const isHead = (tag: number): boolean =>
  isName(tag) || tag === Tag.NN || tag === Tag.NNS || tag === Tag.CD || tag === Tag.DT || tag === Tag.JJ;

/** The phrase that ends at or before `from`, searching to the left no further than `least`. */
export function phraseBefore({ tags, marks, tokens }: Tagged, from: number, least: number): Range | undefined {
  for (let i = from; i >= least; i--) {
    const tag = tags[i]!;
    if (tag === Tag.PRP || tag === Tag.WP) return { first: i, last: i };
    if (!isHead(tag) || marks.inside[i]! >= Inside.opening) continue;
    let first = i;
    while (first > least && INSIDE_PHRASE[tags[first - 1]!] === 1 && tokens.words[first - 1]!.form !== ',') first--;
    return { first, last: i };
  }
  return undefined;
}

/** The phrase that begins at or after `from`, searching to the right no further than `most`. */
export function phraseAfter({ tags, marks }: Tagged, from: number, most: number): Range | undefined {
  for (let i = from; i <= most; i++) {
    const tag = tags[i]!;
    if (tag === Tag.PRP) return { first: i, last: i };
    if (INSIDE_PHRASE[tag] !== 1 || tag === Tag.POS || marks.inside[i]! >= Inside.opening) continue;
    let last = i;
    while (last < most && INSIDE_PHRASE[tags[last + 1]!] === 1) last++;
    return { first: i, last };
  }
  return undefined;
}
