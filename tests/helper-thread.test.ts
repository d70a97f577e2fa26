import { beforeEach, describe, expect, it } from 'vitest';
import { openHelper } from '../src/helper-thread.ts';

const file = new URL('./support/halving-thread.ts', import.meta.url);

/** Threads of this process as they begin and end. */
const threads: string[] = [];
process.on('worker', (worker) => {
  threads.push('begun');
  worker.once('exit', () => threads.push('ended'));
});
beforeEach(() => {
  threads.length = 0;
});

describe('a helper thread', () => {
  it('begins with the first question, ends when none comes, and begins again', async () => {
    const half = openHelper<number, number>(file, { name: 'halving', idleMs: 100 });
    expect(threads).toEqual([]);
    expect(await Promise.all([half.ask(2), half.ask(4), half.ask(6)])).toEqual([1, 2, 3]);
    expect(threads).toEqual(['begun']);
    await expect.poll(() => threads, { timeout: 10_000 }).toEqual(['begun', 'ended']);
    expect(await half.ask(8)).toBe(4);
    expect(threads).toEqual(['begun', 'ended', 'begun']);
  });

  it('leaves open what it fails on and what waits behind, and begins anew for the next', async () => {
    const half = openHelper<number, number>(file, { name: 'halving' });
    expect(await Promise.all([half.ask(2), half.ask(3), half.ask(4)])).toEqual([1, undefined, undefined]);
    expect(await half.ask(4)).toBe(2);
  });

  it('is not begun again where it never answered', async () => {
    const half = openHelper<number, number>(file, { name: 'halving' });
    expect(await half.ask(1)).toBeUndefined();
    expect(await half.ask(2)).toBeUndefined();
    expect(threads.filter((thread) => thread === 'begun')).toHaveLength(1);
  });
});
