/** Keeps to Slack's limits: one queue per channel, a rate per workspace, and as much waiting as Slack asks for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformError } from '../platform.ts';

/** Waits in place for a rate limit up to here; a longer one goes back to whoever keeps the schedule. */
const longestWaitMs = 60_000;

/** Slack says how long to wait; several tries, since others may be waiting for the same. */
const rateLimitTries = 4;

/** Where a message goes. */
export interface Way {
  readonly team: string;
  readonly channel: string;
  /** Somebody waits for it: it is counted in its workspace, and does not wait behind the bot's own posts. */
  readonly urgent?: boolean;
}

export interface Pace {
  /**
   * Runs a task when its turn comes. In a channel in order, about one message a second after a short burst; in a
   * workspace about five a second after a longer one. @throws the reason of `signal`.
   */
  run<T>(way: Way, task: () => Promise<T>): Promise<T>;
  /**
   * Repeats a call that was rate limited once Slack's time is over: nothing was done by it.
   * @param team The workspace whose posts wait too: Slack limits a method for the whole workspace.
   */
  patiently<T>(call: () => Promise<T>, team?: string): Promise<T>;
}

/** A rate that is allowed a burst. */
interface Rate {
  /** When the next message would be due if none were allowed early, in milliseconds. */
  next: number;
  /** When the last one was. */
  last?: number;
}

interface Lane extends Rate {
  /** The last task in line. */
  tail: Promise<unknown>;
  waiting: number;
}

interface Allowed {
  readonly everyMs: number;
  readonly burst: number;
  /** Not even a burst is faster: twenty workspaces' bursts at one moment would hold up everything else for seconds. */
  readonly gapMs?: number;
}

export interface PaceOptions {
  /** Slack: "1 per second per channel, short bursts allowed". */
  readonly channel?: Allowed;
  /**
   * chat.postMessage, rate limiting: "several hundred messages per minute" in a workspace, "generous burst behavior". Three
   * hundred are several, and a few less cover for the network, which pushes messages together; the burst is ours.
   */
  readonly workspace?: Allowed;
  readonly signal: AbortSignal;
}

export function createPace({
  channel: inChannel = { everyMs: 1000, burst: 3 },
  workspace: inWorkspace = { everyMs: 202, burst: 18, gapMs: 150 },
  signal,
}: PaceOptions): Pace {
  const lanes = new Map<string, Lane>();
  const workspaces = new Map<string, Rate>();

  /** Takes the next turn of a rate; how long until it comes, in milliseconds. */
  function take(rate: Rate, { everyMs, burst, gapMs = 0 }: Allowed): number {
    const now = performance.now();
    const early = (burst - 1) * everyMs;
    rate.next = Math.max(rate.next, now) + everyMs;
    rate.last = Math.max(rate.next - everyMs - early, now, (rate.last ?? Number.NEGATIVE_INFINITY) + gapMs);
    return rate.last - now;
  }

  async function turn(lane: Lane, { team, urgent = false }: Way): Promise<void> {
    const inLine = take(lane, inChannel);
    if (inLine > 0) await pause(inLine);
    const workspace = workspaces.get(team) ?? { next: 0 };
    workspaces.set(team, workspace);
    const waitMs = take(workspace, inWorkspace);
    if (waitMs > 0 && !urgent) await pause(waitMs);
  }

  /** @throws the reason of `signal`, when that ends the waiting. */
  const pause = (ms: number) =>
    sleep(ms, undefined, { signal }).catch(() => {
      throw signal.reason;
    });

  /** Slack asked to wait: the whole burst is spent until then. */
  function hold(team: string, ms: number): void {
    const workspace = workspaces.get(team);
    const until = performance.now() + ms + (inWorkspace.burst - 1) * inWorkspace.everyMs;
    if (workspace) workspace.next = Math.max(workspace.next, until);
  }

  return {
    async run(way, task) {
      const name = `${way.team}/${way.channel}`;
      const lane = lanes.get(name) ?? { tail: Promise.resolve(), waiting: 0, next: 0 };
      lanes.set(name, lane);
      lane.waiting++;
      const result = lane.tail.then(() => turn(lane, way)).then(task);
      // The next in line goes on whatever became of this one; its own caller hears of the failure.
      lane.tail = result.catch(() => undefined);
      try {
        return await result;
      } finally {
        lane.waiting--;
        if (lanes.size > 1000) forgetIdle(lanes);
        if (workspaces.size > 1000) forgetIdle(workspaces);
      }
    },

    async patiently(call, team) {
      for (let tries = 1; ; tries++) {
        try {
          return await call();
        } catch (cause) {
          const waitMs = cause instanceof PlatformError && cause.kind === 'retry' ? cause.retryAfterMs : undefined;
          if (waitMs !== undefined && team !== undefined) hold(team, waitMs);
          if (waitMs === undefined || waitMs > longestWaitMs || tries >= rateLimitTries) throw cause;
          await pause(waitMs);
        }
      }
    },
  };
}

function forgetIdle(rates: Map<string, Rate & { readonly waiting?: number }>): void {
  const now = performance.now();
  for (const [name, rate] of rates) if (!rate.waiting && rate.next < now) rates.delete(name);
}
