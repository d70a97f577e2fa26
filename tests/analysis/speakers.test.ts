import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';

/** The speaker of the piece that holds `words`, as "kind: name (role)"; `-` when unclear. */
function speakerOf(text: string, words: string, date?: string): string {
  const { quotes, speakers } = analyze(date === undefined ? { text } : { text, date });
  const at = text.indexOf(words);
  const quote = quotes.find(({ content }) => content.start <= at && at < content.end);
  if (quote === undefined) return 'no quote';
  const speaker = quote.speaker === undefined ? undefined : speakers[quote.speaker];
  return speaker === undefined ? '-' : `${speaker.kind}: ${speaker.name}${speaker.role ? ` (${speaker.role})` : ''}`;
}

describe('resolveSpeakers', () => {
  it.each([
    [
      'a surname after the full name',
      'Mexican President Ana Lozano opened the port on Monday. “The work is done,” Lozano said.',
      'The work',
      'person: Ana Lozano (Mexican President)',
    ],
    [
      'a role after the name',
      '“We lost a year,” said Henry Oakes, the governor of Ohio, at a hearing in Dayton.',
      'We lost',
      'person: Henry Oakes (governor of Ohio)',
    ],
    [
      'a pronoun, by the gender that the text gives',
      'Mayor Rita Farrow met Tom Blake on Friday. Ms. Farrow toured the docks. “It was cold,” she said.',
      'It was cold',
      'person: Rita Farrow (Mayor)',
    ],
    [
      'a role that stands for a name',
      'Jim Hale is a researcher at the Coast Institute. He counted the gulls for a decade. “They are gone,” the researcher said.',
      'They are gone',
      'person: Jim Hale (researcher at the Coast Institute)',
    ],
    [
      'the first name of a relative',
      'Victor Stone spoke first. Victor Stone thanked the crowd. His wife, Elena Stone, followed him. “I never liked boats,” Elena said.',
      'I never',
      'person: Elena Stone',
    ],
    [
      'a group with a number',
      'Last week 72 House Democrats wrote in a letter that the plan would be “a costly mistake” for the region.',
      'a costly mistake',
      'group: 72 House Democrats',
    ],
    [
      'lawyers, not their client',
      'Ana Lozano lost the case on Tuesday. “The ruling makes no sense,” Lozano’s lawyers said.',
      'The ruling',
      'group: Lozano’s lawyers',
    ],
    [
      'nobody named',
      '“The bridge will close for two years,” a senior official said on Monday.',
      'The bridge',
      'unnamed: senior official',
    ],
    [
      'an acronym that the text explains',
      'The Coastal Water Authority (CWA) met on Monday. “The wells are safe,” the CWA said in a statement.',
      'The wells',
      'organization: Coastal Water Authority',
    ],
  ])('%s', (_, text, words, speaker) => {
    expect(speakerOf(text, words)).toBe(speaker);
  });

  it('completes a title and surname from the table only when the day fits', () => {
    const text = '“The talks go on,” President Obama said on Tuesday in Geneva.';
    expect(speakerOf(text, 'The talks', '2015-06-02')).toBe('person: Barack Obama (President)');
  });

  it('lets the article override the table', () => {
    const text = 'Ella Trump, a baker in Leeds, won the prize. “I used less salt,” Trump said.';
    expect(speakerOf(text, 'I used')).toBe('person: Ella Trump (baker in Leeds)');
  });
});
