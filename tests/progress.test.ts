import { expect, it } from 'vitest';
import type { Progress } from '../src/corpus/load.ts';
import { barLine, openProgress } from '../src/progress.ts';

const progress = (articles: number, share?: number, more: Partial<Progress> = {}): Progress => ({
  files: 1,
  articles,
  added: articles,
  changed: 0,
  unchanged: 0,
  repeated: 0,
  withdrawn: 0,
  problems: 0,
  at: 'news/rows.jsonl',
  ...(share !== undefined && { share }),
  ...more,
});

it('shows a bar with what is read, how fast, and how long it will take', () => {
  expect(barLine(progress(1234, 0.41, { problems: 2 }), 22, 200)).toBe(
    '████████░░░░░░░░░░░░ 41% · 1,234 articles, 56/s, 2 not read · 32 s left · news/rows.jsonl',
  );
  expect(barLine(progress(10, 0.001), 1, 200)).toBe('░░░░░░░░░░░░░░░░░░░░ 0% · 10 articles, 10/s · news/rows.jsonl');
  expect(barLine(progress(1_000_000, 0.1), 3600, 200)).toContain('9.0 h left');
  expect(barLine(progress(100, 1), 60, 200)).toBe('████████████████████ 100% · 100 articles, 2/s · news/rows.jsonl');
  expect(barLine(progress(10), 1, 200)).toBe('10 articles, 10/s · news/rows.jsonl');
});

it('stays on one line, whatever a file is called', () => {
  expect([...barLine(progress(10, 0.5), 1, 40)].length).toBeLessThan(40);
  expect(barLine(progress(10, 0.5, { at: 'a\nb\u001b[2J' }), 1, 200)).not.toMatch(/[\n\u001b]/);
});

it('writes over itself on a terminal, and a line every ten seconds elsewhere', () => {
  let time = 0;
  const written: string[] = [];
  const output = (isTTY: boolean) =>
    ({ isTTY, columns: 100, write: (words: string) => written.push(words) > 0 }) as unknown as NodeJS.WriteStream;
  const bar = openProgress(output(true), () => time);
  bar.tell(progress(1, 0.1));
  bar.tell(progress(2, 0.2));
  bar.end();
  bar.end();
  expect(written).toHaveLength(3);
  expect(written[1]).toMatch(/^\r\u001b\[K████/);
  expect(written[2]).toBe('\r\u001b[K');
  written.length = 0;
  const lines = openProgress(output(false), () => time);
  for (time = 0; time <= 25_000; time += 250) lines.tell(progress(time / 10, time / 50_000));
  lines.end();
  expect(written).toEqual([
    '20% · 1,000 articles, 100/s · 40 s left · news/rows.jsonl\n',
    '40% · 2,000 articles, 100/s · 30 s left · news/rows.jsonl\n',
  ]);
});
