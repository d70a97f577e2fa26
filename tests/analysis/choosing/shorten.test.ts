import { describe, expect, it } from 'vitest';
import { shortened } from '../../../src/analysis/choosing/shorten.ts';
import { shortSummary, summarize } from '../../../src/analysis/choosing/summary.ts';

const long =
  'The council, which had met in closed session with lawyers, put off a vote on the harbor toll until December, saying that it wanted to hear from the new members, who take their seats next week.';

describe('shortened', () => {
  it.each([
    [
      long,
      25,
      'The council, which had met in closed session with lawyers, put off a vote on the harbor toll until December',
    ],
    [
      'The ferry was lost off Harrow on Monday; all 212 people aboard were taken off by fishing boats.',
      10,
      'The ferry was lost off Harrow on Monday',
    ],
    [
      '“We cannot pay it,” said Gus Lindqvist, who owns two boats and pays for both of them.',
      8,
      '“We cannot pay it,” said Gus Lindqvist',
    ],
  ])('%s', (sentence, words, cut) => {
    expect(shortened(sentence, words)).toBe(cut);
    expect(sentence.startsWith(cut)).toBe(true);
  });

  it.each([
    ['its verb comes later', long, 12],
    [
      'the rest takes it back',
      'The harbor will open on Friday, officials said, but only if the storm has passed by then.',
      9,
    ],
    ['the rest bounds it', 'The mayor will sign the new toll into law, unless the members vote it down next week.', 10],
    ['a mark stays open', 'She said “we will close the harbor, which is ours, on Friday” to the whole town.', 8],
    ['a dash stays open', 'The toll — forty dollars a night, which is more than most — was put off on Monday.', 8],
    ['it has no such place', 'The council put off a vote on the toll for the harbor until the end of the year.', 8],
  ])('is nothing where %s', (_, sentence, words) => expect(shortened(sentence, words)).toBeUndefined());
});

describe('a summary of what is too long or too short', () => {
  it('cuts the first sentence, and says so', () => {
    expect(summarize([{ text: long }], 25)).toEqual([]);
    expect(shortSummary([{ text: long }], 25)).toBe(
      'The council, which had met in closed session with lawyers, put off a vote on the harbor toll until December…',
    );
  });
  it('gives the headline where nothing can be cut', () => {
    expect(shortSummary([{ title: 'Vote on toll put off', text: long }], 10)).toBe('Vote on toll put off');
    expect(shortSummary([{ title: 'Harbor closed', text: '' }], 10)).toBe('Harbor closed');
    expect(shortSummary([{ text: long }], 3)).toBeUndefined();
  });
  it.each([
    ['Boats back in port.', ['Boats back in port.']],
    ['The harbor is closed until Friday', ['The harbor is closed until Friday']],
    ['10:50 a.m. Mayor Okafor says the vote is off.', ['Mayor Okafor says the vote is off.']],
  ])('keeps a short article whole: %s', (text, lines) =>
    expect(summarize([{ text }], 60).map((one) => one.text)).toEqual(lines),
  );
});
