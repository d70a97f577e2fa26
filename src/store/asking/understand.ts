/**
 * From the words of a reader to articles: the words themselves; else what they were meant to be; else most of them. Both
 * engines. What was done beyond the words comes back beside the articles, so that it can be told.
 */
import { otherCountryForms } from '../../analysis/lexicon/countries.ts';
import type { Alias, Tenant, Understanding } from '../../model.ts';
import { aliasesOf, phrase } from '../saving/aliases.ts';
import type { Sql } from '../sql.ts';
import type { SearchEngine } from './search.ts';
import { type Match, queryWords } from './words.ts';

/** An article and how much speaks for it. */
interface Scored {
  readonly vid: number;
  readonly score: number;
}

/** Articles, best first, and how they were found. */
export interface Asked<Hit extends Scored> {
  readonly hits: readonly Hit[];
  /** The words that were looked for, as one text: what was typed, or what it was meant to be. */
  readonly meant: string;
  readonly words: readonly string[];
  readonly understood?: Understanding;
}

interface Asking<Hit extends Scored> {
  readonly tenant: Tenant;
  readonly typed: string;
  /** The articles of a match, within whatever period, however ranked. */
  find(match: Match): Promise<readonly Hit[]>;
}

const asTyped: Understanding = { respelled: [], leftOut: [], partial: false, also: [] };

/** Each step only when those before found nothing; a handful of questions to the index at most. */
export async function askedFor<Hit extends Scored>(
  sql: Sql,
  search: SearchEngine,
  asking: Asking<Hit>,
): Promise<Asked<Hit>> {
  const { typed, find } = asking;
  const words = queryWords(typed);
  const nothing: Asked<Hit> = { hits: [], meant: typed, words };
  if (words.length === 0) return nothing;
  const also = await aliasesOf(sql, search, asking.tenant, typed);
  const hits = await underNames([allForms(words), ...phrases(also)], find);
  if (hits.length > 0) return { ...nothing, hits, ...(also.length > 0 && { understood: { ...asTyped, also } }) };

  // Loaded with the first question that finds nothing: most find something, and what this reads with is large.
  const { mostOf, readAgain } = await import('./read-again.ts');
  const reading = await readAgain(sql, search, asking.tenant, words);
  if (reading.words.length === 0) return nothing;
  const { respelled, leftOut } = reading;
  const read = respelled.length > 0 || leftOut.length > 0;
  const meant = read ? reading.words.join(' ') : typed;
  const answer = (found: readonly Hit[], how: Partial<Understanding>): Asked<Hit> => ({
    hits: found,
    meant,
    words: reading.words,
    understood: { ...asTyped, respelled, leftOut, ...how },
  });
  if (read) {
    const others = await aliasesOf(sql, search, asking.tenant, meant);
    const found = await underNames([allForms(reading.words), ...phrases(others)], find);
    if (found.length > 0) return answer(found, { also: others });
  }
  for (const match of mostOf(reading.words)) {
    const found = await find(match);
    if (found.length > 0) return answer(found, { partial: true });
  }
  return nothing;
}

/** "British election" is asked for as "UK election" too: plain knowledge, which needs no telling. */
export const allForms = (words: readonly string[]): Match => [words, ...otherCountryForms(words)];

const phrases = (also: readonly Alias[]): Match[] => also.map(({ name }) => [[phrase(name)]]);

/** What an article found under another name is worth beside one found as typed. */
const OTHER_NAME = 0.9;

/**
 * Each article by the name that speaks most for it: to say both names is to be about it no more than to say one. A rare
 * name scores higher than a common one, which says nothing of its articles: the best under each name are alike.
 */
async function underNames<Hit extends Scored>(
  names: readonly Match[],
  find: Asking<Hit>['find'],
): Promise<readonly Hit[]> {
  const [typed = [], ...others] = await Promise.all(names.map(find));
  if (others.every((hits) => hits.length === 0)) return typed;
  const highest = (hits: readonly Hit[]) => hits.reduce((most, { score }) => Math.max(most, score), 0);
  const best = new Map(typed.map((hit) => [hit.vid, hit]));
  for (const hits of others) {
    const scale = typed.length > 0 ? (OTHER_NAME * highest(typed)) / highest(hits) : 1;
    for (const hit of hits) {
      const score = hit.score * scale;
      if (score > (best.get(hit.vid)?.score ?? -1)) best.set(hit.vid, { ...hit, score });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score || b.vid - a.vid);
}
