/**
 * Scores the grouping into stories: all at once as the command `cluster` does it, one by one as the store does, and in the
 * real store once it has grouped them anew.
 *
 *     node bench/eval-stories.ts
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable, Writable } from 'node:stream';
import { unquoted } from '../src/analysed.ts';
import { clusterStream } from '../src/analysis/stories/cluster-stream.ts';
import { comparable } from '../src/analysis/stories/comparable.ts';
import { chooseStory, type StoryCandidate } from '../src/analysis/stories/joining.ts';
import { daysApart } from '../src/analysis/stories/likeness.ts';
import {
  LOOKUP_TERMS,
  STORY_WINDOW_DAYS,
  type StorySignature,
  signatureOf,
  storySignature,
} from '../src/analysis/stories/stories.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { ArticleEntry } from '../src/store/store.ts';
import { readEvaldata, scorer } from './evaldata.ts';
import { plainArticle } from './plain-article.ts';

interface Document {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly date: string | null;
}
interface Answer {
  readonly id: string;
  readonly cluster: string | number;
}
interface Score {
  readonly bcubed: { precision: number; recall: number; f1: number };
  readonly pairs: { precision: number; recall: number; f1: number };
}

const MOST_CANDIDATES = 32;
const { score } = await scorer<{ score(gold: unknown, answers: readonly Answer[]): Score }>('score-clusters.mjs');

console.log('The models were trained on these files: `node src/analysis/training/train-stories.ts --check`');
console.log('prints the figures of models that have not seen what they group.\n');
for (const name of ['allsides', 'ecbplus', 'shorts']) {
  const documents = readEvaldata<Document>(`clusters/clusters-${name}-dev.jsonl.gz`);
  const undated = documents.map((document) => ({ ...document, date: null }));
  show(`${name}, all at once`, documents, await atOnce(documents));
  if (name === 'shorts') show(`${name}, without dates`, documents, await atOnce(undated));
  show(`${name}, one by one`, documents, oneByOne(documents));
  show(`${name}, regrouped`, documents, await inStore(documents));
}

function show(label: string, documents: readonly Document[], answers: readonly Answer[]): void {
  const { bcubed, pairs } = score(documents, answers);
  const list = ({ precision, recall, f1 }: Score['pairs']) =>
    [precision, recall, f1].map((x) => x.toFixed(3)).join(' ');
  console.log(`${label.padEnd(24)} B-cubed P R F1 ${list(bcubed)}   pairs ${list(pairs)}`);
}

async function atOnce(documents: readonly Document[]): Promise<Answer[]> {
  const chunks: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  await clusterStream(
    Readable.from(documents.map((document) => `${JSON.stringify(document)}\n`)),
    output,
    console.error,
  );
  return chunks
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

/** As the store does it: candidates by heavy terms, counts of what was seen so far. */
function oneByOne(documents: readonly Document[]): Answer[] {
  const holders = new Map<string, number[]>();
  const seen: (StoryCandidate & { readonly of: StorySignature })[] = [];
  const withTerm = new Map<string, number>();
  let stories = 0;
  return documents.map(({ id, title, text, date }, i) => {
    const signature: StorySignature = {
      ...signatureOf(title, text),
      at: date ? new Date(date).toISOString() : '',
      dated: Boolean(date),
    };
    const keys = signature.terms.slice(0, LOOKUP_TERMS).map(([term]) => term);
    const shared = new Map<number, number>();
    for (const key of keys) {
      const list = holders.get(key) ?? [];
      for (const index of list.slice(-60)) shared.set(index, (shared.get(index) ?? 0) + 1 / Math.sqrt(list.length));
    }
    const candidates = [...shared]
      .filter(([index]) => (daysApart(signature, seen[index]!.of) ?? 0) <= STORY_WINDOW_DAYS)
      .sort((a, b) => b[1] - a[1] || b[0] - a[0])
      .slice(0, MOST_CANDIDATES)
      .map(([index]) => seen[index]!);
    const compared = comparable(signature);
    const counts = { articles: i, withTerm: signature.terms.map(([term]) => withTerm.get(term)) };
    const storyId = chooseStory(compared, candidates, counts)?.storyId ?? ++stories;
    seen.push({ articleId: id, storyId, signature: compared, of: signature });
    for (const [term] of signature.terms) withTerm.set(term, (withTerm.get(term) ?? 0) + 1);
    for (const key of keys) holders.set(key, [...(holders.get(key) ?? []), i]);
    return { id, cluster: storyId };
  });
}

/** Saved one by one in a store on disk, then grouped anew. */
async function inStore(documents: readonly Document[]): Promise<Answer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-stories-'));
  const file = join(folder, 'store.db');
  try {
    const store = await openSqlite(file);
    for (const document of documents) await store.saveArticle(entryOf(document));
    await store.regroupStories();
    await store.close();
    using connection = new DatabaseSync(file, { readOnly: true });
    const rows = connection.prepare('SELECT article_id AS id, story_id AS cluster FROM versions WHERE live = 1').all();
    return rows as unknown as Answer[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function entryOf({ date, ...document }: Document): ArticleEntry {
  const article = plainArticle({
    ...document,
    ...(date && { at: new Date(date).toISOString() }),
    readAt: '2026-01-10T12:00:00.000Z',
  });
  return { article, analysis: unquoted(), signature: storySignature(article), original: new Uint8Array() };
}
