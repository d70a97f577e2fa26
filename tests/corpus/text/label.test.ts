import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelFrom } from '../../../src/corpus/text/label.ts';

it.each([
  ['The council met on Monday.', 'The council met on Monday'],
  [
    'Governor Ilse Marrow has announced a sweeping closure of the Tarn Strait to foreign boats, saying Tuesday night that tugs will enforce it.',
    'Ilse Marrow announced sweeping closure of Tarn Strait to foreign boats',
  ],
  [
    'PORT HALLOW (AP) — Nine boats were towed away from the pier, according to the harbor master.',
    'Nine boats were towed away from the pier',
  ],
  [
    'On Tuesday, after months of talks, the two governments signed a treaty on fishing.',
    'After months of talks, the two governments signed a treaty on fishing',
  ],
  ['But the U.S. Senate voted against the treaty. Nobody was surprised.', 'The U.S. Senate voted against the treaty'],
  [
    'Port Hallow (CNN) Does Thursday’s framework deal on the strait take the closure off the table?',
    'Does Thursday’s framework deal on strait take closure off table?',
  ],
  [
    'Others argue that “Marrow was almost the only one on the stage who had read the whole of the treaty before.”',
    'Others argue that Marrow was almost the only one on the stage who…',
  ],
  [
    'President Duray, who has called the agreement the “worst deal ever,” has found a way to distance himself from it symbolically.',
    'Duray has found a way to distance himself from it symbolically',
  ],
  ['“We will wait,” said Ana Ruiz, who has fished in the strait for thirty years.', '“We will wait,” said Ana Ruiz'],
])('makes of %j the label %j', (sentence, label) => {
  expect(labelFrom(sentence)).toBe(label);
});

it('is at most 70 characters, never cut inside a word, and of the words of the text only', () => {
  const word = fc.constantFrom(
    'the',
    'President',
    'Ana',
    'Ruiz,',
    'has',
    'warned',
    'of',
    'a',
    'strait',
    'closure',
    'in',
    'March,',
    'saying',
    '“no”',
    '(AP)',
    'incomprehensibilities',
    '72',
    'boats.',
    '—',
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 3, maxLength: 60 }), (words) => {
      const text = words.join(' ');
      const label = labelFrom(text);
      expect(label.length).toBeLessThanOrEqual(70);
      const own = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
      for (const piece of label.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) expect(own).toContain(piece);
    }),
  );
});
