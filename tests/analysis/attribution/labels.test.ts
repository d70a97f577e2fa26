import { expect, it } from 'vitest';
import { decodeLabels, LABELS, mayFollow } from '../../../src/analysis/attribution/labels.ts';

/** Numbers that look like chance and are the same each time; small whole ones, so that sums often tie. */
function* chance(seed: number, most: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield ((state >>> 8) % (2 * most + 1)) - most;
  }
}

function sumOf(labels: ArrayLike<number>, scores: Float32Array, transitions: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const before = i === 0 ? 0 : labels[i - 1]!;
    if (!mayFollow(before, labels[i]!)) return -Infinity;
    sum += scores[i * LABELS + labels[i]!]! + (i === 0 ? 0 : transitions[before * LABELS + labels[i]!]!);
  }
  return sum;
}

it.each([2, 9, 40])('no sequence of labels has a higher score (transitions up to %i)', (most) => {
  const numbers = chance(most, most);
  for (let round = 0; round < 60; round++) {
    const transitions = Float64Array.from({ length: LABELS * LABELS }, () => numbers.next().value);
    const scores = Float32Array.from({ length: 4 * LABELS }, () => numbers.next().value);
    const found = sumOf(
      decodeLabels(scores, { weights: new Float32Array(0), transitions, unit: 1 }),
      scores,
      transitions,
    );
    let best = -Infinity;
    for (let n = 0; n < LABELS ** 4; n++) {
      const labels = [n, n / LABELS, n / LABELS ** 2, n / LABELS ** 3].map((part) => Math.floor(part) % LABELS);
      best = Math.max(best, sumOf(labels, scores, transitions));
    }
    expect(found).toBe(best);
  }
});
