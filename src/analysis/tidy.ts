/** Small repairs that the models leave to grammar: where a content begins, how far a source and a cue reach. */
import { MONTH_NAMES, WEEKDAYS } from './lexicon/occasions.ts';
import { Role, rolesOf } from './lexicon/roles.ts';
import { Inside } from './marks.ts';
import { isFiniteVerb, isNominal, Tag } from './pos.ts';
import { Kind } from './tokens.ts';
import type { Range, Relation, Tagged } from './types.ts';

/** The relation with its parts tidied; `undefined` when nothing attributes its content: no cue, no source, no marks. */
export function tidied(tagged: Tagged, relation: Relation): Relation | undefined {
  const { cue, source } = relation;
  if (cue === undefined && source === undefined && !relation.content.some((piece) => holdsMarks(tagged, piece)))
    return undefined;
  return {
    ...relation,
    ...(cue === undefined ? {} : { cue: withoutDay(tagged, cue) }),
    ...(source === undefined ? {} : { source: wholePhrase(tagged, source) }),
    content: relation.content.map((piece) => wholeRun(tagged, afterIntroduction(tagged, piece))),
  };
}

const holdsMarks = ({ marks }: Tagged, { first, last }: Range): boolean => {
  for (let i = first; i <= last; i++) if (marks.inside[i] !== Inside.no) return true;
  return false;
};

/** "said Thursday" reports with "said"; the day is told apart. */
function withoutDay({ tokens }: Tagged, { first, last }: Range): Range {
  for (let i = first + 1; i <= last; i++) {
    const { lower } = tokens.words[i]!;
    if (WEEKDAYS.has(lower) || MONTH_NAMES.has(lower.replace(/\.$/, ''))) return { first, last: i - 1 };
  }
  return { first, last };
}

/** "House Democrats" is "72 House Democrats": a number or determiner before the words belongs to them. */
function wholePhrase({ tokens, tags, sentences }: Tagged, { first, last }: Range): Range {
  let from = first;
  while (
    from > sentences.first[sentences.of[first]!]! &&
    isNominal(tags[from]!) &&
    [Tag.CD, Tag.DT, Tag.JJ, Tag.PRP$].includes(tags[from - 1]!) &&
    tokens.kind[from - 1] !== Kind.punctuation
  )
    from--;
  return { first: from, last };
}

const INTRODUCTION = 14;

/** "... wrote to the minister saying the plan was wrong": what was said begins after "saying". A leading "that" goes too. */
function afterIntroduction(tagged: Tagged, { first, last }: Range): Range {
  const { tokens, tags, marks } = tagged;
  let from = first;
  for (let i = first; i < Math.min(last - 1, first + INTRODUCTION); i++) {
    if (marks.inside[i] !== Inside.no || isFiniteVerb(tags[i]!)) break;
    if (tags[i] === Tag.VBG && rolesOf(tokens.words[i]!) & Role.plainCue && i > first) {
      from = i + 1;
      break;
    }
  }
  // "that" before a clause; "that plan" and "that was wrong" keep theirs.
  const joins = tags[from] === Tag.IN || (tags[from] === Tag.WDT && !isFiniteVerb(tags[from + 1]!));
  if (from < last && joins && tokens.words[from]!.lower === 'that' && marks.inside[from] === Inside.no) from++;
  return { first: from, last };
}

/** Words inside marks are quoted whole: a piece that covers most of one run covers all of it. */
function wholeRun({ marks }: Tagged, { first, last }: Range): Range {
  const run = marks.runs[marks.runOf[first]!];
  if (run === undefined || marks.runOf[last] !== marks.runOf[first]) return { first, last };
  return (last - first + 1) / (run.close - run.open + 1) > 0.6 ? { first: run.open, last: run.close } : { first, last };
}
