import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { build } from '../../src/corpus/paragraphs.ts';

const folder = new URL('../gold/', import.meta.url);
const cases = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/expected.json`, folder)));

it.each(cases)('finds every quote of %s', (name) => {
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
  const text = read('article.txt');
  const { posts, masks } = build(text);
  const { quotes, speakers } = analyze({ text, posts, masks });
  const slice = (span: { start: number; end: number } | undefined) =>
    span ? text.slice(span.start, span.end) : undefined;
  const found = quotes.map(({ kind, medium, content, verbatim, speaker, mention, cue, when, where }) => ({
    kind,
    medium,
    content: slice(content),
    verbatim: verbatim.map(slice),
    speaker: speaker === undefined ? undefined : speakers[speaker]!.name,
    mention: slice(mention),
    cue: slice(cue),
    when: slice(when),
    where: slice(where),
  }));
  const { quotes: expected } = JSON.parse(read('expected.json'));
  expect(JSON.parse(JSON.stringify(found))).toEqual(expected);
});
