import { describe, expect, it } from 'vitest';
import { Kind, tokenise } from '../../../src/analysis/text/tokens.ts';

const pieces = (text: string): string[] => {
  const tokens = tokenise(text);
  return Array.from({ length: tokens.count }, (_, i) => text.slice(tokens.start[i], tokens.end[i]));
};

describe('tokenise', () => {
  it.each([
    ['Ms. Okafor’s plan won’t pass.', ['Ms.', 'Okafor', '’s', 'plan', 'won’t', 'pass', '.']],
    ['The U.S. land-based unit of AT&T', ['The', 'U.S.', 'land-based', 'unit', 'of', 'AT&T']],
    ['It cost $3.5 million, up 12%.', ['It', 'cost', '$3.5', 'million', ',', 'up', '12%', '.']],
    ['“No,” he said.', ['“', 'No', ',', '”', 'he', 'said', '.']],
    ["''Never''", ["''", 'Never', "''"]],
    [
      'See https://example.org/a?b=c, or @mara_l #now',
      ['See', 'https://example.org/a?b=c', ',', 'or', '@mara_l', '#now'],
    ],
    ['It fell in 2016... then rose', ['It', 'fell', 'in', '2016', '...', 'then', 'rose']],
    ['the end.The next', ['the', 'end', '.', 'The', 'next']],
    ['the voters’ choice', ['the', 'voters', '’', 'choice']],
    ['🚨 Nuñez says', ['🚨', 'Nuñez', 'says']],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('numbers paragraphs, and keeps hard-wrapped lines together', () => {
    const plain = tokenise('One line.\nAnother.\n\nThird.');
    expect([...plain.paragraph]).toEqual([0, 0, 0, 1, 1, 2, 2]);
    const wrapped = tokenise('The council\nvoted on\nthe road\nand then\nit went\nhome.\n\nThe End');
    expect(new Set(wrapped.paragraph).size).toBe(2);
  });

  it('calls a mark a mark and an apostrophe part of its word', () => {
    const tokens = tokenise("'Fine', they don't say");
    expect([...tokens.kind]).toEqual([Kind.mark, 0, Kind.mark, Kind.punctuation, 0, 0, 0]);
  });
});
