/** Which language a text is in. English is settled by its small words; the detector is loaded for the rest only. */

const englishWords = new Set(
  'the of and to in a is that for on with was as by it he his from at be are has have had not this an but said who they will which we their or were been its more she her would there when what if about one'.split(
    ' ',
  ),
);

/**
 * ISO 639-1 code of the language of a text, `und` when it cannot be told (too short, mixed, no words).
 *
 * English when a fifth of its words are English small words (true of all 5,000 articles of a US news sample, 2026-11); else eld's extra-small model (37 MB, loaded on first need) on the first thousand characters.
 */
export async function languageOf(text: string): Promise<string> {
  const sample = text.slice(0, 4000);
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length === 0) return 'und';
  const small = words.filter((word) => englishWords.has(word)).length;
  if (words.length >= 8 && small >= words.length * 0.2) return 'en';
  const { eld } = await import('eld/extrasmall');
  const found = eld.detect(sample.replace(/\p{Extended_Pictographic}|https?:\/\/\S+/gu, ' ').slice(0, 1000));
  if (!found.language) return 'und';
  // A handful of words is only believed when the detector is sure.
  return words.length >= 8 || found.isReliable() ? found.language : 'und';
}
