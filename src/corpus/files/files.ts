/**
 * Files on disk to drafts of articles, one at a time. What cannot be read is named with its reason, and the rest goes on.
 * What only one kind of file is read with is loaded with the first of that kind.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Options as CsvOptions } from 'csv-parse';
import type { Tenant } from '../../model.ts';
import type { Draft } from '../article.ts';
import { bylineOf, plainTitle } from '../feeds/feed.ts';
import { readFeedDocument } from '../feeds/feeds.ts';
import { decode } from '../text/text.ts';
import { articleKinds, unreadKind } from './kinds.ts';
import { linesOf } from './lines.ts';
import { readRecord, recordsOf } from './records.ts';

/** A draft with the bytes it came from, or what could not be read and why. */
export type Reading =
  | { readonly draft: Draft; readonly original: Uint8Array; readonly problem?: undefined }
  | { readonly origin: string; readonly problem: string };

/** Sizes in bytes, after decompression. */
export interface FileLimits {
  /** A text or Markdown file: one article. */
  readonly article: number;
  /** A page: markup is several times its text. */
  readonly page: number;
  /** A JSON document, held in memory whole. JSONL has no limit. */
  readonly document: number;
  /** A record: one line of JSONL, one row of CSV. */
  readonly record: number;
}

export const fileLimits: FileLimits = { article: 5e6, page: 20e6, document: 100e6, record: 16e6 };

/** After this many bad records of one file the rest are counted, not listed. */
const listedProblems = 1000;

type Format = 'text' | 'markdown' | 'page' | 'json' | 'lines' | 'csv' | 'feed';

const formats: Readonly<Record<string, Format>> = {
  '': 'text',
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'page',
  htm: 'page',
  xhtml: 'page',
  json: 'json',
  jsonl: 'lines',
  ndjson: 'lines',
  csv: 'csv',
  tsv: 'csv',
  xml: 'feed',
  rss: 'feed',
  atom: 'feed',
  rdf: 'feed',
};

/**
 * Reads every article of one file. Never throws: an unreadable file, or record in it, is a reading with a `problem`.
 *
 * @param path Where it is on this machine.
 * @param origin What to call it in messages; records are `origin#line`.
 * @param key What names it over time (see `articleId`).
 */
export async function* readFileArticles(
  path: string,
  { origin, key, tenant, limits = fileLimits, opened }: ReadOptions,
): AsyncGenerator<Reading> {
  const name = basename(path).toLowerCase();
  const packed = name.endsWith('.gz');
  const plain = packed ? name.slice(0, -3) : name;
  const extension = /\.([a-z0-9]{1,10})$/.exec(plain)?.[1] ?? '';
  const format = formats[extension];
  const file: OpenFile = { path, packed, origin, key, tenant, limits, ...(opened && { opened }) };
  const unread = format === undefined ? unreadKind(name) : undefined;
  if (unread !== undefined) {
    yield { origin, problem: unread };
    return;
  }
  try {
    if (format === 'lines') yield* readLines(file);
    else if (format === 'csv') yield* readCsv(file, extension === 'tsv' ? '\t' : undefined);
    else yield* readWhole(file, format ?? 'text', format === undefined ? extension : undefined);
  } catch (error) {
    yield { origin, problem: faultOf(error) };
  }
}

export interface ReadOptions {
  readonly origin: string;
  readonly key: string;
  readonly tenant: Tenant;
  readonly limits?: FileLimits;
  /** Is given a way to ask how many bytes of a long file are read. */
  readonly opened?: (bytesRead: () => number) => void;
}

interface OpenFile {
  readonly path: string;
  readonly packed: boolean;
  readonly origin: string;
  readonly key: string;
  readonly tenant: Tenant;
  readonly limits: FileLimits;
  readonly opened?: ReadOptions['opened'];
}

async function* readWhole(file: OpenFile, format: Format, strangeExtension?: string): AsyncGenerator<Reading> {
  const { origin, key, tenant, limits } = file;
  const limit =
    format === 'json' || format === 'feed' ? limits.document : format === 'page' ? limits.page : limits.article;
  const original = await bytesOf(file, limit);
  if (typeof original === 'string') {
    yield { origin, problem: original };
    return;
  }
  const decoded = decode(original, format === 'page' || format === 'feed' ? declaredIn(original) : undefined);
  if (decoded.refused !== undefined) {
    const hint = strangeExtension ? ` (articles are ${articleKinds})` : '';
    yield { origin, problem: `${decoded.refused}${hint}` };
    return;
  }
  const { text } = decoded;
  switch (format) {
    case 'text':
      yield { draft: { text, tenant, origin, key, isFile: true }, original };
      return;
    case 'markdown': {
      const { plainMarkdown } = await import('./markdown.ts');
      yield { draft: { ...plainMarkdown(text), tenant, origin, key, isFile: true }, original };
      return;
    }
    case 'page': {
      const { readPage } = await import('../pages/pages.ts');
      const page = readPage(text);
      const stated = { ...savedFrom(text), ...page.stated };
      if (page.text === '') yield { origin, problem: 'no article found on the page' };
      else yield { draft: { text: page.text, stated, tenant, origin, key }, original };
      return;
    }
    case 'feed':
      yield* readFeedFile(file, original);
      return;
    default:
      if (isLinesOfJson(text)) yield* readLines(file);
      else yield* readJson(file, text);
  }
}

/** Browsers write down where a page that they save came from: `<!-- saved from url=(0026)https://example.com/a -->`. */
function savedFrom(text: string): { readonly url?: string } {
  const url = /<!-- saved from url=\(\d{4}\)(https?:\/\/[^\s<>]{1,2000}) -->/.exec(text.slice(0, 4096))?.[1];
  return url ? { url } : {};
}

/** JSONL under the name of JSON, as exports often are: a record on the first line, another on the second. */
function isLinesOfJson(text: string): boolean {
  if (!/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text.slice(0, 1_000_000))) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

function* readJson(file: OpenFile, text: string): Generator<Reading> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    yield { origin: file.origin, problem: notJson(error) };
    return;
  }
  const records = recordsOf(document);
  if (records.length === 0) yield { origin: file.origin, problem: 'holds no records' };
  const tally = new Tally(file.origin);
  for (const [i, value] of records.entries()) {
    const place = records.length === 1 && value === document ? '' : `#${i + 1}`;
    const reading = fromRecord(file, value, place, () => Buffer.from(JSON.stringify(value)));
    if (tally.passes(reading)) yield reading;
  }
  yield* tally.rest();
}

async function* readLines(file: OpenFile): AsyncGenerator<Reading> {
  const tally = new Tally(file.origin);
  let count = 0;
  for await (const { number, bytes } of linesOf(streamOf(file), file.limits.record)) {
    count += 1;
    const reading = readLine(file, number, bytes);
    if (tally.passes(reading)) yield reading;
  }
  if (count === 0) yield { origin: file.origin, problem: 'empty' };
  yield* tally.rest();
}

function readLine(file: OpenFile, number: number, bytes: Uint8Array | undefined): Reading {
  const origin = `${file.origin}#${number}`;
  if (!bytes) return { origin, problem: `a line of more than ${size(file.limits.record)}` };
  const decoded = decode(bytes);
  if (decoded.refused !== undefined) return { origin, problem: decoded.refused };
  try {
    return fromRecord(file, JSON.parse(decoded.text), `#${number}`, () => bytes);
  } catch (error) {
    return { origin, problem: notJson(error) };
  }
}

async function* readCsv(file: OpenFile, delimiter: string | undefined): AsyncGenerator<Reading> {
  const head = await firstBytes(file);
  if (head.length === 0) {
    yield { origin: file.origin, problem: 'empty' };
    return;
  }
  const sample = decode(head.subarray(0, Math.max(0, head.lastIndexOf(10)) || head.length));
  if (sample.refused !== undefined) {
    yield { origin: file.origin, problem: sample.refused };
    return;
  }
  // Excel's own first line, which names the sign between columns.
  const named = /^\ufeff?sep=(.)\r?\n/.exec(sample.text)?.[1];
  const options: CsvOptions = {
    columns: (names: string[]) => names.map((name, i) => name.trim() || `column${i + 1}`),
    delimiter: delimiter ?? named ?? delimiterOf(sample.text),
    from_line: named === undefined ? 1 : 2,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: file.limits.record,
  };
  const { parse } = await import('csv-parse');
  const rows = Readable.from(decodedChunks(file, sample.encoding)).pipe(parse(options));
  const tally = new Tally(file.origin);
  let count = 0;
  for await (const { record, info } of rows as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    count += 1;
    const reading = fromRecord(file, record, `#${info.lines}`, () => Buffer.from(JSON.stringify(record)));
    if (tally.passes(reading)) yield reading;
  }
  if (count === 0) yield { origin: file.origin, problem: 'no rows under its header' };
  yield* tally.rest();
}

async function* decodedChunks(file: OpenFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of streamOf(file)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The sign that stands most often in the header line. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\n|$/));
  const count = (sign: string) => header.split(sign).length;
  return [',', ';', '\t', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function fromRecord(file: OpenFile, value: unknown, place: string, original: () => Uint8Array): Reading {
  const origin = `${file.origin}${place}`;
  const read = readRecord(value);
  if ('problem' in read) return { origin, problem: read.problem };
  if (read.text.trim() === '') return { origin, problem: 'its text is empty' };
  const { text, stated } = read;
  const key =
    read.key === undefined
      ? `${file.key}${place}`
      : read.key.startsWith('//')
        ? read.key
        : `${file.key}#id=${read.key}`;
  return { draft: { text, stated, tenant: file.tenant, origin, key }, original: original() };
}

function* readFeedFile(file: OpenFile, bytes: Uint8Array): Generator<Reading> {
  const read = readFeedDocument(bytes, {});
  if (read.kind !== 'feed') {
    const reason =
      read.kind === 'list'
        ? 'a list of feeds (OPML): name this very file in CORPUS, and its feeds are read'
        : `${read.reason}; other XML is not read: export it as text, HTML or JSON`;
    yield { origin: file.origin, problem: reason };
    return;
  }
  for (const [i, entry] of read.feed.entries.entries()) {
    const value = {
      ...entry,
      text: entry.content ?? entry.summary,
      outlet: plainTitle(read.feed.title),
      title: plainTitle(entry.title),
      author: bylineOf(entry.author),
      date: entry.published ?? entry.updated,
    };
    yield fromRecord(file, value, `#${i + 1}`, () => Buffer.from(JSON.stringify(entry)));
  }
}

/** Lists the first thousand problems of a file and counts the rest. */
class Tally {
  private bad = 0;
  private readonly origin: string;
  constructor(origin: string) {
    this.origin = origin;
  }
  passes(reading: Reading): boolean {
    if (reading.problem !== undefined) this.bad += 1;
    return reading.problem === undefined || this.bad <= listedProblems;
  }
  *rest(): Generator<Reading> {
    if (this.bad > listedProblems)
      yield { origin: this.origin, problem: `${this.bad - listedProblems} more records could not be read` };
  }
}

function streamOf({ path, packed, opened }: OpenFile): AsyncIterable<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 1 << 18 });
  opened?.(() => stream.bytesRead);
  if (!packed) return stream;
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  stream.on('error', (error) => unpacked.destroy(error));
  return stream.pipe(unpacked);
}

/** All bytes of a file, or why not: never more than the limit is held. */
async function bytesOf(file: OpenFile, limit: number): Promise<Uint8Array | string> {
  if (!file.packed) {
    await using handle = await open(file.path);
    const { size: length } = await handle.stat();
    return length > limit ? tooLarge(length, limit) : await handle.readFile();
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of streamOf(file)) {
    length += part.length;
    if (length > limit) return `unpacked more than the ${size(limit)} it may have`;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function firstBytes(file: OpenFile): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of streamOf(file)) {
    parts.push(part);
    length += part.length;
    if (length >= 65_536) break;
  }
  return Buffer.concat(parts);
}

/** The encoding that a page or feed names in its first kilobyte. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  return /(?:<\?xml[^>]{0,200}?encoding\s*=\s*["']|<meta[^>]{0,200}?charset\s*=\s*["']?)([\w.:-]{2,40})/i.exec(
    head,
  )?.[1];
}

/** Where a fault of a table lies, when its reader says so. */
const lineOf = (error: unknown): string => {
  const { lines } = error as { lines?: unknown };
  return typeof lines === 'number' ? ` (near line ${lines})` : '';
};

const size = (bytes: number): string => `${Math.round(bytes / 1e5) / 10} MB`;
const tooLarge = (bytes: number, limit: number): string => `${size(bytes)}, more than the ${size(limit)} it may have`;

const notJson = (error: unknown): string =>
  `not JSON: ${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 120)}`;

const faults: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'a folder, not a file',
  ELOOP: 'a link that leads back to itself',
  EMFILE: 'too many open files',
  Z_DATA_ERROR: 'not a whole gzip file',
  Z_BUF_ERROR: 'a gzip file that was cut off',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'damaged text: its encoding breaks off in the middle',
  CSV_MAX_RECORD_SIZE: 'a row longer than the limit (is a quotation mark missing?)',
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark that is never closed',
};

function faultOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && faults[code]) return `${faults[code]}${lineOf(error)}`;
  return `could not be read: ${error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 160) : String(error)}`;
}
