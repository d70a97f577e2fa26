import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actions,
  type Block,
  divider,
  heading,
  type Inline,
  list,
  paragraph,
  run,
  small,
  text,
} from '../../src/document.ts';
import { type Packing, packBlocks, splitText } from '../../src/platforms/pack.ts';

const size = (inline: Inline) => ('text' in inline ? inline.text.length : 10);
const lengthOf = (block: Block): number => {
  if ('text' in block) return block.text.reduce((sum, inline) => sum + size(inline), 0);
  return block.kind === 'list' ? block.items.flat().reduce((sum, inline) => sum + size(inline), 0) : 0;
};
const packing: Packing<'characters' | 'parts'> = {
  limits: { characters: 100, parts: 5 },
  cost: (block) => ({ characters: lengthOf(block), parts: 1 }),
  longestText: 100,
  size,
  mostActions: 5,
  mostChoices: 25,
  tooLong: () => small('Too long to be shown here.'),
};
const pack = (...blocks: Block[]) => packBlocks(blocks, packing);
const plain = (pages: readonly (readonly Block[])[]) => pages.map((page) => page.map((block) => block.kind));
const quoted = (words: string): Block => ({
  kind: 'statement',
  who: [text('Ana')],
  words: [[{ kind: 'verbatim', text: words, receipt: 'q', articleId: 'a', hash: 'h', span: { start: 0, end: 1 } }]],
});

describe('packBlocks', () => {
  it('keeps everything on one page that fits', () => {
    expect(plain(pack(heading('Title'), paragraph('Some words.')))).toEqual([['heading', 'text']]);
  });

  it('never leaves a heading at the foot of a page', () => {
    const pages = pack(paragraph('a'.repeat(80)), heading('Title'), paragraph('b'.repeat(60)));
    expect(plain(pages)).toEqual([['text'], ['heading', 'text']]);
  });

  it('keeps buttons with what they are about', () => {
    const many = Array.from({ length: 5 }, (_, n) => paragraph(`${n}`));
    expect(plain(pack(...many, actions(run('More', '/brief'))))).toEqual([
      ['text', 'text', 'text', 'text'],
      ['text', 'actions'],
    ]);
  });

  it('drops dividers at the edges of pages', () => {
    expect(plain(pack(divider, paragraph('a'.repeat(90)), divider, paragraph('b'.repeat(90)), divider))).toEqual([
      ['text'],
      ['text'],
    ]);
  });

  it('splits a long list between its items', () => {
    const pages = pack(list(Array.from({ length: 10 }, () => 'an item of about forty characters, or so')));
    expect(pages.flat().every((block) => block.kind === 'list' && lengthOf(block) <= 100)).toBe(true);
    expect(pages.flat().flatMap((block) => (block.kind === 'list' ? block.items : []))).toHaveLength(10);
  });

  it('splits rows of buttons', () => {
    const pages = pack(actions(...Array.from({ length: 12 }, (_, n) => run(`${n}`, '/brief'))));
    expect(pages.flat().map((block) => block.kind === 'actions' && block.actions.length)).toEqual([5, 5, 2]);
  });

  it('says so instead of cutting quoted words', () => {
    const tooLong: Block = { kind: 'text', text: [text('He said '), ...wordsOf(quoted('x'.repeat(200)))] };
    expect(pack(tooLong)).toEqual([[small('Too long to be shown here.')]]);
  });

  it('gives no page for nothing', () => {
    expect(pack()).toEqual([]);
    expect(pack(divider)).toEqual([]);
  });

  it('keeps all blocks in order and every page inside the limits, whatever comes', () => {
    const block = fc.oneof(
      fc.string({ maxLength: 300 }).map((value) => paragraph(`${value}.`)),
      fc.string({ maxLength: 120 }).map((value) => heading(`${value}.`)),
      fc.array(fc.string({ maxLength: 150 }), { minLength: 1, maxLength: 8 }).map((items) => list(items)),
      fc.constant(divider),
    );
    const words = (pages: readonly (readonly Block[])[]) =>
      pages
        .flat()
        .flatMap((each) => ('text' in each ? each.text : each.kind === 'list' ? each.items.flat() : []))
        .map((inline) => ('text' in inline ? inline.text : ''))
        .join('');
    fc.assert(
      fc.property(fc.array(block, { maxLength: 20 }), (blocks) => {
        const pages = pack(...blocks);
        expect(words(pages)).toBe(words([blocks]));
        for (const page of pages) {
          expect(page.length).toBeLessThanOrEqual(5);
          expect(page.reduce((sum, each) => sum + lengthOf(each), 0)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

describe('splitText', () => {
  const split = (value: string, most: number) =>
    splitText([text(value)], most, size)?.map((piece) =>
      piece.map((inline) => ('text' in inline ? inline.text : '')).join(''),
    );

  it('cuts at sentence ends', () => {
    expect(split('One is short. Two is short. Three is short.', 30)).toEqual([
      'One is short. Two is short. ',
      'Three is short.',
    ]);
  });

  it('cuts a long sentence at word ends and an endless word anywhere', () => {
    expect(split('alpha beta gamma delta', 12)?.map((piece) => piece.trim())).toEqual(['alpha beta', 'gamma delta']);
    expect(split('a'.repeat(25), 10)).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]);
  });

  it('never cuts a character in two', () => {
    for (const piece of split('👩‍🚀'.repeat(20), 12) ?? []) expect(piece).toMatch(/^(👩‍🚀)+$/u);
    expect(split(`e${'\u0301'.repeat(50)}`, 10)?.join('')).toHaveLength(51);
  });

  it('takes time in proportion to the text', () => {
    const started = process.cpuUsage().user;
    expect(split('word '.repeat(200_000), 4000)?.join('')).toHaveLength(1_000_000);
    expect(process.cpuUsage().user - started).toBeLessThan(5_000_000);
  });
});

function wordsOf(block: Block): readonly Inline[] {
  return block.kind === 'statement' ? (block.words[0] ?? []) : [];
}
