import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Analysed, analysed } from '../src/analysed.ts';
import { openAnalyst } from '../src/analyst.ts';
import type { Article } from '../src/model.ts';
import { entry } from './store/entries.ts';

const provenance = { digest: 'd', file: 'news.jsonl' };
const article = (n: number) =>
  entry({
    origin: `news.jsonl#${n}`,
    title: `Harbour plan ${n}`,
    at: '2026-01-10T09:00:00.000Z',
    text: `Mayor Ada Quill spoke on Friday. “Plan ${n} will be built,” said Quill. Critics rejected plan ${n}.`,
  }).article;
const original = new TextEncoder().encode('as it came');

const found = async (all: Analysed): Promise<Analysed> => all;

/** Threads of this process by name. */
const threads: string[] = [];
process.on('worker', (worker) => {
  threads.push('begun');
  worker.once('exit', () => threads.push('ended'));
});

describe('an analyst', () => {
  it('finds the same on a thread of its own as here, and gives the thread up when nothing comes', async () => {
    const analyst = openAnalyst({ few: 2, idleMs: 1000 });
    const all = Array.from({ length: 40 }, (_, n) => article(n));
    // The first ones here, then both while the thread gets ready, then on the thread.
    for (const one of all) {
      const { prepared, problem } = await analyst.analyse(one, original, provenance, found);
      expect(problem).toBeUndefined();
      expect(structuredClone(prepared)).toEqual(structuredClone(analysed(one, original, provenance).prepared));
      await pause(50);
    }
    expect(threads).toEqual(['begun']);
    await expect.poll(() => threads, { timeout: 10_000 }).toEqual(['begun', 'ended']);
    expect((await analyst.analyse(all[0]!, original, provenance, found)).prepared.quotes).toHaveLength(1);
  });

  it('keeps an article that the analysis fails on, without quotes, and says so', async () => {
    const analyst = openAnalyst();
    let asked = 0;
    const broken: Article = {
      ...article(1),
      get posts() {
        if (asked++ === 0) throw new Error('no such post');
        return [];
      },
    };
    const { prepared, problem } = await analyst.analyse(broken, original, provenance, found);
    expect(prepared.quotes).toEqual([]);
    expect(problem).toBe('kept without quotes: the analysis failed (no such post)');
    expect(prepared.text).toBe(article(1).text);
  });
});
