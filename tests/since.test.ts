import { describe, expect, it } from 'vitest';
import { readSince } from '../src/since.ts';

const now = new Date('2026-11-22T10:00:00Z'); // a Sunday

describe('since', () => {
  it.each([
    ['3d', 'UTC', '2026-11-19T10:00:00.000Z'],
    ['12 hours ago', 'UTC', '2026-11-21T22:00:00.000Z'],
    ['2 weeks', 'UTC', '2026-11-08T10:00:00.000Z'],
    ['today', 'Europe/Prague', '2026-11-21T23:00:00.000Z'],
    ['yesterday', 'America/New_York', '2026-11-21T05:00:00.000Z'],
    ['2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z'],
    ['2026-03', 'UTC', '2026-03-01T00:00:00.000Z'],
    ['2025', 'UTC', '2025-01-01T00:00:00.000Z'],
    ['last week', 'UTC', '2026-11-15T00:00:00.000Z'],
    ['monday', 'UTC', '2026-11-16T00:00:00.000Z'],
    ['sunday', 'UTC', '2026-11-15T00:00:00.000Z'],
    // On this day clocks in Beirut went from 23:59 to 01:00: the day begins at one.
    ['2022-03-27', 'Asia/Beirut', '2022-03-26T22:00:00.000Z'],
  ])('%s in %s', (words, zone, expected) => {
    expect(readSince(words, now, zone)).toBe(expected);
  });

  it.each(['', 'soon', '2026-13-01', '2026-02-30', '3', '99999d', 'x'.repeat(100_000)])(
    'does not guess at %.20s',
    (words) => {
      expect(readSince(words, now, 'UTC')).toBeUndefined();
    },
  );
});
