/**
 * Runs every scorer over the evaluation texts, one part after the other.
 *
 *     npm run eval [PART...]        parts: quotes, names, agreement, reactions, stories, duplicates, summaries, search, store, pages, feeds
 *
 * Reads `$EVALDATA` (default `../shared/evaldata`); the texts are no part of this repository.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { evaldata } from './evaldata.ts';

const parts: Readonly<Record<string, string>> = {
  quotes: 'eval-quotes.ts',
  names: 'eval-names.ts',
  agreement: 'eval-agreement.ts',
  reactions: 'eval-reactions.ts',
  stories: 'eval-stories.ts',
  duplicates: 'near-duplicates.ts',
  summaries: 'eval-summaries.ts',
  search: 'eval-search.ts',
  store: 'eval-store-search.ts',
  pages: 'eval-pages.ts',
  feeds: 'eval-feeds.ts',
};

if (!existsSync(evaldata)) {
  console.error(`${evaldata}: not there. Set EVALDATA to the folder of evaluation texts.`);
  process.exit(2);
}
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`expected parts among ${Object.keys(parts).join(', ')}; got ${unknown.join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const [name, file] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file)], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
