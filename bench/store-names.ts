/**
 * Q1: completion of a speaker's name over 200,000 speakers, and quotes by speaker and topic.
 *
 *     node bench/store-names.ts [articles=10000]
 *
 * Speakers beyond those of the articles are put in as rows with their names' entries, as the store writes them.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { nameKeys } from '../src/store/asking/names.ts';
import { connectSqlite } from '../src/store/sqlite/driver.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { ms, NOW, planted, quantile, speakerName } from './store-corpus.ts';
import { filledStore } from './store-fill.ts';

const size = Number(process.argv[2] ?? 10_000);
const wanted = 200_000;
const path = `${await filledStore(size)}.names`;
copyFileSync(path.replace('.names', ''), path);
addSpeakers();
const store = await openSqlite(path);
const names = (await store.speakers({ tenant: '', limit: 200 })).map((speaker) => speaker.name);

/** Times of each question, by kind and turn. */
const timings: Record<string, number[][]> = {};
async function timed(name: string, turn: number, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  timings[name] ??= [];
  timings[name][turn] = [...(timings[name][turn] ?? []), performance.now() - started];
}
for (let round = 0; round < 6; round++) {
  // The first round warms the page cache and is not counted.
  if (round === 1) for (const name of Object.keys(timings)) timings[name] = [];
  for (let i = 0; i < 200; i++) {
    const name = i % 2 === 0 ? names[i % names.length]! : speakerName((i * 7907) % wanted);
    const word = name.split(' ')[i % 4 === 0 ? 0 : 1]!;
    await timed('completion, 1 to 5 letters', i, () =>
      store.speakers({ tenant: '', like: word.slice(0, 1 + (i % 5)), limit: 25 }),
    );
    await timed('completion, two words', i, () =>
      store.speakers({ tenant: '', like: `${name.split(' ')[0]} ${word.slice(0, 2)}`, limit: 25 }),
    );
    await timed('quotes by speaker', i, () => store.findQuotes({ tenant: '', speaker: name, limit: 5 }));
    const [topic] = planted[i % planted.length]!;
    await timed('quotes by speaker and topic', i, () =>
      store.findQuotes({ tenant: '', speaker: name, topic, limit: 5 }),
    );
    await timed('nearest speakers', i, () => store.nearestSpeakers('', `${word.slice(0, 3)}x${word.slice(3)}`, 3));
  }
}
console.log(`Q1 ${size} articles, ${wanted} speakers, ms, each question's best of 5 rounds`);
for (const [name, turns] of Object.entries(timings)) {
  const values = turns.map((times) => quantile(times, 0));
  console.log(`  ${name.padEnd(30)} p50 ${ms(quantile(values, 0.5))}  p99 ${ms(quantile(values, 0.99))}`);
}
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
      nameKeys('person', [name], 1).map((word) => ['s', '', word, 1, n]),
    );
  }
  connection.exec('COMMIT');
  connection.close();
}
