/** Lines of a file of any size in constant memory. */

export interface Line {
  /** 1 for the first. */
  readonly number: number;
  /** The line's bytes without its end; absent when it is longer than the limit: then it was skipped. */
  readonly bytes?: Uint8Array;
}

/**
 * Cuts a byte stream at line feeds. Blank lines are left out but counted. A line longer than `longest` bytes is passed
 * over without being held.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let number = 1;
  const take = (piece: Uint8Array) => {
    held += piece.length;
    if (held <= longest) parts.push(piece);
    else parts = [];
  };
  const finish = (): Line | undefined => {
    const line = held > longest ? { number } : { number, bytes: withoutReturn(Buffer.concat(parts)) };
    parts = [];
    held = 0;
    number += 1;
    return line.bytes === undefined || !isBlank(line.bytes) ? line : undefined;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      take(chunk.subarray(start, end));
      const line = finish();
      if (line) yield line;
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  const last = held > 0 ? finish() : undefined;
  if (last) yield last;
}

const withoutReturn = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes);
const isBlank = (bytes: Uint8Array): boolean => bytes.length < 64 && bytes.every((byte) => byte === 32 || byte === 9);
