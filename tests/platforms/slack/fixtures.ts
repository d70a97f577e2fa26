/** A bot that answers from a script, and the real Slack platform in front of it, connected to the local Slack. */
import {
  actions,
  type Document,
  heading,
  type Inline,
  paragraph,
  run,
  small,
  strong,
  text,
} from '../../../src/document.ts';
import type { Bot, CommandShape, Invocation, OptionShape, Platform, Reply } from '../../../src/platforms/platform.ts';
import type { Log } from '../../../src/platforms/slack/log.ts';
import { openSlack, type SlackOptions } from '../../../src/platforms/slack/slack.ts';
import type { Json, SlackServer } from './server.ts';

const option = (name: string, more: Partial<OptionShape> = {}): OptionShape => ({
  name,
  summary: `The ${name}`,
  type: 'text',
  required: false,
  completes: false,
  ...more,
});

export const shapes: readonly CommandShape[] = [
  {
    name: 'brief',
    summary: 'A short brief of the news',
    manage: false,
    options: [option('topic', { completes: true }), option('since', { example: '3d', word: true })],
  },
  {
    name: 'quote',
    summary: 'What someone said',
    manage: false,
    options: [option('speaker', { completes: true }), option('topic', { completes: true })],
  },
  {
    name: 'context',
    summary: 'A quote in its paragraph',
    manage: false,
    options: [option('receipt', { required: true, example: 'q3f9' })],
  },
  {
    name: 'schedule add',
    summary: 'Make a briefing',
    manage: true,
    options: [
      option('times', { required: true, example: 'weekdays 08:00' }),
      option('channel', { type: 'channel' }),
      option('kind', { type: 'choice', choices: ['daily', 'topic'] }),
      option('stories', { type: 'integer', minimum: 1, maximum: 10 }),
      option('threads', { type: 'boolean' }),
    ],
  },
  { name: 'schedule list', summary: 'The briefings', manage: false, options: [] },
  { name: 'privacy delete', summary: 'Delete all data', manage: true, options: [] },
  { name: 'help', summary: 'What the bot can do', manage: false, options: [] },
];

export const verbatim = (words: string, receipt = 'q3f9'): Inline => ({
  kind: 'verbatim',
  text: words,
  receipt,
  articleId: 'a1',
  hash: 'h1',
  span: { start: 0, end: words.length },
});

/** What the scripted bot says about a topic: a document with every kind of block that matters here. */
export function briefOn(topic: string): Document {
  return {
    summary: `Brief: ${topic}`,
    blocks: [
      heading(`Brief: ${topic}`),
      paragraph('The strait closes on the first of December. ', { kind: 'code', text: '¶1' }),
      {
        kind: 'statement',
        who: [strong('Ilse Marrow'), text(', governor')],
        words: [[verbatim('Anyone who tests that will be towed.')]],
        action: run('In context', '/context q3f9'),
      },
      small('Quotes word for word, 1/1 checked'),
      actions(
        run('All quotes', `/quote topic:"${topic}"`),
        { kind: 'share', label: 'Share', command: `/brief topic:"${topic}"` },
        { kind: 'form', label: 'Follow topic', command: '/schedule add kind:topic' },
      ),
    ],
  };
}

export interface FakeBot extends Bot {
  readonly asked: Invocation[];
  readonly removals: string[];
  /** Replaces the next answers. */
  script: ((invocation: Invocation) => Document | Promise<Document>) | undefined;
}

export function createFakeBot(): FakeBot {
  const bot: FakeBot = {
    commands: shapes,
    asked: [],
    removals: [],
    script: undefined,
    async answer(invocation): Promise<Reply> {
      bot.asked.push(invocation);
      const document = bot.script ? await bot.script(invocation) : answerTo(invocation);
      return { visibility: invocation.share ? 'public' : 'private', document };
    },
    async complete(invocation, name) {
      const typed = String(invocation.options[name] ?? '');
      return ['cartels', 'strikes', 'treaties']
        .filter((topic) => topic.startsWith(typed))
        .map((topic) => ({ label: `${topic} (3)`, value: topic }));
    },
    async removed(tenant) {
      bot.removals.push(tenant);
    },
  };
  return bot;
}

function answerTo({ command, options, caller }: Invocation): Document {
  if (command === 'brief') return briefOn(String(options.topic ?? 'today'));
  const words = `${command} ${JSON.stringify(options)} manage:${caller.canManage}`;
  return { summary: words, blocks: [paragraph(words)] };
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Faults that were logged: a test that ends with some has found something. */
export function watchfulLog(): Log & { readonly faults: string[] } {
  const faults: string[] = [];
  const error = (fields: object, message: string) => {
    const { err } = fields as { err?: unknown };
    faults.push(`${message}: ${err instanceof Error ? err.message : ''}`);
  };
  return { ...silent, error, faults };
}

export function openOn(server: SlackServer, more: Partial<SlackOptions> = {}): Platform {
  return openSlack({
    botToken: server.botToken,
    appToken: server.appToken,
    apiUrl: server.url,
    log: silent,
    ...more,
  });
}

/** All that a reader sees of blocks, as plain text: what markup makes of the words is applied, not shown. */
export function seen(blocks: readonly Json[]): string {
  return blocks.map(seenBlock).filter(Boolean).join('\n');
}

function seenBlock(block: Json): string {
  const words = [...texts(block)];
  return words.join(block.type === 'rich_text' ? '' : ' ');
}

function* texts(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const one of node) yield* texts(one);
  else if (typeof node === 'object' && node !== null) {
    const { type, text, fallback } = node as { type?: string; text?: unknown; fallback?: string };
    if (typeof text === 'string') yield type === 'mrkdwn' ? unescaped(text) : text;
    else if (type === 'date') yield String(fallback);
    for (const [key, value] of Object.entries(node))
      if (key !== 'text' || typeof text !== 'string') yield* texts(value);
  }
}

const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
