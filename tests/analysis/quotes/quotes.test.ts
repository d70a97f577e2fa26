import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';

/** Each quote as `kind [content] mention`, in reading order. */
function quotes(text: string): string[] {
  const slice = (span: { start: number; end: number } | undefined) => (span ? text.slice(span.start, span.end) : '-');
  return analyze({ text }).quotes.map(({ kind, content, mention }) => `${kind} [${slice(content)}] ${slice(mention)}`);
}

describe('direct quotes', () => {
  it.each([
    ['politics', '“We will appeal the ruling,” said Ana López.', ['direct [We will appeal the ruling,] Ana López']],
    [
      'straight marks',
      '"We will appeal the ruling," López said on Tuesday.',
      ['direct [We will appeal the ruling,] López'],
    ],
    [
      'two single marks',
      "''We will appeal the ruling,'' López told reporters.",
      ['direct [We will appeal the ruling,] López'],
    ],
    ['guillemets', '« We will appeal the ruling », said Ana López.', ['direct [We will appeal the ruling] Ana López']],
    [
      'split by the attribution',
      '“We will appeal,” López said, “and we will win in court.”',
      ['direct [We will appeal,] López', 'direct [and we will win in court.] López'],
    ],
    [
      'a floating quotation goes on with the speaker',
      '“The roads are under water,” said Fire Chief Dolores Whitfield. “Nobody should drive tonight.”',
      [
        'direct [The roads are under water,] Fire Chief Dolores Whitfield',
        'direct [Nobody should drive tonight.] Fire Chief Dolores Whitfield',
      ],
    ],
    [
      'a question',
      '“Who pays for this?” asked Councillor Tom Brandt.',
      ['direct [Who pays for this?] Councillor Tom Brandt'],
    ],
    [
      'according to',
      '“The bridge was never inspected,” according to a report by the auditor.',
      ['direct [The bridge was never inspected,] a report by the auditor'],
    ],
    [
      'UK single marks',
      '‘We don’t accept the minister’s figures,’ said Harriet Blythe, who chairs the union.',
      ['direct [We don’t accept the minister’s figures,] Harriet Blythe, who chairs the union'],
    ],
    [
      'sport',
      '“The lads were brilliant in the second half,” said Rovers manager Gary Stokes after the 3-1 win.',
      ['direct [The lads were brilliant in the second half,] Rovers manager Gary Stokes'],
    ],
    [
      'Indian English',
      '"The monsoon session will begin on July 20," said Parliamentary Affairs Minister Suresh Nair.',
      ['direct [The monsoon session will begin on July 20,] Parliamentary Affairs Minister Suresh Nair'],
    ],
    [
      'a nested quotation',
      '“She told me ‘never again’ and left,” Okafor said.',
      ['direct [She told me ‘never again’ and left,] Okafor'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(quotes(text)).toEqual(expected);
  });

  it('keeps a quotation together that reopens its marks in the next paragraph', () => {
    const text =
      '“The first year was hard,” said Mira Castellan, the founder. “We had no money and no customers.\n\n“Then the orders came in.”';
    const found = analyze({ text }).quotes;
    expect(found.map(({ content }) => text.slice(content.start, content.end))).toEqual([
      'The first year was hard,',
      'We had no money and no customers.',
      'Then the orders came in.',
    ]);
    expect(new Set(found.map(({ utterance }) => utterance)).size).toBe(1);
    expect(new Set(found.map(({ speaker }) => speaker)).size).toBe(1);
  });
});

describe('partial and indirect quotes', () => {
  it.each([
    ['a fragment', 'López called the ruling “a mistake”.', ['partial [the ruling “a mistake”] López']],
    [
      'business',
      'Chief executive Ingrid Vale said the company expects sales to rise 4% this year.',
      ['indirect [the company expects sales to rise 4% this year] Chief executive Ingrid Vale'],
    ],
    [
      'science',
      'Lead author Peter Ngata said that the ice is melting faster than models had predicted.',
      ['indirect [the ice is melting faster than models had predicted] Lead author Peter Ngata'],
    ],
    ['crime', 'Police said the suspect fled on foot.', ['indirect [the suspect fled on foot] Police']],
    [
      'wire style',
      'The river will crest on Friday, officials said.',
      ['indirect [The river will crest on Friday] officials'],
    ],
    [
      'according to',
      'According to the ministry, exports fell by a fifth.',
      ['indirect [exports fell by a fifth] the ministry'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(quotes(text)).toEqual(expected);
  });
});

describe('what is no quote', () => {
  it.each([
    ['scare quotes', 'The so-called “mistake” stands.'],
    ['a title', 'She starred in “The Long Way Home” and two other films.'],
    ['no attribution', 'The council meets on the first Monday of every month.'],
    ['inches', 'The tallest player on the team is 6\'11" and the pipe is 12" wide.'],
  ])('%s', (_name, text) => {
    expect(quotes(text)).toEqual([]);
  });
});

describe('layout', () => {
  it('reads a transcript', () => {
    const text =
      'HOST: Why did you vote against the budget this year?\n\nSEN. OBI: Because it cuts the schools that need it most.';
    expect(quotes(text)).toEqual([
      'direct [Why did you vote against the budget this year?] HOST',
      'direct [Because it cuts the schools that need it most.] SEN. OBI',
    ]);
  });

  it('reads a name signed under a quotation', () => {
    const text = '“The clinic saved my life and my daughter’s life.” — Ruth Okafor';
    expect(quotes(text)).toEqual(['direct [The clinic saved my life and my daughter’s life.] Ruth Okafor']);
  });
});

describe('circumstances', () => {
  const facts = (text: string) => {
    const [quote] = analyze({ text }).quotes;
    const slice = (span: { start: number; end: number } | undefined) =>
      span ? text.slice(span.start, span.end) : undefined;
    return { medium: quote?.medium, when: slice(quote?.when), where: slice(quote?.where) };
  };

  it.each([
    ['“We will appeal,” López said Thursday night.', { medium: 'spoken', when: 'Thursday night', where: undefined }],
    [
      '“We will appeal,” López said in an interview on Radio Norte with host Iria Paz.',
      { medium: 'spoken', when: undefined, where: 'in an interview on Radio Norte with host Iria Paz' },
    ],
    [
      '“We will appeal,” López said in a statement on Monday.',
      { medium: 'written', when: 'Monday', where: 'in a statement' },
    ],
    ['“We will appeal,” López tweeted.', { medium: 'post', when: undefined, where: undefined }],
  ])('%s', (text, expected) => {
    expect(facts(text)).toEqual(expected);
  });
});

describe('posts inside an article', () => {
  const words = '🚨 Okoro says the pool will close in May. "We are going to shut it down, and it will not reopen."';
  const block = `${words} pic.example.com/a1\n— CityWatch24 (@CityWatch24) March 3, 2025`;
  const text = `The mayor spoke on Monday.\n${block}\nResidents were angry.`;
  const start = text.indexOf(block);
  const post = {
    span: { start, end: start + block.length },
    text: { start, end: start + words.length },
    name: 'CityWatch24',
    handle: 'CityWatch24',
  };

  it('gives the post to its account and the words it quotes to their speaker', () => {
    const { quotes: found, speakers } = analyze({ text, posts: [post] });
    expect(
      found.map(({ content, medium, speaker }) => [
        text.slice(content.start, content.end),
        medium,
        speakers[speaker!]?.name,
      ]),
    ).toEqual([
      ['🚨 Okoro says the pool will close in May.', 'post', 'CityWatch24'],
      ['We are going to shut it down, and it will not reopen.', 'post', 'Okoro'],
    ]);
  });

  it('never quotes what is masked', () => {
    expect(analyze({ text, masks: [{ ...post.span, kind: 'boilerplate' }] }).quotes).toEqual([]);
  });
});
