/** The command `summarize`: documents about one event in, a few of their sentences out. */
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { readJsonLines, writeJsonLine } from '../json-lines.ts';
import { shortSummary, summarize } from './summary.ts';

const document = z.union([
  z.string().transform((text) => ({ text })),
  z
    .object({ title: z.string().nullish(), text: z.string() })
    .transform(({ title, text }) => ({ text, ...(title ? { title } : {}) })),
]);
const item = z.object({ id: z.union([z.string(), z.number()]), documents: z.array(document) });

export interface SummaryOptions {
  readonly words?: number;
  /** Lines of a document that are no part of the story: not read at all. */
  readonly isFurniture?: (line: string) => boolean;
}

/**
 * Reads JSONL `{"id","documents":[...]}` and writes `{"id","summary"}` for each: whole source sentences, one a line, at
 * most `words` words. Where no sentence is that short: the beginning of one with "…", else the headline.
 *
 * @returns the exit code: 1 when any line was bad (it is named in the log), else 0.
 */
export async function summarizeStream(
  input: Readable,
  output: Writable,
  { words = 60, isFurniture = () => false }: SummaryOptions = {},
  log: (message: string) => void = console.error,
): Promise<0 | 1> {
  let bad = 0;
  const items = readJsonLines(input, item, ({ line, reason }) => {
    bad++;
    log(`line ${line}: ${reason}`);
  });
  for await (const { id, documents } of items) {
    const told = documents.map((document) => ({ ...document, text: withoutLines(document.text, isFurniture) }));
    const chosen = summarize(told, words)
      .map(({ text }) => text)
      .join('\n');
    const summary = chosen || (shortSummary(told, words) ?? '');
    await writeJsonLine(output, { id, summary });
  }
  return bad > 0 ? 1 : 0;
}

const withoutLines = (text: string, isFurniture: (line: string) => boolean): string =>
  text
    .split('\n')
    .filter((line) => !isFurniture(line))
    .join('\n');
