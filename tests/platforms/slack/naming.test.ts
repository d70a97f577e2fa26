import { expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { shapeOf } from '../../../src/command.ts';
import { code, type Document, heading, list, paragraph, run, small, strong, text } from '../../../src/document.ts';
import { namingOf } from '../../../src/platforms/slack/naming.ts';

const shapes = commands.map(shapeOf);
const document: Document = {
  summary: '/status why tells the rest; /help lists them all.',
  blocks: [
    heading('Status'),
    paragraph('Ask with ', code('/schedule add daily 08:00'), text(' (or /status).')),
    list([[code('/status [why]'), text(' — Is the bot well')]]),
    small('See https://example.com/status and /statusquo.'),
    paragraph(strong('/status'), {
      kind: 'excerpt',
      text: '/status',
      articleId: 'a',
      hash: 'h',
      span: { start: 0, end: 7 },
    }),
  ],
};

it('calls commands by the names that work in Slack, and leaves all other words alone', () => {
  const said = JSON.stringify(namingOf(shapes)(document));
  expect(said).toContain('/pullquote status why tells the rest; /help lists');
  expect(said).toContain('"/pullquote status [why]"');
  expect(said).toContain('(or /pullquote status).');
  expect(said).toContain('"/schedule add daily 08:00"');
  expect(said).toContain('https://example.com/status and /statusquo.');
  expect(said).toContain('{"kind":"excerpt","text":"/status"');
  expect(said).toContain('{"kind":"strong","text":"/status"');
});

it('puts a prefix before every command, also in a thread', () => {
  const { thread } = namingOf(shapes, 'news')({ summary: 'x', blocks: [], thread: document });
  expect(thread?.summary).toBe('/news-status why tells the rest; /news-help lists them all.');
  expect(JSON.stringify(thread)).toContain('/news-schedule add daily 08:00');
});

it('leaves the commands in buttons as they are: nobody types those', () => {
  const press = run('Why', '/status why:yes');
  expect(JSON.stringify(namingOf(shapes)({ summary: 'x', blocks: [{ kind: 'actions', actions: [press] }] }))).toContain(
    '"/status why:yes"',
  );
});
