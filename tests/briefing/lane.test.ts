import { describe, expect, it } from 'vitest';
import { createLane } from '../../src/briefing/lane.ts';
import type { Briefing } from '../../src/model.ts';

/** A lane over briefings by tenant (`{ T1: 3 }`), whose work ends when it is told to. */
function laneOver(sizes: Readonly<Record<string, number>>, parts: { width: number; together: number }) {
  let id = 0;
  const due = new Map<number, Briefing>();
  for (const [tenant, count] of Object.entries(sizes))
    for (let i = 0; i < count; i++) due.set(++id, { id, tenant } as Briefing);
  const begun: { readonly briefing: Briefing; readonly end: () => void }[] = [];
  const stopper = new AbortController();
  const lane = createLane({
    ...parts,
    limitOf: ({ tenant }) => tenant,
    stopping: stopper.signal,
    due: (limit) => Promise.resolve([...due.values()].slice(0, limit)),
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
