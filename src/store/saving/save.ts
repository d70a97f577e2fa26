/** One article version in, or out again, with everything that hangs on it. Runs inside a transaction; both engines. */
import type { Article, ArticleHead } from '../../model.ts';
import { keyText, type SpeakerRow } from '../rows.ts';
import { articleTime, firstOfDay, isOnDay, milliseconds } from '../slots.ts';
import { one, type Sql, type Value } from '../sql.ts';
import { dropSignature, expectStories, findStory, putSignature } from '../stories/stories.ts';
import { newOn } from '../stories/story-moves.ts';
import { articleLock, type Batch } from './batch.ts';
import { originOf, type PreparedArticle, type PreparedSpeaker } from './prepare.ts';
import type { Said } from './speakers.ts';
import { dropTopics } from './topics.ts';

interface VersionRow {
  readonly vid: number;
  readonly hash: string;
  readonly tenant: string;
  readonly at: number;
  readonly story_id: number;
  readonly engine: string;
  readonly head: string;
  readonly digest: string | null;
  readonly file: string | null;
}

const currentSql = `SELECT a.id, v.vid, v.hash, v.tenant, v.at, v.story_id, v.engine, v.head, v.digest, v.file
  FROM articles a LEFT JOIN versions v ON v.vid = a.vid`;

export type Saved = 'added' | 'changed' | 'unchanged';

/**
 * Saves articles together: what they need is asked for and put in for all of them at once. The outcomes come in their
 * order. The caller flushes the batch before it commits.
 */
export async function saveArticles(sql: Sql, batch: Batch, given: readonly PreparedArticle[]): Promise<Saved[]> {
  await batch.index.lock(sql, [...new Set(given.flatMap(lockNames))]);
  const outcomes: Saved[] = [];
  for (const articles of distinct(given)) outcomes.push(...(await saveDistinct(sql, batch, articles)));
  return outcomes;
}

/** Two articles that name the same new person at the same moment must not make two of them. */
export const lockNames = ({ id, tenant, speakers }: PreparedArticle): string[] => [
  articleLock(id),
  ...speakers.flatMap(({ keys }) => keys.map((key) => `speaker:${tenant}:${key}`)),
];

/** An article that comes once more is saved after its rows were put in. */
function distinct(given: readonly PreparedArticle[]): PreparedArticle[][] {
  const parts: PreparedArticle[][] = [];
  const ids = new Set<string>();
  for (const article of given) {
    if (parts.length === 0 || ids.has(article.id)) {
      ids.clear();
      parts.push([]);
    }
    ids.add(article.id);
    parts.at(-1)!.push(article);
  }
  return parts;
}

async function saveDistinct(sql: Sql, batch: Batch, given: readonly PreparedArticle[]): Promise<Saved[]> {
  const known = await knownOf(sql, given);
  const readings = given.map((article): Reading => {
    const row = known.get(article.id);
    // A row of `articles` without a version is withdrawn.
    const current = row?.vid == null ? undefined : (row as VersionRow);
    const prepared = current?.hash === article.hash ? firstRead(article, current) : article;
    return { prepared, current, isKnown: row !== undefined };
  });
  await expect(
    sql,
    batch,
    readings.filter((reading) => !isUnchanged(reading)).map(({ prepared }) => prepared),
  );
  const rows = openRows();
  const outcomes: Saved[] = [];
  for (const reading of readings) outcomes.push(await save(sql, batch, rows, reading));
  await rows.flush(sql);
  return outcomes;
}

/** An article as it came, beside its version in answers. */
interface Reading {
  readonly prepared: PreparedArticle;
  readonly current: VersionRow | undefined;
  /** Stored before, if only as withdrawn. */
  readonly isKnown: boolean;
}

const isUnchanged = ({ prepared: { hash, engine, head }, current }: Reading): boolean =>
  current !== undefined && current.hash === hash && current.engine === engine && current.head === head;

/** What these articles need, asked for at once. */
async function expect(sql: Sql, batch: Batch, articles: readonly PreparedArticle[]): Promise<void> {
  const speakers = new Map<string, PreparedSpeaker[]>();
  for (const article of articles)
    speakers.set(article.tenant, [...(speakers.get(article.tenant) ?? []), ...article.speakers]);
  for (const [tenant, found] of speakers) await batch.speakers.expect(sql, tenant, found);
  batch.stories.trim();
  await expectStories(sql, batch.stories, batch.totals, articles);
}

async function save(sql: Sql, batch: Batch, rows: Rows, reading: Reading): Promise<Saved> {
  const { prepared, current, isKnown } = reading;
  if (current && isUnchanged(reading)) {
    await noteProvenance(sql, current, prepared);
    return 'unchanged';
  }
  if (current) await retire(sql, batch, current);
  const { id, hash, at } = prepared;
  const stored = isKnown && (current?.hash === hash ? current : await versionOf(sql, id, hash));
  if (stored) await makeRoom(sql, stored.vid, prepared);
  const isInPlace = stored && isOnDay(stored.vid, at);
  const vid = isInPlace ? stored.vid : await batch.index.nextSlot(sql, at);
  if (stored && !isInPlace) await renumber(sql, stored.vid, vid);
  await publish(sql, batch, rows, prepared, { vid, story: current?.story_id });
  return current ? 'changed' : 'added';
}

async function knownOf(
  sql: Sql,
  articles: readonly PreparedArticle[],
): Promise<ReadonlyMap<string, { readonly id: string } & Partial<VersionRow>>> {
  const rows = await sql.all<{ id: string } & Partial<VersionRow>>(
    `${currentSql} WHERE ${sql.dialect.among('a.id', '$1', 'text')}`,
    JSON.stringify(articles.map(({ id }) => id)),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const versionOf = (sql: Sql, id: string, hash: string) =>
  one<{ vid: number }>(sql, 'SELECT vid FROM versions WHERE article_id = $1 AND hash = $2', id, hash);

/** The same text read again is no news: an undated article with a better title stays where it is in time. */
function firstRead(prepared: PreparedArticle, current: VersionRow): PreparedArticle {
  const { readAt } = JSON.parse(current.head) as ArticleHead;
  const head: ArticleHead = { ...(JSON.parse(prepared.head) as ArticleHead), readAt };
  return { ...prepared, head: JSON.stringify(head), readAt: Date.parse(readAt) || 0, at: articleTime(head) };
}

/** The same article, read in another way: from another file, or for the first time since that is kept. */
async function noteProvenance(sql: Sql, current: VersionRow, { digest, file }: PreparedArticle): Promise<void> {
  if (digest === null || (current.digest === digest && current.file === file)) return;
  await sql.all('UPDATE versions SET digest = $2, file = $3 WHERE vid = $1', current.vid, digest, file);
}

/** A version whose date was corrected to another day takes a number of that day: the order of numbers is the order of days. */
async function renumber(sql: Sql, from: number, to: number): Promise<void> {
  for (const table of ['versions', 'texts', 'quotes'])
    await sql.all(`UPDATE ${table} SET vid = $2 WHERE vid = $1`, from, to);
}

/** Takes an article out of all answers; its text and quotes stay for receipts. */
export async function withdrawArticle(sql: Sql, batch: Batch, id: string): Promise<boolean> {
  await batch.index.lock(sql, [articleLock(id)]);
  const current = await one<Partial<VersionRow>>(sql, `${currentSql} WHERE a.id = $1`, id);
  if (current?.vid == null) return false;
  await retire(sql, batch, current as VersionRow);
  await sql.all('UPDATE articles SET vid = NULL WHERE id = $1', id);
  return true;
}

/** Quotes of an earlier analysis of the same text that are found no more step aside: their receipts stay good. */
async function makeRoom(sql: Sql, vid: number, { quotes }: PreparedArticle): Promise<void> {
  await sql.all(
    `DELETE FROM quotes WHERE vid = $1 AND ${sql.dialect.among('receipt', '$2', 'text')}`,
    vid,
    JSON.stringify(quotes.map(({ receipt }) => receipt)),
  );
  const last = await one<{ n: number | null }>(sql, 'SELECT max(n) AS n FROM quotes WHERE vid = $1', vid);
  if (last?.n == null) return;
  const room = Math.max(last.n, quotes.length) + 1;
  await sql.all('UPDATE quotes SET n = n + $2, live = 0 WHERE vid = $1', vid, room);
}

// ---------------------------------------------------------------- in

interface Place {
  readonly vid: number;
  /** Story of the version before: an edited article stays in it. */
  readonly story: number | undefined;
}

async function publish(sql: Sql, batch: Batch, rows: Rows, prepared: PreparedArticle, { vid, story }: Place) {
  const { tenant, at, facts } = prepared;
  const speakers: SpeakerRow[] = [];
  for (const found of prepared.speakers) speakers.push(await batch.speakers.resolve(sql, tenant, found, at));
  const storyId =
    story ??
    (await findStory(sql, batch.stories, batch.totals, prepared)) ??
    (await batch.index.nextNumber(sql, 'stories'));
  addVersion(rows, prepared, vid, storyId);
  rows.signatures.push(await putSignature(sql, batch.stories, batch.totals, prepared, { vid, storyId }));
  addSaid(rows, prepared, vid, speakers);
  await batch.index.put(sql, vid, {
    tenant,
    at,
    title: prepared.title,
    body: prepared.searchable ?? prepared.text,
    topics: prepared.topicLabels,
    speakers: spokenNames(prepared, speakers),
    ids: [...new Set(speakers.map(({ id }) => id))],
  });
  batch.topics.add(tenant, vid, at, prepared.topics);
  batch.aliases.add(tenant, prepared.aliases);
  for (const { speaker, verbatim } of prepared.quotes)
    if (speaker !== undefined)
      batch.speakers.count(speakers[speaker]!.id, { quotes: verbatim, paraphrases: 1 - verbatim });
  batch.totals.article(tenant, storyId, facts, 1);
  batch.totals.counts.add(tenant, newOn(vid), 1);
}

/** Rows that nothing reads while the articles they belong to are saved: put in together at the end, table by table. */
function openRows() {
  const held = Object.fromEntries(Object.keys(tables).map((table) => [table, []])) as unknown as Record<
    keyof typeof tables,
    (readonly Value[])[]
  >;
  return {
    ...held,
    async flush(sql: Sql): Promise<void> {
      for (const [table, { columns, after }] of Object.entries(tables)) {
        const rows = held[table as keyof typeof tables].splice(0);
        if (rows.length > 0) await sql.insert(`${table} (${columns})`, rows, after);
      }
    },
  };
}
type Rows = ReturnType<typeof openRows>;

const tables = {
  articles: { columns: 'id, tenant, vid', after: 'ON CONFLICT (id) DO UPDATE SET vid = excluded.vid' },
  versions: {
    columns: 'vid, article_id, hash, tenant, live, at, read_at, story_id, engine, head, found, digest, file',
    after: `ON CONFLICT (vid) DO UPDATE SET live = 1, at = excluded.at, read_at = excluded.read_at, story_id = excluded.story_id,
      engine = excluded.engine, head = excluded.head, found = excluded.found, digest = excluded.digest, file = excluded.file`,
  },
  texts: {
    columns: 'vid, text, shape, original',
    after: 'ON CONFLICT (vid) DO UPDATE SET shape = excluded.shape, original = excluded.original',
  },
  times: { columns: 'vid, tenant, at, story_id, outlet, quotes, undated', after: '' },
  signatures: { columns: 'vid, article_id, story_id, counted, terms, shingles', after: '' },
  quotes: { columns: 'vid, n, receipt, verbatim, speaker_id, live, data', after: '' },
  reactions: { columns: 'vid, n, speaker_id, stance, live, data', after: '' },
} as const;

function addVersion(rows: Rows, prepared: PreparedArticle, vid: number, storyId: number): void {
  const { id, hash, tenant, at, readAt, engine, head, found, digest, file } = prepared;
  const { text, shape, original, facts, quotes } = prepared;
  rows.articles.push([id, tenant, vid]);
  rows.versions.push([vid, id, hash, tenant, 1, at, readAt, storyId, engine, head, found, digest, file]);
  rows.texts.push([vid, text, shape, original]);
  rows.times.push([vid, tenant, at, storyId, facts.outlet, quotes.length, facts.undated ? 1 : 0]);
}

function addSaid(
  rows: Rows,
  { quotes, reactions }: PreparedArticle,
  vid: number,
  speakers: readonly SpeakerRow[],
): void {
  for (const [n, { receipt, verbatim, speaker, data }] of quotes.entries())
    rows.quotes.push([vid, n, receipt, verbatim, speaker === undefined ? null : speakers[speaker]!.id, 1, data]);
  for (const { n, speaker, stance, data } of reactions)
    rows.reactions.push([vid, n, speakers[speaker]!.id, stance, 1, data]);
}

/** The names that an article's speakers are searched by: as printed here and as the corpus knows them. */
const spokenNames = (prepared: PreparedArticle, speakers: readonly SpeakerRow[]): string =>
  prepared.speakers
    .flatMap(({ name, aliases, role }, i) => [...new Set([name, speakers[i]!.name, ...aliases, role ?? ''])])
    .join('\n');

// ---------------------------------------------------------------- out

/** Takes a version out of answers and counts; its text and quotes stay. */
async function retire(sql: Sql, batch: Batch, { vid, tenant, at, story_id, head }: VersionRow): Promise<void> {
  const article = JSON.parse(head) as Pick<Article, 'outlet' | 'origin' | 'date'>;
  const quotes = await sql.all<{ speaker_id: number | null; verbatim: number; n: number }>(
    'SELECT speaker_id, verbatim, count(*) AS n FROM quotes WHERE vid = $1 AND live = 1 GROUP BY speaker_id, verbatim',
    vid,
  );
  await sql.all('UPDATE versions SET live = 0 WHERE vid = $1', vid);
  await sql.all('DELETE FROM times WHERE vid = $1', vid);
  await sql.all('UPDATE quotes SET live = 0 WHERE vid = $1', vid);
  await sql.all('DELETE FROM reactions WHERE vid = $1', vid);
  await batch.index.remove(sql, vid, tenant, at);
  await dropSignature(sql, batch.stories, tenant, vid);
  // Its topics may be those of this very batch.
  await batch.topics.flush(sql);
  await dropTopics(sql, tenant, vid);
  const lost = { quotes: 0, paraphrases: 0 };
  for (const { speaker_id, verbatim, n } of quotes) {
    const said: Said = verbatim === 1 ? { quotes: n, paraphrases: 0 } : { quotes: 0, paraphrases: n };
    lost.quotes += said.quotes;
    lost.paraphrases += said.paraphrases;
    if (speaker_id !== null) batch.speakers.count(speaker_id, { quotes: -said.quotes, paraphrases: -said.paraphrases });
  }
  batch.totals.article(
    tenant,
    story_id,
    {
      outlet: keyText(article.outlet ?? ''),
      origin: originOf(article.origin),
      undated: article.date.state !== 'stated',
      ...lost,
    },
    -1,
  );
}

/** Removes articles for good, all versions: retention and privacy. */
export async function eraseArticles(sql: Sql, batch: Batch, ids: readonly string[]): Promise<void> {
  await batch.index.lock(sql, ids.map(articleLock));
  for (const id of ids) await eraseArticle(sql, batch, id);
}

async function eraseArticle(sql: Sql, batch: Batch, id: string): Promise<void> {
  await withdrawArticle(sql, batch, id);
  const versions = await sql.all<{ vid: number }>('DELETE FROM versions WHERE article_id = $1 RETURNING vid', id);
  for (const { vid } of versions) {
    await sql.all('DELETE FROM texts WHERE vid = $1', vid);
    await sql.all('DELETE FROM quotes WHERE vid = $1', vid);
  }
  await sql.all('DELETE FROM articles WHERE id = $1', id);
}

/** Articles of a tenant dated before a time, oldest first; withdrawn ones too. */
export async function articlesBefore(
  sql: Sql,
  { tenant, before, limit }: { tenant: string; before: string; limit: number },
): Promise<readonly string[]> {
  const end = firstOfDay(milliseconds(before));
  const rows = await sql.all<{ article_id: string }>(
    `SELECT v.article_id FROM versions v JOIN articles a ON a.id = v.article_id
     WHERE v.tenant = $1 AND v.vid < $2 AND (a.vid IS NULL OR a.vid < $2) ORDER BY v.vid LIMIT $3`,
    tenant,
    end,
    limit,
  );
  return [...new Set(rows.map(({ article_id }) => article_id))];
}
