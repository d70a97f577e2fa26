import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countFrom } from '../src/briefing.ts';
import { wordsIn } from '../src/language/language.ts';
import { createHttpServer } from '../src/platforms/http.ts';
import { openSlack } from '../src/platforms/slack/slack.ts';
import {
  openRoom,
  openServers,
  posted,
  quietLog,
  type Room,
  type Servers,
  silentBot,
  tellingDigest,
} from './delivery/room.ts';

let servers: Servers;
let room: Room;
beforeAll(async () => {
  servers = await openServers();
});
afterAll(() => servers.close());
beforeEach(async () => {
  room = await openRoom(servers, '2026-11-21T20:00:00.000Z');
});
afterEach(() => room.close());

describe.each(['discord', 'slack'])('a briefing on %s', (platform) => {
  it('is posted at its time, once, and the ledger says so', async () => {
    const briefing = await room.add({ platform });
    const bot = room.process('one');
    await bot.tick();
    room.at('2026-11-22T07:59:59.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toEqual([]);
    room.at('2026-11-22T08:00:01.000Z');
    await bot.tick();
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    expect(posted(servers, briefing)[0]).toContain('due 2026-11-22T08:00:00.000Z from 2026-11-21T08:00:00.000Z');
    expect(await room.store.deliveries(briefing.id, 5)).toMatchObject([
      { key: `b${briefing.id}@2026-11-22T08:00`, state: 'delivered', outcome: 'posted 1 message' },
    ]);
    expect(await room.store.briefing(briefing.id)).toMatchObject({
      settledTo: '2026-11-22T08:00:00.000Z',
      nextAt: '2026-11-23T08:00:00.000Z',
    });
  });

  it('is posted once by four processes that tick together', async () => {
    const briefings = await Promise.all(Array.from({ length: 20 }, () => room.add({ platform })));
    const bots = ['a', 'b', 'c', 'd'].map((owner) => room.process(owner));
    room.at('2026-11-22T08:00:00.000Z');
    await Promise.all([...bots, ...bots].map((bot) => bot.tick()));
    expect(briefings.map((briefing) => posted(servers, briefing).length)).toEqual(briefings.map(() => 1));
  });

  it('is posted once although the answer to the post was lost', async () => {
    const briefing = await room.add({ platform });
    servers.discord.fault({ method: 'POST', path: new RegExp(briefing.channel), kind: 'lost' });
    servers.slack.fail('chat.postMessage', { status: 503, afterStoring: true, times: platform === 'slack' ? 1 : 0 });
    room.at('2026-11-22T08:00:00.000Z');
    await room.process('one').tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    expect((await room.store.deliveries(briefing.id, 1))[0]?.state).toBe('delivered');
  });

  it('has its second part in a thread under the first, where threads are wanted', async () => {
    const threaded = await room.add({ platform, threads: true });
    const plain = await room.add({ platform });
    room.at('2026-11-22T08:00:00.000Z');
    const compose = async (request: Parameters<typeof tellingDigest>[0]) => ({
      document: { ...tellingDigest(request), thread: { summary: 'more', blocks: tellingDigest(request).blocks } },
      storiesShown: [],
      empty: false,
    });
    await room.process('one', { compose }).tick();
    const under = (channel: string) =>
      platform === 'discord'
        ? servers.discord.threads(channel).flatMap((thread) => thread.messages)
        : servers.slack.channel(channel).messages.filter(({ thread_ts }) => thread_ts !== undefined);
    expect(posted(servers, threaded)).toHaveLength(1);
    expect(under(threaded.channel)).toHaveLength(1);
    expect(posted(servers, plain)).toHaveLength(1);
    expect(under(plain.channel)).toHaveLength(0);
  });

  it('whose process died before sending is posted by the next, and not before its claim ran out', async () => {
    const briefing = await room.add({ platform });
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
    await room.store.startPage({ key, n: 1, by: 'dead', now: dueAt });
    const bot = room.process('next');
    room.at('2026-11-22T08:00:30.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(0);
    room.at('2026-11-22T08:02:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
  });

  it('is not posted by a process whose claim was taken over while it composed', async () => {
    const briefing = await room.add({ platform });
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    const compose = async (request: Parameters<typeof tellingDigest>[0]) => {
      const now = room.at('2026-11-22T08:02:00.000Z');
      const claim = { key, briefingId: briefing.id, dueAt, by: 'other', now, leaseMs: 60_000 };
      expect(await room.store.claimDelivery(claim)).toBe('takeover');
      return { document: tellingDigest(request), storiesShown: [], empty: false };
    };
    room.at(dueAt);
    await room.process('slow', { compose }).tick();
    expect(posted(servers, briefing)).toHaveLength(0);
    expect(await room.store.pages(key)).toEqual([]);
    expect(await room.store.openDeliveries(5)).toMatchObject([{ key, claimedBy: 'other' }]);
  });

  it('whose process died after sending is found in the channel and not sent again', async () => {
    const briefing = await room.add({ platform });
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
    await room.store.startPage({ key, n: 1, by: 'dead', now: dueAt });
    const link = servers.platforms.get(platform);
    const document = tellingDigest({ briefing, dueAt, now: new Date(dueAt) });
    const [page] = link?.pages(document, 'en') ?? [];
    if (link && page) await link.post(briefing, page, `${key}#1`);
    // Hours later the nonce is forgotten: only the channel knows.
    servers.discord.advance(6 * 3_600_000);
    room.at('2026-11-22T14:00:00.000Z');
    await room.process('next').tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    expect((await room.store.deliveries(briefing.id, 1))[0]?.state).toBe('delivered');
  });

  it('stops when its channel is gone, keeps its settings and tells its owner once', async () => {
    const briefing = await room.add({ platform, channelName: '#gone' });
    if (platform === 'discord') servers.discord.removeChannel(briefing.channel);
    else servers.slack.channel(briefing.channel).isArchived = true;
    const told = () =>
      (platform === 'discord' ? servers.discord.directMessages(briefing.owner) : servers.slack.channel('DU1').messages)
        .map((message) => JSON.stringify(message).replaceAll('\\', ''))
        .filter((words) => words.includes(`briefing #${briefing.id} `));
    const bot = room.process('one');
    for (const at of ['2026-11-22T08:00:00.000Z', '2026-11-23T08:00:00.000Z']) {
      room.at(at);
      await bot.tick();
    }
    const stopped = await room.store.briefing(briefing.id);
    expect(stopped).toMatchObject({ state: 'failed', times: 'daily 08:00' });
    expect(stopped?.reason).toMatch(platform === 'discord' ? /10003/ : /is_archived/);
    if (platform === 'discord') expect(told()).toHaveLength(1);
    expect(await room.store.deliveries(briefing.id, 5)).toHaveLength(1);
  });
});

describe('what was missed', () => {
  const missThreeDays = async (catchUp: 'late' | 'merge' | 'skip') => {
    const briefing = await room.add({ catchUp });
    room.at('2026-11-24T09:12:00.000Z');
    await room.process('one').tick();
    return briefing;
  };

  it('late: the latest edition, and the reader is told', async () => {
    const briefing = await missThreeDays('late');
    expect(posted(servers, briefing)).toHaveLength(1);
    const [words] = posted(servers, briefing);
    expect(words).toContain('Due 08:00, sent 09:12: the bot was offline. 2 editions before it are left out');
    expect(words).toContain('from 2026-11-23T08:00:00.000Z');
  });

  it('merge: one edition for all of it', async () => {
    const briefing = await missThreeDays('merge');
    const [words, ...more] = posted(servers, briefing);
    expect(more).toEqual([]);
    expect(words).toContain('3 editions in one');
    expect(words).toContain('from 2026-11-21T08:00:00.000Z');
  });

  it('skip: nothing, with the reason in the ledger, and the next one on time', async () => {
    const briefing = await missThreeDays('skip');
    expect(posted(servers, briefing)).toEqual([]);
    expect(await room.store.deliveries(briefing.id, 5)).toMatchObject([
      { state: 'skipped', outcome: '3 editions passed while the bot was offline; this briefing skips what is late' },
    ]);
    room.at('2026-11-25T08:00:00.000Z');
    await room.process('two').tick();
    expect(posted(servers, briefing)).toHaveLength(1);
  });

  it('within five minutes is on time: no banner, never skipped', async () => {
    const briefing = await room.add({ catchUp: 'skip' });
    room.at('2026-11-22T08:04:00.000Z');
    await room.process('one').tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    expect(posted(servers, briefing)[0]).not.toContain('Due 08:00');
  });

  it('an edition that a dead process only claimed gives way to the newer one', async () => {
    const briefing = await room.add();
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
    room.at('2026-11-23T08:00:00.000Z');
    await room.process('next').tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    const ledger = await room.store.deliveries(briefing.id, 5);
    expect(ledger.map(({ state }) => state)).toEqual(['delivered', 'skipped']);
    expect(await room.store.openDeliveries(5)).toEqual([]);
  });

  it.each([
    ['late', 2],
    ['skip', 2],
  ] as const)('an edition that readers may have seen in part is finished, missed: %s', async (catchUp, messages) => {
    const briefing = await room.add({ threads: true, catchUp });
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
    await room.store.startPage({ key, n: 1, by: 'dead', now: dueAt });
    const discord = servers.platforms.get('discord');
    const [page] = discord?.pages(tellingDigest({ briefing, dueAt, now: new Date(dueAt) }), 'en') ?? [];
    if (discord && page) await discord.post(briefing, page, `${key}#1`);
    room.at('2026-11-23T08:00:00.000Z');
    await room.process('next').tick();
    expect(posted(servers, briefing)).toHaveLength(messages);
    expect(servers.discord.threads(briefing.channel)).toHaveLength(messages);
    expect((await room.store.deliveries(briefing.id, 5)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });
});

it('a briefing that skips still finishes what it had begun', async () => {
  const briefing = await room.add({ threads: true, catchUp: 'skip' });
  const key = `b${briefing.id}@2026-11-22T08:00`;
  const dueAt = '2026-11-22T08:00:00.000Z';
  await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
  await room.store.startPage({ key, n: 1, by: 'dead', now: dueAt });
  room.at('2026-11-22T09:00:00.000Z');
  await room.process('next').tick();
  expect(posted(servers, briefing)).toHaveLength(1);
  expect(servers.discord.threads(briefing.channel)).toHaveLength(1);
  expect((await room.store.deliveries(briefing.id, 5)).map(({ state }) => state)).toEqual(['delivered']);
});

describe('quiet hours', () => {
  it('hold what falls inside and deliver it once when they end', async () => {
    const briefing = await room.add({ times: 'hourly', quiet: '22:00-07:00', settledTo: '2026-11-21T21:00:00.000Z' });
    const bot = room.process('one');
    for (const at of ['21T22:00', '22T03:00', '22T06:59']) {
      room.at(`2026-11-${at}:00.000Z`);
      await bot.tick();
    }
    expect(posted(servers, briefing)).toEqual([]);
    room.at('2026-11-22T07:00:00.000Z');
    await bot.tick();
    await bot.tick();
    const [words, ...more] = posted(servers, briefing);
    expect(more).toEqual([]);
    expect(words).toContain('Held over quiet hours (22:00-07:00), 10 editions in one');
    expect(words).toContain('from 2026-11-21T21:00:00.000Z');
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(2);
    expect(bot.nextSlots(briefing, 2)).toEqual(['2026-11-22T09:00:00.000Z', '2026-11-22T10:00:00.000Z']);
  });

  it('are not broken by an edition that comes late', async () => {
    const briefing = await room.add({ times: 'daily 20:30', quiet: '22:00-07:00' });
    const bot = room.process('one');
    room.at('2026-11-21T23:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toEqual([]);
    room.at('2026-11-22T07:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)[0]).toContain('Due Sat 21 Nov 20:30, sent 07:00');
  });
});

describe('a clock that jumps', () => {
  it('back never posts twice', async () => {
    const briefing = await room.add();
    const bot = room.process('one');
    for (const at of ['08:00', '07:30', '08:00', '08:10']) {
      room.at(`2026-11-22T${at}:00.000Z`);
      await bot.tick();
    }
    expect(posted(servers, briefing)).toHaveLength(1);
    room.at('2026-11-23T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(2);
  });

  it('years ahead and back again does not silence a briefing', async () => {
    const briefing = await room.add();
    const bot = room.process('one');
    room.at('2031-01-01T12:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    room.at('2026-11-21T20:05:00.000Z');
    await bot.tick();
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(2);
  });
});

describe('when posting fails', () => {
  it('waits as long as the platform asks, then posts once', async () => {
    const briefing = await room.add({ platform: 'slack' });
    servers.slack.fail('chat.postMessage', { status: 429, retryAfter: 1, times: 1 });
    room.at('2026-11-22T08:00:00.000Z');
    await room.process('one').tick();
    expect(posted(servers, briefing)).toHaveLength(1);
  });

  it('puts an edition off while the platform is away, holds up nobody else, and posts it once when it is back', async () => {
    const away = await room.add({ platform: 'slack' });
    const fine = await room.add();
    const bot = room.process('one');
    servers.slack.fail('chat.postMessage', { error: 'service_unavailable', times: 16 });
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect([posted(servers, away).length, posted(servers, fine).length]).toEqual([0, 1]);
    const { nextAt } = (await room.store.briefing(away.id)) ?? {};
    expect(nextAt && nextAt > '2026-11-22T08:01:00.000Z' && nextAt < '2026-11-22T08:05:00.000Z').toBe(true);
    for (let minute = 1; minute < 60; minute++) {
      room.at(`2026-11-22T08:${String(minute).padStart(2, '0')}:00.000Z`);
      await bot.tick();
    }
    expect(posted(servers, away)).toHaveLength(1);
    expect(posted(servers, away)[0]).toMatch(/Due 08:00, sent 08:\d\d: it could not be posted before/);
  });

  it('tells the owner once of an edition that was refused, and goes on', async () => {
    const briefing = await room.add();
    const bot = room.process('one');
    const told = () =>
      servers.discord
        .directMessages(briefing.owner)
        .filter((message) => JSON.stringify(message).replaceAll('\\', '').includes(`briefing #${briefing.id} `));
    servers.discord.fault({
      method: 'POST',
      path: new RegExp(briefing.channel),
      kind: 'refuse',
      status: 400,
      code: 50035,
      times: 4,
    });
    for (const day of ['22', '23']) {
      room.at(`2026-11-${day}T08:00:00.000Z`);
      await bot.tick();
    }
    expect(told()).toHaveLength(1);
    expect((await room.store.briefing(briefing.id))?.state).toBe('active');
    room.at('2026-11-24T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    expect((await room.store.deliveries(briefing.id, 5)).map(({ state }) => state)).toEqual([
      'delivered',
      'failed',
      'failed',
    ]);
  });

  it('leaves an edition that may be there when the channel cannot be read, and says so', async () => {
    const briefing = await room.add({ platform: 'slack' });
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
    await room.store.startPage({ key, n: 1, by: 'dead', now: dueAt });
    servers.slack.fail('conversations.history', { error: 'missing_scope', times: 1 });
    room.at('2026-11-22T08:05:00.000Z');
    await room.process('next').tick();
    expect(posted(servers, briefing)).toEqual([]);
    const [delivery] = await room.store.deliveries(briefing.id, 1);
    expect(delivery).toMatchObject({ state: 'uncertain' });
    expect(delivery?.outcome).toContain('rather than risk posting twice');
  });

  it('waits for a platform that has not connected yet', async () => {
    const briefing = await room.add({ platform: 'slack' });
    const { url: apiUrl, botToken, signingSecret } = servers.slack;
    const http = createHttpServer({ host: '127.0.0.1', port: 0 });
    const slack = openSlack({ apiUrl, botToken, signingSecret, http, log: quietLog });
    const bot = room.process('one', { platforms: new Map([['slack', slack]]) });
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect(await room.store.briefing(briefing.id)).toMatchObject({ state: 'active' });
    await slack.start(silentBot);
    await bot.tick();
    await slack.stop();
    expect(posted(servers, briefing)).toHaveLength(1);
  });

  it('looks again later when the platform is away while a channel is read back', async () => {
    const briefing = await room.add({ platform: 'slack' });
    const key = `b${briefing.id}@2026-11-22T08:00`;
    const dueAt = '2026-11-22T08:00:00.000Z';
    await room.store.claimDelivery({ key, briefingId: briefing.id, dueAt, by: 'dead', now: dueAt, leaseMs: 60_000 });
    await room.store.startPage({ key, n: 1, by: 'dead', now: dueAt });
    servers.slack.fail('conversations.history', { status: 503, times: 1 });
    const bot = room.process('next');
    room.at('2026-11-22T08:02:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toEqual([]);
    room.at('2026-11-22T08:10:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
    expect((await room.store.deliveries(briefing.id, 1))[0]).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  it('one briefing that cannot be composed stops no other, and is tried again', async () => {
    const bad = await room.add();
    const good = await room.add();
    let broken = true;
    const bot = room.process('one', {
      compose: async (request) => {
        if (broken && request.briefing.id === bad.id) throw new Error('the corpus is on fire');
        return { document: tellingDigest(request), storiesShown: [], empty: false };
      },
    });
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect([posted(servers, bad).length, posted(servers, good).length]).toEqual([0, 1]);
    broken = false;
    room.at('2026-11-22T08:20:00.000Z');
    await bot.tick();
    expect(posted(servers, bad)).toHaveLength(1);
  });

  it('stops a briefing whose times cannot be read, with the reason', async () => {
    const briefing = await room.add({ times: 'whenever' });
    await room.process('one').tick();
    expect(await room.store.briefing(briefing.id)).toMatchObject({ state: 'failed' });
    expect((await room.store.briefing(briefing.id))?.reason).toContain('got "whenever"');
  });
});

describe('beside the schedule', () => {
  it('posting now and previewing consume no slot', async () => {
    const briefing = await room.add({ channelName: '#briefs' });
    const bot = room.process('one');
    expect(await bot.postNow(briefing, wordsIn('en'))).toBe('Posted in #briefs.');
    expect(JSON.stringify(await bot.preview(briefing))).toContain('Morning brief');
    expect(posted(servers, briefing)).toHaveLength(1);
    expect(await room.store.deliveries(briefing.id, 5)).toEqual([]);
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(2);
    servers.discord.removeChannel(briefing.channel);
    expect(await bot.postNow(briefing, wordsIn('en'))).toMatch(/^Not posted in #briefs: discord: .*10003/);
  });

  it('shows the next times with quiet hours and clock changes in them', async () => {
    const briefing = await room.add({ times: 'daily 02:30,23:00', zone: 'America/New_York', quiet: '22:00-01:00' });
    room.at('2026-03-08T04:00:00.000Z');
    expect(room.process('one').nextSlots(briefing, 3)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T05:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
  });

  it('a paused briefing that is resumed owes nothing from before', async () => {
    const briefing = await room.add({ state: 'paused' });
    room.at('2026-11-25T12:00:00.000Z');
    const bot = room.process('one');
    await bot.tick();
    await room.store.changeBriefing(briefing.id, { state: 'active', ...countFrom(room.at()) });
    await bot.tick();
    expect(posted(servers, briefing)).toEqual([]);
    room.at('2026-11-26T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
  });

  it('notes the stories it showed, and stops when told', async () => {
    const briefing = await room.add();
    const bot = room.process('one', {
      compose: async (request) => ({ document: tellingDigest(request), storiesShown: [3, 5], empty: false }),
    });
    room.at('2026-11-22T08:00:00.000Z');
    await bot.tick();
    expect([...(await room.store.shown('discord', briefing.channel)).keys()].sort()).toEqual([3, 5]);
    await bot.stop();
    room.at('2026-11-23T08:00:00.000Z');
    await bot.tick();
    expect(posted(servers, briefing)).toHaveLength(1);
  });
});
