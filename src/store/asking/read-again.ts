/** A question that found nothing, read again: words that no article has as others that some have, then most of the words. Both engines. */
import { rarity } from '../../analysis/text/background.ts';
import { stem } from '../../analysis/text/stem.ts';
import type { Tenant, Understanding } from '../../model.ts';
import type { Sql } from '../sql.ts';
import { respellings } from './respell.ts';
import type { SearchEngine } from './search.ts';
import { allButOne, type Match, pairs, plainWords } from './words.ts';

/** The words that are looked for in place of those typed; none where nothing can be made of them. */
export interface Reading {
  readonly words: readonly string[];
  readonly respelled: Understanding['respelled'];
  readonly leftOut: readonly string[];
}

/** Words looked at one by one, so that a long text costs no more than a short one. */
const LOOKED_AT = 8;

/** Words that no article has, whatever its date, are taken for others that some have; else they are left out. */
export async function readAgain(
  sql: Sql,
  search: SearchEngine,
  tenant: Tenant,
  typed: readonly string[],
): Promise<Reading> {
  const exists = async (text: string) =>
    (await search.newest(sql, { tenant, match: [plainWords(text)], since: undefined, limit: 1 })).length > 0;
  const words: string[] = [];
  const respelled: { typed: string; meant: string }[] = [];
  const leftOut: string[] = [];
  for (const [i, word] of typed.entries()) {
    if (i >= LOOKED_AT || (await exists(word))) {
      words.push(word);
      continue;
    }
    const meant = await firstOf((await respellings(sql, tenant, word)).slice(0, 3), exists);
    if (meant === undefined) leftOut.push(word);
    else {
      words.push(...plainWords(meant));
      respelled.push({ typed: word, meant });
    }
  }
  // With one word of two unknown, nothing is about both.
  const enough = leftOut.length === 0 || words.length > leftOut.length;
  return enough ? { words, respelled, leftOut } : { words: [], respelled: [], leftOut: [] };
}

async function firstOf(
  texts: readonly string[],
  holds: (text: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const text of texts) if (await holds(text)) return text;
  return undefined;
}

/** Of a question of many words these say most. */
const RAREST = 4;

/** Three words of four are about it; one word of two is about something else: matches to try, the strictest first. */
export function mostOf(words: readonly string[]): readonly Match[] {
  if (words.length < 3) return [];
  const telling = [...words].sort((a, b) => rarity(stem(b)) - rarity(stem(a))).slice(0, RAREST);
  const steps = words.length <= RAREST ? [allButOne(words)] : [[telling], allButOne(telling)];
  return words.length > 3 ? [...steps, pairs(telling.slice(0, 3))] : steps;
}
