/** An article's text cut into tokens: parallel arrays of offsets into the untouched text. */
import { ABBREVIATIONS, CAPITAL_ABBREVIATIONS, MONTHS } from '../lexicon/abbreviations.ts';
import { type Word, wordAt } from './words.ts';

export const Kind = {
  word: 0,
  number: 1,
  punctuation: 2,
  /** One double or single quotation mark, or `''`. An apostrophe inside a word is part of the word. */
  mark: 3,
  /** An address, a handle or a hashtag: one token whatever it holds. */
  link: 4,
  /** Emoji and other signs. */
  symbol: 5,
} as const;

/**
 * Tokens in reading order. `start` and `end` count UTF-16 units; nothing but white space stands between two tokens.
 *
 * "Trump's" is two tokens (`Trump`, `'s`), "don't" and "land-based" are one, "U.S." and "Sen." keep their full stop,
 * a run of stops or dashes is one token. `paragraph` numbers the paragraphs from 0.
 */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly kind: Uint8Array;
  readonly paragraph: Int32Array;
  readonly words: readonly Word[];
}

/** Cuts a text into tokens in one pass over its character codes. Linear in its length; never throws. */
export function tokenise(text: string): Tokens {
  const { start, end, kind, paragraph } = text.length <= USUAL_LENGTH ? usualRoom : roomFor(text.length);
  const words: Word[] = [];
  const wrapped = isHardWrapped(text);
  let count = 0;
  let at = 0;
  let current = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (classOf(code) === SPACE) {
      const next = skipSpace(text, at);
      if (count > 0 && breaksParagraph(text, at, next, wrapped)) current++;
      at = next;
      continue;
    }
    const token = scan(text, at);
    const stop = token >> KIND_BITS;
    start[count] = at;
    end[count] = stop;
    kind[count] = token & KIND_MASK;
    paragraph[count] = current;
    words.push(wordAt(text, at, stop));
    count++;
    at = stop;
  }
  return {
    text,
    count,
    start: start.slice(0, count),
    end: end.slice(0, count),
    kind: kind.slice(0, count),
    paragraph: paragraph.slice(0, count),
    words,
  };
}

/** There are at most as many tokens as characters; how many there will be, nobody knows. */
const roomFor = (length: number) => ({
  start: new Int32Array(length),
  end: new Int32Array(length),
  kind: new Uint8Array(length),
  paragraph: new Int32Array(length),
});

/** Nearly every article is shorter: its tokens are copied out of room that is there already. */
const USUAL_LENGTH = 20_000;
const usualRoom = roomFor(USUAL_LENGTH);

// ---------------------------------------------------------------- character classes

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
const OTHER = 3;
const SURROGATE = 4;
const classes = new Uint8Array(0x3000).fill(OTHER);
for (let code = 0; code < classes.length; code++) {
  const sign = String.fromCharCode(code);
  if (code <= 32 || /[\s\p{Cf}\p{Cc}]/u.test(sign)) classes[code] = SPACE;
  else if (/[\p{L}\p{M}]/u.test(sign)) classes[code] = LETTER;
  else if (/\p{Nd}/u.test(sign)) classes[code] = DIGIT;
}

function classOf(code: number): number {
  if (code < 0x3000) return classes[code] as number;
  if (code === 0x3000 || code === 0xfeff) return SPACE;
  if (code >= 0xd800 && code <= 0xdfff) return SURROGATE;
  if (code >= 0xff00 || code <= 0x3030 || (code >= 0xfe00 && code <= 0xfe2f)) return OTHER;
  return LETTER;
}

const APOSTROPHE = 0x27;
const RIGHT_SINGLE = 0x2019;
const STOP = 0x2e;
const HYPHEN = 0x2d;

const isApostrophe = (code: number): boolean => code === APOSTROPHE || code === RIGHT_SINGLE;
const isHyphen = (code: number): boolean => code === HYPHEN || code === 0x2010 || code === 0x2011;
const isUpper = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 192 && code <= 222 && code !== 215);
const isMark = (code: number): boolean =>
  code === 0x22 ||
  code === APOSTROPHE ||
  (code >= 0x2018 && code <= 0x201f) ||
  code === 0xab ||
  code === 0xbb ||
  code === 0x2039 ||
  code === 0x203a ||
  code === 0x60;

// ---------------------------------------------------------------- scanning one token

const KIND_BITS = 3;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Where a token ends and its kind, in one number: a pair for every token would be garbage at once. */
type Scanned = number;
const scanned = (end: number, kind: number): Scanned => (end << KIND_BITS) | kind;

function scan(text: string, at: number): Scanned {
  const code = text.charCodeAt(at);
  const kind = classOf(code);
  if (kind === LETTER) return scanWord(text, at);
  if (kind === DIGIT) return scanned(scanNumber(text, at), Kind.number);
  if (kind === SURROGATE) return scanned(at + (text.codePointAt(at)! > 0xffff ? 2 : 1), Kind.symbol);
  const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 32;
  if ((code === 0x24 || code === 0xa3 || code === 0x20ac) && classOf(next) === DIGIT)
    return scanned(scanNumber(text, at + 1), Kind.number);
  if ((code === 0x40 || code === 0x23) && classOf(next) === LETTER) return scanned(scanLink(text, at + 1), Kind.link);
  if (isApostrophe(code) && isPossessive(text, at)) return scanned(at + 2, Kind.punctuation);
  if (isMark(code)) {
    const doubled = (code === APOSTROPHE || code === 0x60) && next === code;
    return scanned(at + (doubled ? 2 : 1), Kind.mark);
  }
  if (code === STOP || code === HYPHEN || code === 0x2a || code === 0x5f || code === 0x3d)
    return scanned(skipRun(text, at, code), Kind.punctuation);
  return scanned(at + 1, code < 0x2100 || (code >= 0x3000 && code < 0xfffd) ? Kind.punctuation : Kind.symbol);
}

/** A letter and what belongs to it: "don't", "O'Neil", "land-based", "U.S.", "AT&T", "Sen.", "example.com/page". */
function scanWord(text: string, from: number): Scanned {
  let at = from + 1;
  for (; at < text.length; ) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === LETTER || kind === DIGIT) {
      at++;
      continue;
    }
    if (at + 1 >= text.length) break;
    const next = text.charCodeAt(at + 1);
    const nextKind = classOf(next);
    if (isApostrophe(code) && nextKind === LETTER && !isPossessive(text, at)) at += 2;
    else if (isHyphen(code) && (nextKind === LETTER || nextKind === DIGIT)) at += 2;
    else if (code === 0x26 && nextKind === LETTER && at - from <= 3) at += 2;
    else if (code === STOP && nextKind === LETTER && isInitialism(text, from, at)) at += 2;
    else if (code === STOP && nextKind === LETTER && !isUpper(next) && isDomain(text, from, at))
      return scanned(scanLink(text, at), Kind.link);
    else if (code === 0x3a && next === 0x2f && text.charCodeAt(at + 2) === 0x2f && at - from <= 5)
      return scanned(scanLink(text, at), Kind.link);
    else if (code === 0x40 && nextKind === LETTER) return scanned(scanLink(text, at), Kind.link);
    else break;
  }
  if (at < text.length && text.charCodeAt(at) === STOP && keepsStop(text, from, at)) at++;
  return scanned(at, Kind.word);
}

/** Inside "U.S", "a.m", "Ph.D" rather than at the end of a sentence that lacks its space. */
function isInitialism(text: string, from: number, at: number): boolean {
  const length = at - from;
  if (length === 1) return true;
  if (length > 6) return false;
  return text.charCodeAt(at - 2) === STOP || (length === 2 && /^ph$/i.test(text.slice(from, at)));
}

/** "pic.twitter.com", "www.example.org": a dot followed by a small letter, and a known ending or a path after it. */
function isDomain(text: string, from: number, at: number): boolean {
  const rest = text.slice(from, Math.min(text.length, at + 40));
  return /^(?:www\.|pic\.twitter|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|co|uk|io|tv|news|info|ly|me|us|in)\b)/i.test(
    rest,
  );
}

/** The end of an address, handle or hashtag: white space, a mark or a bracket ends it; closing punctuation is left out. */
function scanLink(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (classOf(code) === SPACE || isMark(code) || code === 0x29 || code === 0x5d || code === 0x3e || code === 0x3c)
      break;
    if (code >= 0x2013 && code <= 0x2026) break;
    at++;
  }
  while (at > from && ',.;:!?'.includes(text[at - 1] as string)) at--;
  return Math.max(at, from + 1);
}

function scanNumber(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === DIGIT || kind === LETTER) at++;
    else if (
      (code === 0x2c || code === STOP || code === 0x3a || code === 0x2f || isHyphen(code)) &&
      at + 1 < text.length &&
      (classOf(text.charCodeAt(at + 1)) === DIGIT || (isHyphen(code) && classOf(text.charCodeAt(at + 1)) === LETTER))
    )
      at += 2;
    else if (code === 0x25) return at + 1;
    else break;
  }
  return at;
}

/** An apostrophe and an "s" that ends the word: the possessive, or "is". */
function isPossessive(text: string, at: number): boolean {
  if (at === 0 || (text.charCodeAt(at + 1) | 32) !== 0x73) return false;
  const before = classOf(text.charCodeAt(at - 1));
  if (before !== LETTER && before !== DIGIT && text.charCodeAt(at - 1) !== STOP) return false;
  return at + 2 >= text.length || classOf(text.charCodeAt(at + 2)) !== LETTER;
}

/** Whether the stop after a word belongs to it: "Sen.", "Jan.", "J.", "U.S.", but not "war." */
function keepsStop(text: string, from: number, at: number): boolean {
  if (at - from > 8) return false;
  const form = text.slice(from, at);
  const capital = isUpper(form.charCodeAt(0));
  if (form.length === 1) return capital && form !== 'I';
  const lower = form.toLowerCase();
  if (form.includes('.')) return true;
  if (ABBREVIATIONS.has(lower)) return capital || lower !== 'no';
  return capital && (CAPITAL_ABBREVIATIONS.has(lower) || MONTHS.has(lower));
}

function skipRun(text: string, from: number, code: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) === code) at++;
  return at;
}

// ---------------------------------------------------------------- paragraphs

function skipSpace(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && classOf(text.charCodeAt(at)) === SPACE) at++;
  return at;
}

const isNewline = (code: number): boolean => code === 10 || code === 0x2028 || code === 0x2029;

/** A line end is a paragraph's end, except inside hard-wrapped text, where only an empty line (or an indent) is. */
function breaksParagraph(text: string, from: number, to: number, wrapped: boolean): boolean {
  let lines = 0;
  let indent = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (isNewline(code)) {
      lines++;
      indent = 0;
    } else if (code !== 13) indent++;
  }
  return wrapped ? lines > 1 || (lines === 1 && indent >= 3) : lines > 0;
}

/** Most lines of wrapped text that follow a line end begin with a small letter; paragraphs hardly ever do. */
function isHardWrapped(text: string): boolean {
  let lines = 0;
  let small = 0;
  for (let at = text.indexOf('\n'); at >= 0 && lines < 400; at = text.indexOf('\n', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (isNewline(next) || next === 13) continue;
    lines++;
    if (next >= 97 && next <= 122) small++;
  }
  return lines >= 4 && small / lines > 0.4;
}
