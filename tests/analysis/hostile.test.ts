/** What a hostile reader would look for: the wrong speaker, words that nobody said, a stance turned round. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';

/** Each quote as `kind [words] speaker`, in reading order; `-` for a speaker that is unclear. */
function said(text: string): string[] {
  const { quotes, speakers } = analyze({ text });
  return quotes.map(
    ({ kind, content, speaker }) =>
      `${kind} [${text.slice(content.start, content.end)}] ${speaker === undefined ? '-' : speakers[speaker]!.name}`,
  );
}

describe('whose words stand beside the marks', () => {
  it.each([
    [
      'two people in one paragraph',
      '"It is wonderful," said Ana Whitford. "It is horrible," said her sister, Jo. "We never agree," Ana added.',
      [
        'direct [It is wonderful,] Ana Whitford',
        'direct [It is horrible,] Jo',
        'direct [We never agree,] Ana Whitford',
      ],
    ],
    [
      'a name that is told in full only later',
      '"It is a scandal," said Whitmore on the steps of city hall. Councilman Gary Whitmore has led the fight against the stadium since 2019.',
      ['direct [It is a scandal,] Gary Whitmore'],
    ],
    [
      'a verb of manner',
      '"The pier is lost," sighed Dolores Calloway. "I quit," texted Bill Renner.',
      ['direct [The pier is lost,] Dolores Calloway', 'direct [I quit,] Bill Renner'],
    ],
    [
      'an aside between the name and the verb',
      'The board blamed the rain. "People should have been told sooner," Mr Applegarth, her husband, added.',
      ['direct [People should have been told sooner,] Applegarth'],
    ],
    [
      'a report at second hand',
      '"We should just buy the island," the president told aides, according to a person who was in the room.',
      ['direct [We should just buy the island,] president'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(said(text).filter((quote) => quote.startsWith('direct'))).toEqual(expected);
  });
});

describe('whose words stand after the colon', () => {
  it.each([
    [
      'a reply follows',
      'Mayor Ines Okafor (@InesOkafor) tweeted: "The ferry is back. See you Saturday!" Gary Whitmore replied, "See you in court."',
      ['direct [The ferry is back. See you Saturday!] Ines Okafor', 'direct [See you in court.] Gary Whitmore'],
    ],
    [
      'a question that is told comes first',
      'Asked whether he should have been benched, Jace Tullow shrugged: "It was not my call."',
      ['direct [It was not my call.] Jace Tullow'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});

describe('words that nobody said', () => {
  it.each([
    [
      'a closing mark that was forgotten',
      '"We have been lied to, said Tomas Greer, a baker. He has run the shop for 30 years.\n\nThe mayor was out.',
      ['direct [We have been lied to,] Tomas Greer'],
    ],
    [
      'the author’s own sentence after the marks',
      'I met Hideo Marrow in a noodle bar. "It is sad," he told me. "But a good sad." I think he meant it.',
      ['direct [It is sad,] Hideo Marrow', 'direct [But a good sad.] Hideo Marrow'],
    ],
    [
      'a title in marks at the end of a release',
      'Rival Tessel Inc. declined to comment on the price.\n\nAbout Orvantis\n\nOrvantis makes sensors. "We make machines see" is a registered trademark of Orvantis.',
      [],
    ],
    [
      'a proverb before somebody’s words',
      'As the saying goes, "a stitch in time saves nine".\n\nThe town clerk, Ada Finch, said there was no quorum.',
      [],
    ],
    [
      'what is told of the speaker between two pieces',
      '"If we lose this," Coach Mbeki said, pausing to wipe his glasses, "we lose the school."',
      ['direct [If we lose this,] Mbeki', 'direct [we lose the school.] Mbeki'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(said(text).filter((quote) => !quote.startsWith('indirect') && !quote.endsWith(' -'))).toEqual(expected);
  });

  it('names nobody where one quotation answers another', () => {
    const text = '"Safe enough," Amos Tull replied. "Safe enough for your kids?" "Next question."';
    expect(said(text)).toEqual([
      'direct [Safe enough,] Amos Tull',
      'direct [Safe enough for your kids?] -',
      'direct [Next question.] -',
    ]);
  });

  it('names nobody for what is read out', () => {
    const text = 'Prosecutor Helen Voss read aloud a message that Lyle Brannigan had sent: "Tell mom I am sorry."';
    expect(said(text).map((quote) => quote.split('] ')[1])).toEqual(['-']);
  });
});

describe('who is no speaker', () => {
  const links =
    '"It is the end of this code," Chairman Ken Brade Kenneth Paul BradeLawmakers under pressure to pass fix | How centrist members stopped worrying MORE (R-Ohio) said.';

  it('reads on past what is masked within a line', () => {
    const start = links.indexOf(' Kenneth');
    const { quotes, speakers } = analyze({
      text: links,
      masks: [{ start, end: links.indexOf(' (R-Ohio'), kind: 'boilerplate' }],
    });
    expect(quotes.map(({ speaker }) => speakers[speaker!]?.name)).toEqual(['Ken Brade']);
  });

  it.each([
    ['a show in marks', 'The chairman told "Harbour & Friends" that the pier was lost.', 'Harbour & Friends'],
    [
      'a book in which something is written',
      'In "The Drowned Map", her third novel, Rita Madden writes that "grief is a tide that never turns".',
      'Drowned',
    ],
    ['a book in marks', 'The host, Rita Madden, is the author of “The Making of a Governor.”', 'The Making'],
    [
      'a sentence taken for a source',
      'As his aide stood by, the former governor surprised many of those gathered, some of whom have said they are backing Bush.',
      'surprised',
    ],
  ])('%s', (_what, text, never) => {
    const { quotes, speakers } = analyze({ text });
    const shown = quotes.flatMap(({ verbatim, speaker }) => [
      ...verbatim.map(({ start, end }) => text.slice(start, end)),
      speaker === undefined ? '' : speakers[speaker]!.name,
    ]);
    expect(shown.filter((words) => words.includes(never))).toEqual([]);
  });

  it.each([
    ['Mrs. May said the results were clear. “The results were bad for the party,” she told reporters.', 'May'],
    ['Greenwatch condemned the plan as “a gift to polluters”.', 'Greenwatch'],
    ['"We are staying in the city," said محمد الخالدي, a shopkeeper.', 'محمد الخالدي'],
  ])('names %s', (text, name) => {
    const { quotes, speakers } = analyze({ text });
    expect(speakers[quotes.at(-1)!.speaker!]?.name).toBe(name);
  });

  it('gives nobody the office of the next person', () => {
    const text =
      'After the lashing of host Mary Kelso, Secretary of State Mark Pomfrey was silent. "I confirmed it with your staff," Kelso said.';
    const { quotes, speakers } = analyze({ text });
    expect(speakers[quotes.at(-1)!.speaker!]).toMatchObject({ name: 'Mary Kelso', role: 'host' });
  });
});

describe('where a statement begins', () => {
  it.each([
    [
      'Chief Financial Officer Raj Menon told analysts on a conference call that tariffs would cost $40 million this year.',
      'indirect [tariffs would cost $40 million this year] Raj Menon',
    ],
    [
      'The bank governor, Ilse Varga, said on Monday that the outbreak was over.',
      'indirect [the outbreak was over] Ilse Varga',
    ],
    ['The defendant, Carl Pruitt, told the judge he was sorry.', 'indirect [he was sorry] Carl Pruitt'],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual([expected]);
  });
});

describe('who is meant', () => {
  it.each([
    [
      'a nationality for the man just named',
      'Rovers boss Sven Lindqvist hailed the striker. "He was unplayable tonight," said the Swede.',
      'direct [He was unplayable tonight,] Sven Lindqvist',
    ],
    [
      'an office that two people share',
      'French President Hugo Marchand met Polish President Zofia Kaczor on Sunday. "We will see," the president said.',
      'direct [We will see,] president',
    ],
    [
      'an office by the one named before',
      'Secretary of State Marion Delacroix said talks would resume. The secretary told lawmakers that time was short.\n\nDefense Secretary Roy Calder was silent.',
      'indirect [time was short] Marion Delacroix',
    ],
    [
      'a company is no bureau',
      'The Food Safety Bureau opened an inquiry on Monday. The company said the recall was voluntary.',
      'indirect [the recall was voluntary] company',
    ],
    [
      'brothers with one surname',
      'Brothers Ed and Tom Farrow, who run a ferry, said the season was lost.',
      'indirect [the season was lost] Brothers Ed and Tom Farrow',
    ],
    [
      'a relative with a title',
      'Craig Pemberton was silent. His brother, state Rep. Neil Pemberton, said the charge was false.',
      'indirect [the charge was false] Neil Pemberton',
    ],
    [
      'the answers of an interview',
      'The singer Mireille Okonjo talks.\n\nQ: Why did it take six years?\n\nA: I was tired of writing songs.\n\nQ: And now?\n\nA: Now the songs come back to me.',
      'direct [Now the songs come back to me.] Mireille Okonjo',
    ],
    [
      'a pronoun is nobody who is named in what was said',
      'Basil Adwan accused Turkish President Rafi Erdan of cheating. Rafi Erdan left. "Erdan cannot tell the Turks why he fights," he told a channel.',
      'direct [Erdan cannot tell the Turks why he fights,] Basil Adwan',
    ],
    [
      'a pronoun for the one without a name who spoke last',
      'Judge Philippa Harcombe was stern. The victim said she was terrified. “I still check the locks,” she said.',
      'direct [I still check the locks,] victim',
    ],
    [
      'a pronoun goes on with whoever spoke in the paragraph before',
      'Kim Jong Un sent a note. Kim Jong Un waved.\n\n“She is important,” said Michael Maddox, an analyst at the Coast Institute. “Nobody else brings notes to Kim Jong Un.”\n\n“It helps that she is dynamic,” he said.',
      'direct [It helps that she is dynamic,] Michael Maddox',
    ],
    [
      'a noun before a name that no list knows',
      '“I never spat in the soup,” said chef Anouk Brel.',
      'direct [I never spat in the soup,] Anouk Brel',
    ],
    [
      'an age for the one just named',
      'One resident, 82-year-old Olive Trent, said she saw it from the bath. The 82-year-old said the mast must go.',
      'indirect [the mast must go] Olive Trent',
    ],
    [
      'a pronoun in capitals',
      'MAYOR INES OKAFOR SAID THE FERRY WILL RETURN. "I KEEP MY PROMISES," SHE SAID.',
      'direct [I KEEP MY PROMISES,] Ines Okafor',
    ],
    [
      'a thing that is described',
      'The plan has been described as “bold and brave” by its friends.',
      'partial [as “bold and brave” by its friends] -',
    ],
  ])('%s', (_what, text, expected) => {
    expect(said(text).at(-1)).toBe(expected);
  });
});

describe('sides', () => {
  const sides = (text: string): string[] => {
    const { reactions, speakers } = analyze({ text });
    return reactions.map(({ speaker, stance }) => `${speakers[speaker]!.name}: ${stance}`);
  };

  it.each([
    ['Council leader Harriet Quill has hit back at critics of the scheme.', ['Harriet Quill: oppose']],
    ['Residents say the toll is too high. Ed and Tom Farrow said they were ruined.', []],
    ['"I love her but these prices are a joke," wrote Ana Whitford.', []],
    ['"It was terrible," Ruth Calloway said of the flood.', []],
    ['"Nobody ever says ‘I love taxes’," joked Senator Ruiz.', []],
    ['"I am not saying it is good or bad," Lloyd Blankwell said of the toll.', []],
    ['The clinic said a child would notice that something is wrong.', []],
    ['The aides of the mayor faced criticism for using private accounts.', []],
    ['Attorney Keith Ellis said if he was dissatisfied with the handling he would say so.', []],
    ['"We are hated in much of the region," James Jeffers said.', []],
  ])('%s', (text, expected) => {
    expect(sides(text)).toEqual(expected);
  });
});
