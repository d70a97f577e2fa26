import { expect, it } from 'vitest';
import { build } from '../../../src/corpus/text/paragraphs.ts';

/** The paragraphs that are left as the article. */
const article = (text: string): string[] =>
  build(text, { guessHeadline: true }).paragraphs.map(({ start, end }) => text.slice(start, end));

it('leaves of a press release what it announces', () => {
  expect(
    article(`FOR IMMEDIATE RELEASE

Brightwater Opens Tidal Plant in Port Hallow

PORT HALLOW, Nov. 17, 2026 /NewsLine/ -- Brightwater Energy, Inc. (NYSE: BRWT), a maker of tidal turbines, today announced the opening of its first plant in Port Hallow.

“This plant will power nine thousand homes,” said Neil Orde, chief executive of Brightwater. “We are proud to open it here.”

The plant cost $40 million and will employ 60 people, the company said.

“We look forward to working with the harbour,” said Ines Okafor, mayor of Port Hallow.

About Brightwater Energy

Brightwater Energy, Inc. is a leading maker of tidal turbines, trusted by more than 200 utilities in 14 countries. Founded in 2009 and headquartered in Dunmore, the company says “the sea is our socket.” For more information, visit www.brightwater.example or follow @brightwater.

Forward-Looking Statements

This press release contains forward-looking statements within the meaning of Section 27A of the Securities Act of 1933. Words such as “believes,” “expects,” “intends,” and “plans” identify forward-looking statements. Actual results may differ materially from those expressed. Brightwater undertakes no obligation to update any forward-looking statement.

Media Contact:
Rita Vale
Director of Communications, Brightwater Energy
press@brightwater.example
+1 555 0199

Investor Relations
Ben Moe
ir@brightwater.example

SOURCE Brightwater Energy, Inc.

###`),
  ).toEqual([
    'PORT HALLOW, Nov. 17, 2026 /NewsLine/ -- Brightwater Energy, Inc. (NYSE: BRWT), a maker of tidal turbines, today announced the opening of its first plant in Port Hallow.',
    '“This plant will power nine thousand homes,” said Neil Orde, chief executive of Brightwater. “We are proud to open it here.”',
    'The plant cost $40 million and will employ 60 people, the company said.',
    '“We look forward to working with the harbour,” said Ines Okafor, mayor of Port Hallow.',
  ]);
});

it('ends a release at its end mark', () => {
  expect(
    article(`University of Dunmore researchers find lead in harbour mud

Scientists at the University of Dunmore have found lead in the mud of the harbour at nine times the safe level, according to a study published on Friday.

“We did not expect this,” said Dr. Lena Fisk, who led the study. “The mud should not be touched.”

The study was paid for by the Harbour Trust.

-ENDS-

Notes to editors

1. The paper, “Lead in Estuarine Sediments,” is published in Marine Letters.
2. For interviews with Dr. Fisk, contact Tom Reyes on 01632 960001 or tom.reyes@dunmore.example.

About the University of Dunmore
The University of Dunmore was founded in 1891 and is ranked among the world’s top 200 universities. It has 21,000 students from 90 countries.

About the Harbour Trust: The Harbour Trust is a charity that looks after 40 miles of coast. Registered charity number 100200.`),
  ).toEqual([
    'Scientists at the University of Dunmore have found lead in the mud of the harbour at nine times the safe level, according to a study published on Friday.',
    '“We did not expect this,” said Dr. Lena Fisk, who led the study. “The mud should not be touched.”',
    'The study was paid for by the Harbour Trust.',
  ]);
});

it('takes the writer, the updates and the other stories off a newspaper article', () => {
  expect(
    article(`Council delays vote on harbor toll

By Ana Ruiz, staff writer
Nov. 16, 2026 | Updated 4:12 p.m.

The Port Hallow council put off a vote on the harbor toll on Monday after nine fishermen spoke against it.

“We cannot pay it,” said Gus Lindqvist, who owns two boats.

Mayor Ines Okafor said the council would vote in December.

This story has been updated to include comments from the mayor.

This is a developing story. Check back for updates.

Ana Ruiz covers city hall for the Harbor Post. Reach her at ana.ruiz@harborpost.example or on Twitter at @anaruiz.

Have a tip? Email tips@harborpost.example.

More from the Harbor Post
Nine boats towed from the pier
Mayor: “We will not be bullied by the ports”
What the treaty of 1974 says about tolls

Get the Harbor Post in your inbox every morning.
Enter your email
Sign up
By signing up, you agree to our Terms of Use and Privacy Policy.

Leave a Comment`),
  ).toEqual([
    'The Port Hallow council put off a vote on the harbor toll on Monday after nine fishermen spoke against it.',
    '“We cannot pay it,” said Gus Lindqvist, who owns two boats.',
    'Mayor Ines Okafor said the council would vote in December.',
  ]);
});

it('takes the foot off a newsletter', () => {
  expect(
    article(`The Tide Table: your weekly note from the harbor

Good morning. It is Monday, and the toll is back.

Harbor master Jon Pike told me on Friday that the toll would be ready by March. “It is only money,” he said.

The council meets on Tuesday at 7 p.m.

That’s all for this week. Thanks for reading! Forward this to a friend.

You are receiving this email because you signed up at tidetable.example.

Unsubscribe | Update your preferences | View in browser

Our mailing address is:
Tide Table, 12 Quay Street, Port Hallow

© 2026 Tide Table`),
  ).toEqual([
    'The Tide Table: your weekly note from the harbor',
    'Good morning. It is Monday, and the toll is back.',
    'Harbor master Jon Pike told me on Friday that the toll would be ready by March. “It is only money,” he said.',
    'The council meets on Tuesday at 7 p.m.',
  ]);
});

it('takes the readers’ comments that follow an article', () => {
  const prose = [
    'The council put off a vote on the harbor toll on Monday.',
    '“We cannot pay it,” said Gus Lindqvist, who owns two boats and pays for both.',
    'Mayor Ines Okafor said the council would vote again in December.',
  ];
  const comments = [
    '2 Comments',
    'Harry says:',
    'The mayor said “I will resign” and everybody at the quay heard her say so.',
    'Reply',
    'Rita says:',
    'I agree with every word that Harry wrote here, and so do all my neighbours.',
    'Reply',
  ];
  expect(article([...prose, ...comments].join('\n\n'))).toEqual(prose);
  // Above the article the same words only lead to them.
  expect(article(['Leave a Comment', ...prose].join('\n\n'))).toEqual(prose);
});

it('leaves parts of an article alone that only look like such', () => {
  const text = `About 40 people met on the quay on Monday to protest the harbor toll.

“We are here to stay,” said Gus Lindqvist.

About Lindqvist, the mayor said only that “he is a good fisherman.”

Contact with the crew was lost at 4 a.m., the coast guard said.

About the toll

The toll is paid by every boat over nine meters. It was set in 1974 and has not risen since, the council says.

What happens next

The council will vote in December. “I expect it to pass,” Okafor said.

Sources: Harbor Trust, council minutes.`;
  expect(article(text)).toHaveLength(9);
});

it.each([
  [
    'a transcript goes on after its marks',
    'DEAN: Moot, yes, and I doubt that the court is going to order it to be honored.\n###\nCALLAN: I think she is grasping here, because there is really nothing more to be done about it.',
  ],
  [
    'news of a filing',
    'The council heard the company on Monday, and again on Tuesday afternoon.\nIt has to wait until the spring, the members of the council agreed on Monday.\nThe company said it must comply with the Securities Act of 1933 and undertakes no obligation to wait.',
  ],
  [
    'a sentence with a colon',
    'The council heard the company on Monday, and again on Tuesday afternoon.\nIt has to wait until the spring, the members of the council agreed on Monday.\nAbout the 2013 breach, Archuleta added: “We did not have a breach in security then, and Archuleta knows it.”',
  ],
])('%s', (_, text) => expect(article(text)).toEqual(text.split('\n').filter((line) => line !== '###')));
