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

/** One word form. Two tokens with the same letters share one of these: compare by identity, hash once. */
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
}

const LONGEST_FORM = 64;
const KEPT_FORMS = 60_000;
const NO_TAGS = new Uint8Array(0);
const kept = new Map<string, Word>();

/** The shared record of a form. The table is emptied when it grows past 60,000 forms, so hostile text cannot fill memory. */
export function wordOf(form: string): Word {
  const known = kept.get(form);
  if (known !== undefined) return known;
  const short = form.length > LONGEST_FORM ? form.slice(0, LONGEST_FORM) : form;
  if (short !== form) return wordOf(short);
  if (kept.size >= KEPT_FORMS) kept.clear();
  // A slice keeps its whole article alive; the table must not.
  const own = Buffer.from(form, 'utf16le').toString('utf16le');
  const word = describe(own);
  kept.set(own, word);
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
