import { setTimeout as pause } from 'node:timers/promises';
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

  it('saves the same articles once when processes bring them in different orders', async () => {
    const other = await server.database();
    const [a, b] = [await openPostgres(other), await openPostgres(other)];
    const told = Array.from({ length: 50 }, (_, i) =>
      entry({
        origin: `same-${i}.txt`,
        at: '2026-01-10T09:00:00.000Z',
        text: `“Pier ${i} stays,” said Ivo Marsh. “It does not,” said Ona Reed of pier ${i}.`,
        topics: ['piers', `pier ${i % 7}`],
        speakers: [{ name: 'Ivo Marsh' }, { name: 'Ona Reed', role: `Pilot ${i % 3}` }],
        quotes: [
          { words: `Pier ${i} stays,`, who: 'Ivo Marsh' },
          { words: 'It does not,', who: 'Ona Reed' },
        ],
      }),
    );
    const outcomes = await Promise.all([
      ...told.map((one) => a.saveArticle(one)),
      ...[...told].reverse().map((one) => b.saveArticle(one)),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(50);
    expect(await a.stats('')).toMatchObject({ articles: 50, quotes: 100, speakers: 2 });
    expect(await b.topics({ tenant: '', limit: 1 })).toMatchObject([{ label: 'piers', articles: 50 }]);
    await Promise.all([a.close(), b.close()]);
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
      // The restart comes between a batch's statements.
      await query(
        url,
        `CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
         CREATE TRIGGER linger AFTER INSERT ON texts EXECUTE FUNCTION linger()`,
      );
      const saves = Promise.allSettled(Array.from({ length: 20 }, (_, i) => store.saveArticle(note(1000 + i))));
      await until(url, `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
      await server.restart!();
      const results = await saves;
      await query(url, 'DROP TRIGGER linger ON texts; DROP FUNCTION linger');
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

async function until(url: string, isSo: string): Promise<void> {
  for (let tried = 0; (await query(url, isSo)).length === 0; tried++) {
    if (tried > 500) throw new Error(`expected rows of ${isSo}`);
    await pause(10);
  }
}
