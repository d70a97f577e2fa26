/** Five-field cron, for those who want it: `0 8 * * 1-5`. Pure. */
import type { Words } from '../language/language.ts';
import type { Days, Schedule } from '../schedule.ts';
import type { Reading } from './words.ts';

interface Field {
  readonly name: Parameters<Words['times']['cron']>[0];
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'monthDay', from: 1, to: 31 },
  {
    name: 'month',
    from: 1,
    to: 12,
    names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'weekday', from: 0, to: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/**
 * Reads a cron line; undefined when the text is not meant as one. As in classic cron, a day of the month and a weekday
 * that are both given mean either. An hour that begins with `*` makes the schedule paced.
 */
export function readCron(said: string, told: Words['times']): Reading | undefined {
  const words = said.split(/\s+/);
  if (words.length !== 5 || !words.slice(0, 2).every((word) => /^[\d*][\d*,/-]*$/.test(word))) return undefined;
  const sets: (readonly number[])[] = [];
  for (const [i, field] of FIELDS.entries()) {
    const values = readField(words[i] ?? '', field);
    if (values === undefined)
      return {
        problem: told.cron(field.name, field.from, field.to, words[i] ?? ''),
        hint: told.tryCron,
      };
    sets.push(values);
  }
  const [minutes = [], hours = [], monthDays = [], months = [], weekdays = []] = sets;
  const given = (i: number) => !words[i]?.startsWith('*');
  const days: Days = {
    ...(words[3] !== '*' && { months }),
    ...(words[2] !== '*' && { monthDays }),
    ...(words[4] !== '*' && { weekdays: [...new Set(weekdays.map((day) => day % 7))].sort((a, b) => a - b) }),
    ...(given(2) && given(4) && { either: true }),
  };
  const schedule: Schedule = {
    minutes: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
    days,
    paced: !given(1),
  };
  return { schedule };
}

/** `*`, `5`, `1-5`, `0-59/15`, `8-18/2` and lists of these; undefined when it is none. Ascending, at least one value. */
function readField(word: string, field: Field): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of word.split(',')) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [, star, first, second, every] = match;
    const from = star ? field.from : valueIn(first ?? '', field);
    // `5/15` counts on from 5, as most crons read it.
    const to = star || (every && !second) ? field.to : second ? valueIn(second, field) : from;
    const step = every === undefined ? 1 : Number(every);
    if (from === undefined || to === undefined || from > to || step < 1) return undefined;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function valueIn(word: string, field: Field): number | undefined {
  const named = field.names?.indexOf(word) ?? -1;
  if (named >= 0 && word !== '') return named;
  const value = /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  return value >= field.from && value <= field.to ? value : undefined;
}
