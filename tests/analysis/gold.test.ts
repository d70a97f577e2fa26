import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { goldQuotes } from '../../src/analysis/gold.ts';
import { build } from '../../src/corpus/text/paragraphs.ts';

const folder = new URL('../gold/', import.meta.url);
const cases = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/expected.json`, folder)));

it.each(cases)('finds every quote of %s', (name) => {
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
  const text = read('article.txt');
  const { posts, masks } = build(text);
  const found = goldQuotes(text, analyze({ text, posts, masks }));
  const { quotes: expected } = JSON.parse(read('expected.json'));
  expect(found).toEqual(expected);
});
