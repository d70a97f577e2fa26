/** Attributions that the layout states: "NAME:" at the start of a paragraph, and a name signed under a quotation. */
import { isTurnLetter } from '../lexicon/roles.ts';
import { Inside, runAt } from '../text/marks.ts';
import { Kind, type Tokens } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { Shape } from '../text/words.ts';
import { isSameVoice, isVoice, surnamesOf } from './voices.ts';

/** Relations read from layout alone, in reading order. Their tokens are left to no other step. */
export function findDialogue(tagged: Tagged): Relation[] {
  const paragraphs = paragraphRanges(tagged.tokens);
  return [...findTurns(tagged, paragraphs), ...findSigned(tagged, paragraphs)].sort(
    (a, b) => a.content[0]!.first - b.content[0]!.first,
  );
}

function paragraphRanges({ count, paragraph }: Tokens): Range[] {
  const ranges: Range[] = [];
  let first = 0;
  for (let last = 0; last < count; last++) {
    if (last + 1 < count && paragraph[last + 1] === paragraph[last]) continue;
    ranges.push({ first, last });
    first = last + 1;
  }
  return ranges;
}

// ---------------------------------------------------------------- transcripts

interface Turn {
  readonly name: Range;
  readonly colon: number;
  readonly paragraph: number;
}

const LONGEST_NAME = 5;
/** Paragraphs of an answer may follow its first one, but a transcript soon names somebody again. */
const LONGEST_TURN = 4;

/**
 * "MAYOR OBI: We will not." Two voices, or it is no conversation; and somebody speaks twice, or hardly anything stands
 * between the turns: "URL: ..." above an article and "ALSO SEE: ..." below it are none, and no more are "Serves: ..." in
 * a recipe, "BOTTOM LINE: ..." in a preview of a match and "Brandt: No case for a toll", a headline under a picture.
 */
function findTurns(tagged: Tagged, paragraphs: readonly Range[]): Relation[] {
  const { tokens } = tagged;
  const labels: Turn[] = [];
  paragraphs.forEach((range, paragraph) => {
    const turn = turnAt(tokens, range, paragraph);
    if (turn !== undefined) labels.push(turn);
  });
  if (labels.length < 2) return [];
  const sure = spokenTurns(tagged, paragraphs, labels);
  const isLabelled = new Set(labels.map(({ paragraph }) => paragraph));
  return sure.flatMap((turn, t): Relation[] => {
    const next = sure[t + 1]?.paragraph;
    const after = next !== undefined && next - turn.paragraph <= LONGEST_TURN ? next : turn.paragraph + 1;
    const content: Range[] = [];
    for (let p = turn.paragraph; p < after && (p === turn.paragraph || !isLabelled.has(p)); p++) {
      const { first, last } = paragraphs[p]!;
      const begin = p === turn.paragraph ? turn.colon + 1 : first;
      if (begin <= last && !isAside(tokens, begin, last)) content.push(withinMarks(tagged, { first: begin, last }));
    }
    if (content.length === 0) return [];
    const cue = { first: turn.colon, last: turn.colon };
    return [
      { cue, cueClass: 'say', source: turn.name, origin: 'transcript', content, confidence: 0.95, rule: 'transcript' },
    ];
  });
}

/** The labels that are turns of a conversation. */
function spokenTurns(tagged: Tagged, paragraphs: readonly Range[], labels: readonly Turn[]): readonly Turn[] {
  const surnames = surnamesOf(tagged);
  const spoken = labels.filter(({ name, paragraph }) => isLetter(tagged, name) || ends(tagged, paragraphs[paragraph]!));
  const voices = spoken.filter(({ name }) => isVoice(tagged, name, surnames));
  const others = spoken.filter((turn) => !voices.includes(turn) && answersOften(tagged, spoken, turn, voices));
  const turns = spoken.filter((turn) => voices.includes(turn) || others.includes(turn));
  const isSame = (a: Turn, b: Turn): boolean => isSameVoice(tagged, a.name, b.name);
  const speaksAgain = (turn: Turn): boolean => turns.some((other) => other !== turn && isSame(turn, other));
  const sure = turns.filter((turn) => allCapitals(tagged.tokens, turn.name) || speaksAgain(turn));
  const [opener] = sure;
  if (opener === undefined || sure.length < 2) return [];
  const isAlone = sure.every((turn) => isSame(turn, opener)) && !isLetter(tagged, opener.name);
  if (isAlone && sure.length < LEAST_ALONE) return [];
  const span = sure.at(-1)!.paragraph - opener.paragraph + 1;
  return 2 * sure.length < span && !sure.some(speaksAgain) ? [] : sure;
}

const isLetter = ({ tokens }: Tagged, { first, last }: Range): boolean =>
  first === last && isTurnLetter(tokens.words[first]!);

/** Turns of one voice, where the article prints the other side without a name. */
const LEAST_ALONE = 3;

/** "Courier: Is it safe?" "Okafor: It is.": whoever takes turns with a voice three times is one, whatever the label. */
function answersOften(tagged: Tagged, spoken: readonly Turn[], turn: Turn, voices: readonly Turn[]): boolean {
  if (/^(?:the|an?)$/.test(tagged.tokens.words[turn.name.first]!.lower)) return false;
  const isBesideVoice = (at: number): boolean =>
    [spoken[at - 1], spoken[at + 1]].some((other) => other !== undefined && voices.includes(other));
  return (
    spoken.filter((one, at) => isSameVoice(tagged, one.name, turn.name) && isBesideVoice(at)).length >= LEAST_ALONE
  );
}

/** What is spoken ends like a sentence; a headline does not. */
const ends = ({ tokens, marks }: Tagged, { last }: Range): boolean =>
  marks.inside[last] === Inside.closing ||
  tokens.kind[last] === Kind.link ||
  /[.?!…:)\]]$|^[-–—]+$/.test(tokens.words[last]!.form);

/** "MAYOR OBI: “We will not.” - to reporters": where the speech stands in marks, what follows them is the article's. */
function withinMarks({ marks }: Tagged, { first, last }: Range): Range {
  const run = runAt(marks, first);
  return run !== undefined && run.open === first && run.close < last ? { first, last: run.close } : { first, last };
}

const NOT_NAMES = new Set(
  'url link see also title photograph photographer picture byline by author authors published posted category section tags keywords email contact phone next more poll quiz warning caution disclaimer spoiler tip fact claim verdict ruling bottom-line takeaway topline analysis opinion context background summary headline subject re from to cc note update updated correction read watch more related photo photos video listen exclusive breaking editor source sources via report advertisement copyright location date time where when what who how why just'.split(
    ' ',
  ),
);

function turnAt({ words, kind, paragraph: _ }: Tokens, { first, last }: Range, paragraph: number): Turn | undefined {
  const start = kind[first] === Kind.mark ? first + 1 : first;
  for (let i = start; i <= Math.min(last, start + LONGEST_NAME); i++) {
    if (words[i]!.form === ':') {
      if (i === start || i === last || NOT_NAMES.has(words[i - 1]!.lower) || NOT_NAMES.has(words[start]!.lower))
        return undefined;
      return { name: { first: start, last: i - 1 }, colon: i, paragraph };
    }
    const { shape } = words[i]!;
    if (kind[i] !== Kind.word || shape === Shape.lower || shape === Shape.hyphenated) return undefined;
  }
  return undefined;
}

const allCapitals = ({ words }: Tokens, { last }: Range): boolean =>
  words[last]!.shape === Shape.allCapitals && words[last]!.form.length > 2;

/** "(CROSSTALK)", "[laughter]": nobody's words. */
const isAside = ({ words, kind }: Tokens, first: number, last: number): boolean => {
  const start = kind[first] === Kind.mark ? first + 1 : first;
  return start <= last && last - start < 8 && '(['.includes(words[start]!.form[0]!);
};

// ---------------------------------------------------------------- signed quotations

/** “It was our home.” — Ruth Okafor, nurse */
function findSigned({ tokens, marks }: Tagged, paragraphs: readonly Range[]): Relation[] {
  const { words, kind } = tokens;
  return paragraphs.flatMap(({ last: end }, p): Relation[] => {
    // The dash follows the closing mark, in the same paragraph or as the first sign of the next one.
    const run = lastRun(paragraphs, p);
    if (run === undefined) return [];
    const dash = run.close + 1;
    if (dash >= tokens.count || !isDash(words[dash]!.form) || dash + 1 >= tokens.count) return [];
    if (run.last - run.first < 3) return [];
    const limit = dash > end ? paragraphs[p + 1]!.last : end;
    // "— Editorial, Harbour Times": the paper's.
    const before = words[dash + 1]!.lower === 'editorial' && words[dash + 2]?.form === ',' ? dash + 2 : dash;
    let last = before;
    while (last < limit && last - before < LONGEST_NAME && isNamePart(last + 1)) last++;
    const atEnd = last === limit || (last < limit && [',', '.'].includes(words[last + 1]!.form) && limit - last < 14);
    if (last === before || !atEnd) return [];
    const cue = { first: dash, last: dash };
    const source = { first: before + 1, last };
    const content = [{ first: run.open, last: run.close }];
    return [{ cue, cueClass: 'say', source, origin: 'near', content, confidence: 0.9, rule: 'signed' }];
  });

  function lastRun(all: readonly Range[], p: number) {
    const { first, last } = all[p]!;
    for (let i = last; i >= first && i > last - 40; i--) {
      const run = runAt(marks, i);
      if (run !== undefined) return run.closed && marks.inside[run.close] === Inside.closing ? run : undefined;
    }
    return undefined;
  }

  function isNamePart(i: number): boolean {
    const { shape } = words[i]!;
    return kind[i] === Kind.word && (shape === Shape.capital || shape === Shape.allCapitals || shape === Shape.initial);
  }
}

const isDash = (form: string): boolean => /^(?:[-–—―]+)$/.test(form);
