/**
 * Standing orders, kept: which briefings are due, and posting each edition once.
 *
 * node-cron is the tick and nothing else. What is owed stands in the database: `settledTo` and the schedule say which
 * slots are open, `nextAt` when to look, and the slot's key lets one process of many have it. So a restart, a clock that
 * jumps and a process that died half-way all end in the same place: look at what is due, claim it, finish it.
 */
import { schedule as cron, type ScheduledTask } from 'node-cron';
import {
  type Compose,
  type DeliveryTools,
  deliver,
  deliverClaimed,
  type Outcome,
  wordsOf,
} from './briefing/delivery.ts';
import { type Edition, nextPosts, type Owed, owed, resumed } from './briefing/due.ts';
import { createLane, type Lane } from './briefing/lane.ts';
import { postOnce } from './briefing/now.ts';
import { pause, waitMs } from './briefing/retry.ts';
import { tellOwner } from './briefing/tell.ts';
import type { Document } from './document.ts';
import type { Log } from './log.ts';
import type { Briefing, Delivery, Instant } from './model.ts';
import type { Platform } from './platforms/platform.ts';
import type { BriefingChange, Store } from './store/store.ts';

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

export type BriefingEvent =
  | {
      readonly kind: 'settled';
      readonly platform: string;
      readonly state: 'delivered' | 'skipped' | 'failed' | 'uncertain';
      /** From the time it should have been there to now. */
      readonly lagMs: number;
    }
  /** Could not be posted now and will be tried again. */
  | { readonly kind: 'later'; readonly platform: string }
  /** The platform asked to wait. */
  | { readonly kind: 'limited'; readonly platform: string };

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
  postNow(briefing: Briefing): Promise<string>;
  /** When something is posted next, quiet hours included. */
  nextSlots(briefing: Briefing, count: number): readonly Instant[];
  lastTick(): Instant | undefined;
  /** Known to be due here and not yet done, by platform. */
  depth(): ReadonlyMap<string, number>;
}

const LEASE_MS = 60_000;
/** Discord takes 50 requests a second from a bot; at 300 ms each this keeps them filled. Slack's limit is per channel. */
const WIDTH = 24;
/** A tick that comes later than this after the one before means that the machine slept or the clock was set. */
const BREAK_MS = 3 * 60_000;
/** A delivery that could not be posted for this long has failed. */
const GIVE_UP_MS = 24 * 3_600_000;
const GIVE_UP_TRIES = 5;
/** A stop waits so long for what is being posted. */
const STOP_MS = 10_000;

/** Change to a briefing that starts to count from now: when it is resumed, or its times change. Nothing before is owed. */
export const countFrom = (now: Instant): Pick<BriefingChange, 'settledTo'> => ({ settledTo: now });

export function createBriefings(parts: BriefingParts): Briefings {
  const { store, platforms, clock, log } = parts;
  const stopper = new AbortController();
  const tools: DeliveryTools = {
    store,
    compose: parts.compose,
    clock,
    owner: parts.owner,
    leaseMs: parts.leaseMs ?? LEASE_MS,
    retryMs: parts.retryMs ?? 1000,
    stopping: stopper.signal,
    limited: (platform) => parts.on?.({ kind: 'limited', platform }),
  };
  const now = (): Instant => clock().toISOString();
  let awakeSince = now();
  let lastTick: Instant | undefined;
  let task: ScheduledTask | undefined;

  const connected = new Set<string>();
  const lanes = new Map<string, Lane>();
  /** Platforms may be added after this was made; each gets its lane when it is first met. */
  function laneOf(name: string, platform: Platform): Lane {
    const lane =
      lanes.get(name) ??
      createLane({
        width: parts.width ?? WIDTH,
        stopping: stopper.signal,
        due: (limit) => store.dueBriefings({ platform: name, now: now(), limit }),
        work: (briefing) => attend(platform, briefing),
        fault: (cause, briefing) =>
          log.error({ err: cause, briefing: briefing?.id, platform: name }, 'briefings: could not do what is due'),
      });
    lanes.set(name, lane);
    return lane;
  }

  /** Brings one briefing up to date. `busy` when another process is at it. */
  async function attend(platform: Platform, listed: Briefing): Promise<'done' | 'busy'> {
    // One round for each delivery that has to be finished before the newest; more than a few means a fault.
    for (let round = 0; round < 5; round++) {
      const briefing = round === 0 ? listed : await store.briefing(listed.id);
      if (briefing?.state !== 'active') return 'done';
      const today = owed(briefing, now(), awakeSince);
      if (today.kind === 'broken') {
        await giveUp(platform, briefing, today.reason);
        return 'done';
      }
      if (today.kind === 'nothing') {
        await store.changeBriefing(briefing.id, { nextAt: today.until ?? NEVER });
        return 'done';
      }
      const older = today.slots > 1 ? await finishOlder(platform, briefing, today) : 'none';
      if (older === 'busy') return 'busy';
      if (older === 'again') continue;
      return await edition(platform, briefing, today);
    }
    return 'done';
  }

  /**
   * A delivery of this briefing that was begun and never settled comes first. What may have been seen by readers is
   * finished; what was only claimed gives way to the newer edition.
   */
  async function finishOlder(
    platform: Platform,
    briefing: Briefing,
    today: Owed & { kind: 'post' | 'skip' },
  ): Promise<'none' | 'again' | 'busy'> {
    const open = (await store.deliveries(briefing.id, 50)).filter(
      (delivery) => delivery.state === 'claimed' && delivery.key !== today.edition.key,
    );
    const oldest = open.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
    if (oldest === undefined) return 'none';
    const claim = await store.claimDelivery({ ...oldest, by: tools.owner, now: now(), leaseMs: tools.leaseMs });
    if (claim === 'busy') return 'busy';
    if (claim === 'settled') return 'again';
    if ((await store.pages(oldest.key)).length === 0) {
      const outcome = `not posted; left for the edition due ${today.edition.slot.name.replace('T', ' ')}`;
      await store.settleDelivery({ key: oldest.key, state: 'skipped', outcome, now: now(), storiesShown: [] });
      return 'again';
    }
    const late = resumed(briefing, oldest.key, oldest.dueAt, now());
    const outcome = await deliverClaimed(tools, platform, briefing, late, undefined, 'takeover');
    return (await conclude(platform, briefing, late, outcome)) === 'busy' ? 'busy' : 'again';
  }

  async function edition(
    platform: Platform,
    briefing: Briefing,
    today: Owed & { kind: 'post' | 'skip' },
  ): Promise<'done' | 'busy'> {
    const { edition, next } = today;
    if (today.kind === 'skip') return await skip(briefing, today);
    const outcome = await deliver(tools, platform, briefing, edition, next).catch((cause: unknown): Outcome => {
      log.error({ err: cause, delivery: edition.key }, 'briefings: could not deliver');
      return { kind: 'later', retryAt: after(tools.leaseMs + 1000), words: wordsOf(cause) };
    });
    if (outcome.kind === 'done') {
      // Settled by another process, or under this key before the clock was set back.
      await store.changeBriefing(briefing.id, { settledTo: edition.slot.at, nextAt: next ?? NEVER });
      return 'done';
    }
    return await conclude(platform, briefing, edition, outcome);
  }

  async function skip(briefing: Briefing, { edition, next, why }: Owed & { kind: 'skip' }): Promise<'done' | 'busy'> {
    const claim = await store.claimDelivery({
      key: edition.key,
      briefingId: briefing.id,
      dueAt: edition.slot.at,
      by: tools.owner,
      now: now(),
      leaseMs: tools.leaseMs,
    });
    if (claim === 'busy') return 'busy';
    const settled = { key: edition.key, state: 'skipped', outcome: why, now: now(), storiesShown: [] } as const;
    await store.settleDelivery({ ...settled, nextAt: next ?? NEVER });
    if (claim === 'settled')
      await store.changeBriefing(briefing.id, { settledTo: edition.slot.at, nextAt: next ?? NEVER });
    else report(briefing, edition, 'skipped', why);
    return 'done';
  }

  /** Draws the consequences of a delivery. */
  async function conclude(
    platform: Platform,
    briefing: Briefing,
    edition: Edition,
    outcome: Outcome,
  ): Promise<'done' | 'busy'> {
    switch (outcome.kind) {
      case 'busy':
        return 'busy';
      case 'done':
        return 'done';
      case 'settled':
        report(briefing, edition, outcome.state, outcome.words);
        if (outcome.state === 'failed') await tellOnce(platform, briefing, edition, outcome.words);
        return 'done';
      case 'gone':
        report(briefing, edition, 'failed', outcome.words);
        await giveUp(platform, briefing, outcome.words);
        return 'done';
      case 'later':
        return await putOff(platform, briefing, edition, outcome.retryAt, outcome.words);
    }
  }

  async function putOff(
    platform: Platform,
    briefing: Briefing,
    edition: Edition,
    retryAt: Instant,
    words: string,
  ): Promise<'done'> {
    const delivery = (await store.deliveries(briefing.id, 50)).find(({ key }) => key === edition.key);
    const tries = delivery?.attempts ?? 1;
    const dueFor = clock().getTime() - Date.parse(edition.postAt);
    if (tries >= GIVE_UP_TRIES && dueFor > GIVE_UP_MS) {
      await store.settleDelivery({ key: edition.key, state: 'failed', outcome: words, now: now(), storiesShown: [] });
      report(briefing, edition, 'failed', words);
      await tellOnce(platform, briefing, edition, words);
      return 'done';
    }
    const backoff = after(waitMs(tries, tools.leaseMs));
    const nextAt = backoff > retryAt ? backoff : retryAt;
    await store.changeBriefing(briefing.id, { nextAt });
    log.warn(
      { delivery: edition.key, platform: briefing.platform, tries, nextAt, reason: words },
      'briefings: put off',
    );
    parts.on?.({ kind: 'later', platform: briefing.platform });
    return 'done';
  }

  /** The briefing cannot go on: its settings stay, its owner is told once. */
  async function giveUp(platform: Platform, briefing: Briefing, reason: string): Promise<void> {
    const before = await store.briefing(briefing.id);
    if (before?.state !== 'active') return;
    await store.changeBriefing(briefing.id, { state: 'failed', reason });
    log.warn({ briefing: briefing.id, platform: briefing.platform, reason }, 'briefings: stopped a briefing');
    await tellOwner(platform, briefing, 'stopped', reason, log);
  }

  /** A failed edition is told once; the same failure day after day is not told again. */
  async function tellOnce(platform: Platform, briefing: Briefing, edition: Edition, words: string): Promise<void> {
    const earlier = (await store.deliveries(briefing.id, 5)).find(
      (delivery: Delivery) => delivery.key !== edition.key && delivery.state !== 'claimed',
    );
    if (earlier?.state === 'failed') return;
    await tellOwner(platform, briefing, 'missed', words, log);
  }

  function report(
    briefing: Briefing,
    edition: Edition,
    state: 'delivered' | 'skipped' | 'failed' | 'uncertain',
    words: string,
  ): void {
    const lagMs = clock().getTime() - Date.parse(edition.postAt);
    log[state === 'delivered' || state === 'skipped' ? 'info' : 'warn'](
      { delivery: edition.key, platform: briefing.platform, state, lagMs, outcome: words },
      'briefings: settled',
    );
    parts.on?.({ kind: 'settled', platform: briefing.platform, state, lagMs });
  }

  const after = (ms: number): Instant => new Date(clock().getTime() + ms).toISOString();

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
    async postNow(briefing) {
      const platform = platforms.get(briefing.platform);
      if (platform === undefined) return `${briefing.platform} is not connected here, so nothing was posted.`;
      const { document } = await parts.compose(unsaved(briefing, 'Posted on request'));
      return postOnce(tools, platform, briefing, document);
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

/** For a schedule without another slot. */
const NEVER: Instant = '9999-12-31T00:00:00.000Z';
