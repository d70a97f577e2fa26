/** Keeps to Slack's limits: one queue per channel, and as much waiting as Slack asks for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformError } from '../platform.ts';

/** Waits in place for a rate limit up to here; a longer one goes back to whoever keeps the schedule. */
const longestWaitMs = 60_000;

/** Slack says how long to wait; several tries, since others may be waiting for the same. */
const rateLimitTries = 4;

export interface Pace {
  /** Runs a task when its channel's turn comes. In order, about one message a second after a short burst. @throws the reason of `signal`. */
  run<T>(channel: string, task: () => Promise<T>): Promise<T>;
  /** Repeats a call that was rate limited once Slack's time is over: nothing was done by it. */
  patiently<T>(call: () => Promise<T>): Promise<T>;
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
    if (wait > 0) await pause(wait);
  }

  /** @throws the reason of `signal`, when that ends the waiting. */
  const pause = (ms: number) =>
    sleep(ms, undefined, { signal }).catch(() => {
      throw signal.reason;
    });

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

    async patiently(call) {
      for (let tries = 1; ; tries++) {
        try {
          return await call();
        } catch (cause) {
          const waitMs = cause instanceof PlatformError && cause.kind === 'retry' ? cause.retryAfterMs : undefined;
          if (waitMs === undefined || waitMs > longestWaitMs || tries >= rateLimitTries) throw cause;
          await pause(waitMs);
        }
      }
    },
  };
}

function forgetIdle(lanes: Map<string, Lane>): void {
  const now = performance.now();
  for (const [channel, lane] of lanes) if (lane.waiting === 0 && lane.next < now) lanes.delete(channel);
}
