import { beforeEach, describe, expect, it } from 'vitest';
import { openHelper } from '../src/helper-thread.ts';

const file = new URL('./support/halving-thread.ts', import.meta.url);

/** Threads of this process as they begin and end. */
const threads: string[] = [];
process.on('worker', (worker) => {
  threads.push('begun');
  worker.once('exit', () => threads.push('ended'));
});
const told = async (n: number): Promise<number> => n;
beforeEach(() => {
  threads.length = 0;
});

describe('a helper thread', () => {
  it('begins with the first question, ends when none comes, and begins again', async () => {
    const half = openHelper<number, number>(file, { name: 'halving', idleMs: 100 });
    expect(threads).toEqual([]);
    expect(await Promise.all([half.ask(2, told), half.ask(4, told), half.ask(6, told)])).toEqual([1, 2, 3]);
    expect(threads).toEqual(['begun']);
    await expect.poll(() => threads, { timeout: 10_000 }).toEqual(['begun', 'ended']);
    expect(await half.ask(8, told)).toBe(4);
    expect(threads).toEqual(['begun', 'ended', 'begun']);
  });

  it('leaves open what it fails on and what waits behind, and begins anew for the next', async () => {
    const half = openHelper<number, number>(file, { name: 'halving' });
    expect(await Promise.all([half.ask(2, told), half.ask(3, told), half.ask(4, told)])).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect(await half.ask(4, told)).toBe(2);
  });

  it('gives what is made of the answer, and what goes wrong with that', async () => {
    const half = openHelper<number, number>(file, { name: 'halving' });
    expect(await half.ask(6, async (n) => `${n} and ${n}`)).toBe('3 and 3');
    await expect(half.ask(6, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  });

  it('is not begun again where it never answered', async () => {
    const half = openHelper<number, number>(file, { name: 'halving' });
    expect(await half.ask(1, told)).toBeUndefined();
    expect(await half.ask(2, told)).toBeUndefined();
    expect(threads.filter((thread) => thread === 'begun')).toHaveLength(1);
  });
});
