import { expect, it } from 'vitest';
import { createPace } from '../../../src/platforms/slack/pace.ts';

it('a burst of a workspace leaves one after the other, and as soon as that', async () => {
  const pace = createPace({
    workspace: { everyMs: 1000, burst: 4, gapMs: 60 },
    signal: new AbortController().signal,
  });
  const began = performance.now();
  const left = await Promise.all(
    ['C1', 'C2', 'C3', 'C4'].map((channel) => pace.run({ team: 'T1', channel }, async () => performance.now() - began)),
  );
  // Timers may fire a millisecond early.
  for (const [i, at] of left.entries()) expect(at).toBeGreaterThanOrEqual(60 * i - 4);
  // Without the burst the fourth would wait for three seconds.
  expect(left.at(-1)).toBeLessThan(2000);
});
