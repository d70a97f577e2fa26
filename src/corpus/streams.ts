/** The commands `extract` and `feed`: documents on standard input, JSON on standard output. */
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { FeedDocument } from './feeds/feed.ts';
import { readFeedDocument } from './feeds/feeds.ts';
import { linesOf } from './files/lines.ts';
import { readPage } from './pages/pages.ts';
import { decodeLeniently } from './text/text.ts';

export interface StreamOptions {
  /** One record a line instead of one document in all. */
  readonly jsonl: boolean;
}

/** A line longer than this is answered with an error. */
const longestLine = 64e6;

/**
 * Pages to `{"id", "title", "date", "byline", "text"}`; what a page does not say is null.
 * @returns the exit status: 1 when a single page holds no article.
 */
export async function extractStream(input: Readable, output: Writable, { jsonl }: StreamOptions): Promise<number> {
  if (!jsonl) {
    const bytes = await allOf(input);
    const page = pageAnswer(decodePage(bytes), undefined);
    await write(output, page);
    return page.text === '' ? 1 : 0;
  }
  const record = z.object({ id: z.unknown(), html: z.string(), url: z.string().optional().catch(undefined) });
  return eachLine(input, output, record, ({ id, html, url }) => ({ id, ...pageAnswer(html, url) }));
}

/**
 * Feeds to `{"id", "error"?, "feed"?, "entries"}`.
 * @returns the exit status: 1 when a single document is no feed.
 */
export async function feedStream(input: Readable, output: Writable, { jsonl }: StreamOptions): Promise<number> {
  if (!jsonl) {
    const answer = feedAnswer(readFeedDocument(await allOf(input)));
    await write(output, answer);
    return 'error' in answer ? 1 : 0;
  }
  const record = z.object({
    id: z.unknown(),
    text: z.string().optional(),
    base64: z.string().optional(),
    url: z.string().optional().catch(undefined),
    headers: z.record(z.string(), z.string()).nullish().catch(undefined),
  });
  return eachLine(input, output, record, ({ id, text, base64, url, headers }) => {
    const lower = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const source = text ?? Buffer.from(base64 ?? '', 'base64');
    return { id, ...feedAnswer(readFeedDocument(source, { headers: lower, ...(url && { url }) })) };
  });
}

function pageAnswer(html: string, url: string | undefined) {
  const { text, stated } = readPage(html, url);
  return { title: stated.title ?? null, date: stated.date ?? null, byline: stated.byline ?? null, text };
}

function feedAnswer(document: FeedDocument) {
  switch (document.kind) {
    case 'none':
      return { error: document.reason, entries: [] };
    case 'list':
      return {
        feed: { title: document.title },
        entries: document.feeds.map(({ url, title }) => ({ title, link: url })),
      };
    case 'feed': {
      const { entries, everyMinutes: _, ...feed } = document.feed;
      return { feed, entries };
    }
  }
}

async function eachLine<T extends { readonly id?: unknown }>(
  input: Readable,
  output: Writable,
  record: z.ZodType<T>,
  answer: (value: T) => object,
): Promise<number> {
  let status = 0;
  for await (const { number, bytes } of linesOf(input, longestLine)) {
    const value = bytes && jsonIn(bytes);
    const parsed = record.safeParse(value);
    if (!parsed.success) status = 1;
    await write(
      output,
      parsed.success
        ? answered(parsed.data, answer)
        : { id: idOf(value), error: `line ${number}: not a record of this kind` },
    );
  }
  return status;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined; // Told to the caller by its line number.
  }
}

const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : null;

/** One bad document must not end the others, whatever a library does with it. */
function answered<T extends { readonly id?: unknown }>(value: T, answer: (value: T) => object): object {
  try {
    return answer(value);
  } catch (error) {
    return { id: value.id, error: error instanceof Error ? error.message : String(error) };
  }
}

function decodePage(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const declared = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(head)?.[1];
  return decodeLeniently(bytes, declared);
}

async function allOf(input: Readable): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of input as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > longestLine) throw new RangeError(`input: expected at most ${longestLine / 1e6} MB, got more`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function write(output: Writable, value: object): Promise<void> {
  if (!output.write(`${JSON.stringify(value)}\n`)) await new Promise((done) => output.once('drain', done));
}
