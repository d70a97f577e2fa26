import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/store/postgres.ts';
import { storeContract } from '../contracts/store.ts';
import { entry } from './entries.ts';
import { howToRun, query, type Server, startServer } from './server.ts';

const started = await startServer();
const missing = 'missing' in started ? started.missing : undefined;
const server = started as Server;

if (missing !== undefined) {
  console.warn(`${howToRun} (${missing})`);
  it('has a PostgreSQL server to test against', (context) => {
    if (process.env.CI) throw new Error(`${howToRun} (${missing})`);
    context.skip(howToRun);
  });
} else {
  afterAll(() => server.stop());
  storeContract('PostgreSQL', async () => openPostgres(await server.database()));
  describe('a PostgreSQL server', theServer);
}

const note = (n: number) => entry({ origin: `${n}.txt`, title: `Note ${n}`, text: `Note number ${n} on the harbour.` });

function theServer() {
  let url: string;
  beforeAll(async () => {
    url = await server.database();
  });

  it('is brought up to date once, however many processes start at once', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => openPostgres(url)));
    const saves = Array.from({ length: 80 }, (_, i) => stores[i % 8]!.saveArticle(note(i)));
    expect(await Promise.all(saves)).toEqual(saves.map(() => 'added'));
    expect((await stores[3]!.stats('')).articles).toBe(80);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('makes one person of one that many processes meet at once', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url)));
    const told = (i: number) =>
      entry({
        origin: `met-${i}.txt`,
        text: `“It is ours,” said Captain Wilma Frost. Item ${i}.`,
        speakers: [{ name: 'Wilma Frost', role: 'Captain' }],
        quotes: [{ words: 'It is ours,', who: 'Wilma Frost' }],
      });
    await Promise.all(Array.from({ length: 40 }, (_, i) => stores[i % 4]!.saveArticle(told(i))));
    const found = await stores[0]!.speakers({ tenant: '', like: 'frost', limit: 9 });
    expect(found.map(({ name, quotes }) => [name, quotes])).toEqual([['Wilma Frost', 40]]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('refuses a schema that needs a newer version of the bot, and works beside one that does not', async () => {
    const other = await server.database();
    await (await openPostgres(other)).close();
    await query(other, 'UPDATE schema_state SET version = 99');
    const store = await openPostgres(other);
    expect(await store.saveArticle(note(1))).toBe('added');
    await store.close();
    await query(other, 'UPDATE schema_state SET works_with = 99');
    await expect(openPostgres(other)).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
  });

  it('says that nobody answers, without its password', { timeout: 30_000 }, async () => {
    const failed = await openPostgres('postgres://u:sesame@127.0.0.1:1/none').catch((error: Error) => error);
    expect(failed).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(String(failed)).not.toContain('sesame');
  });

  it.runIf(!process.env.TEST_DATABASE_URL)(
    'goes on by itself after the server restarts',
    { timeout: 60_000 },
    async () => {
      const store = await openPostgres(url);
      const before = await store.stats('');
      const restarting = server.restart!();
      const saves = Array.from({ length: 20 }, (_, i) => store.saveArticle(note(1000 + i)));
      await restarting;
      const results = await Promise.allSettled(saves);
      // What was told saved is there; what was told failed may be sent again.
      const again = await Promise.all(Array.from({ length: 20 }, (_, i) => store.saveArticle(note(1000 + i))));
      results.forEach((result, i) => {
        if (result.status === 'fulfilled') expect(again[i]).toBe('unchanged');
      });
      expect((await store.stats('')).articles).toBe(before.articles + 20);
      await store.check();
      await store.close();
    },
  );
}
