/** One article version in, or out again, with everything that hangs on it. Runs inside a transaction; both engines. */
import type { Article, ArticleHead } from '../model.ts';
import type { Batch } from './batch.ts';
import { originOf, type PreparedArticle } from './prepare.ts';
import { keyText, type SpeakerRow } from './rows.ts';
import { articleTime, firstOfDay, isOnDay, milliseconds } from './slots.ts';
import type { Said } from './speakers.ts';
import { one, type Sql, type Value } from './sql.ts';
import { dropSignature, findStory, newStory, putSignature } from './stories.ts';
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

const currentSql = `SELECT v.vid, v.hash, v.tenant, v.at, v.story_id, v.engine, v.head, v.digest, v.file
  FROM articles a LEFT JOIN versions v ON v.vid = a.vid WHERE a.id = $1`;

/** The caller flushes the batch before it commits. */
export async function saveArticle(
  sql: Sql,
  batch: Batch,
  given: PreparedArticle,
): Promise<'added' | 'changed' | 'unchanged'> {
  const { id, hash, engine } = given;
  await batch.index.lock(sql, lockNames(given));
  const known = await one<Partial<VersionRow>>(sql, currentSql, id);
  // A row of `articles` without a version is withdrawn.
  const current = known?.vid == null ? undefined : (known as VersionRow);
  const prepared = current?.hash === hash ? firstRead(given, current) : given;
  if (current?.hash === hash && current.engine === engine && current.head === prepared.head) {
    await noteProvenance(sql, current, prepared);
    return 'unchanged';
  }
  if (current) await retire(sql, batch, current);
  const stored = known && (current?.hash === hash ? current : await versionOf(sql, id, hash));
  if (stored) await makeRoom(sql, stored.vid, prepared);
  const isInPlace = stored && isOnDay(stored.vid, prepared.at);
  const vid = isInPlace ? stored.vid : await batch.index.nextSlot(sql, prepared.at);
  if (stored && !isInPlace) await renumber(sql, stored.vid, vid);
  await publish(sql, batch, prepared, { vid, story: current?.story_id });
  return current ? 'changed' : 'added';
}

/** Two articles that name the same new person at the same moment must not make two of them. */
const lockNames = ({ id, tenant, speakers }: PreparedArticle): string[] => [
  `article:${id}`,
  ...speakers.flatMap(({ keys }) => keys.map((key) => `speaker:${tenant}:${key}`)),
];

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
  const current = await one<Partial<VersionRow>>(sql, currentSql, id);
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

async function publish(sql: Sql, batch: Batch, prepared: PreparedArticle, { vid, story }: Place): Promise<void> {
  const { tenant, at, facts } = prepared;
  const speakers: SpeakerRow[] = [];
  for (const found of prepared.speakers) speakers.push(await batch.speakers.resolve(sql, tenant, found, at));
  const storyId =
    story ?? (await findStory(sql, batch.stories, batch.totals, prepared)) ?? (await newStory(sql, tenant));
  await putVersion(sql, prepared, vid, storyId);
  await putSignature(sql, batch.stories, batch.totals, prepared, { vid, storyId });
  await putQuotes(sql, prepared, vid, speakers);
  await putReactions(sql, prepared, vid, speakers);
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
}

async function putVersion(sql: Sql, prepared: PreparedArticle, vid: number, storyId: number): Promise<void> {
  const { id, hash, tenant, at, readAt, engine, head, found, digest, file } = prepared;
  const { text, shape, original, facts, quotes } = prepared;
  await sql.insert(
    'articles (id, tenant, vid)',
    [[id, tenant, vid]],
    'ON CONFLICT (id) DO UPDATE SET vid = excluded.vid',
  );
  await sql.insert(
    'versions (vid, article_id, hash, tenant, live, at, read_at, story_id, engine, head, found, digest, file)',
    [[vid, id, hash, tenant, 1, at, readAt, storyId, engine, head, found, digest, file]],
    `ON CONFLICT (vid) DO UPDATE SET live = 1, at = excluded.at, read_at = excluded.read_at, story_id = excluded.story_id,
       engine = excluded.engine, head = excluded.head, found = excluded.found, digest = excluded.digest, file = excluded.file`,
  );
  await sql.insert(
    'texts (vid, text, shape, original)',
    [[vid, text, shape, original]],
    'ON CONFLICT (vid) DO UPDATE SET shape = excluded.shape, original = excluded.original',
  );
  await sql.insert('times (vid, tenant, at, story_id, outlet, quotes, undated)', [
    [vid, tenant, at, storyId, facts.outlet, quotes.length, facts.undated ? 1 : 0],
  ]);
}

async function putQuotes(
  sql: Sql,
  { quotes }: PreparedArticle,
  vid: number,
  speakers: readonly SpeakerRow[],
): Promise<void> {
  if (quotes.length === 0) return;
  await sql.insert(
    'quotes (vid, n, receipt, verbatim, speaker_id, live, data)',
    quotes.map(({ receipt, verbatim, speaker, data }, n): Value[] => [
      vid,
      n,
      receipt,
      verbatim,
      speaker === undefined ? null : speakers[speaker]!.id,
      1,
      data,
    ]),
  );
}

async function putReactions(
  sql: Sql,
  { reactions }: PreparedArticle,
  vid: number,
  speakers: readonly SpeakerRow[],
): Promise<void> {
  if (reactions.length === 0) return;
  await sql.insert(
    'reactions (vid, n, speaker_id, stance, live, data)',
    reactions.map(({ n, speaker, stance, data }): Value[] => [vid, n, speakers[speaker]!.id, stance, 1, data]),
  );
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

/** Removes an article for good, all versions: retention and privacy. */
export async function eraseArticle(sql: Sql, batch: Batch, id: string): Promise<boolean> {
  await withdrawArticle(sql, batch, id);
  const versions = await sql.all<{ vid: number }>('DELETE FROM versions WHERE article_id = $1 RETURNING vid', id);
  for (const { vid } of versions) {
    await sql.all('DELETE FROM texts WHERE vid = $1', vid);
    await sql.all('DELETE FROM quotes WHERE vid = $1', vid);
  }
  const gone = await sql.all('DELETE FROM articles WHERE id = $1 RETURNING id', id);
  return gone.length > 0;
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
