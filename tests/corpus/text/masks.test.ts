import { expect, it } from 'vitest';
import { furniture } from '../../../src/corpus/text/masks.ts';
import { build } from '../../../src/corpus/text/paragraphs.ts';

it.each([
  'Leave a Comment',
  'ADVERTISEMENT',
  'Story continues below advertisement',
  'CLOSE',
  'Share on Facebook Share on Twitter',
  'Sign up for our newsletter and get the news every morning.',
  'Read more: What the treaty of 1974 says',
  'RELATED: Nine boats towed from the pier',
  'Follow Ana Ruiz on Twitter @ana',
  'Copyright © 2026 Harbor Post. All rights reserved.',
  'The Associated Press contributed to this report.',
  'Support our journalism. Become a member today.',
  '***',
  '3 min read',
  'Correction: An earlier version of this article said that the mayor had called the ferry "free".',
  'FOR IMMEDIATE RELEASE',
  'Contact: Neil Orde, press@brightwater.example, 555-0199',
  '(Reporting by Tomas Ekdahl; Editing by Rina Solberg)',
  'This story has been updated to include comments from the mayor.',
  'An earlier version of this article misspelled the name of the mayor.',
  'Ana Ruiz covers city hall for the Harbor Post. Reach her at ana.ruiz@harborpost.example or on Twitter at @anaruiz.',
  'Write to Ana Ruiz at ana.ruiz@harborpost.example',
  'Got a tip? Email tips@harborpost.example.',
  'You are receiving this email because you signed up at tidetable.example.',
])('masks %j', (line) => {
  expect(furniture(line)).toBe('boilerplate');
});

it.each([
  ['Boats outside the port on Friday. (Photo: Ana Ruiz, AP)', 'caption'],
  ['Photo: Ana Ruiz for the Harbor Post', 'caption'],
  [
    `Photos: The storm ${'The storm – A boat ashore. Hide Caption 1 of 9 '.repeat(12)}The quay. Hide Caption 9 of 9`,
    'caption',
  ],
  ['The harbor of Port Hallow | AP Photo', 'caption'],
  ['By Ana Ruiz and Ben Moe, Harbor Post', 'byline'],
  ['By Ana Ruiz, staff writer', 'byline'],
  ['Nov. 16, 2026 | Updated 4:12 p.m.', 'byline'],
  ['Published November 17, 2026 at 8:30 a.m.', 'byline'],
])('masks %j as %s', (line, kind) => {
  expect(furniture(line)).toBe(kind);
});

it.each([
  'Copyright law was changed by the assembly on Tuesday.',
  'Privacy policy at the company drew criticism from the council after the leak of nine thousand letters.',
  'Support for the closure grew among journalism students, a survey found.',
  'Writing by hand helps children, a study of forty schools says.',
  'By Friday, the council had heard nothing.',
  'Share prices fell on Monday.',
  'Close the strait, the governor said.',
  'Comment was refused by the ministry.',
  '“We read more than we write,” she said.',
  'The report names nine people (seven of them fishermen).',
  'Corrections officers went on strike on Monday, the union said.',
  'The police have refused to say where he is, and reporters were unable to contact him at any addresses or phone numbers.',
  'Amtrak said that anyone with questions about the train can contact them at 555-523-9101.',
  'On Nov. 16, 2026, the council voted.',
  'Advertisement revenue fell by a third, the outlet said.',
])('leaves prose alone: %j', (line) => {
  expect(furniture(line)).toBeUndefined();
});

it('takes a box of links out of a sentence, which goes on around it', () => {
  const text =
    '"It is the end of this code," Chairman Ken Brade Kenneth Paul BradeLawmakers under pressure to pass fix | How we stopped worrying MORE (R-Ohio) said.';
  const { paragraphs, masks } = build(text);
  expect(paragraphs).toHaveLength(1);
  expect(masks.map(({ start, end }) => text.slice(start, end))).toEqual([
    ' Kenneth Paul BradeLawmakers under pressure to pass fix | How we stopped worrying MORE',
  ]);
});

it('takes furniture off the ends of a line of prose', () => {
  const text = 'CLOSE Governor Marrow spoke on Tuesday.\nThe council answered on Wednesday. Advertisement';
  const { paragraphs, masks } = build(text);
  expect(paragraphs.map(({ start, end }) => text.slice(start, end))).toEqual([
    'Governor Marrow spoke on Tuesday.',
    'The council answered on Wednesday.',
  ]);
  expect(masks.map(({ start, end }) => text.slice(start, end))).toEqual(['CLOSE', 'Advertisement']);
});
