import { expect, it } from 'vitest';
import { otherCountryForms } from '../../src/analysis/lexicon/countries.ts';

it.each([
  [
    ['british', 'election'],
    ['uk election', 'britain election', 'united kingdom election', 'great britain election'],
  ],
  [
    ['talks', 'with', 'north', 'korea'],
    ['talks with north korean', 'talks with dprk'],
  ],
  [['myanmar'], ['burma', 'burmese']],
  // The first of two is enough: "china trade with russia" is asked for in two ways, not in four.
  [['china', 'russia'], ['chinese russia']],
  [['korea'], []],
  [[], []],
])('%j', (words, forms) => {
  expect(otherCountryForms(words).map((form) => form.join(' '))).toEqual(forms);
});
