/** Articles that go from one story to another when stories are grouped anew. Both engines. `asking/moved.ts` finds them. */
import type { Tenant } from '../../model.ts';
import { articleLock, type Batch } from '../saving/batch.ts';
import { PER_DAY } from '../slots.ts';
import { one, type Sql, type Value } from '../sql.ts';

/** An article and the story it is to leave. */
export interface MovingArticle {
  readonly vid: number;
  readonly id: string;
  readonly from: number;
}

/** Articles that go to one story, together or not at all. */
export interface StoryMove {
  /** Whose new story it is, where `to` is none yet. */
  readonly tenant: Tenant;
  readonly to: number | undefined;
  readonly articles: readonly MovingArticle[];
  /** Stories that end with this: whatever else they hold goes along. */
  readonly merged: readonly number[];
  /** The story that most of the articles of `to` come from, when it is another one. */
  readonly mostFrom?: number;
  /** Milliseconds. */
  readonly now: number;
}

export interface Moved {
  readonly articles: number;
  readonly to?: number;
}

/** Articles that one transaction moves. */
export const MOVED_AT_ONCE = 200;

interface FiledRow {
  readonly vid: number;
  readonly article_id: string;
  readonly story_id: number;
  readonly at: number;
}

/** Moves them, unless one was edited, withdrawn or moved meanwhile: then the next grouping sees to it. */
export async function moveArticles(sql: Sql, batch: Batch, move: StoryMove): Promise<Moved> {
  const along = await restOf(sql, move);
  await batch.index.lock(
    sql,
    [...move.articles, ...along].map(({ id }) => articleLock(id)),
  );
  const wanted = new Map([...move.articles, ...along].map((article) => [article.vid, article]));
  const rows = await sql.all<FiledRow>(
    `SELECT vid, article_id, story_id, at FROM versions WHERE ${sql.dialect.among('vid', '$1', 'bigint')} AND live = 1`,
    JSON.stringify([...wanted.keys()]),
  );
  const isAsKnown = ({ vid, article_id, story_id }: FiledRow) => {
    const article = wanted.get(vid)!;
    return article.id === article_id && article.from === story_id;
  };
  if (rows.length !== wanted.size || !rows.every(isAsKnown)) return { articles: 0 };
  const to = move.to ?? (await batch.index.nextNumber(sql, 'stories'));
  for (const table of ['versions', 'times', 'signatures'])
    await sql.all(
      `UPDATE ${table} SET story_id = $2 WHERE ${sql.dialect.among('vid', '$1', 'bigint')}`,
      JSON.stringify(rows.map(({ vid }) => vid)),
      to,
    );
  for (const { vid, story_id } of rows) {
    batch.stories.candidates.delete(vid);
    batch.totals.move(story_id, to, move.tenant);
  }
  for (const [from, moved] of Map.groupBy(rows, (row) => row.story_id)) await noteMove(sql, move, from, to, moved);
  return { articles: rows.length, to };
}

/** What stories that end hold beside the articles that were compared: older ones, and those of servers that follow them. */
async function restOf(sql: Sql, { merged, articles }: StoryMove): Promise<MovingArticle[]> {
  const rest: MovingArticle[] = [];
  const there = new Set(articles.map(({ vid }) => vid));
  for (const story of merged) {
    const rows = await sql.all<Pick<FiledRow, 'vid' | 'article_id'>>(
      `SELECT vid, article_id FROM versions WHERE story_id = $1 AND live = 1 ORDER BY vid DESC LIMIT ${MOVED_AT_ONCE + 1}`,
      story,
    );
    const others = rows.filter(({ vid }) => !there.has(vid));
    // What is known of a few does not speak for many.
    if (others.length > rows.length / 2 || rows.length > MOVED_AT_ONCE) continue;
    rest.push(...others.map(({ vid, article_id }) => ({ vid, id: article_id, from: story })));
  }
  return rest;
}

async function noteMove(
  sql: Sql,
  { mostFrom, to: known, now }: StoryMove,
  from: number,
  to: number,
  moved: readonly FiledRow[],
): Promise<void> {
  const left = await one(sql, 'SELECT 1 AS one FROM versions WHERE story_id = $1 AND live = 1 LIMIT 1', from);
  const isMost = known === undefined || mostFrom === from;
  const newest = Math.max(...moved.map(({ at }) => at));
  const upto = left ? (isMost ? now : newest) : null;
  await sql.insert(
    'story_moves (from_id, to_id, at, n, upto, most)',
    [[from, to, now, moved.length, upto, isMost ? 1 : 0]] satisfies Value[][],
    `ON CONFLICT (from_id, to_id) DO UPDATE SET at = excluded.at, n = story_moves.n + excluded.n, upto = excluded.upto,
       most = CASE WHEN story_moves.most > excluded.most THEN story_moves.most ELSE excluded.most END`,
  );
}

// ---------------------------------------------------------------- what waits to be grouped anew

const NEW = 'new ';

/** Name of the counter of articles of a day that came since its stories were grouped. */
export const newOn = (vid: number): string => `${NEW}${Math.floor(vid / PER_DAY)}`;

/** Articles of one day that came since its stories were grouped last. */
export interface NewArticles {
  readonly tenant: Tenant;
  /** First number of the day. */
  readonly day: number;
  readonly articles: number;
}

/** Newest day first. */
export async function newArticles(sql: Sql): Promise<readonly NewArticles[]> {
  const rows = await sql.all<{ tenant: string; what: string; n: number }>(
    'SELECT tenant, what, n FROM totals WHERE what LIKE $1',
    `${NEW}%`,
  );
  return rows
    .filter(({ n }) => n > 0)
    .map(({ tenant, what, n }) => ({ tenant, day: Number(what.slice(NEW.length)) * PER_DAY, articles: n }))
    .sort((a, b) => b.day - a.day);
}

/** Those that came meanwhile still wait. */
export async function noteRegrouped(sql: Sql, done: readonly NewArticles[]): Promise<void> {
  for (const { tenant, day, articles } of [...done].sort((a, b) => a.day - b.day)) {
    await sql.all('UPDATE totals SET n = n - $3 WHERE tenant = $1 AND what = $2', tenant, newOn(day), articles);
    await sql.all('DELETE FROM totals WHERE tenant = $1 AND what = $2 AND n <= 0', tenant, newOn(day));
  }
}
