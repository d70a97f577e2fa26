import { afterEach, describe, expect, it, vi } from 'vitest';
import { actions, heading, paragraph, run } from '../../../src/document.ts';
import { openDiscord } from '../../../src/platforms/discord/discord.ts';
import { createHttpServer } from '../../../src/platforms/http.ts';
import type { Invocation, Platform } from '../../../src/platforms/platform.ts';
import { silent, testBot } from './bot.ts';
import { buttonsOf, type DiscordServer, startDiscordServer, textOf } from './server.ts';

const CHANNEL = '900000000000000100';
const FORUM = '900000000000000200';
const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.stop();
});

async function start(
  options: Parameters<typeof startDiscordServer>[0] & {
    readonly byHttp?: boolean;
    readonly away?: readonly RegExp[];
    readonly requestsPerSecond?: number;
  } = {},
): Promise<{ discord: DiscordServer; platform: Platform; asked: Invocation[]; removed: string[] }> {
  const discord = await startDiscordServer({
    channels: [
      { id: CHANNEL, name: 'briefs' },
      { id: FORUM, name: 'forum', type: 15 },
    ],
    ...options,
  });
  opened.push(discord);
  for (const path of options.away ?? []) discord.fault({ path, kind: 'refuse', status: 404, code: 0, times: 1000 });
  const http = createHttpServer({ host: '127.0.0.1', port: 0 });
  if (options.byHttp) {
    await http.start();
    opened.push(http);
    discord.deliverTo(`http://127.0.0.1:${http.port}/discord/interactions`);
  }
  const platform = openDiscord({
    token: discord.token,
    apiUrl: discord.url,
    log: silent,
    ...(options.requestsPerSecond !== undefined && { requestsPerSecond: options.requestsPerSecond }),
    ...(options.byHttp ? { publicKey: discord.publicKey, http } : {}),
  });
  opened.push(platform);
  const asked: Invocation[] = [];
  const removed: string[] = [];
  await platform.start(testBot(asked, removed));
  return { discord, platform, asked, removed };
}

const admin = { admin: true };

describe.each([{ byHttp: false }, { byHttp: true }])('what people do on Discord (by HTTP: $byHttp)', ({ byHttp }) => {
  it('answers a slash command privately and at once', async () => {
    const { discord, asked } = await start({ byHttp });
    const answer = await discord.slash('brief', { topic: 'tarn strait' }, { locale: 'es-ES' });
    expect(textOf(answer.message)).toBe(
      '## Tarn Strait closure\n-# 1 source\nAbout tarn strait.\n**Ilse Marrow**, governor\n> “We are not asking permission.”\n- one reaction\n- another',
    );
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer.ackMs).toBeLessThan(1000);
    expect(discord.channel(CHANNEL).messages).toEqual([]);
    expect(asked).toEqual([
      {
        command: 'brief',
        options: { topic: 'tarn strait' },
        caller: {
          platform: 'discord',
          tenant: `discord:${discord.guild}`,
          user: '900000000000000030',
          channel: CHANNEL,
          channelName: '#briefs',
          locale: 'es-ES',
          canManage: false,
        },
      },
    ]);
    expect(discord.problems).toEqual([]);
  });

  it('posts the answer for all to see when Share is pressed', async () => {
    const { discord } = await start({ byHttp });
    const answer = await discord.slash('brief', { topic: 'ferries' });
    const shared = await discord.click(answer.message, 'Share');
    expect(shared.ephemeral).toBe(false);
    expect(discord.channel(CHANNEL).messages.map(textOf)).toEqual([textOf(answer.message)]);
    expect(discord.problems).toEqual([]);
  });

  it('runs buttons, section buttons and menus, after a restart too', async () => {
    const first = await start({ byHttp });
    const answer = await first.discord.slash('brief', { topic: 'ferries' });
    expect(buttonsOf(answer.message)).toEqual(['In context', 'All quotes', 'Share', 'Follow', 'Gone']);
    const { discord, asked } = await start({ byHttp });
    await discord.click(answer.message, 'In context');
    await discord.click(answer.message, 'All quotes');
    await discord.pick(answer.message, 'Courts');
    expect(asked.map(({ command, options }) => [command, options])).toEqual([
      ['quote', { speaker: 'marrow' }],
      ['quote', { speaker: 'marrow' }],
      ['brief', { topic: 'courts' }],
    ]);
    expect(discord.problems).toEqual([]);
  });

  it('answers kindly when a button is from another version', async () => {
    const { discord } = await start({ byHttp });
    const answer = await discord.slash('brief');
    const gone = await discord.click(answer.message, 'Gone');
    expect(gone.ephemeral).toBe(true);
    expect(textOf(gone.message)).toContain('earlier version');
    const foreign = await discord.interact({
      type: 3,
      data: { component_type: 2, custom_id: 'someone-elses' },
      message: answer.message,
    });
    expect(textOf(foreign.message)).toContain('earlier version');
    expect(discord.problems).toEqual([]);
  });

  it('opens a form filled in with what is known, and runs what comes back', async () => {
    const { discord, asked } = await start({ byHttp });
    const answer = await discord.slash('brief', { topic: 'ferries' });
    const form = await discord.click(answer.message, 'Follow', admin);
    expect(form.modal).toMatchObject({
      title: 'The schedule add command',
      components: [
        { label: 'Times', component: { custom_id: 'times', required: true, placeholder: 'daily 08:00' } },
        { label: 'Topic', component: { custom_id: 'topic', value: 'ferries' } },
        { label: 'Channel', component: { type: 8 } },
        { label: 'Kind', component: { type: 3 } },
        { label: 'Threads', component: { type: 3 } },
      ],
    });
    const sent = await discord.submit(form, { times: 'daily 08:00', threads: 'false' }, admin);
    expect(sent.ephemeral).toBe(true);
    expect(asked.at(-1)).toMatchObject({
      command: 'schedule add',
      options: { times: 'daily 08:00', topic: 'ferries', threads: 'false', zone: 'Europe/Prague' },
      caller: { canManage: true },
    });
    expect(discord.problems).toEqual([]);
  });

  it('offers suggestions', async () => {
    const { discord, asked } = await start({ byHttp });
    const offered = await discord.autocomplete('quote', 'speaker', 'ana');
    expect(offered.choices).toEqual([{ name: 'Ana López (3)', value: 'Ana López (3)' }]);
    expect(offered.ackMs).toBeLessThan(300);
    expect(asked[0]).toMatchObject({ command: 'quote', options: { speaker: 'ana' } });
    expect(discord.problems).toEqual([]);
  });

  it('puts off an answer that takes long, and brings it', async () => {
    const { discord } = await start({ byHttp });
    const answer = await discord.slash('slow');
    expect(textOf(answer.message)).toBe('Slow, but here.');
    expect(answer.ephemeral).toBe(true);
    expect(answer.ackMs).toBeLessThan(answer.answerMs);
    expect(discord.problems).toEqual([]);
  });

  it('posts a public answer publicly although it was put off privately', async () => {
    const { discord } = await start({ byHttp });
    await discord.slash('public');
    await discord.waitFor(() => discord.channel(CHANNEL).messages.length === 1);
    expect(discord.channel(CHANNEL).messages.map(textOf)).toEqual(['For all to see.']);
    expect(discord.problems).toEqual([]);
  });

  it('sends a long answer in whole parts, and says how much is left', async () => {
    const { discord } = await start({ byHttp });
    const answer = await discord.slash('long');
    await discord.waitFor(() => answer.messages.length === 6);
    const shown = answer.messages.map(textOf);
    expect(shown.slice(0, 5).every((page) => /^Paragraph \d+\./.test(page) && page.trimEnd().endsWith('word'))).toBe(
      true,
    );
    expect(shown[5]).toMatch(/^-# \d+ more parts do not fit/);
    expect(answer.messages.every(({ flags }) => flags & 64)).toBe(true);
    expect(discord.problems).toEqual([]);
  });

  it('answers a fault, and goes on', async () => {
    const { discord } = await start({ byHttp });
    expect(textOf((await discord.slash('broken')).message)).toContain('could not be shown');
    expect(textOf((await discord.slash('brief')).message)).toContain('Tarn');
    expect(discord.problems).toEqual([]);
  });

  it('lets a person manage what is theirs in a direct message', async () => {
    const { discord, asked } = await start({ byHttp });
    await discord.slash('brief', {}, { dm: true, id: '900000000000000077' });
    expect(asked[0]?.caller).toMatchObject({ tenant: 'discord:dm:900000000000000077', canManage: true });
    expect(discord.problems).toEqual([]);
  });
});

describe('commands on Discord', () => {
  it('registers them once: options, subcommands, who may', async () => {
    const { discord } = await start();
    expect(
      discord.commands().map(({ name, default_member_permissions }) => [name, default_member_permissions]),
    ).toEqual([
      ['brief', null],
      ['quote', null],
      ['slow', null],
      ['broken', null],
      ['long', null],
      ['public', null],
      ['schedule', '32'],
    ]);
    expect(
      discord
        .commands()
        .find(({ name }) => name === 'schedule')
        ?.options.map((one: { name: string }) => one.name),
    ).toEqual(['add', 'remove']);
    const again = openDiscord({ token: discord.token, apiUrl: discord.url, log: silent });
    opened.push(again);
    await again.start(testBot());
    expect(discord.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    expect(discord.problems).toEqual([]);
  });

  it('knows the channels that options name', async () => {
    const { discord, asked } = await start();
    await discord.slash('schedule add', { times: 'daily 08:00', channel: FORUM }, admin);
    expect(asked[0]).toMatchObject({ options: { channel: FORUM }, caller: { channelNames: { [FORUM]: '#forum' } } });
  });

  it('takes the word of Discord for who may run a command it guards', async () => {
    const { discord, asked } = await start();
    await discord.slash('schedule remove', { id: 1 });
    expect(asked[0]).toMatchObject({ command: 'schedule remove', options: { id: 1 }, caller: { canManage: true } });
  });
});

describe('posts on Discord', () => {
  const to = { tenant: 'discord:1', channel: CHANNEL };
  const document = {
    summary: 'Morning brief',
    blocks: [heading('Morning brief'), paragraph('All quiet.'), actions(run('More', '/brief'))],
  };
  const KEY = 'b7@2026-11-22T08:00#1';

  it('posts once although the answer was lost after the message was stored', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    discord.fault({ method: 'POST', path: /channels\/\d+\/messages$/, kind: 'lost', times: 2 });
    const posted = await platform.post(to, page!, KEY);
    expect(discord.channel(CHANNEL).messages.map(({ id }) => id)).toEqual([posted.messageId]);
    expect(discord.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/messages'))).toHaveLength(
      3,
    );
    expect(discord.problems).toEqual([]);
  });

  it('finds a page again by its mark, hours later and for another process', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    expect(await platform.find(to, KEY)).toBeUndefined();
    const posted = await platform.post(to, page!, KEY);
    for (let n = 0; n < 120; n++) await platform.post(to, page!, `other#${n}`);
    discord.advance(3 * 3_600_000);
    const other = openDiscord({ token: discord.token, apiUrl: discord.url, log: silent });
    opened.push(other);
    await other.start(testBot());
    expect(await other.find(to, KEY)).toEqual(posted);
    expect(await other.find(to, 'b8@2026-11-22T08:00#1')).toBeUndefined();
    expect(discord.problems).toEqual([]);
  });

  it('does not take an unreadable channel for an empty one', async () => {
    const { discord, platform } = await start({
      channels: [
        { id: CHANNEL, deny: ['ReadMessageHistory'] },
        { id: '42424242', deny: ['ViewChannel'] },
      ],
    });
    expect(await platform.find(to, KEY)).toBe('unknown');
    expect(await platform.find({ ...to, channel: '42424242' }, KEY)).toBe('unknown');
    expect(discord.problems).toEqual([]);
  });

  it('waits as long as Discord says, and gives back a long wait', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    discord.fault({ method: 'POST', path: /messages$/, kind: 'limit', retryAfterMs: 300, scope: 'shared' });
    const before = performance.now();
    await platform.post(to, page!, KEY);
    expect(performance.now() - before).toBeGreaterThan(290);
    discord.fault({ method: 'POST', path: /messages$/, kind: 'limit', retryAfterMs: 3_600_000 });
    await expect(platform.post(to, page!, 'next#1')).rejects.toMatchObject({
      kind: 'retry',
      retryAfterMs: expect.toSatisfy((ms) => ms > 3_500_000),
    });
    // Until then Discord is not even asked.
    const asked = discord.requests.length;
    await expect(platform.post(to, page!, 'after#1')).rejects.toMatchObject({ kind: 'retry' });
    expect(discord.requests).toHaveLength(asked);
  });

  it.each([
    ['channel gone', '404404404', {}, 'gone'],
    ['no access', '42424242', {}, 'gone'],
    ['no right to send', '43434343', {}, 'gone'],
    ['answers lost for good', CHANNEL, { method: 'POST', path: /messages$/, kind: 'lost', times: 9 }, 'ambiguous'],
    ['connection cut', CHANNEL, { method: 'POST', path: /messages$/, kind: 'cut', times: 9 }, 'ambiguous'],
    [
      'refused for what it says',
      CHANNEL,
      { method: 'POST', path: /messages$/, kind: 'refuse', status: 400, code: 50006, times: 9 },
      'refused',
    ],
  ] as const)('says why a post failed: %s', async (_what, channel, fault, kind) => {
    const { discord, platform } = await start({
      channels: [
        { id: CHANNEL },
        { id: '42424242', deny: ['ViewChannel'] },
        { id: '43434343', deny: ['SendMessages'] },
      ],
    });
    const [page] = platform.pages(document, 'en');
    if ('kind' in fault) discord.fault(fault);
    await expect(platform.post({ ...to, channel }, page!, KEY)).rejects.toMatchObject({ name: 'PlatformError', kind });
  });

  it.each(['the bot', 'the channel'])(
    'is not sent when the machine slept before the turn of %s: another process may have done it',
    async (whose) => {
      const { discord, platform } = await start(whose === 'the bot' ? { requestsPerSecond: 1 } : {});
      const [page] = platform.pages(document, 'en');
      if (whose === 'the bot') await platform.post({ ...to, channel: FORUM }, page!, 'before#1');
      else discord.fault({ method: 'POST', path: /messages$/, kind: 'limit', retryAfterMs: 500, scope: 'shared' });
      const asked = discord.requests.length;
      const post = platform.post(to, page!, KEY).catch((cause: unknown) => cause);
      if (whose === 'the channel') await vi.waitFor(() => expect(discord.requests.length).toBeGreaterThan(asked));
      await new Promise((resolve) => setTimeout(resolve, 50));
      const awake = Date.now;
      const clock = vi.spyOn(Date, 'now').mockImplementation(() => awake() + 3_600_000);
      expect(await post.finally(() => clock.mockRestore())).toMatchObject({ name: 'PlatformError', kind: 'retry' });
      expect(discord.channel(CHANNEL).messages).toEqual([]);
    },
  );

  it('is not sent again under its nonce when the machine slept before the answer came', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    discord.fault({ method: 'POST', path: /channels\/\d+\/messages$/, kind: 'lost' });
    const awake = Date.now;
    let slept = 0;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => awake() + slept);
    const post = platform.post(to, page!, KEY).catch((cause: unknown) => cause);
    await vi.waitFor(() => expect(discord.channel(CHANNEL).messages).toHaveLength(1), { interval: 1 });
    slept = 3_600_000;
    discord.advance(slept);
    expect(await post.finally(() => clock.mockRestore())).toMatchObject({ name: 'PlatformError', kind: 'ambiguous' });
    expect(discord.channel(CHANNEL).messages).toHaveLength(1);
    expect(await platform.find(to, KEY)).toBeDefined();
  });

  it('stays in doubt when an answer was lost and Discord then went away', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    discord.fault({ method: 'POST', path: /messages$/, kind: 'lost' });
    const posting = platform.post(to, page!, KEY).catch((fault: unknown) => fault);
    await discord.waitFor(() =>
      discord.requests.some(({ path, status }) => path.endsWith('/messages') && status === 502),
    );
    await discord.stop();
    expect(await posting).toMatchObject({ kind: 'ambiguous' });
  });

  it('says that Discord is not there', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    await discord.stop();
    // A connection that was kept alive may have taken the first one.
    await platform.post(to, page!, 'other#1').catch(() => {});
    await expect(platform.post(to, page!, KEY)).rejects.toMatchObject({ kind: 'retry' });
  });

  it('puts the detail in a thread under the first page', async () => {
    const { discord, platform } = await start();
    const [head, detail] = platform.pages(
      { ...document, thread: { summary: 'Detail', blocks: [paragraph('More.')] } },
      'en',
    );
    expect([head?.inThread, detail?.inThread]).toEqual([undefined, true]);
    const posted = await platform.post(to, head!, KEY);
    const under = { ...to, thread: posted.messageId };
    const answer = await platform.post(under, detail!, 'b7@2026-11-22T08:00#2');
    expect(discord.threads(CHANNEL)).toMatchObject([{ id: posted.messageId, name: 'Detail' }]);
    expect(await platform.find(under, 'b7@2026-11-22T08:00#2')).toEqual(answer);
    expect(discord.problems).toEqual([]);
  });

  it('replies where it may not make threads', async () => {
    const { discord, platform } = await start({ channels: [{ id: CHANNEL, deny: ['CreatePublicThreads'] }] });
    const [head] = platform.pages(document, 'en');
    const posted = await platform.post(to, head!, KEY);
    await platform.post({ ...to, thread: posted.messageId }, head!, 'detail#2');
    expect(discord.channel(CHANNEL).messages[1]).toMatchObject({ message_reference: { message_id: posted.messageId } });
    expect(await platform.find({ ...to, thread: posted.messageId }, 'detail#2')).toEqual({
      messageId: discord.channel(CHANNEL).messages[1]?.id,
    });
    expect(discord.problems).toEqual([]);
  });

  it('opens a forum post, puts further pages into it, and finds both', async () => {
    const { discord, platform } = await start();
    const [page] = platform.pages(document, 'en');
    const forum = { ...to, channel: FORUM };
    const first = await platform.post(forum, page!, KEY);
    const second = await platform.post(forum, page!, 'b7@2026-11-22T08:00#2');
    expect(discord.threads(FORUM)).toMatchObject([
      { name: 'Morning brief', messages: [{ id: first.messageId }, { id: second.messageId }] },
    ]);
    expect(await platform.find(forum, KEY)).toEqual(first);
    expect(await platform.find(forum, 'nobody#1')).toBeUndefined();
    expect(discord.problems).toEqual([]);
  });

  it('says the same in an embed where Components V2 are refused, and finds that too', async () => {
    const { discord, platform } = await start({ withoutV2: true });
    const [page] = platform.pages(document, 'en');
    const posted = await platform.post(to, page!, KEY);
    expect(discord.channel(CHANNEL).messages.map(textOf)).toEqual([
      expect.stringMatching(/^## Morning brief\nAll quiet\.\nref [0-9a-f]{12}$/),
    ]);
    expect(await platform.find(to, KEY)).toEqual(posted);
    const answer = await discord.slash('brief');
    expect(textOf(answer.message)).toContain('“We are not asking permission.”');
    expect(buttonsOf(answer.message)).toContain('Share');
    const late = await discord.slash('slow');
    expect(textOf(late.message)).toBe('Slow, but here.');
    expect(discord.problems).toEqual([]);
  });

  it('names the missing right and where to grant it', async () => {
    const { discord, platform } = await start({
      channels: [
        { id: CHANNEL },
        { id: '43434343', name: 'quiet', deny: ['SendMessages', 'EmbedLinks'] },
        { id: '42424242', deny: ['ViewChannel'] },
        { id: '45454545', name: 'Rooms', type: 4 },
      ],
    });
    expect(await platform.problems(to)).toEqual([]);
    expect(await platform.problems({ ...to, channel: '43434343' })).toEqual([
      expect.stringMatching(/“Send Messages” in #quiet.*Edit Channel → Permissions/),
      expect.stringContaining('“Embed Links”'),
    ]);
    expect(await platform.problems({ ...to, channel: '42424242' })).toEqual([
      expect.stringContaining('“View Channel”'),
    ]);
    expect(await platform.problems({ ...to, channel: '404404404' })).toEqual([
      expect.stringContaining('not there any more'),
    ]);
    expect(await platform.problems({ ...to, channel: '45454545' })).toEqual([
      expect.stringContaining('no channel for messages'),
    ]);
    expect(discord.problems).toEqual([]);
  });

  it('tells one person privately, or says that it cannot', async () => {
    const { discord, platform } = await start();
    expect(await platform.tell('discord:1', '900000000000000055', document)).toBe(true);
    expect(discord.directMessages('900000000000000055').map(textOf)).toEqual(['## Morning brief\nAll quiet.']);
    discord.fault({ path: /channels\/\d+\/messages$/, kind: 'refuse', status: 403, code: 50007 });
    expect(await platform.tell('discord:1', '900000000000000055', document)).toBe(false);
    expect(discord.problems).toEqual([]);
  });
});

describe('the connection to Discord', () => {
  it('resumes after a cut, and answers what was asked meanwhile', async () => {
    const { discord } = await start();
    discord.gateway.close(4000);
    const answer = await discord.slash('brief');
    expect(textOf(answer.message)).toContain('Tarn');
    expect([discord.gateway.identifies, discord.gateway.resumes]).toEqual([1, 1]);
    discord.gateway.askReconnect();
    await discord.waitFor(() => discord.gateway.resumes === 2);
    expect(discord.problems).toEqual([]);
  });

  it('logs in anew when its session is no longer known', async () => {
    const { discord, platform } = await start();
    discord.gateway.forgetSessions();
    discord.gateway.close(4000);
    await discord.waitFor(() => discord.gateway.identifies === 2, 20_000);
    await discord.gateway.ready();
    await discord.waitFor(() => platform.state() === 'connected');
    expect(textOf((await discord.slash('brief')).message)).toContain('Tarn');
  });

  it('keeps trying when Discord is down at the start, and stops cleanly meanwhile', async () => {
    const discord = await startDiscordServer();
    const { url, token } = discord;
    await discord.stop();
    const platform = openDiscord({ token, apiUrl: url, log: silent });
    const started = platform.start(testBot());
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(platform.state()).toContain('cannot reach Discord');
    const back = await startDiscordServer({ port: Number(new URL(url).port) });
    opened.push(back);
    await started;
    expect(platform.state()).toBe('connected');
    back.gateway.refuse(true);
    back.gateway.close(4000);
    await back.waitFor(() => platform.state() === 'reconnecting');
    await platform.stop();
    expect(platform.state()).toBe('stopped');
  });

  it('stops cleanly before it ever connected', async () => {
    const discord = await startDiscordServer();
    await discord.stop();
    const platform = openDiscord({ token: discord.token, apiUrl: discord.url, log: silent });
    const started = platform.start(testBot());
    await platform.stop();
    await started;
  });

  it('says plainly that a token is wrong', async () => {
    const discord = await startDiscordServer();
    opened.push(discord);
    const platform = openDiscord({ token: 'wrong', apiUrl: discord.url, log: silent });
    await expect(platform.start(testBot())).rejects.toThrow(/^DISCORD_TOKEN: expected the bot token/);
  });

  it('lets go of a server that removed it, not of one with an outage', async () => {
    const { discord, removed } = await start();
    discord.removeBot(true);
    discord.removeBot();
    await discord.waitFor(() => removed.length > 0);
    expect(removed).toEqual([`discord:${discord.guild}`]);
  });

  it('counts a first answer whose answer was lost as given', async () => {
    const { discord } = await start();
    discord.fault({ path: /callback$/, kind: 'lost' });
    expect(textOf((await discord.slash('brief')).message)).toContain('Tarn');
    expect(discord.problems).toEqual([]);
  });

  it('outlives an answer that comes after the interaction has ended', async () => {
    const { discord } = await start();
    const slow = discord.slash('slow').catch(() => 'no answer');
    await discord.waitFor(() => discord.requests.some(({ path }) => path.endsWith('/callback')));
    discord.advance(16 * 60_000);
    await discord.waitFor(() => discord.requests.some(({ status }) => status === 401));
    expect(textOf((await discord.slash('brief')).message)).toContain('Tarn');
    await discord.stop();
    opened.splice(opened.indexOf(discord), 1);
    void slow;
  });

  it('needs no more of Discord than its gateway, the commands and the messages', async () => {
    const { discord, platform } = await start({
      away: [/^\/users\/@me$/, /^\/applications\/@me$/, /^\/guilds\//, /^\/channels\/\d+$/, /\/threads$/],
    });
    expect(textOf((await discord.slash('brief')).message)).toContain('Tarn');
    const to = { tenant: 'discord:1', channel: CHANNEL };
    const [page] = platform.pages({ summary: 'x', blocks: [paragraph('x')] }, 'en');
    expect(await platform.find(to, 'b1#1')).toBeUndefined();
    const posted = await platform.post(to, page!, 'b1#1');
    expect(await platform.find(to, 'b1#1')).toEqual(posted);
    await platform.post({ ...to, thread: posted.messageId }, page!, 'b1#2');
    expect(discord.channel(CHANNEL).messages).toHaveLength(2);
    expect(await platform.problems(to)).toEqual([]);
  });

  it('finishes what is being answered before it stops', async () => {
    const { discord, platform } = await start();
    const answer = discord.slash('slow');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await platform.stop();
    expect(textOf((await answer).message)).toBe('Slow, but here.');
  });
});
