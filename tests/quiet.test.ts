import { describe, expect, it } from 'vitest';
import { parseQuiet, quietUntil } from '../src/quiet.ts';

const until = (text: string, zone: string, at: string) => {
  const quiet = parseQuiet(text);
  if (quiet === undefined) throw new Error(`cannot read ${text}`);
  return quietUntil(quiet, zone, at);
};

describe('quiet hours', () => {
  it.each([
    ['22:00-07:00', { from: 1320, to: 420 }],
    ['22-7', { from: 1320, to: 420 }],
    ['10pm to 7:30 am', { from: 1320, to: 450 }],
    ['12:00–13:00', { from: 720, to: 780 }],
    ['8-8', undefined],
    ['25-7', undefined],
    ['at night', undefined],
    ['', undefined],
  ])('reads %s', (text, quiet) => {
    expect(parseQuiet(text)).toEqual(quiet);
  });

  it('runs over midnight, first minute in, last minute out', () => {
    expect(until('22:00-07:00', 'Europe/Prague', '2026-11-22T20:59:59.000Z')).toBeUndefined();
    expect(until('22:00-07:00', 'Europe/Prague', '2026-11-22T21:00:00.000Z')).toBe('2026-11-23T06:00:00.000Z');
    expect(until('22:00-07:00', 'Europe/Prague', '2026-11-23T05:59:00.000Z')).toBe('2026-11-23T06:00:00.000Z');
    expect(until('22:00-07:00', 'Europe/Prague', '2026-11-23T06:00:00.000Z')).toBeUndefined();
  });

  it('stays inside one day', () => {
    expect(until('12:00-13:00', 'UTC', '2026-11-22T12:30:00.000Z')).toBe('2026-11-22T13:00:00.000Z');
    expect(until('12:00-13:00', 'UTC', '2026-11-22T11:59:00.000Z')).toBeUndefined();
  });

  it('ends after the gap when its end is skipped, and at the second end in a doubled hour', () => {
    expect(until('22:00-02:30', 'America/New_York', '2026-03-08T06:00:00.000Z')).toBe('2026-03-08T07:00:00.000Z');
    // 01:10 for the second time: the first 01:30 has passed, the clock says quiet again.
    expect(until('22:00-01:30', 'America/New_York', '2026-11-01T06:10:00.000Z')).toBe('2026-11-01T06:30:00.000Z');
  });
});
