/** Faults that a reading of thirty articles of our own found, each with the sentence that showed it. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { build } from '../../src/corpus/text/paragraphs.ts';

function found(text: string) {
  const { masks, posts } = build(text);
  return analyze({ text, masks, posts });
}

/** Each quote as `speaker: [content]`, in reading order. */
function quotes(text: string): string[] {
  const { quotes, speakers } = found(text);
  return quotes.map(
    ({ speaker, content }) =>
      `${speaker === undefined ? 'unclear' : speakers[speaker]!.name}: [${text.slice(content.start, content.end)}]`,
  );
}

describe('a quote ends where its speaker’s words end', () => {
  it.each([
    [
      'a sentence of the article’s own follows the marks',
      'Mayor Ana López says the project “fits the character of the street.” A sign in one window reads “Stop the Tower.”',
      ['Ana López: [the project “fits the character of the street.”]'],
    ],
    [
      'the article goes on behind a comma within the marks',
      'Ana López said “nobody wants to ruin you,” but forty dollars a night will do just that.',
      ['Ana López: [nobody wants to ruin you,]'],
    ],
    [
      'its source stands right behind the marks',
      '“I cried in the car,” one nurse, who was not authorized to speak to the media, said.',
      ['one nurse: [I cried in the car,]'],
    ],
    [
      'another statement follows',
      'Prosecutor Simon Achebe said the state would prove that Rusk bought gasoline on June 3. Rusk allegedly told police, “I don’t remember.”',
      ['Simon Achebe: [Rusk bought gasoline on June 3]'],
    ],
    [
      'the article adds a remark',
      'The mayor could have vetoed the plan in May, residents said, but he did not.',
      ['residents: [The mayor could have vetoed the plan in May]'],
    ],
    [
      'what was said stands before, not behind',
      'Norland’s emissions rose 2 percent last year, Greenpeace said on Tuesday, the third year in a row in which the country has missed its target.',
      ['Greenpeace: [Norland’s emissions rose 2 percent last year]'],
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toEqual(expected));
});

describe('a quote has the right speaker, or none', () => {
  it.each([
    [
      'another',
      '“Take all the time you need,” one wrote on X. “I flew from Lima for this,” wrote another, @limagirl.',
      'I flew from Lima for this,',
      '@limagirl',
    ],
    [
      'the older one',
      '“You said you would come back,” the younger sister says. “I said I would try,” the older one replies.',
      'I said I would try,',
      'older one',
    ],
    [
      'a number of times',
      'A post that has been viewed 2 million times says, “The mayor just told fishermen to swim.”',
      'The mayor just told fishermen to swim.',
      'unclear',
    ],
    [
      'a company with a modifier',
      'Ferries have been stopped, Harbor Airlines said. The power company says 14,000 homes are without electricity.',
      '14,000 homes are without electricity',
      'power company',
    ],
    ['a brand after a role', 'Promoter LiveSound said it was “heartbroken.”', 'it was “heartbroken.”', 'LiveSound'],
    [
      'a company’s own word',
      'Orvan Semiconductor said on Monday that it would cut 900 jobs.',
      'it would cut 900 jobs',
      'Orvan Semiconductor',
    ],
  ])('%s', (_, text, content, name) =>
    expect(quotes(text).find((quote) => quote.endsWith(`[${content}]`))).toMatch(
      new RegExp(`^(?:Promoter )?${name}: `),
    ),
  );

  it('a company is no person', () => {
    const { speakers } = found(
      'Orvan Semiconductor said it would cut 900 jobs. Promoter LiveSound said it was “heartbroken.”',
    );
    expect(speakers.map(({ kind }) => kind)).toEqual(['organization', 'organization']);
  });
});

describe('what is no quote', () => {
  it.each([
    'Stokes, known as “The Gaffer,” has now won nine in a row.',
    'State Sen. Brett Oakley did not immediately return a call seeking comment.',
    'Asked if the goal was offside, nobody answered.',
    'A video shared online claims to show Mayor Ines Okafor saying “let them swim” about the fishermen.',
  ])('%s', (text) => expect(quotes(text)).toEqual([]));
});

describe('reactions', () => {
  it('an illness judges nothing', () =>
    expect(found('His daughter, Nell Brisk, said the cause was heart failure.').reactions).toEqual([]));

  it('a clause of a transcript begins with its first word', () => {
    const text =
      'MAYOR OKAFOR: The meeting is open.\n\nMR. BRANDT: This toll is a mistake.\n\nMAYOR OKAFOR: Thank you.';
    const [reaction] = found(text).reactions;
    expect(text.slice(reaction!.clause.start, reaction!.clause.end)).toBe('This toll is a mistake.');
  });
});

describe('whom a sentence introduces before a colon', () => {
  it.each([
    [
      'a name that is a word, too',
      'Senator Bob Good lost by a few votes.\n\n“I thank Bob Good for his years of service,” Mayor Ines Okafor wrote.\n\nGood, who chairs the harbour panel, released this statement:\n\n“I want to thank the voters of the fifth district. I accept the result.”',
      'Bob Good: [I want to thank the voters of the fifth district. I accept the result.]',
    ],
    [
      'behind a long aside',
      'The decision disappointed the landowners, who issued a statement vowing to appeal.\n\nSimon Achebe, a fisherman who is one of the heirs of 600 acres that came into his family in the 1920s, said in a statement: “We are determined to keep fighting.”',
      'Simon Achebe: [We are determined to keep fighting.]',
    ],
    [
      'nobody that can be made out',
      '“The bridge is safe,” Mayor Ines Okafor said.\n\nThe following was found on the door of the hall an hour later:\n\n“We will be back on Monday, and we will bring the boats.”',
      'unclear: [We will be back on Monday, and we will bring the boats.]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));
});

describe('the one meant', () => {
  it.each([
    [
      'whose column it is, not whom it is about',
      'As for Peter Brandt, Simon Achebe’s latest column reflects an old point. He argues that the harbour has “an entirely different bar to clear.”',
      'Simon Achebe: [the harbour has “an entirely different bar to clear.”]',
    ],
    [
      'no agency where two were named',
      'The Department of Harbour Safety said in a report it “acknowledged the need.”\n\nAt least one agency, the Coastal Commission, has approved the request of the Water Authority to build towers. The agency noted that they were “meant to track boats.”',
      'unclear: [they were “meant to track boats.”]',
    ],
    [
      'a body named after two things it does',
      'Customs and Border Protection describes the towers as “a partner that never sleeps and never needs a break.”',
      'Customs and Border Protection: [the towers as “a partner that never sleeps and never needs a break.”]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));
});

describe('who of two', () => {
  it.each([
    [
      'the subject of the sentence, not the speaker before',
      'Peter Brandt criticized Simon Achebe, calling him “a failed candidate.” After Brandt’s election, Achebe changed his tune, and while he still said he thought the mayor was not “a role model,” he praised him.',
      'Simon Achebe: [he thought the mayor was not “a role model,”]',
    ],
    [
      'the one who writes, not the one who is written to',
      'Senator Ana López, the committee’s top Democrat, wrote to the panel’s Republican chairman, Senator Peter Brandt, asking for an “immediate postponement of all proceedings” on the bridge.',
      'Ana López: [an “immediate postponement of all proceedings” on the bridge]',
    ],
    [
      'the one who was just introduced',
      'Andy Marsh told the Echo he saw the truck. “They were looking for a way out,” he said.\n\nEric Dorn was eating on the street where it happened.\n\n“You can see wreckage all along the way,” he said.',
      'Eric Dorn: [You can see wreckage all along the way,]',
    ],
    [
      'the one whose verb comes behind an aside',
      '“It is a mess,” said Councilman Peter Brandt. “We will see,” he said. The area has many shops.\n\nIn a tiny store next door to the theater, George Armand, a 32-year-old from the south, sells music. He said that when people like him can vote “things will be very different.”',
      'George Armand: [when people like him can vote “things will be very different.”]',
    ],
    [
      'who stands beside the marks, in brackets too',
      'Peter Brandt said he liked it. (“It is nothing like what happened,” Ana López, who was hostile toward the other guests, told the Echo.)',
      'Ana López: [It is nothing like what happened,]',
    ],
    [
      'a university with its whole name',
      'The University of South Norland has canceled classes, saying that they would “place an undue burden on the city.”',
      'University of South Norland: [they would “place an undue burden on the city.”]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));
});

describe('whose bare name it is', () => {
  it.each([
    [
      'the mayor’s, not her son’s',
      'Mayor Lindqvist opened the bridge. Her son Olaf Lindqvist said “it was great.” Mayor Lindqvist said “we open today.”',
      ['Olaf Lindqvist: [it was great.]', 'Lindqvist: [we open today.]'],
    ],
    [
      'the mayor’s whom the article names later',
      'Mayor Lindqvist opened the bridge. “It took nine years,” said Mayor Ana Lindqvist. Lindqvist said “we open today.”',
      ['Ana Lindqvist: [It took nine years,]', 'Ana Lindqvist: [we open today.]'],
    ],
    [
      'a surname that is a word',
      '“This is right,” said Ruth Black, a psychologist. “It is kind of like a withdrawal,” Black said. Black voters said “yes.”',
      ['Ruth Black: [This is right,]', 'Ruth Black: [It is kind of like a withdrawal,]', 'Black voters: [yes.]'],
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toEqual(expected));
});

it('a role is an office, not what somebody does or is thought to be', () => {
  const text =
    'Ana López, addressing the council for the third time, said “we will win.” Peter Brandt is a monstrous madman. Brandt said “we will see.” Simon Achebe, an old man who fishes, said “we will fight.” Ruth Okafor, a teacher, said “good.”';
  expect(found(text).speakers.map(({ name, role }) => [name, role])).toEqual([
    ['Ana López', undefined],
    ['Peter Brandt', undefined],
    ['Simon Achebe', undefined],
    ['Ruth Okafor', 'teacher'],
  ]);
});

it('the title of a book is nobody’s words', () =>
  expect(
    quotes(
      'Carl Thoms said the bill “will fail badly.” Carl Thoms is a columnist. His latest book is “What Works: Common Sense for a Stronger Norland” (Harbour Press, 2014).',
    ),
  ).toEqual(['Carl Thoms: [the bill “will fail badly.”]']));

it.each([
  ['Mr. Brandt said Tuesday’s vote was a farce.', 'Brandt: [Tuesday’s vote was a farce]'],
  [
    'The Norland Institute showed that the plans would go. It predicted up to 100 million policies could be canceled next year.',
    'Norland Institute: [up to 100 million policies could be canceled next year]',
  ],
])('a content begins with its first word: %s', (text, expected) => expect(quotes(text)).toContain(expected));

it('the lines above and below an article are no transcript', () =>
  expect(
    quotes(
      'Title: A vote in Norland\n\nDate: 2025-05-08\n\nURL: https://echo.example/vote\n\nThe council voted on Thursday.\n\n“The bridge is safe,” said Mayor Ines Okafor.\n\nNobody spoke against it.\n\nALSO SEE: Protesters leave the harbour',
    ),
  ).toEqual(['Ines Okafor: [The bridge is safe,]']));

it('forty people were hurt: that counts, and opposes nobody', () =>
  expect(found('Mr. Brandt said about 40 people were hurt.').reactions).toEqual([]));

it('the clock of a live page is no part of what is said', () => {
  expect(
    quotes(
      '11:20 a.m. “Please stay at home,” Fire Chief Dolores Whitfield says.\n\n10:31 a.m. Mayor Ines Okafor tells residents that they must leave.',
    ),
  ).toEqual(['Dolores Whitfield: [Please stay at home,]', 'Ines Okafor: [they must leave]']);
  expect(build('9:30 a.m. Monday is when the council meets, and it will meet for long.').masks).toEqual([]);
});

it('the one whom an interview introduces answers, not the one who asks', () => {
  expect(
    quotes(
      'Ingrid Solberg, 61, has written nine symphonies. She spoke with the Courier’s Ana Ruiz on Friday.\n\nQ: Is it your last?\n\nA: I said that after the eighth as well.\n\nQ: Do you believe in genius?\n\nA: No. I believe in getting up early.',
    ).filter((quote) => !quote.startsWith('unclear')),
  ).toEqual([
    'Ingrid Solberg: [I said that after the eighth as well.]',
    'Ingrid Solberg: [No. I believe in getting up early.]',
  ]);
});

it('a transcript’s capitals are no part of a name', () => {
  const { speakers, topics } = found(
    'MAYOR OKAFOR: The meeting is open.\n\nCOUNCILLOR BRANDT: The toll is forty dollars a night.\n\nMAYOR OKAFOR: Thank you, councillor BRANDT.',
  );
  expect(speakers.map(({ name, role }) => [name, role])).toEqual([
    ['Okafor', 'Mayor'],
    ['Brandt', 'Councillor'],
  ]);
  expect(topics).toEqual([]);
});

it.each(['“We are proud to open it here,” said Neil Orde.', '“I love you all so much,” said Zaya Orde.'])(
  'announces or greets, and takes no side: %s',
  (text) => expect(found(text).reactions).toEqual([]),
);

it('a network that the article introduces is no person', () => {
  const { speakers } = found(
    'Regulators sued the social network Lumo on Thursday. Lumo said the claims were “without merit.”',
  );
  expect(speakers.map(({ name, kind }) => [name, kind])).toContainEqual(['Lumo', 'organization']);
});

describe('who goes on speaking', () => {
  it.each([
    [
      'in the same paragraph, though another answers in the next',
      '“We lost the pier,” said Simon Achebe, a fisherman. “Nobody told us.”\n\n“They were told twice,” Mayor Ines Okafor said.',
      ['Simon Achebe: [We lost the pier,]', 'Simon Achebe: [Nobody told us.]', 'Ines Okafor: [They were told twice,]'],
    ],
    [
      'nobody knows, where two answer each other in one paragraph',
      '“Safe enough,” Mayor Ines Okafor said. “For your boats?” “Next question.”',
      ['Ines Okafor: [Safe enough,]', 'unclear: [For your boats?]', 'unclear: [Next question.]'],
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toEqual(expected));
});

describe('a label before a colon is no voice', () => {
  it.each([
    [
      'in a preview of a match',
      'The Gulls visit the Herons on Friday.\n\nSPORTSBOOK LINE: Gulls -6.\n\nBOTTOM LINE: The Gulls have lost nine in a row.\n\nTOP PERFORMERS: Rylan Dorn is scoring 17 points a game.',
    ],
    [
      'in a recipe',
      'Fish stew\n\nBox Colours: 1 green, 1 red.\n\nCut the fish.\n\nBox Colours: 1 purple.\n\nServe it hot.',
    ],
    [
      'in a list of those charged',
      'Five people were arrested at a motel.\n\nEliza A. Dorn: Possession of a stolen boat, held in jail.\n\nVictor N. Dorn: Two warrants, held in jail.\n\nPeter Brandt: Theft, released.',
    ],
    [
      'under a picture',
      'The council heard the case on Friday.\n\nBrandt: No case for a toll\n\nThe hall was full.\n\nBrandt: No case for a toll',
    ],
  ])('%s', (_, text) => expect(found(text).quotes.filter(({ kind }) => kind === 'direct')).toEqual([]));

  it('ends the turn before it', () =>
    expect(
      quotes(
        'MAYOR OKAFOR: “The bridge is safe.” - to reporters on Friday.\n\nTHE FACTS: It is not. Two engineers have warned of rust.\n\nSENATOR PETER BRANDT: “Nobody has ever paid a toll here.”\n\nTHE FACTS: They have, until 1987.',
      ).filter((quote) => !quote.startsWith('unclear')),
    ).toEqual(['Okafor: [The bridge is safe.]', 'Peter Brandt: [Nobody has ever paid a toll here.]']));

  it('unless it takes turns with a voice', () =>
    expect(
      quotes(
        'Reason: Is it safe?\n\nOkafor: It is.\n\nReason: Who says so?\n\nOkafor: Two engineers.\n\nReason: Do they?\n\nOkafor: They do.',
      ),
    ).toHaveLength(6));
});

describe('a body is called by its own names', () => {
  const speakersOf = (text: string) => found(text).speakers.map(({ kind, name }) => `${kind}: ${name}`);

  it.each([
    [
      'behind a place stands who reports from there',
      'WASHINGTON (CNN) — The plan failed. CNN reported that Peter Brandt will leave.',
      ['organization: CNN'],
    ],
    [
      'a ministry of two fields is one body',
      'The Department of Health and Human Services said the plan works.',
      ['organization: Department of Health and Human Services'],
    ],
    [
      'so is one whose noun stands behind both',
      'The National Oceanic and Atmospheric Administration said it will rain.',
      ['organization: National Oceanic and Atmospheric Administration'],
    ],
    [
      'representatives are people, their house is not',
      'The House of Representatives said “no.”',
      ['organization: House of Representatives'],
    ],
    ['a country is nobody’s name', 'North Korea said it had tested “a new weapon.”', ['organization: North Korea']],
  ])('%s', (_what, text, speakers) => expect(speakersOf(text)).toEqual(speakers));

  it('capitals of a transcript become a name', () =>
    expect(speakersOf('AMY GOODMARK: Welcome to the show.\n\nINES OKAFOR: It is good to be here.')).toEqual([
      'person: Amy Goodmark',
      'person: Ines Okafor',
    ]));
});

describe('who says it, by grammar', () => {
  it.each([
    [
      'as somebody put it, before the marks',
      'John Ford was a poet. He wrote nine books. “It was a hard year,” he said.\n\nNo example shows this better. As Neil Brandt put it, “Had he written five more, he would have been rich.”',
      'Neil Brandt: [Had he written five more, he would have been rich.]',
    ],
    [
      'as somebody put it, behind them',
      'Mayor Ines Okafor spoke. “It is what it is,” as Simon Achebe put it.',
      'Simon Achebe: [It is what it is,]',
    ],
    [
      'the pronoun beside the verb, not what stands further off',
      'Ana López spoke on Friday. Harbour guards “say that nobody sees the boats,” she said, according to the Courier.',
      'Ana López: [Harbour guards “say that nobody sees the boats,”]',
    ],
    [
      'who told it, not the law it rests on',
      'Nobody knew. Harbour Secretary Jens Brandt told the Echo that “there are no plans for boats, but we have the right to support them” according to international law.',
      'Jens Brandt: [there are no plans for boats, but we have the right to support them]',
    ],
    [
      'one with three posts',
      '“Our third quarter shows growth,” chairman, CEO and president Craig Dorn said in the release.',
      'Craig Dorn: [Our third quarter shows growth,]',
    ],
    [
      'a woman, where the text names a man, too',
      'Jo Walton explained the passages to Tim Brandt. “You only see a tenth of it,” she said. Tim Brandt had a horror of it. “I like to be obvious,” he said.',
      'Tim Brandt: [I like to be obvious,]',
    ],
    [
      'a name that the models cut in two',
      'According to a 2018 survey by Penelope Muse Dornethy of the University of South Norland, the firm’s practice after acquiring a paper has been to “consolidate copy editing.” It works.',
      'Penelope Muse Dornethy: [the firm’s practice after acquiring a paper has been to “consolidate copy editing.”]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));

  it('nobody, in a heading or of a title', () => {
    const text =
      'Ana López testified on Friday. “It was wrong,” Ana López said.\n\n6. “The Achebe problem”\n\nSimon Achebe did not answer. The band unveiled its plans, bringing out Neil Orde to perform “Down to the Harbour.”';
    expect(quotes(text).filter((quote) => /problem|Down/.test(quote))).toEqual([]);
  });
});

describe('which of two that share a surname', () => {
  it.each([
    [
      'the one of whom the text was telling last',
      'As the city honoured Gustaf Lindqvist Jr on Monday, the mayor smiled. Gustaf Lindqvist III, the oldest child of Gustaf Lindqvist Jr, arrived at the hall. Lindqvist emerged an hour later. “We have to move forward,” Lindqvist said.',
      'Gustaf Lindqvist III: [We have to move forward,]',
    ],
    [
      'the one with the title',
      'Bill Dorn was mayor. Hilary Dorn runs for mayor. Mr. Dorn smiled. Mrs. Dorn told voters that Mr. Dorn “knows how to do it.”',
      'Hilary Dorn: [Mr. Dorn “knows how to do it.”]',
    ],
    [
      'the son',
      'President Peter Brandt left. His son Peter Brandt Jr. weighed in. “It was a waste of time,” Peter Jr. told the Echo.',
      'Peter Brandt Jr.: [It was a waste of time,]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));
});

describe('a name and a role end where they end', () => {
  it.each([
    ['when it was said', '“It will grow,” said Premier Abdul Sener earlier this month.', 'Abdul Sener', 'Premier'],
    [
      'who passed it on',
      '“He is not entitled to it,” said one legal expert, as reported by the Courier.',
      'one legal expert',
      undefined,
    ],
    ['a stop', '“It was a good month,” said survey chairman Norbert Ore.', 'Norbert Ore', 'survey chairman'],
    [
      'the capital of a sentence',
      'William Pryor left. In Pryor’s letter, he said “it is late.”',
      'William Pryor',
      undefined,
    ],
    [
      'a surname with a small word',
      'Festival director Sandra de Sousa left. “It is late,” De Sousa said.',
      'Sandra de Sousa',
      'Festival director',
    ],
    [
      'a body of several words',
      'Centers for Harbour Control and Prevention director Rochelle Dorn spoke. “You are safe,” Dorn said.',
      'Rochelle Dorn',
      'Centers for Harbour Control and Prevention director',
    ],
    [
      'a list of people',
      'Brandt, Balber and the group’s president, Jamie Court, laughed. “Good,” Harvey Brandt said.',
      'Harvey Brandt',
      undefined,
    ],
    ['a direction', 'They carry forward Ines Okafor’s legacy. “Good,” Ines Okafor said.', 'Ines Okafor', undefined],
    [
      'an outlet',
      'Simon Achebe is an economist. As The Economist put it, “the climate is changing.”',
      'Economist',
      undefined,
    ],
  ])('%s', (_, text, name, role) => {
    const { quotes, speakers } = found(text);
    const { speaker } = quotes.findLast(({ kind }) => kind !== 'indirect')!;
    expect([speakers[speaker!]!.name, speakers[speaker!]!.role]).toEqual([name, role]);
  });
});

describe('a word at the head of a sentence is nobody', () => {
  it.each([
    [
      'a label',
      'Some agreed.\n\nMinority view: “Harbour Line calls this a campaign.”',
      'unclear: [Harbour Line calls this a campaign.]',
    ],
    [
      'a question’s answer',
      'Why did she do it? Answer: She was upbraiding the captain for mailers.',
      'unclear: [She was upbraiding the captain for mailers]',
    ],
    [
      'an adverb before the source',
      'Moreover, critics point out that the treaty is old.',
      'critics: [the treaty is old]',
    ],
    [
      'an exclamation',
      '“The mayor chose to defame me.” Wow, murmured the press.',
      'unclear: [The mayor chose to defame me.]',
    ],
    ['an office', 'Ana López spoke. “It is late,” the Attorney General said.', 'Attorney General: [It is late,]'],
    ['a people', 'Israelis say it is over.', 'Israelis: [it is over]'],
    [
      'a headline’s verb',
      'Lindqvist Says He Will Go\n\nMayor Otto Lindqvist spoke. “I will go,” Lindqvist said.',
      'Otto Lindqvist: [I will go,]',
    ],
  ])('%s', (_what, text, quote) => expect(quotes(text)).toContain(quote));

  it('though a surname may be such a word', () =>
    expect(quotes('Senator Mia Power lost. Power said “we will see.”')).toContain('Mia Power: [we will see.]'));

  it.each([
    ['a watch', 'Human Rights Watch has described the group as “bad.”', 'Human Rights Watch'],
    ['an insider', '“It is bad,” Business Insider reported.', 'Business Insider'],
    ['a polling firm', 'Pew said the change is large.', 'Pew'],
  ])('%s is a body', (_what, text, name) =>
    expect(found(text).speakers).toMatchObject([{ kind: 'organization', name }]),
  );
});

it('an outlet’s account is a body, a person’s is a person', () => {
  const post = (name: string, handle: string) =>
    `The council met.\n\n“We will be there on Friday, come what may.” — ${name} (@${handle}) March 3, 2026\n\nThat was all.`;
  const kindOf = (text: string) => found(text).speakers.map(({ kind }) => kind);
  expect(kindOf(post('ABC News Politics', 'abcpol'))).toEqual(['organization']);
  expect(kindOf(post('The White House', 'house'))).toEqual(['organization']);
  expect(kindOf(post('Ines Okafor', 'okafor'))).toEqual(['person']);
});

describe('who it was, where two could be meant', () => {
  it.each([
    [
      'whoever stands behind the marks, whatever the words before the name',
      '“If you look at it, it should be ahead,” said awards pundit Tom Dorn. “It is good.”',
      'Tom Dorn: [If you look at it, it should be ahead,]',
    ],
    [
      'the singer, not the band',
      'Franz Dorn frontman Alex Kapra has called for help for musicians.\n\n“For any culture to thrive there needs to be some kind of help,” he said.',
      'Alex Kapra: [For any culture to thrive there needs to be some kind of help,]',
    ],
    [
      'the aide, not the president',
      'President Brandt’s chief aide said it was necessary. “It applies to the dollar alone,” he said.',
      'President Brandt’s chief aide: [It applies to the dollar alone,]',
    ],
    [
      'nobody who is spoken of by his first name',
      'The band’s spokesman said that they would review it after what doctors told Mike Mills. “We want Mike to get better,” he said.',
      'unclear: [We want Mike to get better,]',
    ],
    [
      'whom the paper quotes, not the paper',
      'The Echo reported on it. “We have created a new generation,” the Echo quoted Ana López as saying. “I am proud of it.”',
      'Ana López: [We have created a new generation,]',
    ],
    [
      'whoever stands behind marks that end a clause',
      'The Harbour index fell. In 2005 it “will rise toward 13,000”, predicted Harbour Bank strategist Ana López.',
      'Ana López: [In 2005 it “will rise toward 13,000”]',
    ],
    [
      'whoever echoes it',
      'Senator Ana López sidestepped it. “I commend them,” she said.\n\nSenator Peter Brandt, the third in rank, echoed the sentiment.\n\n“I’m not prepared to come out and support it.”',
      'Peter Brandt: [I’m not prepared to come out and support it.]',
    ],
    [
      'nobody, where the paragraph between tells of another',
      'Senator Ana López sidestepped it. “I commend them,” she said.\n\nSenator Peter Brandt was in the hall.\n\n“I’m not prepared to come out and support it.”',
      'unclear: [I’m not prepared to come out and support it.]',
    ],
    [
      'himself, who gives his name',
      'Peter Brandt has a new rival. In a spot, Carl Benson hits every note. “I’m Carl Benson and I’m running for mayor,” he says.',
      'Carl Benson: [I’m Carl Benson and I’m running for mayor,]',
    ],
    [
      'no bank, where another has spoken since',
      'Canal Bank failed in 1931. Harbour Trust said it set up a fund. The bank said that it is a “very different company.”',
      'unclear: [it is a “very different company.”]',
    ],
    [
      'a group’s word is no member’s',
      'Senators including Ana López wrote on Friday. “We will not have it,” wrote senators including Ana López.',
      'senators including Ana López: [We will not have it,]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));

  it('a group that is dubbed something says nothing', () =>
    expect(quotes('The group, dubbed “Battleground Norland,” plans to register voters.')).toEqual([]));
});

describe('more names and roles', () => {
  it.each([
    ['“This deal restores faith,” said analyst Erling Refsum at Nomora.', 'Erling Refsum', 'analyst'],
    ['Chief operating officer Peter Chern left. “No, never,” Chern said.', 'Peter Chern', 'Chief operating officer'],
    [
      'Director of television Jana Bennett said the changes were about “getting the best ideas.”',
      'Jana Bennett',
      undefined,
    ],
    ['Sen. Jim DeMarsh, R-South Norland, said the “offer will destroy jobs.”', 'Jim DeMarsh', 'Sen.'],
    [
      'Ana López Delivers: ‘She Understands’\n\nAna López spoke in the hall. “Not at all,” Ana López said.',
      'Ana López',
      undefined,
    ],
    ['When Rob Marsh and his wife arrived, Rob Marsh said “it was late.”', 'Rob Marsh', undefined],
  ])('%s', (text, name, role) => {
    const { quotes, speakers } = found(text);
    const { speaker } = quotes.findLast(({ kind }) => kind !== 'indirect')!;
    expect([speakers[speaker!]!.name, speakers[speaker!]!.role]).toEqual([name, role]);
  });
});

describe('who said it stays before who passes it on', () => {
  it.each([
    [
      'an agency behind the marks',
      'Mayor Ana López spoke. Asked if he would wait, López said: “I want to go as quickly as possible”, the Harbour Press reported.',
      'Ana López: [I want to go as quickly as possible]',
    ],
    [
      'a source of the whole sentence',
      'Simon Achebe took hostages. Simon Achebe claimed he had been “commissioned” by a friend, according to the station.',
      'Simon Achebe: [he had been “commissioned” by a friend]',
    ],
    ['but one alone stays', 'The costs fell by half, according to the ministry.', 'ministry: [The costs fell by half]'],
  ])('%s', (_what, text, quote) => expect(quotes(text)).toContain(quote));
});

it.each([
  ['a frustration', 'Brandt’s frustration with Achebe claimed that he is the healthiest man alive.', 'unclear'],
  [
    'patterns',
    'Some patterns on the left side of the organ suggested that Norland patients would fare better.',
    'unclear',
  ],
  ['both sides', 'Both sides said the talks were useful.', 'Both sides'],
  ['nurses', 'More than 200 nurses said the wards were full.', 'More than 200 nurses'],
  ['employees', 'A former Harbour employee said the wards were full.', 'former Harbour employee'],
])('%s: a thing says nothing, whoever’s name it bears', (_what, text, speaker) =>
  expect(quotes(text).map((quote) => quote.split(':')[0])).toEqual([speaker]),
);

describe('what a reader is shown is whole', () => {
  it.each([
    [
      'with its verb',
      '“She saw a map,” the source said. Brandt remembers it as a “friendly conversation,” the source said.',
      'source: [Brandt remembers it as a “friendly conversation,”]',
    ],
  ])('%s', (_, text, expected) => expect(quotes(text)).toContain(expected));

  it('a role has no words of the sentence before it', () => {
    const { speakers } = found(
      'The Echo published portions of transcripts of combative phone calls President Brandt had this year. “We will work it out,” President Brandt said.',
    );
    expect(speakers.map(({ name, role }) => [name, role])).toContainEqual(['Brandt', 'President']);
  });

  it('whoever backs out backs nothing', () =>
    expect(
      found('Peter Brandt backed out of the debate. Ana López said that it was late.').reactions.map(
        ({ stance }) => stance,
      ),
    ).not.toContain('support'));

  it('of a long speech, the sentence that takes the side', () => {
    const speech = Array.from(
      { length: 12 },
      (_, i) => `The harbour has had boats of kind ${i} since the year of the flood.`,
    );
    const text = `MAYOR OKAFOR: The meeting is open.\n\nMR. BRANDT: ${speech.join(' ')} This toll is a mistake. ${speech.join(' ')}\n\nMAYOR OKAFOR: Thank you.`;
    const [reaction] = found(text).reactions;
    expect(text.slice(reaction!.clause.start, reaction!.clause.end)).toBe('This toll is a mistake.');
  });
});

describe('a person, a body or nobody in particular', () => {
  it.each([
    [
      'an office before a name',
      '“The lies misled investors,” said Harbour U.S. Attorney Preet Bharat.',
      'person',
      'Preet Bharat',
    ],
    ['a name that is a title', 'Co-host Gayle King noted that Brandt was late.', 'person', 'Gayle King'],
    [
      'an office after a name',
      'Gro Harlem Brundt, the former prime minister of Norland, said she was devastated.',
      'person',
      'Gro Harlem Brundt',
    ],
    [
      'an official',
      'A senior White House official told the Echo that the mayor was briefed.',
      'unnamed',
      'senior White House official',
    ],
    ['a member', 'The same MP also asked if he supports the campaign.', 'unnamed', 'same MP'],
    ['a party', 'The GOP says that its goal is growth.', 'organization', 'GOP'],
    [
      'a paper in a month',
      'The New York Times in August revealed that Brandt was ill.',
      'organization',
      'New York Times',
    ],
  ])('%s', (_what, text, kind, name) => expect(found(text).speakers[0]).toMatchObject({ kind, name }));
});

describe('officials and firms', () => {
  it.each([
    [
      'An official with the Centers for Disease Control and Prevention warned that nothing can “get the risk to zero.”',
      'unnamed: official with the Centers for Disease Control and Prevention',
    ],
    ['“It is sad,” Harbour police Const. Tim Fanley told a news conference.', 'person: Tim Fanley'],
    ['Gordon Advisors issued a statement. “We are sad,” Gordon Advisors said.', 'group: Gordon Advisors'],
    ['The Border Patrol said it had stopped a boat.', 'organization: Border Patrol'],
    ['“We saw it,” the Patrol said on Monday.', 'organization: Patrol'],
    [
      '“It is no coincidence that the call for a ban comes now.” — Editorial, Harbour Times',
      'organization: Harbour Times',
    ],
  ])('%s', (text, expected) => {
    const { quotes, speakers } = found(text);
    const { kind, name } = speakers[(quotes.findLast((quote) => quote.kind !== 'indirect') ?? quotes[0])!.speaker!]!;
    expect(`${kind}: ${name}`).toBe(expected);
  });
});

describe('who is asked, who is told of, who holds an office', () => {
  it.each([
    [
      'whoever is asked answers',
      'Mayor Rita Okafor opened the market. Later the host asked Mrs. Hanna Sandoz if she could sell her fish. “Yes, and gladly,” she said.',
      'Hanna Sandoz',
    ],
    [
      'a name behind the verb is no subject',
      'Hanna Sandoz beat her rival on Sunday. She admires Rita Okafor greatly.\n\n“I have work to do,” she said.',
      'Hanna Sandoz',
    ],
    [
      'a chief operating officer',
      'The chief of security at Maribel, Dan Orlov, left in March.\n\nMaribel’s chief operating officer, Hanna Sandoz, said the firm had done too little. “We were too slow,” she said.',
      'Hanna Sandoz',
    ],
  ])('%s', (_what, text, name) => {
    const { quotes, speakers } = found(text);
    expect(speakers[quotes.findLast((quote) => quote.kind === 'direct')!.speaker!]?.name).toBe(name);
  });
});

describe('what stands between the closing marks and who speaks is no part of the words', () => {
  it.each([
    ['“We take this seriously,” the firm’s managing director, Ana Sandoz, said.', 'direct: We take this seriously,'],
    [
      '“We heard pop, pop, pop,” smelled smoke and heard co-workers yelling, said Jean Larkin, 48, a staff accountant.',
      'direct: We heard pop, pop, pop,',
    ],
    [
      '“There’s a sense of calm now,” and gifts began to pick up again last week, Gilbert Moe said.',
      'partial: “There’s a sense of calm now,” and gifts began to pick up again last week',
    ],
  ])('%s', (text, expected) => {
    const { quotes } = found(text);
    const { kind, content } = quotes[0]!;
    expect(`${kind}: ${text.slice(content.start, content.end)}`).toBe(expected);
  });
});
