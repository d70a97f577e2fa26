import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';

/** Reactions as "speaker: stance [evidence] clause". */
function reactionsIn(text: string): string[] {
  const { reactions, speakers } = analyze({ text });
  const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  return reactions.map(
    ({ speaker, stance, evidence, clause }) =>
      `${speakers[speaker]!.name}: ${stance} [${slice(evidence)}] ${slice(clause)}`,
  );
}

describe('findReactions', () => {
  it.each([
    [
      'Senator Ana Lozano condemned the closing of the harbor on Friday.',
      'Ana Lozano: oppose [condemned] condemned the closing of the harbor on Friday',
    ],
    [
      'Governor Henry Oakes praised the plan for the new bridge.',
      'Henry Oakes: support [praised] praised the plan for the new bridge',
    ],
    [
      'Engineers warned that the old bridge could fail within a year.',
      'Engineers: concern [warned] warned that the old bridge could fail within a year',
    ],
    [
      'Senator Ana Lozano declined to endorse the plan for the new bridge.',
      'Ana Lozano: neutral [declined to endorse] declined to endorse the plan for the new bridge',
    ],
  ])('%s', (text, reaction) => {
    expect(reactionsIn(text)).toContain(reaction);
  });

  it('reads a judgement in the statement itself', () => {
    const [reaction] = reactionsIn(
      'The city will close the harbor. Fishermen wrote to the council in a letter that the closing would be “a disaster”.',
    );
    expect(reaction).toMatch(/^Fishermen: oppose \[would be “a disaster”\]/);
  });

  it('finds no side in plain reports', () => {
    expect(
      reactionsIn('Ana Lozano said the harbor will open at noon. Henry Oakes added that tickets cost two dollars.'),
    ).toEqual([]);
  });

  it('takes nobody who suffers an attack for the attacker', () => {
    expect(reactionsIn('Ana Lozano was accused of taking bribes, the paper reported.').join()).not.toMatch(
      /Lozano: oppose/,
    );
  });
});
