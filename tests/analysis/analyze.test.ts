import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnalysisInput, analyze } from '../../src/analysis/analyze.ts';
import type { Analysis, Span } from '../../src/model.ts';

const analysed = (text: string, more: Omit<AnalysisInput, 'text'> = {}) => analyze({ text, ...more });

/** Every span of an analysis, with what it must hold. */
function spansOf({ sentences, quotes, speakers }: Analysis): Span[] {
  return [
    ...sentences,
    ...quotes.flatMap(({ content, verbatim, cue, mention, sentence, when, where }) => [
      content,
      ...verbatim,
      ...[cue, mention, sentence, when, where].filter((span) => span !== undefined),
    ]),
    ...speakers.flatMap(({ mentions }) => mentions),
  ];
}

function expectSound(text: string, analysis: Analysis): void {
  for (const { start, end } of spansOf(analysis)) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
  }
  let at = 0;
  for (const { content, verbatim, kind, speaker } of analysis.quotes) {
    expect(content.start).toBeGreaterThanOrEqual(at);
    at = content.end;
    expect(verbatim.length > 0).toBe(kind !== 'indirect');
    for (const span of verbatim) expect(span.start >= content.start && span.end <= content.end).toBe(true);
    if (speaker !== undefined) expect(analysis.speakers[speaker]).toBeDefined();
  }
}

const newsLike = fc
  .array(
    fc.constantFrom(
      ...[
        '“',
        '”',
        '"',
        "''",
        '‘',
        '’',
        "'",
        '«',
        '»',
        ',',
        '.',
        '?',
        ':',
        '—',
        '\n',
        '\n\n',
        ' ',
        '…',
        '(',
        ')',
        '🚨',
        '\ud83d',
      ],
      ...[
        'said',
        'Trump',
        'Ms.',
        'Ana López',
        'according to',
        'he',
        'told',
        'that',
        'the mayor',
        'would',
        'resign',
        'U.S.',
        '1,000',
        '@x',
        'https://x.io',
      ],
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(' '));

describe('analyze on any text', () => {
  it('returns sound spans for random units, lone surrogates and scrambled news', () => {
    fc.assert(
      fc.property(
        fc.oneof(newsLike, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' })),
        (text) => {
          expectSound(text, analysed(text));
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });

  it.each([
    ['a long word', 'x'.repeat(1_000_000)],
    ['marks', '"'.repeat(300_000)],
    ['opening marks', '“a '.repeat(200_000)],
    ['single marks', "'a b' ".repeat(100_000)],
    ['cues', 'he said she said '.repeat(30_000)],
    ['one sentence', 'the plan to build a road '.repeat(20_000)],
    ['quotes', '“We go,” said Ann. '.repeat(20_000)],
    ['stops', '.'.repeat(500_000)],
    ['a family', 'Olaf Lindqvist said “it was great.” Mayor Lindqvist said “we open.” '.repeat(20_000)],
    ['handles', '@a'.repeat(200_000)],
    ['lines', '\n'.repeat(500_000)],
  ])(
    'takes time in proportion to the length: %s',
    (_name, text) => {
      const seconds = (value: string): number => {
        const start = process.cpuUsage();
        expect(() => analysed(value)).not.toThrow();
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1e6;
      };
      seconds(text.slice(0, 10_000));
      const half = seconds(text.slice(0, text.length / 2));
      const whole = seconds(text);
      expect(whole).toBeLessThan(4 * half + 0.5);
    },
    30_000,
  );
});
