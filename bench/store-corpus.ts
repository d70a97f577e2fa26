/**
 * Synthetic articles for the store's benchmarks: `articleAt(n)` is a pure function of the seed and n, so any size is the
 * same corpus and nothing is kept in memory.
 *
 * Three kB of text each, a Zipf vocabulary of 200,000 words, planted topic words of known document frequency, two years
 * of dates, 200,000 speaker names with Zipf shares, stories of a few articles within days.
 */

import { stopWords } from '../src/analysis/lexicon/stop-words.ts';
import { storySignature } from '../src/analysis/stories/stories.ts';
import type { Analysis, Article, FoundQuote } from '../src/model.ts';
import { textHash } from '../src/receipt.ts';
import type { ArticleEntry } from '../src/store/store.ts';

export const SEED = 20261122;
export const NOW = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 86_400_000;
const DAYS = 730;
const VOCABULARY = 200_000;
export const SPEAKERS = 200_000;

/** Topic words and the share of articles that hold them. */
export const planted: readonly (readonly [word: string, share: number])[] = [
  ['tariffs', 0.2],
  ['senate', 0.1],
  ['ceasefire', 0.05],
  ['cartels', 0.02],
  ['fentanyl', 0.01],
  ['quokka', 0.0001],
];

/** A small fast generator (mulberry32): good enough to draw words with, the same on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const consonants = 'bcdfghjklmnprstvwz';
const vowels = 'aeiou';
/** A pronounceable word for a number, each number another word. */
export function wordOf(n: number): string {
  let word = '';
  for (let rest = n + 320; rest > 0; rest = Math.floor(rest / 90)) {
    word = consonants[rest % 18]! + vowels[Math.floor(rest / 18) % 5]! + word;
  }
  return `${word}n`;
}

const common = [...stopWords].filter((word) => /^[a-z]+$/.test(word)).slice(0, 120);
/** Rank by Zipf's law with exponent about 1: the inverse of the cumulated share. */
const zipf = (share: number, count: number): number => Math.min(count - 1, Math.floor(count ** share) - 1);

export const speakerName = (n: number): string => {
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
  return `${capital(wordOf((n * 7919) % 5000))} ${capital(wordOf(5000 + n))}`;
};

/** Article n of a corpus of `size`; later numbers are later articles. */
export function articleAt(n: number, size: number): ArticleEntry {
  const draw = random(SEED + n * 2654435761);
  const story = Math.floor(n / 3);
  const drawStory = random(SEED ^ (story * 40503 + 7));
  const names = Array.from({ length: 4 }, () => wordOf(60_000 + Math.floor(drawStory() * 140_000)));
  const words: string[] = [];
  const length = 300 + Math.floor(draw() * 200);
  for (let i = 0; i < length; i++) {
    const kind = draw();
    if (kind < 0.42) words.push(common[zipf(draw(), common.length)]!);
    else if (kind < 0.46) words.push(names[Math.floor(draw() * names.length)]!);
    else words.push(wordOf(zipf(draw(), VOCABULARY)));
  }
  const topics = planted.filter(([, share]) => draw() < share).map(([word]) => word);
  for (const word of topics) for (let k = 0; k < 3; k++) words[Math.floor(draw() * words.length)] = word;
  const at = NOW - Math.floor((1 - (n + draw()) / size) * DAYS * DAY_MS);
  const title = `${names.slice(0, 3).join(' ')} ${topics[0] ?? words[5]} ${words[9]} ${words[14]}`;
  return entryOf(n, at, title, words, topics, names, draw);
}

function entryOf(
  n: number,
  at: number,
  title: string,
  words: readonly string[],
  topics: readonly string[],
  names: readonly string[],
  draw: () => number,
): ArticleEntry {
  const sentences: string[] = [];
  for (let i = 0; i < words.length; i += 18) sentences.push(`${words.slice(i, i + 18).join(' ')}.`);
  const who = [speakerName(zipf(draw(), SPEAKERS)), speakerName(zipf(draw(), SPEAKERS))];
  const spoken = who.map((name, i) => `“${words.slice(30 + i * 20, 44 + i * 20).join(' ')},” said ${name}.`);
  sentences.splice(4, 0, spoken[0]!);
  sentences.splice(9, 0, spoken[1]!);
  const text = sentences.map((sentence, i) => (i % 4 === 3 ? `${sentence}\n` : `${sentence} `)).join('');
  const quotes = who.map((name, i): FoundQuote => {
    const start = text.indexOf(spoken[i]!) + 1;
    const end = text.indexOf('”', start);
    const mention = text.indexOf(name, end);
    return {
      kind: i === 0 ? 'direct' : 'partial',
      medium: 'spoken',
      content: { start, end },
      verbatim: [{ start, end }],
      cue: { start: end + 2, end: end + 6 },
      mention: { start: mention, end: mention + name.length },
      speaker: i,
      confidence: 0.9,
      rule: 'bench',
      sentence: { start: start - 1, end: mention + name.length + 1 },
      utterance: i,
    };
  });
  const article: Article = {
    id: `bench${String(n).padStart(12, '0')}`,
    hash: textHash(text),
    tenant: '',
    origin: `bench/${Math.floor(n / 1000)}.jsonl#${n}`,
    url: `https://outlet${n % 200}.example/${n}`,
    outlet: `Outlet ${n % 200}`,
    title,
    label: title,
    labelIsOurs: false,
    language: 'en',
    date: { state: 'stated', at: new Date(at).toISOString(), precision: 'minute' },
    readAt: new Date(at + 60_000).toISOString(),
    text,
    paragraphs: [...text.matchAll(/[^\n]+/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
    masks: [],
    posts: [],
  };
  const analysis: Analysis = {
    engine: 'bench-1',
    sentences: [],
    quotes,
    speakers: who.map((name) => ({ kind: 'person', name, aliases: [name.split(' ')[1]!], mentions: [] })),
    reactions: [],
    topics: [...topics, ...names].map((label, i) => ({ key: label, label, weight: 1 / (i + 1), spans: [] })),
    keySentences: [0, 1, 2].map((i) => {
      const start = text.indexOf(sentences[i]!);
      return { span: { start, end: start + sentences[i]!.length }, score: 1 - i / 4 };
    }),
  };
  return { article, analysis, signature: storySignature(article, analysis), original: new TextEncoder().encode(text) };
}

/** 140 queries in four classes, each term once: rare and middling words of the vocabulary, common ones, two words. */
export function queryTerms(): Readonly<Record<'rare' | 'mid' | 'common' | 'two', readonly string[]>> {
  // Document frequencies follow from the Zipf draw: rank r is drawn about 215 times / (r ln 200,000) an article.
  const at = (from: number, step: number, count: number) =>
    Array.from({ length: count }, (_, i) => wordOf(from + i * step));
  const common = [...planted.slice(0, 3).map(([word]) => word), ...at(40, 11, 17)];
  return {
    rare: at(30_000, 701, 40),
    mid: [...planted.slice(3, 5).map(([word]) => word), ...at(900, 37, 38)],
    common,
    two: Array.from({ length: 40 }, (_, i) => `${common[i % 20]} ${wordOf(300 + i * 13)}`),
  };
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};

export const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));
