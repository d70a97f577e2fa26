/** Schedules as people say them. Pure. Words come in any order: `18:00 mon,thu` is `mon,thu 18:00`. */
import type { Words } from '../language/language.ts';
import { unaccented } from '../language/typed.ts';
import type { Days, Schedule } from '../schedule.ts';

/** A schedule, or what is wrong with the words and, where there is a better one than the usual, a hint. */
export type Reading =
  | { readonly schedule: Schedule }
  | { readonly problem: string; readonly hint?: string | undefined };

const DAY_MINUTES = 1440;
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const GROUPS: Readonly<Record<string, readonly number[] | undefined>> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  day: [0, 1, 2, 3, 4, 5, 6],
  days: [0, 1, 2, 3, 4, 5, 6],
  everyday: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [1, 2, 3, 4, 5],
  weekday: [1, 2, 3, 4, 5],
  workdays: [1, 2, 3, 4, 5],
  weekends: [0, 6],
  weekend: [0, 6],
};
const KNOWN = [...Object.keys(GROUPS), ...DAY_NAMES, 'hourly', 'every', 'monthly', 'weekly', 'noon', 'midnight'];
/** More times in one schedule than anyone types. */
const MOST_TIMES = 48;

type Told = Words['times'];

/** What the words said so far. */
interface Said {
  weekdays?: readonly number[];
  monthDays?: readonly number[];
  times: number[];
  everyMinutes?: number;
  /** First and last minute of the day for a paced schedule. */
  range?: readonly [number, number];
}

/**
 * Reads a schedule from lower-case English words.
 * @param typed What the person typed, in whatever language: what is wrong is told about that.
 */
export function readWords(said: string, typed: string, { times: told, typed: { known } }: Words): Reading {
  const words = wordsOf(said);
  const heard: Said = { times: [] };
  while (words.length > 0) {
    const problem = readNext(words, heard, told, known);
    if (problem) return problem;
  }
  return scheduleOf(heard, typed, told);
}

/** One word for each idea: `9 to 17` becomes `9-17`, `8 am` becomes `8am`, `mon and thu` becomes `mon,thu`. */
function wordsOf(said: string): string[] {
  return said
    .replace(/[‐-―−]/g, '-')
    .replace(/o['’]clock/g, ' ')
    .replace(/([ap])\.\s?m\b\.?/g, '$1m')
    .replace(/(\d)\s+([ap]m)\b/g, '$1$2')
    .replace(/\b(?:at|on|the|of|from|between|each month)\b|[;&+]/g, (word) => (/\w/.test(word) ? ' ' : ','))
    .replace(/\band\b/g, ',')
    .replace(/\s*\b(?:to|until|till|through)\b\s*/g, '-')
    .replace(/\s*([,-])[\s,]*/g, '$1')
    .split(/\s+/)
    .map((word) => word.replace(/^,+|,+$/g, ''))
    .filter((word) => word !== '');
}

/** Takes one idea from the front of `words`. */
function readNext(
  words: string[],
  heard: Said,
  told: Told,
  known: readonly string[],
): Exclude<Reading, { schedule: Schedule }> | undefined {
  const word = words.shift() ?? '';
  if (word === 'every' || word === 'each') return readEvery(words, heard, told);
  if (word === 'hourly') return readPace(60, words, heard, told);
  if (word === 'monthly' || word === 'month') return readMonthDays(words, heard, told);
  if (word === 'weekly' || word === 'week') return undefined;
  const days = readDays(word);
  if (days) {
    heard.weekdays = [...new Set([...(heard.weekdays ?? []), ...days])].sort((a, b) => a - b);
    return undefined;
  }
  const times = word.split(',').map(readTime);
  if (times.every((time) => time !== undefined)) {
    heard.times.push(...times);
    return undefined;
  }
  const range = readRange(word);
  if (range === undefined) return unknown(word, told, known);
  heard.range = range;
  return undefined;
}

function unknown(word: string, told: Told, known: readonly string[]): { problem: string; hint?: string } {
  const near = nearest(word, known);
  const got = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  return {
    problem: told.unknown(got),
    ...(near !== undefined && { hint: told.didYouMean(near) }),
  };
}

/** After `every`: `2h`, `30 minutes`, `hour`, `day`, `monday`. */
function readEvery(words: string[], heard: Said, told: Told): ReturnType<typeof readNext> {
  const word = words[0] ?? '';
  const match = /^(\d{1,4}|half|an?|one|two|other)?(hours?|hrs?|h|minutes?|mins?|m)?$/.exec(word);
  if (match === null || word === '') return undefined;
  words.shift();
  const count = match[1];
  let unit: string | undefined = match[2];
  if (unit === undefined) {
    const next = /^(?:an?)?(hours?|hrs?|h|minutes?|mins?|m)$/.exec(words[0] ?? '');
    unit = next?.[1];
    if (next === null || unit === undefined) {
      const got = `every ${word}${words[0] ? ` ${words[0]}` : ''}`;
      return { problem: told.everyWhat(got), hint: told.tryEvery };
    }
    words.shift();
  }
  const number = { half: 0.5, two: 2, other: 2 }[count ?? ''] ?? (/^\d/.test(count ?? '') ? Number(count) : 1);
  return readPace(number * (unit.startsWith('h') ? 60 : 1), words, heard, told);
}

function readPace(everyMinutes: number, words: string[], heard: Said, told: Told): ReturnType<typeof readNext> {
  if (everyMinutes < 1 || DAY_MINUTES % everyMinutes !== 0)
    return { problem: told.pace(everyMinutes), hint: told.tryPaces };
  heard.everyMinutes = everyMinutes;
  const range = readRange(words[0] ?? '');
  if (range) {
    heard.range = range;
    words.shift();
  }
  return undefined;
}

function readRange(word: string): readonly [number, number] | undefined {
  const [first = '', last = '', ...more] = word.split('-');
  const from = readTime(first);
  const to = readTime(last);
  return from === undefined || to === undefined || more.length > 0 ? undefined : [from, to];
}

/** After `monthly`: `1`, `1,15`, `15th`, `last`. */
function readMonthDays(words: string[], heard: Said, told: Told): ReturnType<typeof readNext> {
  const word = words.shift() ?? '';
  if (word === 'last' && words[0] === 'day') words.shift();
  const days = word
    .split(',')
    .map((part) => (part === 'last' ? 31 : Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(part)?.[1])));
  if (days.some((day) => !(day >= 1 && day <= 31))) return { problem: told.monthDay(word), hint: told.tryMonthly };
  heard.monthDays = [...new Set(days)].sort((a, b) => a - b);
  return undefined;
}

/** `weekdays`, `mon,thu`, `mon-fri`, `sundays`; undefined when it is not about days. */
function readDays(word: string): readonly number[] | undefined {
  if (Object.hasOwn(GROUPS, word)) return GROUPS[word];
  const days: number[] = [];
  for (const part of word.split(',')) {
    const [first, last, ...more] = part.split('-').map(weekday);
    if (first === undefined || more.length > 0) return undefined;
    if (last === undefined && part.includes('-')) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === (last ?? first)) break;
    }
  }
  return days;
}

function weekday(word: string): number | undefined {
  const name = word.replace(/s$/, '');
  const index = DAY_NAMES.findIndex(
    (day) => day === name || (name.length >= 3 && name.length <= 5 && day.startsWith(name)),
  );
  return index >= 0 ? index : WEEK.includes(word) ? WEEK.indexOf(word) : undefined;
}

/** Minutes after midnight of `8`, `08:00`, `7.30`, `8am`, `7:30pm`, `18h30`, `0730`, `noon`; undefined when it is no time of day. */
function readTime(word: string): number | undefined {
  if (word === 'noon') return 720;
  if (word === 'midnight') return 0;
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?h?([ap]m)?$/.exec(word);
  if (match === null) return undefined;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (match[3] !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (match[3] === 'pm' ? 12 : 0);
  }
  return hour <= 23 && minute <= 59 ? hour * 60 + minute : undefined;
}

function scheduleOf(heard: Said, said: string, told: Told): Reading {
  const got = said.length > 40 ? `${said.slice(0, 40)}…` : said;
  const days: Days = {
    ...(heard.weekdays && heard.weekdays.length < 7 && { weekdays: heard.weekdays }),
    ...(heard.monthDays && { monthDays: heard.monthDays, orLastDay: true }),
  };
  if (heard.everyMinutes !== undefined) {
    if (heard.times.length > 0) return { problem: told.paceOrTimes(got), hint: told.tryPaceOrTimes };
    return { schedule: { minutes: pacedMinutes(heard.everyMinutes, heard.range), days, paced: true } };
  }
  if (heard.range !== undefined) return { problem: told.rangeOnly(got), hint: told.tryRange };
  if (heard.times.length === 0)
    return { problem: told.noTime(got), hint: told.tryTime(heard.weekdays || heard.monthDays ? got : undefined) };
  if (heard.times.length > MOST_TIMES) return { problem: told.tooMany(MOST_TIMES, heard.times.length) };
  return { schedule: { minutes: [...new Set(heard.times)].sort((a, b) => a - b), days, paced: false } };
}

/** The minutes of a day at a pace, counted from midnight or from the start of the range. A range may run over midnight. */
function pacedMinutes(every: number, [from, to]: readonly [number, number] = [0, DAY_MINUTES - 1]): readonly number[] {
  const length = to >= from ? to - from : to + DAY_MINUTES - from;
  const count = Math.floor(length / every) + 1;
  return Array.from({ length: count }, (_, i) => (from + i * every) % DAY_MINUTES).sort((a, b) => a - b);
}

/** The known word that is one or two slips away: `dialy` is `daily`. */
function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length < 4 || word.length > 12 || /\d/.test(word)) return undefined;
  const [best] = [...known, ...KNOWN]
    .map((one) => ({ one, slips: slipsBetween(word, unaccented(one)) }))
    .sort((a, b) => a.slips - b.slips);
  return best && best.slips <= 2 ? best.one : undefined;
}

/** Letters to add, drop, change or swap (Levenshtein with neighbours swapped). Both words are short. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (rows[i - 1]?.[j] ?? 0) + 1, (rows[i - 1]?.[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
