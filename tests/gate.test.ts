import { describe, expect, it } from 'vitest';
import { composeBrief } from '../digests/brief.ts';
import type { Document } from '../src/document.ts';
import { everyInline, paragraph } from '../src/document.ts';
import { provenDocument } from '../src/gate.ts';
import { wordsIn } from '../src/language/language.ts';
import { coverage, direct, HASH, story, TEXT } from './support/coverage.ts';

const said = wordsIn('en');

/** The stored text, with one character changed where asked. */
const storeWith = (text: string) => ({
  slices: async (refs: readonly { hash: string; span: { start: number; end: number } }[]) =>
    refs.map((ref) => (ref.hash === HASH ? text.slice(ref.span.start, ref.span.end) : undefined)),
});

describe('the gate before every message', () => {
  const brief = composeBrief({ ...coverage(), stories: [story] }, said);

  it('lets a proven document through and says how many quotes it checked', async () => {
    const result = await provenDocument(brief, storeWith(TEXT), said);
    expect(result).toMatchObject({ withheld: 0 });
    expect(JSON.stringify(result.document)).toContain('Quotes word for word, 4/4 checked');
  });

  it('trips on any single changed character of any quoted span', async () => {
    const [span] = direct.receipt.verbatim;
    for (let i = span!.start; i < span!.end - 1; i++) {
      const forged = `${TEXT.slice(0, i)}${TEXT[i] === 'x' ? 'y' : 'x'}${TEXT.slice(i + 1)}`;
      const { document, withheld } = await provenDocument(brief, storeWith(forged), said);
      expect(withheld).toBeGreaterThan(0);
      expect([...everyInline(document)].filter((inline) => inline.kind === 'verbatim')).toEqual([]);
      expect(JSON.stringify(document)).toMatch(/passages? withheld/);
    }
  });

  it('withholds what the store does not hold at all, and still posts the rest', async () => {
    const document: Document = {
      summary: 's',
      blocks: [
        paragraph('before'),
        paragraph({
          kind: 'verbatim',
          text: 'made up',
          receipt: 'q1',
          articleId: 'a9',
          hash: 'other',
          span: { start: 0, end: 7 },
        }),
        paragraph('after'),
      ],
    };
    const result = await provenDocument({ ...document, thread: document }, storeWith(TEXT), said);
    expect(
      result.document.blocks.map((block) =>
        block.kind === 'text' ? (block.text[0] as { text: string }).text : block.kind,
      ),
    ).toEqual(['before', 'after', 'small']);
    expect(JSON.stringify(result.document)).not.toContain('made up');
  });

  it('stamps once, however often a document passes', async () => {
    const once = await provenDocument(brief, storeWith(TEXT), said);
    const twice = await provenDocument(once.document, storeWith(TEXT), said);
    expect(twice.document).toEqual(once.document);
  });

  it('does not touch a document without quotes', async () => {
    const plain: Document = { summary: 's', blocks: [paragraph('nothing quoted')] };
    expect((await provenDocument(plain, storeWith(TEXT), said)).document).toBe(plain);
  });
});
