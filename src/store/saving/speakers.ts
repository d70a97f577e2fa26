/** Who speaks: an article's speakers found again among those known, or made; what each has said, counted. */
import { identityKeys, type KnownSpeaker, sameSpeaker } from '../../analysis/speakers/identity.ts';
import { bucket, type NameChange, nameKeys, syncNameKeys } from '../asking/names.ts';
import { instant, keyText, type SpeakerRow, storable } from '../rows.ts';
import type { Sql, Value } from '../sql.ts';
import { exactKey, type PreparedSpeaker } from './prepare.ts';
import { edge, type Totals } from './totals.ts';

/** The speakers that saving has met. New ones, and what articles add to known ones, are held back until `flush`. */
export interface SpeakersMet {
  /** Looks up at once who these may be: what `resolve` would ask one by one. */
  expect(sql: Sql, tenant: string, found: readonly PreparedSpeaker[]): Promise<void>;
  /** The row of a speaker, with what this article tells of them taken in. */
  resolve(sql: Sql, tenant: string, found: PreparedSpeaker, at: number): Promise<SpeakerRow>;
  count(id: number, said: Said): void;
  flush(sql: Sql, totals: Totals): Promise<void>;
  /** Drops what is held back and what is known. */
  forget(): void;
}

/** Quotes (or, negative, their loss). */
export interface Said {
  readonly quotes: number;
  readonly paraphrases: number;
}

const columns = 'id, tenant, kind, name, role, aliases, handle, gazetteer, quotes, paraphrases, seen';
const MOST_NAMESAKES = 80;
/** Speakers remembered between articles; the same ones speak all day. */
const REMEMBERED = 4000;

/** @param nextNumber A number for a new speaker. */
export function openSpeakers(nextNumber: (sql: Sql) => Promise<number>): SpeakersMet {
  /** As the database has them, with what is held back. */
  const rows = new Map<number, SpeakerRow>();
  /** Numbers under each key, with those held back: rising, the lowest when they are very many. */
  const byKey = new Map<string, readonly number[]>();
  /** Rows as the database has them, of those that an article told something new of. */
  const before = new Map<number, SpeakerRow>();
  /** Made by this transaction. */
  const made = new Set<number>();
  const keysHeld = new Map<string, readonly [tenant: string, key: string, id: number]>();
  const counts = new Map<number, Said>();
  const nameOf = (tenant: string, key: string) => `${tenant}\n${key}`;

  async function learnKeys(sql: Sql, tenant: string, keys: readonly string[]): Promise<void> {
    const unknown = [...new Set(keys)].filter((key) => !byKey.has(nameOf(tenant, key)));
    if (unknown.length === 0) return;
    const found = await sql.all<{ key: string; ids: string }>(
      `SELECT value AS key, (SELECT ${sql.dialect.gather('speaker_id')} FROM (SELECT speaker_id FROM speaker_keys
         WHERE tenant = $1 AND key = value ORDER BY speaker_id LIMIT ${MOST_NAMESAKES}) k) AS ids FROM ${sql.dialect.each('$2')}`,
      tenant,
      JSON.stringify(unknown),
    );
    for (const { key, ids } of found) byKey.set(nameOf(tenant, key), JSON.parse(ids) as number[]);
    for (const [owner, key, id] of keysHeld.values())
      if (owner === tenant && unknown.includes(key)) putUnder(nameOf(tenant, key), id);
  }

  function putUnder(name: string, id: number): void {
    const ids = byKey.get(name);
    if (!ids || ids.includes(id)) return;
    byKey.set(name, [...ids, id].sort((a, b) => a - b).slice(0, MOST_NAMESAKES));
  }

  const numbersUnder = (tenant: string, keys: readonly string[]): number[] => {
    const ids = [...keys].sort().flatMap((key) => byKey.get(nameOf(tenant, key)) ?? []);
    return [...new Set(ids.slice(0, MOST_NAMESAKES))];
  };

  async function learnRows(sql: Sql, ids: readonly number[]): Promise<void> {
    const unknown = ids.filter((id) => !rows.has(id));
    if (unknown.length > 0)
      for (const row of await sql.all<SpeakerRow>(
        `SELECT ${columns} FROM speakers WHERE ${sql.dialect.among('id', '$1', 'bigint')}`,
        JSON.stringify(unknown),
      ))
        rows.set(row.id, row);
  }

  /** The speakers under any of the keys, the lowest numbers of the first keys when they are very many. */
  async function under(sql: Sql, tenant: string, keys: readonly string[]): Promise<SpeakerRow[]> {
    await learnKeys(sql, tenant, keys);
    const ids = numbersUnder(tenant, keys);
    await learnRows(sql, ids);
    return ids.sort((a, b) => a - b).flatMap((id) => rows.get(id) ?? []);
  }

  async function knownSpeaker(
    sql: Sql,
    tenant: string,
    found: PreparedSpeaker,
    at: number,
  ): Promise<SpeakerRow | undefined> {
    if (found.keys.length === 0) return undefined;
    const day = instant(at).slice(0, 10);
    // The same full name first: a common surname has more bearers than we look at.
    const namesakes = hasFullName(found) ? await under(sql, tenant, [found.exact]) : [];
    const same = sameSpeaker(found, namesakes.map(known), { day });
    if (same !== undefined) return namesakes.find(({ id }) => id === same);
    const all = await under(sql, tenant, found.keys);
    const id = sameSpeaker(found, all.map(known), { day });
    return all.find((row) => row.id === id);
  }

  async function newSpeaker(sql: Sql, tenant: string, found: PreparedSpeaker, at: number): Promise<SpeakerRow> {
    const aliases = [...new Set(found.aliases.map(storable))]
      .filter((form) => form !== found.name)
      .slice(0, MOST_ALIASES);
    const row: SpeakerRow = {
      id: await nextNumber(sql),
      tenant,
      kind: found.kind,
      name: storable(found.name),
      role: storableOrNull(found.role),
      aliases: JSON.stringify(aliases),
      handle: storableOrNull(found.handle),
      gazetteer: storableOrNull(found.gazetteer),
      quotes: 0,
      paraphrases: 0,
      seen: at,
    };
    rows.set(row.id, row);
    made.add(row.id);
    if (found.keys.length > 0) putKeys(tenant, row.id, [found.exact, ...found.keys]);
    return row;
  }

  function putKeys(tenant: string, id: number, keys: readonly string[]): void {
    for (const key of keys) {
      keysHeld.set(`${nameOf(tenant, key)}\n${id}`, [tenant, key, id]);
      putUnder(nameOf(tenant, key), id);
    }
  }

  function learn(row: SpeakerRow, found: PreparedSpeaker, at: number): SpeakerRow {
    const after = taught(row, found, at);
    if (after === row) return row;
    if (!before.has(row.id) && !made.has(row.id)) before.set(row.id, row);
    rows.set(row.id, after);
    if (sameNames(row, after)) return after;
    const speaker = known(after);
    const keys = identityKeys(speaker).map(keyText);
    if (keys.length > 0) putKeys(row.tenant, row.id, [exactKey(speaker), ...keys]);
    return after;
  }

  /** What articles told of speakers and what they quoted; the names' entries follow. */
  async function flushRows(sql: Sql, totals: Totals): Promise<void> {
    // In order of number, so that two writers cannot wait for each other.
    const ids = [...new Set([...made, ...counts.keys(), ...before.keys()])].sort((a, b) => a - b);
    await learnRows(sql, ids);
    const changes: NameChange[] = [];
    for (const told of [false, true]) {
      const some = ids.filter((id) => rows.has(id) && isTold(id) === told);
      for (const row of await putRows(sql, some, told)) {
        const change = counted(row, totals);
        if (change) changes.push(change);
        rows.set(row.id, row);
      }
    }
    await syncNameKeys(sql, 's', changes);
  }

  /** New, or known under new names. */
  function isTold(id: number): boolean {
    const stored = before.get(id);
    return made.has(id) || (stored !== undefined && !sameNames(stored, rows.get(id)!));
  }

  async function putRows(sql: Sql, ids: readonly number[], told: boolean): Promise<readonly SpeakerRow[]> {
    if (ids.length === 0) return [];
    const values = ids.map((id): Value[] => {
      const { tenant, kind, name, role, aliases, handle, gazetteer, seen } = rows.get(id)!;
      const { quotes, paraphrases } = counts.get(id) ?? nothingSaid;
      return [id, tenant, kind, name, role, aliases, handle, gazetteer, quotes, paraphrases, seen];
    });
    const names = ['name', 'role', 'aliases', 'handle', 'gazetteer'];
    return sql.insert<SpeakerRow>(
      `speakers (${columns})`,
      values,
      `ON CONFLICT (id) DO UPDATE SET quotes = speakers.quotes + excluded.quotes,
         paraphrases = speakers.paraphrases + excluded.paraphrases,
         seen = CASE WHEN excluded.seen > speakers.seen THEN excluded.seen ELSE speakers.seen END
         ${told ? names.map((column) => `, ${column} = excluded.${column}`).join('') : ''}
       RETURNING ${columns}`,
    );
  }

  /** Counts a speaker who came or went; how the entries of the name change, if they do. */
  function counted(row: SpeakerRow, totals: Totals): NameChange | undefined {
    const { id, tenant } = row;
    const { quotes, paraphrases } = counts.get(id) ?? nothingSaid;
    const now = row.quotes + row.paraphrases;
    const was = now - quotes - paraphrases;
    totals.counts.add(tenant, 'speakers', edge(was, now));
    const stored = before.get(id);
    const renamed = stored !== undefined && !sameNames(stored, row);
    if (!renamed && was > 0 && now > 0 && bucket(was) === bucket(now)) return undefined;
    const entries = (names: SpeakerRow, count: number) =>
      count > 0 ? { keys: speakerNameKeys(names, bucket(count)), weight: bucket(count) } : undefined;
    return { tenant, id, before: entries(stored ?? row, was), after: entries(row, now) };
  }

  return {
    async expect(sql, tenant, found) {
      const named = found.filter(({ keys }) => keys.length > 0);
      await learnKeys(
        sql,
        tenant,
        named.filter(hasFullName).map(({ exact }) => exact),
      );
      const strangers = named.filter(({ exact }) => !byKey.get(nameOf(tenant, exact))?.length);
      const keys = strangers.flatMap((speaker) => speaker.keys);
      await learnKeys(sql, tenant, keys);
      const ids = named.flatMap((speaker) => numbersUnder(tenant, [speaker.exact]));
      await learnRows(sql, [...new Set([...ids, ...strangers.flatMap((one) => numbersUnder(tenant, one.keys))])]);
    },
    async resolve(sql, tenant, found, at) {
      const row = await knownSpeaker(sql, tenant, found, at);
      return row ? learn(row, found, at) : newSpeaker(sql, tenant, found, at);
    },
    count(id, { quotes, paraphrases }) {
      const sum = counts.get(id) ?? nothingSaid;
      counts.set(id, { quotes: sum.quotes + quotes, paraphrases: sum.paraphrases + paraphrases });
    },
    async flush(sql, totals) {
      const keys = [...keysHeld].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      if (keys.length > 0) await sql.insert('speaker_keys (tenant, key, speaker_id)', keys, 'ON CONFLICT DO NOTHING');
      await flushRows(sql, totals);
      for (const held of [keysHeld, counts, before, made]) held.clear();
      if (rows.size > REMEMBERED || byKey.size > 4 * REMEMBERED) {
        rows.clear();
        byKey.clear();
      }
    },
    forget() {
      for (const map of [rows, byKey, before, made, keysHeld, counts]) map.clear();
    },
  };
}

const nothingSaid: Said = { quotes: 0, paraphrases: 0 };

const hasFullName = ({ name }: PreparedSpeaker): boolean => name.includes(' ');

const storableOrNull = (text: string | undefined): string | null => (text === undefined ? null : storable(text));

/** Rows are never changed, only replaced. */
const readBefore = new WeakMap<SpeakerRow, KnownSpeaker>();

function known(row: SpeakerRow): KnownSpeaker {
  const before = readBefore.get(row);
  if (before) return before;
  const speaker: KnownSpeaker = {
    id: row.id,
    kind: row.kind as KnownSpeaker['kind'],
    name: row.name,
    aliases: JSON.parse(row.aliases) as string[],
    ...(row.role !== null && { role: row.role }),
    ...(row.handle !== null && { handle: row.handle }),
    ...(row.gazetteer !== null && { gazetteer: row.gazetteer }),
    seen: instant(row.seen).slice(0, 10),
  };
  readBefore.set(row, speaker);
  return speaker;
}

const MOST_ALIASES = 16;
const DAY_MS = 86_400_000;

/** What an article adds to a known speaker: other forms of the name, the newest role, a fuller name for a bare surname. */
function taught(row: SpeakerRow, found: PreparedSpeaker, at: number): SpeakerRow {
  const { aliases } = known(row);
  const newer = at >= row.seen;
  const fuller = found.kind === 'person' && !row.name.includes(' ') && found.name.includes(' ');
  const name = fuller ? storable(found.name) : row.name;
  const forms = [
    ...new Set([...aliases, ...(fuller ? [row.name] : []), ...[found.name, ...found.aliases].map(storable)]),
  ]
    .filter((form) => form !== name)
    .slice(0, MOST_ALIASES);
  const role = found.role !== undefined && (newer || row.role === null) ? storable(found.role) : row.role;
  const handle = row.handle ?? storableOrNull(found.handle);
  const gazetteer = row.gazetteer ?? storableOrNull(found.gazetteer);
  const after = { ...row, name, role, aliases: JSON.stringify(forms), handle, gazetteer };
  if (sameNames(row, after)) return at > row.seen + DAY_MS ? { ...row, seen: at } : row;
  return { ...after, seen: Math.max(at, row.seen) };
}

const sameNames = (a: SpeakerRow, b: SpeakerRow): boolean =>
  a.name === b.name &&
  a.role === b.role &&
  a.aliases === b.aliases &&
  a.handle === b.handle &&
  a.gazetteer === b.gazetteer;

const speakerNameKeys = (row: SpeakerRow, weight: number): string[] =>
  nameKeys(row.kind, [row.name, ...known(row).aliases, row.handle ?? '', row.role ?? ''], weight);
