import { describe, expect, it } from 'vitest';
import { findAliases, keyOf, standsFor } from '../../../src/analysis/choosing/aliases.ts';
import { findNames } from '../../../src/analysis/names/names.ts';
import { tagText } from '../../../src/analysis/text/tag.ts';

const found = (text: string) => {
  const tagged = tagText(text);
  return findAliases(tagged, findNames(tagged)).map(({ how, name, other }) => [how, name.label, other.label]);
};

describe('findAliases', () => {
  it.each([
    ['The European Union (EU) fined a firm. The EU said so.', [['letters', 'European Union', 'EU']]],
    [
      'Staff of the Centers for Disease Control and Prevention (C.D.C.P.) left.',
      [['letters', 'Centers for Disease Control and Prevention', 'CDCP']],
    ],
    // Without a definition both have to be names.
    [
      'Agents of the F.B.I. came. The Federal Bureau of Investigation said nothing.',
      [['letters', 'Federal Bureau of Investigation', 'FBI']],
    ],
    ['The Federal Reserve kept its rates. The Fed sees prices rise.', [['letters', 'Federal Reserve', 'Fed']]],
    ['The Affordable Care Act, also known as Obamacare, stands.', [['called', 'Affordable Care Act', 'Obamacare']]],
    [
      'Soldiers raided drug cartels. The drug trafficking groups lost trucks.',
      [
        ['kindred', 'drug cartels', 'drug trafficking groups'],
        ['kindred', 'cartels', 'drug trafficking groups'],
      ],
    ],
  ])('%s', (text, aliases) => {
    expect(found(text)).toEqual(aliases);
  });

  it.each([
    // The letters are others'.
    'Members of the European Union (NATO) met.',
    'The Supreme Court (SEC) ruled.',
    // A name that goes on is not the whole one.
    'The Joint Plan of Action, better known as the Iran nuclear deal, holds.',
    // Two kinds of groups that deal in different things.
    'Soldiers raided drug cartels. Aid groups helped. Human rights groups objected.',
    'Rebels fought militias near the border.',
    // A whole word is no abbreviation of a name that begins with it.
    'The Army said no. The Army Times asked again. Readers of the Army Times wrote to the Army.',
    '',
  ])('finds none in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('stays small where a text is nothing but definitions', () => {
    const text = Array.from({ length: 60 }, (_, i) => {
      const letter = String.fromCharCode(65 + (i % 26));
      return `The ${letter}lpha ${letter}eta Council (${letter}${letter}C) met ${i} times.`;
    }).join(' ');
    expect(found(text).length).toBeLessThanOrEqual(12);
  });
});

it.each([
  ['EU', 'European Union', true],
  ['FBI', 'Federal Bureau of Investigation', true],
  ['DOJ', 'Department of Justice', true],
  ['ADL', 'Anti-Defamation League', true],
  ['EU', 'European Parliament', false],
  ['FB', 'Federal Bureau of Investigation', false],
  ['E', 'Europe', false],
])('%s stands for %s: %s', (letters, words, expected) => {
  expect(standsFor(letters, words.split(' '))).toBe(expected);
});

it('keys a name as a topic is keyed', () => {
  expect(keyOf('the drug trafficking groups')).toBe('drug trafficking group');
  expect(keyOf('NSA')).toBe('nsa');
});
