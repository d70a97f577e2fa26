import { fold } from '../text/fold.ts';

/**
 * Whether two wordings report one utterance: "We’re going to start now hitting land" and the post's "We are gonna
 * start now hitting land". Of one speaker only: the caller compares within a speaker.
 *
 * Equal but for contractions, fillers and a few words; or the shorter (six words or more) stands in the longer. A
 * wording that differs in a negation or a number is another utterance.
 */
export function sameUtterance(a: string, b: string): boolean {
  const [short, long] = [spokenWords(a), spokenWords(b)].sort((x, y) => x.length - y.length) as [string[], string[]];
  if (short.length === 0) return false;
  if (short.length < SHINGLE) return short.join(' ') === long.join(' ');
  const { shared, window, missing, extra } = align(short, long);
  if (shared < SHINGLE || shared / short.length < 0.8 || shared / window < 0.7) return false;
  return ![...missing, ...extra].some((word) => decisive.has(word) || /\d/.test(word));
}

/** Words whose presence turns a statement round. */
const decisive = new Set(['not', 'no', 'never', 'nobody', 'nothing', 'none', 'neither', 'nor', 'without']);

/**
 * Short keys for finding wordings of one utterance: two that share a run of nine words share at least one key, and
 * most near-identical ones do. At most `MAX_KEYS`; empty for text without a word.
 */
export function utteranceKeys(text: string): string[] {
  const words = spokenWords(text);
  if (words.length === 0) return [];
  if (words.length <= SHINGLE) return [hash(words.join(' ')).toString(36)];
  const hashes = words.slice(0, 1 - SHINGLE).map((_, i) => hash(words.slice(i, i + SHINGLE).join(' ')));
  // Winnowing (Schleimer, Wilkerson, Aiken 2003): the smallest hash of every window is a key.
  const keys = new Set<number>();
  for (let from = 0; from <= Math.max(0, hashes.length - WINDOW) && keys.size < MAX_KEYS; from++) {
    keys.add(Math.min(...hashes.slice(from, from + WINDOW)));
  }
  return [...keys].map((key) => key.toString(36));
}

const SHINGLE = 4;
const WINDOW = 6;
const MAX_KEYS = 12;
const MAX_WORDS = 160;

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

const fillers = new Set(['um', 'uh', 'well', 'you know', 'like', 'just', 'okay', 'ok', 'and', 'but', 'so', 'that']);

/** What was said, word by word, in one spelling: contractions written out, fillers left out, bounded. */
function spokenWords(text: string): string[] {
  return fold(text.slice(0, 4000))
    .replace(/\b(can)'?t\b/g, 'can not')
    .replace(/\bcannot\b/g, 'can not')
    .replace(/\bwon't\b/g, 'will not')
    .replace(/n't\b/g, ' not')
    .replace(/'re\b/g, ' are')
    .replace(/'ve\b/g, ' have')
    .replace(/'ll\b/g, ' will')
    .replace(/\bi'm\b/g, 'i am')
    .replace(/\b(it|that|he|she|there|what|who|here|let)'s\b/g, '$1 is')
    .replace(/'d\b/g, ' would')
    .replace(/\bgonna\b/g, 'going to')
    .replace(/\bwanna\b/g, 'want to')
    .replace(/\bgotta\b/g, 'got to')
    .replace(/'/g, '')
    .split(' ')
    .filter((word) => word !== '' && !fillers.has(word))
    .slice(0, MAX_WORDS);
}

interface Alignment {
  readonly shared: number;
  /** Length of the stretch of the longer text in which the shared words stand. */
  readonly window: number;
  /** Words of the shorter that the longer lacks; words of the stretch that the shorter lacks. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Longest common subsequence, with the part of the longer text that it covers. */
function align(short: readonly string[], long: readonly string[]): Alignment {
  const width = long.length + 1;
  const table = new Uint8Array((short.length + 1) * width);
  for (let i = short.length - 1; i >= 0; i--) {
    for (let j = long.length - 1; j >= 0; j--) {
      const at = i * width + j;
      table[at] = short[i] === long[j] ? table[at + width + 1]! + 1 : Math.max(table[at + width]!, table[at + 1]!);
    }
  }
  const missing: string[] = [];
  const extra: string[] = [];
  let first = -1;
  let last = -1;
  let i = 0;
  for (let j = 0; i < short.length && j < long.length; ) {
    const at = i * width + j;
    if (short[i] === long[j]) {
      if (first < 0) first = j;
      last = j;
      i++;
      j++;
    } else if (table[at + width]! >= table[at + 1]!) missing.push(short[i++]!);
    else {
      if (first >= 0) extra.push(long[j]!);
      j++;
    }
  }
  missing.push(...short.slice(i));
  const window = first < 0 ? 0 : last - first + 1;
  return {
    shared: table[0]!,
    window: Math.max(window, 1),
    missing,
    extra: extra.slice(0, Math.max(0, window - table[0]!)),
  };
}
