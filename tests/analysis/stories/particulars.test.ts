import { expect, it } from 'vitest';
import { readParticulars } from '../../../src/analysis/stories/particulars.ts';

it('reads figures, years, and months that stand before a day', () => {
  const { numbers, years, months } = readParticulars(
    'Vote of Dec. 14',
    'In 2013 some 2,500 people voted on 26 September; in 2008 it was December 9 and March was cold. One of 7 was ill.',
  );
  expect([...numbers]).toEqual(['14', '2500', '26']);
  expect([...years]).toEqual(['2013', '2008']);
  expect([...months]).toEqual(['Dec']);
});

it('pairs words that say something and stand side by side', () => {
  const pairs = (text: string) => [...readParticulars('', text).wordPairs];
  expect(pairs('the death penalty')).toEqual(pairs('a death penalty'));
  expect(pairs('death penalty')).toHaveLength(1);
  expect(pairs('death and the penalty')).toEqual([]);
});
