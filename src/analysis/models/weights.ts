/** Reads and writes the models in `models/`: a JSON header and one block of numbers, packed with brotli. */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const pathOf = (name: string): URL => new URL(`./${name}.br`, import.meta.url);

export interface Packed<Header> {
  readonly header: Header;
  /** Starts at offset 0 of its own buffer, so that any typed array can be laid over it. */
  readonly body: ArrayBuffer;
}

/** Unpacked in one piece up to this size, in several beyond. */
const LARGEST_USUAL = 4 << 20;

/** @throws Error when the file is missing or not one of ours: the program cannot analyse without it. */
export function readModel<Header>(name: string): Packed<Header> {
  const bytes = brotliDecompressSync(readFileSync(pathOf(name)), { chunkSize: LARGEST_USUAL });
  const headerLength = bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, 4 + headerLength)) as Header;
  const body = new ArrayBuffer(bytes.length - 4 - headerLength);
  new Uint8Array(body).set(bytes.subarray(4 + headerLength));
  return { header, body };
}

/** Writes a model and returns its packed size in bytes. */
export function writeModel(name: string, header: unknown, body: Uint8Array): number {
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const packed = brotliCompressSync(Buffer.concat([length, head, body]), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
    },
  });
  writeFileSync(pathOf(name), packed);
  return packed.length;
}

/** Loads on first use, once. */
export function lazily<Value>(load: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= load();
    return value;
  };
}
