import { describe, expect, it } from 'vitest';
import { createLane } from '../../src/briefing/lane.ts';
import type { Briefing } from '../../src/model.ts';

/** A lane over briefings by tenant (`{ T1: 3 }`), whose work ends when it is told to. */
function laneOver(
  sizes: Readonly<Record<string, number>>,
  parts: { width: number; together: number; limitOf?: (briefing: Briefing) => string },
) {
  let id = 0;
  const due = new Map<number, Briefing>();
  for (const [tenant, count] of Object.entries(sizes))
    for (let i = 0; i < count; i++) due.set(++id, { id, tenant } as Briefing);
  const begun: { readonly briefing: Briefing; readonly end: () => void }[] = [];
  const stopper = new AbortController();
  const lane = createLane({
    limitOf: ({ tenant }) => tenant,
    ...parts,
    stopping: stopper.signal,
    due: async (limit, except) => [...due.values()].filter(({ tenant }) => !except.includes(tenant)).slice(0, limit),
    work: (briefing) =>
      new Promise((resolve) => {
        const end = () => {
          due.delete(briefing.id);
          resolve('done');
        };
        begun.push({ briefing, end });
      }),
    fault: (cause) => {
      throw cause;
    },
  });
  const at = (tenant: string) => begun.filter(({ briefing }) => briefing.tenant === tenant);
  return { lane, begun, at, left: () => due.size, stop: () => stopper.abort() };
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a lane', () => {
  it('gives a workspace with many channels a few places, and the others theirs', async () => {
    const { lane, at, begun, left } = laneOver({ big: 300, small: 5, other: 2 }, { width: 12, together: 4 });
    const run = lane.run();
    await moment();
    expect([at('big').length, at('small').length, at('other').length]).toEqual([4, 4, 2]);
    for (const { end } of at('small')) end();
    await moment();
    expect([at('big').length, at('small').length, at('other').length]).toEqual([4, 5, 2]);
    while (left() > 0) {
      for (const { end } of begun) end();
      await moment();
    }
    await run;
    expect(at('big')).toHaveLength(300);
  });

  it.each([
    ['share one limit', () => ''],
    ['have a limit each', ({ tenant }: Briefing) => tenant],
  ])(
    'lets nobody wait for two servers with thousands that were due before, where servers %s',
    async (_how, limitOf) => {
      const { lane, at, begun, stop } = laneOver(
        { huge: 3000, big: 2000, small: 3, other: 1 },
        { width: 16, together: 8, limitOf },
      );
      const run = lane.run();
      for (let moments = 0; moments < 3; moments++) {
        await moment();
        for (const { end } of begun) end();
      }
      expect([at('small').length, at('other').length]).toEqual([3, 1]);
      expect(at('huge').length).toBeGreaterThan(8);
      stop();
      for (const { end } of begun) end();
      await moment();
      for (const { end } of begun) end();
      await run;
    },
  );

  it('never has more in flight than its width', async () => {
    const { lane, begun, left } = laneOver({ a: 50, b: 50, c: 50 }, { width: 7, together: 4 });
    const run = lane.run();
    for (let done = 0; left() > 0; ) {
      await moment();
      expect(begun.length - done).toBeLessThanOrEqual(7);
      for (const { end } of begun.slice(done)) end();
      done = begun.length;
    }
    await run;
    expect(begun).toHaveLength(150);
  });
});
