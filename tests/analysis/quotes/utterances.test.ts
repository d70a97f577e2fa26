import { describe, expect, it } from 'vitest';
import { sameUtterance, utteranceKeys } from '../../../src/analysis/quotes/utterances.ts';

describe('sameUtterance', () => {
  it.each([
    ['We’re going to start closing the ports this week', 'We are gonna start closing the ports, this week.', true],
    [
      'We’re going to start closing the ports this week',
      'We are gonna start closing the ports this week. The ports are full.',
      true,
    ],
    ['We will close the ports this week', 'We will not close the ports this week', false],
    ['We lost 20 ships in the northern ports', 'We lost 30 ships in the northern ports', false],
    ['a disaster', 'A disaster!', true],
    ['a disaster', 'This is a disaster for the ports', false],
    ['The ports are full of ships from the north', 'The trains are full of people from the south', false],
    ['', '', false],
  ])('%s / %s', (a, b, same) => {
    expect(sameUtterance(a, b)).toBe(same);
    expect(sameUtterance(b, a)).toBe(same);
    if (same) expect(utteranceKeys(a).some((key) => utteranceKeys(b).includes(key))).toBe(true);
  });

  it('is quick on a text of a million words', () => {
    const long = 'port '.repeat(1_000_000);
    expect(sameUtterance(long, long)).toBe(true);
    expect(utteranceKeys(long).length).toBeLessThanOrEqual(12);
  });
});
