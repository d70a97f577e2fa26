import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { comparable } from '../../src/analysis/stories/comparable.ts';
import type { StorySignature } from '../../src/analysis/stories/stories.ts';
import { packOriginal, packSignature, unpackOriginal, unpackSignature } from '../../src/store/rows.ts';
import { unpackComparable } from '../../src/store/stories/unpack.ts';

const shingles = Array.from({ length: 128 }, (_, i) => (i * 2654435761) % 2 ** 32);

it.each<[string, Partial<StorySignature>]>([
  [
    'with and without marks',
    {
      terms: [
        ['cartel', 1.41, 4],
        ['47', 1, 9],
        ['old', 2.5],
        ['straße', 0.1234567890123456, 12],
        ['tiny', 1e-9, 2],
      ],
    },
  ],
  ['of nothing', { terms: [], shingles: [] }],
  ['undated, of an outlet', { dated: false, outlet: 'Coast Wire\n"North"' }],
])('gives a signature %s back as it was stored', (_, change) => {
  const signature = {
    terms: [['fog', 1, 1]],
    shingles,
    size: 310,
    at: '2026-01-10T00:00:00.000Z',
    dated: true,
  } as const;
  const given: StorySignature = { ...signature, ...change };
  const packed = packSignature(given);
  expect(unpackSignature(packed)).toEqual(given);
  expect(unpackComparable(packed)).toEqual(comparable(given));
});

const words = Array.from({ length: 400 }, (_, i) => `word${i * 7919}`).join(' ');

it.each([
  ['a record that holds the text', JSON.stringify({ title: 'Fog', text: words }), words, 100],
  ['a page of another text', `<p>${words}</p>`, 'Fog closes the harbour.', 2500],
  ['bytes that are no text', Buffer.from([239, 187, 191, 0, 255]), 'Fog', 20],
  ['no text', 'Fog', '', 20],
  ['nothing', '', 'Fog', 20],
] as const)('keeps the original bytes of %s', (_name, given, text, most) => {
  const original = Buffer.from(given as string);
  const packed = packOriginal(original, text)!;
  expect(packed.byteLength).toBeLessThan(most);
  expect(Buffer.from(unpackOriginal(packed, text))).toEqual(original);
});

it('reads original bytes that were packed without their text', () => {
  expect(Buffer.from(unpackOriginal(deflateSync('as before'), words)).toString()).toBe('as before');
  expect(packOriginal(Buffer.from(words), words)).toBeNull();
  expect(Buffer.from(unpackOriginal(null, words)).toString()).toBe(words);
});
