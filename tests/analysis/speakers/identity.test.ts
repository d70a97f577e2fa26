import { describe, expect, it } from 'vitest';
import {
  type Identifiable,
  identityKeys,
  type KnownSpeaker,
  sameSpeaker,
} from '../../../src/analysis/speakers/identity.ts';

const person = (name: string, role?: string, more: Partial<Identifiable> = {}): Identifiable => ({
  kind: 'person',
  name,
  aliases: [],
  ...(role === undefined ? {} : { role }),
  ...more,
});
const known = (id: number, speaker: Identifiable, seen?: string): KnownSpeaker => ({
  id,
  ...speaker,
  ...(seen === undefined ? {} : { seen }),
});
const group = (name: string): Identifiable => ({ kind: 'group', name, aliases: [] });

describe('sameSpeaker', () => {
  it.each([
    ['the same full name', person('Ana López'), person('Ana Lopez'), true],
    [
      'the same name and office in other words',
      person('Ana López', 'Mexican senator'),
      person('Ana López', 'senator'),
      true,
    ],
    ['a middle initial more', person('Ana B. López'), person('Ana López'), true],
    ['two middle initials', person('George W. Marsh'), person('George H. W. Marsh'), false],
    ['father and son', person('Edward Marsh'), person('Edward Marsh Jr.'), false],
    ['one surname, two people', person('Ana López'), person('Rosa López'), false],
    [
      'one name, two walks of life',
      person('John Smith', 'midfielder'),
      person('John Smith', 'governor of Ohio'),
      false,
    ],
    ['a bare surname', person('López'), person('Ana López', 'senator'), false],
    [
      'a bare surname with the same office',
      person('López', 'Texas senator'),
      person('Ana López', 'senator from Texas'),
      true,
    ],
    ['a short first name alone', person('Ted Marsh'), person('Edward Marsh'), false],
    [
      'a short first name with the office',
      person('Ted Marsh', 'mayor of Leeds'),
      person('Edward Marsh', 'mayor'),
      true,
    ],
    [
      'one row of the table',
      person('Ted Marsh', undefined, { gazetteer: 'M1' }),
      person('Edward Marsh', undefined, { gazetteer: 'M1' }),
      true,
    ],
    [
      'two rows of the table',
      person('Ana López', undefined, { gazetteer: 'M1' }),
      person('Ana López', undefined, { gazetteer: 'M2' }),
      false,
    ],
    [
      'one account',
      person('Ana L.', undefined, { handle: 'analopez' }),
      person('Ana López', undefined, { handle: 'AnaLopez' }),
      true,
    ],
    [
      'another kind',
      person('Amnesty International'),
      { kind: 'organization', name: 'Amnesty International', aliases: [] } as const,
      false,
    ],
  ])('%s', (_, one, other, same) => {
    expect(sameSpeaker(one, [known(7, other)])).toBe(same ? 7 : undefined);
    expect(sameSpeaker(other, [known(7, one)])).toBe(same ? 7 : undefined);
  });

  it('takes the better of two, and neither when they are equal', () => {
    const ohio = known(1, person('John Smith', 'governor of Ohio'));
    const nobody = known(2, person('John Smith'));
    expect(sameSpeaker(person('John Smith', 'Ohio governor'), [nobody, ohio])).toBe(1);
    expect(sameSpeaker(person('John Smith'), [nobody, ohio])).toBeUndefined();
  });

  it('knows a body by its name without article and legal form, and by its listed acronym', () => {
    const body = known(3, { kind: 'organization', name: 'World Weather Union', aliases: ['WWU'] });
    expect(sameSpeaker({ kind: 'organization', name: 'the World Weather Union', aliases: [] }, [body])).toBe(3);
    expect(sameSpeaker({ kind: 'organization', name: 'WWU', aliases: [] }, [body])).toBe(3);
    expect(sameSpeaker({ kind: 'organization', name: 'Weather Union', aliases: [] }, [body])).toBeUndefined();
  });

  it('joins a counted group only within days, and plain phrases never', () => {
    const letter = known(4, group('72 House Democrats'), '2026-01-08');
    expect(sameSpeaker(group('72 House Democrats'), [letter], { day: '2026-01-10' })).toBe(4);
    expect(sameSpeaker(group('72 House Democrats'), [letter], { day: '2026-06-10' })).toBeUndefined();
    expect(sameSpeaker(group('72 House Democrats'), [letter])).toBeUndefined();
    expect(sameSpeaker(group('Mexican officials'), [known(5, group('Mexican officials'))])).toBe(5);
    expect(sameSpeaker(group('residents'), [known(6, group('residents'))])).toBeUndefined();
  });

  it('never joins unnamed sources', () => {
    const experts: Identifiable = { kind: 'unnamed', name: 'legal experts', aliases: [] };
    expect(identityKeys(experts)).toEqual([]);
    expect(sameSpeaker(experts, [known(8, experts)])).toBeUndefined();
  });
});

describe('identityKeys', () => {
  it('gives both words of a name whose family name may stand first', () => {
    expect(identityKeys(person('Xi Jinping'))).toEqual(['person:xi', 'person:jinping']);
  });
  it('is bounded for hostile speakers', () => {
    const aliases = Array.from({ length: 1000 }, (_, i) => `Name Number${i}`);
    expect(identityKeys(person('A B', undefined, { aliases })).length).toBeLessThanOrEqual(10);
    expect(identityKeys(person(' ’ '))).toEqual([]);
  });
});
