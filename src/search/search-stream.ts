/** The command `search`: a file of documents into a throw-away index, queries in, ranked answers out. */
import { createReadStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Readable, Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { documentRecord, readJsonLines, writeJsonLine } from '../analysis/json-lines.ts';
import { MemoryIndex } from './memory-index.ts';

const queryRecord = z.object({ qid: z.union([z.string(), z.number()]), query: z.string() });

/**
 * Loads the documents of `docs` (JSONL, gzipped or not) and answers JSONL `{"qid","query"}` with `{"qid","ranked","ms"}`,
 * in order, at most `limit` ids each, best first. Only relevance counts: documents have no age here.
 *
 * @returns the exit code: 1 when any line was bad (it is named in the log), else 0.
 * @throws Error when `docs` cannot be read.
 */
export async function searchStream(
  { docs, limit = 100 }: { readonly docs: string; readonly limit?: number },
  input: Readable,
  output: Writable,
  log: (message: string) => void = console.error,
): Promise<0 | 1> {
  let bad = 0;
  const complain = (where: string) => (problem: { readonly line: number; readonly reason: string }) => {
    bad++;
    log(`${where} line ${problem.line}: ${problem.reason}`);
  };
  const index = new MemoryIndex();
  const ids: (string | number)[] = [];
  for await (const { id, title, text } of readJsonLines(await opened(docs), documentRecord, complain(docs)))
    ids[index.add(title ?? '', text ?? '')] = id;
  for await (const { qid, query } of readJsonLines(input, queryRecord, complain('query'))) {
    const before = performance.now();
    const ranked = index.search(query, limit).map(({ article }) => ids[article]!);
    const ms = Math.round((performance.now() - before) * 1000) / 1000;
    await writeJsonLine(output, { qid, ranked, ms });
  }
  return bad > 0 ? 1 : 0;
}

/** Gzip is told by its first two bytes, not by the name of the file. */
async function opened(file: string): Promise<Readable> {
  const isGzip = await new Promise<boolean>((resolve, reject) => {
    const probe = createReadStream(file, { end: 1 });
    const bytes: Buffer[] = [];
    probe.on('data', (chunk) => bytes.push(Buffer.from(chunk)));
    probe.on('error', reject);
    probe.on('end', () => resolve(Buffer.concat(bytes).equals(Buffer.from([0x1f, 0x8b]))));
  });
  const source = createReadStream(file);
  if (!isGzip) return source;
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}
