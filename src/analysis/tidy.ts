/** Small repairs that the models leave to grammar: where a content begins, how far a source and a cue reach. */
import { MONTH_NAMES, WEEKDAYS } from './lexicon/occasions.ts';
import { Role, rolesOf } from './lexicon/roles.ts';
import { Inside } from './marks.ts';
import { isFiniteVerb, isNominal, Tag } from './pos.ts';
import { Kind } from './tokens.ts';
import type { Range, Relation, Tagged } from './types.ts';

/** The relation with its parts tidied; `undefined` when nothing attributes its content: no cue, no source, no marks. */
export function tidied(tagged: Tagged, found: Relation): Relation | undefined {
  const relation = withSubject(tagged, found);
  const { cue, source } = relation;
  if (cue === undefined && source === undefined && !relation.content.some((piece) => holdsMarks(tagged, piece)))
    return undefined;
  return {
    ...relation,
    ...(cue === undefined ? {} : { cue: withoutDay(tagged, cue) }),
    ...(source === undefined ? {} : { source: wholePhrase(tagged, source) }),
    content: withoutAside(tagged, relation).map((piece) => wholeRun(tagged, afterIntroduction(tagged, piece))),
  };
}

/** "The board, which met on Friday, rejected the bid": what tells of the source before its verb is no part of what it said. */
function withoutAside(tagged: Tagged, { cue, content }: Relation): readonly Range[] {
  const { tokens, marks } = tagged;
  if (cue === undefined || content.length < 2) return content;
  const isAside = ({ first, last }: Range): boolean =>
    last < cue.first && marks.inside[first] === Inside.no && /^(?:who|which|whose)$/.test(tokens.words[first]!.lower);
  const rest = content.filter((piece) => !isAside(piece));
  return rest.length > 0 ? rest : content;
}

/** How sure a subject is that grammar alone finds. */
const BY_GRAMMAR = 0.75;

/** "The trust, which looks after the beaches, welcomed the vote": not the beaches, and surer than a guess. */
function withSubject(tagged: Tagged, relation: Relation): Relation {
  const { cue, source, confidence } = relation;
  if (
    cue === undefined ||
    (source !== undefined && (source.first > cue.first || tagged.marks.inside[source.first] !== Inside.no))
  )
    return relation;
  const subject = subjectAcrossClause(tagged, cue);
  if (subject === undefined || (source !== undefined && source.last < subject.first)) return relation;
  const isOther = source === undefined || source.first > subject.last;
  if (!isOther && confidence >= BY_GRAMMAR) return relation;
  return { ...relation, source: subject, origin: 'near', confidence: Math.max(confidence, BY_GRAMMAR) };
}

const LONGEST_SUBJECT = 15;

/** The words that open a sentence, where a relative clause between commas parts them from their verb. */
function subjectAcrossClause({ tokens, tags, marks, sentences }: Tagged, cue: Range): Range | undefined {
  const first = sentences.first[sentences.of[cue.first]!]!;
  if (tokens.words[cue.first - 1]?.form !== ',' || marks.inside[cue.first] !== Inside.no) return undefined;
  if (!isFiniteVerb(tags[cue.first]!) && tags[cue.first] !== Tag.MD) return undefined;
  for (let i = first; i < Math.min(cue.first - 3, first + LONGEST_SUBJECT); i++) {
    const { form } = tokens.words[i]!;
    if (form === ',') {
      const relative = /^(?:who|which|whose)$/.test(tokens.words[i + 1]!.lower);
      return relative && i > first && isNominal(tags[i - 1]!) ? { first, last: i - 1 } : undefined;
    }
    const opensOther =
      i === first && (tags[i] === Tag.IN || tags[i] === Tag.RB || tags[i] === Tag.WRB || tags[i] === Tag.CC);
    if (opensOther || isFiniteVerb(tags[i]!) || marks.inside[i] !== Inside.no) return undefined;
  }
  return undefined;
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
