/** Dates as articles write them. Only full dates count: a day, a month and a year. */
import type { ArticleDate, Span } from '../model.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName =
  '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
const dayNumber = '([0-3]?\\d)(?:st|nd|rd|th)?';
const shapes = [
  // January 9, 2026 · Jan. 9th 2026
  { pattern: `\\b(${monthName})\\s{1,4}${dayNumber},?\\s{1,4}(\\d{4})\\b`, order: ['month', 'day', 'year'] },
  // 9 January 2026 · 9th of January, 2026
  {
    pattern: `\\b${dayNumber}\\s{1,4}(?:of\\s{1,4})?(${monthName}),?\\s{1,4}(\\d{4})\\b`,
    order: ['day', 'month', 'year'],
  },
  // 2026-01-09
  { pattern: '(?<![\\d/-])(\\d{4})-(\\d{2})-(\\d{2})(?![\\d-])', order: ['year', 'month', 'day'] },
].map(({ pattern, order }) => ({ pattern: new RegExp(pattern, 'gi'), order }));

export interface FoundDate {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly span: Span;
}

/** Every full date that stands in a text, in reading order. `03/04/2026` is left alone: nobody knows which is the month. */
export function findDates(text: string): readonly FoundDate[] {
  const found: FoundDate[] = [];
  for (const { pattern, order } of shapes) {
    for (const match of text.matchAll(pattern)) {
      const part = (name: string) => match[order.indexOf(name) + 1] ?? '';
      const day = isoDay(Number(part('year')), monthNumber(part('month')), Number(part('day')));
      if (day) found.push({ day, span: { start: match.index, end: match.index + match[0].length } });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/**
 * The latest full date in a text. A day after `now` is taken only when there is no other: "by December 31, 2040" says
 * little about when an article was written.
 */
export function latestDate(text: string, now: Date): FoundDate | undefined {
  const found = findDates(text);
  const limit = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  const past = found.filter(({ day }) => day <= limit);
  let latest: FoundDate | undefined;
  for (const date of past.length > 0 ? past : found) if (!latest || date.day > latest.day) latest = date;
  return latest;
}

/**
 * Reads a date as metadata gives it: ISO 8601 with or without time and zone, the dates of mail and feeds, written-out
 * dates, epoch seconds or milliseconds. A time without zone is taken as UTC. Undefined when it is not a date.
 */
export function statedDate(value: unknown): Extract<ArticleDate, { state: 'stated' }> | undefined {
  if (value instanceof Date) return stated(value, 'minute');
  if (typeof value === 'number') return stated(new Date(value < 1e11 ? value * 1000 : value), 'minute');
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text.length === 0 || text.length > 100) return undefined;
  const iso =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text,
    );
  if (iso) return fromIso(iso);
  const written = findDates(text)[0];
  if (!written) return undefined;
  const hasTime = /\d{1,2}:\d{2}/.test(text);
  const parsed = hasTime ? Date.parse(zoned(text)) : Number.NaN;
  if (!Number.isNaN(parsed)) return stated(new Date(parsed), 'minute');
  return stated(new Date(`${written.day}T00:00:00Z`), 'day');
}

function fromIso(match: RegExpExecArray) {
  const [, year, month, day, hour, minute, second, zone] = match;
  const date = isoDay(Number(year), Number(month), Number(day));
  if (!date) return undefined;
  if (hour === undefined) return stated(new Date(`${date}T00:00:00Z`), 'day');
  const offset = !zone || /^(Z|UTC|GMT)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  return stated(new Date(`${date}T${hour}:${minute}:${second ?? '00'}${offset}`), 'minute');
}

/** `Date.parse` reads a time without zone in the machine's own; ours is UTC everywhere. */
const zoned = (text: string): string =>
  /(Z|UTC|GMT|[A-Z]{2,4}T|[+-]\d{2}:?\d{2})\s*\)?$/i.test(text) ? text : `${text} UTC`;

function stated(date: Date, precision: 'day' | 'minute') {
  const time = date.getTime();
  // Before the first newspaper or beyond four digits: a wrong number, not a date.
  if (Number.isNaN(time) || time < Date.UTC(1600, 0) || time >= Date.UTC(2200, 0)) return undefined;
  return { state: 'stated', at: date.toISOString(), precision } as const;
}

function monthNumber(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** `YYYY-MM-DD`, or undefined when there is no such day. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  if (year < 1600 || year >= 2200 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}
