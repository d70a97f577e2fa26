/**
 * What a word that no article has was meant to be. Both engines.
 *
 * The vocabulary is what the store keeps anyway: stems that stories are compared by, words of speakers' names and of
 * topics. Every spelling a slip away is looked up by its key, so the cost is that of the typed word, not of the corpus.
 */
import { isNewsWord } from '../../analysis/text/background.ts';
import { stem } from '../../analysis/text/stem.ts';
import type { Tenant } from '../../model.ts';
import { slips, splits } from '../../search/slips.ts';
import type { Sql } from '../sql.ts';
import { seenBy } from './articles.ts';

/** Words of three letters are too near to each other; "FBI" and "CBI" are both good. */
const SHORTEST = 4;

interface Guess {
  readonly word: string;
  readonly worth: number;
}

/**
 * The likeliest words for `typed`, best first: each one word, or two where it was run together ("healthcare"). Empty when
 * nothing is near, or when `typed` is a good word that this corpus happens to lack ("Macron" is no slip for "micron").
 */
export async function respellings(sql: Sql, tenant: Tenant, typed: string): Promise<readonly string[]> {
  if (typed.length < SHORTEST) return [];
  const halves = splits(typed);
  const near = isNewsWord(stem(typed)) ? new Map<string, 1 | 2>() : slips(typed);
  for (const word of near.keys()) if (word.length < SHORTEST) near.delete(word);
  const weights = await weightsOf(sql, tenant, [...near.keys(), ...halves.flat()]);
  const guesses: Guess[] = [];
  for (const [word, edits] of near) {
    const weight = weights.get(word);
    if (weight !== undefined) guesses.push({ word, worth: likeness(typed, word, edits) * Math.log2(1 + weight) });
  }
  for (const [head, tail] of halves) {
    const weight = Math.min(weights.get(head) ?? 0, weights.get(tail) ?? 0);
    if (weight > 0 && isNewsWord(stem(head)) && isNewsWord(stem(tail)))
      guesses.push({ word: `${head} ${tail}`, worth: 0.5 * Math.log2(1 + weight) });
  }
  return guesses.sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1)).map(({ word }) => word);
}

/** The first letter is seldom wrong, the ending seldom changes, and two slips are rarer than one. */
function likeness(typed: string, word: string, edits: 1 | 2): number {
  const first = typed[0] === word[0] ? 1 : 0.4;
  const ending = typed.at(-1) === word.at(-1) ? 1 : 0.6;
  return (first * ending) / edits;
}

/** How often the corpus has each word, as far as the store keeps count; words that it does not know are left out. */
async function weightsOf(sql: Sql, tenant: Tenant, words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const stems = new Map(words.map((word) => [word, stem(word)]));
  const counts = await sql.all<{ term: string; n: number }>(
    `SELECT term, n FROM terms WHERE ${seenBy('tenant', '$1')} AND ${sql.dialect.among('term', '$2', 'text')}`,
    tenant,
    JSON.stringify([...new Set(stems.values())]),
  );
  const byStem = new Map<string, number>();
  for (const { term, n } of counts) byStem.set(term, (byStem.get(term) ?? 0) + Number(n));
  const named = await namedWords(sql, tenant, words);
  const weights = new Map<string, number>();
  for (const [word, root] of stems) {
    const n = Math.max(byStem.get(root) ?? 0, named.get(word) ?? 0);
    // Of spellings with one stem ("tariffs", "tariffes") the one that stands in a name or a topic is surely a word.
    if (n > 0) weights.set(word, named.has(word) ? n + 1 : n);
  }
  return weights;
}

/** Words of names and topics: each under its heaviest bearer. */
async function namedWords(sql: Sql, tenant: Tenant, words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.all<{ word: string; weight: number | null }>(
    `SELECT value AS word, (SELECT max(weight) FROM (${['s', 't']
      .flatMap((space) => ["''", '$1'].map((owner) => [space, owner]))
      .map(
        ([space, owner]) =>
          `SELECT weight FROM (SELECT weight FROM name_words WHERE space = '${space}' AND tenant = ${owner} AND word = value
             ORDER BY weight DESC LIMIT 1) h`,
      )
      .join(' UNION ALL ')}) w) AS weight
     FROM ${sql.dialect.each('$2')}`,
    tenant,
    JSON.stringify([...new Set(words)]),
  );
  return new Map(
    rows.flatMap(({ word, weight }) => (weight === null ? [] : [[word, 2 ** (Number(weight) - 1)] as const])),
  );
}
