/** Finding stories on PostgreSQL: a row for each key of an article, newest first under each. */
import { PER_DAY, slotCeiling } from './slots.ts';
import type { Value } from './sql.ts';
import {
  COPY_WORTH,
  NEWEST_PER_KEY,
  ownersSeenBy,
  type StoryIndex,
  type StoryKeys,
  windowDays,
} from './story-index.ts';

/** Rows as the table has them: terms of undated articles have a mark of their own. */
const rowKeys = ({ terms, copies, dated }: StoryKeys): string[] => [
  ...terms.map((term) => (dated ? 't' : 'u') + term),
  ...copies,
];

/** One way to find candidates: the newest articles under a key, numbered from `lo` to below `hi`. */
interface Lookup {
  readonly tenant: string;
  readonly key: string;
  readonly lo: number;
  readonly hi: number;
  readonly worth: number;
}

function lookupsOf({ tenant, at, dated, terms, copies }: StoryKeys, undated: boolean): Lookup[] {
  const always = { lo: 0, hi: slotCeiling };
  const inWindow = dated ? { lo: windowDays(at).at(-1)!, hi: windowDays(at)[0]! + PER_DAY } : always;
  return ownersSeenBy(tenant).flatMap((owner) => [
    ...terms.map((term) => ({ tenant: owner, key: `t${term}`, ...inWindow, worth: 1 })),
    // An undated article may belong to any day's story.
    ...(undated ? terms.map((term) => ({ tenant: owner, key: `u${term}`, ...always, worth: 1 })) : []),
    ...copies.map((key) => ({ tenant: owner, key, ...always, worth: COPY_WORTH })),
  ]);
}

/** One statement for all keys: each is one range of the index. */
const newestUnderKeys = `
  SELECT l.i - 1 AS i, (SELECT coalesce(json_agg(vid), '[]')::text FROM (
      SELECT vid FROM story_keys WHERE tenant = l.v ->> 'tenant' AND key = l.v ->> 'key'
        AND vid >= (l.v ->> 'lo')::bigint AND vid < (l.v ->> 'hi')::bigint ORDER BY vid DESC LIMIT ${NEWEST_PER_KEY}) k) AS vids
  FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS l(v, i)`;

export const postgresStories: StoryIndex = {
  async put(sql, articles) {
    const rows = articles.flatMap(([vid, keys]) =>
      [...new Set(rowKeys(keys))].sort().map((key): Value[] => [keys.tenant, key, vid]),
    );
    if (rows.length > 0) await sql.insert('story_keys (tenant, key, vid)', rows, 'ON CONFLICT DO NOTHING');
  },
  async remove(sql, vid, keys) {
    await sql.all(
      `DELETE FROM story_keys WHERE tenant = $1 AND ${sql.dialect.among('key', '$2', 'text')} AND vid = $3`,
      keys.tenant,
      JSON.stringify(rowKeys(keys)),
      vid,
    );
  },
  async find(sql, keys, undated) {
    const lookups = lookupsOf(keys, undated);
    const rows = await sql.all<{ i: number; vids: string }>(newestUnderKeys, JSON.stringify(lookups));
    return rows.map(({ i, vids }) => ({ vids: JSON.parse(vids) as number[], worth: lookups[i]!.worth }));
  },
  forget() {},
};
