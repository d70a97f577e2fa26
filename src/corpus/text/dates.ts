/** Dates as articles write them. Only full dates count: a day, a month and a year. */
import type { ArticleDate, Span } from '../../model.ts';
import { feedDate } from './feed-dates.ts';

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
 * Reads a date as metadata gives it, in any way that `feedDate` knows, or as a number of seconds or milliseconds. A time
 * without zone is taken as UTC. Undefined when it is no date, or says less than a day ("2026", "2026-11").
 */
export function statedDate(value: unknown): Extract<ArticleDate, { state: 'stated' }> | undefined {
  const text = value instanceof Date ? value.toISOString() : String(value ?? '').trim();
  if (/^\d{4}(?:-\d{2})?$/.test(text)) return undefined;
  const at = feedDate(text);
  if (!at) return undefined;
  const hasTime = /\d:\d\d|^\d{9,13}$|T\d{4}/.test(text);
  return hasTime
    ? { state: 'stated', at, precision: 'minute' }
    : { state: 'stated', at: `${at.slice(0, 10)}T00:00:00.000Z`, precision: 'day' };
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
