/** What admins ask. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asking, NOW, openAsking } from '../support/asking.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await openAsking(['seeds/1962-09-moon-speech.txt']);
}, 60_000);
afterAll(() => asking.close());

describe('/schedule', () => {
  it('makes a briefing from plain words and shows its next three times', async () => {
    const said = await asking.ask('/schedule add weekdays 7:30 zone:Europe/Prague topic:moon');
    expect(said).toContain('Briefing #1 is set');
    expect(said).toContain('moon to #briefs, Monday to Friday at 07:30, Europe/Prague.');
    expect(said).toMatch(/Next: 23 Nov 2026, 07:30 CET · 24 Nov 2026, 07:30 CET · 25 Nov 2026, 07:30 CET/);
    expect(await asking.store.briefing(1)).toMatchObject({
      kind: 'topic',
      topic: 'moon',
      catchUp: 'late',
      state: 'active',
    });
  });

  it.each([
    ['/schedule add 25:99', /^times: expected /],
    [
      '/schedule add daily 8:00 zone:Prague',
      /zone: expected an IANA time zone such as Europe\/Prague, got Prague. Did you mean Europe\/Prague\?/,
    ],
    ['/schedule add daily 8:00 quiet:never', /^quiet: expected /],
    ['/schedule add daily 8:00 kind:speaker', /^topic: expected a name/],
    ['/schedule pause 99', /There is no briefing #99 here/],
  ])('%s is answered with what was expected', async (line, expected) => {
    expect(await asking.ask(line)).toMatch(expected);
  });

  it('is found by what it is about, wherever its number is asked for', async () => {
    expect(await asking.complete('schedule pause', 'id', 'moo')).toEqual([
      { label: '#1 moon, #briefs, weekdays 7:30', value: '1' },
    ]);
    expect(await asking.complete('schedule pause', 'id', '1')).toHaveLength(1);
    expect(await asking.complete('schedule pause', 'id', 'cartels')).toEqual([]);
  });

  it('belongs to its channel: another channel’s member may not touch it, an admin of all may', async () => {
    const member = { user: 'ben', channel: 'c2', canManageAll: false };
    expect(await asking.ask('/schedule pause 1', member)).toContain('Briefing #1 belongs to #briefs');
    expect(await asking.ask('/schedule pause 1', { ...member, canManageAll: true })).toContain(
      'Briefing #1 is paused.',
    );
    expect(await asking.ask('/schedule resume 1')).toContain('Briefing #1 is active again.');
    expect(await asking.ask('/schedule pause 1', { tenant: 'discord:2' })).toContain('There is no briefing #1 here');
    expect(await asking.ask('/schedule remove 1', { canManage: false })).toContain('may manage this channel or server');
  });

  it('previews, posts, lists and removes with a way back', async () => {
    expect((await asking.reply('/schedule preview 1')).document.summary).toBe('preview of 1');
    expect(await asking.ask('/schedule now 1')).toBe('posted 1');
    expect(await asking.ask('/schedule')).toContain('#1 moon to #briefs — weekdays 7:30, Europe/Prague');
    const removed = await asking.reply('/schedule remove 1');
    expect(JSON.stringify(removed.document)).toContain(
      '/schedule add times:\\"weekdays 7:30\\" zone:Europe/Prague topic:\\"moon\\"',
    );
    expect(await asking.ask('/schedule')).toContain('No briefings yet.');
  });
});

describe('/setup', () => {
  it('walks channel, time and topic, each step a command of its own', async () => {
    const press = async (line: string, label: RegExp): Promise<string> => {
      const { document } = await asking.reply(line);
      const all = document.blocks.flatMap((block) =>
        block.kind === 'actions'
          ? block.actions.map((a) => ({ label: a.label, command: 'command' in a ? a.command : '' }))
          : block.kind === 'menu'
            ? block.choices
            : [],
      );
      const found = all.find((one) => label.test(one.label));
      if (!found) throw new Error(`no ${label} in ${JSON.stringify(all)}`);
      return found.command;
    };
    const time = await press('/setup', /^Here/);
    expect(await press(time, /^Back$/)).toBe('/setup');
    const topic = await press(time, /^daily 08:00/);
    expect(await press(topic, /^Back$/)).toBe(time);
    const ready = await press(topic, /^Everything/);
    expect(await press(ready, /^Back$/)).toBe(topic);
    const start = await press(ready, /^Start it/);
    expect(await asking.ask(start)).toContain('Briefing #2 is set');
  });
});

describe('/sources, /status, /privacy, /help', () => {
  it('/sources says what a list of feeds is, and when a failing source is tried again; /status tells it once', async () => {
    const store = asking.store;
    const add = (name: string, memo?: Record<string, string>) =>
      store.addSource({
        tenant: 'discord:7',
        kind: 'feed',
        address: `https://example.com/${name}`,
        title: name,
        addedBy: 'ana',
        addedAt: NOW.toISOString(),
        ...(memo && { memo }),
      });
    await add('My feeds', { isList: 'yes' });
    const { id, address } = await add('Harbor Post');
    const reason = 'the server answered 500';
    const nextAt = new Date(NOW.getTime() + 600_000).toISOString();
    await store.changeSource(id, { state: 'failing', reason, failures: 2, checkedAt: NOW.toISOString(), nextAt });
    await store.noteProblem({ origin: address, tenant: 'discord:7', reason, at: NOW.toISOString() });
    const listed = await asking.ask('/sources', { tenant: 'discord:7' });
    expect(listed).toContain('My feeds — list of feeds, 0 articles, ok');
    expect(listed).toMatch(
      /Harbor Post — feed, 0 articles, failing: the server answered 500 · #\d+ · checked .* · next try 22 Nov 2026, 08:10/,
    );
    const why = await asking.ask('/status why:yes', { tenant: 'discord:7' });
    expect(why).toMatch(/Harbor Post: the server answered 500 \(2 failures\) · next try 22 Nov 2026, 08:10/);
    expect(why.match(/the server answered 500/g)).toHaveLength(1);
  });

  it('shows what an address holds before it is saved, visible to that server only', async () => {
    const preview = await asking.ask('/sources add https://example.com/feed.xml', { tenant: 'discord:1' });
    expect(preview).toContain('A feed');
    expect(await asking.store.sources('discord:1')).toEqual([]);
    expect(
      await asking.ask('/sources add https://example.com/feed.xml confirm:yes', { tenant: 'discord:1' }),
    ).toContain('Added A feed');
    expect(await asking.ask('/sources', { tenant: 'discord:1' })).toContain('A feed');
    expect(await asking.ask('/sources', { tenant: 'discord:2' })).not.toContain('A feed');
    expect(await asking.ask('/sources remove 1', { tenant: 'discord:2' })).toContain('There is no source #1');
  });

  it('tells how it is doing', async () => {
    const said = await asking.ask('/status');
    expect(said).toMatch(/Corpus 1 article, \d+ quotes/);
    expect(said).toMatch(/Briefings 1 active/);
  });

  it('deletes only after a second press', async () => {
    expect(await asking.ask('/privacy delete')).toContain('It cannot be undone.');
    expect(asking.removed).toEqual([]);
    await asking.ask('/privacy delete confirm:yes', { tenant: 'discord:1' });
    expect(asking.removed).toEqual(['discord:1']);
  });

  it('lists managing commands only for those who may use them', async () => {
    expect(await asking.ask('/help')).toContain('/schedule add');
    expect(await asking.ask('/help', { canManage: false })).not.toContain('/schedule add');
  });
});
