/** Finding stories on PostgreSQL: a row for each key of an article, newest first under each. */
import { PER_DAY, slotCeiling } from '../slots.ts';
import type { Sql, Value } from '../sql.ts';
import {
  COPY_WORTH,
  NEWEST_PER_KEY,
  ownersSeenBy,
  type StoryIndex,
  type StoryKeys,
  windowDays,
} from '../stories/story-index.ts';

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

/** For one transaction: the keys of what it saves are held back until its end, and found with those of the table. */
export function postgresStories(): StoryIndex {
  /** What the table had when it was asked, newest first. */
  const stored = new Map<string, readonly number[]>();
  const held = new Map<string, { readonly tenant: string; readonly key: string; readonly vids: Set<number> }>();
  const gone = new Set<number>();
  const nameOf = ({ tenant, key }: Pick<Lookup, 'tenant' | 'key'>) => `${tenant}\n${key}`;
  const rangeOf = (lookup: Lookup) => `${nameOf(lookup)}\n${lookup.lo}\n${lookup.hi}`;

  async function ask(sql: Sql, lookups: readonly Lookup[]): Promise<void> {
    const unknown = new Map(lookups.map((lookup) => [rangeOf(lookup), lookup]));
    for (const range of stored.keys()) unknown.delete(range);
    const asked = [...unknown];
    if (asked.length === 0) return;
    const rows = await sql.all<{ i: number; vids: string }>(
      newestUnderKeys,
      JSON.stringify(asked.map(([, lookup]) => lookup)),
    );
    for (const { i, vids } of rows) stored.set(asked[i]![0], JSON.parse(vids) as number[]);
  }

  function newest(lookup: Lookup): readonly number[] {
    const known = stored.get(rangeOf(lookup)) ?? [];
    const fresh = [...(held.get(nameOf(lookup))?.vids ?? [])].filter((vid) => vid >= lookup.lo && vid < lookup.hi);
    if (fresh.length === 0 && gone.size === 0) return known;
    const all = new Set([...known.filter((vid) => !gone.has(vid)), ...fresh]);
    return [...all].sort((a, b) => b - a).slice(0, NEWEST_PER_KEY);
  }

  return {
    async expect(sql, articles) {
      await ask(
        sql,
        articles.flatMap(({ keys, undated }) => lookupsOf(keys, undated)),
      );
    },
    async put(_sql, vid, keys) {
      const { tenant } = keys;
      for (const key of rowKeys(keys)) {
        const name = nameOf({ tenant, key });
        const holders = held.get(name) ?? { tenant, key, vids: new Set() };
        held.set(name, holders);
        holders.vids.add(vid);
      }
    },
    async remove(sql, vid, keys) {
      for (const { vids } of held.values()) vids.delete(vid);
      gone.add(vid);
      await sql.all(
        `DELETE FROM story_keys WHERE tenant = $1 AND ${sql.dialect.among('key', '$2', 'text')} AND vid = $3`,
        keys.tenant,
        JSON.stringify(rowKeys(keys)),
        vid,
      );
    },
    async find(sql, keys, undated) {
      const lookups = lookupsOf(keys, undated);
      await ask(sql, lookups);
      return lookups.map((lookup) => ({ vids: newest(lookup), worth: lookup.worth }));
    },
    async flush(sql) {
      const rows = [...held]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, { tenant, key, vids }]) => [...vids].map((vid): Value[] => [tenant, key, vid]));
      this.forget();
      if (rows.length > 0) await sql.insert('story_keys (tenant, key, vid)', rows, 'ON CONFLICT DO NOTHING');
    },
    forget() {
      for (const memory of [stored, held, gone]) memory.clear();
    },
  };
}
