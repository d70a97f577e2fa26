/**
 * Q1: completion of a speaker's name over 200,000 speakers, and quotes by speaker and topic.
 *
 *     node bench/store-names.ts [articles=10000]
 *
 * Speakers beyond those of the articles are put in as rows with their names' entries, as the store writes them.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { nameKeys } from '../src/store/names.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { connectSqlite } from '../src/store/sqlite-driver.ts';
import { ms, NOW, planted, quantile, random, speakerName } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

const size = Number(process.argv[2] ?? 10_000);
const wanted = 200_000;
const path = `${await filledStore(size)}.names`;
copyFileSync(path.replace('.names', ''), path);
addSpeakers();
const store = await openSqlite(path);
const draw = random(11);
const names = (await store.speakers({ tenant: '', limit: 200 })).map((speaker) => speaker.name);

const timings: Record<string, number[]> = {};
async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  timings[name] = [...(timings[name] ?? []), performance.now() - started];
}
for (let round = 0; round < 4; round++) {
  if (round === 1) for (const name of Object.keys(timings)) timings[name] = [];
  for (let i = 0; i < 200; i++) {
    const name = i % 2 === 0 ? names[i % names.length]! : speakerName(Math.floor(draw() * wanted));
    const word = name.split(' ')[i % 4 === 0 ? 0 : 1]!;
    await timed('completion, 1 to 5 letters', () =>
      store.speakers({ tenant: '', like: word.slice(0, 1 + (i % 5)), limit: 25 }),
    );
    await timed('completion, two words', () =>
      store.speakers({ tenant: '', like: `${name.split(' ')[0]} ${word.slice(0, 2)}`, limit: 25 }),
    );
    await timed('quotes by speaker', () => store.findQuotes({ tenant: '', speaker: name, limit: 5 }));
    const [topic] = planted[i % planted.length]!;
    await timed('quotes by speaker and topic', () => store.findQuotes({ tenant: '', speaker: name, topic, limit: 5 }));
    await timed('nearest speakers', () => store.nearestSpeakers('', `${word.slice(0, 3)}x${word.slice(3)}`, 3));
  }
}
console.log(`Q1 ${size} articles, ${wanted} speakers, ms`);
for (const [name, values] of Object.entries(timings))
  console.log(`  ${name.padEnd(30)} p50 ${ms(quantile(values, 0.5))}  p99 ${ms(quantile(values, 0.99))}`);
await store.close();
rmSync(path, { force: true });

function addSpeakers(): void {
  const connection = connectSqlite(path, { throwAway: true });
  const [{ id: last } = { id: 0 }] = connection.all('SELECT max(id) AS id FROM speakers') as { id: number }[];
  connection.exec('BEGIN');
  for (let n = last + 1; n <= wanted; n++) {
    const name = speakerName(n);
    connection.insert(
      'speakers (id, tenant, kind, name, role, aliases, handle, gazetteer, quotes, paraphrases, seen)',
      [[n, '', 'person', name, null, '[]', null, null, 1, 0, NOW]],
    );
    connection.insert(
      'name_words (space, tenant, word, weight, id)',
      nameKeys('person', [name]).map((word) => ['s', '', word, 1, n]),
    );
  }
  connection.exec('COMMIT');
  connection.close();
}
