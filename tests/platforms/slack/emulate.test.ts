/** The same platform against a Slack that others wrote: npm `emulate`, with its strict scopes and its own OAuth pages. */
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paragraph } from '../../../src/document.ts';
import { createHttpServer } from '../../../src/platforms/http.ts';
import { scopeNames } from '../../../src/platforms/slack/manifest.ts';
import { openSlack } from '../../../src/platforms/slack/slack.ts';
import { createFakeBot, silent } from './fixtures.ts';

let slack: Emulator;
const redirect = 'http://127.0.0.1/slack/oauth_redirect';

beforeAll(async () => {
  slack = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'newsroom', domain: 'newsroom' },
        channels: [{ name: 'briefs' }],
        bots: [{ name: 'pullquote' }],
        tokens: [{ token: 'xoxb-narrow', user: 'pullquote', scopes: ['chat:write', 'channels:read', 'channels:join'] }],
        oauth_apps: [
          {
            client_id: '111.222',
            client_secret: 'local-client-secret',
            app_id: 'A1',
            name: 'Pullquote',
            redirect_uris: [redirect],
            scopes: [...scopeNames, 'channels:join'],
          },
        ],
        strict_scopes: true,
      },
    },
  });
});
afterAll(() => slack.close());

const call = async (token: string, method: string, args: Record<string, string> = {}) =>
  (await (
    await fetch(`${slack.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(args),
    })
  ).json()) as Record<string, unknown> & { channels?: { id: string; name: string }[] };

async function opened(token = 'xoxb-narrow') {
  const http = createHttpServer({ host: '127.0.0.1', port: 0 });
  const platform = openSlack({
    botToken: token,
    signingSecret: 's',
    http,
    apiUrl: `${slack.url}/api/`,
    log: silent,
  });
  await platform.start(createFakeBot());
  const { team_id } = await call(token, 'auth.test');
  const channels = await call(token, 'conversations.list');
  const channel = channels.channels?.find(({ name }) => name === 'general')?.id ?? '';
  return { platform, to: { tenant: `slack:${team_id}`, channel } };
}

describe('against emulate', () => {
  it('names the handle to invite, posts once it is in, and says that it may not read back', async () => {
    const { platform, to } = await opened();
    expect((await platform.problems(to))[0]).toContain('/invite @pullquote');
    await call('xoxb-narrow', 'conversations.join', { channel: to.channel });
    expect(await platform.problems(to)).toEqual([]);
    const [page] = platform.pages({ summary: 'Closed', blocks: [paragraph('The strait is closed.')] }, 'en');
    const { messageId } = await platform.post(to, page ?? { body: {} }, 'k#1');
    expect(messageId).toMatch(/^\d+\.\d+$/);
    expect(await platform.find(to, 'k#1')).toBe('unknown');
    await platform.stop();
  });

  it('is installed from its page, and posts with the token that came of it', async () => {
    const kept = new Map<string, string>();
    const http = createHttpServer({ host: '127.0.0.1', port: 0 });
    const platform = openSlack({
      signingSecret: 's',
      clientId: '111.222',
      clientSecret: 'local-client-secret',
      stateSecret: 'local-state-secret',
      secretKey: 'a long secret of the operator',
      installations: {
        put: async (tenant, data) => void kept.set(tenant, data),
        get: async (tenant) => kept.get(tenant),
      },
      http,
      apiUrl: `${slack.url}/api/`,
      log: silent,
    });
    await platform.start(createFakeBot());
    await http.start();
    const bot = `http://127.0.0.1:${http.port}`;

    const start = await fetch(`${bot}/slack/install`);
    const link = new URL(/href="(https:[^"]+)"/.exec(await start.text())?.[1]?.replaceAll('&amp;', '&') ?? '');
    // Slack's own page, on the emulator: choose who installs, and be sent back with a code.
    const chooser = await fetch(`${slack.url}/oauth/v2/authorize?${link.searchParams}&redirect_uri=${redirect}`);
    const fields = [
      ...(await chooser.text())
        .split('</form>', 1)
        .join('')
        .matchAll(/name="(\w+)" value="([^"]*)"/g),
    ];
    const back = await fetch(`${slack.url}/oauth/v2/authorize/callback`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(Object.fromEntries(fields.map(([, name, value]) => [name, value]))),
    });
    const { search } = new URL(back.headers.get('location') ?? '');
    const end = await fetch(`${bot}/slack/oauth_redirect${search}`, {
      headers: { cookie: start.headers.get('set-cookie')?.split(';')[0] ?? '' },
    });
    const page = await end.text();
    expect(page).toContain('Pullquote is in newsroom');
    expect(end.status).toBe(200);

    const [tenant = ''] = kept.keys();
    const { platform: narrow, to } = await opened();
    await call('xoxb-narrow', 'conversations.join', { channel: to.channel });
    const [message] = platform.pages({ summary: 'Closed', blocks: [paragraph('The strait is closed.')] }, 'en');
    const posted = await platform.post({ ...to, tenant }, message ?? { body: {} }, 'k#2');
    expect(posted.messageId).toMatch(/^\d+\.\d+$/);
    await Promise.all([narrow.stop(), platform.stop(), http.stop()]);
  });
});
