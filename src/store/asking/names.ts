/** Names as they are looked up: words, prefixes, and how near a typed name is to a known one. Pure but for its one write. */
import { fold, foldedWords } from '../../analysis/text/fold.ts';
import type { Sql, Value } from '../sql.ts';

export type NameSpace = 's' | 't';

const WORDS_KEPT = 24;
const LONGEST = 40;

/** From this weight (two articles) on a name has entries of its own for one, two and three letters. */
const COMPLETED_FROM = 2;

/**
 * What a name of some weight is found by: its words and, for completion, their first one, two and three letters. Most
 * names are met once: those are found through the range of their words, and few letters find heavier names first anyway.
 */
export function nameKeys(kind: string, names: readonly string[], weight: number): string[] {
  const keys = new Set<string>([`#${kind}`]);
  for (const word of nameWords(names)) {
    keys.add(word);
    const points = [...word];
    if (weight >= COMPLETED_FROM)
      for (let length = 1; length <= 3 && length < points.length; length++) keys.add(points.slice(0, length).join(''));
    // Spelling mistakes in the first letters: the last three find the word.
    if (points.length > 4) keys.add(`~${points.slice(-3).join('')}`);
  }
  return [...keys];
}

/** Folded words of several names, each once. */
export function nameWords(names: readonly string[]): string[] {
  const words = new Set<string>();
  for (const name of names)
    for (const word of foldedWords(name.slice(0, 400)))
      if (words.size < WORDS_KEPT) words.add(word.replace(/'s$/, '').slice(0, LONGEST));
  words.delete('');
  return [...words];
}

/** "democrats" and "democrat"; people type either. */
export function numberForms(word: string): string[] {
  if (word.length < 4) return [word];
  return word.endsWith('s') ? [word, word.slice(0, -1)] : [word, `${word}s`];
}

/** A typed name as it may be keyed: folded, its last word in both numbers. */
export function wordForms(typed: string): string[] {
  const words = foldedWords(typed.slice(0, 200).replace(/^the /i, ''));
  const last = words.pop();
  if (last === undefined) return [];
  return [...new Set([last, ...numberForms(last)])].map((form) => [...words, form].join(' '));
}

/** Counts in steps, so that a name's entries are rewritten rarely: each step is twice the last. */
export const bucket = (count: number): number => Math.floor(Math.log2(Math.max(count, 1))) + 1;

/** What a name is found by, and at which weight. */
export interface NameEntries {
  readonly keys: readonly string[];
  readonly weight: number;
}

/** A name whose entries change; without `before` or `after` it had none or will have none. */
export interface NameChange {
  readonly tenant: string;
  readonly id: number;
  readonly before: NameEntries | undefined;
  readonly after: NameEntries | undefined;
}

/** Makes the entries of these names, each of which comes once, what they should be. */
export async function syncNameKeys(sql: Sql, space: NameSpace, changes: readonly NameChange[]): Promise<void> {
  const gone: Value[][] = [];
  const fresh: Value[][] = [];
  for (const { tenant, id, before, after } of changes) {
    const kept = new Set(before && after && before.weight === after.weight ? before.keys : []);
    const wanted = new Set(after?.keys);
    const row = (word: string, { weight }: NameEntries): Value[] => [space, tenant, word, weight, id];
    for (const key of before?.keys ?? []) if (!kept.has(key) || !wanted.has(key)) gone.push(row(key, before!));
    for (const key of [...wanted].sort()) if (!kept.has(key)) fresh.push(row(key, after!));
  }
  if (gone.length > 0) {
    const columns = { space: 'text', tenant: 'text', word: 'text', weight: 'bigint', id: 'bigint' } as const;
    await sql.all(
      `DELETE FROM name_words WHERE (space, tenant, word, weight, id) IN (SELECT * FROM ${sql.dialect.table('$1', columns)} gone)`,
      JSON.stringify(gone),
    );
  }
  if (fresh.length > 0)
    await sql.insert('name_words (space, tenant, word, weight, id)', fresh, 'ON CONFLICT DO NOTHING');
}

/** Is every typed word one of `words`, or the beginning of one? */
export const coversPrefixes = (words: readonly string[], typed: readonly string[]): boolean =>
  typed.every((prefix) => words.some((word) => word.startsWith(prefix)));

/** How unlike two names are, 0 to 1: Damerau-Levenshtein distance of the folded words, the best order of pairs. */
export function unlikeness(typed: string, name: string): number {
  const a = foldedWords(typed.slice(0, 120));
  const b = foldedWords(name.slice(0, 200));
  if (a.length === 0 || b.length === 0) return 1;
  let worst = 0;
  for (const word of a) {
    let best = 1;
    for (const other of b) best = Math.min(best, distance(word, other) / Math.max(word.length, other.length));
    worst += best;
  }
  const whole = distance(fold(typed).slice(0, 60), fold(name).slice(0, 60)) / Math.max(typed.length, name.length, 1);
  return 0.8 * (worst / a.length) + 0.2 * Math.min(whole, 1);
}

/** Damerau-Levenshtein (adjacent letters swapped count once). Quadratic: for words and short names only. */
export function distance(a: string, b: string): number {
  if (a === b) return 0;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
