import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AskError, commandFor, commandText, createBot, parseCommandText, shapeOf } from '../src/command.ts';
import type { Document } from '../src/document.ts';
import { paragraph } from '../src/document.ts';
import { wordsIn } from '../src/language/language.ts';
import type { Caller } from '../src/platforms/platform.ts';

const define = commandFor<{ heard: unknown[] }>();
const said = (words: string): Document => ({ summary: words, blocks: [paragraph(words)] });
const quote = define({
  name: 'quote',
  summary: 'Find what was said',
  shareable: true,
  options: z.object({
    speaker: z.string().optional().describe('Who said it'),
    topic: z.string().optional().describe('What about'),
    since: z.string().optional().describe('From when').meta({ word: true, example: '3d' }),
    limit: z.int().min(1).max(10).default(5).describe('How many'),
  }),
  complete: { speaker: async (typed) => [{ label: `${typed}!`, value: typed }] },
  async run(options, _caller, services) {
    services.heard.push(options);
    return said('found');
  },
});
const add = define({
  name: 'schedule add',
  summary: 'Make a briefing',
  manage: true,
  options: z.object({
    times: z.string().describe('When').meta({ example: 'daily 08:00' }),
    kind: z.enum(['daily', 'topic']).default('daily').describe('What'),
    quiet: z.boolean().optional().describe('Hold at night'),
  }),
  async run(options, _caller, services) {
    services.heard.push(options);
    return said('added');
  },
});
const listing = define({
  name: 'schedule list',
  summary: 'List',
  options: z.object({}),
  run: async () => said('list'),
});
const broken = define({
  name: 'broken',
  summary: 'Fails',
  options: z.object({}),
  run: async () => {
    throw new Error('database is gone');
  },
});
const shapes = [quote, add, listing, broken].map(shapeOf);
const caller: Caller = { platform: 'terminal', tenant: '', user: 'u', channel: 'c', locale: 'en', canManage: false };

function bot() {
  const heard: unknown[] = [];
  const errors: unknown[] = [];
  return {
    heard,
    errors,
    bot: createBot({
      commands: [quote, add, listing, broken],
      services: { heard },
      gate: async (document) => document,
      removed: async () => {},
      log: { error: (fields) => errors.push(fields) },
    }),
  };
}

describe('reading a command as people type it', () => {
  it.each([
    ['/quote trump', 'quote', { speaker: 'trump' }],
    ['/quote speaker:claudia sheinbaum topic:strikes', 'quote', { speaker: 'claudia sheinbaum', topic: 'strikes' }],
    ['/quote speaker:"claudia sheinbaum" border', 'quote', { speaker: 'claudia sheinbaum', topic: 'border' }],
    ['/quote speaker:“Ana López” border', 'quote', { speaker: 'Ana López', topic: 'border' }],
    ['/quote since:3d trump', 'quote', { since: '3d', speaker: 'trump' }],
    ['QUOTE Limit:3 trump', 'quote', { limit: '3', speaker: 'trump' }],
    ['/quote https://example.com/a:b', 'quote', { speaker: 'https://example.com/a:b' }],
    ['/schedule add daily 08:00', 'schedule add', { times: 'daily 08:00' }],
    ['/schedule add times:mon,thu 18:00 kind:topic', 'schedule add', { times: 'mon,thu 18:00', kind: 'topic' }],
    ['/schedule', 'schedule list', {}],
  ])('%s', (typed, command, options) => {
    expect(parseCommandText(typed, shapes)).toEqual({ command, options });
  });

  it('names what is near when the command is unknown', () => {
    const problem = (typed: string) => {
      const read = parseCommandText(typed, shapes);
      return 'problem' in read ? read.problem(wordsIn('en')) : undefined;
    };
    expect(problem('/qoute trump')).toContain('Did you mean /quote?');
    expect(problem('/schedule nonsense')).toContain('/schedule add');
  });

  it('writes text that reads back as the same command', () => {
    const options = { speaker: 'Ana "the hammer" López', topic: "O'Neil", since: '3d' };
    expect(parseCommandText(commandText('quote', options), shapes)).toEqual({
      command: 'quote',
      options: { speaker: 'Ana  the hammer  López', topic: "O'Neil", since: '3d' },
    });
  });

  it('stays fast on a megabyte of quotation marks', () => {
    const before = performance.now();
    parseCommandText(`/quote ${'"'.repeat(1_000_000)}`, shapes);
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('shapes for platforms', () => {
  it('come from the schema', () => {
    expect(shapeOf(quote).options).toEqual([
      { name: 'speaker', summary: 'Who said it', type: 'text', required: false, completes: true },
      { name: 'topic', summary: 'What about', type: 'text', required: false, completes: false },
      {
        name: 'since',
        summary: 'From when',
        type: 'text',
        required: false,
        completes: false,
        example: '3d',
        word: true,
      },
      {
        name: 'limit',
        summary: 'How many',
        type: 'integer',
        required: false,
        completes: false,
        minimum: 1,
        maximum: 10,
      },
    ]);
    expect(shapeOf(add).options[1]).toMatchObject({ type: 'choice', choices: ['daily', 'topic'], required: false });
  });
});

describe('running a command', () => {
  it('turns words into values and adds a Share button that asks the same again', async () => {
    const { bot: b, heard } = bot();
    const reply = await b.answer({ command: 'quote', options: { speaker: 'trump', limit: '3' }, caller });
    expect(heard).toEqual([{ speaker: 'trump', limit: 3 }]);
    expect(reply.visibility).toBe('private');
    expect(reply.document.blocks.at(-1)).toEqual({
      kind: 'actions',
      actions: [{ kind: 'share', label: 'Share', command: '/quote speaker:trump limit:3' }],
    });
    const shared = await b.answer({ command: 'quote', options: { speaker: 'trump' }, caller, share: true });
    expect(shared).toEqual({ visibility: 'public', document: said('found') });
  });

  it('says what was expected, what came and how to ask', async () => {
    const { bot: b } = bot();
    const reply = await b.answer({ command: 'quote', options: { limit: 'many' }, caller });
    expect(reply.document.summary).toBe('limit: expected a whole number from 1 to 10, got many.');
    const missing = await b.answer({ command: 'schedule add', options: {}, caller: { ...caller, canManage: true } });
    expect(missing.document.summary).toBe('times: expected when, got nothing.');
  });

  it('keeps managing commands for those who may manage', async () => {
    const { bot: b, heard } = bot();
    const reply = await b.answer({ command: 'schedule add', options: { times: 'daily 8:00' }, caller });
    expect(reply.document.summary).toMatch(/may manage/);
    expect(heard).toEqual([]);
    await b.answer({
      command: 'schedule add',
      options: { times: 'daily 8:00', quiet: 'yes', kind: 'Topic' },
      caller: { ...caller, canManage: true },
    });
    expect(heard).toEqual([{ times: 'daily 8:00', quiet: true, kind: 'topic' }]);
  });

  it('answers a fault with a reference that stands in the log', async () => {
    const { bot: b, errors } = bot();
    const reply = await b.answer({ command: 'broken', options: {}, caller });
    const reference = (errors[0] as { reference: string }).reference;
    expect(reply.document.summary).toContain(reference);
    expect(JSON.stringify(reply)).not.toContain('database is gone');
  });

  it('shows an AskError as it is', async () => {
    expect(new AskError('Pick one.').document.summary).toBe('Pick one.');
  });
});
