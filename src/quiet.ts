/** Quiet hours: what falls inside is held and delivered once when they end. Pure. */
import type { Instant } from './model.ts';
import { endOfGap, instantsAt, wallAt } from './zones.ts';

/** Minutes after local midnight. `from` is quiet, `to` is not; `to` before `from` runs over midnight. */
export interface Quiet {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Reads `22:00-07:00`, `22-7`, `10pm to 7am` or `de 22 a 7`; undefined when it is not two times of day. */
export function parseQuiet(text: string): Quiet | undefined {
  const match =
    /^\s*(?:de )?([\d:.]{1,5}\s*(?:[ap]m)?)\s*(?:-|–|to|until|a|hasta)\s*([\d:.]{1,5}\s*(?:[ap]m)?)\s*$/i.exec(
      text.slice(0, 40),
    );
  const [from, to] = [timeOfDay(match?.[1]), timeOfDay(match?.[2])];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

function timeOfDay(word = ''): number | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?$/i.exec(word.trim());
  if (match === null) return undefined;
  const half = match[3]?.toLowerCase();
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (minute > 59 || (half ? hour < 1 || hour > 12 : hour > 23)) return undefined;
  return (half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour) * 60 + minute;
}

/** When the quiet hours that hold `at` end, or undefined when `at` is not in quiet hours. */
export function quietUntil(quiet: Quiet, zone: string, at: Instant): Instant | undefined {
  const instant = Date.parse(at);
  const wall = wallAt(zone, instant);
  const midnight = Math.floor(wall / DAY) * DAY;
  const minute = Math.floor((wall - midnight) / MINUTE);
  const overMidnight = quiet.to < quiet.from;
  const inside = overMidnight ? minute >= quiet.from || minute < quiet.to : minute >= quiet.from && minute < quiet.to;
  if (!inside) return undefined;
  const day = overMidnight && minute >= quiet.from ? midnight + DAY : midnight;
  const end = day + quiet.to * MINUTE;
  // In a doubled hour the first end may be behind us already: quiet goes on to the second.
  const ends = instantsAt(zone, end).find((candidate) => candidate > instant) ?? endOfGap(zone, end);
  return ends > instant ? new Date(ends).toISOString() : undefined;
}
