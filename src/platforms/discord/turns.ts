/**
 * Discord's 50 requests a second for a whole bot, kept before Discord has to say so.
 *
 * The client of discord.js counts by seconds that begin when it likes: 50 at the end of one and 50 at the start of the
 * next are a hundred in a moment, and Discord answers 429. Here no stretch of a second ever holds more than `most`.
 */

export interface Turns {
  /** Resolves when one more request may leave, in the order of asking. Rejects when the signal is aborted first. */
  next(signal?: AbortSignal | null): Promise<void>;
  /** Discord asked to wait: nobody gets a turn until then. */
  hold(ms: number): void;
  /** So many processes post as this bot: here are given this one's turns, at least one a second. */
  among(processes: number): void;
}

export interface TurnsOptions {
  /** Turns in any second. */
  readonly most?: number;
  /** Milliseconds that only ever go forward. */
  readonly clock?: () => number;
}

const SECOND = 1000;
/** Of Discord's 50. The one that is left out covers for the network, which pushes requests together. */
const MOST = 49;

interface Waiting {
  readonly go: () => void;
  readonly signal: AbortSignal | null | undefined;
  readonly give: (reason: unknown) => void;
}

export function createTurns({ most = MOST, clock = () => performance.now() }: TurnsOptions = {}): Turns {
  /** When the last `most` turns were given, oldest at `oldest`. */
  const given = new Array<number>(most).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  /** This process's part of `most`. */
  let ours = most;
  let free = Number.NEGATIVE_INFINITY;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  /** When the turn was given that is `ours` turns back. */
  const lastOfOurs = (): number => given[(oldest + most - ours) % most] ?? 0;
  const waitMs = (): number => Math.max(lastOfOurs() + SECOND, free, heldUntil) - clock();
  /** Between two turns: what was held up leaves a little faster, and never all at once. */
  const gapMs = (): number => SECOND / ours / 1.25;

  function take(): void {
    const place = oldest;
    const note = () => {
      given[place] = clock();
      free = (given[place] ?? 0) + gapMs();
    };
    note();
    oldest = (oldest + 1) % most;
    // A request is written a moment after its turn; when the process is held up between the two, that is when it leaves.
    setImmediate(note);
  }

  function serve(): void {
    timer = undefined;
    waiting = waiting.filter(({ signal, give }) => {
      if (signal?.aborted) give(signal.reason);
      return !signal?.aborted;
    });
    while (waiting.length > 0 && waitMs() <= 0) {
      take();
      waiting.shift()?.go();
    }
    if (waiting.length > 0) timer ??= setTimeout(serve, Math.max(Math.ceil(waitMs()), 1));
  }

  return {
    next: (signal) =>
      new Promise((go, give) => {
        waiting.push({ go, give, signal });
        if (timer === undefined) serve();
      }),
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock() + ms);
    },
    among(processes) {
      ours = Math.max(Math.floor(most / processes), 1);
    },
  };
}
