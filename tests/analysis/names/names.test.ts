import { describe, expect, it } from 'vitest';
import { findNames } from '../../../src/analysis/names/names.ts';
import { tagText } from '../../../src/analysis/text/tag.ts';
import { textOf } from '../../../src/analysis/text/text-of.ts';

const namesIn = (text: string): string[] => {
  const tagged = tagText(text);
  return findNames(tagged).map((name) => `${name.kind}: ${textOf(tagged.tokens, name)}`);
};

describe('findNames', () => {
  it.each([
    ['leaves titles out', 'Mayor Rita Farrow met Sen. Tom Blake.', ['person: Rita Farrow', 'person: Tom Blake']],
    ['knows countries and states', 'The ship left Canada for New Mexico.', ['place: Canada', 'place: New Mexico']],
    [
      'takes a name by the letters that stand for it',
      'The Coastal Water Authority (CWA) met on Monday.',
      ['organization: Coastal Water Authority'],
    ],
    [
      'makes bare surnames certain once the full name was seen',
      'Rita Lincoln came first. The crowd in Ohio cheered Lincoln.',
      ['person: Rita Lincoln', 'place: Ohio', 'person: Lincoln'],
    ],
    ['takes two names apart', 'They met Tom Blake and Rita Farrow.', ['person: Tom Blake', 'person: Rita Farrow']],
    ['finds nothing in plain words', 'The old bridge fell into the river on Monday.', []],
  ])('%s', (_, text, names) => {
    const found = namesIn(text);
    for (const name of names) expect(found).toContain(name);
    if (names.length === 0) expect(found).toEqual([]);
  });

  it('gives names in order, never overlapping, on any text', () => {
    const text = `${'Rita Farrow of '.repeat(50)}\u{D800}“ ”.. (AB) Mr. 12 ${'X'.repeat(5000)} of of and`;
    let at = -1;
    for (const { first, last } of findNames(tagText(text))) {
      expect(first).toBeGreaterThan(at);
      expect(last).toBeGreaterThanOrEqual(first);
      at = last;
    }
    expect(findNames(tagText(''))).toEqual([]);
  });
});
