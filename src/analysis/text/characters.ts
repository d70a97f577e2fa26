/** What a character is, looked up once each: to ask a regular expression for `\p{L}` costs many times more. */

/** Bit set of what a character may be. */
export const Trait = {
  letter: 1,
  /** A mark that belongs to the letter before it. */
  mark: 2,
  /** A decimal digit of any script. */
  digit: 4,
  /** A digit, a fraction, a Roman numeral of its own ... */
  number: 8,
  /** A capital letter. */
  upper: 16,
  /** A small one. */
  lower: 32,
} as const;

const patterns = [
  [/^\p{L}$/u, Trait.letter],
  [/^\p{M}$/u, Trait.mark],
  [/^\p{Nd}$/u, Trait.digit],
  [/^\p{N}$/u, Trait.number],
  [/^\p{Lu}$/u, Trait.upper],
  [/^\p{Ll}$/u, Trait.lower],
] as const;

const KNOWN = 128;
const known = new Uint8Array(0x10000);

/** The traits of the character with this code point (`String.codePointAt`); 0 for signs and half a surrogate pair. */
export function traitsOf(code: number): number {
  if (code > 0xffff) return traitsAnew(code);
  if (known[code] === 0) known[code] = traitsAnew(code) | KNOWN;
  return known[code]! & ~KNOWN;
}

function traitsAnew(code: number): number {
  const character = String.fromCodePoint(code);
  return patterns.reduce((traits, [pattern, trait]) => traits | (pattern.test(character) ? trait : 0), 0);
}

/** One past the run of characters with one of these traits that begins at `at`; `at` itself when there is none. */
export function runEnd(text: string, at: number, traits: number): number {
  const { length } = text;
  let end = at;
  while (end < length) {
    // Half a pair has no traits: only then it is asked for the other half.
    const unit = text.charCodeAt(end);
    if ((traitsOf(unit) & traits) !== 0) end++;
    else if ((unit & 0xfc00) === 0xd800 && (traitsOf(text.codePointAt(end)!) & traits) !== 0) end += 2;
    else break;
  }
  return end;
}
