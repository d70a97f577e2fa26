/** Who speaks: an article's speakers found again among those known, or made; what each has said, counted. */
import { identityKeys, type KnownSpeaker, sameSpeaker } from '../analysis/identity.ts';
import { bucket, nameKeys, syncNameKeys } from './names.ts';
import { exactKey, type PreparedSpeaker } from './prepare.ts';
import { instant, keyText, type SpeakerRow, storable } from './rows.ts';
import type { Sql, Value } from './sql.ts';
import { edge, type Totals } from './totals.ts';

/** The speakers that saving has met. What articles add to them is held back until `flush`. */
export interface SpeakersMet {
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

export function openSpeakers(): SpeakersMet {
  /** As the database has them, with what is held back. */
  const rows = new Map<number, SpeakerRow>();
  /** Numbers under each key, complete, rising. */
  const byKey = new Map<string, readonly number[]>();
  /** Rows as the database has them, of those that an article told something new of. */
  const before = new Map<number, SpeakerRow>();
  const counts = new Map<number, Said>();
  const nameOf = (tenant: string, key: string) => `${tenant}\n${key}`;

  /** The speakers under any of the keys, the lowest numbers of the first keys when they are very many. */
  async function under(sql: Sql, tenant: string, keys: readonly string[]): Promise<SpeakerRow[]> {
    const unknown = keys.filter((key) => !byKey.has(nameOf(tenant, key)));
    const fresh = new Map<string, number[]>();
    if (unknown.length > 0) {
      const found = await sql.all<{ key: string; speaker_id: number }>(
        `SELECT key, speaker_id FROM speaker_keys WHERE tenant = $1 AND ${sql.dialect.among('key', '$2', 'text')}
         ORDER BY key, speaker_id LIMIT ${MOST_NAMESAKES}`,
        tenant,
        JSON.stringify(unknown),
      );
      for (const key of unknown) fresh.set(key, []);
      for (const { key, speaker_id } of found) fresh.get(key)?.push(speaker_id);
      // Cut short: not all of these lists are whole, so none is remembered.
      if (found.length < MOST_NAMESAKES) for (const [key, ids] of fresh) byKey.set(nameOf(tenant, key), ids);
    }
    const ids = [...keys].sort().flatMap((key) => fresh.get(key) ?? byKey.get(nameOf(tenant, key)) ?? []);
    return rowsOf(sql, [...new Set(ids.slice(0, MOST_NAMESAKES))]);
  }

  async function rowsOf(sql: Sql, ids: readonly number[]): Promise<SpeakerRow[]> {
    const unknown = ids.filter((id) => !rows.has(id));
    if (unknown.length > 0)
      for (const row of await sql.all<SpeakerRow>(
        `SELECT ${columns} FROM speakers WHERE ${sql.dialect.among('id', '$1', 'bigint')}`,
        JSON.stringify(unknown),
      ))
        rows.set(row.id, row);
    return [...ids].sort((a, b) => a - b).flatMap((id) => rows.get(id) ?? []);
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
    const namesakes = found.name.includes(' ') ? await under(sql, tenant, [found.exact]) : [];
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
    const [row] = await sql.insert<SpeakerRow>(
      'speakers (tenant, kind, name, role, aliases, handle, gazetteer, quotes, paraphrases, seen)',
      [
        [
          tenant,
          found.kind,
          storable(found.name),
          storableOrNull(found.role),
          JSON.stringify(aliases),
          storableOrNull(found.handle),
          storableOrNull(found.gazetteer),
          0,
          0,
          at,
        ],
      ],
      `RETURNING ${columns}`,
    );
    rows.set(row!.id, row!);
    if (found.keys.length > 0) await putKeys(sql, tenant, row!.id, [found.exact, ...found.keys]);
    return row!;
  }

  async function putKeys(sql: Sql, tenant: string, id: number, keys: readonly string[]): Promise<void> {
    const unique = [...new Set(keys)].sort();
    await sql.insert(
      'speaker_keys (tenant, key, speaker_id)',
      unique.map((key): Value[] => [tenant, key, id]),
      'ON CONFLICT DO NOTHING',
    );
    for (const key of unique) {
      const ids = byKey.get(nameOf(tenant, key));
      if (ids && !ids.includes(id))
        byKey.set(
          nameOf(tenant, key),
          [...ids, id].sort((a, b) => a - b),
        );
    }
  }

  async function learn(sql: Sql, row: SpeakerRow, found: PreparedSpeaker, at: number): Promise<SpeakerRow> {
    const after = taught(row, found, at);
    if (after === row) return row;
    if (!before.has(row.id)) before.set(row.id, row);
    rows.set(row.id, after);
    if (sameNames(row, after)) return after;
    const speaker = known(after);
    const keys = identityKeys(speaker).map(keyText);
    if (keys.length > 0) await putKeys(sql, row.tenant, row.id, [exactKey(speaker), ...keys]);
    return after;
  }

  /** Writes what articles told of one speaker and what they quoted; the names' entries follow. */
  async function flushOne(sql: Sql, id: number, totals: Totals): Promise<void> {
    const { quotes, paraphrases } = counts.get(id) ?? { quotes: 0, paraphrases: 0 };
    const stored = before.get(id);
    const told = stored && rows.get(id);
    if (stored && told && !sameNames(stored, told))
      await sql.all(
        'UPDATE speakers SET name = $2, role = $3, aliases = $4, handle = $5, gazetteer = $6 WHERE id = $1',
        id,
        told.name,
        told.role,
        told.aliases,
        told.handle,
        told.gazetteer,
      );
    const [row] = await sql.all<SpeakerRow>(
      `UPDATE speakers SET quotes = quotes + $2, paraphrases = paraphrases + $3,
         seen = CASE WHEN $4 > seen THEN $4 ELSE seen END WHERE id = $1 RETURNING ${columns}`,
      id,
      quotes,
      paraphrases,
      told?.seen ?? Number.MIN_SAFE_INTEGER,
    );
    if (!row) return;
    if (rows.has(id)) rows.set(id, row);
    const now = row.quotes + row.paraphrases;
    const was = now - quotes - paraphrases;
    totals.counts.add(row.tenant, 'speakers', edge(was, now));
    const renamed = stored !== undefined && !sameNames(stored, row);
    if (!renamed && was > 0 && now > 0 && bucket(was) === bucket(now)) return;
    const entries = (names: SpeakerRow, weight: number) => ({ keys: speakerNameKeys(names, weight), weight });
    await syncNameKeys(
      sql,
      's',
      row.tenant,
      id,
      was > 0 ? entries(stored ?? row, bucket(was)) : undefined,
      now > 0 ? entries(row, bucket(now)) : undefined,
    );
  }

  return {
    async resolve(sql, tenant, found, at) {
      const row = await knownSpeaker(sql, tenant, found, at);
      return row ? learn(sql, row, found, at) : newSpeaker(sql, tenant, found, at);
    },
    count(id, { quotes, paraphrases }) {
      const sum = counts.get(id) ?? { quotes: 0, paraphrases: 0 };
      counts.set(id, { quotes: sum.quotes + quotes, paraphrases: sum.paraphrases + paraphrases });
    },
    async flush(sql, totals) {
      // In order of number, so that two writers cannot wait for each other.
      for (const id of [...new Set([...counts.keys(), ...before.keys()])].sort((a, b) => a - b))
        await flushOne(sql, id, totals);
      counts.clear();
      before.clear();
      if (rows.size > REMEMBERED || byKey.size > 4 * REMEMBERED) {
        rows.clear();
        byKey.clear();
      }
    },
    forget() {
      for (const map of [rows, byKey, before, counts]) map.clear();
    },
  };
}

const storableOrNull = (text: string | undefined): string | null => (text === undefined ? null : storable(text));

const known = (row: SpeakerRow): KnownSpeaker => ({
  id: row.id,
  kind: row.kind as KnownSpeaker['kind'],
  name: row.name,
  aliases: JSON.parse(row.aliases) as string[],
  ...(row.role !== null && { role: row.role }),
  ...(row.handle !== null && { handle: row.handle }),
  ...(row.gazetteer !== null && { gazetteer: row.gazetteer }),
  seen: instant(row.seen).slice(0, 10),
});

const MOST_ALIASES = 16;
const DAY_MS = 86_400_000;

/** What an article adds to a known speaker: other forms of the name, the newest role, a fuller name for a bare surname. */
function taught(row: SpeakerRow, found: PreparedSpeaker, at: number): SpeakerRow {
  const aliases = JSON.parse(row.aliases) as string[];
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

const speakerNameKeys = (
  row: Pick<SpeakerRow, 'kind' | 'name' | 'aliases' | 'role' | 'handle'>,
  weight: number,
): string[] =>
  nameKeys(row.kind, [row.name, ...(JSON.parse(row.aliases) as string[]), row.handle ?? '', row.role ?? ''], weight);
