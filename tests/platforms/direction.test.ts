import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolated, isolatedLabel } from '../../src/platforms/direction.ts';

/** Isolates as people write about them. */
const seen = (text: string) => text.replaceAll('\u2068', '⟨').replaceAll('\u2069', '⟩');

describe('a text', () => {
  it.each([
    ['plain words', 'plain words'],
    ['חיפה', '⟨חיפה⟩'],
    ['one\nחיפה\n\nthree', '⟨one⟩\n⟨חיפה⟩\n\n⟨three⟩'],
  ])('%j is shown as %j', (text, expected) => expect(seen(isolated(text))).toBe(expected));

  it('closes what it opens and nothing else, whatever it holds', () => {
    const piece = fc.constantFrom('a', 'ח', '\u202e', '\u202a', '\u202c', '\u2066', '\u2068', '\u2069', '\n', '1');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const line of isolated(pieces.join('')).split('\n')) {
          const open: string[] = [];
          for (const mark of line) {
            if (/[\u202a\u202e]/.test(mark)) open.push('\u202c');
            else if (/[\u2066\u2068]/.test(mark)) open.push('\u2069');
            else if (/[\u202c\u2069]/.test(mark)) expect(open.pop()).toBe(mark);
          }
          expect(open).toEqual([]);
        }
      }),
    );
  });
});

describe('a label', () => {
  it.each([
    ['Brief: harbour', 'Brief: harbour'],
    ['חיפה (2 articles)', '⟨חיפה⟩ (2 articles)'],
    ['All by ליאת ברק', 'All by ⟨ליאת ברק⟩'],
    ['Port Hallow (פורט האלו) 3', 'Port Hallow (⟨פורט האלו⟩) 3'],
    ['من قال ماذا؟', '⟨من قال ماذا؟⟩'],
  ])('%s keeps each stretch in its place', (label, expected) => expect(seen(isolatedLabel(label, 80))).toBe(expected));

  it('contains an override, and never grows beyond its limit', () => {
    expect(seen(isolatedLabel('a\u202eb (2)', 80))).toBe('⟨a\u202eb (2)\u202c⟩');
    expect(isolatedLabel('חיפה a\u202e', 7)).toBe('חיפה a');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'ח', ' ', '\u202e', '1'), maxLength: 40 }), (label) => {
        expect(isolatedLabel(label, 40).length).toBeLessThanOrEqual(40);
      }),
    );
  });
});
