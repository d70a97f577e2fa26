import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';

/** The role that the first person who speaks gets. */
function roleIn(text: string): string | undefined {
  const { quotes, speakers } = analyze({ text });
  return speakers[quotes.find(({ speaker }) => speaker !== undefined)!.speaker!]!.role;
}

describe('a role before a name begins where the office begins', () => {
  it.each([
    ['a verb', 'The storm has thrust Deputy Mayor Lena Marsh into the open. “I am ready,” Marsh said.', 'Deputy Mayor'],
    ['who appointed', 'Dana Rowe appointed Police Chief Lena Marsh. “I am ready,” Marsh said.', 'Police Chief'],
    ['a day', 'The council wants by Tuesday Governor Lena Marsh to go. “I will not,” Marsh said.', 'Governor'],
    ['several people', '“I can win,” said presidential candidates Former Gov. Otto Brandl.', 'Former Gov.'],
    ['a common noun', 'He spoke the way President Otto Brandl did. “We shall see,” Brandl said.', 'President'],
    ['kin', '“We can win,” said his son former Governor Otto Brandl.', 'former Governor'],
    ['not a participle that tells of it', '“I stay,” said the ousted Governor Otto Brandl.', 'ousted Governor'],
    ['not a body', '“We stay,” said club President Otto Brandl.', 'club President'],
    [
      'not the first of two fields',
      'Health and Human Services Secretary Tarn Prill spoke. “It works,” Prill said.',
      'Health and Human Services Secretary',
    ],
    [
      'not the first part of a body’s name',
      'They met Club for Growth President Otto Brandl on Monday. “We stay,” Brandl said.',
      'Club for Growth President',
    ],
    ['but no other name', 'Rowan and Health Secretary Tarn Prill met. “It works,” Prill said.', 'Health Secretary'],
    ['without the shorter title', '“It works,” said House Majority Whip Rep. Tarn Prill.', 'House Majority Whip'],
  ])('%s', (_what, text, role) => expect(roleIn(text)).toBe(role));
});

describe('a role after a name', () => {
  it.each([
    [
      'is cut at no odd place when it is very long',
      '“We serve,” said Ina Holm, a former Marine Corps captain, pilot and teacher and now deputy executive director of the Service Women’s Action Network of the Northern and Southern Provinces of Norland.',
      'former Marine Corps captain',
    ],
    ['ends before a clause', '“It hurt,” said Ina Holm, an army analyst when a bomb went off.', 'army analyst'],
    [
      'begins behind an age',
      '“It hurt,” said Ina Holm, who is 62 and a professor at Norland College.',
      'professor at Norland College',
    ],
    ['ranks nobody', '“It hurt,” said Ina Holm, the first Republican to resign.', 'Republican'],
    [
      'leaves out whose, where nobody would know',
      '“It holds,” said Orla Venn, the agency’s acting commissioner.',
      'acting commissioner',
    ],
    ['is nobody else', 'Ina Holm, this official argued, has won. “I have,” Holm said.', undefined],
    [
      'is no list of people',
      'The race is between Ina Holm, Mr. Dorn and Libertarian Jeff Stade. “I win,” Holm said.',
      undefined,
    ],
    ['is no likeness', '“I rise at five,” said Ina Holm. Holm is an early riser.', undefined],
    ['is no bare relation', '“I knew him,” said Ina Holm, a friend.', undefined],
    [
      'keeps a relation that says to whom',
      '“I knew him,” said Ina Holm, a friend of the victim.',
      'friend of the victim',
    ],
  ])('%s', (_what, text, role) => expect(roleIn(text)).toBe(role));
});

describe('father and son', () => {
  const speakersOf = (text: string) => {
    const { quotes, speakers } = analyze({ text });
    return quotes.map(({ speaker }) => (speaker === undefined ? undefined : speakers[speaker]!.name));
  };

  it('are told apart by their suffix', () => {
    const text = 'Ulf Brandt, the president, spoke. “It was nothing,” Brandt Jr. said. “I knew nothing,” Brandt said.';
    expect(speakersOf(text)).toEqual(['Brandt Jr.', 'Ulf Brandt']);
  });

  it('are told apart by their middle names', () => {
    const text =
      'George H.W. Marr was president. His son George W. Marr spoke. “I miss him,” George W. Marr said. “I jumped,” George H.W. Marr said.';
    expect(speakersOf(text)).toEqual(['George W. Marr', 'George H.W. Marr']);
  });
});

it('a name or a word is no slip of somebody else’s name', () => {
  const text =
    'President Barack Obama spoke. “It is over,” Obama said. The hunt for Osama went on. Mike Pence left. “Peace now,” Pence said.';
  const { speakers } = analyze({ text });
  expect(speakers.flatMap(({ aliases }) => aliases)).not.toContain('Osama');
  expect(speakers.flatMap(({ aliases }) => aliases)).not.toContain('Peace');
});

it('one office with two fields is one person', () => {
  const { quotes, speakers } = analyze({
    text: 'House Ways and Means Committee Chairman Dorn Brade said the bill will pass.',
  });
  expect(speakers[quotes[0]!.speaker!]).toMatchObject({ kind: 'person', name: 'Dorn Brade' });
});
