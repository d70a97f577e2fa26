import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  actions,
  type Block,
  divider,
  heading,
  type Inline,
  link,
  list,
  paragraph,
  run,
  small,
  strong,
  text,
  time,
} from '../../../src/document.ts';
import { asEmbed } from '../../../src/platforms/discord/embed.ts';
import { escapeMarkdown, markdown } from '../../../src/platforms/discord/markdown.ts';
import { renderDocument } from '../../../src/platforms/discord/render.ts';
import { checkBody } from './check.ts';

const verbatim = (words: string): Inline => ({
  kind: 'verbatim',
  text: words,
  receipt: 'q1',
  articleId: 'a',
  hash: 'h',
  span: { start: 0, end: words.length },
});
const excerpt = (words: string): Inline => ({
  kind: 'excerpt',
  text: words,
  articleId: 'a',
  hash: 'h',
  span: { start: 0, end: words.length },
});
const said = (who: string, words: string, action?: Action): Block => ({
  kind: 'statement',
  who: [strong(who), text(', governor')],
  words: [[verbatim(words)]],
  note: [text('¶2')],
  ...(action ? { action } : {}),
});
const render = (...blocks: Block[]) => renderDocument({ summary: 'A brief', blocks }, 'en');
const partsOf = (...blocks: Block[]) => render(...blocks).map(({ message }) => message.components[0].components);
const contents = (...blocks: Block[]) =>
  partsOf(...blocks)
    .flat()
    .flatMap((part) =>
      part.type === 10 ? [part.content] : part.type === 9 ? part.components.map((one) => one.content) : [],
    );

describe('a document on Discord', () => {
  it('puts the speaker before the words, the words in a block quote, a button beside them', () => {
    expect(
      partsOf(
        heading('Tarn Strait'),
        small('1 source'),
        said('Ilse Marrow', 'We are not asking.', run('In context', '/context q1')),
      ),
    ).toEqual([
      [
        { type: 10, content: '## Tarn Strait\n-# 1 source' },
        {
          type: 9,
          components: [{ type: 10, content: '**Ilse Marrow**, governor\n> “We are not asking.”\n-# ¶2' }],
          accessory: { type: 2, style: 2, label: 'In context', custom_id: 'r:/context q1' },
        },
      ],
    ]);
  });

  it('shows every kind of block', () => {
    const [parts] = partsOf(
      heading('First'),
      paragraph('At ', time('2026-11-22T08:00:00.000Z', 'relative')),
      divider,
      list(['one', ['two ', strong('bold')]]),
      heading('Second'),
      actions(
        run('More', '/brief'),
        { kind: 'link', label: 'Source', url: 'https://example.org/a' },
        { kind: 'share', label: 'Share', command: '/brief' },
      ),
      {
        kind: 'menu',
        placeholder: 'Pick one',
        choices: [{ label: 'Cartels', command: '/brief cartels', detail: '3 articles' }],
      },
    );
    expect(parts).toEqual([
      { type: 10, content: '## First' },
      { type: 10, content: 'At <t:1795334400:R>' },
      { type: 14, divider: true, spacing: 1 },
      { type: 10, content: '- one\n- two **bold**' },
      { type: 10, content: '### Second' },
      {
        type: 1,
        components: [
          { type: 2, style: 2, label: 'More', custom_id: 'r:/brief' },
          { type: 2, style: 5, label: 'Source', url: 'https://example.org/a' },
          { type: 2, style: 2, label: 'Share', custom_id: 's:/brief' },
        ],
      },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'm:',
            placeholder: 'Pick one',
            options: [{ label: 'Cartels', value: '/brief cartels', description: '3 articles' }],
          },
        ],
      },
    ]);
  });

  it('tells equal buttons apart', () => {
    const [parts] = partsOf(actions(run('A', '/brief'), run('B', '/brief'), run('C', '/topics')));
    expect(JSON.stringify(parts).match(/"custom_id":"[^"]*"/g)).toEqual([
      '"custom_id":"r:/brief"',
      '"custom_id":"r2:/brief"',
      '"custom_id":"r:/topics"',
    ]);
  });

  it('tells a command that no button can hold', () => {
    const command = `/brief ${'very '.repeat(30)}long`;
    expect(contents(actions(run('More', command)))).toEqual([`-# More: type \`${command}\``]);
  });

  it('drops links that are not web addresses and keeps their words', () => {
    expect(
      contents(paragraph(link('press', 'javascript:alert(1)'), ' ', link('here', 'https://example.org/(a)'))),
    ).toEqual(['press [here](<https://example.org/%28a%29>)']);
    expect(contents(paragraph(link('https://bank.example', 'https://evil.example')))).toEqual([
      'https\\://bank.example',
    ]);
    expect(partsOf(actions({ kind: 'link', label: 'x', url: 'javascript:alert(1)' }), paragraph('.'))[0]).toHaveLength(
      1,
    );
  });

  it('splits a long plain text over pages at sentence ends, and loses nothing', () => {
    const sentences = Array.from({ length: 300 }, (_, n) => `This is sentence number ${n} of a long text. `).join('');
    const pages = render(paragraph(sentences));
    expect(pages.length).toBeGreaterThan(2);
    const all = contents(paragraph(sentences));
    expect(all.join('')).toBe(sentences);
    for (const page of all) expect(page).toMatch(/\.\s*$/);
  });

  it('never cuts quoted words: too long a quote leaves its speaker, its button and an honest line', () => {
    const parts = partsOf(said('Ana', 'word '.repeat(2000), run('In context', '/context q1'))).flat();
    expect(parts).toMatchObject([{ type: 9, accessory: { label: 'In context' } }]);
    expect(JSON.stringify(parts)).toContain('too long to be shown whole');
    expect(contents(paragraph(excerpt('x'.repeat(10_000))))).toEqual([expect.stringContaining('too long')]);
  });

  it('shows the summary when nothing else can be seen', () => {
    expect(contents(paragraph('\u200b\u2060'))).toEqual(['A brief']);
    expect(contents()).toEqual(['A brief']);
  });

  it('names a thread after the heading', () => {
    expect(render(heading('Tarn Strait closure'), paragraph('x'))[0]?.title).toBe('Tarn Strait closure');
    expect(render(paragraph('x'))[0]?.title).toBe('A brief');
  });

  it('is always a body that Discord takes, as V2 and as an embed, whatever the texts', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(...hostile),
      fc.integer({ min: 1, max: 6000 }).map((n) => 'endless'.repeat(Math.ceil(n / 7))),
    );
    const inline: fc.Arbitrary<Inline> = fc.oneof(
      nasty.map(text),
      nasty.map(strong),
      nasty.map((value): Inline => ({ kind: 'code', text: value })),
      nasty.map((value): Inline => ({ kind: 'emphasis', text: value })),
      fc.tuple(nasty, fc.oneof(nasty, fc.webUrl())).map(([label, url]) => link(label, url)),
      nasty.map(verbatim),
      nasty.map(excerpt),
      fc.constant(time('2026-01-09T08:00:00.000Z', 'datetime')),
      nasty.map((value) => time(value, 'date')),
    );
    const action: fc.Arbitrary<Action> = fc
      .tuple(nasty, nasty, fc.constantFrom('run', 'share', 'form', 'link'))
      .map(([label, value, kind]) =>
        kind === 'link' ? { kind, label, url: value } : { kind: kind as 'run', label, command: value },
      );
    const line = fc.array(inline, { maxLength: 4 });
    const block: fc.Arbitrary<Block> = fc.oneof(
      line.map((value): Block => ({ kind: 'heading', text: value })),
      line.map((value): Block => ({ kind: 'text', text: value })),
      line.map((value): Block => ({ kind: 'small', text: value })),
      fc.array(line, { maxLength: 30 }).map((items): Block => ({ kind: 'list', items })),
      fc
        .record({
          who: line,
          words: fc.array(line, { maxLength: 3 }),
          note: line,
          action: fc.option(action, { nil: undefined }),
        })
        .map(({ action: one, ...rest }): Block => ({ kind: 'statement', ...rest, ...(one ? { action: one } : {}) })),
      fc.constant(divider),
      fc.array(action, { maxLength: 12 }).map((all): Block => actions(...all)),
      fc
        .tuple(nasty, fc.array(fc.record({ label: nasty, command: nasty, detail: nasty }), { maxLength: 40 }))
        .map(([placeholder, choices]): Block => ({ kind: 'menu', placeholder, choices })),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 25 }), (blocks) => {
        for (const { message, title } of renderDocument({ summary: 'A brief', blocks }, 'en')) {
          expect(checkBody('message', message)).toEqual([]);
          expect(checkBody('message', asEmbed(message))).toEqual([]);
          expect(title.length).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const hostile = [
  '@everyone @here <@123> <@&456> <#789>',
  '# heading\n## two\n-# small\n> quote\n>>> all\n- item\n1. one',
  '```js\ncode``` `a` ``b``',
  '[press](https://evil.example) <https://evil.example> https://evil.example',
  '||spoiler|| **bold** __under__ ~~gone~~ *em* _em_',
  ':smile: <:a:1> <t:0:R> </brief:1>',
  '\u202eevil\u2066\u2069\u2069 text',
  '\u200b\u200d\ufeff',
  '¯\\_(ツ)_/¯',
  '</script><!channel>',
  '\ud800lone \u0000null\u001b',
];

describe('outside text', () => {
  it.each([
    ['@everyone', '\\@everyone'],
    ['<@123>', '\\<\\@123\\>'],
    ['`rm -rf`', '\\`rm -rf\\`'],
    ['# not a heading', '\\# not a heading'],
    ['- not a list', '\\- not a list'],
    ['forty-one', 'forty-one'],
    ['12. not a list', '12\\. not a list'],
    ['3.5 per cent', '3.5 per cent'],
    ['> not a quote', '\\> not a quote'],
    ['[a](https://evil.example)', '\\[a\\](https\\://evil.example)'],
    ['at 08:00 sharp', 'at 08:00 sharp'],
    [':skull:', '\\:skull:'],
    ['||spoiler||', '\\|\\|spoiler\\|\\|'],
    ['a\u0007b', 'a\ufffdb'],
    ['\ud800', '\ufffd'],
  ])('%s', (given, shown) => expect(escapeMarkdown(given)).toBe(shown));

  it('ends its own text direction', () => {
    expect(escapeMarkdown('\u202eabc')).toBe('\u2068\u202eabc\u202c\u2069');
    expect(escapeMarkdown('a\u2069b')).toBe('\u2068ab\u2069');
    expect(escapeMarkdown('שלום')).toBe('\u2068שלום\u2069');
    expect(escapeMarkdown('plain')).toBe('plain');
  });

  it('shows letter for letter once the escapes are read, whatever it is', () => {
    // Discord reads a backslash before a character that is no letter, digit or blank as that character.
    const shown = (value: string) => value.replace(/\\([^0-9A-Za-z\s])/gu, '$1');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        const bare = (all: string) => all.replace(/[\u2066-\u2069\u202a-\u202e]/g, '');
        expect(bare(shown(escapeMarkdown(value)))).toBe(
          bare(
            value.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd'),
          ),
        );
      }),
    );
  });

  it('takes time in proportion to its length', () => {
    const started = process.cpuUsage().user;
    for (const value of [
      ' '.repeat(200_000),
      ':a'.repeat(100_000),
      '- \n'.repeat(70_000),
      '\u202e'.repeat(100_000),
      '1'.repeat(200_000),
    ])
      markdown([text(value), strong(`a${value}b`), { kind: 'code', text: value }]);
    expect(process.cpuUsage().user - started).toBeLessThan(3_000_000);
  });
});
