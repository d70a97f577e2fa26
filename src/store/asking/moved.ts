/**
 * Stories whose articles went to another one when stories were grouped anew (`stories/story-moves.ts`), for whoever holds
 * the old number: a link, a button, a channel that was shown the story. Both engines.
 */
import type { Tenant } from '../../model.ts';
import { one, type Sql } from '../sql.ts';
import { seenBy } from './articles.ts';

/** Merges that are followed from one old number. */
const FOLLOWED = 20;

/** Where a story is found now: itself while a reader sees articles in it, else where most of them went. */
export async function storyNow(sql: Sql, tenant: Tenant, id: number): Promise<number> {
  const passed = new Set<number>();
  for (let now = id; passed.size < FOLLOWED && !passed.has(now); ) {
    passed.add(now);
    const seen = await one(
      sql,
      `SELECT 1 AS one FROM versions WHERE story_id = $1 AND live = 1 AND ${seenBy('tenant', '$2')} LIMIT 1`,
      now,
      tenant,
    );
    if (seen) return now;
    const next = await one<{ to_id: number }>(
      sql,
      'SELECT to_id FROM story_moves WHERE from_id = $1 ORDER BY n DESC, at DESC LIMIT 1',
      now,
    );
    if (!next) break;
    now = next.to_id;
  }
  return id;
}

/** A story that a channel was shown: when last, and when first. Milliseconds. */
export interface Mark {
  readonly story_id: number;
  readonly at: number;
  readonly first_at: number;
}

interface MoveRow {
  readonly from_id: number;
  readonly to_id: number;
  readonly at: number;
  readonly upto: number | null;
  readonly most: number;
}

/** A post that was composed before stories were grouped anew may be noted so much later. */
const NOTED_LATE_MS = 10 * 60_000;

/**
 * When a channel was last shown each story, by the numbers that stories have now: what it saw under another number it has
 * seen.
 */
export async function marksNow(sql: Sql, marks: readonly Mark[]): Promise<ReadonlyMap<number, number>> {
  const known = new Map(marks.map((mark) => [mark.story_id, mark]));
  let looked = [...known.keys()];
  for (let step = 0; step < FOLLOWED && looked.length > 0; step++) {
    const rows = await sql.all<MoveRow>(
      `SELECT from_id, to_id, at, upto, most FROM story_moves WHERE ${sql.dialect.among('from_id', '$1', 'bigint')}`,
      JSON.stringify(looked),
    );
    const changed = new Set<number>();
    for (const row of rows) {
      const mark = markThrough(row, known.get(row.from_id)!, known.get(row.to_id));
      if (!mark) continue;
      known.set(row.to_id, mark);
      changed.add(row.to_id);
    }
    looked = [...changed];
  }
  return new Map([...known].map(([id, { at }]) => [id, at]));
}

/** The mark that `to` gets because `from` was shown, if that says more than it has. */
function markThrough({ to_id, at, upto, most }: MoveRow, from: Mark, to: Mark | undefined): Mark | undefined {
  const hasEnded = upto === null;
  // It was first shown without the articles that had gone by then.
  if (!hasEnded && from.first_at > at + NOTED_LATE_MS) return undefined;
  // A few articles that came in do not make another story one that was seen.
  if (!to && !hasEnded && !most) return undefined;
  const seen = hasEnded ? from.at : Math.min(from.at, upto);
  if (to && to.at >= seen) return undefined;
  return { story_id: to_id, at: seen, first_at: Math.min(from.first_at, to?.first_at ?? seen) };
}
