/**
 * Commands as people type them in Slack. Our own words call them by their plain names (`/status`); Slack keeps some of
 * those for itself, and a prefix may stand before all.
 */
import type { Block, Document, Inline } from '../../document.ts';
import type { CommandShape } from '../platform.ts';
import { everyCommand, isReserved } from './manifest.ts';

/** A document in whose words the commands have the names that work here. */
export type Naming = (document: Document) => Document;

export function namingOf(shapes: readonly CommandShape[], prefix = ''): Naming {
  const names = [...new Set(shapes.map((shape) => shape.name.split(' ')[0] ?? ''))];
  const renamed = new Map(
    names.flatMap((name) =>
      prefix ? [[name, `/${prefix}-${name}`]] : isReserved(name) ? [[name, `${everyCommand()} ${name}`]] : [],
    ),
  );
  if (renamed.size === 0) return (document) => document;
  const mention = new RegExp(`(^|[\\s(])/(${[...renamed.keys()].join('|')})(?=$|[\\s.,;:!?)])`, 'g');
  const here = (words: string) =>
    words.replace(mention, (_, before: string, name: string) => `${before}${renamed.get(name)}`);
  // What the source says stays as it stands; only our own words name commands.
  const inline = (one: Inline): Inline =>
    one.kind === 'text' || one.kind === 'code' ? { ...one, text: here(one.text) } : one;
  const naming: Naming = (document) => ({
    ...document,
    summary: here(document.summary),
    blocks: document.blocks.map((block) => blockWith(block, (inlines) => inlines.map(inline))),
    ...(document.thread ? { thread: naming(document.thread) } : {}),
  });
  return naming;
}

/** A block with the bot's own phrases changed; what a source says, and what is pressed, stays. */
export function blockWith(block: Block, change: (inlines: readonly Inline[]) => readonly Inline[]): Block {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'small':
      return { ...block, text: change(block.text) };
    case 'statement':
      return block.note ? { ...block, note: change(block.note) } : block;
    case 'list':
      return { ...block, items: block.items.map(change) };
    case 'divider':
    case 'actions':
    case 'menu':
      return block;
  }
}
