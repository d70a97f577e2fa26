/** Bytes to text: the first step of every way in. After it, offsets are taken and never moved again. */
import iconv from 'iconv-lite';
import { asMeant } from './misread.ts';

/** Text with the name of the encoding it was read from, or why it cannot be read as text. */
export type Decoded =
  | { readonly text: string; readonly encoding: string; readonly refused?: undefined }
  | { readonly refused: string };

/**
 * Reads bytes as text: byte-order mark, then UTF-8 by the letter, then the declared encoding, then a guess among the
 * usual legacy ones. Damaged UTF-8 is refused rather than patched, because quotes are shown to the character.
 *
 * The result has no byte-order mark, LF line ends, letters as they were meant (`misread.ts`), and U+FFFD for each NUL and
 * each lone surrogate.
 *
 * @param declared What a header or the document says of itself (`iso-8859-1`); believed only after UTF-8 has failed.
 */
export function decode(bytes: Uint8Array, declared?: string): Decoded {
  if (bytes.length === 0) return { refused: 'empty' };
  const marked = byMark(bytes);
  if (marked) return finish(marked.text, marked.encoding);
  const binary = binaryKind(bytes);
  if (binary) return { refused: binary };
  const wide = wideWithoutMark(bytes);
  if (wide) return finish(decodeAs(bytes, wide), wide);
  const utf8 = decodeAs(bytes, 'utf-8');
  if (utf8 !== undefined) return finish(utf8, 'utf-8');
  const named = declared === undefined ? undefined : legacyName(declared);
  const told = named && decodeAs(bytes, named);
  if (told !== undefined && named && !holdsControls(told)) return finish(told, named);
  return guess(bytes);
}

/** Decodes for parsers of markup, which must go on with what there is: never refuses, damage becomes U+FFFD. */
export function decodeLeniently(bytes: Uint8Array, declared?: string): string {
  const decoded = decode(bytes, declared);
  if (decoded.refused === undefined) return decoded.text;
  return regular(new TextDecoder('utf-8').decode(bytes));
}

/** LF line ends, no byte-order mark, letters as meant, and U+FFFD for what no database holds. Running it again changes nothing. */
export function regular(text: string): string {
  const unmarked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return asMeant(unmarked).replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd').toWellFormed();
}

function finish(text: string | undefined, encoding: string): Decoded {
  if (text === undefined) return { refused: `not valid ${encoding}, although it begins like it` };
  const clean = regular(text);
  if (/\S/.test(clean) === false) return { refused: 'empty' };
  if (holdsControls(clean)) return { refused: 'binary data, not text' };
  return { text: clean, encoding };
}

function byMark(bytes: Uint8Array): { text: string | undefined; encoding: string } | undefined {
  const starts = (...mark: number[]) => mark.every((byte, i) => bytes[i] === byte);
  if (starts(0xef, 0xbb, 0xbf)) return { text: decodeAs(bytes, 'utf-8'), encoding: 'utf-8' };
  if (starts(0xff, 0xfe, 0, 0)) return { text: iconv.decode(bytes, 'utf-32le'), encoding: 'utf-32le' };
  if (starts(0, 0, 0xfe, 0xff)) return { text: iconv.decode(bytes, 'utf-32be'), encoding: 'utf-32be' };
  if (starts(0xff, 0xfe)) return { text: decodeAs(bytes, 'utf-16le'), encoding: 'utf-16le' };
  if (starts(0xfe, 0xff)) return { text: decodeAs(bytes, 'utf-16be'), encoding: 'utf-16be' };
  return undefined;
}

function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // Not this encoding: the caller tries the next.
  }
}

/** What people drop into a folder by mistake, by its first bytes. */
const signatures: readonly (readonly [name: string, ...start: number[]])[] = [
  ['a PDF document', 0x25, 0x50, 0x44, 0x46, 0x2d],
  ['a PNG image', 0x89, 0x50, 0x4e, 0x47],
  ['a JPEG image', 0xff, 0xd8, 0xff],
  ['a GIF image', 0x47, 0x49, 0x46, 0x38],
  ['a ZIP archive (or a Word, Excel or OpenDocument file)', 0x50, 0x4b, 0x03, 0x04],
  ['an older Word or Excel document', 0xd0, 0xcf, 0x11, 0xe0],
  ['a gzip archive', 0x1f, 0x8b],
  ['an RTF document', 0x7b, 0x5c, 0x72, 0x74, 0x66],
  ['a program', 0x7f, 0x45, 0x4c, 0x46],
];

function binaryKind(bytes: Uint8Array): string | undefined {
  for (const [name, ...start] of signatures)
    if (start.every((byte, i) => bytes[i] === byte)) return `${name}, not plain text`;
  return undefined;
}

/** UTF-16 written without a mark shows as a zero in every second byte of Latin text. */
function wideWithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 8 || bytes.length % 2 === 1) return undefined;
  const sample = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < sample.length; i += 2) {
    if (sample[i] === 0) even += 1;
    if (sample[i + 1] === 0) odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}

/** More than one control character in a hundred is no prose. */
function holdsControls(text: string): boolean {
  const sample = text.length > 65_536 ? text.slice(0, 65_536) : text;
  let controls = 0;
  for (let i = 0; i < sample.length; i += 1) {
    const code = sample.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) || code === 0xfffd) controls += 1;
    else if (code >= 0x7f && code < 0xa0 && code !== 0x85) controls += 1;
  }
  return controls > sample.length / 100;
}

/** A label that TextDecoder knows and that is not UTF-8 again. */
function legacyName(label: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(label.trim());
    return encoding.startsWith('utf-') ? undefined : encoding;
  } catch {
    return undefined; // Not a name of any encoding.
  }
}

const letters = {
  shift_jis: /[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f]/g,
  'euc-jp': /[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f]/g,
  gb18030: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uff5e]/g,
  big5: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uff5e]/g,
  'euc-kr': /[\uac00-\ud7a3\u3000-\u303f]/g,
} as const;

function guess(bytes: Uint8Array): Decoded {
  const damage = damagedUtf8(bytes);
  if (damage !== undefined) return { refused: `not valid UTF-8: byte ${damage + 1} is damaged or cut off` };
  const high = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0) / bytes.length;
  const wide = high > 0.25 ? eastAsian(bytes) : undefined;
  if (wide) return wide;
  const encoding = high > 0.25 ? cyrillic(bytes) : 'windows-1252';
  const text = decodeAs(bytes, encoding);
  if (text === undefined || holdsControls(text) || !readsLikeWords(text))
    return { refused: 'in an encoding that could not be recognised; save it as UTF-8' };
  return finish(text, encoding);
}

/**
 * Offset of the first bad byte when most of what is not ASCII is good UTF-8, or when the last character is begun and not
 * ended: then it is UTF-8, and broken.
 */
function damagedUtf8(bytes: Uint8Array): number | undefined {
  let good = 0;
  let bad = 0;
  let first: number | undefined;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    if (byte < 0x80) {
      i += 1;
      continue;
    }
    const length =
      byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    let whole = length > 0;
    for (let k = 1; k < length; k += 1) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) whole = false;
    if (bad === 0 && i + length > bytes.length) return i;
    if (whole) {
      good += 1;
      i += length;
    } else {
      bad += 1;
      first ??= i;
      i += 1;
    }
  }
  return good >= bad && good > 0 ? first : undefined;
}

function eastAsian(bytes: Uint8Array): Decoded | undefined {
  let best: { text: string; encoding: string; share: number } | undefined;
  for (const [encoding, own] of Object.entries(letters)) {
    const text = decodeAs(bytes, encoding);
    if (text === undefined) continue;
    const beyond = text.match(/[^\x00-\x7f]/g)?.length ?? 0;
    // Kana and Hangul settle it; Han characters alone fit several encodings by accident, so the shorter text wins.
    const telling = text.match(/[\u3040-\u30ff\uac00-\ud7a3\u3001\u3002\uff0c]/g)?.length ?? 0;
    const share = ((text.match(own)?.length ?? 0) + telling) / Math.max(1, beyond);
    if (share > 0.9 && (!best || share > best.share)) best = { text, encoding, share };
  }
  return best && finish(best.text, best.encoding);
}

/** Lower-case letters are the common ones: in windows-1251 they stand at 0xE0-0xFF, in KOI8-R at 0xC0-0xDF. */
function cyrillic(bytes: Uint8Array): string {
  let upper = 0;
  let lower = 0;
  for (const byte of bytes) {
    if (byte >= 0xe0) upper += 1;
    else if (byte >= 0xc0) lower += 1;
  }
  return upper >= lower ? 'windows-1251' : 'koi8-r';
}

/** Letters and blanks rule in prose; a wrong encoding shows signs and symbols inside words. */
function readsLikeWords(text: string): boolean {
  const plain = text.match(/[\p{L}\p{M}\p{N}\s.,;:!?'"“”‘’«»()\-–—…/]/gu)?.length ?? 0;
  return plain > text.length * 0.9;
}
