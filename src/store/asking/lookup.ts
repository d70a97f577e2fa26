/** Topics and speakers by name: listing, completion, what a typed name means, and what it nearly means. Both engines. */

import { stopWords } from '../../analysis/lexicon/stop-words.ts';
import { fold, foldedWords } from '../../analysis/text/fold.ts';
import { stem } from '../../analysis/text/stem.ts';
import type { Instant, Speaker, Tenant, Topic } from '../../model.ts';
import { instant, type SpeakerRow, storable } from '../rows.ts';
import { aliasesOf, aliasPairs, phrase } from '../saving/aliases.ts';
import { milliseconds, slotFloor } from '../slots.ts';
import { one, type Sql } from '../sql.ts';
import { seenBy, speakerColumns, unique } from './articles.ts';
import { coversPrefixes, type NameSpace, nameWords, numberForms, unlikeness, wordForms } from './names.ts';
import type { SearchEngine } from './search.ts';
import { plainWords } from './words.ts';

/** Names looked at for one question: beyond the heaviest of these nothing is considered. */
const LOOKED_AT = 600;
const LOOKED_AT_SHORT = 120;

// ---------------------------------------------------------------- ids under a word

/** Heaviest first: names that have this very word, or (up to three letters) a word that begins so. */
async function idsUnder(sql: Sql, space: NameSpace, tenant: Tenant, word: string, limit: number): Promise<number[]> {
  const all: { id: number; weight: number }[] = [];
  for (const owner of tenant === '' ? [''] : ['', tenant])
    all.push(
      ...(await sql.all<{ id: number; weight: number }>(
        `SELECT id, weight FROM name_words WHERE space = $1 AND tenant = $2 AND word = $3 ORDER BY weight DESC, id DESC LIMIT $4`,
        space,
        owner,
        word,
        limit,
      )),
    );
  return unique(all.sort((a, b) => b.weight - a.weight).map(({ id }) => id));
}

/** Names with a word that begins with `prefix`, of the first so many words in the alphabet: with four letters that is all. */
async function idsWithPrefix(
  sql: Sql,
  space: NameSpace,
  tenant: Tenant,
  prefix: string,
  words = LOOKED_AT * 2,
): Promise<number[]> {
  const all: { id: number; weight: number }[] = [];
  for (const owner of tenant === '' ? [''] : ['', tenant])
    all.push(
      ...(await sql.all<{ id: number; weight: number }>(
        `SELECT id, weight FROM name_words WHERE space = $1 AND tenant = $2 AND word >= $3 AND word < $4 LIMIT $5`,
        space,
        owner,
        prefix,
        `${prefix}\u{10FFFF}`,
        words,
      )),
    );
  return unique(all.sort((a, b) => b.weight - a.weight).map(({ id }) => id)).slice(0, LOOKED_AT);
}

/** Candidates for completing what was typed so far: every word of it begins some word of the name. */
async function idsLike(sql: Sql, space: NameSpace, tenant: Tenant, typed: readonly string[]): Promise<number[]> {
  // The longest word is the most telling one.
  const word = [...typed].sort((a, b) => b.length - a.length)[0] ?? '';
  if (word === '') return [];
  if ([...word].length > 3) return idsWithPrefix(sql, space, tenant, word);
  const wanted = typed.length > 1 ? LOOKED_AT : LOOKED_AT_SHORT;
  const heavy = await idsUnder(sql, space, tenant, word, wanted);
  // Names met once have no entry for few letters: they count only where there is room.
  return heavy.length >= wanted ? heavy : unique([...heavy, ...(await idsWithPrefix(sql, space, tenant, word))]);
}

// ---------------------------------------------------------------- speakers

export const speakerOf = (row: SpeakerRow): Speaker => ({
  id: row.id,
  kind: row.kind as Speaker['kind'],
  name: row.name,
  ...(row.role !== null && { role: row.role }),
  aliases: JSON.parse(row.aliases) as string[],
  quotes: row.quotes,
  paraphrases: row.paraphrases,
});

const kindsAll: readonly Speaker['kind'][] = ['person', 'organization', 'group', 'unnamed'];

export async function speakers(
  sql: Sql,
  query: { tenant: Tenant; like?: string; kinds?: readonly Speaker['kind'][]; limit: number },
): Promise<readonly Speaker[]> {
  const typed = foldedWords((query.like ?? '').slice(0, 200)).slice(0, 8);
  if (query.like?.trim() && typed.length === 0) return [];
  const kinds = query.kinds ?? kindsAll;
  const ids = typed.length > 0 ? await idsLike(sql, 's', query.tenant, typed) : [];
  if (typed.length === 0)
    for (const kind of kinds)
      ids.push(...(await idsUnder(sql, 's', query.tenant, `#${kind}`, Math.max(query.limit * 2, LOOKED_AT_SHORT))));
  const rows = await rowsOf(sql, ids, query.tenant);
  return rows
    .filter((row) => kinds.includes(row.kind as Speaker['kind']) && row.quotes + row.paraphrases > 0)
    .filter((row) => coversPrefixes(wordsOf(row), typed))
    .sort(heaviest)
    .slice(0, query.limit)
    .map(speakerOf);
}

const heaviest = (a: SpeakerRow, b: SpeakerRow): number =>
  b.quotes - a.quotes || b.paraphrases - a.paraphrases || b.seen - a.seen || a.id - b.id;

async function rowsOf(sql: Sql, ids: readonly number[], tenant: Tenant): Promise<SpeakerRow[]> {
  if (ids.length === 0) return [];
  return [
    ...(await sql.all<SpeakerRow>(
      `SELECT ${speakerColumns} FROM speakers WHERE ${sql.dialect.among('id', '$1', 'bigint')} AND ${seenBy('tenant', '$2')}`,
      JSON.stringify(ids),
      tenant,
    )),
  ];
}

const formsOf = (row: SpeakerRow): string[] => [row.name, ...(JSON.parse(row.aliases) as string[]), row.handle ?? ''];
const wordsOf = (row: SpeakerRow): string[] => nameWords([...formsOf(row), row.role ?? '']);

/** More speakers than this under one typed name are a crowd, not an answer. */
const MOST_MEANT = 40;

/**
 * Whom a typed name means, surest meaning only: a full name or known form; else a surname; else a word of the name of a
 * person, body or group ("democrats" for "72 House Democrats"); else a word of the role ("mexican president").
 */
export async function speakersMeant(sql: Sql, tenant: Tenant, typed: string): Promise<readonly SpeakerRow[]> {
  const words = foldedWords(typed.slice(0, 200))
    .slice(0, 8)
    .map((word) => word.replace(/'s$/, ''));
  const telling = words.filter((word) => !stopWords.has(word));
  const asked = telling.length > 0 ? telling : words;
  if (asked.length === 0) return [];
  const rows = await rowsOf(sql, await idsMeant(sql, tenant, asked), tenant);
  const ranked = rows
    .filter((row) => row.quotes + row.paraphrases > 0)
    .map((row) => ({ row, tier: meaning(row, fold(typed), asked) }))
    .filter(({ tier }) => tier > 0);
  const best = Math.min(...ranked.map(({ tier }) => tier));
  return ranked
    .filter(({ tier }) => tier === best)
    .map(({ row }) => row)
    .sort(heaviest)
    .slice(0, MOST_MEANT);
}

async function idsMeant(sql: Sql, tenant: Tenant, words: readonly string[]): Promise<number[]> {
  const [longest] = [...words].sort((a, b) => b.length - a.length) as [string];
  const ids: number[] = [];
  for (const form of numberForms(longest)) ids.push(...(await idsUnder(sql, 's', tenant, form, LOOKED_AT)));
  return unique(ids);
}

/** 1 the very name, 2 a surname, 3 words of the name, 4 words of the role, 0 something else. Lower is surer. */
function meaning(row: SpeakerRow, typed: string, words: readonly string[]): 0 | 1 | 2 | 3 | 4 {
  const has = (known: readonly string[]) =>
    words.every((word) => numberForms(word).some((form) => known.includes(form)));
  const forms = formsOf(row).map(fold);
  if (row.kind === 'person') {
    if (forms.includes(typed)) return 1;
    const surname = fold(row.name).split(' ').slice(1);
    if (words.length > 0 && words.every((word) => surname.includes(word))) return 2;
  }
  if (has(nameWords(formsOf(row)))) return 3;
  return has(nameWords([row.role ?? '', ...formsOf(row)])) ? 4 : 0;
}

/** The same person in the operator's and the tenant's own articles has two rows. */
export async function sameSpeakerIds(sql: Sql, tenant: Tenant, id: number): Promise<readonly number[]> {
  if (!Number.isSafeInteger(id)) return [];
  const row = await one<SpeakerRow>(
    sql,
    `SELECT ${speakerColumns} FROM speakers WHERE id = $1 AND ${seenBy('tenant', '$2')}`,
    id,
    tenant,
  );
  if (!row) return [];
  if (tenant === '' || row.kind === 'unnamed') return [id];
  const others = await sql.all<{ speaker_id: number }>(
    `SELECT speaker_id FROM speaker_keys WHERE key = $1 AND ${seenBy('tenant', '$2')} LIMIT 8`,
    storable(`=${row.kind}:${fold(row.name)}`),
    tenant,
  );
  return unique([id, ...others.map(({ speaker_id }) => speaker_id)]);
}

export async function nearestSpeakers(
  sql: Sql,
  tenant: Tenant,
  text: string,
  limit: number,
): Promise<readonly Speaker[]> {
  const ids = await idsNear(sql, 's', tenant, text);
  const rows = (await rowsOf(sql, ids, tenant)).filter(
    (row) => row.quotes + row.paraphrases > 0 && row.kind !== 'unnamed',
  );
  return nearest(text, rows, formsOf, heaviest).slice(0, limit).map(speakerOf);
}

// ---------------------------------------------------------------- topics

interface TopicRow {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly articles: number;
  readonly latest_at: number;
}

const topicColumns = 'id, key, label, articles, latest_at';
const topicOf = (row: TopicRow): Topic => ({
  key: row.key,
  label: row.label,
  articles: Number(row.articles),
  latestAt: instant(row.latest_at),
});
const mostWritten = (a: TopicRow, b: TopicRow): number =>
  Number(b.articles) - Number(a.articles) || b.latest_at - a.latest_at || a.id - b.id;

/** Articles read for "topics since": the newest of the period. */
const RECENT_ARTICLES = 1500;

export async function topics(
  sql: Sql,
  search: SearchEngine,
  query: { tenant: Tenant; since?: Instant; like?: string; limit: number },
): Promise<readonly Topic[]> {
  const typed = foldedWords((query.like ?? '').slice(0, 200)).slice(0, 8);
  if (query.like?.trim() && typed.length === 0) return [];
  const rows =
    query.since === undefined
      ? await topicRows(
          sql,
          typed.length > 0
            ? await idsLike(sql, 't', query.tenant, typed)
            : await idsUnder(sql, 't', query.tenant, '#topic', Math.max(query.limit * 2, LOOKED_AT_SHORT)),
          query.tenant,
        )
      : await topicsSince(sql, query.tenant, milliseconds(query.since));
  const all = folded(rows.filter((row) => Number(row.articles) > 0 && coversPrefixes(nameWords([row.label]), typed)));
  const most = sameSearch(all.sort(mostWritten)).slice(0, query.limit + SPARE);
  return (await underOneName(sql, search, query.tenant, most)).slice(0, query.limit);
}

/** Topics beyond those asked for, in the place of those that turn out to be one. */
const SPARE = 5;

/** "EU" beside "European Union" is one topic: the name that more articles have, the other told with it. */
async function underOneName(
  sql: Sql,
  search: SearchEngine,
  tenant: Tenant,
  rows: readonly TopicRow[],
): Promise<readonly Topic[]> {
  const also = new Map<string, string[]>();
  const gone = new Set<string>();
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const [key, other] of await aliasPairs(sql, tenant, [...byKey.keys()])) {
    const [one, second] = [byKey.get(key)!, byKey.get(other)!].sort(mostWritten) as [TopicRow, TopicRow];
    if (gone.has(one.key) || gone.has(second.key)) continue;
    const names = await aliasesOf(sql, search, tenant, one.label);
    if (!names.some(({ name }) => phrase(name) === phrase(second.label))) continue;
    gone.add(second.key);
    also.set(one.key, [...(also.get(one.key) ?? []), second.label]);
  }
  return rows
    .filter(({ key }) => !gone.has(key))
    .map((row) => ({ ...topicOf(row), ...(also.has(row.key) && { also: also.get(row.key)! }) }));
}

/** One topic of the operator's articles and of the tenant's own is one for the reader. */
function folded(rows: readonly TopicRow[]): TopicRow[] {
  const byKey = new Map<string, TopicRow>();
  for (const row of rows) {
    const same = byKey.get(row.key);
    byKey.set(
      row.key,
      same
        ? {
            ...same,
            articles: Number(same.articles) + Number(row.articles),
            latest_at: Math.max(same.latest_at, row.latest_at),
          }
        : row,
    );
  }
  return [...byKey.values()];
}

/**
 * "Protests" beside "protesters", "illegal immigrants" beside "illegal immigration": full text looks for stems, so one of
 * them finds what the other does. The one that most is written about stays.
 */
function sameSearch(heaviestFirst: readonly TopicRow[]): TopicRow[] {
  const byStems = new Map<string, TopicRow>();
  for (const row of heaviestFirst) {
    const stems = plainWords(row.label).map(stem).join(' ');
    if (!byStems.has(stems)) byStems.set(stems, row);
  }
  return [...byStems.values()];
}

async function topicRows(sql: Sql, ids: readonly number[], tenant: Tenant): Promise<TopicRow[]> {
  if (ids.length === 0) return [];
  return [
    ...(await sql.all<TopicRow>(
      `SELECT ${topicColumns} FROM topics WHERE ${sql.dialect.among('id', '$1', 'bigint')} AND ${seenBy('tenant', '$2')}`,
      JSON.stringify(ids),
      tenant,
    )),
  ];
}

async function topicsSince(sql: Sql, tenant: Tenant, since: number): Promise<TopicRow[]> {
  const rows: TopicRow[] = [];
  for (const owner of tenant === '' ? [''] : ['', tenant])
    rows.push(
      ...(await sql.all<TopicRow>(
        `SELECT p.id, p.key, p.label, count(*) AS articles, max(t.at) AS latest_at
         FROM (SELECT vid, at FROM times WHERE tenant = $1 AND vid >= $2 AND at >= $3 ORDER BY vid DESC LIMIT ${RECENT_ARTICLES}) t
         JOIN article_topics x ON x.vid = t.vid JOIN topics p ON p.id = x.topic_id
         GROUP BY p.id, p.key, p.label ORDER BY 4 DESC, 5 DESC LIMIT ${LOOKED_AT}`,
        owner,
        slotFloor(since),
        since,
      )),
    );
  return rows;
}

/** Rows of the topic that was typed, in the operator's articles and the tenant's own. */
export async function topicNamed(sql: Sql, tenant: Tenant, typed: string): Promise<readonly TopicRow[]> {
  const forms = wordForms(typed);
  if (forms.length === 0) return [];
  return sql.all<TopicRow>(
    `SELECT ${topicColumns} FROM topics WHERE ${sql.dialect.among('key', '$1', 'text')} AND ${seenBy('tenant', '$2')} AND articles > 0`,
    JSON.stringify(forms.map(storable)),
    tenant,
  );
}

export async function nearestTopics(sql: Sql, tenant: Tenant, text: string, limit: number): Promise<readonly Topic[]> {
  const rows = await topicRows(sql, await idsNear(sql, 't', tenant, text), tenant);
  return nearest(text, folded(rows.filter((row) => row.articles > 0)), (row) => [row.label], mostWritten)
    .slice(0, limit)
    .map(topicOf);
}

// ---------------------------------------------------------------- nearly

/** Names that share their first or last letters with a typed word: where a mistyped one is found. */
async function idsNear(sql: Sql, space: NameSpace, tenant: Tenant, text: string): Promise<number[]> {
  const ids: number[] = [];
  for (const word of foldedWords(text.slice(0, 200)).slice(0, 4)) {
    const points = [...word];
    const keys = [
      word,
      points.slice(0, 3).join(''),
      points.slice(0, 2).join(''),
      // First letter left out, or the first two swapped.
      points.slice(1, 4).join(''),
      `${points[1] ?? ''}${points[0] ?? ''}`,
      points[0] ?? '',
      ...(points.length > 3 ? [`~${points.slice(-3).join('')}`] : []),
    ];
    for (const key of unique(keys.filter((one) => one !== '')))
      ids.push(...(await idsUnder(sql, space, tenant, key, 80)));
    const beginnings = [points.slice(0, 3), points.slice(0, 2), points.slice(1, 3), [points[1] ?? '', points[0] ?? '']];
    for (const beginning of unique(beginnings.map((letters) => letters.join(''))))
      if (beginning !== '') ids.push(...(await idsWithPrefix(sql, space, tenant, beginning, 300)));
  }
  return unique(ids).slice(0, 600);
}

/** Further than this from what was typed a name is no suggestion. */
const UNLIKE = 0.45;

function nearest<Row>(
  text: string,
  rows: readonly Row[],
  names: (row: Row) => readonly string[],
  order: (a: Row, b: Row) => number,
): Row[] {
  return rows
    .map((row) => ({
      row,
      far: Math.min(
        ...names(row)
          .filter(Boolean)
          .map((name) => unlikeness(text, name)),
      ),
    }))
    .filter(({ far }) => far <= UNLIKE)
    .sort((a, b) => Math.round((a.far - b.far) * 20) || order(a.row, b.row))
    .map(({ row }) => row);
}
