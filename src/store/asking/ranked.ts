/**
 * Articles that hold some words, best first: how much each is about them, and how new it is. Both engines: they only say
 * which articles match and what full text says for each.
 */
import { stem } from '../../analysis/text/stem.ts';
import { aboutness, type HeavyTerms } from '../../search/aboutness.ts';
import { heavyTerms } from '../rows.ts';
import { firstOfDay } from '../slots.ts';
import { one, type Sql } from '../sql.ts';
import {
  HALF_LIFE_MS,
  type Hit,
  NEWEST_RANKED,
  NEWEST_RANKED_OF_MANY,
  recencyAt,
  type SearchEngine,
  type SearchQuery,
  type TextHit,
  TIMELESS,
} from './search.ts';
import { plainWords } from './words.ts';

/** So many of the matches, the first by full text and recency, are looked into: more of them give the same ten (docs/store.md). */
const LOOKED_INTO = 40;
/** With so many articles for each word, the words name a topic; with fewer, one article was meant. */
const OF_A_TOPIC = 20;
/** So many matches are enough to tell: more words than five name an article anyway. */
const TOLD_APART = 100;

/**
 * The best of the newest matches, by relevance and recency.
 *
 * @param among how many of the newest matches are ranked; another number than the usual only to compare with it.
 */
export async function ranked(
  sql: Sql,
  search: SearchEngine,
  { tenant, match, since, now, limit }: SearchQuery,
  among?: number,
): Promise<readonly Hit[]> {
  const matches = await search.matching(sql, {
    tenant,
    match,
    since,
    now,
    among: among ?? (await newestRanked(sql, now)),
    limit: Math.max(limit, TOLD_APART),
  });
  const recencies = recenciesOf(matches, now);
  const first = matches.slice(0, LOOKED_INTO);
  const lists = match.map((texts) => [...new Set(texts.flatMap(plainWords).map(stem))]);
  const longest = Math.max(1, ...lists.map(({ length }) => length));
  const terms = await termsOf(
    sql,
    first.map(({ vid }) => vid),
  );
  const about = aboutness(
    lists,
    first.map(({ vid, score }) => ({ score, terms: terms.get(vid) ?? heavyTerms('') })),
    matches.length >= OF_A_TOPIC * Math.min(longest, TOLD_APART / OF_A_TOPIC),
  );
  const looked = first
    .map((hit, place) => hitOf(hit, about[place]! * recencyFor(about[place]!, recencies[place]!)))
    .sort(best);
  // Behind those that were looked into, in the order of full text.
  const least = looked.at(-1)?.score ?? 0;
  const others = matches.slice(LOOKED_INTO, limit).map((hit) => hitOf(hit, least));
  return [...looked, ...others].slice(0, limit);
}

/** So many articles in a half-life of recency are many. */
const MANY = 3000;

/** How far back the newest matches have to reach: a better article of last week still stands before a poor one of today. */
async function newestRanked(sql: Sql, now: number): Promise<number> {
  const recent = await one<{ n: number }>(
    sql,
    `SELECT count(*) AS n FROM (SELECT 1 FROM times WHERE vid >= $1 LIMIT ${MANY}) recent`,
    firstOfDay(now - HALF_LIFE_MS),
  );
  return Number(recent!.n) < MANY ? NEWEST_RANKED : NEWEST_RANKED_OF_MANY;
}

/**
 * To be new is a merit of what is about the words, not of what names them in passing: of a topic's ten newest weeks the
 * tenth is no worse an answer than a mention of today (bench/eval-store-search.ts, "at the end of the news").
 */
const recencyFor = (about: number, recency: number): number => TIMELESS + (recency - TIMELESS) * about * about;

const best = (a: Hit, b: Hit): number => b.score - a.score || b.vid - a.vid;

const hitOf = ({ vid, story_id, at }: TextHit, score: number): Hit => ({ vid, story_id, at, score });

/** An article whose date nobody knows is taken to be as old as the others are, which speaks neither for nor against it. */
function recenciesOf(hits: readonly TextHit[], now: number): readonly number[] {
  const recencies = hits.map(({ at }) => recencyAt(at, now));
  const dated = recencies.filter((_, i) => hits[i]!.undated === 0);
  const usual = dated.length > 0 ? dated.reduce((sum, one) => sum + one, 0) / dated.length : 1;
  return recencies.map((recency, i) => (hits[i]!.undated === 0 ? recency : usual));
}

/** The heavy terms of articles, by number. */
async function termsOf(sql: Sql, vids: readonly number[]): Promise<ReadonlyMap<number, HeavyTerms>> {
  if (vids.length === 0) return new Map();
  const rows = await sql.all<{ vid: number; terms: string }>(
    `SELECT vid, terms FROM signatures WHERE ${sql.dialect.among('vid', '$1', 'bigint')}`,
    JSON.stringify(vids),
  );
  return new Map(rows.map(({ vid, terms }) => [vid, heavyTerms(terms)]));
}
