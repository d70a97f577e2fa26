/** One article version in, or out again, with everything that hangs on it. Runs inside a transaction; both engines. */

import { fold } from '../analysis/fold.ts';
import { identityKeys, type KnownSpeaker, sameSpeaker } from '../analysis/identity.ts';
import {
  chooseStory,
  LOOKUP_TERMS,
  STORY_WINDOW_DAYS,
  type StoryCandidate,
  type StorySignature,
} from '../analysis/stories.ts';
import type { Article, FoundSpeaker } from '../model.ts';
import { receiptFor } from '../receipt.ts';
import { bucket, nameKeys, syncNameKeys } from './names.ts';
import {
  foundOf,
  headOf,
  instant,
  keyText,
  packOriginal,
  packSignature,
  quoteRow,
  reactionData,
  type SpeakerRow,
  searchableText,
  shapeOf,
  storable,
  unpackSignature,
} from './rows.ts';
import { articleTime, endOfDay, firstOfDay, milliseconds, slotCeiling } from './slots.ts';
import { one, type Sql, type Value } from './sql.ts';
import type { ArticleEntry } from './store.ts';

/** What one article is found by. `ids` are the rows of its speakers. */
export interface SearchDocument {
  readonly tenant: string;
  readonly at: number;
  readonly title: string;
  readonly body: string;
  readonly topics: string;
  readonly speakers: string;
  readonly ids: readonly number[];
}

/** The part of saving that each engine does its own way. */
export interface ArticleIndex {
  /** Holds back, until the transaction ends, others that save under one of these names. SQLite has one writer anyway. */
  lock(sql: Sql, names: readonly string[]): Promise<void>;
  /** A free number on the day of `at` (see `slots.ts`). */
  nextSlot(sql: Sql, at: number): Promise<number>;
  put(sql: Sql, vid: number, document: SearchDocument): Promise<void>;
  remove(sql: Sql, vid: number, tenant: string, at: number): Promise<void>;
}

const TOPICS_KEPT = 12;
const SPEAKERS_KEPT = 400;

interface VersionRow {
  readonly vid: number;
  readonly hash: string;
  readonly tenant: string;
  readonly at: number;
  readonly story_id: number;
  readonly engine: string;
  readonly head: string;
}

export async function saveArticle(
  sql: Sql,
  index: ArticleIndex,
  entry: ArticleEntry,
): Promise<'added' | 'changed' | 'unchanged'> {
  const { article, analysis } = entry;
  const at = articleTime(article);
  const head = JSON.stringify(headOf(article));
  await index.lock(sql, [`article:${article.id}`, ...speakingKeys(entry)]);
  const current = await one<VersionRow>(
    sql,
    `SELECT v.vid, v.hash, v.tenant, v.at, v.story_id, v.engine, v.head
     FROM articles a JOIN versions v ON v.vid = a.vid WHERE a.id = $1`,
    article.id,
  );
  if (current?.hash === article.hash && current.engine === analysis.engine && sameHead(current.head, head))
    return 'unchanged';
  if (current) await retire(sql, index, current);
  const stored =
    current?.hash === article.hash
      ? current
      : await one<{ vid: number }>(
          sql,
          'SELECT vid FROM versions WHERE article_id = $1 AND hash = $2',
          article.id,
          article.hash,
        );
  if (stored) await makeRoom(sql, stored.vid, entry);
  const vid = stored?.vid ?? (await index.nextSlot(sql, at));
  await publish(sql, index, entry, { vid, at, head, story: current?.story_id });
  return current ? 'changed' : 'added';
}

/** The time of reading alone makes no new version. */
function sameHead(a: string, b: string): boolean {
  if (a === b) return true;
  const told = (head: string) => JSON.stringify({ ...JSON.parse(head), readAt: '' });
  return told(a) === told(b);
}

/** Takes an article out of all answers; its text and quotes stay for receipts. */
export async function withdrawArticle(sql: Sql, index: ArticleIndex, id: string): Promise<boolean> {
  const current = await one<VersionRow>(
    sql,
    `SELECT v.vid, v.hash, v.tenant, v.at, v.story_id, v.engine, v.head
     FROM articles a JOIN versions v ON v.vid = a.vid WHERE a.id = $1`,
    id,
  );
  if (!current) return false;
  await retire(sql, index, current);
  await sql.all('UPDATE articles SET vid = NULL WHERE id = $1', id);
  return true;
}

/** Quotes of an earlier analysis of the same text that are found no more step aside: their receipts stay good. */
async function makeRoom(sql: Sql, vid: number, { article, analysis }: ArticleEntry): Promise<void> {
  const found = analysis.quotes.map((quote) => receiptFor(article, quote, analysis.engine).id);
  await sql.all(
    `DELETE FROM quotes WHERE vid = $1 AND ${sql.dialect.among('receipt', '$2', 'text')}`,
    vid,
    JSON.stringify(found),
  );
  const last = await one<{ n: number | null }>(sql, 'SELECT max(n) AS n FROM quotes WHERE vid = $1', vid);
  if (last?.n == null) return;
  const room = Math.max(last.n, found.length) + 1;
  await sql.all('UPDATE quotes SET n = n + $2, live = 0 WHERE vid = $1', vid, room);
}

// ---------------------------------------------------------------- in

interface Place {
  readonly vid: number;
  readonly at: number;
  readonly head: string;
  /** Story of the version before: an edited article stays in it. */
  readonly story: number | undefined;
}

async function publish(sql: Sql, index: ArticleIndex, entry: ArticleEntry, place: Place): Promise<void> {
  const { article, analysis, signature } = entry;
  const { tenant } = article;
  const { vid, at } = place;
  const rows = analysis.quotes.map((quote) => quoteRow(entry, quote));
  const speakers = await resolveSpeakers(sql, entry, at);
  const storyId = place.story ?? (await findStory(sql, tenant, signature)) ?? (await newStory(sql, tenant));
  const text = storable(article.text);

  await sql.insert(
    'articles (id, tenant, vid)',
    [[article.id, tenant, vid]],
    'ON CONFLICT (id) DO UPDATE SET vid = excluded.vid',
  );
  await sql.insert(
    'versions (vid, article_id, hash, tenant, live, at, read_at, story_id, engine, head, found)',
    [
      [
        vid,
        article.id,
        article.hash,
        tenant,
        1,
        at,
        Date.parse(article.readAt) || 0,
        storyId,
        analysis.engine,
        place.head,
        JSON.stringify(foundOf(entry)),
      ],
    ],
    `ON CONFLICT (vid) DO UPDATE SET live = 1, at = excluded.at, read_at = excluded.read_at, story_id = excluded.story_id,
       engine = excluded.engine, head = excluded.head, found = excluded.found`,
  );
  await sql.insert(
    'texts (vid, text, shape, original)',
    [[vid, text, storable(JSON.stringify(shapeOf(article))), packOriginal(entry.original, text)]],
    'ON CONFLICT (vid) DO UPDATE SET shape = excluded.shape, original = excluded.original',
  );
  await sql.insert('times (vid, tenant, at, story_id, outlet, quotes)', [
    [vid, tenant, at, storyId, keyText(article.outlet ?? ''), rows.length],
  ]);
  await putSignature(sql, vid, article.id, tenant, storyId, signature);
  if (rows.length > 0)
    await sql.insert(
      'quotes (vid, n, receipt, verbatim, speaker_id, live, data)',
      rows.map((row, n): Value[] => [
        vid,
        n,
        row.receipt,
        row.verbatim,
        row.speaker === undefined ? null : (speakers.get(row.speaker)?.id ?? null),
        1,
        storable(JSON.stringify(row.data)),
      ]),
    );
  const receipts = rows.map((row) => row.receipt);
  const reactions = analysis.reactions.flatMap((reaction, n): Value[][] => {
    const id = speakers.get(reaction.speaker)?.id;
    const data = storable(JSON.stringify(reactionData(entry, reaction, receipts)));
    return id === undefined ? [] : [[vid, n, id, reaction.stance, 1, data]];
  });
  if (reactions.length > 0) await sql.insert('reactions (vid, n, speaker_id, stance, live, data)', reactions);
  await index.put(sql, vid, {
    tenant,
    at,
    title: storable(article.title ?? ''),
    body: storable(searchableText(article)),
    topics: foundOf(entry).topics.join('\n'),
    speakers: storable([...speakers.values()].flatMap((row) => row.spokenNames).join('\n')),
    ids: [...new Set([...speakers.values()].map((row) => row.id))],
  });
  await putTopics(sql, vid, tenant, at, analysis.topics.slice(0, TOPICS_KEPT));
  const counts = new Map<number, { quotes: number; paraphrases: number }>();
  for (const row of rows) {
    const id = row.speaker === undefined ? undefined : speakers.get(row.speaker)?.id;
    if (id === undefined) continue;
    const count = counts.get(id) ?? { quotes: 0, paraphrases: 0 };
    if (row.verbatim === 1) count.quotes++;
    else count.paraphrases++;
    counts.set(id, count);
  }
  await countSpeakers(sql, counts, 1);
  await countArticle(sql, 1, {
    tenant,
    storyId,
    outlet: keyText(article.outlet ?? ''),
    origin: originOf(article.origin),
    undated: article.date.state !== 'stated',
    quotes: rows.filter((row) => row.verbatim === 1).length,
    paraphrases: rows.filter((row) => row.verbatim === 0).length,
  });
}

/** A record's line is not a source of its own. */
const originOf = (origin: string): string => keyText(origin.replace(/#\d+$/, ''));

// ---------------------------------------------------------------- stories

const DAY_MS = 86_400_000;
const NEWEST_PER_KEY = 30;
const CANDIDATES = 24;
/** Two keys that ten articles have, or one that hardly any has. Less is chance: on the development clusters the stories stay the same. */
const SHARED_ENOUGH = 0.6;
/** Bins of the copy signature that copies are found by, whatever their dates: a copy shares each with probability 0.4 or more. */
const COPY_BINS = [5, 21, 37, 53, 69, 85, 101, 117] as const;
const EMPTY_BIN = 0xffffffff;

/** Where a signature can be found again: heavy terms inside the window, undated ones and copies at any time. */
function storyKeys({ terms, shingles, dated }: StorySignature): { terms: string[]; copies: string[] } {
  const mark = dated ? 't' : 'u';
  return {
    terms: terms.slice(0, LOOKUP_TERMS).map(([term]) => mark + storable(term)),
    copies: COPY_BINS.flatMap((bin) => {
      const value = shingles[bin];
      return value === undefined || value === EMPTY_BIN ? [] : [`c${bin}:${value.toString(36)}`];
    }),
  };
}

async function findStory(sql: Sql, tenant: string, signature: StorySignature): Promise<number | undefined> {
  const totals = await sql.all<{ what: string; n: number }>(
    `SELECT what, sum(n) AS n FROM totals WHERE tenant IN ('', $1) AND what IN ('articles', 'undated') GROUP BY what`,
    tenant,
  );
  const total = (name: string) => Number(totals.find(({ what }) => what === name)?.n ?? 0);
  const candidates = await storyCandidates(sql, tenant, signature, total('undated') > 0);
  if (candidates.length === 0) return undefined;
  const counts = await sql.all<{ term: string; n: number }>(
    `SELECT term, n FROM terms WHERE tenant = $1 AND ${sql.dialect.among('term', '$2', 'text')}`,
    tenant,
    JSON.stringify(countedTerms(signature)),
  );
  return chooseStory(signature, candidates, {
    articles: total('articles'),
    withTerm: new Map(counts.map(({ term, n }) => [term, n])),
  })?.storyId;
}

/** One way to find candidates: the newest articles under a key, numbered from `lo` to below `hi`. */
interface Lookup {
  readonly tenant: string;
  readonly key: string;
  readonly lo: number;
  readonly hi: number;
  /** What sharing this key says, beside how few articles have it. */
  readonly worth: number;
}

/** The articles that share most with this one: bounded, whatever the corpus holds. */
async function storyCandidates(
  sql: Sql,
  tenant: string,
  signature: StorySignature,
  undated: boolean,
): Promise<StoryCandidate[]> {
  const lookups = candidateLookups(tenant, signature, undated);
  const shared = new Map<number, number>();
  const found = await newestUnderKeys(sql, lookups);
  for (const [i, vids] of found.entries()) {
    // A key that few articles have tells more than one that many have.
    for (const vid of vids) shared.set(vid, (shared.get(vid) ?? 0) + lookups[i]!.worth / Math.sqrt(vids.length));
  }
  const best = [...shared]
    .filter(([, worth]) => worth >= SHARED_ENOUGH)
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, CANDIDATES)
    .map(([vid]) => vid);
  if (best.length === 0) return [];
  return signaturesOf(sql, best);
}

/** Signatures read lately, by version and article: news of one day is compared with the same articles again and again. */
const recent = new Map<string, StorySignature>();
const RECENT_KEPT = 1000;

async function signaturesOf(sql: Sql, vids: readonly number[]): Promise<StoryCandidate[]> {
  const among = sql.dialect.among('vid', '$1', 'bigint');
  const rows = await sql.all<{ vid: number; article_id: string; story_id: number }>(
    `SELECT vid, article_id, story_id FROM signatures WHERE ${among}`,
    JSON.stringify(vids),
  );
  const keyOf = (row: { vid: number; article_id: string }) => `${row.vid} ${row.article_id}`;
  const missing = rows.filter((row) => !recent.has(keyOf(row)));
  const read =
    missing.length === 0
      ? []
      : await sql.all<SignatureRow & { article_id: string }>(
          `SELECT vid, article_id, terms, shingles FROM signatures WHERE ${among}`,
          JSON.stringify(missing.map(({ vid }) => vid)),
        );
  const fresh = new Map(read.map((row) => [keyOf(row), unpackSignature(row.terms, row.shingles)]));
  const candidates = rows.flatMap((row) => {
    const signature = recent.get(keyOf(row)) ?? fresh.get(keyOf(row));
    return signature ? [{ articleId: row.article_id, storyId: row.story_id, signature }] : [];
  });
  for (const [key, signature] of fresh) {
    if (recent.size >= RECENT_KEPT) recent.delete(recent.keys().next().value as string);
    recent.set(key, signature);
  }
  return candidates;
}

function candidateLookups(tenant: string, signature: StorySignature, undated: boolean): Lookup[] {
  const at = Date.parse(signature.at) || 0;
  const window = STORY_WINDOW_DAYS * DAY_MS;
  const always = { lo: 0, hi: slotCeiling };
  const inWindow = signature.dated ? { lo: firstOfDay(at - window), hi: endOfDay(at + window) } : always;
  const keys = storyKeys({ ...signature, dated: true });
  return (tenant === '' ? [''] : ['', tenant]).flatMap((owner) => [
    ...keys.terms.map((key) => ({ tenant: owner, key, ...inWindow, worth: 1 })),
    // An undated article may belong to any day's story.
    ...(undated ? keys.terms.map((key) => ({ tenant: owner, key: `u${key.slice(1)}`, ...always, worth: 1 })) : []),
    ...keys.copies.map((key) => ({ tenant: owner, key, ...always, worth: LOOKUP_TERMS })),
  ]);
}

async function newestUnderKeys(sql: Sql, lookups: readonly Lookup[]): Promise<readonly (readonly number[])[]> {
  const rows = await sql.all<{ i: number; vids: string }>(
    newestUnderKeysSql[sql.dialect.engine],
    JSON.stringify(lookups),
  );
  const all: number[][] = lookups.map(() => []);
  for (const { i, vids } of rows) all[i] = JSON.parse(vids) as number[];
  return all;
}

/** One statement for all keys: each is one range of the index. */
export const newestUnderKeysSql = {
  sqlite: `SELECT l.key AS i, (SELECT json_group_array(vid) FROM (
      SELECT vid FROM story_keys WHERE tenant = l.value ->> 'tenant' AND key = l.value ->> 'key'
        AND vid >= l.value ->> 'lo' AND vid < l.value ->> 'hi' ORDER BY vid DESC LIMIT ${NEWEST_PER_KEY})) AS vids
    FROM json_each($1) l`,
  postgres: `SELECT l.i - 1 AS i, (SELECT coalesce(json_agg(vid), '[]')::text FROM (
      SELECT vid FROM story_keys WHERE tenant = l.v ->> 'tenant' AND key = l.v ->> 'key'
        AND vid >= (l.v ->> 'lo')::bigint AND vid < (l.v ->> 'hi')::bigint ORDER BY vid DESC LIMIT ${NEWEST_PER_KEY}) k) AS vids
    FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS l(v, i)`,
} as const;

async function newStory(sql: Sql, tenant: string): Promise<number> {
  const [row] = await sql.insert<{ id: number }>('stories (tenant, articles)', [[tenant, 0]], 'RETURNING id');
  return row!.id;
}

interface SignatureRow {
  readonly vid: number;
  readonly terms: string;
  readonly shingles: Uint8Array;
}

async function putSignature(
  sql: Sql,
  vid: number,
  articleId: string,
  tenant: string,
  storyId: number,
  signature: StorySignature,
): Promise<void> {
  const packed = packSignature(signature);
  const counted = await countedAs(sql, tenant, vid);
  await sql.insert('signatures (vid, article_id, story_id, counted, terms, shingles)', [
    [vid, articleId, storyId, counted, packed.terms, packed.shingles],
  ]);
  const keys = storyKeys(signature);
  const rows = [...new Set([...keys.terms, ...keys.copies])].sort().map((key): Value[] => [tenant, key, vid]);
  if (rows.length > 0) await sql.insert('story_keys (tenant, key, vid)', rows, 'ON CONFLICT DO NOTHING');
  await countTerms(sql, tenant, signature, counted);
}

/** Terms of every article are counted up to here, then those of one in eight, eightfold: a logarithm is made of them. */
const COUNT_ALL = 1000;
const SAMPLE = 8;

async function countedAs(sql: Sql, tenant: string, vid: number): Promise<number> {
  const row = await one<{ n: number }>(sql, `SELECT n FROM totals WHERE tenant = $1 AND what = 'articles'`, tenant);
  if ((row?.n ?? 0) < COUNT_ALL) return 1;
  return vid % SAMPLE === 0 ? SAMPLE : 0;
}

/** The light ones behind these are weighed by the news at large. */
const TERMS_COUNTED = 64;
const countedTerms = ({ terms }: StorySignature): string[] =>
  [...new Set(terms.slice(0, TERMS_COUNTED).map(([term]) => storable(term)))].sort();

async function countTerms(sql: Sql, tenant: string, signature: StorySignature, by: number): Promise<void> {
  const terms = by === 0 ? [] : countedTerms(signature);
  if (terms.length === 0) return;
  await sql.insert(
    'terms (tenant, term, n)',
    terms.map((term): Value[] => [tenant, term, by]),
    'ON CONFLICT (tenant, term) DO UPDATE SET n = terms.n + excluded.n',
  );
}

// ---------------------------------------------------------------- speakers

/** Indices into `Analysis.speakers` of those who say something. */
function speakingIn({ analysis }: ArticleEntry): number[] {
  const speaking = new Set<number>();
  for (const quote of analysis.quotes) if (quote.speaker !== undefined) speaking.add(quote.speaker);
  for (const reaction of analysis.reactions) speaking.add(reaction.speaker);
  return [...speaking]
    .filter((i) => analysis.speakers[i])
    .sort((a, b) => a - b)
    .slice(0, SPEAKERS_KEPT);
}

/** Two articles that name the same new person at the same moment must not make two of them. */
const speakingKeys = (entry: ArticleEntry): string[] =>
  speakingIn(entry).flatMap((i) =>
    identityKeys(entry.analysis.speakers[i]!).map((key) => `speaker:${entry.article.tenant}:${key}`),
  );

interface Resolved {
  readonly id: number;
  readonly spokenNames: readonly string[];
}

const speakerColumns = 'id, tenant, kind, name, role, aliases, handle, gazetteer, quotes, paraphrases, seen';
const MOST_NAMESAKES = 80;

/** The rows of those who speak in an article, known ones found again and new ones made. By index into `Analysis.speakers`. */
async function resolveSpeakers(sql: Sql, entry: ArticleEntry, at: number): Promise<Map<number, Resolved>> {
  const { article, analysis } = entry;
  const resolved = new Map<number, Resolved>();
  for (const i of speakingIn(entry)) {
    const found = analysis.speakers[i]!;
    const row =
      (await knownSpeaker(sql, article.tenant, found, at)) ?? (await newSpeaker(sql, article.tenant, found, at));
    resolved.set(i, {
      id: row.id,
      spokenNames: [...new Set([found.name, row.name, ...found.aliases, found.role ?? ''])],
    });
  }
  return resolved;
}

async function knownSpeaker(
  sql: Sql,
  tenant: string,
  found: FoundSpeaker,
  at: number,
): Promise<SpeakerRow | undefined> {
  const keys = identityKeys(found).map(keyText);
  if (keys.length === 0) return undefined;
  const select = `SELECT ${speakerColumns} FROM speakers WHERE id IN (
    SELECT speaker_id FROM speaker_keys WHERE tenant = $1 AND ${sql.dialect.among('key', '$2', 'text')} LIMIT ${MOST_NAMESAKES})`;
  // The same full name first: a common surname has more bearers than we look at.
  const sameName = await sql.all<SpeakerRow>(select, tenant, JSON.stringify([exactKey(found)]));
  const rows =
    sameName.length > 0 && found.name.includes(' ')
      ? sameName
      : await sql.all<SpeakerRow>(select, tenant, JSON.stringify(keys));
  const day = instant(at).slice(0, 10);
  let id = sameSpeaker(found, rows.map(known), { day });
  let among = rows;
  if (id === undefined && rows === sameName) {
    among = await sql.all<SpeakerRow>(select, tenant, JSON.stringify(keys));
    id = sameSpeaker(found, among.map(known), { day });
  }
  const row = among.find((candidate) => candidate.id === id);
  if (row) await learn(sql, row, found, at);
  return row;
}

const exactKey = (speaker: Pick<FoundSpeaker, 'kind' | 'name'>): string =>
  keyText(`=${speaker.kind}:${fold(speaker.name)}`);

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

/** What this article adds to a known speaker: other forms of the name, the newest role, a fuller name for a bare surname. */
async function learn(sql: Sql, row: SpeakerRow, found: FoundSpeaker, at: number): Promise<void> {
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
  const handle = row.handle ?? (found.handle === undefined ? null : storable(found.handle));
  const gazetteer = row.gazetteer ?? (found.gazetteer === undefined ? null : storable(found.gazetteer));
  const seen = Math.max(at, row.seen);
  const unchanged =
    name === row.name &&
    role === row.role &&
    handle === row.handle &&
    gazetteer === row.gazetteer &&
    forms.length === aliases.length;
  if (unchanged) {
    if (seen > row.seen + DAY_MS) await sql.all('UPDATE speakers SET seen = $2 WHERE id = $1', row.id, seen);
    return;
  }
  await sql.all(
    'UPDATE speakers SET name = $2, role = $3, aliases = $4, handle = $5, gazetteer = $6, seen = $7 WHERE id = $1',
    row.id,
    name,
    role,
    JSON.stringify(forms),
    handle,
    gazetteer,
    seen,
  );
  const after = { ...row, name, role, aliases: JSON.stringify(forms), handle };
  await putSpeakerKeys(sql, row.tenant, row.id, known({ ...after, gazetteer }));
  const weight = speakerWeight(row);
  await syncNameKeys(
    sql,
    's',
    row.tenant,
    row.id,
    { keys: speakerNameKeys(row, weight), weight },
    { keys: speakerNameKeys(after, weight), weight },
  );
}

export const speakerWeight = ({ quotes, paraphrases }: Pick<SpeakerRow, 'quotes' | 'paraphrases'>): number =>
  bucket(quotes + paraphrases);

export const speakerNameKeys = (
  row: Pick<SpeakerRow, 'kind' | 'name' | 'aliases' | 'role' | 'handle'>,
  weight: number,
): string[] =>
  nameKeys(row.kind, [row.name, ...(JSON.parse(row.aliases) as string[]), row.handle ?? '', row.role ?? ''], weight);

async function newSpeaker(sql: Sql, tenant: string, found: FoundSpeaker, at: number): Promise<SpeakerRow> {
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
        found.role === undefined ? null : storable(found.role),
        JSON.stringify(aliases),
        found.handle === undefined ? null : storable(found.handle),
        found.gazetteer === undefined ? null : storable(found.gazetteer),
        0,
        0,
        at,
      ],
    ],
    `RETURNING ${speakerColumns}`,
  );
  await putSpeakerKeys(sql, tenant, row!.id, found);
  return row!;
}

async function putSpeakerKeys(
  sql: Sql,
  tenant: string,
  id: number,
  speaker: FoundSpeaker | KnownSpeaker,
): Promise<void> {
  const keys = identityKeys(speaker).map(keyText);
  if (keys.length === 0) return;
  await sql.insert(
    'speaker_keys (tenant, key, speaker_id)',
    [...new Set([exactKey(speaker), ...keys])].sort().map((key): Value[] => [tenant, key, id]),
    'ON CONFLICT DO NOTHING',
  );
}

/** Adds to (or takes from) the counts of speakers, in order of id so that two writers cannot wait for each other. */
async function countSpeakers(
  sql: Sql,
  counts: ReadonlyMap<number, { quotes: number; paraphrases: number }>,
  by: 1 | -1,
): Promise<void> {
  for (const [id, { quotes, paraphrases }] of [...counts].sort((a, b) => a[0] - b[0])) {
    const row = await one<SpeakerRow>(
      sql,
      `UPDATE speakers SET quotes = quotes + $2, paraphrases = paraphrases + $3 WHERE id = $1 RETURNING ${speakerColumns}`,
      id,
      by * quotes,
      by * paraphrases,
    );
    if (!row) continue;
    const now = row.quotes + row.paraphrases;
    const was = now - by * (quotes + paraphrases);
    if (was > 0 && now > 0 && bucket(was) === bucket(now)) continue;
    const entries = (weight: number) => ({ keys: speakerNameKeys(row, weight), weight });
    await syncNameKeys(
      sql,
      's',
      row.tenant,
      id,
      was > 0 ? entries(bucket(was)) : undefined,
      now > 0 ? entries(bucket(now)) : undefined,
    );
    if (was <= 0 !== now <= 0) await addTotal(sql, row.tenant, 'speakers', now > 0 ? 1 : -1);
  }
}

// ---------------------------------------------------------------- topics

async function putTopics(
  sql: Sql,
  vid: number,
  tenant: string,
  at: number,
  topics: readonly { readonly key: string; readonly label: string }[],
): Promise<void> {
  const byKey = new Map(
    topics.map((topic) => [storable(topic.key).slice(0, 200), storable(topic.label).slice(0, 200)]),
  );
  byKey.delete('');
  if (byKey.size === 0) return;
  const rows = await sql.insert<{ id: number; label: string; articles: number }>(
    'topics (tenant, key, label, articles, latest_at)',
    [...byKey].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([key, label]): Value[] => [tenant, key, label, 1, at]),
    `ON CONFLICT (tenant, key) DO UPDATE SET articles = topics.articles + 1,
       latest_at = CASE WHEN excluded.latest_at > topics.latest_at THEN excluded.latest_at ELSE topics.latest_at END
     RETURNING id, label, articles`,
  );
  await sql.insert(
    'article_topics (vid, topic_id)',
    rows.map(({ id }): Value[] => [vid, id]),
    'ON CONFLICT DO NOTHING',
  );
  for (const { id, label, articles } of rows) await syncTopicKeys(sql, tenant, id, label, articles - 1, articles);
}

async function syncTopicKeys(
  sql: Sql,
  tenant: string,
  id: number,
  label: string,
  was: number,
  now: number,
): Promise<void> {
  if (was > 0 && now > 0 && bucket(was) === bucket(now)) return;
  const entries = (weight: number) => ({ keys: nameKeys('topic', [label], weight), weight });
  await syncNameKeys(
    sql,
    't',
    tenant,
    id,
    was > 0 ? entries(bucket(was)) : undefined,
    now > 0 ? entries(bucket(now)) : undefined,
  );
}

// ---------------------------------------------------------------- totals

interface ArticleFacts {
  readonly tenant: string;
  readonly storyId: number;
  readonly outlet: string;
  readonly origin: string;
  readonly undated: boolean;
  readonly quotes: number;
  readonly paraphrases: number;
}

/** Counters instead of counting. Last in the transaction: every writer wants these rows. */
async function countArticle(sql: Sql, by: 1 | -1, facts: ArticleFacts): Promise<void> {
  const { tenant } = facts;
  const story = await one<{ articles: number; tenant: string }>(
    sql,
    'UPDATE stories SET articles = articles + $2 WHERE id = $1 RETURNING articles, tenant',
    facts.storyId,
    by,
  );
  const outlet =
    facts.outlet === ''
      ? undefined
      : (
          await sql.insert<{ n: number }>(
            'outlets (tenant, outlet, n)',
            [[tenant, facts.outlet, by]],
            'ON CONFLICT (tenant, outlet) DO UPDATE SET n = outlets.n + excluded.n RETURNING n',
          )
        )[0];
  await sql.insert(
    'origins (tenant, origin, n)',
    [[tenant, facts.origin, by]],
    'ON CONFLICT (tenant, origin) DO UPDATE SET n = origins.n + excluded.n',
  );
  const edge = by === 1 ? 1 : 0;
  if (story?.articles === edge) await addTotal(sql, story.tenant, 'stories', by);
  if (outlet?.n === edge) await addTotal(sql, tenant, 'outlets', by);
  await addTotal(sql, tenant, 'articles', by);
  if (facts.undated) await addTotal(sql, tenant, 'undated', by);
  if (facts.quotes > 0) await addTotal(sql, tenant, 'quotes', by * facts.quotes);
  if (facts.paraphrases > 0) await addTotal(sql, tenant, 'paraphrases', by * facts.paraphrases);
}

async function addTotal(sql: Sql, tenant: string, what: string, n: number): Promise<void> {
  await sql.insert(
    'totals (tenant, what, n)',
    [[tenant, what, n]],
    'ON CONFLICT (tenant, what) DO UPDATE SET n = totals.n + excluded.n',
  );
}

// ---------------------------------------------------------------- out

/** Takes a version out of answers and counts; its text and quotes stay. */
async function retire(sql: Sql, index: ArticleIndex, { vid, tenant, at, story_id, head }: VersionRow): Promise<void> {
  const article = JSON.parse(head) as Pick<Article, 'outlet' | 'origin' | 'date'>;
  const quotes = await sql.all<{ speaker_id: number | null; verbatim: number; n: number }>(
    'SELECT speaker_id, verbatim, count(*) AS n FROM quotes WHERE vid = $1 AND live = 1 GROUP BY speaker_id, verbatim',
    vid,
  );
  await sql.all('UPDATE versions SET live = 0 WHERE vid = $1', vid);
  await sql.all('DELETE FROM times WHERE vid = $1', vid);
  await sql.all('UPDATE quotes SET live = 0 WHERE vid = $1', vid);
  await sql.all('DELETE FROM reactions WHERE vid = $1', vid);
  await index.remove(sql, vid, tenant, at);
  await dropSignature(sql, vid, tenant);
  const topics = await sql.all<{ id: number; label: string; articles: number }>(
    `UPDATE topics SET articles = articles - 1 WHERE id IN (SELECT topic_id FROM article_topics WHERE vid = $1)
     RETURNING id, label, articles`,
    vid,
  );
  await sql.all('DELETE FROM article_topics WHERE vid = $1', vid);
  for (const { id, label, articles } of topics) await syncTopicKeys(sql, tenant, id, label, articles + 1, articles);
  const counts = new Map<number, { quotes: number; paraphrases: number }>();
  for (const { speaker_id, verbatim, n } of quotes) {
    if (speaker_id === null) continue;
    const count = counts.get(speaker_id) ?? { quotes: 0, paraphrases: 0 };
    if (verbatim === 1) count.quotes += n;
    else count.paraphrases += n;
    counts.set(speaker_id, count);
  }
  await countSpeakers(sql, counts, -1);
  const sum = (verbatim: number) =>
    quotes.filter((row) => row.verbatim === verbatim).reduce((all, row) => all + row.n, 0);
  await countArticle(sql, -1, {
    tenant,
    storyId: story_id,
    outlet: keyText(article.outlet ?? ''),
    origin: originOf(article.origin),
    undated: article.date.state !== 'stated',
    quotes: sum(1),
    paraphrases: sum(0),
  });
}

async function dropSignature(sql: Sql, vid: number, tenant: string): Promise<void> {
  const row = await one<SignatureRow & { counted: number }>(
    sql,
    'DELETE FROM signatures WHERE vid = $1 RETURNING vid, counted, terms, shingles',
    vid,
  );
  if (!row) return;
  const signature = unpackSignature(row.terms, row.shingles);
  const keys = storyKeys(signature);
  await sql.all(
    `DELETE FROM story_keys WHERE tenant = $1 AND ${sql.dialect.among('key', '$2', 'text')} AND vid = $3`,
    tenant,
    JSON.stringify([...keys.terms, ...keys.copies]),
    vid,
  );
  await countTerms(sql, tenant, signature, -row.counted);
}

/** Removes an article for good, all versions: retention and privacy. */
export async function eraseArticle(sql: Sql, index: ArticleIndex, id: string): Promise<boolean> {
  await withdrawArticle(sql, index, id);
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
