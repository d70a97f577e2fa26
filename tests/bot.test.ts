/** Through the front door: the real bot, the real sample corpus, the real clients, servers on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import type { Log } from '../src/log.ts';
import { type Running, startBot } from '../src/main.ts';
import { buttonsOf, type DiscordServer, startDiscordServer, textOf } from './platforms/discord/server.ts';
import { type SlackServer, startSlackServer } from './platforms/slack/server.ts';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-bot-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const faults: unknown[] = [];
const log: Log = {
  debug() {},
  info() {},
  warn: (fields) => faults.push(fields),
  error: (fields) => faults.push(fields),
};

describe('the bot in a terminal', () => {
  async function converse(lines: readonly string[], folder = newFolder()): Promise<string> {
    const input = new PassThrough();
    const output = new PassThrough();
    const said = readAll(output);
    const running = await startBot({ config: readConfig({ DATA_DIR: folder, TIMEZONE: 'UTC' }), log, input, output });
    input.end(`${lines.join('\n')}\n`);
    await running.ended;
    await running.stop();
    output.end();
    return said;
  }

  it('answers the sample corpus: a brief with proof, the other side, and honest misses', async () => {
    const said = await converse([
      '/brief cartels',
      '/quote trump',
      '/quote speaker:sheinbaum',
      '/quote speaker:democrats',
      '/brief zzz',
      '/quote nobody',
      '/topics',
      '/brief',
    ]);
    expect(said).toContain('“We’re going to start now hitting land with regard to the cartels”');
    expect(said).toMatch(/Donald Trump[\s\S]*“We’re going to start/);
    expect(said).toContain('“disastrous”');
    expect(said).toMatch(/No verbatim quote by Claudia Sheinbaum is in the corpus/);
    expect(said).toContain('Nothing in the corpus matches zzz.');
    expect(said).toContain('Nobody called nobody is quoted or paraphrased in the corpus.');
    expect(said).not.toContain('Leave a Comment');
    expect(faults).toEqual([]);
  }, 60_000);

  it('reads the corpus once: a second start changes nothing', async () => {
    const folder = newFolder();
    const first = await converse(['/status'], folder);
    const second = await converse(['/status'], folder);
    const count = /Corpus (\d+ articles, \d+ quotes)/;
    expect(second.match(count)?.[1]).toBe(first.match(count)?.[1]);
  }, 60_000);

  it('shows an open story of a menu when its number is typed', async () => {
    const said = await converse(['/topics', '1']);
    expect(said).toMatch(/as of /);
  }, 60_000);
});

describe('the bot on Discord and Slack at once', () => {
  let discord: DiscordServer;
  let slack: SlackServer;
  let running: Running;
  let clock = Date.parse('2026-11-22T06:00:00Z');
  const began = Date.now();
  const now = () => new Date(clock + (Date.now() - began));
  // Whatever came before may have taken long.
  const setClock = (at: string) => {
    clock = Date.parse(at) - (Date.now() - began);
  };

  beforeAll(async () => {
    [discord, slack] = await Promise.all([startDiscordServer(), startSlackServer()]);
    running = await startBot({
      config: readConfig({
        DATA_DIR: newFolder(),
        TIMEZONE: 'UTC',
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.url,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.url,
        PORT: '0',
        ALERT_CHANNEL: 'slack:T1/C1',
      }),
      log,
      input: new PassThrough(),
      output: new PassThrough(),
      now,
    });
    await Promise.all([running.started, running.loaded]);
  }, 60_000);

  afterAll(async () => {
    await running.stop();
    await Promise.all([discord.stop(), slack.stop()]);
  });

  it('registers its commands with Discord', () => {
    expect(discord.commands().map((command) => command.name)).toEqual(
      expect.arrayContaining([
        'brief',
        'quote',
        'reactions',
        'topics',
        'speakers',
        'context',
        'report',
        'schedule',
        'sources',
        'setup',
        'status',
        'privacy',
        'help',
      ]),
    );
  });

  it('answers /brief privately within three seconds on Discord, and Share posts it', async () => {
    const asked = await discord.slash('brief', { topic: 'cartels' });
    expect(asked.ephemeral).toBe(true);
    expect(asked.ackMs).toBeLessThan(3000);
    expect(textOf(asked.message)).toContain('“We’re going to start now hitting land with regard to the cartels”');
    expect(buttonsOf(asked.message)).toContain('Share');
    const before = discord.channel('900000000000000100').messages.length;
    await discord.click(asked.message, 'Share');
    const posted = await discord.waitFor(() => discord.channel('900000000000000100').messages[before]);
    expect(textOf(posted)).toContain('“We’re going to start now');
    const context = await discord.click(posted, 'In context');
    expect(textOf(context.message)).toContain('Receipt');
    expect(discord.problems).toEqual([]);
  });

  it('suggests only speakers that return something, with counts', async () => {
    const { choices } = await discord.autocomplete('quote', 'speaker', 'tru');
    expect(choices?.[0]?.name).toMatch(/^Donald Trump \(\d+ quotes?, \d+ paraphrases?\)$/);
    const answer = await discord.slash('quote', { speaker: String(choices?.[0]?.value) });
    expect(textOf(answer.message)).toContain('“');
  });

  it('takes a report of an error on one platform to the operator’s channel on the other, once', async () => {
    const before = slack.channel('C1').messages.length;
    const asked = await discord.slash('quote', { speaker: 'trump' });
    const context = await discord.click(asked.message, 'In context');
    const which = await discord.click(context.message, 'Report an error');
    expect(which.ephemeral).toBe(true);
    expect(textOf((await discord.click(which.message, 'Wrong speaker')).message)).toContain('Reported.');
    const notices = () =>
      slack
        .channel('C1')
        .messages.slice(before)
        .map((message) => JSON.stringify(message));
    await slack.waitFor(() => notices()[0], 'the notice');
    expect(textOf((await discord.click(which.message, 'Wrong speaker')).message)).toContain('2 times');
    expect(notices().filter((one) => one.includes('A reader reported an error'))).toHaveLength(1);
    expect(discord.problems).toEqual([]);

    const form = await discord.click(which.message, 'Something else');
    expect(JSON.stringify(form)).toContain('note');
    const onSlack = await slack.slash('/report', 'cartels');
    expect(JSON.stringify(await onSlack.answer())).toContain('Which passage is wrong?');
  });

  it('answers /brief privately on Slack', async () => {
    const asked = await slack.slash('/brief', 'cartels');
    expect(JSON.stringify(await asked.answer())).toContain(
      'We’re going to start now hitting land with regard to the cartels',
    );
  });

  it('delivers a briefing to both channels at its time, once', async () => {
    setClock('2026-11-22T07:59:00Z');
    const added = await discord.slash('schedule add', { times: 'daily 08:00' }, { admin: true });
    expect(textOf(added.message)).toMatch(/Briefing \\?#\d+ is set/);
    const { choices } = await discord.autocomplete('schedule pause', 'id', '');
    expect(choices).toEqual([
      { name: expect.stringMatching(/^#\d+ the day, .*daily 08:00$/), value: expect.any(Number) },
    ]);
    const asked = await slack.slash('/schedule', 'add daily 08:00 zone:UTC');
    expect((await asked.answer()).text).toMatch(/Briefing \\?#\d+ is set/);
    const discordBefore = discord.channel('900000000000000100').messages.length;
    const slackBefore = slack.channel('C1').messages.length;
    setClock('2026-11-22T08:00:01Z');
    await running.briefings.tick();
    await running.briefings.tick();
    const onDiscord = discord.channel('900000000000000100').messages.slice(discordBefore);
    expect(onDiscord.filter((message) => textOf(message).includes('Briefing · Sun, 22 Nov 2026'))).toHaveLength(1);
    const onSlack = slack.channel('C1').messages.slice(slackBefore);
    expect(onSlack.filter((message) => JSON.stringify(message).includes('Briefing · Sun, 22 Nov 2026'))).toHaveLength(
      1,
    );
  });

  it('tells its health and its metrics over HTTP', async () => {
    const health = await fetch(`http://127.0.0.1:${running.port}/healthz`);
    expect(await health.text()).toContain('ok');
    const metrics = await (await fetch(`http://127.0.0.1:${running.port}/metrics`)).text();
    expect(metrics).toMatch(/pullquote_deliveries_total\{platform="discord",state="delivered"\} 1/);
  });
});

describe('a post whose article is edited in its file', () => {
  it('is edited on both platforms, and stays one', async () => {
    const [discord, slack] = await Promise.all([startDiscordServer(), startSlackServer()]);
    const corpus = newFolder();
    const file = join(corpus, 'strait.txt');
    const article = (words: string) =>
      `Governor Ilse Marrow spoke in Port Hallow on Friday.\n\n“${words},” Marrow told reporters. “Anyone who tests that will be towed back to port.”\n`;
    writeFileSync(file, article('We will close the strait on the first of December'));
    let clock = new Date('2026-11-22T07:59:30Z').getTime();
    const running = await startBot({
      config: readConfig({
        CORPUS: corpus,
        DATA_DIR: newFolder(),
        TIMEZONE: 'UTC',
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.url,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.url,
      }),
      log,
      input: new PassThrough(),
      output: new PassThrough(),
      now: () => new Date(clock),
    });
    try {
      await Promise.all([running.started, running.loaded]);
      await discord.slash('schedule add', { times: 'daily 08:00', zone: 'UTC' }, { admin: true });
      await (await slack.slash('/schedule', 'add daily 08:00 zone:UTC')).answer();
      clock += 60_000;
      await running.briefings.tick();
      const posts = () => [
        ...discord.channel('900000000000000100').messages.map((message) => textOf(message)),
        ...slack.channel('C1').messages.map((message) => JSON.stringify(message.blocks)),
      ];
      const before = posts().filter((post) => post.includes('We will close the strait'));
      // On Slack the brief in the thread stands in the same list.
      expect(before).toHaveLength(3);
      const count = posts().length;
      writeFileSync(file, article('We may close the strait some day'));
      await discord.waitFor(() => posts().filter((post) => /Corrected\b/.test(post)).length === 3, 20_000);
      expect(posts().join()).not.toContain('We will close the strait');
      expect(posts()).toHaveLength(count);
      expect(discord.problems).toEqual([]);
    } finally {
      await running.stop();
      await Promise.all([discord.stop(), slack.stop()]);
    }
  }, 60_000);
});
