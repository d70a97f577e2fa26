import { describe, expect, it } from 'vitest';
import { resolveSpeakers } from '../../../src/analysis/speakers/speakers.ts';
import { UNSURE } from '../../../src/model.ts';
import { given, type Statement } from '../reactions/statements.ts';

/** Whom the last of the given statements comes from, as "kind: name (role)"; `-` when unclear. */
function speakerOf(text: string, statements: readonly Statement[], day?: string): string {
  const { tagged, relations } = given(text, statements);
  const { speakers, ofRelation, confidence } = resolveSpeakers(tagged, relations, day === undefined ? {} : { day });
  const index = ofRelation.at(-1);
  if (index === undefined || confidence.at(-1)! < UNSURE) return '-';
  const { kind, name, role } = speakers[index]!;
  return `${kind}: ${name}${role === undefined ? '' : ` (${role})`}`;
}

describe('resolveSpeakers', () => {
  it.each<[what: string, text: string, statement: Statement, speaker: string]>([
    [
      'a surname after the full name',
      'Mexican President Ana Lozano opened the port on Monday. “The work is done,” Lozano said.',
      ['Lozano#2', 'said', 'The work is done'],
      'person: Ana Lozano (Mexican President)',
    ],
    [
      'a role after the name',
      '“We lost a year,” said Henry Oakes, the governor of Ohio, at a hearing in Dayton.',
      ['Henry Oakes', 'said', 'We lost a year'],
      'person: Henry Oakes (governor of Ohio)',
    ],
    [
      'a name after the role',
      'The chair of the harbor board, Dagny Vale, said the toll was low.',
      ['The chair of the harbor board, Dagny Vale', 'said', 'the toll was low'],
      'person: Dagny Vale',
    ],
    [
      'a pronoun, by the gender that the text gives',
      'Mayor Rita Farrow met Tom Blake on Friday. Ms. Farrow toured the docks. “It was cold,” she said.',
      ['she', 'said', 'It was cold'],
      'person: Rita Farrow (Mayor)',
    ],
    [
      'a pronoun that follows another',
      'Tom Blake spoke for an hour. Then came Paul Marsh. He smiled. He waved. “It was cold,” he said.',
      ['he#2', 'said', 'It was cold'],
      'person: Paul Marsh',
    ],
    [
      'a role that stands for a name',
      'Jim Hale is a researcher at the Coast Institute. He counted the gulls for a decade. “They are gone,” the researcher said.',
      ['the researcher', 'said', 'They are gone'],
      'person: Jim Hale (researcher at the Coast Institute)',
    ],
    [
      'the first name of a relative',
      'Victor Stone spoke first. Victor Stone thanked the crowd. His wife, Elena Stone, followed him. “I never liked boats,” Elena said.',
      ['Elena#2', 'said', 'I never liked boats'],
      'person: Elena Stone',
    ],
    [
      'a group with a number, though the number was left out of its words',
      'Last week 72 House Democrats wrote in a letter that the plan would be “a costly mistake” for the region.',
      ['House Democrats', 'wrote', 'the plan would be “a costly mistake” for the region'],
      'group: 72 House Democrats',
    ],
    [
      'lawyers, not their client',
      'Ana Lozano lost the case on Tuesday. “The ruling makes no sense,” Lozano’s lawyers said.',
      ['Lozano’s lawyers', 'said', 'The ruling makes no sense'],
      'group: Lozano’s lawyers',
    ],
    [
      'a group, not the member it names',
      'Many residents, including Tom Blake, said the bridge was old.',
      ['Many residents, including Tom Blake', 'said', 'the bridge was old'],
      'unnamed: Many residents, including Tom Blake',
    ],
    [
      'nobody named',
      '“The bridge will close for two years,” a senior official said on Monday.',
      ['a senior official', 'said', 'The bridge will close for two years'],
      'unnamed: senior official',
    ],
    [
      'an acronym that the text explains',
      'The Coastal Water Authority (CWA) met on Monday. “The wells are safe,” the CWA said in a statement.',
      ['the CWA', 'said', 'The wells are safe'],
      'organization: Coastal Water Authority',
    ],
    [
      'the maker of a document',
      'The Coastal Water Authority met. The wells are safe, a statement from the Coastal Water Authority said.',
      ['a statement from the Coastal Water Authority', 'said', 'The wells are safe'],
      'organization: Coastal Water Authority',
    ],
    [
      'her words',
      'Rita Farrow opened the pier. Her remarks suggested that the toll will rise.',
      ['Her remarks', 'suggested', 'that the toll will rise'],
      'person: Rita Farrow',
    ],
  ])('%s', (_, text, statement, speaker) => {
    expect(speakerOf(text, [statement])).toBe(speaker);
  });

  it.each([
    [
      'a title and a surname, on a day of that office',
      'President Obama',
      '2015-06-02',
      'person: Barack Obama (President)',
    ],
    ['the office alone, with its country', 'the Mexican president', '2026-01-09', 'person: Claudia Sheinbaum'],
    ['the office alone, on a day before', 'the Mexican president', '2020-01-09', 'person: Andrés Manuel López Obrador'],
    ['an office whose country nobody names', 'the president', '2026-01-09', 'unnamed: president'],
    ['the office without a day', 'the Mexican president', undefined, 'unnamed: Mexican president'],
  ])('completes from the table %s', (_, source, day, speaker) => {
    const text = `“The talks go on,” ${source} said on Tuesday in Geneva.`;
    expect(speakerOf(text, [[source, 'said', 'The talks go on']], day)).toBe(speaker);
  });

  it.each([
    // Counted people are a group, however they are counted.
    ['Forty-one boat owners', 'group: Forty-one boat owners'],
    ['41 state senators', 'group: 41 state senators'],
    ['Two dozen teachers', 'group: Two dozen teachers'],
    ['A dozen nurses', 'group: A dozen nurses'],
    ['Hundreds of farmers', 'group: Hundreds of farmers'],
    ['Three MLAs', 'group: Three MLAs'],
    ['More than 200 scientists', 'group: More than 200 scientists'],
    // So are people and bodies that speak openly.
    ['Environmental groups', 'group: Environmental groups'],
    ['The student union', 'group: student union'],
    ['The traders association', 'group: traders association'],
    ['The union', 'group: union'],
    ['Student union', 'group: Student union'],
    ['Library staff', 'group: Library staff'],
    ['Shop owners', 'group: Shop owners'],
    ['Mexican officials', 'group: Mexican officials'],
    ['Police', 'group: Police'],
    ['Campaigners', 'group: Campaigners'],
    ['Lawyers for the airline', 'group: Lawyers for the airline'],
    ['The opposition parties', 'group: opposition parties'],
    ['Villagers in Kerala', 'group: Villagers in Kerala'],
    ['Opposition MPs', 'group: Opposition MPs'],
    ['Around 60 Tory MPs', 'group: Around 60 Tory MPs'],
    ['The prosecution', 'group: prosecution'],
    ['Neighbours', 'group: Neighbours'],
    ['The family', 'group: family'],
    ['The researchers', 'group: researchers'],
    ['Doctors at the hospital', 'group: Doctors at the hospital'],
    ['Kerala police', 'group: Kerala police'],
    ['The jury', 'group: jury'],
    ['The club', 'group: club'],
    // Individuals whose names are kept back are not.
    ['Two officials who asked not to be named', 'unnamed: Two officials who asked not to be named'],
    ['Three people familiar with the matter', 'unnamed: Three people familiar with the matter'],
    ['Legal and diplomatic experts', 'unnamed: Legal and diplomatic experts'],
    ['Analysts', 'unnamed: Analysts'],
    ['Critics of the bill', 'unnamed: Critics of the bill'],
    ['A person who works for one of the cruise lines', 'unnamed: person who works for one of the cruise lines'],
    ['People briefed on the talks', 'unnamed: People briefed on the talks'],
    ['Government sources', 'unnamed: Government sources'],
    ['A few residents', 'unnamed: A few residents'],
    ['The two officials', 'unnamed: two officials'],
    ['Scientists', 'unnamed: Scientists'],
    ['Eyewitnesses', 'unnamed: Eyewitnesses'],
    ['Two women', 'unnamed: Two women'],
  ])('tells people who speak openly from those who are not named: %s', (source, speaker) => {
    expect(speakerOf(`${source} said the road was closed.`, [[source, 'said', 'the road was closed']])).toBe(speaker);
  });

  it('takes a wish for silence outside the source into account, but not somebody else’s', () => {
    const officials = '“It is over,” two U.S. officials said on condition of anonymity.';
    expect(speakerOf(officials, [['two U.S. officials', 'said', 'It is over']])).toBe('unnamed: two U.S. officials');
    const police = 'Police said a man who asked not to be named had been found.';
    const content = 'a man who asked not to be named had been found';
    expect(speakerOf(police, [['Police', 'said', content]])).toBe('group: Police');
  });

  it.each([
    ['The consumer group SafeShed', 'organization: SafeShed (consumer group)'],
    ['The news agency Tass', 'organization: Tass (news agency)'],
    ['The chip maker Orvan', 'organization: Orvan (chip maker)'],
    ['The Indian airline Skyhop', 'organization: Skyhop (Indian airline)'],
    ['The think tank Orvan Foundation', 'organization: Orvan Foundation (think tank)'],
    ['SafeShed', 'organization: SafeShed'],
    ['The Saltmarsh Trust', 'organization: Saltmarsh Trust'],
    ['The police chief Tom Orvan', 'person: Tom Orvan (police chief)'],
    ['The party leader Rita Farrow', 'person: Rita Farrow (party leader)'],
    ['McBride', 'person: McBride'],
    ['Dean Ottoline Farrow-Marsh', 'person: Ottoline Farrow-Marsh (Dean)'],
    ['Dean Marsh', 'person: Dean Marsh'],
    ['Delhi Police', 'organization: Delhi Police'],
    ['Labour', 'organization: Labour'],
    ['The players’ union, led by Tom Blake,', 'group: players’ union'],
    ['Mission control', 'group: Mission control'],
  ])('names bodies and people by their name, with what they are as their role: %s', (source, speaker) => {
    expect(speakerOf(`${source} said the road was closed.`, [[source, 'said', 'the road was closed']])).toBe(speaker);
  });

  it('lets the article override the table', () => {
    const text = 'Ella Trump, a baker in Leeds, won the prize. “I used less salt,” Trump said.';
    expect(speakerOf(text, [['Trump#2', 'said', 'I used less salt']])).toBe('person: Ella Trump (baker in Leeds)');
  });

  it('takes "I" inside a quotation for whoever speaks there', () => {
    const text = '“I think the pier is lost,” Rita Farrow said.';
    const outer: Statement = ['Rita Farrow', 'said', 'I think the pier is lost'];
    expect(speakerOf(text, [outer, ['I', 'think', 'the pier is lost']])).toBe('person: Rita Farrow');
  });

  it('does not ask for ever when "I" stands within "I"', () => {
    const text = '“I said I think we say I know it.”';
    expect(
      speakerOf(text, [
        ['I', 'said', 'I think we say I know it'],
        ['I#2', 'think', 'I said I think we say I know it'],
        ['we', 'say', 'I think we say I know it'],
      ]),
    ).toBe('-');
  });

  it('reads the labels of a transcript', () => {
    const text = 'Senator Rita Farrow came to Dayton.\n\nMODERATOR: Good evening.\n\nMS. FARROW: The bridge is safe.';
    const { tagged, relations } = given(text, [
      ['MODERATOR', ':', 'Good evening'],
      ['MS. FARROW', ':#2', 'The bridge is safe'],
    ]);
    const labelled = relations.map((relation) => ({ ...relation, origin: 'transcript' as const }));
    const { speakers, ofRelation } = resolveSpeakers(tagged, labelled);
    expect(
      ofRelation.map((index) => index !== undefined && `${speakers[index]!.kind}: ${speakers[index]!.name}`),
    ).toEqual(['unnamed: MODERATOR', 'person: Rita Farrow']);
  });

  it('ties a body to its row under either name, so that articles agree on it', () => {
    const keyOf = (text: string, source: string): string | undefined => {
      const { tagged, relations } = given(text, [[source, 'said', 'the wells are safe']]);
      return resolveSpeakers(tagged, relations).speakers[0]?.gazetteer;
    };
    const key = keyOf('The World Health Organization said the wells are safe.', 'The World Health Organization');
    expect(key).toBeDefined();
    expect(keyOf('Doctors at the WHO met. The WHO said the wells are safe.', 'The WHO')).toBe(key);
  });
});
