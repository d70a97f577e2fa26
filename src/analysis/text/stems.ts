/** Stems with everything that is known of a stem alone: found out once, and shared by all articles. */
import { stopWords } from '../lexicon/stop-words.ts';
import { commonness } from './background.ts';
import { stem } from './stem.ts';
import type { Stem, StemFacts } from './words.ts';

const kept = new Map<string, Stem>();
/** The table is emptied when it is full, so hostile text cannot fill memory. */
const MOST_KEPT = 50_000;

/** The stem of a word in lower case. */
export function stemOf(word: string): Stem {
  const known = kept.get(word);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const fresh = unstemmed(stem(word));
  kept.set(word, fresh);
  return fresh;
}

/** A word that is counted as it is. */
export const unstemmed = (word: string): Stem => ({
  text: word,
  facts: undefined,
  number: -1,
  numberedIn: 0,
});

let texts = 0;

/**
 * Numbers the stems of one text from 0 on, in order of first use. Most answers are read off the stem itself; only where
 * another text numbered it last, or it is the twin of one, the table of texts is asked.
 */
export class StemNumbers {
  readonly stems: Stem[] = [];
  readonly #byText = new Map<string, number>();
  /** A number, not this: stems live longer than what numbers them. */
  readonly #text = ++texts;

  of(stem: Stem): number {
    if (stem.numberedIn === this.#text) return stem.number;
    let number = this.#byText.get(stem.text);
    if (number === undefined) {
      number = this.stems.push(stem) - 1;
      this.#byText.set(stem.text, number);
    }
    stem.numberedIn = this.#text;
    stem.number = number;
    return number;
  }

  /** The number of a stem that was numbered. */
  find = (stem: Stem): number | undefined => this.#byText.get(stem.text);
}

export function factsOf(stem: Stem): StemFacts {
  stem.facts ??= findFacts(stem.text);
  return stem.facts;
}

function findFacts(text: string): StemFacts {
  const share = commonness(text);
  smallStems ??= stemsOfSmallWords();
  return { commonness: share, rarity: -Math.log(share), isSmall: smallStems.has(text), hasDigit: /\d/.test(text) };
}

let smallStems: ReadonlySet<string> | undefined;

/** Stop words and the ends of short forms ("don't"), as summaries count them: short words stay as they are. */
function stemsOfSmallWords(): ReadonlySet<string> {
  const words = [...stopWords].flatMap((word) => word.split(/[^\p{L}\p{M}\p{N}]+/u));
  return new Set(['s', 't', 'u', 'said', ...words.map((word) => (word.length > 3 ? stem(word) : word))]);
}
