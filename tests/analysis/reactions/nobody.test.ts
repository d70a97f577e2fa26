import { expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';

it.each([
  ['No Republican in either chamber endorsed the impeachment process.', []],
  ['Few Democrats supported the deal.', []],
  ['Neither Rowe nor Marsh supported the plan.', []],
  ['Most Democrats supported the deal.', ['Most Democrats: support']],
])('those who do not react do not: %s', (text, expected) => {
  const { reactions, speakers } = analyze({ text });
  expect(reactions.map(({ speaker, stance }) => `${speakers[speaker]!.name}: ${stance}`)).toEqual(expected);
});
