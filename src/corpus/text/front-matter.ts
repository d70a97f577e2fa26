/** What a file says of itself before its text: a YAML block between two lines of `---`. */
import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Span } from '../../model.ts';
import { asMeant } from './misread.ts';

/** What a source states about an article, in the words of the source. */
export interface Stated {
  readonly title?: string;
  readonly date?: string;
  readonly outlet?: string;
  readonly url?: string;
  readonly byline?: string;
  readonly fiction?: boolean;
}

export interface FrontMatter {
  readonly stated: Stated;
  /** The block with both of its `---` lines. */
  readonly span: Span;
}

const maxLength = 16_384;

const require = createRequire(import.meta.url);
/** Loaded with the first block. */
const yaml = () => require('yaml') as typeof import('yaml');

/**
 * Reads the block at the start of a text. Undefined when there is none, or when what stands between the lines is not
 * a list of names and values: then it is part of the article.
 *
 * Hostile input is harmless: aliases are not followed, only plain fields are taken, the block has a length limit.
 */
export function readFrontMatter(text: string): FrontMatter | undefined {
  if (!text.startsWith('---')) return undefined;
  const block = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text.slice(0, maxLength));
  if (!block) return undefined;
  const fields = yamlFields(block[1] ?? '');
  return fields && { stated: statedBy(fields), span: { start: 0, end: block[0].trimEnd().length } };
}

function yamlFields(source: string): Record<string, unknown> | undefined {
  try {
    // The failsafe schema leaves every value a string: a date stays as it was written, `no` stays a word.
    const document = yaml().parseDocument(source, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length > 0) return looseFields(source);
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return isRecord(value) ? value : undefined;
  } catch {
    return looseFields(source);
  }
}

/** `title: He said: "no"` is no YAML, yet plain to a reader: one field a line, the rest of the line its value. */
function looseFields(source: string): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (const line of source.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const field = /^([A-Za-z][\w-]{0,40})\s*:\s*(.*)$/.exec(line);
    if (!field) return undefined;
    fields[field[1] as string] = (field[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Other names for the same thing, as exports of newsrooms and archives have them. First come, first taken. */
const names = {
  title: ['title', 'headline', 'name'],
  date: [
    'date',
    'published',
    'publishedat',
    'datepublished',
    'publicationdate',
    'pubdate',
    'publishdate',
    'publishedon',
    'createdat',
    'created',
    'timestamp',
  ],
  outlet: ['outlet', 'source', 'publisher', 'publication', 'sitename', 'site', 'newspaper'],
  url: ['url', 'link', 'permalink', 'canonicalurl', 'canonical', 'href', 'sourceurl'],
  byline: ['byline', 'author', 'authors', 'creator', 'by', 'writer'],
  fiction: ['fiction'],
} as const;

const oneLine = z
  .union([z.string(), z.number(), z.date()])
  .transform((value) => (value instanceof Date ? value.toISOString() : String(value)))
  .transform((value) => asMeant(value).replace(/\s+/g, ' ').trim().slice(0, 1000))
  .refine((value) => value !== '' && !/^(null|undefined|none|n\/a)$/i.test(value));
const person = z.union([oneLine, z.object({ name: oneLine }).transform(({ name }) => name)]);
const people = z.union([
  person,
  z
    .array(person)
    .min(1)
    .max(50)
    .transform((all) => all.join(', ')),
]);
const yes = z.union([z.boolean(), z.stringbool()]);

/**
 * Takes what is known about an article out of a record of any shape: names are matched without case, `_`, `-` and
 * blanks; a value of the wrong kind counts as absent.
 */
export function statedBy(fields: Readonly<Record<string, unknown>>): Stated {
  const folded = new Map(Object.entries(fields).map(([name, value]) => [fold(name), value]));
  const take = <T>(field: keyof typeof names, schema: z.ZodType<T>): T | undefined => {
    for (const name of names[field]) {
      if (!folded.has(name)) continue;
      const result = schema.safeParse(folded.get(name));
      if (result.success) return result.data;
    }
    return undefined;
  };
  const link = take('url', oneLine.pipe(z.httpUrl().or(z.url({ protocol: /^https?$/ }))));
  const all = {
    title: take('title', oneLine),
    date: take('date', oneLine),
    outlet: take('outlet', person),
    url: link,
    byline: take('byline', people)?.replace(/^by\s+/i, ''),
    fiction: take('fiction', yes) || undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export const fold = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');
