/** Which language a text is in. English is settled by its small words; the detector is loaded for the rest only. */
import { runEnd, Trait } from '../../analysis/text/characters.ts';

const englishWords = new Set(
  'the of and to in a is that for on with was as by it he his from at be are has have had not this an but said who they will which we their or were been its more she her would there when what if about one'.split(
    ' ',
  ),
);

const LONGEST_SMALL_WORD = 5;

/**
 * ISO 639-1 code of the language of a text, `und` when it cannot be told (too short, mixed, no words).
 *
 * English when a fifth of its words are English small words (true of all 5,000 articles of a US news sample, 2026-11); else eld's extra-small model (37 MB, loaded on first need) on the first thousand characters.
 */
export async function languageOf(text: string): Promise<string> {
  const sample = text.slice(0, 4000);
  const { words, small } = countWords(sample.toLowerCase());
  if (words === 0) return 'und';
  if (words >= 8 && small >= words * 0.2) return 'en';
  const { eld } = await import('eld/extrasmall');
  const found = eld.detect(sample.replace(/\p{Extended_Pictographic}|https?:\/\/\S+/gu, ' ').slice(0, 1000));
  if (!found.language) return 'und';
  // A handful of words is only believed when the detector is sure.
  return words >= 8 || found.isReliable() ? found.language : 'und';
}

/** How many words a text has, and how many of them are English small words. */
function countWords(lower: string): { readonly words: number; readonly small: number } {
  let words = 0;
  let small = 0;
  for (let at = 0; at < lower.length; ) {
    const end = runEnd(lower, at, Trait.letter);
    if (end > at) {
      words++;
      if (end - at <= LONGEST_SMALL_WORD && englishWords.has(lower.slice(at, end))) small++;
    }
    at = Math.max(end, at + 1);
  }
  return { words, small };
}
