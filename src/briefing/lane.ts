/**
 * One platform's queue: a bounded number of briefings at once, each platform apart from the others, so that one that is
 * slow or down holds up nothing but itself. The same inside a platform: posts that share a rate limit, as those of one Slack
 * workspace do, take only a few of the places, so that a workspace with a thousand channels does not hold up the others.
 */
import type { Briefing, Tenant } from '../model.ts';

export interface LaneParts {
  /** Briefings at once. */
  readonly width: number;
  /** Of them, so many that share a limit. */
  readonly together: number;
  /** Briefings with the same answer share a limit. */
  readonly limitOf: (briefing: Briefing) => string;
  readonly stopping: AbortSignal;
  /** Reads up to `limit` briefings that are due now, oldest first, those of some tenants left out. */
  readonly due: (limit: number, except: readonly Tenant[]) => Promise<readonly Briefing[]>;
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
/** Tenants that fill a whole reading by themselves are read around, so often at most. */
const READINGS = 8;

export function createLane({ width, together, limitOf, stopping, due, work, fault }: LaneParts): Lane {
  const running = new Map<number, Promise<void>>();
  /** Not to be looked at again in this run: another process has it, or it failed here. */
  const aside = new Set<number>();
  /** How many run under each limit. */
  const under = new Map<string, number>();
  let queue: Briefing[] = [];
  let asked = false;
  let current: Promise<void> | undefined;

  /** True when the store may hold more than was read. */
  async function refill(): Promise<boolean> {
    const limit = READ + running.size + aside.size;
    const found: Briefing[] = [];
    let full = true;
    for (let reading = 0; full && reading < READINGS; reading++) {
      const tenants = new Set(found.map(({ tenant }) => tenant));
      // Enough of them that each can have a place.
      if (tenants.size >= TAKEN) break;
      const more = await due(limit, [...tenants]);
      full = more.length === limit;
      found.push(...more);
    }
    const free = shuffled(found.filter(({ id }) => !running.has(id) && !aside.has(id)));
    queue = fewOfEach(inTurns(free)).slice(0, TAKEN);
    return queue.length < free.length || (full && queue.length > 0);
  }

  /** The first of every tenant, then the second of every one: who has thousands waits for nobody, and nobody for them. */
  function inTurns(briefings: readonly Briefing[]): Briefing[] {
    const turns = new Map<Tenant, number>();
    const turnOf = new Map(
      briefings.map((briefing) => {
        const turn = turns.get(briefing.tenant) ?? 0;
        turns.set(briefing.tenant, turn + 1);
        return [briefing, turn] as const;
      }),
    );
    return briefings.toSorted((a, b) => (turnOf.get(a) ?? 0) - (turnOf.get(b) ?? 0));
  }

  /** Those that would only wait for each other stay in the store. */
  function fewOfEach(briefings: readonly Briefing[]): Briefing[] {
    const taken = new Map<string, number>();
    return briefings.filter((briefing) => {
      const limit = limitOf(briefing);
      const before = taken.get(limit) ?? 0;
      taken.set(limit, before + 1);
      return before < 2 * together;
    });
  }

  /** The first in the queue whose limit has room. */
  function next(): Briefing | undefined {
    if (running.size >= width) return undefined;
    const place = queue.findIndex((briefing) => (under.get(limitOf(briefing)) ?? 0) < together);
    return place < 0 ? undefined : queue.splice(place, 1)[0];
  }

  function begin(briefing: Briefing): void {
    const limit = limitOf(briefing);
    under.set(limit, (under.get(limit) ?? 0) + 1);
    const done = work(briefing)
      .then((end) => {
        if (end === 'busy') aside.add(briefing.id);
      })
      .catch((cause: unknown) => {
        aside.add(briefing.id);
        fault(cause, briefing);
      })
      .finally(() => {
        running.delete(briefing.id);
        const left = (under.get(limit) ?? 1) - 1;
        if (left > 0) under.set(limit, left);
        else under.delete(limit);
      });
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
      const briefing = next();
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
