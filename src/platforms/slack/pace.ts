/** One queue per channel: in order, about one message a second after a short burst. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Runs a task when its channel's turn comes. Rejects with the reason of `signal` when that is aborted while waiting. */
  run<T>(channel: string, task: () => Promise<T>): Promise<T>;
}

interface Lane {
  /** The last task in line. */
  tail: Promise<unknown>;
  waiting: number;
  /** When the next message would be due if none were allowed early, in milliseconds. */
  next: number;
}

export interface PaceOptions {
  /** Slack: "1 per second per channel, short bursts allowed". */
  readonly everyMs?: number;
  readonly burst?: number;
  readonly signal: AbortSignal;
}

export function createPace({ everyMs = 1000, burst = 3, signal }: PaceOptions): Pace {
  const lanes = new Map<string, Lane>();

  async function turn(lane: Lane): Promise<void> {
    const now = performance.now();
    const early = (burst - 1) * everyMs;
    lane.next = Math.max(lane.next, now) + everyMs;
    const wait = lane.next - everyMs - early - now;
    if (wait > 0) await sleep(wait, undefined, { signal });
  }

  return {
    async run(channel, task) {
      const lane = lanes.get(channel) ?? { tail: Promise.resolve(), waiting: 0, next: 0 };
      lanes.set(channel, lane);
      lane.waiting++;
      const result = lane.tail.then(() => turn(lane)).then(task);
      // The next in line goes on whatever became of this one; its own caller hears of the failure.
      lane.tail = result.catch(() => undefined);
      try {
        return await result;
      } finally {
        lane.waiting--;
        if (lanes.size > 1000) forgetIdle(lanes);
      }
    },
  };
}

function forgetIdle(lanes: Map<string, Lane>): void {
  const now = performance.now();
  for (const [channel, lane] of lanes) if (lane.waiting === 0 && lane.next < now) lanes.delete(channel);
}
