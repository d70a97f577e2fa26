import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  addPeople,
  forgetOwnPeople,
  gazetteer,
  givenNameGender,
  officeHolder,
} from '../../../src/analysis/names/gazetteer.ts';
import { checkOffices } from '../../../src/analysis/training/office-rules.ts';

describe('gazetteer', () => {
  it.each([
    ['president', 'MX', '2026-01-09', 'Claudia Sheinbaum'],
    ['president', 'US', '2016-05-01', 'Barack Obama'],
    ['prime minister', 'GB', '2018-05-01', 'Theresa May'],
    ['prime minister', 'GB', '1850-01-01', undefined],
    ['senator', 'US', '2026-01-09', undefined], // a hundred hold it
  ])('knows who was %s of %s on %s', (office, place, day, name) => {
    expect(officeHolder(office, place, day)?.name).toBe(name);
  });

  it.each([
    ['Claudia', 'f'],
    ['Keir', 'm'],
    ['Robin', undefined],
    ['Zzyzx', undefined],
  ])('takes %s for %s', (name, gender) => {
    expect(givenNameGender(name)).toBe(gender);
  });

  it('reads the names of peoples and states', () => {
    const { countries, states } = gazetteer();
    expect([countries.get('mexican'), countries.get('mexico'), countries.get('dutch')]).toEqual(['MX', 'MX', 'NL']);
    expect([states.get('calif'), states.get('nh'), states.get('texas')]).toEqual(['CA', 'NH', 'TX']);
  });

  it('has no term that ends before it begins, and dates of one form', () => {
    for (const figures of gazetteer().byForm.values())
      for (const { terms } of figures)
        for (const { from, to } of terms) {
          expect(from).toMatch(/^\d{4}-\d\d-\d\d$/);
          if (to !== undefined) expect(to > from).toBe(true);
        }
  });

  it('ships a table in which no day has two holders of one office', () => {
    const table = readFileSync('src/analysis/gazetteer/offices.tsv', 'utf8');
    const { errors, warnings } = checkOffices(table, new Date());
    expect(errors).toEqual([]);
    // The people of the day change while nobody touches the code: a warning, no failure.
    for (const warning of warnings) console.warn(`offices.tsv: ${warning}`);
  });

  it('finds what a table of offices must not hold', () => {
    const rows = (...all: string[]) =>
      `# Checked to: 2026-06-22\n${all.map((row) => row.replaceAll('|', '\t')).join('\n')}\n`;
    const check = (table: string, now = '2026-11-26') => checkOffices(table, new Date(now));
    const ada = 'US|mayor|Ada Quill|f|2020-01-01|2024-01-01|0';
    expect(check(rows(ada, 'US|mayor|Ben Moe|m|2024-01-01||0', 'CA|mayor|Eva Lind|f|2023-01-01||0'))).toEqual({
      errors: [],
      warnings: [],
    });
    expect(check(rows(ada, 'US|mayor|Ben Moe|m|2023-12-31||0')).errors).toEqual([
      expect.stringContaining('two hold it at once'),
    ]);
    expect(check(rows(ada, 'US|justice|A B|m|2020-01-01||0', 'US|justice|C D|m|2021-01-01||0')).errors).toEqual([]);
    expect(check(rows('US|mayor|Ada Quill|f|2024-01-01|2020-01-01|0')).errors).toEqual([
      expect.stringContaining('ends before'),
    ]);
    expect(check(rows('US|mayor|Ada Quill|f|2024-02-30||0')).errors).toEqual([expect.stringContaining('no such day')]);
    expect(check(rows('US|mayor|Ada Quill')).errors).toEqual([expect.stringContaining('not a row')]);
    expect(check(rows(ada), '2027-07-01').warnings).toEqual([expect.stringContaining('more than a year ago')]);
    expect(check(ada.replaceAll('|', '\t')).warnings).toEqual([expect.stringContaining('nobody says')]);
  });

  it.each([
    ['supreme leader', 'IR', '2026-02-01', 'Ali Khamenei'],
    ['supreme leader', 'IR', '2026-03-04', undefined],
    ['supreme leader', 'IR', '2026-04-01', 'Mojtaba Khamenei'],
    ['prime minister', 'HU', '2026-05-08', 'Viktor Orbán'],
    ['prime minister', 'HU', '2026-05-10', 'Péter Magyar'],
    ['homeland security secretary', 'US', '2026-02-01', 'Kristi Noem'],
    ['homeland security secretary', 'US', '2026-04-01', 'Markwayne Mullin'],
    ['attorney general', 'US', '2026-06-02', undefined],
    ['prime minister', 'GB', '2026-10-01', undefined],
  ])('gives %s of %s on %s the right name or none', (office, place, day, name) => {
    expect(officeHolder(office, place, day)?.name).toBe(name);
  });

  describe('addPeople', () => {
    afterEach(forgetOwnPeople);

    it('adds the operator’s people, and terms to people it knows', () => {
      const problems = addPeople(
        '# ours\nUS\tmayor of dayton\tRita Farrow\tf\t2024-01-01\t\t2\tMarguerite Farrow\nMX\tambassador\tClaudia Sheinbaum\tf\t1999-01-01\t2000-01-01\t0\n',
      );
      expect(problems).toEqual([]);
      expect(officeHolder('mayor of dayton', 'US', '2026-01-01')?.name).toBe('Rita Farrow');
      expect(gazetteer().byForm.get('marguerite farrow')?.[0]?.name).toBe('Rita Farrow');
      expect(gazetteer().byForm.get('claudia sheinbaum')).toHaveLength(1);
      expect(officeHolder('president', 'MX', '2026-01-09')?.name).toBe('Claudia Sheinbaum');
    });

    it('says which lines it cannot read', () => {
      expect(addPeople('US\tmayor\tRita Farrow\twoman\t2024-01-01\n\nUS\tmayor')).toEqual([
        expect.stringMatching(/^line 1: expected place/),
        expect.stringMatching(/^line 3: expected place/),
      ]);
    });
  });
});
