/** Stored signatures, read for comparing: an article that comes is held against two dozen others. */
import { type Comparable, comparableOf, counted } from '../../analysis/stories/comparable.ts';
import type { StorySignature } from '../../analysis/stories/stories.ts';
import { hashText } from '../../analysis/text/hash.ts';
import type { PackedSignature } from '../rows.ts';

/** Like `unpackSignature`, without making texts of its terms. */
export function unpackComparable({ terms: packed, shingles }: PackedSignature): Comparable {
  const first = fieldEnd(packed, 0, NEWLINE);
  let lines = 0;
  for (let at = first; at < packed.length; at = fieldEnd(packed, at + 1, NEWLINE)) lines++;
  const rest = JSON.parse(packed.slice(0, first) || '{}') as StorySignature;
  const found = comparableOf(lines, shingles.byteLength >> 2, rest);
  for (let i = 0, at = first + 1; i < lines; i++, at++) {
    const from = at;
    at = fieldEnd(packed, from);
    found.terms[i] = hashText(packed, from, at);
    const weight = at + 1;
    at = fieldEnd(packed, weight);
    found.weights[i] = numberAt(packed, weight, at);
    if (packed.charCodeAt(at) !== SPACE) continue;
    const marks = at + 1;
    at = fieldEnd(packed, marks);
    found.marks[i] = numberAt(packed, marks, at);
  }
  // By a view, because the bytes may begin anywhere in their memory.
  const view = new DataView(shingles.buffer, shingles.byteOffset, shingles.byteLength);
  for (let i = 0; i < found.shingles.length; i++) found.shingles[i] = view.getUint32(4 * i, true);
  return counted(found);
}

const SPACE = 32;
const NEWLINE = 10;
const POINT = 46;
const ZERO = 48;

/** Where a field ends: at the end of its line, or at a space before it. */
function fieldEnd(text: string, from: number, orAt: number = SPACE): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === orAt) return at;
  }
  return text.length;
}

/** The number spelled there. What `packSignature` writes has few digits: those are read as they stand. */
function numberAt(text: string, from: number, to: number): number {
  let digits = 0;
  let scale = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT && scale === 0) scale = 1;
    else if (code >= ZERO && code < ZERO + 10) {
      digits = 10 * digits + code - ZERO;
      scale *= 10;
    } else return Number(text.slice(from, to));
  }
  return to - from > 15 ? Number(text.slice(from, to)) : digits / (scale || 1);
}
