import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';

/** The reactions of a text, from its words alone: "kind name: stance clause". */
function reactionsOf(text: string): string[] {
  const { reactions, speakers } = analyze({ text });
  return reactions.map(({ speaker, stance, clause }) => {
    const { kind, name } = speakers[speaker]!;
    return `${kind} ${name}: ${stance} ${text.slice(clause.start, clause.end)}`;
  });
}

describe('reactions to an event, without words of their own', () => {
  it.each([
    // A relative clause stands between the source and its verb.
    [
      'The Saltmarsh Trust, which looks after the nesting beaches, welcomed the vote and promised to help spend the money well.',
      'organization Saltmarsh Trust: support welcomed the vote',
    ],
    [
      "The teachers' union, which has 40,000 members, rejected the plan.",
      "group teachers' union: oppose rejected the plan",
    ],
    ['Rita Farrow, who chairs the panel, condemned the speech.', 'person Rita Farrow: oppose condemned the speech'],
    [
      'Skyhop, which flies from 12 airports, declined to endorse the plan.',
      'organization Skyhop: neutral declined to endorse the plan',
    ],
    [
      'The Coast Bank, founded in 1904, criticised the ruling.',
      'organization Coast Bank: oppose criticised the ruling',
    ],
    [
      'Astronomers at the Coast Institute, who did not take part in the study, praised the work as careful.',
      'group Astronomers at the Coast Institute: support praised the work as careful',
    ],
    [
      "Victims' families, who had waited nine years, welcomed the sentence.",
      "group Victims' families: support welcomed the sentence",
    ],
    [
      'The opposition, which walked out of the house, denounced the budget.',
      'group opposition: oppose denounced the budget',
    ],
    // The source stands beside its verb.
    [
      'The consumer group SafeShed praised the recall as quick.',
      'organization SafeShed: support praised the recall as quick',
    ],
    ['The police federation has backed the new law.', 'group police federation: support backed the new law'],
    ['Dock workers opposed the merger.', 'group Dock workers: oppose opposed the merger'],
    ['Rita Farrow did not condemn the speech.', 'person Rita Farrow: neutral did not condemn the speech'],
    ['Ana Lozano refused to back the bill.', 'person Ana Lozano: neutral refused to back the bill'],
    ['The Punjab Kisan Union slammed the price cut.', 'organization Punjab Kisan Union: oppose slammed the price cut'],
    [
      'The Kerala Cricket Association hailed the umpires’ decision.',
      'organization Kerala Cricket Association: support hailed the umpires’ decision',
    ],
  ])('%s', (text, reaction) => {
    expect(reactionsOf(text)).toEqual([reaction]);
  });

  it.each([
    'The committee voted on the plan on Monday.',
    'The plan was rejected by the council in May.',
    'Two men were attacked outside the club.',
    'The midfielder backed into a lamp post.',
  ])('takes no side where nobody does: %s', (text) => {
    expect(reactionsOf(text)).toEqual([]);
  });
});
