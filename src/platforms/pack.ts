/**
 * Packs a document's blocks into pages: whole blocks, in order, inside a platform's limits.
 *
 * A platform says what a block costs; nothing here knows a platform. A block is never cut over two pages. One that no
 * page could hold is made smaller where that loses nothing (plain text at sentence ends, a list between its items, rows
 * of buttons), else a line stands in its place that says so.
 */
import type { Block, Inline } from '../document.ts';

/** What a platform counts, by name: `{ characters: 120, components: 3 }`. Costs add up over the blocks of a page. */
export type Cost<Measure extends string> = Readonly<Record<Measure, number>>;

export interface Packing<Measure extends string> {
  /** What one page holds. */
  readonly limits: Cost<Measure>;
  readonly cost: (block: Block) => Cost<Measure>;
  /** Most characters of one plain-text block, as `size` counts them; room for a block's own marks is left out of it. */
  readonly longestText: number;
  /** Characters that an inline takes once it is rendered. */
  readonly size: (inline: Inline) => number;
  /** Most buttons in one `actions` block and most choices in one `menu`. */
  readonly mostActions: number;
  readonly mostChoices: number;
  /** A short block that stands for one that cannot be shown whole, and says so. */
  readonly tooLong: (block: Block) => Block;
}

/** Cuts blocks into pages. At least one page, each with at least one block, unless there is nothing to show at all. */
export function packBlocks<Measure extends string>(
  blocks: readonly Block[],
  packing: Packing<Measure>,
): readonly (readonly Block[])[] {
  const fits = (block: Block) => withinLimits(packing.cost(block), packing.limits) && !isOverfull(block, packing);
  const pages: Block[][] = [];
  let page: Block[] = [];
  let used: Cost<Measure> | undefined;

  for (const block of blocks.flatMap((whole) => (fits(whole) ? [whole] : smaller(whole, packing, fits)))) {
    const cost = packing.cost(block);
    const sum = used === undefined ? cost : add(used, cost);
    if (page.length === 0 || withinLimits(sum, packing.limits)) {
      page.push(block);
      used = sum;
      continue;
    }
    const carried = carriedOver(page, block, packing);
    pages.push(page.slice(0, page.length - carried.length));
    page = [...carried, block];
    used = page.map(packing.cost).reduce(add);
  }
  pages.push(page);
  return pages.map(withoutOuterDividers).filter((blocksOfPage) => blocksOfPage.length > 0);
}

/** The end of a full page that goes on the next one with `next`: a heading keeps its text, buttons keep what they are about. */
function carriedOver<Measure extends string>(page: readonly Block[], next: Block, packing: Packing<Measure>): Block[] {
  const lookBack = Math.min(3, page.length - 1);
  for (let count = 0; count <= lookBack; count++) {
    const carried = page.slice(page.length - count);
    const before = page[page.length - count - 1];
    const after = carried[0] ?? next;
    if (before?.kind === 'heading' || belongsToPrevious(after)) continue;
    const cost = [...carried, next].map(packing.cost).reduce(add);
    return withinLimits(cost, packing.limits) ? carried : [];
  }
  return [];
}

const belongsToPrevious = (block: Block): boolean =>
  block.kind === 'actions' || block.kind === 'menu' || block.kind === 'small';

function withoutOuterDividers(page: readonly Block[]): readonly Block[] {
  const first = page.findIndex((block) => block.kind !== 'divider');
  const last = page.findLastIndex((block) => block.kind !== 'divider');
  return first < 0 ? [] : page.slice(first, last + 1);
}

/** Too many buttons or choices, or too long a text, for one block of its kind. */
function isOverfull<Measure extends string>(block: Block, packing: Packing<Measure>): boolean {
  switch (block.kind) {
    case 'actions':
      return block.actions.length > packing.mostActions;
    case 'menu':
      return block.choices.length > packing.mostChoices;
    case 'heading':
    case 'text':
    case 'small':
      return sizeOf(block.text, packing) > packing.longestText;
    case 'list':
      return block.items.reduce((sum, item) => sum + sizeOf(item, packing) + listMark, 0) > packing.longestText;
    case 'statement':
    case 'divider':
      return false;
  }
}

/** A bullet and a line break, on any platform. */
const listMark = 4;

/** Blocks that hold the same as one that is too big, each fitting a page; or the line that stands for it. */
function smaller<Measure extends string>(
  block: Block,
  packing: Packing<Measure>,
  fits: (block: Block) => boolean,
): readonly Block[] {
  const parts = partsOf(block, packing);
  return parts.map((part) => (fits(part) ? part : packing.tooLong(part)));
}

function partsOf<Measure extends string>(block: Block, packing: Packing<Measure>): readonly Block[] {
  switch (block.kind) {
    case 'actions':
      return chunks(block.actions, packing.mostActions).map((actions) => ({ kind: 'actions', actions }));
    case 'menu':
      return chunks(block.choices, packing.mostChoices).map((choices) => ({ ...block, choices }));
    case 'text':
    case 'small':
    case 'heading': {
      // What goes on after the first piece of a heading reads as text, not as a second heading.
      const [first, ...rest] = splitText(block.text, packing.longestText, packing.size) ?? [block.text];
      const kind = block.kind === 'heading' ? 'text' : block.kind;
      return [{ ...block, text: first ?? [] }, ...rest.map((text): Block => ({ kind, text }))];
    }
    case 'list':
      return listParts(block.items, packing);
    case 'statement':
    case 'divider':
      return [block];
  }
}

/** Lists of whole items; an item that is too long for any list becomes a text block of its own. */
function listParts<Measure extends string>(items: readonly (readonly Inline[])[], packing: Packing<Measure>): Block[] {
  const parts: Block[] = [];
  let held: (readonly Inline[])[] = [];
  let size = 0;
  const flush = () => {
    if (held.length > 0) parts.push({ kind: 'list', items: held });
    held = [];
    size = 0;
  };
  for (const item of items) {
    const itemSize = sizeOf(item, packing) + listMark;
    if (size + itemSize > packing.longestText) flush();
    if (itemSize > packing.longestText) {
      parts.push(...partsOf({ kind: 'text', text: item }, packing));
    } else {
      held.push(item);
      size += itemSize;
    }
  }
  flush();
  return parts;
}

/**
 * Cuts plain text into pieces of at most `most` characters, at sentence ends, else word ends, else (one endless word)
 * between characters. Undefined when the text holds quoted words or an excerpt: those are shown whole or not at all.
 */
export function splitText(
  inlines: readonly Inline[],
  most: number,
  size: (inline: Inline) => number,
): readonly (readonly Inline[])[] | undefined {
  if (inlines.some((inline) => inline.kind === 'verbatim' || inline.kind === 'excerpt')) return undefined;
  const pieces: Inline[][] = [];
  let piece: Inline[] = [];
  let used = 0;
  for (const atom of inlines.flatMap((inline) => atoms(inline, most, size))) {
    const atomSize = size(atom);
    if (used + atomSize > most && piece.length > 0) {
      pieces.push(piece);
      piece = [];
      used = 0;
    }
    piece.push(atom);
    used += atomSize;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

const segmenters = {
  sentence: new Intl.Segmenter('en', { granularity: 'sentence' }),
  word: new Intl.Segmenter('en', { granularity: 'word' }),
  grapheme: new Intl.Segmenter('en', { granularity: 'grapheme' }),
};

/** The smallest parts that may be moved to another piece: sentences where they fit, finer only where they do not. */
function atoms(
  inline: Inline,
  most: number,
  size: (inline: Inline) => number,
  grains: readonly (keyof typeof segmenters)[] = ['sentence', 'word', 'grapheme'],
): readonly Inline[] {
  const [grain, ...finer] = grains;
  if (size(inline) <= most && (inline.kind !== 'text' || grain !== 'sentence')) return [inline];
  if (inline.kind === 'time') return [inline];
  // One letter under thousands of combining marks: nothing finer than a code point is left.
  if (grain === undefined) return Array.from(inline.text, (character) => ({ ...inline, text: character }));
  return Array.from(segmenters[grain].segment(inline.text)).flatMap(({ segment }) => {
    const part = { ...inline, text: segment };
    return size(part) <= most ? [part] : atoms(part, most, size, finer);
  });
}

const sizeOf = <Measure extends string>(inlines: readonly Inline[], packing: Packing<Measure>): number =>
  inlines.reduce((sum, inline) => sum + packing.size(inline), 0);

function withinLimits<Measure extends string>(cost: Cost<Measure>, limits: Cost<Measure>): boolean {
  return measuresOf(limits).every((measure) => cost[measure] <= limits[measure]);
}

function add<Measure extends string>(one: Cost<Measure>, other: Cost<Measure>): Cost<Measure> {
  return Object.fromEntries(
    measuresOf(one).map((measure) => [measure, one[measure] + other[measure]]),
  ) as Cost<Measure>;
}

const measuresOf = <Measure extends string>(cost: Cost<Measure>) => Object.keys(cost) as Measure[];

function chunks<T>(all: readonly T[], most: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += most) parts.push(all.slice(at, at + most));
  return parts;
}
