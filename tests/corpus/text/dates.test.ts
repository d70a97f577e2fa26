import { expect, it } from 'vitest';
import { findDates, latestDate, statedDate } from '../../../src/corpus/text/dates.ts';

const now = new Date('2026-11-22T12:00:00Z');

it.each([
  ['on January 9, 2026, and', ['2026-01-09']],
  ['on Jan. 9th 2026 and 3 Feb 2025', ['2026-01-09', '2025-02-03']],
  ['the 9th of January, 2026', ['2026-01-09']],
  ['(2026-01-09)', ['2026-01-09']],
  ['in March, on February 30, 2026, or 03/04/2026', []],
  ['May 5, 20261 and x2026-01-099', []],
])('finds the full dates of %j', (text, days) => {
  const found = findDates(text);
  expect(found.map(({ day }) => day)).toEqual(days);
});

it('takes the latest, and a day to come only when there is no other', () => {
  expect(latestDate('from January 9, 2025 to March 3, 2025, until December 31, 2040', now)?.day).toBe('2025-03-03');
  expect(latestDate('until December 31, 2040', now)?.day).toBe('2040-12-31');
});

it.each([
  ['2026-01-09', '2026-01-09T00:00:00.000Z', 'day'],
  ['January 9, 2026', '2026-01-09T00:00:00.000Z', 'day'],
  ['2026-01-09T08:00:00-05:00', '2026-01-09T13:00:00.000Z', 'minute'],
  ['2026-01-09 08:00', '2026-01-09T08:00:00.000Z', 'minute'],
  ['Fri, 09 Jan 2026 08:00:00 EST', '2026-01-09T13:00:00.000Z', 'minute'],
  [1767945600, '2026-01-09T08:00:00.000Z', 'minute'],
  ['1767945600000', '2026-01-09T08:00:00.000Z', 'minute'],
])('reads the stated date %j', (value, at, precision) => {
  expect(statedDate(value)).toEqual({ state: 'stated', at, precision });
});

it.each(['2026', '2026-01', 'January 2026', 'soon', '', '2026-02-30x', undefined])('takes %j for no date', (value) => {
  expect(statedDate(value)).toBeUndefined();
});
