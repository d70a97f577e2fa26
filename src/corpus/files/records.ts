/** One record of an export (JSON, JSONL, CSV) to what an article is made of. Field names differ; meanings do not. */
import { z } from 'zod';
import { fold, type Stated, statedBy } from '../text/front-matter.ts';
import { htmlText, looksLikeHtml } from '../text/markup.ts';
import { regular } from '../text/text.ts';
import { addressKey } from '../web/addresses.ts';

export interface ReadRecord {
  readonly text: string;
  readonly stated: Stated;
  /** What names the record over time: its address, else its own id. */
  readonly key?: string;
}

const textNames = [
  'text',
  'body',
  'content',
  'articlebody',
  'fulltext',
  'maintext',
  'article',
  'story',
  'bodytext',
  'contenttext',
  'contenthtml',
  'description',
  'summary',
];

const prose = z.union([
  z.string(),
  z
    .array(z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]))
    .transform((all) => all.join('\n')),
  z.object({ text: z.string() }).transform(({ text }) => text),
]);
const identity = z.union([z.string().trim().min(1).max(500), z.number()]).transform(String);
const record = z.record(z.string(), z.unknown());

/** What was wrong with a record, in words for the operator. */
export interface BadRecord {
  readonly problem: string;
}

/**
 * Reads one record. The text stands in `text`, `body`, `content` or one of their usual sisters (a string, a list of
 * paragraphs; HTML is turned into text); title, date, outlet, url and byline as in front matter.
 */
export function readRecord(value: unknown): ReadRecord | BadRecord {
  const parsed = record.safeParse(value);
  if (!parsed.success || Array.isArray(value))
    return { problem: `expected a record with a text, got ${kindOf(value)}` };
  const fields = new Map(Object.entries(parsed.data).map(([name, field]) => [fold(name), field]));
  for (const name of textNames) {
    const found = prose.safeParse(fields.get(name));
    if (!found.success || found.data.trim() === '') continue;
    const raw = found.data;
    const text = regular(looksLikeHtml(raw) ? htmlText(raw) : raw);
    const stated = statedBy(parsed.data);
    const id = identity.safeParse(fields.get('id') ?? fields.get('guid') ?? fields.get('uuid'));
    const key = (stated.url && addressKey(stated.url)) ?? (id.success ? id.data : undefined);
    return { text, stated, ...(key && { key }) };
  }
  const names = Object.keys(parsed.data).slice(0, 8).join(', ');
  return { problem: `no text: expected a field named text, body or content, got ${names || 'no fields'}` };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** The records of a JSON document: a list, a list under a usual name, or the document itself. */
export function recordsOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document;
  if (typeof document === 'object' && document !== null) {
    const fields = new Map(Object.entries(document).map(([name, field]) => [fold(name), field]));
    for (const name of [
      'articles',
      'records',
      'documents',
      'docs',
      'items',
      'entries',
      'stories',
      'results',
      'news',
      'data',
    ]) {
      const list: unknown = fields.get(name);
      if (Array.isArray(list)) return list;
    }
  }
  return [document];
}
