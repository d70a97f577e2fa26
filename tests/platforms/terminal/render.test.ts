import { describe, expect, it } from 'vitest';
import { heading, list, paragraph, run, text } from '../../../src/document.ts';
import { renderTerminal } from '../../../src/platforms/terminal/render.ts';

const hostile = 'a\u001b[2J\u001b]0;title\u0007b\u202Egnp.exe\u200B \u2028@everyone <!channel> `rm` </script>\r\nc';

describe('a document in a terminal', () => {
  it('shows hostile text as text: no control sequence, no reversed reading', () => {
    const { text: shown } = renderTerminal({
      summary: 's',
      blocks: [heading(hostile), paragraph(hostile), list([hostile])],
    });
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2028\u2029]/);
    expect(shown).toContain('@everyone <!channel> `rm` </script>');
  });

  it('wraps at words, numbers buttons and menu choices together, and leaves Share out', () => {
    const { text: shown, actions } = renderTerminal(
      {
        summary: 's',
        blocks: [
          {
            kind: 'statement',
            who: [text('Ana')],
            words: [
              [
                {
                  kind: 'verbatim',
                  text: 'word '.repeat(30).trim(),
                  receipt: 'q',
                  articleId: 'a',
                  hash: 'h',
                  span: { start: 0, end: 1 },
                },
              ],
            ],
            action: run('In context', '/context q'),
          },
          {
            kind: 'actions',
            actions: [
              run('All', '/quote'),
              { kind: 'share', label: 'Share', command: '/quote' },
              { kind: 'link', label: 'Article', url: 'https://example.com' },
            ],
          },
          { kind: 'menu', placeholder: 'More', choices: [{ label: 'One', command: '/brief one' }] },
        ],
      },
      { width: 60 },
    );
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(actions.map((action) => action.command)).toEqual(['/context q', '/quote', '/brief one']);
    expect(shown).toContain('[3] One');
    expect(shown).not.toContain('Share');
  });

  it('takes a sentence of ten thousand characters in its stride', () => {
    const long = 'x'.repeat(10_000);
    expect(renderTerminal({ summary: 's', blocks: [paragraph(long)] }).text).toContain(long);
  });
});
