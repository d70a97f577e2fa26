import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDiscord } from '../../../src/platforms/discord/discord.ts';
import { checkDiscord } from '../../../src/platforms/discord/doctor.ts';
import { inviteAddress } from '../../../src/platforms/discord/invite.ts';
import { invalidRequestGuard } from '../../../src/platforms/discord/rest.ts';
import { shapes, silent, testBot } from './bot.ts';
import { type DiscordServer, startDiscordServer } from './server.ts';

let discord: DiscordServer;
beforeEach(async () => {
  discord = await startDiscordServer();
});
afterEach(() => discord.stop());

const settings = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url });

it('invites with the scopes and rights that are needed, and no more', () => {
  const address = new URL(inviteAddress('123'));
  expect(address.origin + address.pathname).toBe('https://discord.com/oauth2/authorize');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    client_id: '123',
    scope: 'bot applications.commands',
    // View Channel, Send Messages, Embed Links, Read Message History, Create Public Threads, Send Messages in Threads
    permissions: String((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 35n) | (1n << 38n)),
  });
});

it('says that commands are missing, and that they are there once the bot has run', async () => {
  expect((await checkDiscord(settings(), shapes)).filter(({ ok }) => !ok).map(({ line }) => line)).toEqual([
    expect.stringMatching(/^Discord commands: not registered everywhere.*Start the bot once/),
  ]);
  const platform = openDiscord({ token: discord.token, apiUrl: discord.url, log: silent });
  await platform.start(testBot());
  await platform.stop();
  const checks = await checkDiscord(settings(), shapes);
  expect(checks.every(({ ok }) => ok)).toBe(true);
  expect(checks.map(({ line }) => line).join('\n')).toContain('valid, the bot is pullquote');
});

it('looks at the channels of briefings', async () => {
  discord.addChannel({ id: '900000000000000555', name: 'closed', deny: ['SendMessages'] });
  const channels = new Map([
    ['900000000000000100', 'briefing #1 (#briefs)'],
    ['900000000000000555', 'briefing #2 (#closed)'],
    ['900000000000000556', 'briefing #3 (#gone)'],
  ]);
  const said = (await checkDiscord(settings(), undefined, channels)).filter(({ line }) => line.includes('channel of'));
  expect(said.map(({ ok, line }) => [ok, line])).toEqual([
    [true, 'Discord channel of briefing #1 (#briefs): the bot may post there'],
    [false, expect.stringMatching(/^Discord channel of briefing #2 .*Send Messages/)],
    [false, expect.stringMatching(/^Discord channel of briefing #3 /)],
  ]);
});

it('says how to mend a wrong token, a wrong server, a missing endpoint and a dead network', async () => {
  const failing = async (more: object) =>
    (await checkDiscord({ ...settings(), ...more })).filter(({ ok }) => !ok).map(({ line }) => line);
  expect(await failing({ DISCORD_TOKEN: 'wrong' })).toEqual([expect.stringContaining('Reset Token')]);
  expect(await failing({ DISCORD_GUILD_ID: '42' })).toEqual([
    expect.stringMatching(/^DISCORD_GUILD_ID: .*oauth2\/authorize/),
  ]);
  expect(await failing({ DISCORD_PUBLIC_KEY: 'ab'.repeat(32) })).toEqual([
    expect.stringMatching(/^DISCORD_PUBLIC_KEY: /),
    expect.stringContaining('/discord/interactions'),
  ]);
  expect(await failing({ DISCORD_API_URL: 'http://127.0.0.1:9' })).toEqual([
    expect.stringContaining('cannot be reached'),
  ]);
  expect(await checkDiscord({})).toEqual([{ ok: true, line: 'Discord: off (DISCORD_TOKEN is not set)' }]);
});

it('stops far before Discord would ban the address', () => {
  let now = 0;
  const guard = invalidRequestGuard(() => new Date(now + 1_000_000_000));
  for (let n = 0; n < 1000; n++) guard.note(403, null);
  guard.note(429, 'shared');
  expect(guard.count).toBe(1000);
  expect(() => guard.check()).toThrow(/ban/);
  now = 10 * 60_000;
  expect(() => guard.check()).not.toThrow();
});
