/** "He" and "she" beside names that say otherwise. */
import { expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';
import { givenNameGender, isSureGivenName } from '../../../src/analysis/names/gazetteer.ts';

function lastSpeaker(text: string): string | undefined {
  const { quotes, speakers } = analyze({ text });
  const speaker = quotes.at(-1)?.speaker;
  return speaker === undefined ? undefined : speakers[speaker]!.name;
}

it('pronouns near a name do not make a woman of him', () =>
  expect(
    lastSpeaker(
      'It was April. Jane Rowett was backstage, but her head was not in the clouds. She was throwing up. “I had stage fright,” she would later write. Rowett was a nobody at the time. A law school professor, she had been tapped by Majority Leader Harry Dornan to head a committee. As she described that night in her book, Rowett checked her face in the mirror and then she threw up again. “I asked myself why I had agreed to sit down with him,” she wrote.',
    ),
  ).toBe('Jane Rowett'));

it('a first name is sure where public figures of one gender have it', () => {
  expect([isSureGivenName('Harry'), givenNameGender('Harry')]).toEqual([true, 'm']);
  expect([isSureGivenName('Philippe'), isSureGivenName('Zorblatt')]).toEqual([false, false]);
});

it('a bare surname is not kept from a son by his mother’s or wife’s having it', () =>
  expect(
    lastSpeaker(
      'Former congressman Ulf Brandt Jr. was sentenced on Friday. His wife, Sandra Brandt, cried. Brandt asked for mercy. “I believe in forgiveness,” he said.',
    ),
  ).toBe('Ulf Brandt Jr.'));
