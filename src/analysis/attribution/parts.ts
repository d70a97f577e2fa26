/** The labeller's answer as parts: sources, cues and contents in reading order. */

import type { Range } from '../text/types.ts';
import { Label } from './labels.ts';

export type PartKind = 'source' | 'cue' | 'content';

export interface Part extends Range {
  readonly kind: PartKind;
  /** Its place among the parts of the text. */
  readonly at: number;
}

const KINDS: readonly PartKind[] = ['source', 'cue', 'content'];

/** Parts in reading order, not overlapping. `loose` tokens (commas outside marks) are cut from both ends of a part. */
export function partsOf(labels: Uint8Array, loose: (token: number) => boolean): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < labels.length; ) {
    const label = labels[i]!;
    if (label === Label.none) {
      i++;
      continue;
    }
    const kind = (label + 1) >> 1;
    let last = i;
    while (last + 1 < labels.length && labels[last + 1] === kind * 2) last++;
    let first = i;
    i = last + 1;
    while (first < last && loose(first)) first++;
    while (last > first && loose(last)) last--;
    parts.push({ kind: KINDS[kind - 1]!, first, last, at: parts.length });
  }
  return parts;
}
