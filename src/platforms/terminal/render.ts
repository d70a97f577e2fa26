/** Documents as text for a terminal: whole lines, wrapped at words, colour only where it helps and is wanted. Pure. */
import type { Action, Block, Document, Inline } from '../../document.ts';
import { wordsFor } from '../../language/language.ts';

export interface TerminalStyle {
  readonly width: number;
  readonly colour: boolean;
  /** Zone for times; the terminal knows its reader's. */
  readonly zone: string;
  /** Language of times. */
  readonly locale: string;
}

export interface Rendered {
  readonly text: string;
  /** What can be pressed, in the order of their numbers. */
  readonly actions: readonly (Action & { readonly kind: 'run' | 'share' | 'form' })[];
}

const PLAIN: TerminalStyle = { width: 100, colour: false, zone: 'UTC', locale: 'en' };

/** Renders a document and, after it, its thread. Numbers buttons and menu choices from 1. */
export function renderTerminal(document: Document, style: Partial<TerminalStyle> = {}): Rendered {
  const full = { ...PLAIN, ...style };
  const actions: (Action & { kind: 'run' | 'share' | 'form' })[] = [];
  const lines = document.blocks.flatMap((block, i) => blockLines(block, full, actions, i));
  const thread = document.thread
    ? [rule(full), ...document.thread.blocks.flatMap((block, i) => blockLines(block, full, actions, i))]
    : [];
  return {
    text: [...lines, ...thread]
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    actions,
  };
}

function blockLines(
  block: Block,
  style: TerminalStyle,
  actions: (Action & { kind: 'run' | 'share' | 'form' })[],
  index: number,
): string[] {
  switch (block.kind) {
    case 'heading':
      return [...(index > 0 ? [''] : []), ...wrap(paint('1', inline(block.text, style), style), style.width, ''), ''];
    case 'text':
      return [...wrap(inline(block.text, style), style.width, ''), ''];
    case 'small':
      return [...wrap(paint('2', inline(block.text, style), style), style.width, ''), ''];
    case 'statement':
      return [
        ...wrap(inline(block.who, style), style.width, ''),
        ...block.words.flatMap((words, i) => {
          const note =
            i === block.words.length - 1 && block.note ? ` ${paint('2', inline(block.note, style), style)}` : '';
          // Only words that were said look like a quotation.
          return wrap(
            inline(words, style) + note,
            style.width,
            words.some((part) => part.kind === 'verbatim') ? '  > ' : '    ',
          );
        }),
        ...(block.action ? actionLine([block.action], style, actions, '    ') : []),
        '',
      ];
    case 'list':
      return [...block.items.flatMap((item) => wrap(inline(item, style), style.width, '    ', '  - ')), ''];
    case 'divider':
      return [rule(style)];
    case 'actions':
      return [...actionLine(block.actions, style, actions, ''), ''];
    case 'menu':
      return [
        `${block.placeholder}:`,
        ...block.choices.flatMap((choice) =>
          wrap(
            `${number(actions, { kind: 'run', label: choice.label, command: choice.command }, style)} ${plain(choice.label)}${choice.detail ? paint('2', ` ${plain(choice.detail)}`, style) : ''}`,
            style.width,
            '      ',
            '  ',
          ),
        ),
        '',
      ];
  }
}

function actionLine(
  all: readonly Action[],
  style: TerminalStyle,
  actions: (Action & { kind: 'run' | 'share' | 'form' })[],
  indent: string,
): string[] {
  const labels = all.flatMap((action) => {
    // In a terminal there is nobody to share with.
    if (action.kind === 'share') return [];
    return [
      action.kind === 'link'
        ? `${plain(action.label)}: ${plain(action.url)}`
        : `${number(actions, action, style)} ${plain(action.label)}`,
    ];
  });
  return labels.length > 0 ? wrap(labels.join('   '), style.width, indent) : [];
}

function number(
  actions: (Action & { kind: 'run' | 'share' | 'form' })[],
  action: Action & { kind: 'run' | 'share' | 'form' },
  style: TerminalStyle,
): string {
  actions.push(action);
  return paint('36', `[${actions.length}]`, style);
}

function inline(parts: readonly Inline[], style: TerminalStyle): string {
  return parts.map((part) => inlineText(part, style)).join('');
}

function inlineText(part: Inline, style: TerminalStyle): string {
  switch (part.kind) {
    case 'text':
      return plain(part.text);
    case 'strong':
      return paint('1', plain(part.text), style);
    case 'emphasis':
      return paint('3', plain(part.text), style);
    case 'code':
      return plain(part.text);
    case 'link':
      return `${plain(part.text)} <${plain(part.url)}>`;
    case 'time':
      return timeText(part, style);
    case 'verbatim':
      return paint('1', `“${plain(part.text)}”`, style);
    case 'excerpt':
      return part.marked ? paint('7', plain(part.text), style) : plain(part.text);
  }
}

function timeText(part: Extract<Inline, { kind: 'time' }>, { zone, locale }: TerminalStyle): string {
  const { dates } = wordsFor({ locale, platform: 'terminal' });
  const style = part.style === 'relative' ? 'datetime' : part.style;
  const inZone = part.style === 'relative' ? zone : (part.zone ?? zone);
  const shown = dates.plain(part.at, style, inZone);
  return style === 'date' ? shown : `${shown} ${dates.zoneName(part.at, inZone)}`;
}

/**
 * Outside text can hold control sequences that move the cursor, retitle the window or reverse the reading order:
 * they become visible as U+FFFD or go; everything a reader should see stays.
 */
function plain(words: string): string {
  return words
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
    .replace(/[\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ');
}

const paint = (sgr: string, words: string, { colour }: TerminalStyle): string =>
  colour && words ? `\u001b[${sgr}m${words}\u001b[0m` : words;
const rule = ({ width }: TerminalStyle): string => '─'.repeat(Math.min(width, 60));

/** Breaks at spaces; a word longer than the line stands alone. Escape sequences take no room. */
function wrap(words: string, width: number, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let used = first.length;
  let empty = true;
  for (const word of words.split(' ')) {
    const length = visibleLength(word);
    if (!empty && used + 1 + length > width) {
      lines.push(line);
      line = indent + word;
      used = indent.length + length;
    } else {
      line += (empty ? '' : ' ') + word;
      used += (empty ? 0 : 1) + length;
    }
    empty = false;
  }
  lines.push(line);
  return lines;
}

const visibleLength = (word: string): number => word.replace(/\u001b\[\d+m/g, '').length;
