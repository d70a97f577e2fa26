/** Days and times as a language writes them. Formatters are kept: making one costs more than a whole digest. */
import type { Instant } from '../model.ts';
import { once } from './grammar.ts';

export interface Dates {
  /** `Jan 9, 2026` for a calendar day `2026-01-09`. */
  day(day: string): string;
  /** `Mon, 23 Nov 2026` in a zone. */
  localDay(at: Instant, zone: string): string;
  /** `08:00` in a zone. */
  localTime(at: Instant, zone: string): string;
  /** `Sat 21 Nov` for a calendar day. */
  shortDay(day: string): string;
  /** `23 Nov 2026, 07:30` in a zone, for a client that does not show times in its reader's own. */
  plain(at: Instant, style: 'date' | 'time' | 'datetime', zone: string): string;
  /** `CET`, as it is at that time. */
  zoneName(at: Instant, zone: string): string;
}

const AS_PLAIN = {
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  datetime: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * @param locale BCP 47, for everything with a time.
 * @param calendar For a day alone: English writes `Jan 9, 2026` there.
 */
export function datesIn(locale: string, calendar: string = locale): Dates {
  const days = once(() => new Intl.DateTimeFormat(calendar, { dateStyle: 'medium', timeZone: 'UTC' }));
  const short = once(
    () => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
  );
  const zoned = (options: Intl.DateTimeFormatOptions) =>
    byZone((timeZone) => new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone }));
  const localDays = zoned({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const localTimes = zoned({ hour: '2-digit', minute: '2-digit' });
  const zoneNames = zoned({ hour: '2-digit', timeZoneName: 'short' });
  const plain = { date: zoned(AS_PLAIN.date), time: zoned(AS_PLAIN.time), datetime: zoned(AS_PLAIN.datetime) };
  return {
    day(day) {
      const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
      return Number.isNaN(at.getTime()) ? day : days().format(at);
    },
    localDay: (at, zone) => localDays(zone).format(new Date(at)),
    localTime: (at, zone) => localTimes(zone).format(new Date(at)),
    shortDay: (day) =>
      short()
        .format(new Date(`${day}T00:00:00Z`))
        .replace(',', ''),
    zoneName: (at, zone) =>
      zoneNames(zone)
        .formatToParts(new Date(at))
        .find(({ type }) => type === 'timeZoneName')?.value ?? zone,
    plain: (at, style, zone) => plain[style](zone).format(new Date(at)),
  };
}

/** By zone; there are some hundreds, and only real ones get here. */
function byZone(make: (zone: string) => Intl.DateTimeFormat): (zone: string) => Intl.DateTimeFormat {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const known = kept.get(zone) ?? make(zone);
    kept.set(zone, known);
    return known;
  };
}
