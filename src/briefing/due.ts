/** What a briefing owes at a moment, by its catch-up policy and quiet hours. Pure. */
import { type ClockTime, wordsFor } from '../language/language.ts';
import type { Briefing, Instant } from '../model.ts';
import { parseQuiet, type Quiet, quietUntil } from '../quiet.ts';
import { lastSlots, nextSlots, parseSchedule, type Schedule, type Slot, slotKey } from '../schedule.ts';
import { isZone, wallAt } from '../zones.ts';

/** A slot posted later than this says so; a briefing that skips lets it pass. Milliseconds. */
export const ON_TIME_MS = 5 * 60_000;
/** Missed slots that are counted; beyond it we say "more than". */
const MOST_COUNTED = 500;

/** One edition to post. */
export interface Edition {
  readonly key: string;
  readonly slot: Slot;
  /** Where its period begins: the edition before it, or the last one settled when several are merged. */
  readonly since: Instant;
  /** When it should have been there: its slot, or the end of the quiet hours that held it. */
  readonly postAt: Instant;
  readonly late: boolean;
  /** What readers are told when it is not an ordinary edition. */
  readonly banner?: string;
}

export type Owed =
  /** Nothing now: look again at `until`, or never when the schedule has no more slots. */
  | { readonly kind: 'nothing'; readonly until: Instant | undefined }
  | { readonly kind: 'post'; readonly edition: Edition; readonly next: Instant | undefined; readonly slots: number }
  | {
      readonly kind: 'skip';
      readonly edition: Edition;
      readonly next: Instant | undefined;
      readonly slots: number;
      readonly why: string;
    }
  /** The settings cannot be read; in words for the owner. */
  | { readonly kind: 'broken'; readonly reason: string };

/** @param awakeSince Since when the bot has been watching without a break: tells "offline" from "could not post". */
export function owed(briefing: Briefing, now: Instant, awakeSince: Instant): Owed {
  const order = readOrder(briefing);
  if ('problem' in order) return { kind: 'broken', reason: order.problem };
  const { schedule, quiet } = order;
  const { zone, settledTo } = briefing;
  const next = nextPost(order, zone, settledTo > now ? settledTo : now);
  const held = quiet && quietUntil(quiet, zone, now);
  if (held) return { kind: 'nothing', until: held };
  const slots = lastSlots(schedule, zone, settledTo, now, MOST_COUNTED);
  const latest = slots.at(-1);
  if (latest === undefined) return { kind: 'nothing', until: next };

  const postAtOf = (slot: Slot) => (quiet && quietUntil(quiet, zone, slot.at)) ?? slot.at;
  const postAt = postAtOf(latest);
  // Slots that quiet hours held come together as one edition; the others before it were missed.
  const together = slots.filter((slot) => postAtOf(slot) === postAt);
  const missed = slots.length - together.length;
  const late = Date.parse(now) - Date.parse(postAt) > ON_TIME_MS;
  const merge = briefing.catchUp === 'merge' && missed > 0;
  const first = merge ? slots[0] : together[0];
  const before = slotBefore(schedule, zone, first ?? latest) ?? settledTo;
  const banner = bannerOf({
    briefing,
    late,
    now,
    latest,
    held: together.length > 1 || postAt !== latest.at ? together.length : 0,
    missed,
    merge,
    isOffline: awakeSince > postAt,
  });
  const edition: Edition = {
    key: slotKey(briefing.id, latest),
    slot: latest,
    since: merge && settledTo < before ? settledTo : before,
    postAt,
    late,
    ...(banner !== undefined && { banner }),
  };
  if (late && briefing.catchUp === 'skip')
    return {
      kind: 'skip',
      edition,
      next,
      slots: slots.length,
      why: `${editions(slots.length)} passed while ${awakeSince > postAt ? 'the bot was offline' : 'nothing could be posted'}; this briefing skips what is late`,
    };
  return { kind: 'post', edition, next, slots: slots.length };
}

/** An edition for a slot that was begun earlier and must be finished, whatever is owed by now. */
export function resumed(briefing: Briefing, key: string, dueAt: Instant, now: Instant): Edition {
  const order = readOrder(briefing);
  const name = key.slice(key.indexOf('@') + 1);
  const slot: Slot = { name, at: dueAt };
  const since = 'problem' in order ? undefined : slotBefore(order.schedule, briefing.zone, slot);
  const late = Date.parse(now) - Date.parse(dueAt) > ON_TIME_MS;
  return {
    key,
    slot,
    since: since ?? briefing.settledTo,
    postAt: dueAt,
    late,
    ...(late && {
      banner: wordsFor(briefing).late.finished(clockTime(slot, briefing.zone, now), sentText(briefing.zone, now)),
    }),
  };
}

/** The next `count` times at which something is posted, quiet hours included. */
export function nextPosts(briefing: Briefing, now: Instant, count: number): readonly Instant[] {
  const order = readOrder(briefing);
  if ('problem' in order) return [];
  const found: Instant[] = [];
  let after = now;
  // Several slots may be held to one time, so ask until there are enough distinct ones.
  for (let rounds = 0; found.length < count && rounds < 100; rounds++) {
    const slots = nextSlots(order.schedule, briefing.zone, after, count * 4);
    for (const slot of slots) {
      const at = (order.quiet && quietUntil(order.quiet, briefing.zone, slot.at)) ?? slot.at;
      if (at !== found.at(-1) && found.length < count) found.push(at);
    }
    const last = slots.at(-1);
    if (last === undefined) break;
    after = last.at;
  }
  return found;
}

interface Order {
  readonly schedule: Schedule;
  readonly quiet: Quiet | undefined;
}

function readOrder(briefing: Briefing): Order | { readonly problem: string } {
  const said = wordsFor(briefing);
  if (!isZone(briefing.zone)) return { problem: said.times.zone(briefing.zone) };
  const parsed = readTimes(briefing);
  if ('problem' in parsed) return { problem: said.schedule.wrongTimes(parsed.problem) };
  const quiet = briefing.quiet === undefined ? undefined : parseQuiet(briefing.quiet);
  if (briefing.quiet !== undefined && quiet === undefined) return { problem: said.times.quiet(briefing.quiet) };
  return { schedule: parsed.schedule, quiet };
}

const read = new Map<string, ReturnType<typeof parseSchedule>>();
const MOST_READ = 500;

/** Thousands of briefings share a few times: each is read once. */
function readTimes(briefing: Briefing): ReturnType<typeof parseSchedule> {
  const { times, locale, platform } = briefing;
  const wanted = `${platform} ${locale} ${times}`;
  const known = read.get(wanted);
  if (known) return known;
  if (read.size >= MOST_READ) read.clear();
  const parsed = parseSchedule(times, wordsFor(briefing));
  read.set(wanted, parsed);
  return parsed;
}

function nextPost({ schedule, quiet }: Order, zone: string, after: Instant): Instant | undefined {
  const [slot] = nextSlots(schedule, zone, after, 1);
  return slot && ((quiet && quietUntil(quiet, zone, slot.at)) ?? slot.at);
}

function slotBefore(schedule: Schedule, zone: string, slot: Slot): Instant | undefined {
  const justBefore = new Date(Date.parse(slot.at) - 1).toISOString();
  // Two years reach back over every schedule but one for leap days.
  const longBefore = new Date(Date.parse(slot.at) - 2 * 366 * 86_400_000).toISOString();
  return lastSlots(schedule, zone, longBefore, justBefore, 1)[0]?.at;
}

interface BannerInput {
  readonly briefing: Briefing;
  readonly late: boolean;
  readonly now: Instant;
  readonly latest: Slot;
  /** Slots that quiet hours held for this edition; 0 when none were. */
  readonly held: number;
  readonly missed: number;
  readonly merge: boolean;
  /** Missed while the bot was away; else it ran and could not post. */
  readonly isOffline: boolean;
}

/** `Due 08:00, sent 09:12: the bot was offline. 2 earlier editions are left out`, in the channel's language. */
function bannerOf({ briefing, late, now, latest, held, missed, merge, isOffline }: BannerInput): string | undefined {
  const said = wordsFor(briefing).late;
  const lines: string[] = [];
  if (late) {
    const why = isOffline ? said.offline : said.couldNot;
    lines.push(said.due(clockTime(latest, briefing.zone, now), sentText(briefing.zone, now), why));
  } else if (held > 0) lines.push(said.held(briefing.quiet ?? '', held));
  if (missed > 0) {
    const what = merge ? said.inOne(...counted(missed + 1)) : said.leftOut(...counted(missed));
    lines.push(late ? what : said.because(what, said.offline));
  }
  return lines.length > 0 ? lines.join('. ') : undefined;
}

/** How many, and whether there are more than that. */
const counted = (count: number): readonly [number, boolean] =>
  count >= MOST_COUNTED ? [MOST_COUNTED - 1, true] : [count, false];

/** In English, for the ledger and the log; `Words.reason` tells it to readers. */
const editions = (count: number): string =>
  count >= MOST_COUNTED ? `more than ${MOST_COUNTED - 1} editions` : `${count} edition${count === 1 ? '' : 's'}`;

/** `08:00`, with the day when it is not today's. */
function clockTime(slot: Slot, zone: string, now: Instant): ClockTime {
  const today = new Date(wallAt(zone, Date.parse(now))).toISOString().slice(0, 10);
  const [day = '', time = ''] = slot.name.slice(0, 16).split('T');
  return day === today ? { time } : { day, time };
}

const sentText = (zone: string, now: Instant): string =>
  new Date(wallAt(zone, Date.parse(now))).toISOString().slice(11, 16);
