import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../../src/analysis/quotes/quotes.ts';
import { findReactions } from '../../../src/analysis/reactions/reactions.ts';
import { resolveSpeakers } from '../../../src/analysis/speakers/speakers.ts';
import { given, type Statement } from './statements.ts';

/** The reactions of given statements, each as "speaker: stance [evidence] clause -> target". */
function reactionsIn(text: string, ...statements: Statement[]): string[] {
  const { tagged, relations } = given(text, statements);
  const { speakers, ofRelation } = resolveSpeakers(tagged, relations);
  const pieces = piecesOf(tagged, relations);
  const quotes = pieces.map(({ quote, relation }) => {
    const speaker = ofRelation[relation];
    return speaker === undefined ? quote : { ...quote, speaker };
  });
  const relationOf = pieces.map(({ relation }) => relation);
  const slice = (span?: { start: number; end: number }): string => (span ? text.slice(span.start, span.end) : '-');
  const speakerOf = (relation: number) => ofRelation[relation];
  return findReactions({ tagged, relations, quotes, relationOf, speakers, speakerOf }).map(
    ({ speaker, stance, evidence, clause, target }) =>
      `${speakers[speaker]!.name}: ${stance} [${slice(evidence)}] ${slice(clause)} -> ${slice(target)}`,
  );
}

describe('findReactions', () => {
  it.each([
    [
      'Senator Ana Lozano has condemned the closing of the harbor on Friday.',
      ['Senator Ana Lozano', 'has condemned', 'the closing of the harbor on Friday'],
      'Ana Lozano: oppose [condemned] condemned the closing of the harbor on Friday -> the closing of the harbor on Friday',
    ],
    [
      'Governor Henry Oakes praised the plan for the new bridge.',
      ['Governor Henry Oakes', 'praised', 'the plan for the new bridge'],
      'Henry Oakes: support [praised] praised the plan for the new bridge -> the plan for the new bridge',
    ],
    [
      'Engineers warned that the old bridge could fail within a year.',
      ['Engineers', 'warned', 'that the old bridge could fail within a year'],
      'Engineers: concern [warned] warned that the old bridge could fail within a year -> the old bridge',
    ],
    [
      'Senator Ana Lozano declined to endorse the plan for the new bridge.',
      ['Senator Ana Lozano', 'declined to endorse', 'the plan for the new bridge'],
      'Ana Lozano: neutral [declined to endorse] declined to endorse the plan for the new bridge -> the plan for the new bridge',
    ],
    [
      'The harbor will close. 72 House Democrats wrote in a letter to Mayor Rita Farrow that closing the harbor would be “ruinous” for the town.',
      [
        '72 House Democrats',
        'wrote in a letter to',
        'Mayor Rita Farrow that closing the harbor would be “ruinous” for the town',
      ],
      '72 House Democrats: oppose [would be “ruinous”] closing the harbor would be “ruinous” for the town -> closing the harbor',
    ],
    [
      'Port officials stressed repairs of the piers, not a closure, as the way ahead.',
      ['Port officials', 'stressed', 'repairs of the piers, not a closure, as the way ahead'],
      'Port officials: oppose [not] stressed repairs of the piers, not a closure, as the way ahead -> a closure',
    ],
    [
      'Ana Lozano insisted that any sale of the docks would be rejected.',
      ['Ana Lozano', 'insisted', 'that any sale of the docks would be rejected'],
      'Ana Lozano: oppose [would be rejected] insisted that any sale of the docks would be rejected -> any sale of the docks',
    ],
  ] as const)('%s', (text, statement, reaction) => {
    expect(reactionsIn(text, statement)).toEqual([reaction]);
  });

  it.each([
    ['Ana Lozano said that the harbor will open at noon.', ['Ana Lozano', 'said', 'that the harbor will open at noon']],
    ['Ana Lozano was accused of taking bribes.', ['Ana Lozano', 'was accused of', 'taking bribes']],
    ['Ana Lozano said there was no illegal sale.', ['Ana Lozano', 'said', 'there was no illegal sale']],
  ] as const)('finds no side in: %s', (text, statement) => {
    expect(reactionsIn(text, statement)).toEqual([]);
  });
});
