/** Where the evaluation texts are, and reading them. They are no part of this repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const evaldata = process.env.EVALDATA ?? '../shared/evaldata';

/** Reads one JSONL file, gzipped or not. Ends the process in plain words when the evaluation texts are absent. */
export function readEvaldata<T>(path: string): T[] {
  const file = join(evaldata, path);
  if (!existsSync(file)) {
    console.error(`${file}: not there. Set EVALDATA to the folder of evaluation texts.`);
    process.exit(2);
  }
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Loads one of the scorers that stand beside the evaluation texts. */
export async function scorer<T>(name: string): Promise<T> {
  const { resolve } = await import('node:path');
  const { pathToFileURL } = await import('node:url');
  return (await import(pathToFileURL(resolve(evaldata, name)).href)) as T;
}
