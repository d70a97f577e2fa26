import { afterEach, describe, expect, it } from 'vitest';
import { addPeople, forgetOwnPeople, gazetteer, givenNameGender, officeHolder } from '../../src/analysis/gazetteer.ts';

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
