/** Sentences: which tokens begin one. Knows quotations, abbreviations and paragraphs. */
import { ABBREVIATIONS, CAPITAL_ABBREVIATIONS, MONTHS } from '../lexicon/abbreviations.ts';
import { AUXILIARIES, LATE_CUES, RUNS_ON, STARTERS, TITLES_BEFORE_NAMES } from '../lexicon/starters.ts';
import { Inside, type Marks } from './marks.ts';
import { Kind, type Tokens } from './tokens.ts';

/** Sentences in reading order; every token belongs to one, and none crosses a paragraph break. */
export interface Sentences {
  readonly count: number;
  /** First token of each sentence, and one more entry: the number of tokens. */
  readonly first: Int32Array;
  /** The sentence of each token. */
  readonly of: Int32Array;
}

/** Splits tokens into sentences. Measured on GUM news with `bench/eval-quotes.ts`. */
export function splitSentences(tokens: Tokens, marks: Marks): Sentences {
  const { count } = tokens;
  const first = new Int32Array(count + 1);
  const of = new Int32Array(count);
  let sentences = 0;
  let begins = true;
  for (let i = 0; i < count; i++) {
    if (begins || tokens.paragraph[i] !== tokens.paragraph[i - 1]) {
      first[sentences++] = i;
      begins = false;
    }
    of[i] = sentences - 1;
    const end = endStrength(tokens, i);
    if (end === NO_END) continue;
    const after = skipClosers(tokens, marks, i);
    for (; i + 1 < after; i++) of[i + 1] = sentences - 1;
    begins = splitsAfter(tokens, marks, i, after, end);
  }
  first[sentences] = count;
  return { count: sentences, first: first.slice(0, sentences + 1), of };
}

const NO_END = 0;
const FULL_STOP = 1;
const DOTS = 2;
const QUESTION = 3;
const ABBREVIATION = 4;

function endStrength(tokens: Tokens, i: number): number {
  const code = tokens.text.charCodeAt(tokens.end[i]! - 1);
  if (tokens.kind[i] === Kind.word) return code === 0x2e ? ABBREVIATION : NO_END;
  if (tokens.kind[i] !== Kind.punctuation) return NO_END;
  if (code === 0x21 || code === 0x3f || code === 0x3002) return QUESTION;
  if (code === 0x2026) return DOTS;
  if (code === 0x2e) return tokens.end[i]! - tokens.start[i]! > 1 ? DOTS : FULL_STOP;
  return NO_END;
}

/** The first token after an end and the marks, brackets and further stops that belong to it. */
function skipClosers(tokens: Tokens, marks: Marks, i: number): number {
  let after = i + 1;
  while (
    after < tokens.count &&
    tokens.paragraph[after] === tokens.paragraph[i] &&
    (marks.inside[after] === Inside.closing || isCloser(tokens, marks, after))
  )
    after++;
  return after;
}

function isCloser(tokens: Tokens, marks: Marks, i: number): boolean {
  const sign = tokens.text[tokens.start[i]!]!;
  if (tokens.kind[i] === Kind.mark) return marks.inside[i] !== Inside.opening && tokens.start[i] === tokens.end[i - 1];
  return tokens.kind[i] === Kind.punctuation && ')].!?'.includes(sign);
}

function splitsAfter(tokens: Tokens, marks: Marks, last: number, after: number, end: number): boolean {
  if (after >= tokens.count || tokens.paragraph[after] !== tokens.paragraph[last]) return false;
  const quoted = marks.inside[last] === Inside.closing;
  if (tokens.end[last] === tokens.start[after] && marks.inside[after] !== Inside.opening) {
    // "the end.The next": a lost space, but "example.com" and "3.5" never come here as two tokens.
    if (end !== FULL_STOP || !isCapital(tokens, after) || tokens.kind[last] === Kind.word) return false;
  }
  const start = skipOpeners(tokens, marks, after);
  if (start >= tokens.count) return false;
  const capital = isCapital(tokens, start) || tokens.kind[start] === Kind.number || tokens.kind[start] === Kind.symbol;
  const stop = lastWord(tokens, last);
  switch (end) {
    case QUESTION:
      if (quoted && isAttribution(tokens, start)) return false;
      if (!quoted && RUNS_ON.has(tokens.words[start]!.lower)) return false;
      return capital || (marks.inside[after] === Inside.opening && quoted);
    case FULL_STOP:
      return capital || (marks.inside[after] === Inside.opening && quoted);
    case DOTS:
      return capital && (quoted || STARTERS.has(tokens.words[start]!.lower));
    default:
      return splitsAfterAbbreviation(tokens, stop, start, quoted, capital);
  }
}

function skipOpeners(tokens: Tokens, marks: Marks, i: number): number {
  let start = i;
  while (
    start < tokens.count &&
    (marks.inside[start] === Inside.opening ||
      tokens.kind[start] === Kind.mark ||
      '(['.includes(tokens.text[tokens.start[start]!]!))
  )
    start++;
  return start;
}

const isCapital = (tokens: Tokens, i: number): boolean => {
  const sign = tokens.text[tokens.start[i]!]!;
  return sign !== sign.toLowerCase();
};

const lastWord = (tokens: Tokens, last: number): number => {
  let i = last;
  while (i > 0 && tokens.kind[i] !== Kind.word) i--;
  return i;
};

/** “Why now?” Ms. Reyes asked: the question does not end the sentence. */
function isAttribution(tokens: Tokens, start: number): boolean {
  const word = (i: number) => tokens.words[i]?.lower ?? '';
  if (LATE_CUES.has(word(start + 1)) || LATE_CUES.has(word(start + 2))) return true;
  return TITLES_BEFORE_NAMES.has(word(start).replace(/\.$/, '')) && LATE_CUES.has(word(start + 3));
}

function splitsAfterAbbreviation(
  tokens: Tokens,
  stop: number,
  start: number,
  quoted: boolean,
  capital: boolean,
): boolean {
  const form = tokens.words[stop]!.lower.replace(/\.$/, '');
  const next = tokens.words[start]!.lower;
  if (!capital) return false;
  if (ABBREVIATIONS.has(form) && !quoted) return false;
  if (tokens.kind[start] === Kind.number) return MONTHS.has(form) ? false : quoted;
  if (form.length === 1 && !quoted) {
    const before = tokens.kind[stop - 1];
    if (stop > 0 && before === Kind.number) return true;
    if (stop > 0 && tokens.words[stop - 1]!.form === ',') return true;
    return STARTERS.has(next) && before !== Kind.word;
  }
  if (quoted || STARTERS.has(next)) return true;
  const mayEnd = CAPITAL_ABBREVIATIONS.has(form) || form.includes('.');
  return mayEnd && !GO_WITH_NAMES.has(form) && beginsClause(tokens, start);
}

/** Often stand before a capital word inside a sentence: "U.S. Army", "Ore. Gov." */
const GO_WITH_NAMES = new Set('u.s u.k u.n e.u jr sr ave p.m a.m ala ariz fla ga calif ore'.split(' '));

function beginsClause(tokens: Tokens, start: number): boolean {
  return [1, 2].some((step) => AUXILIARIES.has(tokens.words[start + step]?.lower ?? ''));
}
