import { expect, it } from 'vitest';
import { undotted } from '../../../src/store/asking/words.ts';

it.each([
  ['The F.B.I. said so.', 'The FBI  said so.'],
  ['In the U.S., at 9 a.m.', 'In the US , at 9 am '],
  ['U.S.Army in the U.S', 'US Army in the US'],
  ['Yahoo.com, 3.A and v.2.b stay.', 'Yahoo.com, 3.A and v.2.b stay.'],
  ['É.D.F. and 𝒜.ℬ.', 'ÉDF  and 𝒜ℬ '],
  ['.a.b. x..y “I.” J.', '.a.b. x..y “I.” J.'],
  ['', ''],
])('initials in %j are words without stops', (text, words) => {
  expect(undotted(text)).toBe(words);
});
