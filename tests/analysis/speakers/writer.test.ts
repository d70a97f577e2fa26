import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';
import { writerOf } from '../../../src/analysis/speakers/writer.ts';
import { build } from '../../../src/corpus/text/paragraphs.ts';

describe('writerOf', () => {
  it.each([
    ['Ana Ruiz', 'Ana Ruiz'],
    ['By Ana Ruiz', 'Ana Ruiz'],
    ['Ana Ruiz, staff writer', 'Ana Ruiz'],
    ['ANA RUIZ | The Harbor Echo', 'Ana Ruiz'],
    ['Ana Ruiz, Associated Press', 'Ana Ruiz'],
    ['Maria de la Cruz', 'Maria de la Cruz'],
    ['Jane A. Doe', 'Jane A. Doe'],
  ])('%s', (byline, name) => expect(writerOf([byline])).toBe(name));

  it.each([
    'By Ana Ruiz and Ben Moe',
    'Ana Ruiz, Ben Moe',
    'Ana Ruiz with Ben Moe',
    'Associated Press',
    'Echo Staff',
    'The Editorial Board',
    'Charlotte Observer',
    'Madison Police',
    'Ana Ruiz for the Echo',
    'Ruiz, Ana',
    'Ana',
    'admin',
    '',
  ])('names nobody for sure: %s', (byline) => expect(writerOf([byline])).toBeUndefined());

  it('takes the line of the text where the source says “admin”, and nobody where the two differ', () => {
    expect(writerOf(['admin', 'By Ana Ruiz'])).toBe('Ana Ruiz');
    expect(writerOf(['Ana Ruiz', 'By Ana Ruiz'])).toBe('Ana Ruiz');
    expect(writerOf(['Ana Ruiz', 'By Ben Moe'])).toBeUndefined();
  });
});

describe('“I” outside quotation marks', () => {
  /** Who says each quote whose words for its speaker are "I". */
  function writers(text: string, byline?: string): (string | undefined)[] {
    const { masks, posts } = build(text);
    const { quotes, speakers } = analyze({ text, masks, posts, ...(byline ? { byline } : {}) });
    return quotes
      .filter(({ mention }) => mention && text.slice(mention.start, mention.end) === 'I')
      .map(({ speaker }) => (speaker === undefined ? undefined : speakers[speaker]!.name));
  }

  const column = `I have lived on Quay Street for thirty years, and I have never been afraid of the sea until now.

Last week I asked Ines Okafor, the mayor, whether the wall would hold. “It will hold,” she told me. I told her that my neighbours were not so sure.`;

  it('is the one who signs a column', () => {
    expect(writers(column, 'Ana Ruiz')).toEqual(['Ana Ruiz', 'Ana Ruiz']);
    expect(writers(`By Ana Ruiz\n\n${column}`)).toEqual(['Ana Ruiz', 'Ana Ruiz']);
  });

  it.each(['Ana Ruiz and Ben Moe', 'Echo Staff', undefined])('is unclear when %s signs', (byline) =>
    expect(writers(column, byline)).toEqual([undefined, undefined]),
  );

  it.each([
    [
      'an interview without marks',
      `What do you say to the fishermen?

I told them that the wall would hold. I said it twice.

Did they believe you?

Some did. I think that is fair.

And what comes next?

I said in March that we would build another mile.`,
    ],
    [
      'a letter that somebody else signed',
      `Dear Editor,

I wrote to the council in May and said that the wall was too low. I told the mayor that we would leave.

Rita Vale
Dunmore`,
    ],
    [
      'a story told to the writer',
      `I moved to Dunmore in May. I told my boss that I would not come back.

As told to Ana Ruiz`,
    ],
  ])('is not the writer in %s', (_, text) => expect(writers(text, 'Ana Ruiz')).not.toContain('Ana Ruiz'));

  it('is whoever is quoted, inside marks', () => {
    const text = '“I am glad,” said Ines Okafor, the mayor. “I told them that I would build it, and I said so twice.”';
    expect(writers(text, 'Ana Ruiz')).not.toContain('Ana Ruiz');
  });
});
