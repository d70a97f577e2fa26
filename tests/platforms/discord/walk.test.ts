/** The walk of a first-time admin, on the real bot with the sample corpus: from `/setup` to the first briefing in a channel. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { type Running, startBot } from '../../../src/main.ts';
import { everyComponent } from './check.ts';
import { buttonsOf, type DiscordServer, type Exchange, startDiscordServer, textOf } from './server.ts';

const BRIEFS = '900000000000000100';
const QUIET = '900000000000000101';
const admin = { admin: true };
const data = mkdtempSync(join(tmpdir(), 'pullquote-walk-'));
let discord: DiscordServer;
let running: Running;

beforeAll(async () => {
  discord = await startDiscordServer({
    channels: [
      { id: BRIEFS, name: 'briefs' },
      { id: QUIET, name: 'quiet', deny: ['SendMessages'] },
    ],
  });
  running = await startBot({
    config: readConfig({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      DATA_DIR: data,
      TIMEZONE: 'Europe/Prague',
    }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    input: new PassThrough(),
    output: new PassThrough(),
  });
  await running.loaded;
});
afterAll(async () => {
  await running?.stop();
  await discord?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** What a reader sees of Markdown: no marks of headings, quotes, small print and emphasis. */
const read = (markdown: string) => markdown.replace(/^(#+|-#|>|-) /gm, '').replace(/[*`]|\\(?=[^\w\s])/g, '');
const shown = (answer: Exchange) => textOf(answer.message);

it('gives value before any set-up: a brief, privately, with its speakers before their words', async () => {
  const brief = await discord.slash('brief', { topic: 'cartels' });
  expect(brief.ephemeral).toBe(true);
  expect(shown(brief)).toMatch(
    /\*\*Donald Trump\*\*.*\n> “We’re going to start now hitting land with regard to the cartels”/,
  );
  expect(shown(brief)).not.toMatch(/“[^”]*sovereignty[^”]*”/); // a paraphrase has no marks
  expect(read(shown(brief)).length).toBeLessThanOrEqual(1500);
  expect(everyComponent(brief.message?.components ?? []).length).toBeLessThanOrEqual(25);
  expect(buttonsOf(brief.message)).toContain('Share');
  expect(discord.channel(BRIEFS).messages).toEqual([]);
});

it('offers only speakers that are there, with counts', async () => {
  const { choices } = await discord.autocomplete('quote', 'speaker', 'trump');
  expect(choices?.map(({ name }) => name)).toEqual([expect.stringMatching(/^Donald Trump \(\d+ quotes?/)]);
  const answer = await discord.slash('quote', { speaker: String(choices?.[0]?.value) });
  expect(shown(answer)).toContain('> “');
});

it('keeps managing to those who may', async () => {
  const refused = await discord.slash('schedule add', { times: 'daily 08:00' });
  expect(shown(refused)).toContain('may manage this channel or server');
});

it('walks from /setup to a briefing in the channel', async () => {
  const first = await discord.slash('setup', {}, admin);
  const form = await discord.click(first.message, 'Another channel', admin);
  const quiet = await discord.submit(form, { channel: QUIET }, admin);
  expect(shown(quiet)).toMatch(/“Send Messages” in \\#quiet.*Edit Channel → Permissions/);

  const time = await discord.slash('setup', { channel: BRIEFS }, admin);
  const topic = await discord.pick(time.message, 'daily 08:00', admin);
  const ready = await discord.pick(topic.message, 'drug cartels', admin);
  expect(shown(ready)).toContain('daily 08:00, Europe/Prague');
  expect(discord.channel(BRIEFS).messages).toEqual([]); // nothing uninvited

  const started = await discord.click(ready.message, 'Start it', admin);
  expect(shown(started)).toContain('is set');
  const preview = await discord.click(started.message, 'Preview', admin);
  expect([preview.ephemeral, shown(preview).includes('cartels')]).toEqual([true, true]);
  expect(discord.channel(BRIEFS).messages).toEqual([]);

  await discord.click(started.message, 'Post one now', admin);
  const posted = await discord.waitFor(() => discord.channel(BRIEFS).messages[0]);
  expect(textOf(posted)).toContain('“We’re going to start now hitting land');
});

it('lets go of everything when the server removes the bot', async () => {
  const tenant = `discord:${discord.guild}`;
  expect(await running.store.briefings({ tenant })).toHaveLength(1);
  discord.removeBot(true);
  discord.removeBot();
  for (let tries = 0; tries < 100 && (await running.store.briefings({ tenant })).length > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await running.store.briefings({ tenant })).toEqual([]);
});

it('sent nothing that Discord would refuse', () => {
  expect(discord.problems).toEqual([]);
});
