import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from '../../../src/platforms/http.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { openSlack } from '../../../src/platforms/slack/slack.ts';
import { createFakeBot, type FakeBot, seen, watchfulLog } from './fixtures.ts';
import { type SlackServer, startSlackServer } from './server.ts';

let server: SlackServer;
let http: HttpServer;
let bot: FakeBot;
let slack: Platform;
let log: ReturnType<typeof watchfulLog>;
const kept = new Map<string, string>();

beforeEach(async () => {
  kept.clear();
  server = await startSlackServer();
  bot = createFakeBot();
  log = watchfulLog();
  http = createHttpServer({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await slack.stop();
  await http.stop();
  await server.stop();
  expect(log.faults).toEqual([]);
});

const address = (path: string) => `http://127.0.0.1:${http.port}${path}`;

async function startOne(clock?: () => Date): Promise<void> {
  slack = openSlack({
    botToken: server.botToken,
    signingSecret: server.signingSecret,
    apiUrl: server.url,
    http,
    log,
    ...(clock ? { clock } : {}),
  });
  await begin();
}

async function startMany(): Promise<void> {
  slack = openSlack({
    signingSecret: server.signingSecret,
    clientId: server.clientId,
    clientSecret: server.clientSecret,
    stateSecret: 'local-state-secret',
    secretKey: 'a long secret of the operator',
    apiUrl: server.url,
    installations: {
      put: async (tenant, data) => void kept.set(tenant, data),
      get: async (tenant) => kept.get(tenant),
    },
    http,
    log,
  });
  await begin();
}

async function begin(): Promise<void> {
  await slack.start(bot);
  await http.start();
  server.deliverTo(address('/slack/events'));
}

/** As a browser: the install page, its cookie, Slack's own page, and back. */
async function install(team: string, tamper: (state: string, cookie: string) => [string, string] = (...both) => both) {
  const first = await fetch(address('/slack/install'));
  const page = await first.text();
  const link = new URL(/href="(https:\/\/slack\.com\/[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '');
  const [state, cookie] = tamper(
    link.searchParams.get('state') ?? '',
    first.headers.get('set-cookie')?.split(';')[0] ?? '',
  );
  const back = `/slack/oauth_redirect?code=${server.oauthCode(team)}&state=${encodeURIComponent(state)}`;
  const last = await fetch(address(back), { headers: { cookie } });
  return { link, status: last.status, page: await last.text() };
}

describe('signed requests', () => {
  const body = new URLSearchParams({
    command: '/brief',
    text: 'x',
    trigger_id: 't',
    team_id: 'T1',
    user_id: 'U1',
    channel_id: 'C1',
    response_url: 'http://127.0.0.1:9/',
  }).toString();
  const send = (headers: Record<string, string>, sent = body) =>
    fetch(address('/slack/events'), {
      method: 'POST',
      body: sent,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    }).then(({ status }) => status);

  it('are answered: commands, forms, events', async () => {
    await startOne();
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    expect(answer.text).toContain('Brief: cartels');
    await server.press(answer, 'Follow topic');
    const view = await server.waitFor(() => server.view(), 'a form');
    await server.submit(view, { times: { value: '08:00' } });
    expect(seen(view.view.blocks as never)).toContain('schedule add');
    await server.mention('brief cartels');
    await server.waitFor(() => server.channel('C1').messages.length === 1, 'the answer in the thread');
    expect(await server.suggest('field:brief:topic', 'str', { view })).toHaveLength(2);
  });

  it.each([
    ['none', () => ({})],
    ['of another secret', () => server.sign(body, { secret: 'wrong' })],
    ['of another body', () => server.sign(`${body}&x=1`)],
    ['six minutes old', () => server.sign(body, { atMs: Date.now() - 360_000 })],
    ['an hour ahead', () => server.sign(body, { atMs: Date.now() + 3_600_000 })],
    ['of a timestamp that is none', () => ({ ...server.sign(body), 'x-slack-request-timestamp': 'NaN' })],
    ['cut short', () => ({ ...server.sign(body), 'x-slack-signature': 'v0=12' })],
  ])('refuse a signature: %s', async (_, headers) => {
    await startOne();
    expect(await send(headers() as Record<string, string>)).toBe(401);
    expect(bot.asked).toHaveLength(0);
  });

  it('refuse the same request sent a second time', async () => {
    await startOne();
    const headers = server.sign(body);
    expect(await send(headers)).toBe(200);
    expect(await send(headers)).toBe(401);
    // Slack's own retry within the same second is signed alike: handled once, and told that all is well.
    expect(await send({ ...headers, 'x-slack-retry-num': '1' })).toBe(200);
    await server.waitFor(() => log.faults.length > 0, 'the answer that has nowhere to go');
    expect(bot.asked).toHaveLength(1);
    log.faults.length = 0;
  });

  it('survive signed nonsense', async () => {
    await startOne();
    for (const nonsense of [
      '',
      'null',
      '[]',
      '{',
      'payload=%7B',
      '{"type":"event_callback"}',
      '{"type":"block_actions"}',
    ])
      expect([200, 400]).toContain(
        await fetch(address('/slack/events'), {
          method: 'POST',
          body: nonsense,
          headers: { 'content-type': 'application/json', ...server.sign(nonsense) },
        }).then(({ status }) => status),
      );
    log.faults.length = 0; // Bolt's own complaint about the nonsense is in the log, as it should be
    expect(await (await server.slash('/brief', 'still here')).answer()).toBeTruthy();
  });

  it('prove the address to Slack', async () => {
    await startOne();
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'c4' });
    const answer = await fetch(address('/slack/events'), {
      method: 'POST',
      body: challenge,
      headers: { 'content-type': 'application/json', ...server.sign(challenge) },
    });
    expect(await answer.json()).toEqual({ challenge: 'c4' });
    expect(await send({}, 'ssl_check=1')).toBe(200);
  });
});

describe('many workspaces', () => {
  it('install the bot and are shown the next step', async () => {
    await startMany();
    const { link, status, page } = await install('T1');
    expect(status).toBe(200);
    expect(page).toContain('Pullquote is in newsroom');
    expect(page).toContain('<code>/brief</code>');
    expect(link.searchParams.get('scope')?.split(',')).toContain('chat:write');
    expect([...kept.keys()]).toEqual(['slack:T1']);
    expect(kept.get('slack:T1')).not.toContain('xoxb');
    expect(await (await server.slash('/brief', 'cartels')).answer()).toBeTruthy();
  });

  it('do not mix: each is answered and posted to with its own token', async () => {
    const second = server.addWorkspace('T2', 'desk-two');
    await startMany();
    await install('T1');
    await install('T2');
    await server.mention('brief one', { team: 'T1' });
    await server.mention('brief two', { team: 'T2' });
    await server.waitFor(() => server.channel('C1', 'T2').messages.length === 1, 'the second answer');
    await server.waitFor(() => server.channel('C1', 'T1').messages.length === 1, 'the first answer');
    expect(server.channel('C1', 'T2').messages[0]?.text).toContain('two');
    expect(bot.asked.map(({ caller }) => caller.tenant).sort()).toEqual(['slack:T1', 'slack:T2']);
    const [page] = slack.pages({ summary: 'x', blocks: [] }, 'en');
    await slack.post({ tenant: 'slack:T2', channel: 'G1' }, page ?? { body: {} }, 'k');
    expect(server.channel('G1', 'T2').messages).toHaveLength(1);
    expect(second.channels.get('G1')?.messages).toHaveLength(1);
  });

  it.each<[string, (state: string, cookie: string) => [string, string]]>([
    ['without the cookie', (state) => [state, '']],
    ['with another state', (_, cookie) => ['forged', cookie]],
  ])('refuse an installation %s', async (_, tamper) => {
    await startMany();
    const { status, page } = await install('T1', tamper);
    expect(status).toBe(400);
    expect(page).toContain('Try again');
    expect(kept.size).toBe(0);
  });

  it('that have not installed it are told so', async () => {
    server.addWorkspace('T9', 'strangers');
    await startMany();
    const answer = await (await server.slash('/brief', 'cartels', { team: 'T9' })).answer();
    expect(answer.visibility).toBe('private');
    expect(seen(answer.blocks)).toContain('not installed in this workspace');
    await server.mention('brief x', { team: 'T9' });
    expect(bot.asked).toHaveLength(0);
  });

  it.each([
    ['removed the app', { type: 'app_uninstalled' }, true],
    ['revoked the bot’s token', { type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOTT1'] } }, true],
    ['revoked a member’s token', { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }, false],
  ])('that %s', async (_, event, isRemoved) => {
    await startMany();
    await install('T1');
    await server.event(event, { eventId: 'Ev-gone' });
    await server.event(event, { eventId: 'Ev-gone', retry: 1 });
    expect(bot.removals).toEqual(isRemoved ? ['slack:T1'] : []);
  });

  it('keep their data while Slack refuses the token for a while', async () => {
    await startMany();
    await install('T1');
    server.workspace.refusal = 'token_revoked';
    await (await server.slash('/brief', 'cartels')).answer();
    const posted = slack.post({ tenant: 'slack:T1', channel: 'C1' }, { body: { text: 'x', blocks: [] } }, 'k');
    await expect(posted).rejects.toMatchObject({ kind: 'gone' });
    expect(bot.removals).toEqual([]);
    expect(kept.size).toBe(1);
  });

  it('have their tokens renewed before they expire', async () => {
    server.workspace.rotates = true;
    await startMany();
    await install('T1');
    const first = server.workspace.botToken;
    await slack.post({ tenant: 'slack:T1', channel: 'C1' }, { body: { text: 'x', blocks: [] } }, 'k');
    expect(server.workspace.botToken).not.toBe(first);
    expect(server.channel('C1').messages).toHaveLength(1);
    expect(kept.get('slack:T1')).not.toContain('xoxb');
  });

  it('are known after a restart', async () => {
    await startMany();
    await install('T1');
    await slack.stop();
    await http.stop();
    http = createHttpServer({ host: '127.0.0.1', port: 0 });
    await startMany();
    expect(await (await server.slash('/brief', 'cartels')).answer()).toMatchObject({
      text: expect.stringContaining('Brief: cartels'),
    });
  });
});

describe('an installation that cannot be read', () => {
  it('is a fault that is logged and told, not silence', async () => {
    await startMany();
    await install('T1');
    // In the middle: of the last character of a base64 text, some bits are padding that nobody reads.
    kept.set('slack:T1', kept.get('slack:T1')?.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A')) ?? '');
    await slack.stop();
    await http.stop();
    http = createHttpServer({ host: '127.0.0.1', port: 0 });
    await startMany();
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    expect(seen(answer.blocks)).toContain('could not answer');
    expect(log.faults.splice(0).join()).toContain('could not answer a command');
    expect(kept.size).toBe(1);
  });
});

describe('one workspace by HTTP', () => {
  it('deletes its data when the app is removed', async () => {
    await startOne();
    await server.event({ type: 'app_uninstalled' });
    expect(bot.removals).toEqual(['slack:T1']);
    const answer = await (await server.slash('/brief', 'cartels')).answer();
    expect(seen(answer.blocks)).toContain('not installed');
  });
});
