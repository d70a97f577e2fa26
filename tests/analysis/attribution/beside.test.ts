/** What stands beside a quotation decides for all that its verb reports. */
import { expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';

const quotes = (text: string): string[] => {
  const { quotes, speakers } = analyze({ text });
  return quotes.map(
    ({ speaker, content }) =>
      `${speaker === undefined ? 'unclear' : speakers[speaker]!.name}: ${text.slice(content.start, content.end)}`,
  );
};

it('the second half of a quotation is that of who stands between them, not of who speaks next', () =>
  expect(
    quotes(
      'Many marched.\n\n“It seems older than the Women’s March was,” says Betsy Kleinert, 69. “Because a lot of younger people haven’t had experiences like we have, paying our taxes every year.” Her friend Kate Marsh, 70, chimed in: “Even Nixon.”',
    ),
  ).toEqual([
    'Betsy Kleinert: It seems older than the Women’s March was,',
    'Betsy Kleinert: Because a lot of younger people haven’t had experiences like we have, paying our taxes every year.',
    'Kate Marsh: Even Nixon.',
  ]));

it('who asks whom is who asks', () =>
  expect(
    quotes(
      'Dana Rowe ran.\n\n“Is she good for the caucus in the House?” the Echo’s Victor Blakewell asked chair Cheri Buston (D-Ill.).\n\n“Look, she has a lot of followers,” Buston said.',
    ),
  ).toEqual([
    'Victor Blakewell: Is she good for the caucus in the House?',
    'Cheri Buston: Look, she has a lot of followers,',
  ]));
