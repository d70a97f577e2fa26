import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paragraph } from '../../../src/document.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { createFakeBot, type FakeBot, openOn, seen, watchfulLog } from './fixtures.ts';
import { type SlackServer, startSlackServer } from './server.ts';

let server: SlackServer;
let bot: FakeBot;
let slack: Platform;
let log: ReturnType<typeof watchfulLog>;

beforeEach(async () => {
  server = await startSlackServer();
  bot = createFakeBot();
  log = watchfulLog();
  slack = openOn(server, { log });
  await slack.start(bot);
});
afterEach(async () => {
  await slack.stop();
  await server.stop();
  expect(log.faults).toEqual([]);
});

describe('commands', () => {
  it('acknowledges at once and answers privately', async () => {
    const asked = await server.slash('/brief', 'cartels');
    const answer = await asked.answer();
    expect(asked.ackMs).toBeLessThan(1000);
    expect(answer.visibility).toBe('private');
    expect(answer.text).toContain('Brief: cartels');
    expect(seen(answer.blocks)).toContain('“Anyone who tests that will be towed.”');
    expect(server.channel('C1').messages).toHaveLength(0);
    expect(bot.asked[0]).toMatchObject({ command: 'brief', options: { topic: 'cartels' } });
  });

  it('tells who asks: workspace, channel, language, zone', async () => {
    await (await server.slash('/brief', 'cartels')).answer();
    expect(bot.asked[0]?.caller).toEqual({
      platform: 'slack',
      tenant: 'slack:T1',
      user: 'U1',
      channel: 'C1',
      channelName: '#briefs',
      locale: 'en-GB',
      zone: 'Europe/Prague',
      canManage: true,
      canManageAll: true,
    });
  });

  it('reads a subcommand from the first word', async () => {
    await (await server.slash('/schedule', 'add times:"weekdays 08:00" channel:<#C2|general>')).answer();
    expect(bot.asked[0]).toMatchObject({
      command: 'schedule add',
      options: { times: 'weekdays 08:00', channel: 'C2' },
    });
  });

  it('says what is wrong with words it cannot read', async () => {
    const answer = await (await server.slash('/schedule', 'frobnicate')).answer();
    expect(seen(answer.blocks)).toContain('Expected /schedule add, /schedule list');
    expect(bot.asked).toHaveLength(0);
  });

  it('answers "help" after any command', async () => {
    await (await server.slash('/brief', 'help')).answer();
    expect(bot.asked[0]?.command).toBe('help');
  });

  it('takes every command as words of one, for names that Slack keeps for itself', async () => {
    await (await server.slash('/pullquote', 'quote ana topic:"x y"')).answer();
    await (await server.slash('/pullquote')).answer();
    await (await server.slash('/pullquote', 'schedule list')).answer();
    expect(bot.asked).toMatchObject([
      { command: 'quote', options: { speaker: 'ana', topic: 'x y' } },
      { command: 'help' },
      { command: 'schedule list' },
    ]);
  });

  it('takes its commands with a prefix', async () => {
    await slack.stop();
    slack = openOn(server, { commandPrefix: 'news', log });
    await slack.start(bot);
    await (await server.slash('/news-brief', 'news-brief of the day')).answer();
    await (await server.slash('/news', 'brief cartels')).answer();
    expect(bot.asked).toMatchObject([
      { command: 'brief', options: { topic: 'news-brief of the day' } },
      { command: 'brief', options: { topic: 'cartels' } },
    ]);
  });

  it('opens a form when a required option is missing', async () => {
    await server.slash('/context');
    const view = await server.waitFor(() => server.view(), 'a form');
    expect(view.view).toMatchObject({ type: 'modal', callback_id: 'form', title: { text: 'Context' } });
    expect(bot.asked).toHaveLength(0);
  });

  it('offers to choose when a command comes without words', async () => {
    const answer = await (await server.slash('/brief')).answer();
    await server.press(answer, 'Choose a topic');
    const view = await server.waitFor(() => server.view(), 'a form');
    expect(await server.suggest('field:brief:topic', 'c', { view })).toEqual([
      { text: { type: 'plain_text', text: 'c', emoji: false }, value: 'c' },
      { text: { type: 'plain_text', text: 'cartels (3)', emoji: false }, value: 'cartels' },
    ]);
  });

  it('answers in several messages where one is not enough, and says what does not fit', async () => {
    const paragraphs = Array.from({ length: 30 }, (_, n) => paragraph(`${n} ${'The strait is closed. '.repeat(120)}`));
    bot.script = () => ({ summary: 'Much', blocks: paragraphs });
    const asked = await server.slash('/brief', 'all');
    const last = await asked.answer(5);
    expect(seen(last.blocks)).toMatch(/\d+ more parts do not fit here/);
    expect(asked.answers.every(({ visibility }) => visibility === 'private')).toBe(true);
  });

  it('keeps a command that Slack delivers twice to one answer', async () => {
    await server.slash('/brief', 'cartels', { trigger: 'same' });
    await server.slash('/brief', 'cartels', { trigger: 'same' });
    await (await server.slash('/brief', 'strikes')).answer();
    expect(bot.asked.map(({ options }) => options.topic)).toEqual(['cartels', 'strikes']);
  });
});

describe('buttons', () => {
  it('shares for all to see, without previews or pings', async () => {
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    const shared = await (await server.press(answer, 'Share')).answer();
    expect(shared.visibility).toBe('public');
    expect(shared.sent).toMatchObject({ unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false });
    expect(server.channel('C1').messages).toHaveLength(1);
    expect(bot.asked[1]).toMatchObject({ command: 'brief', options: { topic: 'cartels' }, share: true });
  });

  it('work after a restart, since they carry all they need', async () => {
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    await slack.stop();
    slack = openOn(server, { log });
    await slack.start(bot);
    const context = await (await server.press(answer, 'In context')).answer();
    expect(seen(context.blocks)).toContain('context {"receipt":"q3f9"}');
  });

  it('that are not ours are answered kindly', async () => {
    const asked = await server.action({ type: 'button', action_id: 'old_button', value: 'whatever' });
    expect(seen((await asked.answer()).blocks)).toContain('no longer works');
  });

  it('open a form that carries what is known', async () => {
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    await server.press(answer, 'Follow topic');
    const view = await server.waitFor(() => server.view(), 'a form');
    expect(JSON.stringify(view.view)).toContain('"initial_option":{"text":{"type":"plain_text","text":"topic"');
  });
});

describe('forms', () => {
  it('make an invocation of what was typed, and show its answer in place', async () => {
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    await server.press(answer, 'Follow topic');
    const view = await server.waitFor(() => server.view(), 'a form');
    await server.submit(view, {
      times: { type: 'plain_text_input', value: 'weekdays 08:00' },
      channel: { type: 'conversations_select', selected_conversation: 'C1' },
      kind: { type: 'static_select', selected_option: { value: 'topic' } },
      stories: { type: 'number_input', value: '5' },
      threads: { type: 'static_select', selected_option: null },
    });
    expect(bot.asked[1]).toMatchObject({
      command: 'schedule add',
      options: { times: 'weekdays 08:00', channel: 'C1', kind: 'topic', stories: '5' },
    });
    expect(seen(view.view.blocks as never)).toContain('schedule add');
  });

  it('ask for a moment when the answer takes longer than Slack waits', async () => {
    await server.slash('/context');
    const view = await server.waitFor(() => server.view(), 'a form');
    bot.script = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return { summary: 'late', blocks: [] };
    };
    const sent = await server.submit(view, { receipt: { type: 'plain_text_input', value: 'q3f9' } });
    expect(JSON.stringify(sent.ack)).toContain('One moment');
    await server.waitFor(() => JSON.stringify(view.view).includes('late'), 'the late answer');
  });

  it('share from a modal into the channel they came from', async () => {
    await server.slash('/context');
    const view = await server.waitFor(() => server.view(), 'a form');
    bot.script = () => ({
      summary: 'x',
      blocks: [{ kind: 'actions', actions: [{ kind: 'share', label: 'Share', command: '/brief cartels' }] }],
    });
    await server.submit(view, { receipt: { type: 'plain_text_input', value: 'q3f9' } });
    bot.script = undefined;
    await server.press({ blocks: view.view.blocks as never, view }, 'Share');
    await server.waitFor(() => server.channel('C1').messages.length === 1, 'the shared message');
    await server.waitFor(() => JSON.stringify(view.view).includes('Shared in the channel'), 'word of it');
  });
});

describe('conversation', () => {
  it('answers a mention in its thread', async () => {
    await server.mention('brief cartels');
    const message = await server.waitFor(() => server.channel('C1').messages[0], 'an answer');
    expect(message.text).toContain('Brief: cartels');
    expect(message.thread_ts).toMatch(/^\d+\.\d+$/);
  });

  it('takes plain words as what to be briefed on', async () => {
    await server.mention('drug cartels');
    await server.waitFor(() => bot.asked[0]);
    expect(bot.asked[0]).toMatchObject({ command: 'brief', options: { topic: 'drug cartels' } });
  });

  it('answers a manager’s question to a mention for the asker alone', async () => {
    await server.mention('privacy delete');
    await server.waitFor(() => server.channel('C1').ephemerals.length === 1, 'a private answer');
    expect(server.channel('C1').messages).toHaveLength(0);
    expect(server.channel('C1').ephemerals[0]?.to).toBe('U1');
  });

  it('answers direct messages, and never itself', async () => {
    await server.direct('quote &lt;b&gt; Marrow &amp; Co');
    await server.waitFor(() => server.channel('D1').messages.length === 1, 'an answer');
    expect(bot.asked[0]?.options).toEqual({ speaker: '<b> Marrow & Co' });
    await server.event({
      type: 'message',
      channel_type: 'im',
      channel: 'D1',
      bot_id: 'B9',
      user: 'U9',
      text: 'hi',
      ts: '1.1',
    });
    await server.event({ type: 'message', channel_type: 'im', channel: 'D1', subtype: 'message_changed', ts: '1.2' });
    await server.direct('help');
    await server.waitFor(() => bot.asked.length === 2);
    expect(bot.asked[1]?.command).toBe('help');
  });

  it('answers an event that is delivered again only once', async () => {
    const event = { type: 'app_mention', user: 'U1', text: '<@U0BOTT1> brief x', ts: '5.000001', channel: 'C1' };
    await server.event(event, { eventId: 'Ev1' });
    await server.event(event, { eventId: 'Ev1', retry: 1 });
    await server.mention('brief y');
    await server.waitFor(() => bot.asked.some(({ options }) => options.topic === 'y'));
    expect(bot.asked).toHaveLength(2);
  });

  it('offers shortcuts: a form for a brief, one for quotes on a message', async () => {
    await server.shortcut('open:brief');
    await server.waitFor(() => server.view()?.view.title && server.view());
    await server.shortcut('open:quote', { message: 'The strait is closed' });
    const view = await server.waitFor(() => JSON.stringify(server.view()?.view).includes('strait') && server.view());
    expect(JSON.stringify(view?.view)).toContain('The strait is closed');
  });
});

describe('App Home', () => {
  it('shows the first steps, briefings and help, and its buttons answer in a modal', async () => {
    await server.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    const home = await server.waitFor(() => server.home('U1'), 'the Home tab');
    const blocks = home.blocks as never;
    expect(seen(blocks)).toContain('/invite @pullquote');
    expect(seen(blocks)).toContain('schedule list');
    await server.action({ type: 'button', action_id: 'run:1', value: '/brief' }, { home: true });
    const view = await server.waitFor(() => server.view(), 'a modal');
    expect(seen(view.view.blocks as never)).toContain('Brief: today');
  });
});

describe('rights', () => {
  it.each([
    ['an admin', 'U1', 'C1', 'schedule', 'add x', true],
    ['a member', 'U2', 'C1', 'schedule', 'add x', false],
    ['a member in direct messages', 'U2', 'D2', 'schedule', 'add x', true],
    ['a member in direct messages, for the whole workspace', 'U2', 'D2', 'privacy', 'delete', false],
    ['a member in direct messages, for another channel', 'U2', 'D2', 'schedule', 'add x channel:C1', false],
    [
      'a member in direct messages, for another channel by name',
      'U2',
      'D2',
      'schedule',
      'add x channel:general',
      false,
    ],
    ['a member in direct messages, for another person', 'U2', 'D2', 'schedule', 'add x channel:D1', false],
  ])('%s', async (_, user, channel, command, text, canManage) => {
    await (await server.slash(`/${command}`, text, { user, channel })).answer();
    expect(bot.asked[0]?.caller.canManage).toBe(canManage);
  });

  it('lets the one who made a channel manage it', async () => {
    server.addChannel({ id: 'C9', name: 'mine', creator: 'U2' });
    await (await server.slash('/schedule', 'add x', { user: 'U2', channel: 'C9' })).answer();
    expect(bot.asked[0]?.caller.canManage).toBe(true);
  });

  it('gives none where Slack does not tell', async () => {
    server.workspace.scopes = new Set(['commands', 'chat:write']);
    await (await server.slash('/schedule', 'add x')).answer();
    expect(bot.asked[0]?.caller).toMatchObject({ canManage: false, locale: 'en' });
  });
});
