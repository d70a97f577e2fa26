/** Summaries of articles about one event: whole sentences of theirs, never a word of ours. */
import type { Span } from '../../model.ts';
import { isAround, isReadable, labelLength, wordCount } from '../text/readable.ts';
import { singleSpaced } from '../text/text-of.ts';
import { sentenceSpans } from '../text/text-sentences.ts';
import type { Stem } from '../text/words.ts';
import { type Choosable, Expectation } from './expected.ts';
import { shortened } from './shorten.ts';
import { type WorthModel, worthWords } from './worth.ts';

export interface SummaryDocument {
  readonly title?: string;
  readonly text: string;
  /** Sentences of `text`, where they are known already. */
  readonly sentences?: readonly Span[];
}

/** A chosen sentence: `documents[document].text.slice(span.start, span.end)`. */
export interface SummarySentence {
  readonly document: number;
  readonly span: Span;
  /** As a reader sees it: white space made single. */
  readonly text: string;
}

/** News tells first things first: what comes later is not read. */
const SENTENCES_READ = 40;
const DOCUMENTS_READ = 24;

/** A sentence as it is weighed. Its text is made when it is asked for: of most sentences nobody reads it. */
export class Sentence implements Choosable, SummarySentence {
  readonly document: number;
  readonly index: number;
  readonly span: Span;
  readonly words: readonly Stem[];
  readonly #whole: string;
  #text: string | undefined;

  constructor(whole: string, span: Span, words: readonly Stem[], document: number, index: number) {
    this.#whole = whole;
    this.span = span;
    this.words = words;
    this.document = document;
    this.index = index;
  }

  get text(): string {
    this.#text ??= singleSpaced(this.#whole.slice(this.span.start, this.span.end)).trim();
    return this.#text;
  }

  get length(): number {
    return wordCount(this.text);
  }
}

/**
 * Chooses the sentences that would agree most with an editor's summary, at most `words` words in all.
 *
 * In the order in which the articles tell them; no sentence twice in other words. Empty when no sentence fits.
 */
export function summarize(documents: readonly SummaryDocument[], words: number, model?: WorthModel): SummarySentence[] {
  const read = documents.slice(0, DOCUMENTS_READ);
  const sentences = read.flatMap(sentencesOf).sort((a, b) => a.index - b.index || a.document - b.document);
  if (sentences.length === 0) return [];
  const titles = read.map(({ title }) => worthWords(title ?? ''));
  const expectation = new Expectation(sentences, titles, words, model);
  const readable = sentences.filter(({ text }) => isReadable(text));
  const scraps = sentences.filter(({ text }) => !isAround(text));
  return [...expectation.best(readable.length > 0 ? readable : scraps, words).sentences];
}

/**
 * What to give where no sentence is short enough: the beginning of one of the first, cut where a clause ends (and marked
 * so), else the headline. `undefined` when neither fits.
 */
export function shortSummary(documents: readonly SummaryDocument[], words: number): string | undefined {
  const leads = documents
    .slice(0, DOCUMENTS_READ)
    .flatMap((document, n) => sentencesOf(document, n).slice(0, LEADS_CUT))
    .filter(({ text }) => isReadable(text))
    .sort((a, b) => a.index - b.index || a.document - b.document);
  for (const { text } of leads) {
    const cut = shortened(text, words);
    if (cut !== undefined) return `${cut}…`;
  }
  return documents.map(({ title }) => title?.trim()).find((title) => title && title.split(/\s+/).length <= words);
}

/** Sentences of each document that may be cut. */
const LEADS_CUT = 3;

/** The sentences of a document as they are weighed, in reading order. */
export function sentencesOf({ text, sentences }: SummaryDocument, document: number): Sentence[] {
  return (sentences ?? sentenceSpans(text)).slice(0, SENTENCES_READ).flatMap((whole, index) => {
    const span = { start: whole.start + labelLength(text.slice(whole.start, whole.end)), end: whole.end };
    const words = worthWords(text, span);
    if (words.length === 0) return [];
    return [new Sentence(text, span, words, document, index)];
  });
}
