/**
 * Finding stories on SQLite: keys lie day by day, so that the news of a day is written into the same few pages, and the
 * days that are asked for again and again are kept in memory.
 *
 * A row is a slot (the day, or one of two regions for what is found at any time, and 32 bits of the key's hash) and the
 * article's number in it. Two keys of one hash only add a candidate, which the comparison of signatures sorts out.
 */
import { PER_DAY } from '../slots.ts';
import { one, type Sql } from '../sql.ts';
import {
  COPY_WORTH,
  NEWEST_PER_KEY,
  ownersSeenBy,
  type Sharing,
  type StoryIndex,
  type StoryKeys,
  windowDays,
} from '../stories/story-index.ts';

/** Numbers in rising order, or the only one. */
type Holders = number | number[];
type Day = Map<number, Holders>;

/** Regions behind the last day: undated articles, and copies of whatever date. */
const UNDATED = 2 ** 19;
const COPIES = 2 ** 19 + 1;
const HASHES = 2 ** 32;
/** An undated article is compared with the newest days that have articles. */
const DAYS_OF_UNDATED = 30;
/** Keys kept in memory, at about 50 bytes each. */
const KEYS_KEPT = 200_000;

/** FNV-1a over UTF-16 units. */
function hashOf(tenant: string, key: string): number {
  let hash = 0x811c9dc5;
  for (const text of [tenant, '\n', key])
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const dayOf = (vid: number): number => Math.floor(vid / PER_DAY);
const slotOf = (region: number, hash: number): number => region * HASHES + hash;

/** Where an article's keys lie: slot and number in it. */
export function storyMarks(
  vid: number,
  { tenant, dated, terms, copies }: Omit<StoryKeys, 'at'>,
): [slot: number, n: number][] {
  // Not the day of its date: an article that is dated anew keeps its number.
  const day = dayOf(vid);
  const marks = new Map<number, number>();
  for (const term of terms)
    if (dated) marks.set(slotOf(day, hashOf(tenant, term)), vid - day * PER_DAY);
    else marks.set(slotOf(UNDATED, hashOf(tenant, term)), vid);
  for (const key of copies) marks.set(slotOf(COPIES, hashOf(tenant, key)), vid);
  return [...marks].sort((a, b) => a[0] - b[0]);
}

/** Marks are held back until the transaction ends, and found with those of the table. */
export function sqliteStories(): StoryIndex {
  const held = new Map<number, number[]>();
  const days = openDays(held);
  const latest = openLatest(held);
  /** Of pieces of text that are about to be looked for: what the table had. */
  const expected = new Map<number, number[]>();

  async function newestCopies(sql: Sql, hashes: readonly number[]): Promise<number[][]> {
    if (!hashes.every((hash) => expected.has(slotOf(COPIES, hash)))) return newestIn(sql, held, COPIES, hashes);
    return hashes.map((hash) => withHeld(expected.get(slotOf(COPIES, hash))!, held.get(slotOf(COPIES, hash))));
  }

  return {
    async expect(sql, articles) {
      const slots = new Set<number>();
      for (const { keys } of articles)
        for (const owner of ownersSeenBy(keys.tenant))
          for (const key of keys.copies) slots.add(slotOf(COPIES, hashOf(owner, key)));
      const asked = [...slots];
      for (const [i, numbers] of (await newestInTable(sql, asked)).entries()) expected.set(asked[i]!, numbers);
    },
    async put(_sql, vid, keys) {
      latest.add(dayOf(vid));
      for (const [slot, n] of storyMarks(vid, keys)) {
        const numbers = held.get(slot);
        if (numbers) numbers.push(n);
        else held.set(slot, [n]);
        days.add(Math.floor(slot / HASHES), slot % HASHES, n);
      }
    },
    async remove(sql, vid, keys) {
      expected.clear();
      latest.forget();
      for (const [slot, n] of storyMarks(vid, keys)) {
        held.set(slot, held.get(slot)?.filter((other) => other !== n) ?? []);
        await sql.all('DELETE FROM story_marks WHERE slot = $1 AND n = $2', slot, n);
        days.drop(Math.floor(slot / HASHES));
      }
    },
    async find(sql, { tenant, at, dated, terms, copies }, undated) {
      const around = dated ? windowDays(at).map(dayOf) : await latest.days(sql);
      const sharing: Sharing[] = [];
      for (const owner of ownersSeenBy(tenant)) {
        const hashes = terms.map((term) => hashOf(owner, term));
        for (const vids of await days.newest(sql, around, hashes)) sharing.push({ vids, worth: 1 });
        // An undated article may belong to any day's story.
        if (undated) for (const vids of await days.newest(sql, [UNDATED], hashes)) sharing.push({ vids, worth: 1 });
        const pieces = copies.map((key) => hashOf(owner, key));
        for (const vids of await newestCopies(sql, pieces)) sharing.push({ vids, worth: COPY_WORTH });
      }
      return sharing;
    },
    async flush(sql) {
      const marks = [...held].sort((a, b) => a[0] - b[0]).flatMap(([slot, all]) => all.map((n) => [slot, n]));
      held.clear();
      expected.clear();
      if (marks.length > 0) await sql.insert('story_marks (slot, n)', marks, 'ON CONFLICT DO NOTHING');
    },
    forget() {
      held.clear();
      expected.clear();
      days.forget();
      latest.forget();
    },
  };
}

/** Numbers that are not in the table yet, by slot. */
type Held = ReadonlyMap<number, readonly number[]>;

const daysOf = (held: Held): number[] =>
  [...held.keys()].map((slot) => Math.floor(slot / HASHES)).filter((day) => day < UNDATED);

// ---------------------------------------------------------------- days in memory

/** Days of keys, the ones asked for most kept whole in memory; undated articles are as one day. */
function openDays(held: Held) {
  const kept = new Map<number, Day>();
  /** How often a day was asked for that is not kept. */
  const asked = new Map<number, number>();
  let keys = 0;

  function drop(day: number): void {
    keys -= kept.get(day)?.size ?? 0;
    kept.delete(day);
  }

  function keep(day: number, found: Day | undefined): Day | undefined {
    if (!found) return undefined;
    kept.set(day, found);
    keys += found.size;
    for (const oldest of kept.keys()) {
      if (keys <= KEYS_KEPT || oldest === day) break;
      drop(oldest);
    }
    return found;
  }

  /**
   * A day in memory, if it is there or worth reading: empty, or asked for so often that looking up every key would have
   * cost as much as reading it.
   */
  async function inMemory(sql: Sql, day: number): Promise<Day | undefined> {
    const found = kept.get(day);
    if (found) {
      // The one used last stands last.
      kept.delete(day);
      kept.set(day, found);
      return found;
    }
    const times = (asked.get(day) ?? 0) + 1;
    asked.set(day, times);
    if (day === UNDATED) return undatedInMemory(sql, times);
    if (times > 1 && times % ASKED_BEFORE_COUNTING !== 0) return undefined;
    const articles = await articlesOn(sql, day, times * ARTICLES_PER_QUESTION + 1);
    if (articles > times * ARTICLES_PER_QUESTION) return undefined;
    asked.delete(day);
    if (asked.size > MOST_ASKED) asked.clear();
    return keep(day, await readDay(sql, held, day));
  }

  /** Undated articles may be any number: it is tried rarely, and given up where they are too many. */
  async function undatedInMemory(sql: Sql, times: number): Promise<Day | undefined> {
    if (times < ASKED_OF_UNDATED || !Number.isInteger(Math.log2(times))) return undefined;
    return keep(UNDATED, await readDay(sql, held, UNDATED, MOST_OF_UNDATED));
  }

  return {
    /** For each hash, the newest numbers under it on these days, which come newest first. */
    async newest(sql: Sql, around: readonly number[], hashes: readonly number[]): Promise<readonly number[][]> {
      const found: number[][] = hashes.map(() => []);
      for (const day of around) {
        const memory = await inMemory(sql, day);
        const onDay = memory ? hashes.map((hash) => memory.get(hash)) : await newestIn(sql, held, day, hashes);
        for (const [i, holders] of onDay.entries())
          if (holders !== undefined) addNewest(found[i]!, holders, day, !memory);
      }
      return found;
    },
    add(day: number, hash: number, n: number): void {
      const memory = kept.get(day);
      if (!memory) return;
      const holders = memory.get(hash);
      if (holders === undefined) keys++;
      memory.set(hash, withHolder(holders, n));
    },
    drop,
    forget() {
      kept.clear();
      asked.clear();
      keys = 0;
    },
  };
}
const ASKED_BEFORE_COUNTING = 8;
/** Looking up an article's keys on a day takes about as long as reading this many articles of it. */
const ARTICLES_PER_QUESTION = 4;
const MOST_ASKED = 10_000;
/** Questions about undated articles before all are read, and how many keys are read at most: a fifth of a second. */
const ASKED_OF_UNDATED = 512;
const MOST_OF_UNDATED = 300_000;

function addNewest(into: number[], holders: Holders, day: number, newestFirst: boolean): void {
  const first = day === UNDATED ? 0 : day * PER_DAY;
  if (typeof holders === 'number') {
    if (into.length < NEWEST_PER_KEY) into.push(first + holders);
    return;
  }
  for (let i = 0; i < holders.length && into.length < NEWEST_PER_KEY; i++)
    into.push(first + holders[newestFirst ? i : holders.length - 1 - i]!);
}

function withHolder(holders: Holders | undefined, n: number): Holders {
  if (holders === undefined || holders === n) return n;
  const all = typeof holders === 'number' ? [holders] : holders;
  // An article that is saved again keeps its number: then it may come behind later ones.
  let at = all.length;
  while (at > 0 && all[at - 1]! > n) at--;
  if (all[at - 1] !== n) all.splice(at, 0, n);
  return all;
}

/** The newest days that have articles: asked once, then known from what comes. */
function openLatest(held: Held) {
  let known: readonly number[] | undefined;
  const newest = (days: Iterable<number>) => [...new Set(days)].sort((a, b) => b - a).slice(0, DAYS_OF_UNDATED);
  return {
    async days(sql: Sql): Promise<readonly number[]> {
      known ??= newest([...(await newestDays(sql)), ...daysOf(held)]);
      return known;
    },
    add(day: number): void {
      if (known && !known.includes(day)) known = newest([...known, day]);
    },
    forget(): void {
      known = undefined;
    },
  };
}

// ---------------------------------------------------------------- the table

/** For each hash, the newest numbers under it in a region, newest first. */
async function newestIn(sql: Sql, held: Held, region: number, hashes: readonly number[]): Promise<number[][]> {
  const slots = hashes.map((hash) => slotOf(region, hash));
  const found = await newestInTable(sql, slots);
  return found.map((numbers, i) => withHeld(numbers, held.get(slots[i]!)));
}

function withHeld(numbers: number[], fresh: readonly number[] = []): number[] {
  if (fresh.length === 0) return numbers;
  return [...new Set([...numbers, ...fresh])].sort((a, b) => b - a).slice(0, NEWEST_PER_KEY);
}

async function newestInTable(sql: Sql, slots: readonly number[]): Promise<number[][]> {
  const found: number[][] = slots.map(() => []);
  if (slots.length === 0) return found;
  const rows = await sql.all<{ i: number; ns: string }>(newestInSlots, JSON.stringify(slots));
  for (const { i, ns } of rows) found[i] = JSON.parse(ns) as number[];
  return found;
}

/** One statement for all slots: each is the end of one range of the primary key. */
const newestInSlots = `
  SELECT l.key AS i, (SELECT json_group_array(n) FROM (
    SELECT n FROM story_marks WHERE slot = l.value ORDER BY n DESC LIMIT ${NEWEST_PER_KEY})) AS ns
  FROM json_each($1) l`;

/** Undefined where it has more keys than `most`. */
async function readDay(
  sql: Sql,
  held: Held,
  day: number,
  most = Number.MAX_SAFE_INTEGER - 1,
): Promise<Day | undefined> {
  const found: Day = new Map();
  const put = (slot: number, n: number) => found.set(slot % HASHES, withHolder(found.get(slot % HASHES), n));
  const rows = await sql.all<{ slot: number; n: number }>(
    'SELECT slot, n FROM story_marks WHERE slot >= $1 AND slot < $2 LIMIT $3',
    slotOf(day, 0),
    slotOf(day + 1, 0),
    most + 1,
  );
  if (rows.length > most) return undefined;
  for (const { slot, n } of rows) put(slot, n);
  for (const [slot, numbers] of held) if (Math.floor(slot / HASHES) === day) for (const n of numbers) put(slot, n);
  return found;
}

/** How many articles a day has, counted to `most`. */
async function articlesOn(sql: Sql, day: number, most: number): Promise<number> {
  const row = await one<{ n: number }>(
    sql,
    'SELECT count(*) AS n FROM (SELECT 1 FROM times WHERE vid >= $1 AND vid < $2 LIMIT $3)',
    day * PER_DAY,
    (day + 1) * PER_DAY,
    most,
  );
  return row!.n;
}

/** The newest days that have articles, newest first. */
async function newestDays(sql: Sql): Promise<number[]> {
  const days: number[] = [];
  for (let below = Number.MAX_SAFE_INTEGER; days.length < DAYS_OF_UNDATED; ) {
    const last = await one<{ vid: number | null }>(sql, 'SELECT max(vid) AS vid FROM times WHERE vid < $1', below);
    if (last?.vid == null) break;
    days.push(dayOf(last.vid));
    below = dayOf(last.vid) * PER_DAY;
  }
  return days;
}
