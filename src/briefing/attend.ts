/** What is done with one briefing that is due, and what follows from how it ended. */
import type { Log } from '../log.ts';
import type { Briefing, Instant } from '../model.ts';
import type { Platform } from '../platforms/platform.ts';
import { type DeliveryTools, deliver, deliverClaimed, type Outcome, wordsOf } from './delivery.ts';
import { type Edition, type Owed, owed, resumed } from './due.ts';
import { waitMs } from './retry.ts';
import { tellOwner } from './tell.ts';

export type BriefingEvent =
  | {
      readonly kind: 'settled';
      readonly platform: string;
      readonly state: Settled;
      /** From the time it should have been there to now. */
      readonly lagMs: number;
    }
  /** Could not be posted now and will be tried again. */
  | { readonly kind: 'later'; readonly platform: string }
  /** The platform asked to wait. */
  | { readonly kind: 'limited'; readonly platform: string };

type Settled = 'delivered' | 'skipped' | 'failed' | 'uncertain';

export interface AttendParts {
  readonly tools: DeliveryTools;
  readonly log: Log;
  readonly on: ((event: BriefingEvent) => void) | undefined;
  /** Since when the bot has been watching without a break. */
  readonly awakeSince: () => Instant;
}

/** For a schedule without another slot. */
export const NEVER: Instant = '9999-12-31T00:00:00.000Z';
/** A delivery that could not be posted for this long has failed. */
const GIVE_UP_MS = 24 * 3_600_000;
const GIVE_UP_TRIES = 5;

/** @returns A function that brings one briefing up to date; it resolves to `busy` when another process is at it. */
export function createAttend({ tools, log, on, awakeSince }: AttendParts) {
  const { store, clock } = tools;
  const now = (): Instant => clock().toISOString();
  const after = (ms: number): Instant => new Date(clock().getTime() + ms).toISOString();
  return attend;

  async function attend(platform: Platform, listed: Briefing): Promise<'done' | 'busy'> {
    // One round for each delivery that has to be finished before the newest; more than a few means a fault.
    for (let round = 0; round < 5; round++) {
      const briefing = round === 0 ? listed : await store.briefing(listed.id);
      if (briefing?.state !== 'active') return 'done';
      const today = owed(briefing, now(), awakeSince());
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
    if (today.kind === 'skip') return await skip(platform, briefing, today);
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

  async function skip(
    platform: Platform,
    briefing: Briefing,
    { edition, next, why }: Owed & { kind: 'skip' },
  ): Promise<'done' | 'busy'> {
    const claim = await store.claimDelivery({
      key: edition.key,
      briefingId: briefing.id,
      dueAt: edition.slot.at,
      by: tools.owner,
      now: now(),
      leaseMs: tools.leaseMs,
    });
    if (claim === 'busy') return 'busy';
    // Begun before the bot went away: readers may have seen a part of it, so it is finished.
    if (claim === 'takeover' && (await store.pages(edition.key)).length > 0) {
      const outcome = await deliverClaimed(tools, platform, briefing, edition, next, 'takeover');
      return await conclude(platform, briefing, edition, outcome);
    }
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
    on?.({ kind: 'later', platform: briefing.platform });
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
      (delivery) => delivery.key !== edition.key && delivery.state !== 'claimed',
    );
    if (earlier?.state === 'failed') return;
    await tellOwner(platform, briefing, 'missed', words, log);
  }

  function report(briefing: Briefing, edition: Edition, state: Settled, words: string): void {
    const lagMs = clock().getTime() - Date.parse(edition.postAt);
    log[state === 'delivered' || state === 'skipped' ? 'info' : 'warn'](
      { delivery: edition.key, platform: briefing.platform, state, lagMs, outcome: words },
      'briefings: settled',
    );
    on?.({ kind: 'settled', platform: briefing.platform, state, lagMs });
  }
}
