/** Articles for store tests, written as a reader would tell them: spans are found in the text. */
import { createHash } from 'node:crypto';
import { storySignature } from '../../src/analysis/stories/stories.ts';
import type {
  Analysis,
  Article,
  ArticleDate,
  EmbeddedPost,
  FoundQuote,
  FoundReaction,
  FoundSpeaker,
  Span,
  SpeakerKind,
  Stance,
} from '../../src/model.ts';
import { textHash } from '../../src/receipt.ts';
import type { ArticleEntry, NewBriefing } from '../../src/store/store.ts';

export interface Told {
  /** Path or address; the id follows from it and the tenant. */
  readonly origin: string;
  readonly text: string;
  readonly title?: string;
  readonly tenant?: string;
  readonly outlet?: string;
  readonly url?: string;
  /** Instant of a stated date; absent: undated. */
  readonly at?: string;
  readonly readAt?: string;
  readonly engine?: string;
  readonly topics?: readonly string[];
  readonly speakers?: readonly (Partial<FoundSpeaker> & { readonly name: string })[];
  readonly quotes?: readonly ToldQuote[];
  readonly reactions?: readonly { readonly who: string; readonly stance: Stance; readonly clause: string }[];
  readonly key?: readonly string[];
  /** Two names for one thing, as letters stand for words. */
  readonly aliases?: readonly (readonly [name: string, other: string])[];
  readonly posts?: readonly EmbeddedPost[];
  readonly masks?: Article['masks'];
  readonly original?: Uint8Array;
}

export interface ToldQuote {
  /** Words in the text; inside marks unless `kind` is `indirect`. */
  readonly words: string;
  /** For `partial`: the clause around the words. */
  readonly clause?: string;
  /** Name of one of `speakers`; absent: nobody. */
  readonly who?: string;
  readonly kind?: FoundQuote['kind'];
  readonly medium?: FoundQuote['medium'];
}

export function spanOf(text: string, words: string): Span {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`test text lacks ${JSON.stringify(words)}`);
  return { start, end: start + words.length };
}

export function entry(told: Told): ArticleEntry {
  const { text, tenant = '' } = told;
  const article: Article = {
    id: createHash('sha256').update(`${tenant}\n${told.origin}`).digest('hex').slice(0, 32),
    hash: textHash(text),
    tenant,
    origin: told.origin,
    ...(told.url !== undefined && { url: told.url }),
    ...(told.outlet !== undefined && { outlet: told.outlet }),
    ...(told.title !== undefined && { title: told.title }),
    label: told.title ?? text.slice(0, 60),
    labelIsOurs: told.title === undefined,
    language: 'en',
    date: dateOf(told.at),
    readAt: told.readAt ?? '2026-01-10T12:00:00.000Z',
    text,
    paragraphs: [...text.matchAll(/[^\n]+/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
    masks: told.masks ?? [],
    posts: told.posts ?? [],
  };
  const analysis = analysisOf(told);
  return {
    article,
    analysis,
    signature: storySignature(article, analysis),
    original: told.original ?? new TextEncoder().encode(text),
  };
}

const dateOf = (at: string | undefined): ArticleDate =>
  at === undefined ? { state: 'none' } : { state: 'stated', at, precision: 'minute' };

function analysisOf(told: Told): Analysis {
  const { text } = told;
  const names = told.speakers ?? [];
  const speaker = (name: string) => names.findIndex((one) => one.name === name);
  const quotes = (told.quotes ?? []).map((quote, i): FoundQuote => {
    const words = spanOf(text, quote.words);
    const content = quote.clause === undefined ? words : spanOf(text, quote.clause);
    return {
      kind: quote.kind ?? 'direct',
      medium: quote.medium ?? 'spoken',
      content,
      verbatim: quote.kind === 'indirect' ? [] : [words],
      ...(quote.who !== undefined && { speaker: speaker(quote.who) }),
      confidence: 0.9,
      rule: 'test',
      sentence: sentenceAround(text, content),
      utterance: i,
    };
  });
  return {
    engine: told.engine ?? 'test-1',
    sentences: [],
    quotes,
    speakers: names.map(
      (one): FoundSpeaker => ({ kind: 'person' satisfies SpeakerKind, aliases: [], mentions: [], ...one }),
    ),
    reactions: (told.reactions ?? []).map(
      ({ who, stance, clause }): FoundReaction => ({
        speaker: speaker(who),
        stance,
        evidence: spanOf(text, clause),
        clause: spanOf(text, clause),
        sentence: sentenceAround(text, spanOf(text, clause)),
        kind: 'indirect',
        medium: 'spoken',
        quotes: [],
        confidence: 0.9,
      }),
    ),
    aliases: (told.aliases ?? []).map(([name, other]) => ({ how: 'letters', name: named(name), other: named(other) })),
    topics: (told.topics ?? []).map((label, i) => ({
      ...named(label),
      weight: 1 / (i + 1),
      spans: [],
    })),
    keySentences: (told.key ?? []).map((words, i) => ({ span: spanOf(text, words), score: 1 - i / 10 })),
  };
}

const named = (label: string) => ({ key: label.toLowerCase().replace(/s$/, ''), label });

function sentenceAround(text: string, { start, end }: Span): Span {
  const from = Math.max(text.lastIndexOf('. ', start) + 2, text.lastIndexOf('\n', start) + 1, 0);
  const stop = text.indexOf('.', end);
  return { start: Math.min(from === 1 ? 0 : from, start), end: stop < 0 ? text.length : stop + 1 };
}

export const newBriefing = (change: Partial<NewBriefing> = {}): NewBriefing => ({
  tenant: 'discord:1',
  platform: 'discord',
  channel: '42',
  owner: 'u1',
  kind: 'daily',
  times: 'daily 08:00',
  zone: 'Europe/Prague',
  catchUp: 'late',
  onlyNew: true,
  threads: false,
  locale: 'en',
  state: 'active',
  createdAt: '2026-01-01T00:00:00.000Z',
  settledTo: '2026-01-01T00:00:00.000Z',
  ...change,
});
