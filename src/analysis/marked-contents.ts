/** Adds the quotations that the labeller passed over: whoever uses marks means to quote, titles and scare quotes apart. */
import { Inside, type MarkedRun } from './marks.ts';
import type { Part } from './parts.ts';
import { isFiniteVerb, isName, Tag } from './pos.ts';
import { Kind } from './tokens.ts';
import type { Tagged } from './types.ts';

/** The parts with a content for each quotation of some length that is not `taken` and that no part touches. In reading order. */
export function addMarkedContents(tagged: Tagged, parts: readonly Part[], taken: Uint8Array): Part[] {
  const { runs, runOf } = tagged.marks;
  const touched = taken.slice();
  for (const { first, last } of parts) for (let i = first; i <= last; i++) if (runOf[i]! >= 0) touched[runOf[i]!] = 1;
  const added = runs.filter((run, r) => touched[r] === 0 && reads(tagged, run));
  if (added.length === 0) return [...parts];
  return [...parts, ...added.map(({ open, close }) => ({ kind: 'content' as const, first: open, last: close, at: 0 }))]
    .sort((a, b) => a.first - b.first)
    .map((part, at) => ({ ...part, at }));
}

/** Long enough and not the title of a work: some word in it is written small, and it says something. */
function reads({ tokens, tags, marks }: Tagged, { first, last }: MarkedRun): boolean {
  let wordCount = 0;
  let small = 0;
  let verb = false;
  for (let i = first; i <= last; i++) {
    if (tokens.kind[i] !== Kind.word || marks.inside[i] !== Inside.yes) continue;
    wordCount++;
    if (!isName(tags[i]!) && tags[i] !== Tag.IN && tags[i] !== Tag.DT && /^\p{Ll}/u.test(tokens.words[i]!.form))
      small++;
    if (isFiniteVerb(tags[i]!)) verb = true;
  }
  return wordCount >= 4 && (small >= wordCount / 3 || verb);
}
