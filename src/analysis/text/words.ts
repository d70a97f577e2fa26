/** Word forms with everything that can be known of a form alone, computed once and shared by all articles. */
import { hashText } from './hash.ts';

/** How a form is written: enough for a model to tell "Trump", "NATO", "land-based" and "2016" apart. */
export const Shape = {
  lower: 0,
  hyphenated: 1,
  capital: 2,
  allCapitals: 3,
  initial: 4,
  year: 5,
  number: 6,
  other: 7,
} as const;

/** One stem. Two of these may have the same text: texts, or `StemNumbers`, tell whether two stems are one. */
export interface Stem {
  readonly text: string;
  /** Filled by `stems.ts`: who only looks words up needs none of it. */
  facts: StemFacts | undefined;
  /** Its number in the text that numbered it last (`StemNumbers`). */
  number: number;
  numberedIn: number;
  /** The emptying of the table of stems that it was made after. */
  readonly madeIn: number;
}

export interface StemFacts {
  /** Share of news articles that hold it, and how rare that is (`background.ts`). */
  readonly commonness: number;
  readonly rarity: number;
  /** Says too little to count twice: what comes again in a summary is most often one of these. */
  readonly isSmall: boolean;
  readonly hasDigit: boolean;
}

/** What a printed form is as a counted word, wherever it stands. */
export interface CountedForm {
  readonly word: string;
  readonly wordHash: number;
  readonly stem: Stem;
  readonly isCapital: boolean;
  /** Both its first letters are capitals. */
  readonly isShouted: boolean;
  readonly isNumber: boolean;
  readonly isStop: boolean;
}

/** One word form. Two tokens with the same letters share one of these, as a rule: hash once. */
export interface Word {
  /** As printed; only the first 64 units of a longer form. */
  readonly form: string;
  readonly lower: string;
  readonly shape: number;
  /** Hashes (32 bits, signed) of `lower`, its last three letters, and its last two letters with the shape. */
  readonly hash: number;
  readonly suffix3: number;
  readonly suffix2: number;
  /** `lower` with numbers and hyphenated forms folded together: what the tagger learns words by. */
  readonly folded: string;
  readonly foldedHash: number;
  /** The tags it may take, and the model that says so; filled by the tagger. */
  allowed: Uint8Array;
  allowedBy: unknown;
  /** Bit set of `lexicon/roles.ts`; -1 until asked for. */
  roles: number;
  /** The group of `company.ts`; -1 until asked for. */
  cluster: number;
  /** Bit set of `name-lists.ts`; -1 until asked for. */
  lists: number;
  /** What `terms.ts` counts it as; filled there. */
  counted: CountedForm | undefined;
  /** Bit set of `reactions/stance.ts`; -1 until asked for. */
  stance: number;
  /** The stem that stances were learnt by; filled there. */
  stanceStem: string | undefined;
  /** What a summary counts it as; filled by `choosing/worth.ts`. */
  unit: Stem | undefined;
}

const LONGEST_FORM = 64;
const KEPT_FORMS = 60_000;
const SLOTS = 1 << 17;
const MOST_PROBES = 64;
const NO_TAGS = new Uint8Array(0);
/** Slot by slot: the number of the word that stands there, and one more; 0 for none. */
let slots = new Int32Array(SLOTS);
let words: Word[] = [];
/** The units of all forms, one behind the other, and where each begins: to compare numbers is much faster than to compare strings. */
const forms = new Uint16Array(KEPT_FORMS * LONGEST_FORM);
const formEnds = new Int32Array(KEPT_FORMS);
/** Room for the units of the form that is being looked up. */
const asked = new Uint16Array(LONGEST_FORM);

/**
 * The shared record of the form at a place of a text, looked up without cutting it out.
 *
 * The table is emptied when it grows past 60,000 forms, so hostile text cannot fill memory.
 */
export function wordAt(text: string, start: number, end: number): Word {
  const length = Math.min(end - start, LONGEST_FORM);
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(start + i);
    asked[i] = unit;
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  hash ^= hash >>> 15;
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const slot = (hash + probe) & (SLOTS - 1);
    const word = slots[slot]! - 1;
    if (word < 0) return keep(text.slice(start, start + length), slot);
    if (isAsked(word, length)) return words[word]!;
  }
  // Forms made to collide are described anew each time rather than searched for ever longer.
  return describe(text.slice(start, start + length));
}

/** Is this word the one whose units stand in `asked`? */
function isAsked(word: number, length: number): boolean {
  const from = word === 0 ? 0 : formEnds[word - 1]!;
  if (formEnds[word]! - from !== length) return false;
  let i = 0;
  while (i < length && forms[from + i] === asked[i]) i++;
  return i === length;
}

function keep(slice: string, slot: number): Word {
  // A slice keeps its whole article alive; the table must not.
  const word = describe(Buffer.from(slice, 'utf16le').toString('utf16le'));
  if (words.length >= KEPT_FORMS) {
    slots = new Int32Array(SLOTS);
    words = [];
  }
  const from = words.length === 0 ? 0 : formEnds[words.length - 1]!;
  for (let i = 0; i < slice.length; i++) forms[from + i] = slice.charCodeAt(i);
  formEnds[words.length] = from + slice.length;
  slots[slot] = words.push(word);
  return word;
}

function describe(form: string): Word {
  const lower = form.toLowerCase();
  const shape = shapeOf(form);
  const folded = foldedForm(lower, shape);
  return {
    form,
    lower,
    shape,
    hash: hashText(lower),
    suffix3: hashText(lower.slice(-3)),
    suffix2: hashText(lower.slice(-2)) ^ Math.imul(shape + 1, 0x9e3779b1),
    folded,
    foldedHash: hashText(folded),
    allowed: NO_TAGS,
    allowedBy: undefined,
    roles: -1,
    cluster: -1,
    lists: -1,
    counted: undefined,
    stance: -1,
    stanceStem: undefined,
    unit: undefined,
  };
}

function shapeOf(form: string): number {
  const first = form.charCodeAt(0);
  if (first >= 48 && first <= 57) return /^(1[5-9]|20)\d\d$/.test(form) ? Shape.year : Shape.number;
  const upper = form.toUpperCase();
  const lower = form.toLowerCase();
  if (upper === lower) return Shape.other;
  if (form[0] !== lower[0]) {
    if (form.length === 1 || (form.length === 2 && form[1] === '.')) return Shape.initial;
    return form === upper ? Shape.allCapitals : Shape.capital;
  }
  return form.includes('-', 1) ? Shape.hyphenated : Shape.lower;
}

function foldedForm(lower: string, shape: number): string {
  if (shape === Shape.year) return '!year';
  if (shape === Shape.number) return '!number';
  if (lower.indexOf('-') > 0) return '!hyphen';
  return lower;
}
