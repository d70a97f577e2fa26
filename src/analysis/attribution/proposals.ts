/** Contents that the labeller passed over: quotations that nothing touches, and what an idle cue may report. */
import { Role, rolesOf } from '../lexicon/roles.ts';
import { Inside, type MarkedRun } from '../text/marks.ts';
import { isFiniteVerb, isName, Tag } from '../text/pos.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import type { Part } from './parts.ts';

/**
 * The parts with more contents, in reading order; a later step drops those that do not hold.
 *
 * Whoever uses marks means to quote, titles and scare quotes apart. And a sentence with a cue has most often a content.
 */
export function withProposals(tagged: Tagged, parts: readonly Part[], taken: Uint8Array): Part[] {
  const added = [...marked(tagged, parts, taken), ...besideIdleCues(tagged, parts)];
  if (added.length === 0) return [...parts];
  return [...parts, ...added.map(({ first, last }) => ({ kind: 'content' as const, first, last, at: 0 }))]
    .sort((a, b) => a.first - b.first)
    .filter((part, p, all) => p === 0 || part.first > all[p - 1]!.last)
    .map((part, at) => ({ ...part, at }));
}

/** Quotations of some length that are not `taken` and that no part touches. */
function marked(tagged: Tagged, parts: readonly Part[], taken: Uint8Array): Range[] {
  const { runs, runOf } = tagged.marks;
  const touched = taken.slice();
  for (const { first, last } of parts) for (let i = first; i <= last; i++) if (runOf[i]! >= 0) touched[runOf[i]!] = 1;
  return runs
    .filter((run, r) => touched[r] === 0 && reads(tagged, run))
    .map(({ open, close }) => ({ first: open, last: close }));
}

/** For a cue in a sentence without a content: the longer stretch before or after the cue and its source. */
function besideIdleCues({ tokens, sentences, marks, tags }: Tagged, parts: readonly Part[]): Range[] {
  const busy = new Set<number>();
  for (const { kind, first, last } of parts)
    if (kind === 'content') for (const i of [first, last]) busy.add(sentences.of[i]!);
  const found: Range[] = [];
  const reports = (cue: Part): boolean =>
    (rolesOf(tokens.words[cue.last]!) & Role.plainCue) !== 0 || tokens.words[cue.first]!.lower === 'according';
  let p = 0;
  while (p < parts.length) {
    const sentence = sentences.of[parts[p]!.first]!;
    const from = p;
    while (p < parts.length && sentences.of[parts[p]!.first] === sentence) p++;
    const cue = parts.slice(from, p).find((part) => part.kind === 'cue' && reports(part));
    if (cue === undefined || busy.has(sentence) || marks.inside[cue.first] !== Inside.no) continue;
    const first = sentences.first[sentence]!;
    let last = sentences.first[sentence + 1]! - 1;
    while (last > cue.last && tags[last] === Tag['.']) last--;
    const low = parts[from]!.first;
    const high = parts[p - 1]!.last;
    const range = low - first > last - high ? { first, last: low - 1 } : { first: high + 1, last };
    while (range.first <= range.last && tokens.kind[range.first] === Kind.punctuation) range.first++;
    while (range.last >= range.first && tokens.words[range.last]!.form === ',') range.last--;
    if (range.last - range.first >= 2) found.push(range);
  }
  return found;
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
