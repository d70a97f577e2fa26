/**
 * Outside text that is written from right to left, kept in its place: the words around a Hebrew or Arabic name stay where
 * they are, and an override that a hostile article opens ends with its line. Unicode's isolates do that; nobody sees them.
 *
 * @see https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
 */

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const POP_EMBEDDING = '\u202c';
const LETTER = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
const anything = new RegExp(`[${LETTER}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]`, 'u');
/** From the first letter of a right-to-left stretch to its last, with what stands between them but no other letter or digit. */
const stretch = new RegExp(`[${LETTER}](?:[^\\p{L}\\p{N}\\n]*[${LETTER}])*\\p{M}*`, 'gu');

/**
 * A text that may hold several lines, each isolated as a whole. Closers that close nothing are left out, and what is left
 * open is closed. Linear in the length of the text.
 */
export function isolated(value: string): string {
  if (!anything.test(value)) return value;
  return value
    .split('\n')
    .map((line) => (line === '' ? line : `${FIRST_STRONG_ISOLATE}${balanced(line)}${POP_ISOLATE}`))
    .join('\n');
}

function balanced(line: string): string {
  const open: string[] = [];
  let kept = '';
  for (const character of line) {
    if (/[\u202a\u202b\u202d\u202e]/.test(character)) open.push(POP_EMBEDDING);
    else if (/[\u2066-\u2068]/.test(character)) open.push(POP_ISOLATE);
    else if (character === POP_EMBEDDING || character === POP_ISOLATE) {
      if (open.at(-1) !== character) continue;
      open.pop();
    }
    kept += character;
  }
  return kept + open.toReversed().join('');
}

/**
 * A label that mixes directions: each right-to-left stretch by itself, so that "(2 articles)" stays behind the name it
 * counts. A label of one direction, or with marks of direction of its own, is contained as a whole.
 */
export function isolatedLabel(label: string, most: number): string {
  if (!anything.test(label)) return label;
  const marked = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(label)
    ? isolated(label)
    : label.replace(stretch, `${FIRST_STRONG_ISOLATE}$&${POP_ISOLATE}`);
  if (marked.length <= most) return marked;
  // No room for marks: an override must not reach further than the label all the same.
  return label.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}
