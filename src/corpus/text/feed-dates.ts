/** Dates as feeds and pages write them: the standards, and what comes instead. */
import type { Instant } from '../../model.ts';

/**
 * Reads a date of a feed or page: RFC 822 and 3339 with their usual damage, W3C date-times, epoch seconds, dates with
 * month names in the larger European languages, Korean dates. A time without a zone is UTC; a day without a time is
 * midnight UTC. Undefined when it cannot be a date (hour 25, no year).
 */
export function feedDate(value: string): Instant | undefined {
  const text = value
    .normalize('NFKC')
    .replace(/\\n|\s+/g, ' ')
    .trim();
  if (text.length < 4 || text.length > 100) return undefined;
  return epoch(text) ?? iso(text) ?? korean(text) ?? written(text);
}

function epoch(text: string): Instant | undefined {
  if (!/^\d{9,10}(?:\d{3})?$/.test(text)) return undefined;
  return instant(text.length > 10 ? Number(text) : Number(text) * 1000);
}

const isoShape =
  /^(\d{4}|\d{2})(?:-?(\d{2})(?:-?(\d{2}))?|-?(\d{3}))?(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{0,2})?Z?$/i;

function iso(text: string): Instant | undefined {
  const short = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (short) return assemble(fullYear(short[1] ?? ''), Number(short[2]), Number(short[3]), [], undefined);
  const match = isoShape.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, ordinal, hour, minute, second, zone] = match;
  if (year.length === 2 && month === undefined && ordinal === undefined) return undefined;
  if (ordinal !== undefined) return assemble(fullYear(year), 1, Number(ordinal), [hour, minute, second], zone, 366);
  return assemble(fullYear(year), Number(month ?? 1), Number(day ?? 1), [hour, minute, second], zone);
}

/** 2004년 05월 28일 01:31:15, with 오전 (a.m.) or 오후 (p.m.); Korean time. */
function korean(text: string): Instant | undefined {
  const match = /^(\d{4})[년-]\s*(\d{1,2})[월-]\s*(\d{1,2})일?\s*(오전|오후)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(
    text,
  );
  if (!match || !/[년오]/.test(text.normalize('NFC'))) return undefined;
  const [, year = '', month, day, half, hour, minute, second] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.normalize('NFC') === '오후' ? 12 : 0);
  return assemble(Number(year), Number(month), Number(day), [String(hours), minute, second], '+09:00');
}

const clockShape = /(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?\s?m\b\.?)?/i;

/** Words and numbers in any order: a month by name, a day, a year, a clock, a zone; or 10/30/23 and 30.10.2023. */
function written(text: string): Instant | undefined {
  const clock = clockShape.exec(text);
  const rest = clock ? `${text.slice(0, clock.index)} ${text.slice(clock.index + clock[0].length)}` : text;
  const after = clock ? text.slice(clock.index + clock[0].length) : '';
  const zone = /(?:^|\s|GMT|UTC)([+-]\d{1,2}:?\d{2}|[+-]\d{1,2})(?!\d|-)/.exec(after)?.[1] ?? namedZone(after);
  if (/^\s*(?:GMT|UTC)?[+-]\p{L}/u.test(after)) return undefined;
  const dateWords = zone && /^[+-]/.test(zone) ? rest.replace(zone, ' ') : rest;
  const date = numericDate(dateWords) ?? namedDate(dateWords);
  if (!date) return undefined;
  const time = clock ? [twentyFour(clock[1] ?? '', clock[4]), clock[2], clock[3]] : [];
  return assemble(date.year, date.month, date.day, time, zone);
}

function namedDate(text: string): { year: number; month: number; day: number } | undefined {
  const words = text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  // "mar., 03 nov.": a weekday may look like a month; the month is the later word.
  const month = words.map(monthNumber).findLast((number) => number !== undefined);
  if (month === undefined) return undefined;
  const numbers = text.match(/\d+/g) ?? [];
  const yearAt = numbers.findIndex((number) => number.length === 4);
  if (yearAt >= 0) {
    const day = numbers.find((number, i) => i !== yearAt && number.length <= 2);
    return day === undefined ? undefined : { year: Number(numbers[yearAt]), month, day: Number(day) };
  }
  const [day, year] = numbers.filter((number) => number.length <= 2);
  return day === undefined || year === undefined ? undefined : { year: fullYear(year), month, day: Number(day) };
}

function numericDate(text: string): { year: number; month: number; day: number } | undefined {
  const match = /(?:^|[^\d])(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})(?!\d)/.exec(text);
  if (!match) return undefined;
  const [, first = '', sign, second = '', third = ''] = match;
  if (first.length === 4) return { year: Number(first), month: Number(second), day: Number(third) };
  // With slashes the month comes first unless it cannot; with points the day does.
  const dayFirst = sign === '.' || Number(first) > 12;
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return { year: fullYear(third), month: Number(month), day: Number(day) };
}

const twentyFour = (hour: string, half: string | undefined): string =>
  half === undefined ? hour : String((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0));

const fullYear = (digits: string): number =>
  digits.length === 2 ? Number(digits) + (Number(digits) < 70 ? 2000 : 1900) : Number(digits);

/** Names of zones in mail headers and on American pages, minutes east of Greenwich. RFC 822 section 5 and what came after. */
const zones: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 60,
  WEST: 60,
  CET: 60,
  MET: 60,
  CEST: 120,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  HST: -600,
  AKST: -540,
  AKDT: -480,
  AT: -240,
  AST: -240,
  ADT: -180,
  ET: -300,
  EST: -300,
  EDT: -240,
  CT: -360,
  CST: -360,
  CDT: -300,
  MT: -420,
  MST: -420,
  MDT: -360,
  PT: -480,
  PST: -480,
  PDT: -420,
};

function namedZone(text: string): string | undefined {
  const name = /^[\s(,]*([A-Za-z]{1,5})\b(?!\/)/.exec(text)?.[1]?.toUpperCase();
  return name !== undefined && zones[name] !== undefined ? name : undefined;
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === '') return 0;
  const named = zones[zone.toUpperCase()];
  if (named !== undefined) return named;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

function assemble(
  year: number,
  month: number,
  day: number,
  [hour = '0', minute = '0', second = '0']: readonly (string | undefined)[],
  zone: string | undefined,
  longest = 31,
): Instant | undefined {
  const offset = zoneMinutes(zone);
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (offset === undefined || month < 1 || month > 12 || day < 1 || day > longest || h > 24 || m > 59 || s > 60)
    return undefined;
  if (longest === 31 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  if (h === 24 && (m > 0 || s > 0)) return undefined;
  return instant(Date.UTC(year, month - 1, day, h, m, Math.min(s, 59)) - offset * 60_000);
}

function instant(time: number): Instant | undefined {
  if (Number.isNaN(time) || time < Date.UTC(1600, 0) || time >= Date.UTC(2200, 0)) return undefined;
  return new Date(time).toISOString();
}

let monthWords: Map<string, number> | undefined;

/** January is 1. Names, full and short, in the languages below, as Unicode CLDR has them; English by its first three letters. */
function monthNumber(word: string): number | undefined {
  monthWords ??= monthTable();
  const folded = foldWord(word);
  const english = word.length >= 3 ? monthWords.get(folded.slice(0, 3)) : undefined;
  return (
    monthWords.get(folded) ??
    (/^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(folded) ? english : undefined)
  );
}

const foldWord = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '');

function monthTable(): Map<string, number> {
  const table = new Map<string, number>();
  for (const locale of [
    'en',
    'fr',
    'de',
    'es',
    'it',
    'pt',
    'nl',
    'sv',
    'da',
    'nb',
    'fi',
    'pl',
    'cs',
    'hu',
    'ro',
    'ru',
    'uk',
    'el',
    'tr',
  ]) {
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { month: style, day: 'numeric', timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const name =
          format.formatToParts(Date.UTC(2001, month - 1, 15)).find(({ type }) => type === 'month')?.value ?? '';
        const word = foldWord(name);
        if (/^\p{L}{3,}$/u.test(word) && !table.has(word)) table.set(word, month);
      }
    }
  }
  return table;
}
