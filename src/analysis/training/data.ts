/** The annotated articles that models are trained and measured on. They stay outside the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The folder of evaluation data: `EVALDATA`, else beside the checkout. */
export const EVALDATA = process.env.EVALDATA ?? new URL('../../../../shared/evaldata', import.meta.url).pathname;

export interface GoldSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface GoldQuote extends GoldSpan {
  readonly kind: 'direct' | 'mixed' | 'indirect';
  readonly speaker: GoldSpan | null;
  readonly speakerFull: string | null;
  readonly cue: GoldSpan | null;
  readonly group?: string;
  readonly optional: boolean;
  readonly report: boolean;
}

export interface GoldArticle {
  readonly id: string;
  readonly text: string;
  readonly title?: string;
  readonly date?: string;
  readonly granularity?: 'statement';
  readonly quotes: readonly GoldQuote[];
}

/** Automatic tags of the PolNeAR articles; joined by `id`, lists separated by a space. */
export interface SilverTags {
  readonly id: string;
  readonly split: 'train-a' | 'dev';
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly pos: string;
  readonly deprel: string;
  readonly head: readonly number[];
}

export interface GumDocument {
  readonly id: string;
  readonly text: string;
  readonly sentences: readonly { readonly start: number; readonly end: number }[];
  readonly tokens: readonly { readonly start: number; readonly end: number; readonly xpos: string }[];
}

/** Reads a JSONL file below `EVALDATA`, gzipped or not. @throws Error that says which folder was looked at. */
export function readLines<Record>(path: string): Record[] {
  const file = join(EVALDATA, path);
  if (!existsSync(file))
    throw new Error(`${path}: not found under ${EVALDATA}. Set EVALDATA to the folder of evaluation data.`);
  const bytes = readFileSync(file);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record);
}

/** A generator of numbers in [0, 1) that gives the same run every time (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle<Item>(items: Item[], random: () => number): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
