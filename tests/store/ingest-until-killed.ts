/** A process that saves articles until it is killed, and tells each that was acknowledged. Arguments: file, first number. */
import { writeSync } from 'node:fs';
import { openSqlite } from '../../src/store/sqlite.ts';
import { entry } from './entries.ts';

const [path, first] = process.argv.slice(2) as [string, string];
const store = await openSqlite(path);
const numbered = (n: number) =>
  entry({
    origin: `article-${n}.txt`,
    title: `Report number ${n}`,
    at: new Date(Date.UTC(2026, 0, 1 + ((n * 37) % 300))).toISOString(),
    text: `Clerk Ivo Marsh filed report ${n}. “Number ${n} is complete,” said Marsh. ${'It was a long day at the registry. '.repeat(20)}`,
    speakers: [{ name: 'Ivo Marsh', role: 'Clerk' }],
    quotes: [{ words: `Number ${n} is complete,`, who: 'Ivo Marsh' }],
    topics: ['registry'],
  });
for (let n = Number(first); ; n += 20) {
  const batch = Array.from({ length: 20 }, (_, i) => numbered(n + i));
  await Promise.all(
    batch.map(async (one, i) => {
      await store.saveArticle(one);
      writeSync(1, `${n + i} ${one.article.id}\n`);
    }),
  );
}
