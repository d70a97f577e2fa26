/** Documents as Block Kit. Pure; the limits are in `limits.ts`, the packing into pages is shared with Discord. */
import { type Action, type Block, type Document, type Inline, small } from '../../document.ts';
import { type Words as AllWords, wordsFor } from '../../language/language.ts';
import { isolatedLabel } from '../direction.ts';
import { type Packing, packBlocks } from '../pack.ts';
import type { Page } from '../platform.ts';
import {
  contained,
  escaped,
  type Mrkdwn,
  type PlainText,
  plain,
  plainObject,
  plainText,
  type RichInline,
  richInlines,
  safeUrl,
  textObject,
} from './inline.ts';
import { limits } from './limits.ts';
import { blockWith } from './naming.ts';

interface RichSection {
  readonly type: 'rich_text_section' | 'rich_text_quote';
  readonly elements: readonly RichInline[];
}
type RichElement =
  | RichSection
  | { readonly type: 'rich_text_list'; readonly style: 'bullet'; readonly elements: readonly RichSection[] };

export interface SlackButton {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary';
}
export interface SlackChoice {
  readonly text: PlainText;
  readonly value: string;
  readonly description?: PlainText;
}
export type SlackElement =
  | SlackButton
  | {
      readonly type: 'static_select';
      readonly action_id: string;
      readonly placeholder: PlainText;
      readonly options: readonly SlackChoice[];
    }
  | {
      readonly type: 'external_select';
      readonly action_id: string;
      readonly placeholder: PlainText;
      readonly min_query_length: 0;
    };

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: Mrkdwn | PlainText; readonly accessory?: SlackButton }
  | { readonly type: 'rich_text'; readonly elements: readonly RichElement[] }
  | { readonly type: 'context'; readonly elements: readonly (Mrkdwn | PlainText)[] }
  | { readonly type: 'divider' }
  | { readonly type: 'actions'; readonly elements: readonly SlackElement[] };

/** One Slack message. `text` is for notifications and screen readers; the blocks are what is seen. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

// ------------------------------------------------------------------ pages

/** A document as messages, those of its thread last. */
export function slackPages(document: Document, locale = 'en'): readonly (Page & { readonly body: SlackMessage })[] {
  const own = messagesOf(document, locale).map((body) => ({ body }));
  const thread = document.thread ? messagesOf(document.thread, locale).map((body) => ({ body, inThread: true })) : [];
  return [...own, ...thread];
}

export function messagesOf(document: Document, locale = 'en'): readonly SlackMessage[] {
  const said = wordsOf(locale);
  const pages = packBlocks(inLanguage(document, locale), packing(said));
  if (pages.length === 0) return [{ text: plainSummary(document, []), blocks: [summaryBlock(document, said)] }];
  return pages.map((blocks, n) => ({
    text: plainSummary(document, blocks, n === 0 ? '' : said.part(n + 1, pages.length)),
    blocks: blocks.flatMap(renderBlock),
  }));
}

/** A document for a modal or the App Home, which have one page only: what does not fit is said, not cut. */
export function viewBlocks(document: Document, locale = 'en'): readonly SlackBlock[] {
  const said = wordsOf(locale);
  const room = { blocks: limits.view.blocks - 1, json: Number.MAX_SAFE_INTEGER };
  const pages = packBlocks(inLanguage(document, locale), { ...packing(said), limits: room });
  const blocks = (pages[0] ?? []).flatMap(renderBlock);
  if (pages.length > 1) return [...blocks, ...renderBlock(small(said.moreElsewhere))];
  return blocks.length > 0 ? blocks : [summaryBlock(document, said)];
}

type Words = AllWords['slack'];
const wordsOf = (locale: string): Words => wordsFor({ locale, platform: 'slack' }).slack;

/** The blocks, whose times know the language of the words that stand for them on a lock screen or in an old client. */
const inLanguage = ({ blocks }: Document, locale: string): readonly Block[] =>
  blocks.map((block) =>
    blockWith(block, (inlines) => inlines.map((one) => (one.kind === 'time' ? { ...one, locale } : one))),
  );

const packing = (said: Words): Packing<'blocks' | 'json'> => ({
  limits: { blocks: limits.message.blocks, json: limits.message.json },
  cost(block) {
    const rendered = renderBlock(block);
    // Neither a section nor a rich text block takes more than `limits.text`: such a statement fits nowhere.
    const tooLong = block.kind === 'statement' && statementSize(block) > limits.text;
    return { blocks: rendered.length, json: tooLong ? Number.POSITIVE_INFINITY : JSON.stringify(rendered).length };
  },
  longestText: limits.text,
  size: sizeOf,
  mostActions: limits.row,
  mostChoices: limits.menu,
  tooLong: (block) =>
    small(block.kind === 'statement' ? said.tooLong(shortened(plainText(block.who), 200)) : said.partTooLong),
});

const statementSize = (block: Extract<Block, { kind: 'statement' }>): number =>
  [...block.who, ...block.words.flat(), ...(block.note ?? [])].reduce((sum, inline) => sum + sizeOf(inline), 0);

/** Characters that an inline takes at most, escaping included. */
function sizeOf(inline: Inline): number {
  if (inline.kind === 'time') return 80;
  const marks = 8;
  const escapes = inline.text.match(/[&<>]/g)?.length ?? 0;
  return inline.text.length + escapes * 4 + marks + (inline.kind === 'link' ? inline.url.length : 0);
}

/** The summary, then the first words of the page itself: never empty, never markup. */
function plainSummary(document: Document, blocks: readonly Block[], part = ''): string {
  const summary = contained(document.summary).trim();
  // A title and a lead that the summary has said already are not read aloud twice.
  const rest = blocks.filter((block) => !isSaid(block, summary)).flatMap(plainLines);
  const lines = [part === '' ? summary : `${summary} ${part}`, ...rest];
  let text = '';
  for (const line of lines.filter((one) => one.trim() !== '')) {
    // Whole lines only: this is read aloud.
    if (text.length + line.length + 1 > limits.message.text) break;
    text += text === '' ? line : `\n${line}`;
  }
  return escaped(text || 'News');
}

function isSaid(block: Block, summary: string): boolean {
  if (block.kind === 'heading') return summary.startsWith(plainText(block.text).trim());
  return (
    block.kind === 'text' &&
    (plainText(block.text).trim() === summary ||
      block.text.some((inline) => inline.kind === 'excerpt' && summary.includes(inline.text)))
  );
}

function plainLines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'small':
      return [plainText(block.text)];
    case 'statement':
      return [`${plainText(block.who)}: ${block.words.map(plainText).join(' ')}`];
    case 'list':
      return block.items.map((item) => `• ${plainText(item)}`);
    case 'divider':
    case 'actions':
    case 'menu':
      return [];
  }
}

const summaryBlock = (document: Document, said: Words): SlackBlock => ({
  type: 'section',
  text: plainObject((contained(document.summary).trim() || said.nothingToShow).slice(0, limits.text)),
});

// ------------------------------------------------------------------ blocks

/** Slack's blocks for one of ours; none when there is nothing to show in it. */
export function renderBlock(block: Block): readonly SlackBlock[] {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.text);
    case 'text':
      return rich([section('rich_text_section', block.text)]);
    case 'statement':
      return renderStatement(block);
    case 'list':
      return renderList(block.items);
    case 'small':
      return isEmpty(block.text) ? [] : [{ type: 'context', elements: [textObject(block.text)] }];
    case 'divider':
      return [{ type: 'divider' }];
    case 'actions': {
      const elements = block.actions.flatMap((action, n) => button(action, n));
      return elements.length > 0 ? [{ type: 'actions', elements }] : [];
    }
    case 'menu':
      return renderMenu(block);
  }
}

/** A header holds plain words only; a longer or richer heading is bold text. */
function renderHeading(inlines: readonly Inline[]): readonly SlackBlock[] {
  const words = plainText(inlines);
  if (words.trim() === '') return [];
  const isPlain = inlines.every((inline) => inline.kind !== 'link' && inline.kind !== 'time');
  if (isPlain && words.length <= limits.header) return [{ type: 'header', text: plainObject(words) }];
  const bold = inlines.map((inline): Inline => (inline.kind === 'text' ? { ...inline, kind: 'strong' } : inline));
  return rich([section('rich_text_section', bold)]);
}

/**
 * Who speaks, with the button beside it; then the words, each utterance in its own quote; then the note. Only words that
 * were said stand in a quote: a paraphrase must not look like one.
 */
function renderStatement(block: Extract<Block, { kind: 'statement' }>): readonly SlackBlock[] {
  const isSaid = (line: readonly Inline[]) => line.some((inline) => inline.kind === 'verbatim');
  const words = block.words.map((line) => section(isSaid(line) ? 'rich_text_quote' : 'rich_text_section', line));
  const note = block.note ? [section('rich_text_section', block.note)] : [];
  const [accessory] = block.action ? button(block.action) : [];
  if (!accessory) return rich([section('rich_text_section', block.who), ...words, ...note]);
  const who = isEmpty(block.who) ? plainObject('—') : textObject(block.who);
  return [{ type: 'section', text: who, accessory }, ...rich([...words, ...note])];
}

function renderList(items: readonly (readonly Inline[])[]): readonly SlackBlock[] {
  const elements = items.map((item) => section('rich_text_section', item)).filter((item) => item.elements.length > 0);
  return elements.length > 0 ? rich([{ type: 'rich_text_list', style: 'bullet', elements }]) : [];
}

const section = (type: RichSection['type'], inlines: readonly Inline[]): RichSection => ({
  type,
  elements: richInlines(inlines),
});

function rich(elements: readonly RichElement[]): readonly SlackBlock[] {
  const joined: RichElement[] = [];
  for (const element of elements.filter((one) => one.elements.length > 0)) {
    const last = joined.at(-1);
    // Not every client starts a new line between two sections; a line break in one section is one everywhere.
    if (element.type === 'rich_text_section' && last?.type === 'rich_text_section')
      joined[joined.length - 1] = {
        type: 'rich_text_section',
        elements: [...last.elements, { type: 'text', text: '\n' }, ...element.elements],
      };
    else joined.push(element);
  }
  return joined.length > 0 ? [{ type: 'rich_text', elements: joined }] : [];
}

const isEmpty = (inlines: readonly Inline[]): boolean => plainText(inlines).trim() === '';

// ------------------------------------------------------------------ things to press

/**
 * None when the command is too long to be carried or the link may not be pressed. All that a press needs is in the value,
 * so buttons outlive a restart; the id says what kind it is, and the number keeps ids apart within a block.
 */
function button(action: Action, n = 0): SlackButton[] {
  const text = plainObject(shortened(action.label, limits.label) || '…');
  if (action.kind === 'link') {
    const url = safeUrl(action.url);
    return url ? [{ type: 'button', action_id: `link:${n}`, text, url }] : [];
  }
  if (!isCarried(action.command, limits.value)) return [];
  return [{ type: 'button', action_id: `${action.kind}:${n}`, text, value: action.command }];
}

const isCarried = (command: string, most: number): boolean => command.trim() !== '' && command.length <= most;

function renderMenu(menu: Extract<Block, { kind: 'menu' }>): readonly SlackBlock[] {
  const options = menu.choices
    .filter((choice) => isCarried(choice.command, limits.choiceValue) && choice.label.trim() !== '')
    .map(
      (choice): SlackChoice => ({
        text: plainObject(shortened(choice.label, limits.label)),
        value: choice.command,
        ...(choice.detail?.trim() ? { description: plainObject(shortened(choice.detail, limits.label)) } : {}),
      }),
    );
  if (options.length === 0) return [];
  const placeholder = plainObject(shortened(menu.placeholder, limits.placeholder) || 'Choose');
  return [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'menu:0', placeholder, options }] }];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A label is a name, not prose: one that is too long ends with a sign that it does. */
export function shortened(label: string, most: number): string {
  const words = plain(label.replace(/\s+/g, ' ').trim());
  if (words.length <= most) return isolatedLabel(words, most);
  let kept = '';
  for (const { segment } of graphemes.segment(words)) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return isolatedLabel(`${kept.trimEnd()}…`, most);
}
