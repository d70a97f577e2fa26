import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTurns } from '../../../src/platforms/discord/turns.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** When each of so many requests that are asked for at once got its turn. */
function rush(turns: ReturnType<typeof createTurns>, count: number): number[] {
  const at: number[] = [];
  for (let i = 0; i < count; i++) void turns.next().then(() => at.push(performance.now()));
  return at;
}

/** Most turns that fall into any second. */
const mostInASecond = (at: readonly number[]): number =>
  Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + 1000).length));

describe('turns', () => {
  it('gives a rush at least 95 % of 50 requests a second, and in no second more than 49', async () => {
    const at = rush(createTurns(), 1000);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(at).toHaveLength(1000);
    expect(mostInASecond(at)).toBeLessThanOrEqual(49);
    const seconds = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1000;
    expect(999 / seconds).toBeGreaterThan(47.5);
  });

  it('lets what was held up catch up, within the 49 of a second', async () => {
    const turns = createTurns();
    const first = rush(turns, 20);
    await vi.advanceTimersByTimeAsync(700); // the process was busy with something else
    const late = rush(turns, 60);
    await vi.advanceTimersByTimeAsync(299);
    expect(late.length).toBeGreaterThanOrEqual(16);
    expect(late.length).toBeLessThanOrEqual(28);
    await vi.advanceTimersByTimeAsync(1000);
    expect(late).toHaveLength(60);
    expect(mostInASecond([...first, ...late])).toBeLessThanOrEqual(49);
  });

  it('gives one of four processes its quarter, and all again when the others are done', async () => {
    const turns = createTurns();
    turns.among(4);
    const quarter = rush(turns, 60);
    await vi.advanceTimersByTimeAsync(5100);
    expect(quarter).toHaveLength(60);
    expect(mostInASecond(quarter)).toBe(12);
    turns.among(1);
    const whole = rush(turns, 98);
    await vi.advanceTimersByTimeAsync(2000);
    expect(whole).toHaveLength(98);
    expect(mostInASecond([...quarter, ...whole])).toBeLessThanOrEqual(49);
  });

  it('gives each of very many processes a turn a second', async () => {
    const turns = createTurns();
    turns.among(200);
    const at = rush(turns, 3);
    await vi.advanceTimersByTimeAsync(2010);
    expect(at).toHaveLength(3);
  });

  it('gives nobody a turn while Discord wants quiet', async () => {
    const turns = createTurns();
    turns.hold(5000);
    const at = rush(turns, 3);
    await vi.advanceTimersByTimeAsync(4999);
    expect(at).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(at).toHaveLength(3);
  });

  it('lets go of a request whose time is over, and spends no turn on it', async () => {
    const turns = createTurns({ most: 1 });
    const at = rush(turns, 1);
    const gone = new AbortController();
    const refused = expect(turns.next(gone.signal)).rejects.toThrow('too late');
    const after = rush(turns, 1);
    gone.abort(new Error('too late'));
    await vi.advanceTimersByTimeAsync(1000);
    await refused;
    expect(at).toHaveLength(1);
    expect(after).toHaveLength(1);
  });
});
