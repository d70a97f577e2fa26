/**
 * Other names of a topic, learned from the articles: kept as they are met, believed only as far as the articles of today
 * bear them out. Both engines.
 *
 * A row says that some article gave two names for one thing. How many articles say the one, the other and both is asked of
 * the index when a reader types one of them: nothing is counted at saving, and what is withdrawn counts no more.
 */
import type { Alias, FoundAlias, Tenant } from '../../model.ts';
import { seenBy } from '../asking/articles.ts';
import { wordForms } from '../asking/names.ts';
import { NEWEST_RANKED, type SearchEngine } from '../asking/search.ts';
import { plainWords } from '../asking/words.ts';
import { storable } from '../rows.ts';
import type { Sql, Value } from '../sql.ts';

export type AliasRow = readonly [key: string, label: string, otherKey: string, otherLabel: string, how: string];

const LONGEST = 80;

/** Both ways round: a reader may type either. */
export const aliasRows = (aliases: readonly FoundAlias[]): AliasRow[] =>
  aliases.flatMap(({ name, other, how }): AliasRow[] => {
    const texts = [name.key, name.label, other.key, other.label].map(storable);
    if (texts.some((text) => text === '' || text.length > LONGEST)) return [];
    const [a, aLabel, b, bLabel] = texts as [string, string, string, string];
    return [
      [a, aLabel, b, bLabel, how],
      [b, bLabel, a, aLabel, how],
    ];
  });

/** Aliases of the articles of one transaction, held back until `flush`. */
export interface AliasesHeld {
  add(tenant: string, rows: readonly AliasRow[]): void;
  flush(sql: Sql): Promise<void>;
  forget(): void;
}

/** Pairs written lately: the same few stand in article after article. */
const KNOWN = 5000;

export function openAliases(): AliasesHeld {
  const held = new Map<string, readonly Value[]>();
  const known = new Set<string>();
  return {
    add(tenant, rows) {
      for (const [key, label, other, otherLabel, how] of rows) {
        const id = [tenant, key, other].join('\n');
        if (!known.has(id)) held.set(id, [tenant, key, label, other, otherLabel, how]);
      }
    },
    async flush(sql) {
      if (held.size === 0) return;
      const rows = [...held].sort(([a], [b]) => (a < b ? -1 : 1));
      held.clear();
      await sql.insert(
        'aliases (tenant, key, label, other, other_label, how)',
        rows.map(([, row]) => row),
        'ON CONFLICT DO NOTHING',
      );
      if (known.size > KNOWN) known.clear();
      for (const [id] of rows) known.add(id);
    },
    forget() {
      held.clear();
      known.clear();
    },
  };
}

// ---------------------------------------------------------------- what a typed name is called too

interface Row {
  readonly label: string;
  readonly other: string;
  readonly other_label: string;
  readonly how: FoundAlias['how'];
}

const LOOKED_AT = 12;
const WEIGHED = 4;

/** How far articles must bear an alias out: how many say both, and which share of those that say the rarer name, or either. */
const BORNE_OUT: Readonly<Record<FoundAlias['how'], { both: number; ofRarer: number; ofEither: number }>> = {
  letters: { both: 1, ofRarer: 0.4, ofEither: 0 },
  // One misread sentence gives a name that stands in every article ("Trump") another that few have, each of which says both.
  called: { both: 2, ofRarer: 0.4, ofEither: 0.1 },
  kindred: { both: 3, ofRarer: 0.6, ofEither: 0.5 },
};
/** The second best long form of an abbreviation with this share of the best one's articles makes it ambiguous: then none is taken. */
const RIVAL = 0.34;

/** Other names of the topic `typed`, surest first, with the count that says so. Empty for nearly everything, at the cost of one look. */
export async function aliasesOf(
  sql: Sql,
  search: SearchEngine,
  tenant: Tenant,
  typed: string,
): Promise<readonly Alias[]> {
  const keys = wordForms(typed);
  if (keys.length === 0) return [];
  const rows = await sql.all<Row>(
    `SELECT label, other, other_label, how FROM aliases
     WHERE ${seenBy('tenant', '$1')} AND ${sql.dialect.among('key', '$2', 'text')} LIMIT ${LOOKED_AT}`,
    tenant,
    JSON.stringify(keys.map(storable)),
  );
  const byOther = new Map(rows.map((row) => [row.other, row]));
  const weighed: (Alias & { readonly how: FoundAlias['how'] })[] = [];
  for (const row of [...byOther.values()].slice(0, WEIGHED)) {
    const alias = await weigh(sql, search, tenant, typed, row);
    if (alias) weighed.push({ ...alias, how: row.how });
  }
  weighed.sort((a, b) => b.both - a.both);
  const letters = weighed.filter(({ how }) => how === 'letters');
  const ambiguous = letters.length > 1 && letters[1]!.both >= RIVAL * letters[0]!.both;
  return weighed
    .filter((alias) => alias.how !== 'letters' || (!ambiguous && alias === letters[0]))
    .map(({ how: _how, ...alias }) => alias);
}

/** Which of these topics some article gives as names for one thing: pairs, each once, few. */
export async function aliasPairs(
  sql: Sql,
  tenant: Tenant,
  keys: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  if (keys.length < 2) return [];
  const rows = await sql.all<{ key: string; other: string }>(
    `SELECT key, other FROM aliases WHERE ${seenBy('tenant', '$1')} AND ${sql.dialect.among('key', '$2', 'text')}
     AND ${sql.dialect.among('other', '$2', 'text')} AND key < other LIMIT ${LOOKED_AT}`,
    tenant,
    JSON.stringify(keys),
  );
  return rows.map(({ key, other }) => [key, other] as const);
}

async function weigh(
  sql: Sql,
  search: SearchEngine,
  tenant: Tenant,
  typed: string,
  { other_label, how }: Row,
): Promise<Alias | undefined> {
  const [one, other] = [phrase(typed.replace(/^the /i, '')), phrase(other_label)];
  const count = async (texts: readonly string[]) =>
    (await search.newest(sql, { tenant, match: [texts], since: undefined, limit: NEWEST_RANKED })).length;
  const both = await count([one, other]);
  const least = BORNE_OUT[how];
  if (both < least.both) return undefined;
  const [ofOne, ofOther] = [await count([one]), await count([other])];
  const rarer = Math.min(ofOne, ofOther);
  const either = ofOne + ofOther - both;
  if (both < least.ofRarer * rarer || both < least.ofEither * either) return undefined;
  if (how === 'kindred') return { name: other_label, both, of: either };
  return { name: other_label, both, of: rarer, rarer: ofOther <= ofOne ? 'other' : 'typed' };
}

export const phrase = (text: string): string => plainWords(text).join(' ');
