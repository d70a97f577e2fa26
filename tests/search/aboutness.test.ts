import { expect, it } from 'vitest';
import { LEAD, TITLE } from '../../src/analysis/text/standing.ts';
import { aboutness, type HeavyTerms } from '../../src/search/aboutness.ts';

type Term = readonly [term: string, weight: number, marks?: number];

const heavy = (...terms: readonly Term[]): HeavyTerms => ({
  first: (count) => terms.slice(0, count).map(([name]) => name),
  depth: (name) => {
    const place = terms.findIndex(([term]) => term === name);
    return place < 0 ? undefined : place / 100;
  },
  find: (name) => terms.find(([term]) => term === name),
});
const unknown = heavy();

it('puts an article that is about the word before one that full text likes as much', () => {
  const passing = heavy(['shutdown', 3, TITLE], ['budget', 2]);
  const about = heavy(['tariff', 2.5, TITLE | LEAD], ['import', 2]);
  const [first, second] = aboutness(
    [['tariff']],
    [
      { score: 4, terms: passing },
      { score: 4, terms: about },
    ],
    false,
  );
  expect(second).toBe(1);
  expect(first).toBeLessThan(0.6);
});

it('looks for what the best have in common, for a topic', () => {
  const trade = (i: number) => heavy(['tariff', 2, TITLE], ['import', 2], ['duti', 1.8], [`port${'abcdefghij'[i]}`, 1]);
  const best = Array.from({ length: 10 }, (_, i) => ({ score: 5, terms: trade(i) }));
  const kin = { score: 2, terms: heavy(['import', 2], ['duti', 2], ['steel', 1]) };
  const stranger = { score: 2, terms: heavy(['wed', 3], ['cake', 2]) };
  const [ofKin, ofStranger] = aboutness([['tariff']], [...best, kin, stranger], true).slice(10);
  expect(ofKin).toBeGreaterThan(ofStranger! + 0.1);
  // A headline remembered asks for one article, not for its kin.
  const [one, other] = aboutness([['tariff']], [...best, kin, stranger], false).slice(10);
  expect(one).toBe(other);
});

it('asks for every word: one of two in the title is half', () => {
  const [both, half] = aboutness(
    [['gun', 'control']],
    [
      { score: 1, terms: heavy(['gun', 2, TITLE], ['control', 2, TITLE]) },
      { score: 1, terms: heavy(['gun', 2, TITLE]) },
    ],
    false,
  );
  expect(half).toBeLessThan(both! * 0.75);
});

it('goes by full text alone where no terms are known, and stays within 0 and 1', () => {
  expect(
    aboutness(
      [['x']],
      [
        { score: 2, terms: unknown },
        { score: 1, terms: unknown },
        { score: -1, terms: unknown },
      ],
      true,
    ),
  ).toEqual([1 * (1 - 0.375), 0.5 * (1 - 0.375), 0]);
  expect(aboutness([['x']], [], true)).toEqual([]);
});
