import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  describe as inWords,
  lastSlots,
  nextSlots,
  parseSchedule,
  type Schedule,
  slotKey,
  slotsBetween,
} from '../src/schedule.ts';
import { isZone } from '../src/zones.ts';

function schedule(text: string): Schedule {
  const parsed = parseSchedule(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.schedule;
}
const problem = (text: string) => {
  const parsed = parseSchedule(text);
  return 'problem' in parsed ? parsed.problem : undefined;
};
const names = (text: string, zone: string, after: string, n = 3) =>
  nextSlots(schedule(text), zone, after, n).map((slot) => slot.name);

describe('what people say', () => {
  it.each([
    ['daily 08:00', 'every day at 08:00', '2026-11-23T08:00'],
    ['8am', 'every day at 08:00', '2026-11-23T08:00'],
    ['at 8:30 p.m.', 'every day at 20:30', '2026-11-22T20:30'],
    ['noon', 'every day at 12:00', '2026-11-23T12:00'],
    ['12am', 'every day at 00:00', '2026-11-23T00:00'],
    ['every day at 8 am and 6 pm', 'every day at 08:00 and 18:00', '2026-11-22T18:00'],
    ['Weekdays 7:30', 'Monday to Friday at 07:30', '2026-11-23T07:30'],
    ['weekends 9:00', 'Saturday and Sunday at 09:00', '2026-11-28T09:00'],
    ['mon,thu 18:00', 'Monday and Thursday at 18:00', '2026-11-23T18:00'],
    ['18:00 mon, thu', 'Monday and Thursday at 18:00', '2026-11-23T18:00'],
    ['Mondays and Fridays at 9', 'Monday and Friday at 09:00', '2026-11-23T09:00'],
    ['sat-mon 9', 'Monday, Saturday and Sunday at 09:00', '2026-11-23T09:00'],
    ['tues 0730', 'Tuesday at 07:30', '2026-11-24T07:30'],
    ['hourly', 'every hour', '2026-11-22T18:00'],
    ['hourly 9-17', 'every hour from 09:00 to 17:00', '2026-11-23T09:00'],
    ['hourly 9–17 weekdays', 'every hour from 09:00 to 17:00, Monday to Friday', '2026-11-23T09:00'],
    ['hourly 22-6', 'every hour from 22:00 to 06:00', '2026-11-22T22:00'],
    ['every 2h', 'every 2 hours', '2026-11-22T18:00'],
    ['every 2 hours from 9 to 17', 'every 2 hours from 09:00 to 17:00', '2026-11-23T09:00'],
    ['every half hour', 'every 30 minutes', '2026-11-22T17:30'],
    ['every 90m', 'every 90 minutes', '2026-11-22T18:00'],
    ['every 12h', 'every day at 00:00 and 12:00', '2026-11-23T00:00'],
    ['monthly 1 09:00', 'on the 1st of each month at 09:00', '2026-12-01T09:00'],
    ['monthly 1,15 9am', 'on the 1st and 15th of each month at 09:00', '2026-12-01T09:00'],
    ['monthly last 09:00', 'on the last day of each month at 09:00', '2026-11-30T09:00'],
    ['monthly 31 09:00', 'on the last day of each month at 09:00', '2026-11-30T09:00'],
    ['0 8 * * 1-5', 'Monday to Friday at 08:00', '2026-11-23T08:00'],
    ['*/15 9-17 * * *', 'every 15 minutes from 09:00 to 17:45', '2026-11-22T17:15'],
    ['0 0 13 * 5', 'Friday and on the 13th of each month at 00:00', '2026-11-27T00:00'],
    ['0 9 29 feb *', 'on the 29th of the month in February at 09:00', '2028-02-29T09:00'],
    ['0 8 * * 7', 'Sunday at 08:00', '2026-11-29T08:00'],
  ])('%s is %s', (said, words, next) => {
    expect(inWords(schedule(said))).toBe(words);
    expect(names(said, 'Europe/Prague', '2026-11-22T16:05:00.000Z', 1)).toEqual([next]);
  });

  it.each([
    ['', 'expected times such as "daily 08:00", got nothing.'],
    ['dialy 8', 'got "dialy". Did you mean "daily"?'],
    ['weekdasy 8', 'Did you mean "weekdays"?'],
    ['daily', 'expected a time of day, got only "daily". Try: daily 08:00'],
    ['daily 25:00', 'got "25:00". Try: daily 08:00'],
    ['13pm', 'got "13pm"'],
    ['tomorrow', 'expected days and times such as "weekdays 07:30", got "tomorrow"'],
    ['every 7h', 'expected a pace that divides the day, got every 420 minutes'],
    ['every 3 days', 'expected "every" with hours or minutes, got "every 3 days"'],
    ['every 0m', 'expected a pace that divides the day, got every 0 minutes'],
    ['every', 'Try: daily 08:00'],
    ['daily 9-17', 'expected a pace for that range, got only "daily 9-17". Try: hourly 9-17'],
    ['hourly 8:00', 'expected a pace or times of day, got both'],
    ['monthly 32 8:00', 'expected a day of the month from 1 to 31 or "last", got "32"'],
    ['* * * * *', 'expected at least 5 minutes between two posts'],
    ['8:00,8:01', 'expected at least 5 minutes between two posts'],
    ['23:58,00:01', 'expected at least 5 minutes between two posts'],
    ['0 0 30 2 *', 'which never does'],
    ['60 8 * * *', 'minute: expected 0 to 59, *, a list, a range or */n, got "60"'],
    ['0 8 * * 9', 'weekday: expected 0 to 7'],
    ['0 8 5-1 * *', 'day of the month: expected 1 to 31'],
    ['@everyone', 'got "@everyone"'],
    ['constructor 8:00', 'got "constructor"'],
    ['8,'.repeat(500), 'expected at most 200 characters, got 1000'],
  ])('explains %j', (said, words) => {
    expect(problem(said)).toContain(words);
  });

  it('answers any text with a schedule that comes, or a problem, in linear time', () => {
    const piece = fc.constantFrom(
      'daily',
      'mon',
      'every',
      '2h',
      '8:00',
      ',',
      '-',
      '*',
      '*/5',
      '0',
      'monthly',
      'last',
      '1st',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join(' ')),
        ),
        (text) => {
          const parsed = parseSchedule(text);
          if ('problem' in parsed) expect(parsed.problem).toMatch(/expected/);
          else expect(nextSlots(parsed.schedule, 'Europe/Paris', '2026-01-01T00:00:00.000Z', 1)).toHaveLength(1);
        },
      ),
      { numRuns: 500 },
    );
    expect(problem(`every ${'m'.repeat(10_000)}`)).toContain('200 characters');
  });
});

describe('the two days a year when clocks change', () => {
  it('posts a skipped time at the first minute after the gap, once', () => {
    const [slot] = nextSlots(schedule('daily 02:30'), 'America/New_York', '2026-03-08T05:00:00.000Z', 1);
    expect(slot).toEqual({ name: '2026-03-08T02:30', at: '2026-03-08T07:00:00.000Z' });
    expect(names('daily 02:00,02:15,02:45', 'America/New_York', '2026-03-08T05:00:00.000Z', 2)).toEqual([
      '2026-03-08T02:45',
      '2026-03-09T02:00',
    ]);
  });

  it('posts a doubled time once, at its first occurrence', () => {
    const slots = nextSlots(schedule('daily 01:30'), 'America/New_York', '2026-11-01T00:00:00.000Z', 2);
    expect(slots).toEqual([
      { name: '2026-11-01T01:30', at: '2026-11-01T05:30:00.000Z' },
      { name: '2026-11-02T01:30', at: '2026-11-02T06:30:00.000Z' },
    ]);
  });

  it('keeps an hourly pace through both, under names that are unique', () => {
    expect(names('hourly', 'Europe/Berlin', '2026-10-24T23:00:00.000Z', 4)).toEqual([
      '2026-10-25T02:00',
      '2026-10-25T02:00~2',
      '2026-10-25T03:00',
      '2026-10-25T04:00',
    ]);
    expect(names('hourly', 'Europe/Berlin', '2026-03-28T23:30:00.000Z', 3)).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T03:00',
      '2026-03-29T04:00',
    ]);
  });

  it('knows a doubled hour that reaches back over midnight', () => {
    // Newfoundland changed its clocks at 00:01 until 2011: 00:01 became 23:01 of the day before.
    expect(names('every 30m', 'America/St_Johns', '2010-11-07T01:50:00.000Z', 5)).toEqual([
      '2010-11-06T23:30',
      '2010-11-07T00:00',
      '2010-11-06T23:30~2',
      '2010-11-07T00:00~2',
      '2010-11-07T00:30',
    ]);
  });

  it('posts what fell on a day that a country skipped as the next one begins', () => {
    expect(nextSlots(schedule('daily 08:00'), 'Pacific/Apia', '2011-12-30T00:00:00.000Z', 2)).toEqual([
      { name: '2011-12-30T08:00', at: '2011-12-30T10:00:00.000Z' },
      { name: '2011-12-31T08:00', at: '2011-12-30T18:00:00.000Z' },
    ]);
  });

  it('keys a slot by its wall time', () => {
    const [slot] = nextSlots(schedule('8am'), 'Europe/Prague', '2026-11-21T20:00:00.000Z', 1);
    expect(slot && slotKey(7, slot)).toBe('b7@2026-11-22T08:00');
  });
});

/** Transitions of a zone as luxon sees them: the first instant with the new offset, and the offsets around it in minutes. */
function transitions(zone: IANAZone, from: number, until: number) {
  const found: { at: number; before: number; after: number }[] = [];
  const step = 9 * 86_400_000;
  for (let start = from; start < until; start += step) {
    if (zone.offset(start) === zone.offset(start + step)) continue;
    let [low, high] = [start, start + step];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (zone.offset(middle) === zone.offset(start)) low = middle;
      else high = middle;
    }
    found.push({ at: high, before: zone.offset(low), after: zone.offset(high) });
  }
  return found;
}

describe('every zone, twenty years', () => {
  const MINUTE = 60_000;
  const zones = Intl.supportedValuesOf('timeZone');

  it('agrees with luxon around every change of clocks', { timeout: 120_000 }, () => {
    let changes = 0;
    const wrong: string[] = [];
    for (const zone of zones) {
      const luxon = IANAZone.create(zone);
      for (const { at, before, after } of transitions(luxon, Date.UTC(2010, 0, 1), Date.UTC(2030, 0, 1))) {
        changes++;
        const gapStart = at + Math.min(before, after) * MINUTE;
        const gapEnd = at + Math.max(before, after) * MINUTE;
        const walls = [
          gapStart - 10 * MINUTE,
          gapStart,
          (gapStart + gapEnd) / 2,
          gapEnd - 5 * MINUTE,
          gapEnd,
          gapEnd + 10 * MINUTE,
        ];
        const minutes = [...new Set(walls.map((wall) => (wall / MINUTE) % 1440))].sort((a, b) => a - b);
        const [from, until] = [at - 5 * 3_600_000, at + 5 * 3_600_000];
        for (const paced of [false, true]) {
          const expected = new Set<number>();
          for (let day = Math.floor(from / 86_400_000) - 2; day <= until / 86_400_000 + 2; day++)
            for (const minute of minutes) {
              const wall = (day * 1440 + minute) * MINUTE;
              const early = wall - before * MINUTE < at ? [wall - before * MINUTE] : [];
              const late = wall - after * MINUTE >= at ? [wall - after * MINUTE] : [];
              const all = [...early, ...late];
              for (const instant of all.length === 0 ? [at] : paced ? all : all.slice(0, 1)) expected.add(instant);
            }
          const want = [...expected].filter((instant) => instant > from && instant <= until).sort((a, b) => a - b);
          const got = slotsBetween(
            { minutes, days: {}, paced },
            zone,
            new Date(from).toISOString(),
            new Date(until).toISOString(),
            100,
          ).map((slot) => Date.parse(slot.at));
          if (want.join() !== got.join()) wrong.push(`${zone} ${new Date(at).toISOString()} paced ${paced}`);
        }
      }
    }
    console.log(`${zones.length} zones, ${changes} changes of clocks, ${wrong.length} differ from luxon`);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(changes).toBeGreaterThan(2000);
  });

  const aSchedule: fc.Arbitrary<Schedule> = fc.record({
    minutes: fc
      .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 6 })
      .map((all) => all.sort((a, b) => a - b)),
    days: fc.record(
      {
        weekdays: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        monthDays: fc.subarray([1, 15, 28, 29, 30, 31], { minLength: 1 }),
        orLastDay: fc.boolean(),
        either: fc.constant(false),
      },
      { requiredKeys: [] },
    ),
    paced: fc.boolean(),
  });
  const anInstant = fc.integer({ min: Date.UTC(2010, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 });

  it('asks in any pieces and gets the same slots, in order, each under its own name', () => {
    fc.assert(
      fc.property(
        aSchedule,
        fc.constantFrom(...zones),
        anInstant,
        fc.nat(40 * 86_400),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (plan, zone, start, length, cut) => {
          const iso = (seconds: number) => new Date(Math.round(seconds) * 1000).toISOString();
          const [after, middle, until] = [iso(start), iso(start + length * cut), iso(start + length)];
          const all = slotsBetween(plan, zone, after, until, 1000);
          expect([
            ...slotsBetween(plan, zone, after, middle, 1000),
            ...slotsBetween(plan, zone, middle, until, 1000),
          ]).toEqual(all);
          expect(slotsBetween(plan, zone, after, until, 3)).toEqual(all.slice(0, 3));
          expect(lastSlots(plan, zone, after, until, 3)).toEqual(all.slice(-3));
          expect(new Set(all.map((slot) => slot.name)).size).toBe(all.length);
          for (const [i, slot] of all.entries()) {
            expect(slot.at > (all[i - 1]?.at ?? after) && slot.at <= until).toBe(true);
            const shown = DateTime.fromISO(slot.at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
            // A skipped time is due later than it says; every other one exactly then.
            if (shown !== slot.name.slice(0, 16)) expect(shown > slot.name).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not scan: a year of missed five-minute slots and a leap-day schedule cost milliseconds', () => {
    const started = process.cpuUsage().user;
    const missed = lastSlots(
      schedule('every 5m'),
      'America/New_York',
      '2025-01-01T00:00:00.000Z',
      '2026-11-22T08:00:00.000Z',
      100,
    );
    expect(missed.at(-1)?.at).toBe('2026-11-22T08:00:00.000Z');
    expect(names('0 9 29 2 *', 'Europe/Paris', '2096-03-01T00:00:00.000Z', 1)).toEqual(['2104-02-29T09:00']);
    expect((process.cpuUsage().user - started) / 1000).toBeLessThan(250);
  });

  it('tells real zones from wishes', () => {
    expect([isZone('Europe/Paris'), isZone('UTC'), isZone('Paris'), isZone(''), isZone('Europe/Nowhere')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
