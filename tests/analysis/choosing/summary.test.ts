import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { keySentences } from '../../../src/analysis/choosing/salience.ts';
import { summarize } from '../../../src/analysis/choosing/summary.ts';
import { summarizeStream } from '../../../src/analysis/choosing/summary-stream.ts';
import { sentenceSpans } from '../../../src/analysis/text/text-sentences.ts';

const ferry = {
  title: 'Ferry sinks off Harrow, all 212 aboard saved',
  text: `CLOSE Passengers wait on the quay in Harrow. (Photo: Dana Reyes, Getty Images)
HARROW — A ferry carrying 212 people sank off the coast of Harrow on Monday, and all aboard were saved, the coast guard said.
He said that the ship had struck a rock. “We are grateful to the fishermen,” Captain Ilse Brandt told reporters.
Fishing boats reached the ferry within ten minutes and took on most of the passengers, the coast guard of Harrow said.
The line has run between Harrow and Vesk since 1951. Click here to sign up for our newsletter.`,
};
const again = {
  title: 'All 212 saved as Harrow ferry goes down',
  text: `All 212 people aboard a ferry were saved on Monday when it sank off the coast of Harrow, the coast guard said.
The ferry company has been fined twice since 2019 for skipping inspections, according to court records.`,
};
const key = ({ text, title }: { text: string; title?: string }) =>
  keySentences({ text, sentences: sentenceSpans(text), ...(title === undefined ? {} : { title }) }).map(({ span }) =>
    text.slice(span.start, span.end),
  );

describe('keySentences', () => {
  it('begins with a sentence that says what happened, with a title and without', () => {
    expect(key(ferry)[0]).toContain('A ferry carrying 212 people sank');
    expect(key({ text: ferry.text })[0]).toContain('A ferry carrying 212 people sank');
  });

  it('leaves captions and calls to sign up out', () => {
    expect(key(ferry).join('\n')).not.toMatch(/Photo|newsletter/);
  });

  it('passes over openings that make no sense alone', () => {
    const text = `But that was before the vote. She had warned of it for weeks. The senate of Orland rejected the fuel tax by 31 votes to 12 on Monday.`;
    expect(key({ text })[0]).toMatch(/^The senate of Orland/);
  });

  it('gives each sentence once, best first', () => {
    const scores = keySentences({ text: ferry.text, sentences: sentenceSpans(ferry.text) }).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const text = `${ferry.text}\n${ferry.text}`;
    expect(new Set(key({ text })).size).toBe(key({ text }).length);
  });

  it('finds something in a text of scraps, and nothing in none', () => {
    expect(key({ text: 'Storm!\nTwo dead' })).toHaveLength(2);
    expect(key({ text: '' })).toEqual([]);
    expect(key({ text: ' \n… — \n' })).toEqual([]);
  });
});

describe('summarize', () => {
  const words = (sentences: readonly { text: string }[]) =>
    sentences.flatMap(({ text }) => text.split(/\s+/)).filter(Boolean).length;

  it('stays inside the budget and takes whole sentences of the documents', () => {
    for (const budget of [5, 25, 40, 60, 200]) {
      const summary = summarize([ferry, again], budget);
      expect(words(summary)).toBeLessThanOrEqual(budget);
      for (const { document, span, text } of summary)
        expect([ferry, again][document]!.text.slice(span.start, span.end).replace(/\s+/g, ' ')).toBe(text);
    }
  });

  it('does not say the same thing twice in other words', () => {
    const said = summarize([ferry, again], 60).filter(({ text }) => /212 people/.test(text));
    expect(said).toHaveLength(1);
  });

  it('is quick on a very long document', () => {
    const long = { text: Array.from({ length: 20_000 }, (_, i) => `Sentence ${i} tells of ship ${i % 7}.`).join(' ') };
    const before = performance.now();
    expect(summarize([long, long, long], 60).length).toBeGreaterThan(0);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it.each([
    ['a list', (told: string) => `• ${told}`],
    ['numbers', (told: string) => `3) ${told}`],
    ['a dateline', (told: string) => `VESK, Jan. 6 (AP) — ${told}`],
    ['an agency', (told: string) => `(CNN) ${told}`],
    ['a live report', (told: string) => `10:15 AM ET: ${told}`],
    ['an interview', (told: string) => `A: ${told}`],
    [
      'a caption',
      (told: string) => `${told}\nFILE - Harbour master Ana Loor speaks in Vesk on a day in January, 2024.`,
    ],
    ['credits', (told: string) => `${told}\nThe views expressed in this article are those of the author alone.`],
    ['its writer', (told: string) => `${told}\nJo Lum is a staff reporter at the Harbor Post in Vesk.`],
  ])('tells the sentence and not what stands around it in %s', (_name, text) => {
    const told = 'The harbour of Vesk stayed closed on Tuesday while crews waited for the storm to pass.';
    const [only, ...more] = summarize([{ text: text(told) }], 60);
    expect(more).toEqual([]);
    expect(text(told).slice(only?.span.start, only?.span.end)).toBe(told);
  });

  it('keeps names in capitals that open a sentence', () => {
    const told = 'NATO — the alliance of thirty states — met in Vesk on Tuesday to talk about the harbour.';
    expect(summarize([{ text: told }], 60).map(({ text }) => text)).toEqual([told]);
  });

  it('leaves lines unread that are no part of the story', async () => {
    const written: string[] = [];
    const output = new Writable({
      write(chunk, _encoding, done) {
        written.push(String(chunk));
        done();
      },
    });
    const line = JSON.stringify({
      id: 1,
      documents: ['The harbour of Vesk is closed today.\nSign up now for the harbour newsletter.'],
    });
    await summarizeStream(Readable.from([`${line}\n`]), output, { isFurniture: (text) => text.startsWith('Sign up') });
    expect(JSON.parse(written.join(''))).toEqual({ id: 1, summary: 'The harbour of Vesk is closed today.' });
  });

  it('prints no furniture when there is nothing else', () => {
    expect(summarize([{ text: 'Sign up to our newsletter.\nAdvertisement\nRead more' }], 60)).toEqual([]);
  });

  it('has nothing to say of nothing', () => {
    expect(summarize([], 60)).toEqual([]);
    expect(summarize([{ text: '' }, { title: 'Empty', text: '   ' }], 60)).toEqual([]);
  });
});
