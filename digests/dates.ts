/** Days and times as digests write them. Formatters are kept: making one costs more than a whole digest. */
import type { Instant } from '../src/model.ts';

const calendar = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** `Jan 9, 2026` for a calendar day `2026-01-09`. */
export function dayName(day: string): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : calendar.format(at);
}

/** `Mon, 23 Nov 2026` in a zone. */
export const localDay = (at: Instant, zone: string): string => clocks(zone).day.format(new Date(at));

/** `08:00` in a zone. */
export const localTime = (at: Instant, zone: string): string => clocks(zone).time.format(new Date(at));

/** By zone; there are some hundreds, and only real ones get here. */
const kept = new Map<string, { readonly day: Intl.DateTimeFormat; readonly time: Intl.DateTimeFormat }>();

function clocks(zone: string) {
  let known = kept.get(zone);
  if (!known) {
    known = {
      day: new Intl.DateTimeFormat('en-GB', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: zone,
      }),
      time: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }),
    };
    kept.set(zone, known);
  }
  return known;
}
