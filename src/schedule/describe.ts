/** A schedule in words, for lists and confirmations. Pure. */
import type { Days, Schedule } from '../schedule.ts';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `every day at 08:00 and 18:00`, `Monday to Friday at 07:30`, `every 2 hours`, `on the 1st of each month at 09:00`. */
export function describe({ minutes, days }: Schedule): string {
  const which = describeDays(days);
  const pace = paceOf(minutes);
  if (pace === undefined) return `${which} at ${joined(minutes.map(timeOf))}`;
  const every = pace.every % 60 === 0 ? plural(pace.every / 60, 'hour') : plural(pace.every, 'minute');
  const range = pace.wholeDay ? '' : ` from ${timeOf(pace.from)} to ${timeOf(pace.to)}`;
  return `every ${every}${range}${which === 'every day' ? '' : `, ${which}`}`;
}

const plural = (count: number, unit: string): string => (count === 1 ? unit : `${count} ${unit}s`);

interface Pace {
  readonly every: number;
  readonly from: number;
  readonly to: number;
  readonly wholeDay: boolean;
}

/** Four or more times that keep one pace (around midnight too) read better as a pace than as a list. */
function paceOf(minutes: readonly number[]): Pace | undefined {
  if (minutes.length < 4) return undefined;
  const pauses = minutes.map((minute, i) => (minutes[i + 1] ?? (minutes[0] ?? 0) + 1440) - minute);
  const every = Math.min(...pauses);
  const breaks = pauses.flatMap((pause, i) => (pause === every ? [] : [i]));
  if (breaks.length > 1) return undefined;
  const last = breaks[0] ?? minutes.length - 1;
  const from = minutes[(last + 1) % minutes.length] ?? 0;
  const wholeDay = breaks.length === 0 && from === 0;
  return { every, from, to: minutes[last] ?? 0, wholeDay };
}

function describeDays(days: Days): string {
  const months = days.months ? ` in ${joined(days.months.map((month) => MONTH_NAMES[month - 1] ?? ''))}` : '';
  const week = days.weekdays && describeWeek(days.weekdays);
  const month = days.monthDays && `on the ${joined(ordinals(days))} of ${months ? 'the month' : 'each month'}`;
  if (week && month) return `${week} ${days.either ? 'and' : 'if'} ${month}${months}`;
  return (week ?? month ?? 'every day') + months;
}

function describeWeek(weekdays: readonly number[]): string {
  const key = weekdays.join('');
  if (key === '12345') return 'Monday to Friday';
  if (key === '06') return 'Saturday and Sunday';
  // People begin the week on Monday when they list days.
  return joined(weekdays.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => DAY_NAMES[day] ?? ''));
}

const ordinals = ({ monthDays = [], orLastDay }: Days): readonly string[] =>
  monthDays.map((day) =>
    orLastDay && day === 31 ? 'last day' : ordinal(day) + (orLastDay && day > 28 ? ' (or last day)' : ''),
  );

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `08:00` for 480 minutes after midnight. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
