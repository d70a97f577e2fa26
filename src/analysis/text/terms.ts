/** Words as they are counted: where they stand, their stem, and what their shape tells. */
import { stopWords } from '../lexicon/stop-words.ts';
import { runEnd, Trait, traitsOf } from './characters.ts';
import { hashText } from './hash.ts';
import { stemOf, unstemmed } from './stems.ts';
import { type CountedForm, type Word, wordAt } from './words.ts';

/** One counted word of a text. Every word of every article is made one: it holds no more than it must. */
export class Term {
  readonly start: number;
  readonly end: number;
  /** Begins with a capital although no sentence begins here: most likely part of a name. */
  isName: boolean;
  /** What is known of the form, wherever it stands. */
  readonly form: CountedForm;

  constructor(start: number, end: number, isName: boolean, form: CountedForm) {
    this.start = start;
    this.end = end;
    this.isName = isName;
    this.form = form;
  }

  /** Lower case, without a possessive "'s". */
  get word(): string {
    return this.form.word;
  }

  /** Porter stem of `word`; numbers lose their commas. */
  get stem(): string {
    return this.form.stem.text;
  }

  get isNumber(): boolean {
    return this.form.isNumber;
  }

  /** Says nothing of what the text is about. */
  get isStop(): boolean {
    return this.form.isStop;
  }
}

const LONGEST_WORD = 40;

/**
 * Splits a text into words, in reading order.
 *
 * "U.S." is one word ("us" would be a pronoun: its stem is "u.s"), "38,000" is the number "38000", hyphens separate.
 * Where most words are in capitals (old wires, headlines in capitals), nothing is taken for a name.
 */
export function readTerms(text: string): Term[] {
  const terms: Term[] = [];
  let words = 0;
  let shouted = 0;
  let opens = true;
  // Asked for once: texts come in many inner forms, and each question first finds out which this is.
  const { length } = text;
  for (let start = 0; start < length; ) {
    const end = termEnd(text, start);
    if (end === start) {
      opens ||= openers.has(text.charCodeAt(start));
      start++;
      continue;
    }
    const isFirst = opens;
    opens = false;
    if (end - start <= LONGEST_WORD) {
      const form = countedForm(wordAt(text, start, end));
      if (form.word !== '') {
        if (!form.isNumber) words++;
        if (form.isShouted) shouted++;
        terms.push(new Term(start, end, form.isCapital && !isFirst && !form.isStop, form));
      }
    }
    start = end;
  }
  if (shouted * 2 >= words) for (const term of terms) term.isName = false;
  return terms;
}

/** Before a word, one of these begins a sentence or a part of one. */
const openers: ReadonlySet<number> = new Set(Array.from('.!?:\n“"—–', (sign) => sign.charCodeAt(0)));

/** One past the word that begins at `at`: initials ("U.S."), a number ("38,000") or letters ("don’t"). `at` when none does. */
function termEnd(text: string, at: number): number {
  const traits = traitsOf(text.codePointAt(at)!);
  if ((traits & Trait.upper) !== 0) {
    const end = initialsEnd(text, at);
    if (end > at) return end;
  }
  if ((traits & Trait.digit) !== 0) return numberEnd(text, at);
  let end = runEnd(text, at, Trait.letter | Trait.mark | Trait.digit);
  while (end > at && isApostrophe(text.charCodeAt(end))) {
    const after = runEnd(text, end + 1, Trait.letter);
    if (after === end + 1) break;
    end = after;
  }
  return end;
}

/** Capitals with a full stop each, two or more. */
function initialsEnd(text: string, at: number): number {
  let end = at;
  let initials = 0;
  while (end < text.length) {
    const code = text.codePointAt(end)!;
    const stop = end + (code > 0xffff ? 2 : 1);
    if ((traitsOf(code) & Trait.upper) === 0 || text.charCodeAt(stop) !== STOP) break;
    end = stop + 1;
    initials++;
  }
  return initials > 1 ? end : at;
}

/** Digits, with a comma or a point between them. */
function numberEnd(text: string, at: number): number {
  let end = runEnd(text, at, Trait.digit);
  while (text.charCodeAt(end) === COMMA || text.charCodeAt(end) === STOP) {
    const after = runEnd(text, end + 1, Trait.digit);
    if (after === end + 1) break;
    end = after;
  }
  return end;
}

const COMMA = 0x2c;
const STOP = 0x2e;
const isApostrophe = (code: number): boolean => code === 0x27 || code === 0x2019;

function countedForm(form: Word): CountedForm {
  form.counted ??= countForm(form.form);
  return form.counted;
}

function countForm(printed: string): CountedForm {
  const first = printed.charCodeAt(0);
  const isNumber = first >= 48 && first <= 57;
  const isCapital = !isNumber && isUpper(printed);
  const word = plainWord(printed, isNumber);
  return {
    word,
    wordHash: hashText(word),
    stem: isNumber ? unstemmed(word) : stemOf(word),
    isCapital,
    isShouted: isCapital && printed.length > 1 && isUpper(printed.slice(1)),
    isNumber,
    isStop: stopWords.has(word) || (word.length === 1 && !isNumber),
  };
}

function isUpper(text: string): boolean {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return first !== first.toLowerCase();
}

function plainWord(printed: string, isNumber: boolean): string {
  if (isNumber) return printed.replaceAll(',', '');
  const lower = printed.toLowerCase();
  if (lower.endsWith('.')) return lower.slice(0, -1);
  return lower.replaceAll('’', "'").replace(/'s?$/, '');
}
