import { describe, expect, it } from 'vitest';
import { matchMarks } from '../../../src/analysis/text/marks.ts';
import { tokenise } from '../../../src/analysis/text/tokens.ts';

const runs = (text: string): string[] => {
  const tokens = tokenise(text);
  return matchMarks(tokens).runs.map((run) => text.slice(tokens.start[run.first], tokens.end[run.last]));
};

describe('matchMarks', () => {
  it.each([
    ['“We will appeal,” said Ana López. “Soon.”', ['We will appeal,', 'Soon.']],
    ['"We will appeal," said Ana López.', ['We will appeal,']],
    ["''We will appeal,'' said Ana López.", ['We will appeal,']],
    ['« Nous verrons », said Ana López.', ['Nous verrons']],
    [
      '‘We will appeal,’ said Ana López, ‘if the voters’ choice stands.’',
      ['We will appeal,', 'if the voters’ choice stands.'],
    ],
    ["'We don't know,' she said in the '90s.", ["We don't know,"]],
    ['“He told me ‘no’ and left,” she said.', ['He told me ‘no’ and left,']],
    ['The player is 6\'2" and the pipe 12" wide.', []],
    ['It was the workers’ choice, not the owners’ wish.', []],
    ['He said: “It never closes', ['It never closes']],
    ['„Das ist gut“, said Ana López. „We will build“, she added.', ['Das ist gut', 'We will build']],
    ['»Das ist gut«, said Ana López.', ['Das ist gut']],
    ['"He told me "never come back" and left," she said.', ['He told me "never come back" and left,']],
    ['“They said “no problem” and left,” she said. “Twice.”', ['They said “no problem” and left,', 'Twice.']],
    ['"We were lied to, said Ana López, a baker. She left.', ['We were lied to,']],
    ['"We were lied to. She left in May.', ['We were lied to.']],
  ])('%s', (text, expected) => {
    expect(runs(text)).toEqual(expected);
  });

  it('joins a quotation that reopens its mark in the next paragraph', () => {
    const tokens = tokenise('“First part.\n\n“Second part,” she said.');
    expect(matchMarks(tokens).runs.map((run) => [run.closed, run.continues])).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});
