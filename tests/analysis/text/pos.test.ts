import { expect, it } from 'vitest';
import { TAGS } from '../../../src/analysis/text/pos.ts';
import { tagText } from '../../../src/analysis/text/tag.ts';

it('tags a plain news sentence', () => {
  const { tags } = tagText('Mayor Adaeze Obi said the city will not close its two libraries.');
  expect([...tags].map((tag) => TAGS[tag]).join(' ')).toBe('NNP NNP NNP VBD DT NN MD RB VB PRP$ CD NNS .');
});
