import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDiscord } from '../../src/platforms/discord/discord.ts';
import { createHttpServer, type HttpServer } from '../../src/platforms/http.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { type DiscordServer, startDiscordServer } from '../platforms/discord/server.ts';
import { openRoom, openServers, posted, quietLog, type Servers, silentBot } from './room.ts';

/** Discord's own. */
const ALLOWED = 50;
const PROCESSES = 3;
const CHANNELS = 300;

let others: Servers;
let discord: DiscordServer;
let http: HttpServer;
const answers: number[] = [];
/** One for each process: the same bot, and its own count of what it sent. */
let bots: readonly Platform[] = [];
beforeAll(async () => {
  others = await openServers();
  discord = await startDiscordServer({
    requestsPerSecond: ALLOWED,
    observe: (method, path, status) => void (method === 'POST' && path.endsWith('/messages') && answers.push(status)),
  });
  const { url: apiUrl, token, publicKey } = discord;
  http = createHttpServer({ host: '127.0.0.1', port: 0 });
  bots = Array.from({ length: PROCESSES }, () => openDiscord({ apiUrl, token, publicKey, http, log: quietLog }));
  for (const bot of bots) await bot.start(silentBot);
});
afterAll(async () => {
  for (const bot of bots) await bot.stop();
  await http.stop();
  await discord.stop();
  await others.close();
});

it('three processes of one bot keep to its 50 requests a second together', async () => {
  const servers = { ...others, discord };
  const room = await openRoom(servers, '2026-11-21T20:00:00.000Z');
  try {
    const briefings = [];
    for (let i = 0; i < CHANNELS; i++) briefings.push(await room.add({ platform: 'discord' }));
    room.at('2026-11-22T08:00:00.000Z');
    const began = performance.now();
    await Promise.all(bots.map((bot, i) => room.process(`p${i}`, { platforms: new Map([['discord', bot]]) }).tick()));
    const seconds = (performance.now() - began) / 1000;
    expect(briefings.map((briefing) => posted(servers, briefing).length)).toEqual(briefings.map(() => 1));
    const refused = answers.filter((status) => status === 429).length;
    console.log(`${CHANNELS} posts of ${PROCESSES} processes in ${seconds.toFixed(1)} s; answers of 429: ${refused}`);
    // A few may be, before each of them holds a claim; 15 without a share.
    expect(refused).toBeLessThan(6);
  } finally {
    await room.close();
  }
});
