/** Who may ask when: so many requests at a time for one host, so many in all. */
import { setTimeout as wait } from 'node:timers/promises';

interface Lane {
  active: number;
  freeAt: number;
  readonly waiting: (() => void)[];
}

/** So many at a time for one host, so many in all, with a pause between two of one host where asked for. */
export class Turns {
  private readonly lanes = new Map<string, Lane>();
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly perHost: number;
  private readonly inAll: number;
  constructor(perHost: number, inAll: number) {
    this.perHost = perHost;
    this.inAll = inAll;
  }

  async take<T>(host: string, signal: AbortSignal, pauseMs: number, run: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(host) ?? { active: 0, freeAt: 0, waiting: [] };
    this.lanes.set(host, lane);
    while (lane.active >= this.perHost) await turn(lane.waiting, signal);
    lane.active += 1;
    try {
      const rest = lane.freeAt - Date.now();
      lane.freeAt = Math.max(Date.now(), lane.freeAt) + pauseMs;
      if (pauseMs > 0 && rest > 0) await wait(rest, undefined, { signal });
      while (this.active >= this.inAll) await turn(this.waiting, signal);
      this.active += 1;
      try {
        return await run();
      } finally {
        this.active -= 1;
        this.waiting.shift()?.();
      }
    } finally {
      lane.active -= 1;
      lane.waiting.shift()?.();
      if (lane.active === 0 && lane.waiting.length === 0 && lane.freeAt < Date.now()) this.lanes.delete(host);
    }
  }
}

/** Waits to be called, or for the signal. Who gives up passes the call on. */
function turn(line: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    signal.throwIfAborted();
    const go = () => {
      signal.removeEventListener('abort', stop);
      done();
    };
    const stop = () => {
      const at = line.indexOf(go);
      if (at >= 0) line.splice(at, 1);
      fail(signal.reason);
    };
    line.push(go);
    signal.addEventListener('abort', stop, { once: true });
  });
}
