import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  actions,
  type Block,
  type Document,
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
import { contained, safeUrl } from '../../../src/platforms/slack/inline.ts';
import { messagesOf, renderBlock, shortened, slackPages, viewBlocks } from '../../../src/platforms/slack/render.ts';
import { messageProblems, tooLongTogether, viewProblems } from './blockkit.ts';
import { seen, verbatim } from './fixtures.ts';
import type { Json } from './server.ts';

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json[];
const shown = (...blocks: Block[]) => seen(json(blocks.flatMap(renderBlock)));
const statement = (who: string | readonly Inline[], words: string, action?: Action): Block => ({
  kind: 'statement',
  who: typeof who === 'string' ? [strong(who)] : who,
  words: [[verbatim(words)]],
  ...(action ? { action } : {}),
});

describe('a rendered document', () => {
  it('uses Slack’s own blocks', () => {
    const document: Document = {
      summary: 'Brief: Tarn Strait',
      blocks: [
        heading('Tarn Strait closure'),
        small('1 source · latest date in text: ', time('2026-11-17T00:00:00.000Z', 'date')),
        paragraph('It closes on Dec. 1. ', { kind: 'code', text: '¶1' }),
        divider,
        statement(
          [strong('Ilse Marrow'), text(', governor')],
          'Anyone who tests that will be towed.',
          run('In context', '/context q1'),
        ),
        list([[strong('Anselm Duray'), text(': rejected the plan')], ['x'].map(text)]),
        actions(run('All quotes', '/quote'), { kind: 'share', label: 'Share', command: '/brief' }),
        { kind: 'menu', placeholder: 'Another story', choices: [{ label: 'Ferry', command: '/brief ferry' }] },
      ],
    };
    const [page] = messagesOf(document);
    expect(page?.blocks).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Tarn Strait closure', emoji: false } },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: '1 source · latest date in text: <!date^1794873600^{date_short}|17 Nov 2026>',
            verbatim: true,
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'It closes on Dec. 1. ' },
              { type: 'text', text: '¶1', style: { code: true } },
            ],
          },
        ],
      },
      { type: 'divider' },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*Ilse Marrow*, governor', verbatim: true },
        accessory: {
          type: 'button',
          action_id: 'run:0',
          text: { type: 'plain_text', text: 'In context', emoji: false },
          value: '/context q1',
        },
      },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_quote', elements: [{ type: 'text', text: '“Anyone who tests that will be towed.”' }] },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'Anselm Duray', style: { bold: true } },
                  { type: 'text', text: ': rejected the plan' },
                ],
              },
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] },
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          expect.objectContaining({ action_id: 'run:0', value: '/quote' }),
          expect.objectContaining({ action_id: 'share:1', value: '/brief' }),
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            action_id: 'menu:0',
            placeholder: { type: 'plain_text', text: 'Another story', emoji: false },
            options: [{ text: { type: 'plain_text', text: 'Ferry', emoji: false }, value: '/brief ferry' }],
          },
        ],
      },
    ]);
    expect(page?.text).toBe(
      [
        'Brief: Tarn Strait',
        'Tarn Strait closure',
        '1 source · latest date in text: 17 Nov 2026',
        'It closes on Dec. 1. ¶1',
        'Ilse Marrow, governor: “Anyone who tests that will be towed.”',
        '• Anselm Duray: rejected the plan',
        '• x',
      ].join('\n'),
    );
  });

  it('puts what belongs in a thread after the rest', () => {
    const thread = { summary: 'Detail', blocks: [paragraph('All quotes')] };
    expect(slackPages({ summary: 'Head', blocks: [paragraph('x')], thread }).map(({ inThread }) => inThread)).toEqual([
      undefined,
      true,
    ]);
  });

  it('says its summary when it has nothing else', () => {
    expect(messageProblems(messagesOf({ summary: 'Nothing new today.', blocks: [] })[0]?.blocks)).toEqual([]);
    expect(messagesOf({ summary: '', blocks: [actions()] })[0]?.text).not.toBe('');
  });
});

describe('outside text', () => {
  const hostile = [
    '<!channel> <!here> <!everyone> @channel',
    '<@U1> <#C1|briefs> <!subteam^S1>',
    '*bold* _italic_ ~gone~ `code` ```block```',
    '> not a quote\n&gt; nor this',
    '&lt;!channel&gt; &amp;amp;',
    ':smile: :+1:',
    'https://evil.example/x?a=1|b and www.evil.example',
    '<https://evil.example|click me>',
    '<script>alert(1)</script>',
    '[link](javascript:alert(1))',
    'zero\u200Bwidth \u2060 joiner\u200D',
    'emoji 👩‍👩‍👧 and \u0301 combining',
    'line\nbreak and  two spaces',
  ];

  it.each(hostile)('shows as it is: %s', (words) => {
    const blocks = json(
      [
        paragraph(words),
        statement(words, words, run('In context', '/context q1')),
        small(words),
        heading(words),
        list([words]),
      ].flatMap(renderBlock),
    );
    expect(messageProblems(blocks)).toEqual([]);
    for (const place of blocks) expect(seen([place])).toContain(words);
    // What Slack would act on: only in mrkdwn, and there every "<" is escaped and no mark is left.
    for (const { text: raw } of mrkdwnOf(blocks)) expect(raw.replace(/^\*(.*)\*$/s, '$1')).not.toMatch(/[<*_~`]|:\w+:/);
  });

  it.each(hostile)('does nothing in a notification: %s', (words) => {
    const [page] = messagesOf({ summary: words, blocks: [paragraph(words)] });
    expect(page?.text).not.toMatch(/[<>]/);
  });

  it('keeps a quote to the character', () => {
    const words = 'We *never* said <that> & “nor” this_';
    expect(shown(statement('Ana', words))).toContain(`“${words}”`);
  });

  it('bolds a name only where Slack’s marks hold', () => {
    const objectOf = (...who: Inline[]) =>
      json(renderBlock(statement(who, 'x', run('In context', '/context q1'))))[0]?.text as Json;
    expect(objectOf(strong('Ana'), text(', mayor')).text).toBe('*Ana*, mayor');
    expect(objectOf(strong('Ana'), text('bel'))).toMatchObject({ type: 'plain_text', text: 'Anabel' });
    expect(objectOf(strong('Ana'), strong('bel'))).toMatchObject({ type: 'plain_text', text: 'Anabel' });
    expect(objectOf(strong('An\na'))).toMatchObject({ type: 'plain_text' });
  });

  it('sets only said words as a quote, and a paraphrase beside them on lines of its own', () => {
    const excerpt: Inline = {
      kind: 'excerpt',
      text: 'it would “end badly”',
      articleId: 'a',
      hash: 'h',
      span: { start: 0, end: 1 },
    };
    const [block] = renderBlock({
      kind: 'statement',
      who: [strong('Ana')],
      words: [[verbatim('No.')], [excerpt]],
      note: [text('¶2')],
    });
    expect(block).toEqual({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'Ana', style: { bold: true } }] },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: '“No.”' }] },
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'it would “end badly”' },
            { type: 'text', text: '\n' },
            { type: 'text', text: '¶2' },
          ],
        },
      ],
    });
  });

  it('isolates what runs from right to left, and adds nothing else', () => {
    expect(contained('a\u202Eb')).toBe('\u2068a\u202Eb\u202C\u2069');
    expect(contained('Hello, world')).toBe('Hello, world');
    expect(contained('שלום, world')).toBe('\u2068שלום, world\u2069');
    expect(contained('a\u0000b\uD800')).toBe('a\uFFFDb\uFFFD');
  });

  it('puts nothing between quotation marks but the source, and keeps counts behind the name they count', () => {
    expect(JSON.stringify(shown(statement('ליאת', 'הנמל נסגר')))).toContain('\u2068“הנמל נסגר”\u2069');
    expect(shortened('חיפה (2 articles)', 75)).toBe('\u2068חיפה\u2069 (2 articles)');
  });

  it.each([
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['not an address', undefined],
    ['https://a.example/x|y>z', 'https://a.example/x%7Cy%3Ez'],
    [`https://a.example/${'x'.repeat(3000)}`, undefined],
  ])('links %s', (address, expected) => {
    expect(safeUrl(address)).toBe(expected);
    const blocks = json(renderBlock(paragraph(link('words', address))));
    expect(seen(blocks)).toBe('words');
    expect(JSON.stringify(blocks).includes('"link"')).toBe(expected !== undefined);
  });

  it('drops a link button that may not be pressed', () => {
    expect(renderBlock(actions({ kind: 'link', label: 'x', url: 'javascript:alert(1)' }))).toEqual([]);
  });
});

describe('limits', () => {
  const word = fc.constantFrom(
    '<!channel>',
    '*a*',
    'strait',
    '&',
    '“x”',
    '\n',
    '👩‍👩‍👧',
    'שלום',
    '\u202E',
    'a'.repeat(90),
  );
  const words = fc.array(word, { maxLength: 300 }).map((all) => all.join(' '));
  const inline: fc.Arbitrary<Inline> = fc.oneof(
    words.map(text),
    words.map(strong),
    words.map((value) => verbatim(value)),
    fc.constant(time('2026-11-22T08:00:00.000Z', 'relative')),
    fc.tuple(words, fc.webUrl()).map(([label, url]) => link(label, url)),
  );
  const phrase = fc.array(inline, { maxLength: 6 });
  const action: fc.Arbitrary<Action> = fc.oneof(
    fc.record({ kind: fc.constantFrom('run', 'share', 'form'), label: words, command: words }) as fc.Arbitrary<Action>,
    fc.record({ kind: fc.constant('link'), label: words, url: fc.oneof(fc.webUrl(), words) }) as fc.Arbitrary<Action>,
  );
  const block: fc.Arbitrary<Block> = fc.oneof(
    phrase.map((all): Block => ({ kind: 'heading', text: all })),
    phrase.map((all): Block => ({ kind: 'text', text: all })),
    phrase.map((all): Block => ({ kind: 'small', text: all })),
    fc.array(phrase, { maxLength: 8 }).map((items): Block => ({ kind: 'list', items })),
    fc.array(action, { maxLength: 60 }).map((all): Block => ({ kind: 'actions', actions: all })),
    fc
      .array(fc.record({ label: words, command: words, detail: words }), { maxLength: 150 })
      .map((choices): Block => ({ kind: 'menu', placeholder: 'Choose', choices })),
    fc.constant(divider),
    fc
      .tuple(phrase, fc.array(phrase, { maxLength: 3 }), action)
      .map(([who, said, pressed]): Block => ({ kind: 'statement', who, words: said, action: pressed })),
  );

  it('hold for any document, in messages and in views', () => {
    fc.assert(
      fc.property(words, fc.array(block, { maxLength: 40 }), (summary, blocks) => {
        const document = { summary, blocks };
        for (const page of messagesOf(document)) {
          expect(messageProblems(json(page.blocks))).toEqual([]);
          expect(tooLongTogether(page.blocks)).toBe(false);
          expect(page.text.length).toBeGreaterThan(0);
          expect(page.text.length).toBeLessThan(40_000);
        }
        expect(viewProblems({ type: 'home', blocks: json(viewBlocks(document)) })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('never cut a quote: whole on one page, or a line says that it is not there', () => {
    const long = (n: number) => `${n}: ${'the strait closes on the first, and '.repeat(60)}done ${n}`;
    const pages = messagesOf({
      summary: 'Many',
      blocks: Array.from({ length: 30 }, (_, n) =>
        statement(`Speaker ${n}`, long(n), run('In context', '/context q1')),
      ),
    });
    expect(pages.length).toBeGreaterThan(5);
    const seenPages = pages.map((page) => seen(json(page.blocks)));
    for (let n = 0; n < 30; n++) {
      expect(seenPages.filter((page) => page.includes(`“${long(n)}”`) && page.includes(`Speaker ${n}`))).toHaveLength(
        1,
      );
    }
    const huge = messagesOf({ summary: 'x', blocks: [statement('Ana', 'word '.repeat(2000))] });
    expect(seen(json(huge.flatMap(({ blocks }) => blocks)))).toBe(
      'Ana: these words are too long to be shown whole in Slack.',
    );
  });

  it('are told in the reader’s language', () => {
    const document = { summary: 'x', blocks: [statement('Ana', 'palabra '.repeat(2000))] };
    expect(seen(json(messagesOf(document, 'es-ES').flatMap(({ blocks }) => blocks)))).toContain('demasiado largas');
    expect(seen(json(messagesOf(document, 'et').flatMap(({ blocks }) => blocks)))).toContain('too long');
  });

  it('split plain text at the ends of sentences', () => {
    const sentences = Array.from({ length: 200 }, (_, n) => `Sentence ${n} says something about the strait. `);
    const pages = messagesOf({ summary: 'x', blocks: [paragraph(sentences.join(''))] });
    const blocks = pages.flatMap((page) => json(page.blocks));
    expect(blocks.length).toBeGreaterThan(1);
    for (const one of blocks) expect(seen([one]).trim()).toMatch(/^Sentence.*strait\.$/s);
    expect(blocks.map((one) => seen([one])).join('')).toBe(sentences.join(''));
  });

  it('shorten a label at a whole letter', () => {
    expect(shortened('👩‍👩‍👧'.repeat(30), 75).length).toBeLessThanOrEqual(75);
    expect(shortened('👩‍👩‍👧'.repeat(30), 75)).toMatch(/^(👩‍👩‍👧)+…$/u);
    expect(shortened('short', 75)).toBe('short');
  });

  it('render a hostile page in time', () => {
    const began = performance.now();
    messagesOf({ summary: 'x', blocks: [paragraph('<'.repeat(200_000)), paragraph(':'.repeat(200_000))] });
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

function* mrkdwnOf(node: unknown): Generator<{ readonly text: string }> {
  if (typeof node !== 'object' || node === null) return;
  const { type, text: raw } = node as { type?: string; text?: unknown };
  if (type === 'mrkdwn') yield { text: String(raw) };
  for (const value of Object.values(node)) yield* mrkdwnOf(value);
}
