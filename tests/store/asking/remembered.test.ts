import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remembering } from '../../../src/store/asking/remembered.ts';
import { prepareArticle } from '../../../src/store/saving/prepare.ts';
import { openSqlite, THROW_AWAY } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { storeContract } from '../../contracts/store.ts';
import { entry } from '../entries.ts';

// Whatever it remembers, it keeps every promise of a store.
storeContract('SQLite that remembers', async () => remembering(await openSqlite(THROW_AWAY)));

const note = (n: number, tenant = '') =>
  entry({ origin: `${n}.txt`, title: `Harbour note ${n}`, text: `Note ${n} on the harbour.`, tenant });
const now = '2026-01-12T12:00:00.000Z';

describe('coverage that is remembered', () => {
  let store: Store;
  let asked: number;
  let memory: Store;
  beforeEach(async () => {
    store = await openSqlite(THROW_AWAY);
    await store.saveArticle(note(1));
    asked = 0;
    memory = remembering({
      ...store,
      coverage(query) {
        asked++;
        return store.coverage(query);
      },
    });
  });
  afterEach(() => store.close());
  const titles = async (tenant: string, at = now) =>
    (await memory.coverage({ tenant, now: at, topic: 'harbour', stories: 5 })).stories
      .flatMap(({ story }) => story.articles.map(({ title }) => title))
      .sort();

  it('is looked up once, however many ask, in whatever server', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        memory.coverage({
          tenant: `discord:${i}`,
          now: `2026-01-12T12:00:0${i % 4}.000Z`,
          topic: 'harbour',
          stories: 5,
        }),
      ),
    );
    expect(new Set(all).size).toBe(1);
    expect(asked).toBe(1);
  });

  it('is forgotten with every change, and after some seconds', async () => {
    await titles('');
    await memory.saveArticle(note(1)); // unchanged
    await titles('');
    expect(asked).toBe(1);
    await memory.saveArticle(note(2));
    expect(await titles('')).toEqual(['Harbour note 1', 'Harbour note 2']);
    await memory.withdrawArticle(note(1).article.id);
    expect(await titles('')).toEqual(['Harbour note 2']);
    expect(asked).toBe(3);
    // As the corpus saves: prepared on another thread.
    await memory.savePrepared(prepareArticle(note(3)));
    expect(await titles('')).toEqual(['Harbour note 2', 'Harbour note 3']);
    expect(asked).toBe(4);
    await titles('', '2026-01-12T12:00:11.000Z');
    expect(asked).toBe(5);
  });

  it('of a server with articles of its own is for that server alone', async () => {
    expect(await titles('discord:1')).toEqual(['Harbour note 1']);
    await memory.saveArticle(note(2, 'discord:1'));
    expect(await titles('discord:1')).toEqual(['Harbour note 1', 'Harbour note 2']);
    expect(await titles('discord:2')).toEqual(['Harbour note 1']);
    expect(await titles('')).toEqual(['Harbour note 1']);
    await memory.removeTenant('discord:1');
    expect(await titles('discord:1')).toEqual(['Harbour note 1']);
  });

  it('goes for quotes and reactions as well', async () => {
    const ask = { tenant: 'discord:1', topic: 'harbour', limit: 5 };
    expect(await memory.findQuotes(ask)).toBe(await memory.findQuotes({ ...ask, tenant: 'slack:T1' }));
    expect(await memory.findReactions(ask)).toBe(await memory.findReactions(ask));
    const before = await memory.findQuotes(ask);
    await memory.saveArticle(note(2));
    expect(await memory.findQuotes(ask)).not.toBe(before);
    expect(await memory.findQuotes({ ...ask, limit: 4 })).not.toBe(await memory.findQuotes(ask));
  });

  it('that could not be read is asked for again', async () => {
    let broken = true;
    const once = remembering({
      ...store,
      coverage: (query) => (broken ? Promise.reject(new Error('locked')) : store.coverage(query)),
    });
    await expect(once.coverage({ tenant: '', now, stories: 1 })).rejects.toThrow('locked');
    broken = false;
    expect((await once.coverage({ tenant: '', now, stories: 1 })).stories).toHaveLength(1);
  });
});
