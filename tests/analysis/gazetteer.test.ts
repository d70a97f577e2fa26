import { describe, expect, it } from 'vitest';
import { gazetteer, givenNameGender, officeHolder } from '../../src/analysis/gazetteer.ts';

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
});
