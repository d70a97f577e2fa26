/**
 * The tree that every message is made of. A digest says what; a platform says how it looks.
 *
 * Quotation marks around `verbatim` are put there by the renderer and by nothing else: text nodes never carry marks of
 * our own. `verbatim` and `excerpt` carry their proof, and `src/gate.ts` checks each one before a message leaves.
 */
import type { Instant, Span } from './model.ts';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** Shown in the reader's own zone where the platform can; `zone` is for those that cannot. */
  | {
      readonly kind: 'time';
      readonly at: Instant;
      readonly style: 'date' | 'time' | 'datetime' | 'relative';
      readonly zone?: string;
      /** Language of the words that stand for it where a client cannot show it; English when left out. */
      readonly locale?: string;
    }
  /** Words that someone said or wrote: shown inside quotation marks. `span` is one of the receipt's verbatim spans. */
  | {
      readonly kind: 'verbatim';
      readonly text: string;
      readonly receipt: string;
      readonly articleId: string;
      readonly hash: string;
      readonly span: Span;
    }
  /** The article's own words as they stand there, its marks included: shown without marks of ours; bold when `marked`. */
  | {
      readonly kind: 'excerpt';
      readonly text: string;
      readonly articleId: string;
      readonly hash: string;
      readonly span: Span;
      readonly marked?: boolean;
    };

/** Something to press. `command` is an invocation as a person would type it, so a button needs no memory: `/context q3f9…`. */
export type Action =
  | { readonly kind: 'run'; readonly label: string; readonly command: string }
  /** Posts the answer to `command` in the channel for all to see. */
  | { readonly kind: 'share'; readonly label: string; readonly command: string }
  /** Opens a form (modal) with the options of `command`; what is typed in it becomes the invocation. */
  | { readonly kind: 'form'; readonly label: string; readonly command: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

/** A block is a unit: it is shown whole or not at all, never split over messages. */
export type Block =
  | { readonly kind: 'heading'; readonly text: readonly Inline[] }
  | { readonly kind: 'text'; readonly text: readonly Inline[] }
  /** A statement with its speaker: `who` (name, role, where, when) stands before the words; `note` after them. */
  | {
      readonly kind: 'statement';
      readonly who: readonly Inline[];
      readonly words: readonly (readonly Inline[])[];
      readonly note?: readonly Inline[];
      readonly action?: Action;
    }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'small'; readonly text: readonly Inline[] }
  | { readonly kind: 'divider' }
  | { readonly kind: 'actions'; readonly actions: readonly Action[] }
  /** A menu: picking a choice runs its command. */
  | {
      readonly kind: 'menu';
      readonly placeholder: string;
      readonly choices: readonly { readonly label: string; readonly command: string; readonly detail?: string }[];
    };

/** One message before it is cut into pages. */
export interface Document {
  /** What a phone's lock screen and a screen reader say: plain words, never empty. */
  readonly summary: string;
  readonly blocks: readonly Block[];
  /** Detail that belongs in a thread under the message, where the channel wants threads. */
  readonly thread?: Document;
}

export const text = (value: string): Inline => ({ kind: 'text', text: value });
export const strong = (value: string): Inline => ({ kind: 'strong', text: value });
export const emphasis = (value: string): Inline => ({ kind: 'emphasis', text: value });
export const code = (value: string): Inline => ({ kind: 'code', text: value });
export const link = (label: string, url: string): Inline => ({ kind: 'link', text: label, url });
export const time = (at: Instant, style: 'date' | 'time' | 'datetime' | 'relative', zone?: string): Inline =>
  zone === undefined ? { kind: 'time', at, style } : { kind: 'time', at, style, zone };

/** Words with mark-up or a source's words among them. */
export type Phrase = readonly (string | Inline)[];
const inlines = (phrase: string | Inline | Phrase): readonly Inline[] =>
  (Array.isArray(phrase) ? (phrase as Phrase) : [phrase as string | Inline]).map((part) =>
    typeof part === 'string' ? text(part) : part,
  );
/** A phrase as plain words, for summaries. */
export const plainWords = (phrase: Phrase): string =>
  phrase.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : part.at)).join('');

export const heading = (...phrase: Phrase): Block => ({ kind: 'heading', text: inlines(phrase) });
export const paragraph = (...phrase: Phrase): Block => ({ kind: 'text', text: inlines(phrase) });
export const small = (...phrase: Phrase): Block => ({ kind: 'small', text: inlines(phrase) });
export const list = (items: readonly (string | Inline | Phrase)[]): Block => ({
  kind: 'list',
  items: items.map(inlines),
});
export const divider: Block = { kind: 'divider' };
export const actions = (...all: readonly Action[]): Block => ({ kind: 'actions', actions: all });
export const run = (label: string, command: string): Action => ({ kind: 'run', label, command });

/** Words that carry their proof. */
export type Proven = Extract<Inline, { kind: 'verbatim' | 'excerpt' }>;

/** The words of a document that claim to be a source's. */
export const provenIn = (document: Document): readonly Proven[] =>
  [...everyInline(document)].filter(
    (inline): inline is Proven => inline.kind === 'verbatim' || inline.kind === 'excerpt',
  );

/** A document without some of its words, and how many passages went with them: its thread has a count of its own. */
export interface LeftOut {
  readonly document: Document;
  readonly passages: number;
}

/** Leaves out words with the whole block or item that they stand in: a unit is shown whole or not at all. */
export function leaveOut(document: Document, words: ReadonlySet<Inline>): LeftOut {
  const bad = (inlines: readonly Inline[]) => inlines.some((inline) => words.has(inline));
  let passages = 0;
  const blocks: Block[] = [];
  for (const block of document.blocks) {
    const left = block.kind === 'list' ? block.items.filter((item) => !bad(item)) : [];
    if (block.kind === 'list') {
      passages += block.items.length - left.length;
      if (left.length > 0) blocks.push(left.length < block.items.length ? { ...block, items: left } : block);
      // Its title says nothing any more.
      else if (isTitle(blocks.at(-1))) blocks.pop();
    } else if (bad(inlinesOf(block))) passages++;
    else if (block.kind !== 'divider' || blocks.at(-1)?.kind !== 'divider') blocks.push(block);
  }
  return { document: { ...document, blocks }, passages };
}

const isTitle = (block: Block | undefined): boolean =>
  block?.kind === 'text' && block.text.every(({ kind }) => kind === 'strong');

/** The words of one block, in reading order. */
export function inlinesOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'small':
      return block.text;
    case 'statement':
      return [...block.who, ...block.words.flat(), ...(block.note ?? [])];
    case 'list':
      return block.items.flat();
    case 'divider':
    case 'actions':
    case 'menu':
      return [];
  }
}

/** Every inline of a document, in reading order, its thread's after its own. */
export function* everyInline(document: Document): Generator<Inline> {
  for (const block of document.blocks) yield* inlinesOf(block);
  if (document.thread) yield* everyInline(document.thread);
}
