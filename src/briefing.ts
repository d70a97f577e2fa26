/**
 * Standing orders, kept: which briefings are due, and posting each edition once.
 *
 * node-cron is the tick and nothing else. What is owed stands in the database: `settledTo` and the schedule say which
 * slots are open, `nextAt` when to look, and the slot's key lets one process of many have it. So a restart, a clock that
 * jumps and a process that died half-way all end in the same place: look at what is due, claim it, finish it.
 */
import { schedule as cron, type ScheduledTask } from 'node-cron';
import { type BriefingEvent, createAttend } from './briefing/attend.ts';
import type { Compose, DeliveryTools } from './briefing/delivery.ts';
import { nextPosts, resumed } from './briefing/due.ts';
import { createLane, type Lane } from './briefing/lane.ts';
import { postOnce } from './briefing/now.ts';
import { pause } from './briefing/retry.ts';
import { createShare } from './briefing/share.ts';
import type { Document } from './document.ts';
import { type Words, wordsFor } from './language/language.ts';
import type { Log } from './log.ts';
import type { Briefing, Instant } from './model.ts';
import type { Platform } from './platforms/platform.ts';
import type { BriefingChange, Store } from './store/store.ts';

export type { BriefingEvent } from './briefing/attend.ts';
export type { Compose } from './briefing/delivery.ts';

export interface BriefingParts {
  readonly store: Store;
  /** More may be added at any time; each is used from when it is first connected. */
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly compose: Compose;
  readonly clock: () => Date;
  readonly log: Log;
  /** This process, unique over all that share the store: a claim names it. */
  readonly owner: string;
  /** A claim that is silent for longer may be taken over. Keep it under Discord's memory for nonces, a few minutes. */
  readonly leaseMs?: number;
  /** Deliveries at once on each platform. */
  readonly width?: number;
  /** First pause before a retry. */
  readonly retryMs?: number;
  /** Told of everything that ends or is put off; for metrics. */
  readonly on?: (event: BriefingEvent) => void;
}

export interface Briefings {
  /** Does all that is due now and resolves when it is done. */
  tick(): Promise<void>;
  /** Catches up, then ticks each minute. */
  start(): void;
  /** Takes nothing new, finishes what is being posted. */
  stop(): Promise<void>;
  /** A briefing was added or changed: look again. */
  changed(): void;
  /** What would be posted now. Consumes no slot. */
  preview(briefing: Briefing): Promise<Document>;
  /** Posts now without touching the schedule. Resolves to what happened, in words. */
  postNow(briefing: Briefing, said: Words): Promise<string>;
  /** When something is posted next, quiet hours included. */
  nextSlots(briefing: Briefing, count: number): readonly Instant[];
  lastTick(): Instant | undefined;
  /** Known to be due here and not yet done, by platform. */
  depth(): ReadonlyMap<string, number>;
}

const LEASE_MS = 60_000;
/** What is due is in flight; the rest stays in the database. */
const WIDTH = 64;
/** Under one limit: Discord takes 50 requests a second from a bot, and at half a second each this keeps them filled. */
const TOGETHER = 32;
/** Where limits are smaller, as a Slack workspace's five a second. */
const TOGETHER_IN_PART = 4;
/** A tick that comes later than this after the one before means that the machine slept or the clock was set. */
const BREAK_MS = 3 * 60_000;
/** A stop waits so long for what is being posted. */
const STOP_MS = 10_000;

/** Change to a briefing that starts to count from now: when it is resumed, or its times change. Nothing before is owed. */
export const countFrom = (now: Instant): Pick<BriefingChange, 'settledTo'> => ({ settledTo: now });

export function createBriefings(parts: BriefingParts): Briefings {
  const { store, platforms, clock, log } = parts;
  const stopper = new AbortController();
  const leaseMs = parts.leaseMs ?? LEASE_MS;
  const tools: DeliveryTools = {
    store,
    compose: parts.compose,
    clock,
    owner: parts.owner,
    leaseMs,
    share: createShare({ store, clock, leaseMs }),
    retryMs: parts.retryMs ?? 1000,
    stopping: stopper.signal,
    limited: (platform) => parts.on?.({ kind: 'limited', platform }),
  };
  const now = (): Instant => clock().toISOString();
  let awakeSince = now();
  let lastTick: Instant | undefined;
  let task: ScheduledTask | undefined;

  const attend = createAttend({ tools, log, on: parts.on, awakeSince: () => awakeSince });
  const connected = new Set<string>();
  const lanes = new Map<string, Lane>();
  /** Platforms may be added after this was made; each gets its lane when it is first met. */
  function laneOf(name: string, platform: Platform): Lane {
    const lane =
      lanes.get(name) ??
      createLane({
        width: parts.width ?? WIDTH,
        together: platform.limitOf ? TOGETHER_IN_PART : (parts.width ?? TOGETHER),
        limitOf: (briefing) => platform.limitOf?.(briefing) ?? '',
        stopping: stopper.signal,
        due: (limit, except) => store.dueBriefings({ platform: name, now: now(), limit, except }),
        work: (briefing) => attend(platform, briefing),
        fault: (cause, briefing) =>
          log.error({ err: cause, briefing: briefing?.id, platform: name }, 'briefings: could not do what is due'),
      });
    lanes.set(name, lane);
    return lane;
  }

  /** Notices that the machine slept or the clock was set. */
  async function watchClock(): Promise<void> {
    const at = now();
    const sinceLast = lastTick === undefined ? Number.NaN : Date.parse(at) - Date.parse(lastTick);
    if (sinceLast > BREAK_MS) awakeSince = at;
    const first = lastTick === undefined;
    lastTick = at;
    if (first || sinceLast < -1000) await comeBack(at, !first);
  }

  /**
   * After the clock was ahead for a while, briefings are settled into the future and would stay silent until then. They
   * count from now again; slots that were posted meanwhile are known by their keys and not posted twice.
   * @param jumped The clock was just set back: what waits for a later time is looked at too.
   */
  async function comeBack(at: Instant, jumped: boolean): Promise<void> {
    for (const briefing of await store.briefings({ state: 'active' })) {
      const { id, settledTo, nextAt } = briefing;
      if (settledTo > at) {
        log.warn({ briefing: id, settledTo }, 'briefings: the clock was ahead');
        await store.changeBriefing(id, countFrom(at));
      } else if (jumped && nextAt !== undefined && nextAt > at) {
        // Without a time it is looked at once, and gets the right one.
        await store.changeBriefing(id, {});
      }
    }
  }

  /**
   * A platform that has not connected yet knows neither itself nor its channels, and would call everything gone. Once it
   * has, it is tried whatever it says: posting may work while the rest of it reconnects.
   */
  function hasStarted(name: string, platform: Platform): boolean {
    if (platform.state() === 'connected') connected.add(name);
    return connected.has(name);
  }

  async function tick(): Promise<void> {
    if (stopper.signal.aborted) return;
    await watchClock();
    const started = [...platforms].filter(([name, platform]) => hasStarted(name, platform));
    await Promise.all(started.map(([name, platform]) => laneOf(name, platform).run()));
  }
  const tickSafely = () =>
    tick().catch((cause: unknown) => log.error({ err: cause }, 'briefings: tick failed, the next one tries again'));

  return {
    tick,
    start() {
      void tickSafely();
      // The lanes watch over overlaps themselves: a tick only wakes them, so a slow platform never holds another up.
      task = cron('* * * * *', () => void tickSafely(), { noOverlap: true });
    },
    async stop() {
      stopper.abort();
      await task?.destroy();
      const idle = Promise.all([...lanes.values()].map((lane) => lane.idle()));
      // What hangs longer is in the ledger as begun, and is looked for at the next start.
      const enough = new AbortController();
      await Promise.race([idle, pause(STOP_MS, enough.signal)]);
      enough.abort();
    },
    changed: () => void tickSafely(),
    async preview(briefing) {
      return (await parts.compose(unsaved(briefing))).document;
    },
    async postNow(briefing, said) {
      const platform = platforms.get(briefing.platform);
      if (platform === undefined) return said.schedule.notConnected(briefing.platform);
      const { document } = await parts.compose(unsaved(briefing, wordsFor(briefing).daily.onRequest));
      return postOnce(tools, platform, briefing, document, said);
    },
    nextSlots: (briefing, count) => nextPosts(briefing, now(), count),
    lastTick: () => lastTick,
    depth: () => new Map([...lanes].map(([name, lane]) => [name, lane.depth()])),
  };

  /** An edition that belongs to no slot; none of it is written down. */
  function unsaved(briefing: Briefing, banner?: string): Parameters<Compose>[0] {
    const at = now();
    const [next] = nextPosts(briefing, at, 1);
    return {
      briefing,
      dueAt: at,
      from: resumed(briefing, '', at, at).since,
      now: clock(),
      ...(banner !== undefined && { banner }),
      ...(next !== undefined && { next }),
    };
  }
}
