import { describe, expect, it } from 'vitest';
import { StemNumbers, stemOf, unstemmed } from '../../../src/analysis/text/stems.ts';

describe('stems', () => {
  it('are one where their texts are', () => {
    expect(stemOf('harbours')).toBe(stemOf('harbour'));
    expect(unstemmed('harbour')).toBe(stemOf('harbours'));
  });

  it('are numbered by their texts, those of a text that outlasts the table too', () => {
    const before = ['tariff', 'vote'].map(stemOf);
    for (let n = 0; n < 60_000; n++) unstemmed(`x${n}`);
    const after = ['vote', 'strike'].map(stemOf);
    expect(after[0]).not.toBe(before[1]);
    const numbers = new StemNumbers();
    expect([...before, ...after].map((stem) => numbers.of(stem))).toEqual([0, 1, 1, 2]);
    expect(numbers.stems.map(({ text }) => text)).toEqual(['tariff', 'vote', 'strike']);
    expect([before[1]!, after[0]!, stemOf('flood')].map((stem) => numbers.find(stem))).toEqual([1, 1, undefined]);
  });
});
