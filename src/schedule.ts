/**
 * When a briefing is due. Pure: words in, instants out.
 *
 * A slot is a wall-clock time in a zone. On the two days a year when clocks change:
 * - a skipped time ("02:30" when the clock goes from 02:00 to 03:00) is due at the first minute after the gap; several
 *   times that fall there are due once;
 * - a doubled time is due once, the first time the clock shows it, except in a paced schedule (`hourly`, `every 30m`),
 *   which keeps its pace and is due in both hours.
 */

import { type Words, wordsIn } from './language/language.ts';
import { inEnglish, readings } from './language/typed.ts';
import type { Instant } from './model.ts';
import { readCron } from './schedule/cron.ts';
import { type Reading, readWords } from './schedule/words.ts';
import { endOfGap, instantsAt, type Wall, wallAt } from './zones.ts';

export { describe } from './schedule/describe.ts';

/** Times of day on some days. All that a person can say comes down to this. */
export interface Schedule {
  /** Minutes after local midnight, ascending, at least one. */
  readonly minutes: readonly number[];
  readonly days: Days;
  /** Follows elapsed time rather than the clock face: due in both hours of a doubled one. */
  readonly paced: boolean;
}

/** Which days. An absent rule allows all. */
export interface Days {
  /** 0 for Sunday. */
  readonly weekdays?: readonly number[];
  /** 1 to 31. */
  readonly monthDays?: readonly number[];
  /** 1 for January. */
  readonly months?: readonly number[];
  /** A month day past the end of a month means its last day. Else such a month is left out. */
  readonly orLastDay?: boolean;
  /** As in cron, a day needs to fit `weekdays` or `monthDays`, not both. */
  readonly either?: boolean;
}

/** One time at which a briefing is due. */
export interface Slot {
  /** The wall time as scheduled, `2026-11-22T08:00`; `~2` is added for the second of a doubled hour. Unique in a schedule. */
  readonly name: string;
  readonly at: Instant;
}

/** Posts closer than this are noise, and no channel wants them. */
export const SHORTEST_PACE_MINUTES = 5;

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Longer than the longest wait between two days of a calendar (29 February over 2100). */
const HORIZON = 9 * 366 * DAY;

/**
 * Reads what a person would say: `daily 08:00`, `8am`, `weekdays 7:30`, `mon,thu 18:00`, `hourly 9-17`, `every 2h`,
 * `monthly 1 09:00`, several times (`daily 8:00,18:00`), or five-field cron; all but cron in any language of the bot's.
 *
 * @returns The schedule, or what is wrong with the words, in the reader's own: what was expected, what came, what to try.
 */
export function parseSchedule(
  text: string,
  words: Words = wordsIn('en'),
): { readonly schedule: Schedule } | { readonly problem: string } {
  const told = words.times;
  const said = text.normalize('NFKC').toLowerCase().trim();
  if (said.length > LONGEST) return { problem: `${told.tooLong(LONGEST, said.length)}. ${told.tryTimes}` };
  if (said === '') return { problem: `${told.nothing}. ${told.tryTimes}` };
  const read = readInAnyLanguage(said, words);
  if ('problem' in read) return { problem: `${read.problem}. ${read.hint ?? told.tryTimes}` };
  const { schedule } = read;
  if (shortestPause(schedule.minutes) < SHORTEST_PACE_MINUTES)
    return { problem: told.tooOften(SHORTEST_PACE_MINUTES, shown(text)) };
  if (nextSlots(schedule, 'UTC', '2026-01-01T00:00:00.000Z', 1).length === 0)
    return { problem: `${told.never(shown(text))}. ${told.tryTimes}` };
  return { schedule };
}

/** The words as they are, else as another language means them; when none can be read, what the reader's own would have. */
function readInAnyLanguage(said: string, words: Words): Reading {
  const read = (english: string) => readCron(english, words.times) ?? readWords(english, said, words);
  for (const english of readings(said, 'times')) {
    const reading = read(english);
    if ('schedule' in reading) return reading;
  }
  return read(inEnglish(said, words.typed.times));
}

/** Characters that are read. */
const LONGEST = 200;
const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text).trim();

function shortestPause(minutes: readonly number[]): number {
  const pauses = minutes.map((minute, i) => (minutes[i + 1] ?? 1440 + (minutes[0] ?? 0)) - minute);
  return Math.min(...pauses);
}

/** The key of a slot's delivery: `b7@2026-11-22T08:00`. */
export const slotKey = (briefingId: number, slot: Slot): string => `b${briefingId}@${slot.name}`;

/** The first `limit` slots after `after` and not after `until`, in order. */
export function slotsBetween(
  schedule: Schedule,
  zone: string,
  after: Instant,
  until: Instant,
  limit: number,
): readonly Slot[] {
  return collect(schedule, zone, Date.parse(after), Date.parse(until), limit, 'first');
}

/** The last `limit` slots after `after` and not after `until`, in order: what is owed after a long absence. */
export function lastSlots(
  schedule: Schedule,
  zone: string,
  after: Instant,
  until: Instant,
  limit: number,
): readonly Slot[] {
  return collect(schedule, zone, Date.parse(after), Date.parse(until), limit, 'last');
}

/** The next `n` slots after `after`. */
export function nextSlots(schedule: Schedule, zone: string, after: Instant, n: number): readonly Slot[] {
  const from = Date.parse(after);
  return collect(schedule, zone, from, from + HORIZON, n, 'first');
}

interface Moment {
  readonly at: number;
  readonly wall: Wall;
  readonly second: boolean;
}

function collect(
  schedule: Schedule,
  zone: string,
  after: number,
  until: number,
  limit: number,
  end: 'first' | 'last',
): readonly Slot[] {
  if (!(until > after) || limit < 1) return [];
  // A gap can push a slot into the next day (Samoa skipped all of 30 December 2011), a doubled hour the other way.
  const first = startOfDay(wallAt(zone, after)) - DAY;
  const last = startOfDay(wallAt(zone, until)) + DAY;
  const step = end === 'first' ? DAY : -DAY;
  const found: Moment[] = [];
  // For the same reason one day more is read once there are enough.
  let more = 1;
  for (let day = end === 'first' ? first : last; day >= first && day <= last; day += step) {
    if (found.length > limit && more-- === 0) break;
    for (const moment of momentsOf(schedule, zone, day))
      if (moment.at > after && moment.at <= until) found.push(moment);
  }
  const slots = inOrder(found).map(slotOf);
  return end === 'first' ? slots.slice(0, limit) : slots.slice(-limit);
}

function momentsOf(schedule: Schedule, zone: string, day: Wall): readonly Moment[] {
  if (!fits(schedule.days, day)) return [];
  return schedule.minutes.flatMap((minute) => {
    const wall = day + minute * MINUTE;
    const [first, second] = instantsAt(zone, wall);
    if (first === undefined) return [{ at: endOfGap(zone, wall), wall, second: false }];
    if (second === undefined || !schedule.paced) return [{ at: first, wall, second: false }];
    return [
      { at: first, wall, second: false },
      { at: second, wall, second: true },
    ];
  });
}

/** By time; of several that a gap pushed onto one instant, the one that stands latest on the clock. */
function inOrder(moments: readonly Moment[]): readonly Moment[] {
  const sorted = moments.toSorted((a, b) => a.at - b.at || a.wall - b.wall);
  return sorted.filter((moment, i) => sorted[i + 1]?.at !== moment.at);
}

const slotOf = ({ at, wall, second }: Moment): Slot => ({
  name: new Date(wall).toISOString().slice(0, 16) + (second ? '~2' : ''),
  at: new Date(at).toISOString(),
});

const startOfDay = (wall: Wall): Wall => Math.floor(wall / DAY) * DAY;

function fits(days: Days, day: Wall): boolean {
  const date = new Date(day);
  if (days.months && !days.months.includes(date.getUTCMonth() + 1)) return false;
  const byWeek = days.weekdays?.includes(date.getUTCDay());
  const byMonth = days.monthDays && fitsMonthDay(days.monthDays, date, days.orLastDay === true);
  return days.either ? byWeek === true || byMonth === true : byWeek !== false && byMonth !== false;
}

function fitsMonthDay(monthDays: readonly number[], date: Date, orLastDay: boolean): boolean {
  const day = date.getUTCDate();
  if (monthDays.includes(day)) return true;
  const isLast = new Date(date.getTime() + DAY).getUTCDate() === 1;
  return orLastDay && isLast && monthDays.some((wanted) => wanted > day);
}
