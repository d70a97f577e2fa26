/** Which language a text is in. English is settled by its small words; the detector is asked for the rest only. */
import { runEnd, Trait } from '../../analysis/text/characters.ts';
import { openHelper } from '../../helper-thread.ts';
import type { Sample } from './detector.ts';

const englishWords = new Set(
  'the of and to in a is that for on with was as by it he his from at be are has have had not this an but said who they will which we their or were been its more she her would there when what if about one'.split(
    ' ',
  ),
);

/** Small words that no other language of the news has, or hardly ever. */
const onlyEnglish = new Set(
  'the and that with from this they which their were would when what been his who'.split(' '),
);

const LONGEST_SMALL_WORD = 5;

/**
 * ISO 639-1 code of the language of a text, `und` when it cannot be told (too short, mixed, no words).
 *
 * English when a fifth of its words are English small words (true of all 5,000 articles of a US news sample, 2026-11), or,
 * where names and figures stand in a row, 12 in a hundred of those that begin small (Dutch and Danish have some 8); else
 * `detector.ts`.
 */
export async function languageOf(text: string): Promise<string> {
  const sample = text.slice(0, 4000);
  const { words, lower, small, only } = countWords(sample);
  if (words === 0) return 'und';
  if (words >= 8 && small >= words * 0.2 && (only > 0 || words < LONG)) return 'en';
  if (lower >= LONG && small >= lower * 0.12 && only > 0) return 'en';
  const asked: Sample = { text: sample, words };
  return (await detector.ask(asked, async (found) => found)) ?? (await import('./detector.ts')).detectedLanguage(asked);
}

/**
 * One list of addresses among ten thousand articles in English must not leave its 60 MB in this thread for good, nor add
 * them to what an import takes for longer than it takes to answer.
 */
const detector = openHelper<Sample, string>(new URL('./detector-thread.ts', import.meta.url), {
  name: 'languages',
  idleMs: 1000,
});

/** So many words of English have one among them that no other language has. */
const LONG = 20;

interface WordCounts {
  readonly words: number;
  /** How many of them begin small: in a list of names few do. */
  readonly lower: number;
  /** English small words, and how many of them (or which together) English has alone. */
  readonly small: number;
  readonly only: number;
}

function countWords(text: string): WordCounts {
  let words = 0;
  let lower = 0;
  let small = 0;
  let only = 0;
  let of = 0;
  let forOrTo = 0;
  const { length } = text;
  for (let at = 0; at < length; ) {
    const end = runEnd(text, at, Trait.letter);
    if (end > at) {
      words++;
      const first = text[at]!;
      if (first === first.toLowerCase()) lower++;
      // Not the table of words that the analysis keeps (20 MB): in a long import this thread analyses nothing.
      const word = end - at <= LONGEST_SMALL_WORD ? text.slice(at, end).toLowerCase() : '';
      if (englishWords.has(word)) {
        small++;
        if (onlyEnglish.has(word)) only++;
        else if (word === 'of') of++;
        else if (word === 'for' || word === 'to') forOrTo++;
      }
    }
    at = Math.max(end, at + 1);
  }
  // Others have one of these (Dutch "of", Danish "for", Polish "to"), not both.
  return { words, lower, small, only: only + Math.min(of, forOrTo) };
}
