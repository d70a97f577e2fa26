/** Quotations that nothing in their own sentence attributes: which of them may go on with the speaker before. */
import type { CueClass } from '../../model.ts';
import { Inside, type MarkedRun, runAt } from '../text/marks.ts';
import { isFiniteVerb, isNominal, Tag } from '../text/pos.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';

/** Sure enough to be kept, not sure enough to be named. */
const UNCLEAR = 0.4;

/**
 * Takes the speaker away from quotations to which he was only carried on.
 *
 * A quotation that stands alone goes on with the speaker before. One inside a sentence of the article's own ("The song
 * “Rust” was inspired by it") does not, and of two that follow each other without a word between them nobody can say.
 */
export function withoutStrays(tagged: Tagged, relations: readonly Relation[]): Relation[] {
  return relations.flatMap(apart).flatMap((found): Relation[] => {
    const content = found.content.filter((piece) => !namesWork(tagged, piece));
    if (content.length === 0) return [];
    const relation = content.length < found.content.length ? { ...found, content } : found;
    const [piece] = relation.content as [Range];
    if (isOwnTelling(tagged, relation)) return [];
    if (isTitle(tagged, relation) && isEmbedded(tagged, piece)) return [];
    if (tellsOfTitle(tagged, relation)) return [];
    if (isHeading(tagged, relation)) return isUtterance(tagged, piece) ? [unclear(relation)] : [];
    if (relation.content.length > 1 || tagged.marks.runOf[piece.first]! < 0 || isAttributedHere(tagged, relation))
      return [relation];
    if (isEmbedded(tagged, piece)) {
      if (!isUtterance(tagged, piece)) return [];
      const { rule } = relation;
      return [{ content, rule, origin: 'none', confidence: 0 }];
    }
    return [answersAnother(tagged, piece) ? unclear(relation) : relation];
  });

  /** Pieces of one statement that may be another's answer stand for themselves. */
  function apart(relation: Relation): Relation[] {
    const { content } = relation;
    const isOther = (piece: Range): boolean =>
      tagged.marks.runOf[piece.first]! >= 0 &&
      !isAttributedHere(tagged, { ...relation, content: [piece] }) &&
      answersAnother(tagged, piece);
    const others = content.length > 1 ? content.filter(isOther) : [];
    if (others.length === 0 || others.length === content.length) return [relation];
    return [
      { ...relation, content: content.filter((piece) => !others.includes(piece)) },
      ...others.map((piece) => unclear({ ...relation, content: [piece] })),
    ];
  }
}

/** The relation, not to be attributed to its source. */
export const unclear = (relation: Relation): Relation => ({
  ...relation,
  confidence: Math.min(relation.confidence, UNCLEAR),
});

/** A title in marks that grammar gives to nobody. */
function isTitle(tagged: Tagged, { content, rule, cue }: Relation): boolean {
  const { marks, tokens } = tagged;
  const [{ first, last }] = content as [Range];
  // Slogans are shouted and stand on signs; what is written may be a book.
  const isShouted =
    cue !== undefined && Math.abs(first - cue.last) <= 3 && !MAKES_WORKS.test(tokens.words[cue.last]!.lower);
  const run = runAt(marks, first);
  if (isShouted || content.length > 1 || run === undefined || first !== run.open || last < run.last) return false;
  return rule !== 'beside' && readsAsTitle(tagged, run);
}

/** “The harbour problem”, alone in its paragraph and without a stop: a heading, perhaps of somebody's words, nobody knows whose. */
function isHeading({ marks, tokens }: Tagged, { content, cue, origin }: Relation): boolean {
  const [{ first, last }] = content as [Range];
  const run = runAt(marks, first);
  const isWhole = run?.open === first && run.close === last && run.closed && content.length === 1;
  if (!isWhole || cue !== undefined || origin !== 'continued' || /[.?!,…;:—–-]$/.test(tokens.words[run.last]!.form))
    return false;
  const { paragraph } = tokens;
  const ends = last + 1 === tokens.count || paragraph[last + 1] !== paragraph[last];
  // "6. “The harbour problem”"
  let before = first - 1;
  while (before >= 0 && paragraph[before] === paragraph[first] && tokens.kind[before] !== Kind.word) before--;
  return ends && (before < 0 || paragraph[before] !== paragraph[first]);
}

/** "The band performed “Taking It to the Pier”": all that stands in marks is a title, and no word reports it. */
function tellsOfTitle(tagged: Tagged, { content, cue, cueClass, rule }: Relation): boolean {
  const { marks, tokens } = tagged;
  const reports =
    cueClass !== undefined ? REPORTS.has(cueClass) : cue !== undefined && tokens.words[cue.last]!.form === ':';
  if (rule === 'beside' || reports) return false;
  let titles = 0;
  for (const { first, last } of content)
    for (let i = first; i <= last; i++) {
      const run = runAt(marks, i);
      if (run === undefined) continue;
      const isAlone = run.open === first && run.close === last;
      if (isAlone || run.last - run.first < 2 || !readsAsTitle(tagged, run)) return false;
      titles++;
      i = run.close;
    }
  return titles > 0;
}

const REPORTS: ReadonlySet<CueClass> = new Set(['say', 'write', 'ask', 'think', 'stance', 'deny']);

const MAKES_WORKS =
  /^(?:told|tells?|wr(?:ite|ites|ote|itten|iting)|penned|publish(?:es|ed)|record(?:s|ed)|releas(?:es|ed)|direct(?:s|ed)|compos(?:es|ed))$/;

/** Scare quotes in a sentence of the article's own: no word of it reports, and nobody is named as having said it. */
function isOwnTelling(tagged: Tagged, { cue, source, content }: Relation): boolean {
  const { marks } = tagged;
  const holdsUtterance = ({ first, last }: Range): boolean => {
    if (marks.runOf[first]! >= 0) return true;
    for (let i = first; i <= last; i++) {
      const run = runAt(marks, i);
      if (run === undefined) continue;
      if (isUtterance(tagged, run)) return true;
      i = run.close;
    }
    return false;
  };
  return cue === undefined && source === undefined && !content.some(holdsUtterance);
}

/** A run that the words before it call a title: "a post titled “Why I Left”", "the songs “Rust” and “Stay With Me”". */
function isCalledTitle(tagged: Tagged, r: number): boolean {
  const { marks, tokens, tags } = tagged;
  const { open } = marks.runs[r]!;
  const at = (i: number): string => tokens.words[i]?.lower ?? '';
  if (TITLES.test(at(open - 1))) return true;
  if (/^(?:called|named)$/.test(at(open - 1))) return isNominal(tags[open - 2] ?? Tag['.']);
  if (isGivenAsTitle(tagged, marks.runs[r]!)) return true;
  const joined = /^(?:and|or|,|&)$/.test(at(open - 1)) ? open - 2 : open - 1;
  const before = marks.runs[r - 1];
  return before !== undefined && before.close === joined && before.closed && isCalledTitle(tagged, r - 1);
}

const TITLES =
  /^(?:(?:sub|en)?titled|headlined?|heading|(?:albums?|songs?|singles?|hits?|anthems?|tracks?|ballads?|hymns?|books?|novels?|memoirs?|films?|movies?|plays?|musicals?|operas?|documentar(?:y|ies)|podcasts?|sitcoms?|essays?|poems?|painting|exhibition))$/;

/** “In ‘The Drowned Map’, her third novel,”: a phrase that only names a work. */
function namesWork(tagged: Tagged, { first, last }: Range): boolean {
  const { marks, tags } = tagged;
  const r = marks.runOf[first]!;
  if (r >= 0 && marks.runs[r]!.open === first && isCalledTitle(tagged, r)) return true;
  const only = onlyRunIn(tagged, first, last);
  if (only !== undefined && isGivenAsTitle(tagged, only)) return true;
  if (tags[first] !== Tag.IN || marks.inside[first] !== Inside.no) return false;
  let run: MarkedRun | undefined;
  for (let i = first; i <= last; i++) {
    if (isFiniteVerb(tags[i]!) && marks.inside[i] === Inside.no) return false;
    run ??= runAt(marks, i);
  }
  return run !== undefined && run.close <= last && readsAsTitle(tagged, run);
}

/** "His latest book is “What Works”" */
function isGivenAsTitle(tagged: Tagged, run: MarkedRun): boolean {
  const at = (i: number): string => tagged.tokens.words[i]?.lower ?? '';
  return /^(?:is|was)$/.test(at(run.open - 1)) && TITLES.test(at(run.open - 2)) && readsAsTitle(tagged, run);
}

/** The run that ends a piece and is the only one in it. */
function onlyRunIn({ marks }: Tagged, first: number, last: number): MarkedRun | undefined {
  const run = runAt(marks, last);
  if (run === undefined) return undefined;
  for (let i = first; i < run.open; i++) if (marks.runOf[i]! >= 0) return undefined;
  return run;
}

/** “The Making of a Governor”, “Harbour & Friends.”: every word but the small ones has a capital. */
function readsAsTitle({ tokens, tags }: Tagged, run: MarkedRun): boolean {
  if (/^[!?]$/.test(tokens.words[run.last]!.form)) return false;
  let large = 0;
  for (let i = run.first; i <= Math.min(run.last, run.first + LONGEST_TITLE); i++) {
    const { form, lower } = tokens.words[i]!;
    if (tokens.kind[i] !== Kind.word || SMALL.test(lower)) continue;
    if (form === lower || tags[i] === Tag.PRP) return false;
    large++;
  }
  return large >= 2 && run.last - run.first <= LONGEST_TITLE;
}

const LONGEST_TITLE = 9;
const SMALL = /^(?:a|an|the|of|and|or|in|on|at|to|for|with|from|by|&|vs?\.?)$/;

/** Its cue or its source stands in a sentence of the quotation. */
function isAttributedHere({ sentences }: Tagged, { cue, source, origin, content }: Relation): boolean {
  const low = sentences.of[content[0]!.first]!;
  const high = sentences.of[content[0]!.last]!;
  const stands = (part: Range | undefined): boolean =>
    part !== undefined && sentences.of[part.last]! >= low && sentences.of[part.first]! <= high;
  return stands(cue) || (origin !== 'continued' && stands(source));
}

/** Words outside marks stand in the same sentence: before it, after it or in what was taken for it. */
function isEmbedded({ sentences, marks, tokens }: Tagged, { first, last }: Range): boolean {
  const isProse = (i: number): boolean => marks.inside[i] === Inside.no && tokens.kind[i] === Kind.word;
  const from = sentences.first[sentences.of[first]!]!;
  for (let i = from; i < sentences.first[sentences.of[last]! + 1]!; i++) if (isProse(i)) return true;
  return false;
}

const LEAST_WORDS = 4;

function isUtterance({ tags, tokens }: Tagged, { first, last }: Range): boolean {
  let words = 0;
  let verb = false;
  for (let i = first; i <= last; i++) {
    if (tokens.kind[i] === Kind.word) words++;
    verb ||= isFiniteVerb(tags[i]!);
  }
  return verb && words >= LEAST_WORDS;
}

/** “Safe enough,” she said. “For your kids?” “Next question.” */
function answersAnother({ marks, tokens }: Tagged, { first }: Range): boolean {
  const r = marks.runOf[first]!;
  let chain = r;
  while (chain > 0 && marks.runs[chain - 1]!.close + 1 === marks.runs[chain]!.open) chain--;
  // "He said it twice: “No.” “Not me.”"
  if (tokens.words[marks.runs[chain]!.open - 1]?.form === ':') return false;
  const run = marks.runs[r]!;
  const before = marks.runs[r - 1];
  const after = marks.runs[r + 1];
  const meets = (a: typeof before, b: typeof before): boolean =>
    a !== undefined && b !== undefined && a.closed && a.close + 1 === b.open;
  // “We lost,” he said. “It hurts.” ¶ “We won,” said Ana: the second stands in his paragraph, the third answers elsewhere.
  const { paragraph } = tokens;
  const goesOn = run.open > 0 && paragraph[run.open - 1] === paragraph[run.open];
  const isAnswered = meets(run, after) && !(goesOn && paragraph[after!.open] !== paragraph[run.close]);
  return (meets(before, run) || isAnswered) && !run.continues;
}
