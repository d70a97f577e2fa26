/**
 * Wall clocks of IANA zones, with what Node has (`Intl`) and nothing else. Pure.
 *
 * A wall time is a number: the milliseconds of its digits read as if they were UTC. `Date.UTC(2026, 10, 22, 8)` is eight
 * o'clock on that day in whatever zone is meant, so days and hours are plain arithmetic.
 */

/** Digits on a wall clock, as the milliseconds they would be in UTC. */
export type Wall = number;

const MINUTE = 60_000;
const DAY = 86_400_000;

/** True when this machine knows the zone. */
export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a clock in `zone` shows at an instant (milliseconds since 1970), to the second. */
export const wallAt = (zone: string, at: number): Wall => at + offsetAt(zone, at);

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, at: number): number {
  // In these years zones change their clocks on whole minutes; a schedule asks for the same few again and again.
  const minute = Math.floor(at / MINUTE);
  if (at < SINCE_WHOLE_MINUTES) return readOffset(zone, at);
  const key = `${zone} ${minute}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  const offset = readOffset(zone, minute * MINUTE);
  offsets.set(key, offset);
  return offset;
}

const SINCE_WHOLE_MINUTES = Date.UTC(1980, 0, 1);
const offsets = new Map<string, number>();
const MOST_OFFSETS = 5000;

function readOffset(zone: string, at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  const digits: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(second)) digits[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = digits;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

/**
 * The instants at which a clock in `zone` shows `wall`, in order: one on most days, two in a doubled hour, none in a
 * skipped one.
 */
export function instantsAt(zone: string, wall: Wall): readonly number[] {
  // No zone changes its clock twice within two days, so the offsets around the wall time are all there are.
  const around = [offsetAt(zone, wall - DAY), offsetAt(zone, wall + DAY)];
  const found = [...new Set(around)]
    .map((offset) => wall - offset)
    .filter((at) => wallAt(zone, at) === wall)
    .sort((a, b) => a - b);
  return found;
}

/** For a wall time that no clock shows: the first instant after the gap. */
export function endOfGap(zone: string, wall: Wall): number {
  let before = wall - DAY;
  let after = wall + DAY;
  const offset = offsetAt(zone, before);
  // The clock still has its old offset at `before` and no longer at `after`; zones change on whole minutes.
  while (after - before > MINUTE) {
    const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE;
    if (offsetAt(zone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    // Zone names come from people; a few hundred are real, and spellings differ only in case.
    if (clocks.size > 1000) clocks.clear();
    clocks.set(zone, clock);
  }
  return clock;
}
