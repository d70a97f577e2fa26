import { expect, it } from 'vitest';
import { build } from '../../../src/corpus/text/paragraphs.ts';

const postsOf = (text: string) =>
  build(text).posts.map((post) => ({
    words: text.slice(post.text.start, post.text.end),
    block: text.slice(post.span.start, post.span.end),
    by: `${post.name} @${post.handle} ${post.day ?? ''}`.trim(),
  }));
const around = (post: string) =>
  `The governor spoke on Tuesday about the strait.\n${post}\nThe council answered on Wednesday.`;

it.each([
  [
    'words and signature on two lines',
    '🚨 The strait is closed. "No deals." pic.twitter.com/AbC1\n— HarborWatch (@HarborWatch) November 17, 2026',
    '🚨 The strait is closed. "No deals."',
    'HarborWatch @HarborWatch 2026-11-17',
  ],
  [
    'all on one line',
    'The strait is closed. https://t.co/x1 — Ilse Marrow (@GovMarrow) November 17, 2026',
    'The strait is closed.',
    'Ilse Marrow @GovMarrow 2026-11-17',
  ],
  [
    'links on a line of their own',
    'The strait is closed.\npic.twitter.com/AbC1 https://t.co/x\n— Ilse Marrow (@GovMarrow) 17 Nov 2026',
    'The strait is closed.',
    'Ilse Marrow @GovMarrow 2026-11-17',
  ],
  [
    'two hyphens and no date',
    'The strait is closed. pic.twitter.com/AbC1\n-- Ilse Marrow (@GovMarrow)',
    'The strait is closed.',
    'Ilse Marrow @GovMarrow',
  ],
  [
    'a time and a handle with points',
    'The strait is closed.\n— Ana Ruiz (@ana.example.social) 10:15 AM · November 17, 2026',
    'The strait is closed.',
    'Ana Ruiz @ana.example.social 2026-11-17',
  ],
  [
    'a copied card',
    'Ilse Marrow\n@GovMarrow\nThe strait is closed.\nNo deals.\n10:15 AM · Nov 17, 2026',
    'The strait is closed.\nNo deals.',
    'Ilse Marrow @GovMarrow 2026-11-17',
  ],
])('finds a post: %s', (_name, post, words, by) => {
  expect(postsOf(around(post))).toEqual([{ words, block: post, by }]);
});

it('finds two posts one after the other', () => {
  const text = around('One. pic.twitter.com/a\n— A (@a) May 1, 2026\nTwo. pic.twitter.com/b\n— B (@b) May 2, 2026');
  expect(postsOf(text).map(({ words }) => words)).toEqual(['One.', 'Two.']);
});

it.each([
  ['a writer’s note', '- Ana Ruiz (@ana) is director of the harbor museum.'],
  ['a handle in a sentence', 'The mayor (@mayor) said nothing - Ben Moe (@ben) did, on Monday.'],
  ['a dash before a name', 'It was closed by one person — the governor (November 17, 2026)'],
])('takes %s for no post', (_name, line) => {
  expect(postsOf(around(line))).toEqual([]);
});
