import { describe, expect, it } from 'vitest';
import { tagText } from '../../../src/analysis/text/tag.ts';

const sentences = (text: string): string[] => {
  const { tokens, sentences: found } = tagText(text);
  return Array.from({ length: found.count }, (_, s) =>
    text.slice(tokens.start[found.first[s]!], tokens.end[found.first[s + 1]! - 1]),
  );
};

describe('splitSentences', () => {
  it.each([
    ['Sen. Ada Boyle spoke. The U.S. Army listened.', ['Sen. Ada Boyle spoke.', 'The U.S. Army listened.']],
    ['“Why now?” Boyle asked. Nobody knew.', ['“Why now?” Boyle asked.', 'Nobody knew.']],
    ['“It is over.” The hall emptied.', ['“It is over.”', 'The hall emptied.']],
    ['J. R. Moss of Acme Inc. said so on Jan. 9. He left.', ['J. R. Moss of Acme Inc. said so on Jan. 9.', 'He left.']],
    ['It rose 3.5 percent at 4 p.m. The traders cheered.', ['It rose 3.5 percent at 4 p.m.', 'The traders cheered.']],
    ['He works at Yahoo! News in Leeds.', ['He works at Yahoo! News in Leeds.']],
    ['A headline without a stop\nThe story begins.', ['A headline without a stop', 'The story begins.']],
  ])('%s', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });
});
