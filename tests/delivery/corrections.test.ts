/** Posts whose source changes afterwards: real platforms on local servers, a real store, the real digest. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Corrections, createCorrections } from '../../src/briefing/corrections.ts';
import { correctEdition, createComposer } from '../../src/compose.ts';
import type { Briefing } from '../../src/model.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { textOf } from '../platforms/discord/server.ts';
import { entry, type Told } from '../store/entries.ts';
import { openRoom, openServers, quietLog, type Room, type Servers } from './room.ts';

const FIRST = 'We will close the strait on the first of December,';
const SECOND = 'Anyone who tests that will be towed back to port.';
const told: Told = {
  origin: 'strait.txt',
  title: 'Governor closes the strait',
  outlet: 'The Harbour Post',
  at: '2026-11-21T08:00:00.000Z',
  text: `Governor Ilse Marrow spoke on Friday. “${FIRST}” Marrow said. “${SECOND}” she added. The harbour was calm.`,
  speakers: [{ name: 'Ilse Marrow', role: 'Governor', aliases: ['Marrow'] }, { name: 'Anselm Duray' }],
  quotes: [
    { words: FIRST, who: 'Ilse Marrow' },
    { words: SECOND, who: 'Ilse Marrow' },
  ],
  key: ['The harbour was calm.'],
};
/** The same article, corrected by its outlet. */
const changed = (change: Partial<Told>): Told => ({ ...told, ...change });
const withoutFirst = changed({
  text: told.text.replace(FIRST, 'We may close the strait next year,'),
  quotes: [
    { words: 'We may close the strait next year,', who: 'Ilse Marrow' },
    { words: SECOND, who: 'Ilse Marrow' },
  ],
});

let servers: Servers;
let room: Room;
beforeAll(async () => {
  servers = await openServers();
});
afterAll(() => servers.close());
beforeEach(async () => {
  room = await openRoom(servers, '2026-11-22T07:59:00.000Z');
  await room.store.saveArticle(entry(told));
});
afterEach(() => room.close());

function correcting(owner = 'p1', platforms: ReadonlyMap<string, Platform> = servers.platforms): Corrections {
  return createCorrections({
    store: room.store,
    platforms,
    correct: (posted, briefing, at) => correctEdition(room.store, posted, briefing, at),
    clock: () => new Date(room.at()),
    log: quietLog,
    owner,
  });
}

async function post(change: Partial<Briefing> = {}): Promise<Briefing> {
  const briefing = await room.add(change);
  room.at('2026-11-22T08:00:10.000Z');
  await room.process('p1', { compose: (request) => createComposer(room.store)(request) }).tick();
  expect(await room.store.deliveries(briefing.id, 1)).toMatchObject([{ state: 'delivered' }]);
  return briefing;
}

/** Every message of a channel and its threads, as a reader sees them. */
function seen({ platform, channel }: Briefing): readonly string[] {
  if (platform === 'slack')
    return servers.slack.channel(channel).messages.map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`);
  const own = servers.discord.channel(channel).messages;
  const threads = servers.discord.threads(channel).flatMap(({ messages }) => messages);
  return [...own, ...threads].map((message) => textOf(message));
}

describe.each(['discord', 'slack'] as const)('a post on %s', (platform) => {
  it('is put right where it stands when its source takes words back: head and thread, nothing new, once', async () => {
    const briefing = await post({ platform, threads: true });
    const before = seen(briefing);
    expect(before).toHaveLength(2);
    for (const one of before) expect(one).toContain(FIRST.slice(0, -1));

    await room.store.saveArticle(entry(withoutFirst));
    room.at('2026-11-22T10:20:00.000Z');
    await correcting().look();
    const after = seen(briefing);
    expect(after).toHaveLength(2);
    for (const one of after) {
      expect(one).toMatch(/Corrected\b/);
      expect(one).toContain('one passage that no longer stands there as shown was taken out');
      expect(one).not.toContain('We will close the strait');
      expect(one).not.toContain('We may close');
    }
    expect(after[1]).toContain(SECOND);

    // Nothing is left to do, for this process or another.
    await Promise.all([correcting('p2').look(), correcting('p3').look()]);
    expect(seen(briefing)).toEqual(after);
    expect(servers.discord.problems).toEqual([]);
  });

  it('stays as it is when what it shows still stands', async () => {
    const briefing = await post({ platform });
    const before = seen(briefing);
    await room.store.saveArticle(entry(changed({ text: `${told.text} The mayor was not there.` })));
    await correcting().look();
    expect(seen(briefing)).toEqual(before);
  });

  it('takes out what is credited to somebody else now', async () => {
    const briefing = await post({ platform });
    const quotes = [{ words: FIRST, who: 'Anselm Duray' }];
    const text = told.text.replace('Marrow said', 'Anselm Duray said');
    await room.store.saveArticle(entry(changed({ text, quotes })));
    await correcting().look();
    expect(seen(briefing).join()).not.toContain('We will close the strait');
    expect(seen(briefing).join()).toMatch(/Corrected\b/);
  });

  it('says so when the article is withdrawn, and comes back with it', async () => {
    const briefing = await post({ platform });
    const before = seen(briefing);
    await room.store.withdrawArticle(entry(told).article.id);
    const corrections = correcting();
    await corrections.look();
    expect(seen(briefing).join()).not.toContain(FIRST.slice(0, 20));
    expect(seen(briefing).join()).not.toContain('The harbour was calm.');
    await room.store.saveArticle(entry(told));
    corrections.changed(entry(told).article.id);
    await corrections.look();
    expect(seen(briefing)).toEqual(before);
  });

  it('is left alone when it is older than a week', async () => {
    const briefing = await post({ platform });
    const before = seen(briefing);
    await room.store.saveArticle(entry(withoutFirst));
    room.at('2026-11-30T08:00:00.000Z');
    await correcting().look();
    expect(seen(briefing)).toEqual(before);
  });

  it('gets one note in its thread where it cannot be edited, however often that is tried', async () => {
    const briefing = await post({ platform });
    const before = seen(briefing);
    await room.store.saveArticle(entry(withoutFirst));
    const fixed = { ...servers.platforms.get(platform), edit: async () => 'refused' } as unknown as Platform;
    // The first process dies when the note stands in the thread and before that is written down.
    const dying = correcting(
      'p1',
      new Map([
        [
          platform,
          {
            ...fixed,
            post: async (...args) => {
              await fixed.post(...args);
              throw new Error('the process ends here');
            },
          } as Platform,
        ],
      ]),
    );
    await dying.look();
    room.at('2026-11-22T08:10:00.000Z');
    for (const owner of ['p2', 'p3']) await correcting(owner, new Map([[platform, fixed]])).look();
    const after = seen(briefing);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toContain('One passage no longer stands there as shown');
    expect(after.at(-1)).toContain('Ilse Marrow');
    expect(after.at(-1)).not.toContain('We will close');
  });
});

it('takes a thread out of the archive to put it right', async () => {
  const briefing = await post({ threads: true });
  const [thread] = servers.discord.threads(briefing.channel);
  if (!thread) throw new Error('no thread');
  thread.archived = true;
  await room.store.saveArticle(entry(withoutFirst));
  await correcting().look();
  for (const one of seen(briefing)) expect(one).toMatch(/Corrected\b/);
  expect(thread.archived).toBe(false);
});

it('finds a post in a forum, and goes on when a message or a channel is gone', async () => {
  servers.discord.addChannel({ id: '900000000000000777', type: 15 });
  const forum = await post({ channel: '900000000000000777' });
  const kept = await room.add({ times: 'daily 09:00' });
  const deleted = await room.add({ times: 'daily 09:00' });
  const gone = await room.add({ platform: 'slack', times: 'daily 09:00' });
  room.at('2026-11-22T09:00:10.000Z');
  await room.process('p2', { compose: (request) => createComposer(room.store)(request) }).tick();
  (servers.discord.channel(deleted.channel).messages as unknown[]).splice(0);
  servers.slack.channel(gone.channel).isArchived = true;
  servers.slack.fail('chat.update', { error: 'is_archived' });
  await room.store.saveArticle(entry(withoutFirst));
  const corrections = correcting();
  await corrections.look();
  expect(seen(forum).join()).toMatch(/Corrected\b/);
  expect(seen(kept).join()).toMatch(/Corrected\b/);
  expect(seen(deleted)).toEqual([]);
  expect(seen(gone).join()).not.toMatch(/Corrected\b/);
});

it('tries again when the platform is away, and is done after that', async () => {
  const briefing = await post({ platform: 'slack' });
  await room.store.saveArticle(entry(withoutFirst));
  servers.slack.fail('chat.update', { status: 503, times: 1 });
  const corrections = correcting();
  await corrections.look();
  expect(seen(briefing).join()).not.toMatch(/Corrected\b/);
  await corrections.look();
  expect(seen(briefing).join()).toMatch(/Corrected\b/);
});
