/** A bot that answers with documents of every kind, for tests of the platform alone. */
import { actions, type Document, heading, list, paragraph, run, small, strong, text } from '../../../src/document.ts';
import type { Bot, CommandShape, Invocation, Reply } from '../../../src/platforms/platform.ts';

const shape = (name: string, options: CommandShape['options'] = [], manage = false): CommandShape => ({
  name,
  summary: `The ${name} command`,
  manage,
  options,
});
const option = (
  name: string,
  more: Partial<CommandShape['options'][number]> = {},
): CommandShape['options'][number] => ({
  name,
  summary: `The ${name}`,
  type: 'text',
  required: false,
  completes: false,
  ...more,
});

export const shapes: readonly CommandShape[] = [
  shape('brief', [option('topic', { completes: true }), option('since', { word: true })]),
  shape('quote', [
    option('speaker', { completes: true }),
    option('limit', { type: 'integer', minimum: 1, maximum: 10 }),
  ]),
  shape('slow'),
  shape('broken'),
  shape('long'),
  shape('public'),
  shape(
    'schedule add',
    [
      option('topic'),
      option('times', { required: true, example: 'daily 08:00' }),
      option('channel', { type: 'channel' }),
      option('kind', { type: 'choice', choices: ['daily', 'topic'] }),
      option('threads', { type: 'boolean' }),
      option('zone'),
    ],
    true,
  ),
  shape('schedule remove', [option('id', { type: 'integer', required: true })], true),
];

const brief = (topic: string): Document => ({
  summary: `Brief on ${topic}`,
  blocks: [
    heading('Tarn Strait closure'),
    small('1 source'),
    paragraph(`About ${topic}.`),
    {
      kind: 'statement',
      who: [strong('Ilse Marrow'), text(', governor')],
      words: [
        [
          {
            kind: 'verbatim',
            text: 'We are not asking permission.',
            receipt: 'q1',
            articleId: 'a',
            hash: 'h',
            span: { start: 0, end: 29 },
          },
        ],
      ],
      action: run('In context', '/quote speaker:marrow'),
    },
    list(['one reaction', 'another']),
    {
      kind: 'menu',
      placeholder: 'Other topics',
      choices: [
        { label: 'Ferries', command: '/brief topic:ferries' },
        { label: 'Courts', command: '/brief topic:courts' },
      ],
    },
    actions(
      run('All quotes', '/quote speaker:marrow'),
      { kind: 'share', label: 'Share', command: `/brief topic:${topic}` },
      { kind: 'form', label: 'Follow', command: `/schedule add topic:"${topic}" zone:Europe/Prague` },
      run('Gone', '/vanished'),
    ),
  ],
});

/** @param told What was asked, in order. */
export function testBot(told?: Invocation[], removed: string[] = []): Bot {
  const reply = (document: Document, visibility: Reply['visibility'] = 'private'): Reply => ({ visibility, document });
  return {
    commands: shapes,
    async answer(invocation) {
      told?.push(invocation);
      switch (invocation.command) {
        case 'brief':
          return reply(brief(String(invocation.options.topic ?? 'the day')), invocation.share ? 'public' : 'private');
        case 'slow':
          await new Promise((resolve) => setTimeout(resolve, 200));
          return reply(
            { summary: 'slow', blocks: [paragraph('Slow, but here.')] },
            invocation.share ? 'public' : 'private',
          );
        case 'broken':
          throw new Error('a fault that should have been an answer');
        case 'public':
          await new Promise((resolve) => setTimeout(resolve, 200));
          return reply({ summary: 'public', blocks: [paragraph('For all to see.')] }, 'public');
        case 'long':
          return reply({
            summary: 'long',
            blocks: Array.from({ length: 100 }, (_, n) => paragraph(`Paragraph ${n}. ${'word '.repeat(60)}`)),
          });
        default:
          return reply({
            summary: 'done',
            blocks: [paragraph(`Asked: ${invocation.command} ${JSON.stringify(invocation.options)}`)],
          });
      }
    },
    async complete(invocation, name) {
      told?.push(invocation);
      const typed = String(invocation.options[name] ?? '');
      return ['Ana López (3)', 'Claudia Sheinbaum (2)', '']
        .filter((label) => label.toLowerCase().includes(typed))
        .map((label) => ({ label, value: label }));
    },
    async removed(tenant) {
      removed.push(tenant);
    },
  };
}

export const silent = { info() {}, warn() {}, error() {} };
