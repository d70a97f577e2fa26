import { describe, expect, it } from 'vitest';
import { stem } from '../../../src/analysis/text/stem.ts';
import { readTerms } from '../../../src/analysis/text/terms.ts';

/** The words of a text by definition, as a regular expression says it: what `readTerms` does by hand. */
const wordPattern = /(?:\p{Lu}\.){2,}|\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}\p{Nd}]+(?:['’]\p{L}+)*/gu;

describe('the words of a text', () => {
  it.each([
    ['The U.S. sent 38,000 men.', ['the', 'u.s', 'sent', '38000', 'men']],
    ['a land-based radar', ['a', 'land', 'based', 'radar']],
    ['Mexico’s president doesn’t', ['mexico', 'president', "doesn't"]],
    ['12th of May, 3.5%', ['12', 'th', 'of', 'may', '3.5']],
    ['B2B in Łódź', ['b2b', 'in', 'łódź']],
    ['', []],
  ])('%s', (text, words) => {
    expect(readTerms(text).map(({ word }) => word)).toEqual(words);
  });

  it('stand where a regular expression finds them, whatever the script', () => {
    const text =
      'A.B.C. x.Y. 1,2,3,x ٣٤٫٥ people १२ é e\u0301t 𝐔.𝐒. 𝐚𝐛 ﬁne İstanbul ẞ ǅ Ⅷ ½ 記者は言った。 ‘’tis ’’s o’clock’s \ud800x y\udfff don’t2 U.S.-led';
    const found = Array.from(text.matchAll(wordPattern), (match) => [match.index, match.index + match[0].length]);
    expect(readTerms(text).map(({ start, end }) => [start, end])).toEqual(found);
  });

  it('are names inside a sentence only, and never where most words are in capitals', () => {
    const names = (text: string) => readTerms(text).flatMap(({ word, isName }) => (isName ? [word] : []));
    expect(names('Talks began. Then Mexico said “Cartels” were met by Ana.')).toEqual(['mexico', 'ana']);
    expect(names('TALKS BEGAN in MEXICO')).toEqual([]);
  });

  it('longer than forty letters are left out, and open no sentence', () => {
    expect(readTerms(`${'x'.repeat(41)} Ana`)).toMatchObject([{ word: 'ana', isName: true }]);
  });

  it('have the stem that the word alone has', () => {
    for (const { word, stem: found, isNumber } of readTerms('Running ponies, agreed 1,000 cafés'))
      if (!isNumber) expect(found).toBe(stem(word));
  });
});
