import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../src/platforms/http.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { checkSlack } from '../../../src/platforms/slack/doctor.ts';
import { createFakeBot, type FakeBot, openOn, shapes } from './fixtures.ts';
import { type SlackServer, startSlackServer } from './server.ts';

let server: SlackServer;
let slack: Platform;
let bot: FakeBot;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(async () => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
  server = await startSlackServer();
  bot = createFakeBot();
  slack = openOn(server);
});
afterEach(async () => {
  await slack.stop();
  await server.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

const connections = () => server.calls.filter(({ method }) => method === 'apps.connections.open').length;
/** Reconnecting takes a few milliseconds: it is seen by what it asks of Slack. */
const reconnected = async (before: number) => {
  await server.waitFor(() => connections() > before, 'a new connection');
  await server.waitFor(() => slack.state() === 'connected', 'the greeting');
};
const answers = async (words: string) => (await (await server.slash('/brief', words)).answer()).text;

describe('a Socket Mode connection', () => {
  it.each(['warning', 'refresh_requested', 'too_many_websockets'])(
    'comes back at once when Slack says %s',
    async (reason) => {
      await slack.start(bot);
      expect(slack.state()).toBe('connected');
      const [began, before] = [performance.now(), connections()];
      server.disconnect(reason);
      await reconnected(before);
      expect(performance.now() - began).toBeLessThan(1000);
      expect(await answers('cartels')).toContain('cartels');
    },
  );

  it('comes back after it was cut without a word', async () => {
    await slack.start(bot);
    for (let n = 0; n < 3; n++) {
      const before = connections();
      server.dropConnections();
      await reconnected(before);
      expect(await answers(`after cut ${n}`)).toContain(`after cut ${n}`);
    }
  });

  it('comes back after an outage, and says meanwhile what is wrong', async () => {
    await slack.start(bot);
    server.outage(true);
    server.dropConnections();
    await server.waitFor(() => slack.state().startsWith('not connected'));
    server.outage(false);
    await server.waitFor(() => slack.state() === 'connected');
    expect(await answers('cartels')).toContain('cartels');
  });

  it('waits at the start until Slack is there', async () => {
    server.outage(true);
    const started = slack.start(bot);
    await server.waitFor(() => slack.state().startsWith('not connected'));
    server.outage(false);
    await started;
    expect(slack.state()).toBe('connected');
  });

  it('delivers an answer that was under way when the socket was cut', async () => {
    await slack.start(bot);
    const underway = Promise.withResolvers<void>();
    bot.script = async () => {
      await underway.promise;
      return { summary: 'still here', blocks: [] };
    };
    const asked = await server.slash('/brief', 'cartels');
    server.dropConnections();
    underway.resolve();
    expect((await asked.answer()).text).toContain('still here');
  });

  it.each([
    ['while connected', async () => undefined],
    [
      'just after the socket was cut',
      async () => {
        const before = connections();
        server.dropConnections();
        await server.waitFor(() => connections() > before);
      },
    ],
    [
      'while Slack is away',
      async () => {
        server.outage(true);
        server.dropConnections();
        await server.waitFor(() => slack.state().startsWith('not connected'));
      },
    ],
    ['just after Slack asked to reconnect', async () => server.disconnect()],
  ])('stops cleanly %s', async (_, before) => {
    await slack.start(bot);
    await before();
    const began = performance.now();
    await slack.stop();
    expect(performance.now() - began).toBeLessThan(2500);
    server.outage(false);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.sockets).toBe(0);
    expect(slack.state()).toBe('stopped');
  });

  it('stops while it is still trying to start', async () => {
    server.outage(true);
    const started = slack.start(bot);
    await server.waitFor(() => slack.state().startsWith('not connected'));
    await slack.stop();
    await started;
  });

  it('finishes what it is answering before it stops', async () => {
    await slack.start(bot);
    bot.script = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { summary: 'finished', blocks: [] };
    };
    const asked = await server.slash('/brief', 'cartels');
    await slack.stop();
    expect(asked.answers[0]?.text).toContain('finished');
  });
});

describe('credentials that Slack refuses', () => {
  it('end the start with a clear error', async () => {
    await expect(openOn(server, { botToken: 'xoxb-wrong' }).start(bot)).rejects.toThrow(
      'Slack refused the bot token (SLACK_BOT_TOKEN): invalid_auth',
    );
    await expect(openOn(server, { appToken: 'xapp-wrong' }).start(bot)).rejects.toThrow(
      /SLACK_APP_TOKEN.*invalid_auth/,
    );
  });

  it('are told apart from settings that are missing', () => {
    const http = createHttpServer({ host: '127.0.0.1', port: 0 });
    expect(() => openOn(server, { appToken: '' })).toThrow(
      'expected SLACK_APP_TOKEN, or SLACK_SIGNING_SECRET with PORT',
    );
    expect(() => openOn(server, { appToken: '', signingSecret: 's', http })).not.toThrow();
    expect(() => openOn(server, { botToken: '' })).toThrow('SLACK_BOT_TOKEN');
  });
});

describe('doctor', () => {
  const config = () => ({
    SLACK_BOT_TOKEN: server.botToken,
    SLACK_APP_TOKEN: server.appToken,
    SLACK_API_URL: server.url,
  });
  it('is content when all is well', async () => {
    const checks = await checkSlack(config(), shapes);
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(checks.map(({ line }) => line).join('\n')).toMatch(
      /@pullquote in workspace T1[\s\S]*all there[\s\S]*\/brief/,
    );
  });
  it('looks at the channels of briefings', async () => {
    const channels = new Map([
      ['C1', 'briefing #1 (#briefs)'],
      ['C404', 'briefing #2 (#hidden)'],
    ]);
    const said = (await checkSlack(config(), undefined, channels)).filter(({ line }) => line.includes('channel of'));
    expect(said).toEqual([
      { ok: true, line: 'Slack channel of briefing #1 (#briefs): the bot may post there' },
      { ok: false, line: expect.stringMatching(/^Slack channel of briefing #2 .*\/invite @/) },
    ]);
  });

  it('names each missing scope with its reason and the way to add it', async () => {
    server.workspace.scopes.delete('im:history');
    const wrong = (await checkSlack(config())).filter(({ ok }) => !ok);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]?.line).toMatch(/im:history is missing \(answers direct messages.*OAuth & Permissions.*reinstall/);
  });
  it('tells wrong tokens and swapped ones', async () => {
    const lines = async (more: object) =>
      (await checkSlack({ ...config(), ...more })).map(({ line }) => line).join('\n');
    expect(await lines({ SLACK_BOT_TOKEN: 'xoxb-no' })).toContain('Slack refused it (invalid_auth)');
    expect(await lines({ SLACK_BOT_TOKEN: server.appToken })).toContain('expected a bot token (xoxb-...)');
    expect(await lines({ SLACK_APP_TOKEN: 'xapp-no' })).toContain('connections:write');
    expect(await lines({ SLACK_APP_TOKEN: undefined })).toContain('SLACK_SIGNING_SECRET with PORT');
  });
  it('is silent about what is off, and honest about what it cannot reach', async () => {
    expect(await checkSlack({})).toEqual([{ ok: true, line: 'Slack: off (SLACK_BOT_TOKEN is not set)' }]);
    const { url } = server;
    const away = await checkSlack({ ...config(), SLACK_API_URL: url.replace(/\d+\/api/, '9/api') });
    expect(away[0]).toMatchObject({ ok: false, line: expect.stringContaining('Is Slack reachable') });
  });
});
