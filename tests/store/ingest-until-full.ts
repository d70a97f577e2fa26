/** A process that saves articles until the disk takes no more, reads once again, and tells as JSON what happened. Argument: file. */
import { StoreError } from '../../src/store/errors.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { entry } from './entries.ts';

const store = await openSqlite(process.argv[2]!);
const acknowledged: string[] = [];
let error: { name: string; kind: string; message: string } | undefined;
for (let n = 0; n < 5000 && !error; n++) {
  const one = entry({
    origin: `${n}.txt`,
    title: `Entry ${n}`,
    text: `Entry ${n}. ${`The ledger of day ${n} is long. `.repeat(200)}`,
  });
  try {
    await store.saveArticle(one);
    acknowledged.push(one.article.id);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
    error = { name: thrown.name, kind: thrown.kind, message: thrown.message };
  }
}
const answered = (await store.articleState(acknowledged[0]!)) !== undefined;
process.stdout.write(JSON.stringify({ acknowledged, error, answered }));
process.exit(0);
