/**
 * Documents as Components V2: one container a page, whole blocks packed inside Discord's limits.
 *
 * What comes out is the wire's own JSON, so that what a test sees is what Discord gets.
 */
import type { Action, Block, Document, Inline } from '../../document.ts';
import { type Words as AllWords, wordsFor } from '../../language/language.ts';
import { isolatedLabel } from '../direction.ts';
import { type Packing, packBlocks } from '../pack.ts';
import { customId, numbered } from './custom-id.ts';
import { component, flag, limits } from './limits.ts';
import { escapeMarkdown, isVisible, markdown, markdownSize, webAddress } from './markdown.ts';

export interface TextDisplay {
  readonly type: typeof component.text;
  readonly content: string;
}
export type Button =
  | { readonly type: typeof component.button; readonly style: 2; readonly label: string; readonly custom_id: string }
  | { readonly type: typeof component.button; readonly style: 5; readonly label: string; readonly url: string };
export interface Menu {
  readonly type: typeof component.menu;
  readonly custom_id: string;
  readonly placeholder?: string;
  readonly options: readonly { readonly label: string; readonly value: string; readonly description?: string }[];
}
export interface Row {
  readonly type: typeof component.row;
  readonly components: readonly (Button | Menu)[];
}
export interface Section {
  readonly type: typeof component.section;
  readonly components: readonly TextDisplay[];
  readonly accessory: Button;
}
export interface Separator {
  readonly type: typeof component.separator;
  readonly divider: boolean;
  readonly spacing: 1 | 2;
}
export type Part = TextDisplay | Row | Section | Separator;
export interface Container {
  readonly type: typeof component.container;
  /** A number of our choice that Discord keeps and gives back: carries the delivery's mark (`mark.ts`). */
  readonly id?: number;
  readonly components: readonly Part[];
}

/** The few words that this room says by itself. */
type Words = AllWords['discord'];

/** A message body with Components V2. */
export interface Message {
  readonly flags: number;
  readonly allowed_mentions: { readonly parse: readonly [] };
  readonly components: readonly [Container];
}

/** What `Page.body` is on Discord. */
export interface DiscordPage {
  /** Plain words for a thread's or forum post's name. */
  readonly title: string;
  readonly message: Message;
}

/** A document as messages, in order; at least one. Its thread is not part of it. */
export function renderDocument(document: Document, locale: string): readonly DiscordPage[] {
  const title = titleOf(document);
  const said = wordsFor({ locale, platform: 'discord' }).discord;
  const pages = packBlocks(document.blocks, packing(said));
  const filled = pages.map((page, n) => partsOfPage(page, said, n === 0)).filter((parts) => parts.length > 0);
  // Nothing that can be seen: the summary never is empty.
  const all = filled.length > 0 ? filled : [[text(escapeMarkdown(document.summary) || '…')]];
  return all.map((parts) => ({ title, message: messageOf(parts) }));
}

export function messageOf(parts: readonly Part[]): Message {
  return {
    flags: flag.componentsV2 | flag.suppressEmbeds,
    allowed_mentions: { parse: [] },
    components: [{ type: component.container, components: withUniqueIds(parts) }],
  };
}

function titleOf(document: Document): string {
  const heading = document.blocks.find((block) => block.kind === 'heading');
  const plain =
    heading?.kind === 'heading' ? heading.text.map((inline) => ('text' in inline ? inline.text : '')).join('') : '';
  const title = (isVisible(plain) ? plain : document.summary).replace(/\s+/g, ' ').trim();
  return clip(title, limits.threadName) || 'Pullquote';
}

// ------------------------------------------------------------------ blocks

const packing = (said: Words): Packing<'components' | 'characters'> => ({
  limits: { components: limits.components - 1, characters: limits.characters },
  cost: (block) => costOf(renderBlock(block, said)),
  // A piece of a split text must fit beside the marks of its block ("-# ", "### ", line breaks).
  longestText: limits.characters - 100,
  size: markdownSize,
  mostActions: limits.buttonsInRow,
  mostChoices: limits.menuChoices,
  tooLong: (block) => tooLong(block, said),
});

/** A statement keeps its speaker and its button; only the words that cannot be shown are replaced by a line that says so. */
function tooLong(block: Block, said: Words): Block {
  const characters = costOf(renderBlock(block, said)).characters;
  const line: readonly Inline[] = [{ kind: 'text', text: said.tooLong(characters) }];
  if (block.kind !== 'statement') return { kind: 'small', text: line };
  const whole: Block = {
    kind: 'statement',
    who: block.who,
    words: [],
    note: line,
    ...(block.action ? { action: block.action } : {}),
  };
  return costOf(renderBlock(whole, said)).characters <= limits.characters ? whole : { kind: 'small', text: line };
}

function renderBlock(block: Block, said: Words, level: '##' | '###' = '###'): readonly Part[] {
  switch (block.kind) {
    case 'heading':
      return texts(prefixed(`${level} `, oneLine(markdown(block.text))));
    case 'text':
      return texts(markdown(block.text));
    case 'small':
      return texts(prefixed('-# ', markdown(block.text)));
    case 'list':
      return texts(
        block.items
          .map((item) => oneLine(markdown(item)))
          .filter(isVisible)
          .map((item) => `- ${item}`)
          .join('\n'),
      );
    case 'statement':
      return statement(block, said);
    case 'divider':
      return [{ type: component.separator, divider: true, spacing: 1 }];
    case 'actions':
      return actionRows(block.actions, said);
    case 'menu':
      return menuRow(block, said);
  }
}

/** Who speaks stands before the words; the words are a block quote; small print after them. */
function statement(block: Extract<Block, { kind: 'statement' }>, said: Words): readonly Part[] {
  const content = [
    markdown(block.who),
    // Only words that were said get the bar of a quotation: a paraphrase must not look like one.
    ...block.words.map((line) =>
      line.some(({ kind }) => kind === 'verbatim') ? prefixed('> ', markdown(line)) : markdown(line),
    ),
    prefixed('-# ', markdown(block.note ?? [])),
  ]
    .filter(isVisible)
    .join('\n');
  if (block.action === undefined) return texts(content);
  const accessory = button(block.action);
  if (accessory === undefined || !isVisible(content)) return [...texts(content), ...actionRows([block.action], said)];
  return [{ type: component.section, components: [text(content)], accessory }];
}

function actionRows(actions: readonly Action[], said: Words): readonly Part[] {
  const buttons = actions.flatMap((action) => button(action) ?? []);
  const rows: Row[] = [];
  for (let at = 0; at < buttons.length; at += limits.buttonsInRow)
    rows.push({ type: component.row, components: buttons.slice(at, at + limits.buttonsInRow) });
  const told = actions.filter((action) => action.kind !== 'link' && button(action) === undefined);
  return [
    ...rows,
    ...told.flatMap((action) => ('command' in action ? byHand(action.label, action.command, said) : [])),
  ];
}

/** A command that no button can hold is told, so that a person can still ask. */
function byHand(label: string, command: string, said: Words): readonly Part[] {
  return texts(
    prefixed(
      '-# ',
      markdown([
        { kind: 'text', text: said.askFor(label) },
        { kind: 'code', text: command },
      ]),
    ),
  );
}

function button(action: Action): Button | undefined {
  const label = clip(action.label, limits.buttonLabel);
  if (!isVisible(label)) return undefined;
  if (action.kind === 'link') {
    const url = webAddress(action.url);
    return url === undefined || url.length > limits.url ? undefined : { type: component.button, style: 5, label, url };
  }
  const custom_id = customId(action.kind, action.command);
  return custom_id === undefined ? undefined : { type: component.button, style: 2, label, custom_id };
}

function menuRow(block: Extract<Block, { kind: 'menu' }>, said: Words): readonly Part[] {
  const taken = new Set<string>();
  const fitting = block.choices.filter(({ label, command }) => {
    if (command.length > limits.menuValue || taken.has(command) || !isVisible(label) || !isVisible(command))
      return false;
    taken.add(command);
    return true;
  });
  const told = block.choices.filter(({ label, command }) => command.length > limits.menuValue && isVisible(label));
  const byHandLines = told.flatMap(({ label, command }) => byHand(label, command, said));
  if (fitting.length === 0) return byHandLines;
  const menu: Menu = {
    type: component.menu,
    custom_id: 'm:',
    ...(isVisible(block.placeholder) ? { placeholder: clip(block.placeholder, limits.menuPlaceholder) } : {}),
    options: fitting.slice(0, limits.menuChoices).map(({ label, command, detail }) => ({
      label: clip(label, limits.menuLabel),
      value: command,
      ...(detail !== undefined && isVisible(detail) ? { description: clip(detail, limits.menuLabel) } : {}),
    })),
  };
  return [{ type: component.row, components: [menu] }, ...byHandLines];
}

// ------------------------------------------------------------------ parts

const text = (content: string): TextDisplay => ({ type: component.text, content });

const texts = (content: string): readonly Part[] => (isVisible(content) ? [text(content)] : []);

const oneLine = (value: string): string =>
  value.includes('\n') && !value.includes('```')
    ? value
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
    : value;

/** Every line gets the mark: a block quote or small print ends at its first line break otherwise. */
function prefixed(mark: string, value: string): string {
  return value
    .split('\n')
    .filter(isVisible)
    .map((line) => mark + line)
    .join('\n');
}

/** The parts of one page; small print under a heading is set close to it. */
function partsOfPage(page: readonly Block[], said: Words, first: boolean): Part[] {
  const parts: Part[] = [];
  page.forEach((block, n) => {
    const rendered = renderBlock(block, said, first && n === 0 ? '##' : '###');
    const [head, ...rest] = rendered;
    const before = parts.at(-1);
    if (
      block.kind === 'small' &&
      page[n - 1]?.kind === 'heading' &&
      before?.type === component.text &&
      head?.type === component.text
    )
      parts.splice(-1, 1, text(`${before.content}\n${head.content}`), ...rest);
    else parts.push(...rendered);
  });
  return parts;
}

function costOf(parts: readonly Part[]): { components: number; characters: number } {
  let components = 0;
  let characters = 0;
  for (const part of parts) {
    components += 1;
    if (part.type === component.text) characters += part.content.length + 1;
    if (part.type === component.row) components += part.components.length;
    if (part.type === component.section) {
      components += part.components.length + 1;
      characters += part.components.reduce((sum, { content }) => sum + content.length + 1, 0);
    }
  }
  return { components, characters };
}

/** Two buttons that ask for the same get different ids: `r:/brief`, `r2:/brief`. */
function withUniqueIds(parts: readonly Part[]): readonly Part[] {
  const taken = new Map<string, number>();
  const unique = <T extends Button | Menu>(one: T): T => {
    if (!('custom_id' in one)) return one;
    const count = (taken.get(one.custom_id) ?? 0) + 1;
    taken.set(one.custom_id, count);
    return count === 1 ? one : { ...one, custom_id: numbered(one.custom_id, count) };
  };
  return parts.map((part) => {
    if (part.type === component.row) return { ...part, components: part.components.map(unique) };
    if (part.type === component.section) return { ...part, accessory: unique(part.accessory) };
    return part;
  });
}

/** Cuts a label (never a quote) between characters, with an ellipsis. */
export function clip(value: string, most: number): string {
  const whole = value.toWellFormed().replace(/\s+/g, ' ').trim();
  if (whole.length <= most) return isolatedLabel(whole, most);
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(whole.slice(0, most * 2))) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return isolatedLabel(`${kept.trimEnd()}…`, most);
}
