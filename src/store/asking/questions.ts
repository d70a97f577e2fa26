/** What readers ask: quotes, reactions, articles, the size of it all. Both engines; full text comes in as `SearchEngine`. */
import { stem } from '../../analysis/text/stem.ts';
import type { Quote, Reaction, Tenant, Understanding } from '../../model.ts';
import { instant, type QuoteData } from '../rows.ts';
import { milliseconds, slotFloor } from '../slots.ts';
import type { Sql, Value } from '../sql.ts';
import type { ArticleHit, Found, QuoteQuery, ReactionQuery, Stats } from '../store.ts';
import {
  headOfRow,
  headRows,
  newestArticles,
  quoteColumns,
  reactionColumns,
  type StoredQuote,
  type StoredReaction,
  seenBy,
  showQuotes,
  showReactions,
  textsOf,
  unique,
} from './articles.ts';
import { foldUtterances } from './carriers.ts';
import { sameSpeakerIds, speakersMeant } from './lookup.ts';
import { ranked } from './ranked.ts';
import type { Hit, SearchEngine } from './search.ts';
import { type Asked, askedFor } from './understand.ts';
import { allButOne, anyOf, type Match, pairs, plainWords } from './words.ts';

/** Counted no further: "1000 or more". */
export const COUNT_BOUND = 1000;
/** Articles looked through for quotes on a topic. */
const TOPIC_ARTICLES = 80;

// ---------------------------------------------------------------- quotes

export async function findQuotes(sql: Sql, search: SearchEngine, query: QuoteQuery): Promise<Found<Quote>> {
  const who = await speakerIds(sql, query);
  if (who?.length === 0) return nothing;
  const since = query.since === undefined ? undefined : milliseconds(query.since);
  const verbatim = query.want === 'verbatim' ? [1] : query.want === 'paraphrase' ? [0] : [1, 0];
  const offset = Math.min(Math.max(query.offset ?? 0, 0), COUNT_BOUND);
  const page = { since, verbatim, offset, limit: Math.max(query.limit, 0) };
  const asked =
    query.topic === undefined ? undefined : await articlesOn(sql, search, query.tenant, query.topic, who, since);
  const rows = asked
    ? await quotesOnTopic(sql, asked, who, page)
    : query.articleIds
      ? await quotesOfArticles(sql, query, who, page)
      : who
        ? await quotesOfSpeakers(sql, who, page)
        : await newestQuotes(sql, query.tenant, page);
  const items = foldUtterances(await showQuotes(sql, rows.items));
  // One utterance with its carriers is one quote: told exactly where the whole answer is in hand.
  const whole = offset === 0 && rows.items.length === rows.total;
  return { items, total: whole ? items.length : rows.total, ...toldOf(asked) };
}

const nothing = { items: [], total: 0 };

const toldOf = (asked: Asked<OnTopic> | undefined): { understood?: Understanding } =>
  asked?.understood ? { understood: asked.understood } : {};

/** Undefined: anyone. Empty: nobody known by that name. */
async function speakerIds(
  sql: Sql,
  query: { tenant: Tenant; speaker?: string; speakerId?: number },
): Promise<readonly number[] | undefined> {
  if (query.speakerId !== undefined) return sameSpeakerIds(sql, query.tenant, query.speakerId);
  if (query.speaker === undefined) return undefined;
  return (await speakersMeant(sql, query.tenant, query.speaker)).map((row) => row.id);
}

interface PageOf {
  readonly since: number | undefined;
  readonly verbatim: readonly number[];
  readonly offset: number;
  readonly limit: number;
}

/** One index range for each speaker and kind, newest first, merged. */
async function quotesOfSpeakers(sql: Sql, ids: readonly number[], page: PageOf): Promise<Found<StoredQuote>> {
  const branches = ids.flatMap((id) => page.verbatim.map((kind) => [id, kind] as const));
  const most = page.offset + page.limit;
  const newestOf = (columns: string, limit: number) =>
    branches
      .map(
        ([id, kind]) =>
          `SELECT * FROM (SELECT ${columns} FROM quotes WHERE speaker_id = ${id} AND verbatim = ${kind} AND live = 1 AND vid >= $1
             ORDER BY vid DESC, n DESC LIMIT ${limit}) b`,
      )
      .join(' UNION ALL ');
  const from = slotFloor(page.since);
  const items = await sql.all<StoredQuote>(
    `SELECT ${quoteColumns} FROM (${newestOf(quoteColumns, most)}) q ORDER BY vid DESC, n LIMIT $2 OFFSET $3`,
    from,
    page.limit,
    page.offset,
  );
  const [count] = await sql.all<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM (${newestOf('vid', COUNT_BOUND)}) q LIMIT ${COUNT_BOUND}) c`,
    from,
  );
  return { items, total: Number(count?.n ?? 0) };
}

/** Quotes of the newest articles on a topic; those that name it themselves first. */
async function quotesOnTopic(
  sql: Sql,
  { hits, words }: Asked<OnTopic>,
  who: readonly number[] | undefined,
  page: PageOf,
): Promise<Found<StoredQuote>> {
  const vids = hits.map(({ vid }) => vid);
  const rows = await quotesIn(sql, vids, who, page);
  const texts = await textsOf(sql, unique(rows.map((row) => row.vid)));
  const stems = words.map(stem);
  const order = new Map(vids.map((vid, i) => [vid, i]));
  const worth = (row: StoredQuote) => {
    const [start, end] = (JSON.parse(row.data) as QuoteData).sentence;
    const said = new Set(plainWords(texts.get(row.vid)?.slice(start, end) ?? '').map(stem));
    return stems.some((word) => said.has(word)) ? 0 : 1;
  };
  const ranked = rows
    .map((row) => ({ row, worth: worth(row) }))
    .sort((a, b) => a.worth - b.worth || order.get(a.row.vid)! - order.get(b.row.vid)! || a.row.n - b.row.n);
  return {
    items: ranked.slice(page.offset, page.offset + page.limit).map(({ row }) => row),
    total: Math.min(ranked.length, COUNT_BOUND),
  };
}

interface OnTopic {
  readonly vid: number;
  readonly score: number;
}

/** With speakers: the newest articles in which one of them speaks. Without: the best. */
async function articlesOn(
  sql: Sql,
  search: SearchEngine,
  tenant: Tenant,
  typed: string,
  who: readonly number[] | undefined,
  since: number | undefined,
): Promise<Asked<OnTopic>> {
  // Recency as seen from the newest article there is: the question carries no clock.
  const now = (await newestArticles(sql, tenant, since, 1))[0]?.at ?? 0;
  const limit = TOPIC_ARTICLES;
  return askedFor<OnTopic>(sql, search, {
    tenant,
    typed,
    find: async (match) =>
      who
        ? (await search.newest(sql, { tenant, match, speakers: who, since, limit })).map((vid) => ({ vid, score: 1 }))
        : ranked(sql, search, { tenant, match, since, now, limit }),
  });
}

async function quotesIn(
  sql: Sql,
  vids: readonly number[],
  who: readonly number[] | undefined,
  { verbatim, since }: PageOf,
): Promise<readonly StoredQuote[]> {
  if (vids.length === 0) return [];
  const values: Value[] = [JSON.stringify(vids), JSON.stringify(verbatim)];
  const speaker = who ? ` AND ${sql.dialect.among('speaker_id', '$3', 'bigint')}` : '';
  if (who) values.push(JSON.stringify(who));
  const rows = await sql.all<StoredQuote>(
    `SELECT ${quoteColumns} FROM quotes WHERE ${sql.dialect.among('vid', '$1', 'bigint')} AND live = 1
     AND ${sql.dialect.among('verbatim', '$2', 'bigint')}${speaker} ORDER BY vid DESC, n LIMIT ${COUNT_BOUND}`,
    ...values,
  );
  if (since === undefined) return rows;
  const heads = await headRows(sql, unique(rows.map((row) => row.vid)));
  return rows.filter((row) => (heads.get(row.vid)?.at ?? 0) >= since);
}

async function quotesOfArticles(
  sql: Sql,
  query: QuoteQuery,
  who: readonly number[] | undefined,
  page: PageOf,
): Promise<Found<StoredQuote>> {
  const rows = await sql.all<{ vid: number }>(
    `SELECT vid FROM articles WHERE ${sql.dialect.among('id', '$1', 'text')} AND vid IS NOT NULL AND ${seenBy('tenant', '$2')} LIMIT 100`,
    JSON.stringify(query.articleIds ?? []),
    query.tenant,
  );
  const found = await quotesIn(
    sql,
    rows.map(({ vid }) => vid),
    who,
    page,
  );
  return { items: found.slice(page.offset, page.offset + page.limit), total: found.length };
}

async function newestQuotes(sql: Sql, tenant: Tenant, page: PageOf): Promise<Found<StoredQuote>> {
  const rows = await newestArticles(sql, tenant, page.since, Math.min(page.offset + page.limit, 200) + 20);
  const found = await quotesIn(
    sql,
    rows.map(({ vid }) => vid),
    undefined,
    page,
  );
  return { items: found.slice(page.offset, page.offset + page.limit), total: found.length };
}

// ---------------------------------------------------------------- reactions

export async function findReactions(sql: Sql, search: SearchEngine, query: ReactionQuery): Promise<Found<Reaction>> {
  const who = await speakerIds(sql, query);
  if (who?.length === 0) return nothing;
  const since = query.since === undefined ? undefined : milliseconds(query.since);
  const offset = Math.min(Math.max(query.offset ?? 0, 0), COUNT_BOUND);
  const asked =
    query.topic === undefined ? undefined : await articlesOn(sql, search, query.tenant, query.topic, who, since);
  const conditions = ['live = 1', 'vid >= $1'];
  const values: Value[] = [slotFloor(since)];
  const where = (condition: (parameter: string) => string, value: Value) => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  const vids = asked
    ? asked.hits.map(({ vid }) => vid)
    : who
      ? undefined
      : (await newestArticles(sql, query.tenant, since, 400)).map(({ vid }) => vid);
  if (vids?.length === 0) return nothing;
  if (vids) where((p) => sql.dialect.among('vid', p, 'bigint'), JSON.stringify(vids));
  if (who) where((p) => sql.dialect.among('speaker_id', p, 'bigint'), JSON.stringify(who));
  if (query.stance !== undefined) where((p) => `stance = ${p}`, query.stance);
  const rows = await sql.all<StoredReaction>(
    `SELECT ${reactionColumns} FROM reactions WHERE ${conditions.join(' AND ')} ORDER BY vid DESC, n LIMIT ${COUNT_BOUND}`,
    ...values,
  );
  const order = new Map(vids?.map((vid, i) => [vid, i]));
  const sorted = asked ? [...rows].sort((a, b) => order.get(a.vid)! - order.get(b.vid)! || a.n - b.n) : rows;
  return {
    items: await showReactions(sql, sorted.slice(offset, offset + Math.max(query.limit, 0))),
    total: rows.length,
    ...toldOf(asked),
  };
}

// ---------------------------------------------------------------- articles

/** Where the articles with all words are too few: those with all but one; then pairs; then any. */
async function filledUp(
  sql: Sql,
  search: SearchEngine,
  first: readonly Hit[],
  query: { tenant: Tenant; words: readonly string[]; since: number | undefined; now: number; limit: number },
): Promise<readonly Hit[]> {
  const { tenant, words, since, now, limit } = query;
  const hits = [...first];
  const seen = new Set(hits.map(({ vid }) => vid));
  const steps: Match[] = [allButOne(words), pairs(words), anyOf(words)];
  for (const [step, match] of steps.entries()) {
    if (hits.length >= limit || match.length === 0 || words.length <= step + 1) continue;
    for (const hit of await ranked(sql, search, { tenant, match, since, now, limit })) {
      if (seen.has(hit.vid)) continue;
      seen.add(hit.vid);
      hits.push(hit);
    }
  }
  return hits.slice(0, limit);
}

export async function searchArticles(
  sql: Sql,
  search: SearchEngine,
  query: { tenant: Tenant; text: string; since?: string; now: string; limit: number },
): Promise<readonly ArticleHit[]> {
  const { tenant } = query;
  const since = query.since === undefined ? undefined : milliseconds(query.since);
  const now = milliseconds(query.now);
  const limit = Math.min(Math.max(query.limit, 0), COUNT_BOUND);
  const { hits: first, words } = await askedFor(sql, search, {
    tenant,
    typed: query.text,
    find: (match) => ranked(sql, search, { tenant, match, since, now, limit }),
  });
  const hits = await filledUp(sql, search, first, { tenant, words, since, now, limit });
  const heads = await headRows(
    sql,
    hits.map(({ vid }) => vid),
  );
  return hits.flatMap(({ vid, story_id, score }) => {
    const row = heads.get(vid);
    return row ? [{ article: headOfRow(row), score, storyId: story_id }] : [];
  });
}

// ---------------------------------------------------------------- the size of it all

export async function stats(sql: Sql, tenant: Tenant): Promise<Stats> {
  const rows = await sql.all<{ what: string; n: number }>(
    `SELECT what, sum(n) AS n FROM totals WHERE ${seenBy('tenant', '$1')} GROUP BY what`,
    tenant,
  );
  const total = new Map(rows.map(({ what, n }) => [what, Number(n)]));
  const [problems] = await sql.all<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM problems WHERE ${seenBy('tenant', '$1')} LIMIT ${COUNT_BOUND}) p`,
    tenant,
  );
  const newest = await newestArticles(sql, tenant, undefined, 50);
  return {
    articles: total.get('articles') ?? 0,
    quotes: total.get('quotes') ?? 0,
    paraphrases: total.get('paraphrases') ?? 0,
    speakers: total.get('speakers') ?? 0,
    stories: total.get('stories') ?? 0,
    outlets: total.get('outlets') ?? 0,
    ...(newest[0] && { latestAt: instant(newest[0].at) }),
    problems: Number(problems?.n ?? 0),
  };
}
