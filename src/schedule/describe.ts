/** A schedule in words, for lists and confirmations. Pure. */
import { type Words, wordsIn } from '../language/language.ts';
import type { Days, Schedule } from '../schedule.ts';

/** `every day at 08:00 and 18:00`, `Monday to Friday at 07:30`, `every 2 hours`, `on the 1st of each month at 09:00`. */
export function describe({ minutes, days }: Schedule, { times }: Words = wordsIn('en')): string {
  const which = describeDays(days, times);
  const pace = paceOf(minutes);
  if (pace === undefined) return times.at(which, minutes.map(timeOf));
  const every = pace.every % 60 === 0 ? times.hours(pace.every / 60) : times.minutes(pace.every);
  const range = pace.wholeDay ? '' : times.range(timeOf(pace.from), timeOf(pace.to));
  return `${times.every(every)}${range}${which === times.everyDay ? '' : `, ${which}`}`;
}

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

function describeDays(days: Days, times: Words['times']): string {
  const months = days.months ? times.inMonths(days.months) : '';
  const week = days.weekdays && describeWeek(days.weekdays, times);
  const month = days.monthDays && times.monthDays(monthDays(days), months !== '');
  if (week && month) return `${days.either ? times.either(week, month) : times.both(week, month)}${months}`;
  return (week ?? month ?? times.everyDay) + months;
}

function describeWeek(weekdays: readonly number[], times: Words['times']): string {
  const key = weekdays.join('');
  if (key === '12345') return times.weekdays;
  if (key === '06') return times.weekend;
  // People begin the week on Monday when they list days.
  return times.days(weekdays.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7)));
}

const monthDays = ({ monthDays = [], orLastDay }: Days) =>
  monthDays.map((day) => ({
    day,
    last: orLastDay === true && day === 31,
    orLast: orLastDay === true && day > 28 && day !== 31,
  }));

/** `08:00` for 480 minutes after midnight. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
