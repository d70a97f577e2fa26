/**
 * Inlines as Discord Markdown. Every outside text is escaped: it shows as it stands and does nothing else. It pings
 * nobody, links nowhere, starts no heading, list or block quote, and its text direction ends where it ends.
 */
import type { Inline } from '../../document.ts';
import { isolated } from '../direction.ts';

/** One line or more of Markdown. */
export function markdown(inlines: readonly Inline[]): string {
  let line = '';
  for (const inline of inlines) {
    const next = inlineMarkdown(inline);
    // "**a**" beside "**b**" would read as one run of four asterisks.
    line += MARKS.has(line.at(-1) ?? '') && line.at(-1) === next[0] ? `\u2060${next}` : next;
  }
  return line;
}

const MARKS = new Set(['*', '_', '`']);

/** Most characters that `markdown` can make of one inline: what packing counts with. */
export const markdownSize = (inline: Inline): number => inlineMarkdown(inline).length + 1;

function inlineMarkdown(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeMarkdown(inline.text);
    case 'excerpt':
      return inline.marked ? marked(inline.text, '**') : escapeMarkdown(inline.text);
    case 'verbatim':
      // The marks of direction go outside: between the quotation marks stands the source alone.
      return isolated(`“${withEscapes(inline.text)}”`);
    case 'strong':
      return marked(inline.text, '**');
    case 'emphasis':
      return marked(inline.text, '*');
    case 'code':
      return code(inline.text);
    case 'link':
      return link(inline.text, inline.url);
    case 'time':
      return timestamp(inline.at, inline.style);
  }
}

/** `*` opens only before a letter and closes only after one: blanks at the edges go outside. */
function marked(value: string, mark: string): string {
  const inner = value.trim();
  if (inner === '') return value;
  const [before, after] = [
    value.slice(0, value.length - value.trimStart().length),
    value.slice(value.trimEnd().length),
  ];
  return `${before}${mark}${escapeMarkdown(inner)}${mark}${after}`;
}

/** Backslashes do nothing inside back-ticks, so a text that has back-ticks of its own is shown as plain text. */
function code(value: string): string {
  const written = plain(value);
  if (written.trim() === '' || written.includes('`')) return escapeMarkdown(value);
  return written.includes('\n') ? `\`\`\`\n${written}\n\`\`\`` : `\`${written}\``;
}

function link(label: string, url: string): string {
  const target = webAddress(url);
  const text = escapeMarkdown(label.replaceAll('\n', ' '));
  // A label that shows an address must not lead to another one.
  const misleading = /:\/\//.test(label) && label !== url;
  if (target === undefined || misleading || text.trim() === '') return text;
  return `[${text}](<${target}>)`;
}

const dateStyles = { date: 'D', time: 't', datetime: 'f', relative: 'R' } as const;

function timestamp(at: string, style: keyof typeof dateStyles): string {
  const seconds = Math.floor(Date.parse(at) / 1000);
  return Number.isFinite(seconds) ? `<t:${seconds}:${dateStyles[style]}>` : escapeMarkdown(at);
}

/** An http or https address that is safe inside `(<...>)`; undefined for anything else (`javascript:`, user names). */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return undefined;
  const address = parsed.href.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('\\', '%5C');
  return address.length > 1000 ? undefined : address;
}

/** A text that stands for itself, and whose direction ends with it. */
export const escapeMarkdown = (value: string): string => isolated(withEscapes(value));

/**
 * Escapes what Discord would read as Markdown, mention, emoji or link. A backslash before any mark that is not a letter,
 * digit or blank makes it stand for itself.
 */
function withEscapes(value: string): string {
  return plain(value)
    .replace(/[\\*_~|`[\]<>#@]/g, '\\$&')
    .replace(/:(?=\/\/|[\w+~-]{1,40}:)/g, '\\:') // "https://…" and ":smile:"
    .replace(/(^|\n)([ \t]*)([-+])/g, '$1$2\\$3')
    .replace(/(^|\n)([ \t]*\d{1,9})([.)])(?=\s|$)/g, '$1$2\\$3');
}

/** Lone surrogates and control characters, which no client shows alike, become U+FFFD. */
function plain(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** Something a person can see is in it: Discord refuses a text of blanks and zero-width characters alone. */
export const isVisible = (value: string): boolean => /[^\s\p{Default_Ignorable_Code_Point}]/u.test(value);
