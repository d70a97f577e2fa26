/** Between the model and the rows of both engines. Pure: no SQL here. */
import type { StorySignature } from '../analysis/stories/stories.ts';
import type {
  Article,
  ArticleHead,
  EmbeddedPost,
  FoundQuote,
  FoundReaction,
  Instant,
  KeySentence,
  PostCredit,
  Quote,
  Reaction,
  Receipt,
  Span,
} from '../model.ts';
import { receiptId } from '../receipt.ts';
import type { HeavyTerms } from '../search/aboutness.ts';
import { undotted } from './asking/words.ts';
import type { ArticleEntry } from './store.ts';

type Pair = readonly [start: number, end: number];
const pair = (span: Span): Pair => [span.start, span.end];
const span = ([start, end]: Pair): Span => ({ start, end });

/** Loaded with their first use: an answer needs neither, and both together take longer to load than this room. */
const crypto = () => process.getBuiltinModule('node:crypto');
const zlib = () => process.getBuiltinModule('node:zlib');

/**
 * Text that every engine can hold: NUL and lone surrogates replaced one for one, so that lengths and spans stay true.
 * Articles come this way already; titles, names and what people type may not.
 */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

/** No index of PostgreSQL holds a key beyond 2,704 bytes (its documentation, B-tree limits); longer ones end in their hash. */
const LONGEST_KEY = 2000;

/** Text that is looked up by: storable, and short enough for every index. */
export function keyText(text: string): string {
  const key = storable(text);
  if (key.length * 3 <= LONGEST_KEY || Buffer.byteLength(key) <= LONGEST_KEY) return key;
  return `${key.slice(0, 400).toWellFormed()}…${crypto().createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

export const instant = (ms: number): Instant => new Date(ms).toISOString();

// ---------------------------------------------------------------- articles

export interface Shape {
  readonly paragraphs: readonly Pair[];
  readonly masks: readonly (readonly [number, number, Article['masks'][number]['kind']])[];
  readonly posts: readonly EmbeddedPost[];
}

export function headOf(article: Article): ArticleHead {
  const { text: _text, paragraphs: _paragraphs, masks: _masks, posts: _posts, ...head } = article;
  return head;
}

/** Of a stored article, as the model has them. */
export const masksOf = ({ masks }: Pick<Shape, 'masks'>): Article['masks'] =>
  masks.map(([start, end, kind]) => ({ start, end, kind }));

export const shapeOf = (article: Article): Shape => ({
  paragraphs: article.paragraphs.map(pair),
  masks: article.masks.map((mask) => [mask.start, mask.end, mask.kind]),
  posts: article.posts,
});

export function articleOf(head: string, text: string, shape: string): Article {
  const { paragraphs, masks, posts } = JSON.parse(shape) as Shape;
  return {
    ...(JSON.parse(head) as ArticleHead),
    text,
    paragraphs: paragraphs.map(span),
    masks: masksOf({ masks }),
    posts,
  };
}

/** What is searched: the text without its masked spans, "F.B.I." written as one word. */
export const searchableText = (article: Pick<Article, 'text' | 'masks'>): string => undotted(unmasked(article));

function unmasked({ text, masks }: Pick<Article, 'text' | 'masks'>): string {
  let from = 0;
  let out = '';
  for (const mask of [...masks].sort((a, b) => a.start - b.start)) {
    if (mask.start > from) out += `${text.slice(from, mask.start)} `;
    from = Math.max(from, mask.end);
  }
  return from === 0 ? text : out + text.slice(from);
}

/**
 * The bytes as they came, deflated; `null` where they are the text itself in UTF-8. The text is the dictionary: of a record
 * that holds it little more than its other fields is kept.
 */
export function packOriginal(original: Uint8Array, text: string): Uint8Array | null {
  const dictionary = Buffer.from(text);
  if (dictionary.equals(original)) return null;
  // A copy, not the larger piece of memory that zlib cut it from.
  return new Uint8Array(zlib().deflateSync(original, { dictionary }));
}

/** Those that were deflated without a dictionary say so themselves. */
export const unpackOriginal = (packed: Uint8Array | null, text: string): Uint8Array =>
  packed === null
    ? new TextEncoder().encode(text)
    : new Uint8Array(zlib().inflateSync(packed, { dictionary: Buffer.from(text) }));

/** 1 for the first paragraph; the last one that begins before `at` when it stands between two. */
export function paragraphAt(paragraphs: readonly Span[], at: number): number {
  let low = 0;
  let high = paragraphs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paragraphs[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, 1);
}

/** What is kept of an analysis beside its quotes and reactions. */
export interface Found {
  readonly topics: readonly string[];
  readonly key: readonly { readonly at: Pair; readonly paragraph: number }[];
}

const KEY_SENTENCES = 12;

export const foundOf = ({ article, analysis }: ArticleEntry): Found => ({
  topics: analysis.topics.slice(0, 12).map((topic) => storable(topic.label)),
  key: analysis.keySentences
    .slice(0, KEY_SENTENCES)
    .map(({ span: at }: KeySentence) => ({ at: pair(at), paragraph: paragraphAt(article.paragraphs, at.start) })),
});

// ---------------------------------------------------------------- quotes

/** The `data` of a row of `quotes`: short names, because there are many. */
export interface QuoteData {
  readonly kind: FoundQuote['kind'];
  readonly medium: FoundQuote['medium'];
  readonly content: Pair;
  readonly verbatim: readonly Pair[];
  readonly cue?: Pair;
  readonly mention?: Pair;
  readonly when?: Pair;
  readonly where?: Pair;
  readonly sentence: Pair;
  readonly paragraph: number;
  readonly utterance: number;
  readonly confidence: number;
  readonly rule: string;
  readonly engine: string;
  readonly role?: string;
  readonly handle?: string;
  readonly post?: PostCredit;
}

export interface QuoteRow {
  readonly receipt: string;
  readonly verbatim: 0 | 1;
  /** Index into `Analysis.speakers`. */
  readonly speaker: number | undefined;
  readonly data: QuoteData;
}

export function quoteRow({ article, analysis }: ArticleEntry, quote: FoundQuote): QuoteRow {
  const speaker = quote.speaker === undefined ? undefined : analysis.speakers[quote.speaker];
  const post = article.posts.find(
    (block) => block.span.start <= quote.content.start && quote.content.end <= block.span.end,
  );
  return {
    receipt: receiptId(article.id, article.hash, quote.content),
    verbatim: quote.kind === 'indirect' ? 0 : 1,
    speaker: speaker && quote.speaker,
    data: {
      kind: quote.kind,
      medium: quote.medium,
      content: pair(quote.content),
      verbatim: quote.verbatim.map(pair),
      ...(quote.cue && { cue: pair(quote.cue) }),
      ...(quote.mention && { mention: pair(quote.mention) }),
      ...(quote.when && { when: pair(quote.when) }),
      ...(quote.where && { where: pair(quote.where) }),
      sentence: pair(quote.sentence),
      paragraph: paragraphAt(article.paragraphs, quote.content.start),
      utterance: quote.utterance,
      confidence: quote.confidence,
      rule: quote.rule,
      engine: analysis.engine,
      ...(speaker?.role !== undefined && { role: speaker.role }),
      ...(speaker?.handle !== undefined && { handle: speaker.handle }),
      ...(post && { post: postCredit(post) }),
    },
  };
}

const postCredit = ({ name, handle, day }: EmbeddedPost): PostCredit => ({
  name,
  handle,
  ...(day !== undefined && { day }),
});

/** A speaker as the `speakers` table has it, for joining. */
export interface SpeakerRow {
  readonly id: number;
  readonly tenant: string;
  readonly kind: string;
  readonly name: string;
  readonly role: string | null;
  readonly aliases: string;
  readonly handle: string | null;
  readonly gazetteer: string | null;
  readonly quotes: number;
  readonly paraphrases: number;
  readonly seen: number;
}

type Speaking = NonNullable<Quote['speaker']>;

/** The corpus knows the name; role and handle are as this article gives them. */
function speaking(row: SpeakerRow, data: { readonly role?: string; readonly handle?: string }): Speaking {
  const handle = data.handle ?? row.handle ?? undefined;
  return {
    id: row.id,
    kind: row.kind as Speaking['kind'],
    name: row.name,
    ...(data.role !== undefined && { role: data.role }),
    ...(handle !== undefined && { handle }),
  };
}

/** A quote ready to be shown; all its words are slices of `text`. */
export function quoteOf(
  head: ArticleHead,
  text: string,
  receiptId: string,
  data: QuoteData,
  speaker: SpeakerRow | undefined,
): Quote {
  const slice = ([start, end]: Pair) => text.slice(start, end);
  const receipt: Receipt = {
    id: receiptId,
    articleId: head.id,
    hash: head.hash,
    content: span(data.content),
    verbatim: data.verbatim.map(span),
    ...(data.cue && { cue: span(data.cue) }),
    ...(data.mention && { mention: span(data.mention) }),
    rule: data.rule,
    engine: data.engine,
  };
  return {
    receipt,
    kind: data.kind,
    medium: data.medium,
    text: slice(data.content),
    verbatim: data.verbatim.map(slice),
    ...(speaker && { speaker: speaking(speaker, data) }),
    ...(data.mention && { mention: slice(data.mention) }),
    ...(data.when && { when: slice(data.when) }),
    ...(data.where && { where: slice(data.where) }),
    sentence: slice(data.sentence),
    sentenceSpan: span(data.sentence),
    paragraph: data.paragraph,
    utterance: data.utterance,
    confidence: data.confidence,
    article: head,
    carriers: [],
    ...(data.post && { post: data.post }),
  };
}

// ---------------------------------------------------------------- reactions

export interface ReactionData {
  readonly kind: FoundReaction['kind'];
  readonly medium: FoundReaction['medium'];
  readonly target?: Pair;
  readonly evidence: Pair;
  readonly clause: Pair;
  readonly sentence: Pair;
  readonly paragraph: number;
  readonly receipts: readonly string[];
  readonly role?: string;
  readonly handle?: string;
}

export function reactionData(
  { article, analysis }: ArticleEntry,
  reaction: FoundReaction,
  receipts: readonly string[],
): ReactionData {
  const speaker = analysis.speakers[reaction.speaker];
  return {
    kind: reaction.kind,
    medium: reaction.medium,
    ...(reaction.target && { target: pair(reaction.target) }),
    evidence: pair(reaction.evidence),
    clause: pair(reaction.clause),
    sentence: pair(reaction.sentence),
    paragraph: paragraphAt(article.paragraphs, reaction.clause.start),
    receipts: reaction.quotes.flatMap((n) => receipts[n] ?? []),
    ...(speaker?.role !== undefined && { role: speaker.role }),
    ...(speaker?.handle !== undefined && { handle: speaker.handle }),
  };
}

export function reactionOf(
  head: ArticleHead,
  text: string,
  stance: string,
  data: ReactionData,
  speaker: SpeakerRow,
): Reaction {
  const slice = ([start, end]: Pair) => text.slice(start, end);
  return {
    speaker: speaking(speaker, data),
    stance: stance as Reaction['stance'],
    kind: data.kind,
    medium: data.medium,
    ...(data.target && { target: slice(data.target) }),
    evidence: slice(data.evidence),
    clause: slice(data.clause),
    clauseSpan: span(data.clause),
    sentence: slice(data.sentence ?? data.clause),
    paragraph: data.paragraph,
    receipts: data.receipts,
    article: head,
  };
}

// ---------------------------------------------------------------- story signatures

/** A signature as columns of `signatures`. */
export interface PackedSignature {
  readonly terms: string;
  readonly shingles: Uint8Array;
}

/**
 * Shingles as 512 bytes, the rest as lines: what is neither in JSON first, then a term a line ("cartel 1.41 4"). Half
 * the size of JSON, so that two signatures fit in a page.
 */
export function packSignature({ shingles, terms, ...rest }: StorySignature): PackedSignature {
  let lines = JSON.stringify(rest);
  for (const [term, weight, marks] of terms)
    lines += `\n${term.replace(/\s/g, '_')} ${weight}${marks === undefined ? '' : ` ${marks}`}`;
  return {
    terms: storable(lines),
    shingles: new Uint8Array(new Uint32Array(shingles).buffer),
  };
}

export function unpackSignature({ terms: packed, shingles }: PackedSignature): StorySignature {
  const end = packed.indexOf('\n');
  const rest = end < 0 ? packed : packed.slice(0, end);
  return {
    ...(JSON.parse(rest || '{}') as Omit<StorySignature, 'shingles' | 'terms'>),
    terms:
      end < 0
        ? []
        : packed
            .slice(end + 1)
            .split('\n')
            .map(unpackTerm),
    shingles: unpackShingles(shingles),
  };
}

function unpackShingles(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= view.byteLength; at += 4) numbers.push(view.getUint32(at, true));
  return numbers;
}

/** The terms of a signature, read only as far as they are asked for. */
export function heavyTerms(packed: PackedSignature['terms']): HeavyTerms {
  return {
    first(count) {
      const names: string[] = [];
      for (let line = packed.indexOf('\n') + 1; line > 0 && names.length < count; line = packed.indexOf('\n', line) + 1)
        names.push(packed.slice(line, packed.indexOf(' ', line)));
      return names;
    },
    depth(name) {
      const before = packed.indexOf(`\n${name} `);
      return before < 0 ? undefined : before / packed.length;
    },
    find(name) {
      const line = packed.indexOf(`\n${name} `) + 1;
      if (line === 0) return undefined;
      const end = packed.indexOf('\n', line);
      return unpackTerm(packed.slice(line, end < 0 ? packed.length : end));
    },
  };
}

function unpackTerm(line: string): StorySignature['terms'][number] {
  const weight = line.indexOf(' ');
  const marks = line.indexOf(' ', weight + 1);
  const term = line.slice(0, weight);
  return marks < 0
    ? [term, Number(line.slice(weight + 1))]
    : [term, Number(line.slice(weight + 1, marks)), Number(line.slice(marks + 1))];
}
