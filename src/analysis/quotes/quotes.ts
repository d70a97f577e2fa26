/** Relations become quotes: spans, kinds, statements, and where and when they were said. */
import type { FoundQuote, QuoteKind, Span } from '../../model.ts';
import { Inside, runAt } from '../text/marks.ts';
import { isFiniteVerb } from '../text/pos.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { circumstancesOf } from './circumstances.ts';

/** A quote that does not know its speaker yet; `relation` says which attribution it comes from. */
export interface Piece {
  readonly quote: FoundQuote;
  readonly relation: number;
}

/** One piece for each contiguous content, in reading order, never overlapping and never across a paragraph break. */
export function piecesOf(tagged: Tagged, relations: readonly Relation[]): Piece[] {
  const pieces: (Piece & { readonly range: Range })[] = [];
  let utterance = -1;
  relations.forEach((relation, index) => {
    if (relation.unsaid !== undefined) return;
    if (!continuesStatement(tagged, relations, index)) utterance++;
    const around = circumstancesOf(tagged, relation);
    for (const whole of relation.content)
      for (const part of splitAtParagraphs(tagged, whole)) {
        const range = relation.origin === 'transcript' ? withoutMarks(tagged, part) : trimmed(tagged, part);
        if (range === undefined) continue;
        const { kind, verbatim } = relation.origin === 'transcript' ? spoken(tagged, range) : kindOf(tagged, range);
        const quote: FoundQuote = {
          kind,
          medium: around.medium,
          content: spanOf(tagged, range),
          verbatim,
          ...(relation.cue === undefined ? {} : { cue: spanOf(tagged, relation.cue) }),
          ...(relation.cueClass === undefined ? {} : { cueClass: relation.cueClass }),
          ...(relation.source === undefined ? {} : { mention: spanOf(tagged, relation.source) }),
          confidence: relation.confidence,
          rule: relation.origin === 'continued' ? 'continued' : relation.rule,
          sentence: sentenceAround(tagged, relation, range),
          utterance,
          ...(around.when === undefined ? {} : { when: spanOf(tagged, around.when) }),
          ...(around.where === undefined ? {} : { where: spanOf(tagged, around.where) }),
        };
        pieces.push({ quote, relation: index, range });
      }
  });
  return pieces.sort((a, b) => a.range.first - b.range.first);
}

export const spanOf = ({ tokens }: Tagged, { first, last }: Range): Span => ({
  start: tokens.start[first]!,
  end: tokens.end[last]!,
});

/** “A,” he said. “B.”: B goes on with the statement when it stands in the same paragraph or reopens the same marks. */
function continuesStatement({ tokens, marks }: Tagged, relations: readonly Relation[], index: number): boolean {
  const relation = relations[index]!;
  const before = relations[index - 1];
  if (relation.origin !== 'continued' || before === undefined || before.source?.first !== relation.source?.first)
    return false;
  const first = relation.content[0]!.first;
  const run = runAt(marks, first);
  return run?.continues === true || tokens.paragraph[first] === tokens.paragraph[before.content.at(-1)!.last];
}

function splitAtParagraphs({ tokens }: Tagged, { first, last }: Range): Range[] {
  const ranges: Range[] = [];
  let from = first;
  for (let i = first; i <= last; i++)
    if (i === last || tokens.paragraph[i + 1] !== tokens.paragraph[i]) {
      ranges.push({ first: from, last: i });
      from = i + 1;
    }
  return ranges;
}

/** "MAYOR OBI: “We will not.”": the marks around the whole of a turn are no part of it. */
function withoutMarks({ marks }: Tagged, { first, last }: Range): Range {
  const run = runAt(marks, first);
  return run?.open === first && run.close === last ? { first: run.first, last: run.last } : { first, last };
}

/** Without the marks around the whole, and without loose punctuation at the ends of a paraphrase. */
function trimmed(tagged: Tagged, { first, last }: Range): Range | undefined {
  const { tokens, marks } = tagged;
  let from = first;
  let to = last;
  const loose = (i: number): boolean =>
    marks.inside[i] === Inside.no && (tokens.kind[i] === Kind.punctuation || tokens.kind[i] === Kind.mark);
  while (from < to && marks.inside[from] === Inside.closing) from++;
  while (from <= to && loose(from) && !/^['’]s$/.test(tokens.words[from]!.lower)) from++;
  while (to >= from && loose(to) && tokens.words[to]!.form !== ')') to--;
  if (from > to) return undefined;
  const run = runAt(marks, from);
  if (run !== undefined && to <= run.close) {
    from = Math.max(from, run.first);
    to = Math.min(to, run.last);
  }
  for (let i = from; i <= to; i++)
    if (tokens.kind[i] !== Kind.punctuation && tokens.kind[i] !== Kind.mark) return { first: from, last: to };
  return undefined;
}

/** A transcript prints every word as it was said, without marks. */
const spoken = (tagged: Tagged, range: Range): { kind: QuoteKind; verbatim: readonly Span[] } => ({
  kind: 'direct',
  verbatim: [spanOf(tagged, range)],
});

/** How much of a piece stands inside marks, and which words. */
function kindOf(tagged: Tagged, range: Range): { kind: QuoteKind; verbatim: readonly Span[] } {
  const { tokens, marks } = tagged;
  const verbatim: Span[] = [];
  let outside = 0;
  for (let i = range.first; i <= range.last; ) {
    const run = runAt(marks, i);
    if (run === undefined) {
      if (tokens.kind[i] !== Kind.punctuation && tokens.kind[i] !== Kind.mark) outside++;
      i++;
      continue;
    }
    const first = Math.max(i, run.first);
    const last = Math.min(range.last, run.last);
    if (first <= last) verbatim.push(spanOf(tagged, { first, last }));
    i = run.close + 1;
  }
  if (verbatim.length === 0) return { kind: 'indirect', verbatim };
  return { kind: outside === 0 && isUtterance(tagged, range) ? 'direct' : 'partial', verbatim };
}

/** A whole utterance begins like a sentence or holds a clause; “a mistake” is a fragment of one. */
function isUtterance({ tokens, marks, tags }: Tagged, { first, last }: Range): boolean {
  const start = marks.inside[first] === Inside.opening ? first + 1 : first;
  const sign = tokens.text[tokens.start[start]!]!;
  if (sign !== sign.toLowerCase() && last - first > 1) return true;
  if (last - first < 3) return false;
  for (let i = first; i <= last; i++) if (isFiniteVerb(tags[i]!)) return true;
  return false;
}

/** The sentences from the first to the last of piece, cue and source, where these stand in one paragraph. */
export function sentenceAround(tagged: Tagged, { cue, source }: Relation, piece: Range): Span {
  const { tokens, sentences } = tagged;
  let low = sentences.of[piece.first]!;
  let high = sentences.of[piece.last]!;
  for (const part of [cue, source]) {
    if (part === undefined || tokens.paragraph[part.first] !== tokens.paragraph[piece.first]) continue;
    low = Math.min(low, sentences.of[part.first]!);
    high = Math.max(high, sentences.of[part.last]!);
  }
  return spanOf(tagged, { first: sentences.first[low]!, last: sentences.first[high + 1]! - 1 });
}
