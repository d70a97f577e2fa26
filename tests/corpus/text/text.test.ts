import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decode, regular } from '../../../src/corpus/text/text.ts';

const textOf = (bytes: Uint8Array, declared?: string) => {
  const decoded = decode(bytes, declared);
  return decoded.refused === undefined ? decoded.text : `refused: ${decoded.refused}`;
};
const prose = 'The café owner said “no” – twice. Prices rose by 5 € in the old town, and nobody was pleased about it.';

/** UTF-8 as a browser shows it that takes it for windows-1252. */
const western = (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text));

describe('decoding', () => {
  it.each([
    ['UTF-8', Buffer.from(prose)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${prose}`)],
    ['UTF-16LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(prose, 'utf-16le')])],
    ['UTF-16BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(prose, 'utf-16be')])],
    ['UTF-16LE without', iconv.encode(prose, 'utf-16le')],
    ['UTF-32LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), iconv.encode(prose, 'utf-32le')])],
    ['windows-1252', iconv.encode(prose, 'windows-1252')],
  ])('reads %s', (_name, bytes) => {
    expect(textOf(bytes)).toBe(prose);
  });

  it.each([
    [
      'windows-1251',
      'Президент заявил, что страна не примет односторонних решений. Переговоры продолжатся во вторник.',
    ],
    ['koi8-r', 'Президент заявил, что страна не примет односторонних решений. Переговоры продолжатся во вторник.'],
    ['shift_jis', '首相は「一方的な決定は受け入れない」と述べた。会談は火曜日に続けられる予定です。'],
    ['euc-kr', '대통령은 일방적인 결정을 받아들이지 않을 것이라고 말했다. 회담은 화요일에 계속된다.'],
  ])('recognises %s', (encoding, words) => {
    expect(textOf(iconv.encode(words, encoding))).toBe(words);
  });

  it.each([
    ['as Latin-1', Buffer.from(prose).toString('latin1')],
    ['as windows-1252', western(prose)],
    ['twice', western(western(prose))],
  ])('mends UTF-8 that was read %s and written again', (_name, misread) => {
    expect(textOf(Buffer.from(misread))).toBe(prose);
  });

  it('leaves letters that only look misread', () => {
    const written = 'São Paulo, £5, Ã ©, «naïve Âge»: “Trump’s” — é.';
    expect(textOf(Buffer.from(written))).toBe(written);
  });

  it('believes a declared encoding when the bytes are not UTF-8', () => {
    expect(textOf(iconv.encode('Zażółć gęślą jaźń, powiedział.', 'iso-8859-2'), 'ISO-8859-2')).toBe(
      'Zażółć gęślą jaźń, powiedział.',
    );
    expect(textOf(Buffer.from('naïve'), 'iso-8859-1')).toBe('naïve');
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['blanks', Buffer.from(' \n\t\n'), 'empty'],
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      'a PNG image, not plain text',
    ],
    ['a document', Buffer.from('%PDF-1.7 ...'), 'a PDF document, not plain text'],
    [
      'noise',
      Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 97) % 256)),
      /not text|could not be recognised|not valid/,
    ],
    ['UTF-8 that breaks off', Buffer.from(prose).subarray(0, 8), 'not valid UTF-8: byte 8 is damaged or cut off'],
    [
      'damaged UTF-8',
      Buffer.concat([Buffer.from(prose), Buffer.from([0xe2, 0x80]), Buffer.from(prose)]),
      'not valid UTF-8: byte 112 is damaged or cut off',
    ],
  ])('refuses %s with a reason', (_name, bytes, reason) => {
    const decoded = decode(bytes);
    expect(decoded.refused).toMatch(reason);
  });

  it('turns line ends to LF and what no database holds to U+FFFD, one for one', () => {
    expect(regular('a\r\nb\rc\0d\ud800e')).toBe('a\nb\nc\ufffdd\ufffde');
  });

  it('changes nothing the second time, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decode(bytes);
        if (decoded.refused === undefined) expect(regular(decoded.text)).toBe(decoded.text);
      }),
    );
  });
});
