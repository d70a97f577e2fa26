/**
 * Groups the stories of the last days anew, now and then: the articles around what came, all at once, as the command
 * `cluster` does. A thread reads and compares them (`regroup-thread.ts`); this side writes what differs, a story at a time.
 */
import { Worker } from 'node:worker_threads';
import { STORY_WINDOW_DAYS } from '../../analysis/stories/stories.ts';
import type { Instant, Tenant } from '../../model.ts';
import type { Engine } from '../assemble.ts';
import { StoreError } from '../errors.ts';
import { PER_DAY, slotCeiling } from '../slots.ts';
import { one, type Sql } from '../sql.ts';
import type { Regrouped } from '../store.ts';
import { MOVED_AT_ONCE, type MovingArticle, type NewArticles, newArticles, type StoryMove } from './story-moves.ts';

/** One piece of work: an owner's articles numbered from `begin` to below `end`. */
export interface Span {
  readonly tenant: Tenant;
  readonly begin: number;
  readonly end: number;
  /** Days (their first numbers) that something came to, where the span holds all that the owner has. */
  readonly changed?: readonly number[];
}

/** Articles of one owner that are grouped at once: the newest, where the days hold more. */
export const GROUPED_AT_ONCE = 4000;

/** What should go where; `busy` when another process is at it. */
export type Plan = { readonly articles: number; readonly moves: readonly PlannedMove[] } | 'busy';
export type PlannedMove = Omit<StoryMove, 'now'>;

export interface RegroupThread {
  readonly engine: Engine['engine'];
  readonly address: string;
}

/** A thread plans a span with what came to its last days; the days before it have a span of their own. */
const DAYS_DONE = 2;

export async function regroupStories(
  { engine, address, read, write }: Pick<Engine, 'engine' | 'address' | 'read' | 'write'>,
  { signal, now = new Date().toISOString() }: { readonly signal?: AbortSignal; readonly now?: Instant },
): Promise<Regrouped> {
  const waiting = await read('regroupStories', newArticles);
  const done = { articles: 0, moved: 0 };
  if (waiting.length === 0 || signal?.aborted) return done;
  const thread = startThread({ engine, address });
  try {
    // The operator's first: servers' articles join their stories.
    for (const tenant of new Set(waiting.map((come) => come.tenant).sort()))
      for (const { days, ...span } of spansOf(
        tenant,
        waiting.filter((come) => come.tenant === tenant),
        await read('regroupStories', (sql) => articlesOf(sql, tenant)),
      )) {
        if (signal?.aborted) return done;
        const plan = await thread.plan(span);
        if (plan === 'busy') return done;
        done.articles += plan.articles;
        for (const move of plan.moves) {
          if (signal?.aborted) return done;
          done.moved += await apply(write, { ...move, now: Date.parse(now) });
        }
        // Only now: whoever is killed before begins this span again, and finds what is moved in its place.
        await write('noteRegrouped', days);
      }
    return done;
  } finally {
    await thread.end();
  }
}

const articlesOf = async (sql: Sql, tenant: Tenant): Promise<number> =>
  (await one<{ n: number }>(sql, `SELECT n FROM totals WHERE tenant = $1 AND what = 'articles'`, tenant))?.n ?? 0;

/**
 * All that an owner has, where that is little enough: undated articles may belong to any day. Else a few days at a time,
 * newest first; each span holds the days before its last ones too, so that neighbouring days are compared.
 */
function spansOf(
  tenant: Tenant,
  waiting: readonly NewArticles[],
  articles: number,
): (Span & { readonly days: readonly NewArticles[] })[] {
  if (articles <= GROUPED_AT_ONCE)
    return [{ tenant, begin: 0, end: slotCeiling, changed: waiting.map(({ day }) => day), days: waiting }];
  const spans: (Span & { days: NewArticles[] })[] = [];
  for (const come of waiting) {
    const last = spans.at(-1);
    const end = come.day + PER_DAY;
    if (last && come.day >= last.end - DAYS_DONE * PER_DAY) last.days.push(come);
    else spans.push({ tenant, begin: end - (STORY_WINDOW_DAYS + 1) * PER_DAY, end, days: [come] });
  }
  return spans;
}

/** In transactions of bounded size; what goes to a new story goes to the same one. */
async function apply(write: Engine['write'], move: StoryMove): Promise<number> {
  let moved = 0;
  let to = move.to;
  for (let from = 0; from < move.articles.length; from += MOVED_AT_ONCE) {
    const articles = move.articles.slice(from, from + MOVED_AT_ONCE);
    const isLast = from + MOVED_AT_ONCE >= move.articles.length;
    const done = await write('moveArticles', { ...move, to, articles, merged: isLast ? move.merged : [] });
    to ??= done.to;
    moved += done.articles;
  }
  return moved;
}

// ---------------------------------------------------------------- what should go where

/** An article as the store has it. */
export interface Filed extends Omit<MovingArticle, 'from'> {
  readonly tenant: Tenant;
  readonly story: number;
  /** Whose story it is. */
  readonly owner: Tenant;
  /** False for one that is only compared: it stays where it is, and others may join it. */
  readonly moves: boolean;
}

/**
 * What has to move so that the stories are these groups.
 *
 * A group keeps the number that most of its articles have, the oldest of several; what is left over begins new stories.
 * Where some of a group stay where they are, the others join the story of these: the operator's before all.
 */
export function planMoves(filed: readonly Filed[], groups: readonly number[], tenant: Tenant): PlannedMove[] {
  const members = [...Map.groupBy(filed, (_, i) => groups[i]!).values()].sort((a, b) => a[0]!.vid - b[0]!.vid);
  const targets = chooseStories(members, tenant);
  const kept = new Set(targets.values());
  const held = Map.groupBy(filed, ({ story }) => story);
  return members.flatMap((group): PlannedMove[] => {
    const to = targets.get(group);
    const moving = group.filter((one) => one.moves && one.story !== to);
    if (moving.length === 0) return [];
    const leaving = new Set(moving);
    const isOver = (story: number) => !kept.has(story) && held.get(story)!.every((one) => leaving.has(one));
    const most = votesOf(group)[0]!.story;
    return [
      {
        tenant,
        to,
        articles: moving.map(({ vid, id, story }) => ({ vid, id, from: story })),
        merged: to === undefined ? [] : [...new Set(moving.map(({ story }) => story))].filter(isOver),
        ...(most !== to && { mostFrom: most }),
      },
    ];
  });
}

interface Vote {
  readonly story: number;
  readonly n: number;
}

/** Most votes first, the oldest story of several. */
const votesOf = (group: readonly Filed[]): Vote[] =>
  [...Map.groupBy(group, ({ story }) => story)]
    .map(([story, { length }]) => ({ story, n: length }))
    .sort((a, b) => b.n - a.n || a.story - b.story);

/** The story that each group is from now on; none for one that begins. */
function chooseStories(groups: readonly (readonly Filed[])[], tenant: Tenant): Map<readonly Filed[], number> {
  const targets = new Map<readonly Filed[], number>();
  const claims: { readonly group: readonly Filed[]; readonly story: number; readonly n: number }[] = [];
  for (const group of groups) {
    const staying = group.filter((one) => !one.moves);
    const operators = staying.filter((one) => one.tenant !== tenant);
    const joined = operators.length > 0 ? operators : staying;
    if (joined.length > 0) targets.set(group, votesOf(joined)[0]!.story);
    else for (const vote of votesOf(group.filter(({ owner }) => owner === tenant))) claims.push({ group, ...vote });
  }
  const taken = new Set(targets.values());
  for (const { group, story } of claims.sort((a, b) => b.n - a.n || a.story - b.story)) {
    if (targets.has(group) || taken.has(story)) continue;
    targets.set(group, story);
    taken.add(story);
  }
  return targets;
}

// ---------------------------------------------------------------- the thread, from outside

/** What is new lives briefly. */
const YOUNG_MB = 16;

function startThread(options: RegroupThread) {
  const worker = new Worker(new URL('./regroup-thread.ts', import.meta.url), {
    workerData: options,
    name: 'regrouping',
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  let waiting: { resolve(plan: Plan): void; reject(error: unknown): void } | undefined;
  let ended: StoreError | undefined;
  const end = (words: string) => {
    ended ??= new StoreError('fault', `grouping stories anew: ${words}`);
    waiting?.reject(ended);
    waiting = undefined;
  };
  worker.on('message', (answer: { plan: Plan } | { failed: string }) => {
    if ('failed' in answer) return end(answer.failed);
    waiting?.resolve(answer.plan);
    waiting = undefined;
  });
  worker.on('error', (error) => end(String(error)));
  worker.on('exit', () => end('its thread has ended'));
  return {
    plan: (span: Span) =>
      new Promise<Plan>((resolve, reject) => {
        if (ended) return reject(ended);
        waiting = { resolve, reject };
        worker.postMessage(span);
      }),
    end: () => worker.terminate(),
  };
}
