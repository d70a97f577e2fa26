/** Documents that try the renderers: very long, right to left, hostile. The words are ours; nobody said them. */
import type { Block, Document, Inline } from '../../src/document.ts';
import { actions, code, heading, link, list, paragraph, run, small, strong, text } from '../../src/document.ts';

const verbatim = (words: string): Inline => ({
  kind: 'verbatim',
  text: words,
  receipt: 'qexample001',
  articleId: 'example',
  hash: 'example',
  span: { start: 0, end: words.length },
});

const statement = (who: string, words: string): Block => ({
  kind: 'statement',
  who: [strong(who), text(', harbour master')],
  words: [[verbatim(words)]],
  note: [text('spoken, in the harbour hall · qexample001')],
  action: run('In context', '/context qexample001'),
});

const SENTENCE =
  'The quay wall was last repaired in the year of the great frost, and since then every winter has taken a stone or two from it. ';
const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

const veryLong: Document = {
  summary: 'A very long answer',
  blocks: [
    heading(`Everything that was said about the quay wall of ${word.repeat(2)}`),
    paragraph(SENTENCE.repeat(40)),
    statement('Aldous Quayle', SENTENCE.repeat(10).trim()),
    list(Array.from({ length: 30 }, (_, n) => [strong(`Stone ${n + 1}`), text(` — ${SENTENCE}`)])),
    paragraph(`${word.repeat(8)} `, code('x'.repeat(300))),
    {
      kind: 'menu',
      placeholder: 'A stone',
      choices: Array.from({ length: 40 }, (_, n) => ({
        label: `Stone ${n + 1}: ${SENTENCE}`,
        command: `/brief topic:"stone ${n + 1}"`,
      })),
    },
    actions(
      ...Array.from({ length: 12 }, (_, n) =>
        run(`Button ${n + 1} with a label that goes on and on and on and on and on`, `/brief b${n}`),
      ),
    ),
  ],
};

const rightToLeft: Document = {
  summary: 'الميناء يغلق',
  blocks: [
    heading('הנמל נסגר — مرفأ مغلق'),
    small('2 articles · 7 March 2026'),
    paragraph(
      'The harbour of ',
      strong('חיפה'),
      text(' closes at 18:00; the mayor, '),
      strong('ليلى حداد'),
      text(', agreed.'),
    ),
    statement('ליאת ברק', 'הרציף ייסגר בשעה 18:00, ולא ייפתח לפני הבוקר.'),
    statement('ليلى حداد', 'سنغلق الميناء عند الساعة 18:00، ولن نفتحه قبل الصباح.'),
    list([[strong('חיפה'), ' — 2 articles'], [strong('مرفأ'), ' — 1 article'], 'Port Hallow (פורט האלו) — 3 articles']),
    actions(run('כל הציטוטים', '/quote'), run('من قال ماذا', '/reactions')),
  ],
};

const hostile: Document = {
  summary: 'A hostile text',
  blocks: [
    heading('<script>alert(1)</script> **bold?** @everyone # not a heading'),
    paragraph(
      '@everyone <@123456789012345678> <!channel> <@U123> <#C1> :smile: ||spoiler|| ~~gone~~ `code` https://example.com/bare [label](https://example.com/x)',
    ),
    paragraph('> no quote\n# no heading\n- no list\n-# no small print\n1. no number'),
    {
      kind: 'statement',
      who: [strong('*Mallory* _"O’Brien"_ <b>'), text(', \u202Eetairavihcra\u202C')],
      words: [[verbatim('I said **this** & “that” <i>\u202Eesrever\u202C and *nothing* else_ ~at all~ `here`')]],
      note: [text('qexample001 <!here|x> &lt; &amp;')],
      action: run('*In* `context` <b>', '/context qexample001'),
    },
    list(['Z̸̢̛̗͓̈́̾a̶̧̛͚͐l̴̨̗̈́g̵̢̛o̷̢͐ text stays in its line', '👩‍👩‍👧‍👦🏳️‍🌈 families and flags', 'nul \u0000 and bell \u0007']),
    paragraph(link('https://bank.example', 'https://evil.example/'), text(' '), link('script', 'javascript:alert(1)')),
    actions(run('<img src=x onerror=alert(1)>', '/help'), {
      kind: 'link',
      label: 'A link & more',
      url: 'https://example.com/?a=1&b="2"',
    }),
  ],
};

export const hardCases: readonly (readonly [string, Document])[] = [
  ['very-long', veryLong],
  ['right-to-left', rightToLeft],
  ['hostile', hostile],
];
