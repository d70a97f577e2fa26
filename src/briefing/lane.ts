/**
 * One platform's queue: a bounded number of briefings at once, each platform apart from the others, so that one that is
 * slow or down holds up nothing but itself.
 */
import type { Briefing } from '../model.ts';

export interface LaneParts {
  /** Briefings at once. */
  readonly width: number;
  readonly stopping: AbortSignal;
  /** Reads up to `limit` briefings that are due now. */
  readonly due: (limit: number) => Promise<readonly Briefing[]>;
  /** Brings one briefing up to date; `busy` when another process is at it. */
  readonly work: (briefing: Briefing) => Promise<'done' | 'busy'>;
  readonly fault: (cause: unknown, briefing: Briefing | undefined) => void;
}

export interface Lane {
  /** Does what is due and resolves when nothing is left to do here. Calls while it runs join it. */
  run(): Promise<void>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
  /** Read and not yet done. */
  depth(): number;
}

/**
 * Of so many that are due, so many are taken at random before the list is read again: processes that read the same list
 * seldom pick the same briefing, and a claim that is lost costs more than a row that is read.
 */
const READ = 500;
const TAKEN = 60;

export function createLane({ width, stopping, due, work, fault }: LaneParts): Lane {
  const running = new Map<number, Promise<void>>();
  /** Not to be looked at again in this run: another process has it, or it failed here. */
  const aside = new Set<number>();
  let queue: Briefing[] = [];
  let asked = false;
  let current: Promise<void> | undefined;

  /** True when the store may hold more than was read. */
  async function refill(): Promise<boolean> {
    const limit = READ + running.size + aside.size;
    const found = await due(limit);
    const free = shuffled(found.filter(({ id }) => !running.has(id) && !aside.has(id)));
    queue = free.slice(0, TAKEN);
    return queue.length < free.length || (found.length === limit && queue.length > 0);
  }

  function begin(briefing: Briefing): void {
    const done = work(briefing)
      .then((end) => {
        if (end === 'busy') aside.add(briefing.id);
      })
      .catch((cause: unknown) => {
        aside.add(briefing.id);
        fault(cause, briefing);
      })
      .finally(() => running.delete(briefing.id));
    running.set(briefing.id, done);
  }

  async function drain(): Promise<void> {
    aside.clear();
    let more = true;
    while (!stopping.aborted) {
      if (queue.length === 0 && (more || asked)) {
        asked = false;
        more = await refill();
      }
      const briefing = queue.length > 0 && running.size < width ? queue.shift() : undefined;
      if (briefing) begin(briefing);
      else if (running.size > 0) await Promise.race(running.values());
      else if (queue.length === 0 && !more && !asked) break;
    }
    queue = [];
    await Promise.all(running.values());
  }

  return {
    run() {
      asked = true;
      current ??= drain()
        .catch((cause: unknown) => fault(cause, undefined))
        .finally(() => {
          current = undefined;
        });
      return current;
    },
    async idle() {
      await current;
      await Promise.all(running.values());
    },
    depth: () => queue.length + running.size,
  };
}

function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
