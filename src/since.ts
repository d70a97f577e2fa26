/** `since` as people say it: `yesterday`, `3d`, `last week`, `monday`, `2026-01-01`, in any language of the bot's. Pure. */
import { readings } from './language/typed.ts';
import type { Instant } from './model.ts';
import { endOfGap, instantsAt, wallAt } from './zones.ts';

const UNIT_HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168, m: 720, y: 8760 };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * The instant a `since` means, or undefined when it cannot be read. Days begin at midnight of `zone`.
 * @param zone IANA.
 */
export function readSince(words: string, now: Date, zone: string): Instant | undefined {
  for (const english of readings(words.trim().toLowerCase().slice(0, 40), 'since')) {
    const at = readEnglish(english, now, zone);
    if (at) return at;
  }
  return undefined;
}

function readEnglish(asked: string, now: Date, zone: string): Instant | undefined {
  const ago = /^(\d{1,4})\s*(h|d|w|m|y)(?:ours?|ays?|eeks?|onths?|ears?)?(?:\s+ago)?$/.exec(asked);
  if (ago)
    return new Date(now.getTime() - Number(ago[1]) * (UNIT_HOURS[ago[2] ?? 'd'] ?? 24) * 3_600_000).toISOString();
  const today = localDay(now, zone);
  const back = (days: number) => midnight(shift(today, -days), zone);
  if (asked === 'today') return back(0);
  if (asked === 'yesterday') return back(1);
  if (/^(the )?(last|past) week$/.test(asked)) return back(7);
  if (/^(the )?(last|past) month$/.test(asked)) return back(30);
  if (/^(the )?(last|past) year$/.test(asked)) return back(365);
  const weekday = WEEKDAYS.findIndex(
    (name) => name === asked.replace(/^(last|since) /, '') || name.slice(0, 3) === asked,
  );
  if (weekday >= 0) {
    const current = new Date(`${today}T00:00:00Z`).getUTCDay();
    return back((current - weekday + 7) % 7 || 7);
  }
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(asked);
  if (iso) {
    const day = `${iso[1]}-${iso[2]}-${iso[3] ?? '01'}`;
    return validDay(day) ? midnight(day, zone) : undefined;
  }
  if (/^\d{4}$/.test(asked)) return midnight(`${asked}-01-01`, zone);
  return undefined;
}

const localDay = (at: Date, zone: string): string => new Date(wallAt(zone, at.getTime())).toISOString().slice(0, 10);

const shift = (day: string, days: number): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

const validDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
};

/** The first instant of a calendar day in a zone; where clocks skip midnight, the first one after the gap. */
function midnight(day: string, zone: string): Instant {
  const wall = Date.parse(`${day}T00:00:00Z`);
  return new Date(instantsAt(zone, wall)[0] ?? endOfGap(zone, wall)).toISOString();
}
