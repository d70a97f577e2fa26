/** Records in, records out: JSON, one a line, as the commands read and write it. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** One line that could not be read, named so that its owner finds it. */
export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads JSONL and gives each line as a checked value, in order. Empty lines are passed over; a line that is no JSON or
 * not of the shape goes to `onBad` and the reading goes on.
 */
export async function* readJsonLines<Schema extends z.ZodType>(
  input: Readable,
  schema: Schema,
  onBad: (bad: BadLine) => void,
): AsyncGenerator<z.output<Schema>> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      onBad({ line, reason: `not JSON: ${(error as Error).message}` });
      continue;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) yield parsed.data;
    else onBad({ line, reason: z.prettifyError(parsed.error).replaceAll('\n', ' ') });
  }
}

/** Writes one value as a line, waiting while the reader is behind. */
export async function writeJsonLine(output: Writable, value: unknown): Promise<void> {
  if (!output.write(`${JSON.stringify(value)}\n`)) await once(output, 'drain');
}

/** A document as the commands take it: numbers as ids too, missing and null alike. */
export const documentRecord = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string().nullish(),
  text: z.string().nullish(),
  date: z.string().nullish(),
  source: z.string().nullish(),
});
