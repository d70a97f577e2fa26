/**
 * S7: a process that saves articles is killed again and again; nothing that it was told is saved may be missing.
 *
 *     node bench/store-crash.ts [kills=20]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../src/store/sqlite.ts';
import { random } from './store-corpus.ts';

const kills = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'pullquote-bench-'));
const path = join(folder, 'store.db');
const script = join(import.meta.dirname, '..', 'tests', 'store', 'ingest-until-killed.ts');
const draw = random(7);

const told: string[] = [];
for (let round = 0; round < kills; round++) {
  const child = spawn(process.execPath, [script, path, String(round * 100_000)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const enough = 30 + Math.floor(draw() * 300);
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.split('\n').length > enough) child.kill('SIGKILL');
  }
  told.push(
    ...text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ')[1]!),
  );
}
const store = await openSqlite(path);
let lost = 0;
for (const id of told) if (!(await store.article(id))) lost++;
const { articles, quotes } = await store.stats('');
await store.close();
const database = new DatabaseSync(path);
const integrity = database.prepare('PRAGMA integrity_check').get() as { integrity_check: string };
database.exec(`INSERT INTO search (search) VALUES ('integrity-check')`);
database.close();
console.log(
  `S7 ${kills} kills: ${told.length} acknowledged, ${lost} lost, ${articles - quotes} torn, integrity ${integrity.integrity_check}, full text ok`,
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = lost + Math.abs(articles - quotes);
