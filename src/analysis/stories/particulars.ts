/** What tells two events of one kind apart: figures, years, months and pairs of words, as they stand in one article. */
import { hashText } from '../text/hash.ts';
import { readTerms, type Term } from '../text/terms.ts';

/** The particulars of one article; small enough to be held for every article of a collection. */
export interface Particulars {
  /** Figures of two digits or more, years left out. */
  readonly numbers: ReadonlySet<string>;
  readonly years: ReadonlySet<string>;
  /** Months that stand before a day ("Dec. 14"), by their first three letters. */
  readonly months: ReadonlySet<string>;
  /** Hashes of neighbouring words that say something ("death penalty"), in ascending order, each once. */
  readonly wordPairs: Uint32Array;
}

const WORDS_READ = 600;
const PAIRED_WORDS = 400;
const MONTHS_WITHIN = 3000;
const year = /^(?:19|20)\d\d$/;
const monthOfDay = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{0,6}\b\.?)? (?=\d)/g;

/** Reads the particulars of an article from its title and the beginning of its text; `terms` where they are read already. */
export function readParticulars(
  title: string,
  text: string,
  terms: readonly (readonly Term[])[] = [readTerms(title), readTerms(text)],
): Particulars {
  const numbers = terms
    .flat()
    .slice(0, WORDS_READ)
    .filter((term) => term.isNumber && term.stem.length > 1);
  return {
    numbers: new Set(numbers.filter(({ stem }) => !year.test(stem)).map(({ stem }) => stem)),
    years: new Set(numbers.filter(({ stem }) => year.test(stem)).map(({ stem }) => stem)),
    months: new Set(
      Array.from(`${title}\n${text}`.slice(0, MONTHS_WITHIN).matchAll(monthOfDay), ([, month]) => month!),
    ),
    wordPairs: Uint32Array.from(new Set(terms.flatMap(hashedPairs))).sort(),
  };
}

/** Words further apart than this, in characters, have a stop word or the end of a sentence between them. */
const PAIR_GAP = 5;

function hashedPairs(terms: readonly Term[]): number[] {
  const telling = terms.slice(0, PAIRED_WORDS).filter((term) => !term.isStop);
  return telling.flatMap((term, i) => {
    const before = telling[i - 1];
    return before && term.start - before.end <= PAIR_GAP ? [hashText(`${before.stem} ${term.stem}`)] : [];
  });
}
