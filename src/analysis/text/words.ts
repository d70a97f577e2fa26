/** Word forms with everything that can be known of a form alone, computed once and shared by all articles. */

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

/** What a printed form is as a counted word, wherever it stands. */
export interface CountedForm {
  readonly word: string;
  readonly stem: string;
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
  /** The stem of `lower`; filled by `terms.ts`. */
  stem: string | undefined;
}

const LONGEST_FORM = 64;
const KEPT_FORMS = 60_000;
const SLOTS = 1 << 17;
const MOST_PROBES = 64;
const NO_TAGS = new Uint8Array(0);
let slots: (Word | undefined)[] = new Array(SLOTS);
let kept = 0;

/**
 * The shared record of the form at a place of a text, looked up without cutting it out.
 *
 * The table is emptied when it grows past 60,000 forms, so hostile text cannot fill memory.
 */
export function wordAt(text: string, start: number, end: number): Word {
  const stop = Math.min(end, start + LONGEST_FORM);
  let hash = 0x811c9dc5;
  for (let i = start; i < stop; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const slot = (hash + probe) & (SLOTS - 1);
    const word = slots[slot];
    if (word === undefined) return keep(text.slice(start, stop), slot);
    if (word.form.length === stop - start && text.startsWith(word.form, start)) return word;
  }
  // Forms made to collide are described anew each time rather than searched for ever longer.
  return describe(text.slice(start, stop));
}

function keep(slice: string, slot: number): Word {
  // A slice keeps its whole article alive; the table must not.
  const word = describe(Buffer.from(slice, 'utf16le').toString('utf16le'));
  if (kept >= KEPT_FORMS) {
    slots = new Array(SLOTS);
    kept = 0;
  }
  slots[slot] = word;
  kept++;
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
    stem: undefined,
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

/** FNV-1a over UTF-16 units, 32 bits, signed. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
