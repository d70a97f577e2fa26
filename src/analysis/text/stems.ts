/** Stems with everything that is known of a stem alone: found out once, and shared by all articles. */
import { stopWords } from '../lexicon/stop-words.ts';
import { commonness } from './background.ts';
import { stem } from './stem.ts';
import type { Stem, StemFacts } from './words.ts';

/** Stems by the words they are of, and by their own texts. */
const ofWords = new Map<string, Stem>();
const byText = new Map<string, Stem>();
/** Both tables are emptied when one is full, so hostile text cannot fill memory. */
const MOST_KEPT = 50_000;
/** How often they were emptied: stems that were made before may have a twin that was made since. */
let emptied = 0;

function emptyWhenFull(): void {
  if (ofWords.size < MOST_KEPT && byText.size < MOST_KEPT) return;
  ofWords.clear();
  byText.clear();
  emptied++;
}

/** The stem of a word in lower case. */
export function stemOf(word: string): Stem {
  const known = ofWords.get(word);
  if (known !== undefined) return known;
  const found = unstemmed(stem(word));
  ofWords.set(word, found);
  return found;
}

/** A word that is counted as it is. */
export function unstemmed(word: string): Stem {
  emptyWhenFull();
  return keptStem(word);
}

function keptStem(text: string): Stem {
  let found = byText.get(text);
  if (found === undefined) {
    found = { text, facts: undefined, number: -1, numberedIn: 0, madeIn: emptied };
    byText.set(text, found);
  }
  return found;
}

let texts = 0;

/**
 * Numbers the stems of one text from 0 on, in order of first use. Answers are read off the stem itself: two with the same
 * text are one, but for those that were made before the tables were emptied.
 */
export class StemNumbers {
  readonly stems: Stem[] = [];
  /** A number, not this: stems live longer than what numbers them. */
  readonly #text = ++texts;

  of(stem: Stem): number {
    if (stem.numberedIn === this.#text) return stem.number;
    const kept = stem.madeIn === emptied ? stem : keptStem(stem.text);
    if (kept.numberedIn !== this.#text) {
      kept.numberedIn = this.#text;
      kept.number = this.stems.push(kept) - 1;
    }
    stem.numberedIn = this.#text;
    stem.number = kept.number;
    return stem.number;
  }

  /** The number of a stem that was numbered. */
  find(stem: Stem): number | undefined {
    const kept = stem.madeIn === emptied ? stem : keptStem(stem.text);
    return kept.numberedIn === this.#text ? kept.number : undefined;
  }
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
