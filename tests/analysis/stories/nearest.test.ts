import { describe, expect, it } from 'vitest';
import { memberOf } from '../../../src/analysis/stories/cluster-stream.ts';
import { rarityIn, weigh } from '../../../src/analysis/stories/likeness.ts';
import { nearestPairs, termVectors } from '../../../src/analysis/stories/nearest.ts';
import { countTerms } from '../../../src/analysis/stories/neighbours.ts';

/** Articles of one day that all share half of their words: news of one kind. */
const alike = (count: number, date: string | null) =>
  Array.from({ length: count }, (_, i) =>
    memberOf(
      `Prices in Port${i % 50} rose`,
      `Prices in Port${i % 50} rose by ${i} per cent last month, the statistics office of Port${i % 50} said. Grain, fuel and rent cost more, and wages in District${i} did not follow.`,
      date,
    ),
  );
const pairsOf = (members: ReturnType<typeof alike>) => {
  const signatures = members.map(({ signature }) => signature);
  const rarityOf = rarityIn(countTerms(signatures));
  const weighed = signatures.map((signature) => weigh(signature, rarityOf));
  return nearestPairs(weighed, termVectors(weighed));
};

describe('nearestPairs', () => {
  it.each(['2026-01-05', null])('compares an article with a bounded number of others, dated %s', (date) => {
    const [some, more] = [300, 600].map((count) => pairsOf(alike(count, date)).length) as [number, number];
    expect(some).toBeGreaterThan(300 * 20);
    expect(more).toBeLessThan(3 * some);
    expect(more).toBeLessThan(600 * 150);
  });

  it('gives each pair once, the larger index first, and says where an article had more', () => {
    const pairs = pairsOf(alike(250, '2026-01-05'));
    expect(new Set(pairs.map(({ a, b }) => `${a} ${b}`)).size).toBe(pairs.length);
    expect(pairs.every(({ a, b }) => a > b)).toBe(true);
    const crowded = pairs.flatMap(({ leastOf }) => leastOf ?? []);
    expect(new Set(crowded).size).toBe(crowded.length);
    expect(crowded.length).toBeGreaterThan(50);
  });

  it('finds articles out of order and those without a date', () => {
    const text = 'Rescuers dug through rubble in Vesk after the earthquake on Lombra.';
    const other = 'Rescuers in Vesk on Lombra still dig through the rubble of the earthquake.';
    const members = [
      memberOf('', text, '2026-01-07'),
      memberOf('', other, '2026-01-05'),
      memberOf('', 'The earthquake of Lombra buried Vesk, and rescuers dig.', null),
      memberOf('', 'Rescuers in Vesk dig again after an earthquake on Lombra.', '2026-02-05'),
    ];
    const found = pairsOf(members).map(({ a, b }) => `${a} ${b}`);
    expect(found.sort()).toEqual(['1 0', '2 0', '2 1', '3 2']);
  });
});
