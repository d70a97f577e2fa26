/**
 * Composes the brief of every story in real news, in every language, and checks that it stays inside its budget (1,500 characters, 25
 * components), that Discord and Slack need one message for it, and that every quoted character stands in the source.
 *
 *     node bench/budget.ts [ARTICLES]        default 500
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeBrief } from '../digests/brief.ts';
import { BRIEF_BUDGET, characters, components } from '../digests/parts.ts';
import { loadCorpus } from '../src/corpus/load.ts';
import { provenDocument } from '../src/gate.ts';
import { sinkInto } from '../src/ingest.ts';
import { languages, wordsIn } from '../src/language/language.ts';
import { renderDocument } from '../src/platforms/discord/render.ts';
import { slackPages } from '../src/platforms/slack/render.ts';
import { openSqlite, THROW_AWAY } from '../src/store/sqlite.ts';
import { readEvaldata } from './evaldata.ts';

const wanted = Number(process.argv[2] ?? 500);
const folder = mkdtempSync(join(tmpdir(), 'pullquote-budget-'));
const file = join(folder, 'news.jsonl');
writeFileSync(
  file,
  readEvaldata('news/news-allsides-dev.jsonl.gz')
    .slice(0, wanted)
    .map((one) => JSON.stringify(one))
    .join('\n'),
);
const store = await openSqlite(THROW_AWAY);
const now = new Date();
const read = await loadCorpus(
  [file],
  sinkInto(store, () => now),
);

const counts = new Map(
  languages.map((language) => [language, { briefs: 0, over: 0, split: 0, withheld: 0, longest: 0, most: 0 }]),
);
for (let storyId = 1; storyId <= read.articles; storyId++) {
  const coverage = await store.coverage({ tenant: '', now: now.toISOString(), storyId, stories: 1 });
  const [story] = coverage.stories;
  if (!story) continue;
  for (const [language, count] of counts) {
    const said = wordsIn(language);
    const brief = composeBrief({ ...coverage, stories: [story] }, said);
    const { document, withheld } = await provenDocument(brief, store, said);
    const [size, parts] = [characters(document.blocks), components(document.blocks)];
    count.briefs += 1;
    count.withheld += withheld;
    count.longest = Math.max(count.longest, size);
    count.most = Math.max(count.most, parts);
    if (size > BRIEF_BUDGET.characters || parts > BRIEF_BUDGET.components) count.over += 1;
    if (renderDocument(document, language).length > 1 || slackPages(document, language).length > 1) count.split += 1;
  }
}
let wrong = 0;
for (const [language, { briefs, over, split, withheld, longest, most }] of counts) {
  console.log(`${wordsIn(language).language}: ${read.articles} articles, ${briefs} briefs`);
  console.log(
    `longest ${longest} of ${BRIEF_BUDGET.characters} characters, most ${most} of ${BRIEF_BUDGET.components} components`,
  );
  console.log(`over budget ${over}, more than one message ${split}, passages withheld ${withheld}`);
  wrong += over + split + withheld;
}
await store.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = wrong > 0 ? 1 : 0;
