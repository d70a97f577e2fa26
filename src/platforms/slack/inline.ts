/**
 * Inlines as Slack shows them, in three dialects.
 *
 * Rich text elements carry outside text exactly: nothing in them is read as markup, a mention, an emoji or a link. So they
 * are the rule. Sections with a button and small print have no rich text; they get mrkdwn where the words are inert in it,
 * else plain text, which is exact again but has no bold and no links.
 */
import type { Inline } from '../../document.ts';
import { wordsFor } from '../../language/language.ts';
import type { Instant } from '../../model.ts';
import { isolated } from '../direction.ts';
import { limits } from './limits.ts';

/** @see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export type RichInline =
  | { readonly type: 'text'; readonly text: string; readonly style?: Style }
  | { readonly type: 'link'; readonly url: string; readonly text: string }
  | { readonly type: 'date'; readonly timestamp: number; readonly format: string; readonly fallback: string };
type Style = { readonly [name in 'bold' | 'italic' | 'code']?: true };

export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}
export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

const dateFormats = {
  date: '{date_short}',
  time: '{time}',
  datetime: '{date_short_pretty} {time}',
  relative: '{ago}',
} as const;

// ------------------------------------------------------------------ rich text

/** Elements of a rich text section, quote or list item; empty texts, which Slack refuses, are left out. */
export const richInlines = (inlines: readonly Inline[]): RichInline[] => inlines.flatMap(richInline);

function richInline(inline: Inline): RichInline[] {
  switch (inline.kind) {
    case 'text':
      return richText(inline.text);
    case 'excerpt':
      return richText(inline.text, inline.marked ? { bold: true } : undefined);
    case 'strong':
      return richText(inline.text, { bold: true });
    case 'emphasis':
      return richText(inline.text, { italic: true });
    case 'code':
      return richText(inline.text, { code: true });
    case 'verbatim':
      // The marks of direction go outside: between the quotation marks stands the source alone.
      return richText(`“${inline.text}”`);
    case 'link': {
      const url = safeUrl(inline.url);
      const shown = contained(labelOf(inline.text, inline.url));
      return url && shown ? [{ type: 'link', url, text: shown }] : richText(inline.text);
    }
    case 'time':
      return [
        {
          type: 'date',
          timestamp: seconds(inline.at),
          format: dateFormats[inline.style],
          fallback: plainTime(inline),
        },
      ];
  }
}

function richText(text: string, style?: Style): RichInline[] {
  const shown = contained(text);
  if (shown === '') return [];
  return [style ? { type: 'text', text: shown, style } : { type: 'text', text: shown }];
}

// ------------------------------------------------------------------ text objects

/** A text object for sections and small print: mrkdwn when that shows every word as it is, else plain text. */
export function textObject(inlines: readonly Inline[]): Mrkdwn | PlainText {
  const shown = inlines.filter((inline) => inline.kind === 'time' || inline.kind === 'verbatim' || inline.text !== '');
  return shown.every((inline, n) => isInert(inline) && marksHold(inline, shown[n - 1], shown[n + 1]))
    ? { type: 'mrkdwn', text: shown.map(mrkdwn).join(''), verbatim: true }
    : plainObject(plainText(shown));
}

export const plainObject = (text: string): PlainText => ({ type: 'plain_text', text, emoji: false });

/**
 * Whether mrkdwn leaves the words alone. There is no way to escape its marks, so words that hold one are shown otherwise:
 * `*bold*`, `_italic_`, `~strike~`, back-ticks, `> quote`, `:emoji:`.
 */
function isInert(inline: Inline): boolean {
  return inline.kind === 'time' || !/[*_~`>]|:[\w+'-]+:/.test(inline.text);
}

/** Slack reads `*bold*` only on one line and between spaces or punctuation: in `*A*bc` the asterisks would show. */
function marksHold(inline: Inline, before: Inline | undefined, after: Inline | undefined): boolean {
  if (inline.kind !== 'strong' && inline.kind !== 'emphasis' && inline.kind !== 'code') return true;
  const words = inline.text.trim();
  const left = (before ? mrkdwn(before) : '') + inline.text.slice(0, inline.text.indexOf(words));
  const right = inline.text.slice(inline.text.indexOf(words) + words.length) + (after ? mrkdwn(after) : '');
  return !words.includes('\n') && /^$|[\s(“"'—·,.:;]$/.test(left) && /^(?:$|[\s).,;:!?”"'—·])/.test(right);
}

function mrkdwn(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escaped(inline.text);
    case 'excerpt':
      return inline.marked ? marked('*', inline.text) : escaped(inline.text);
    case 'strong':
      return marked('*', inline.text);
    case 'emphasis':
      return marked('_', inline.text);
    case 'code':
      return marked('`', inline.text);
    case 'verbatim':
      return escaped(`“${inline.text}”`);
    case 'link': {
      const url = safeUrl(inline.url);
      return url ? `<${url}|${escaped(labelOf(inline.text, inline.url)).replaceAll('|', '¦')}>` : escaped(inline.text);
    }
    case 'time':
      return `<!date^${seconds(inline.at)}^${dateFormats[inline.style]}|${plainTime(inline)}>`;
  }
}

/** A label that shows an address must not lead to another one: then the real address is shown. */
const labelOf = (label: string, url: string): string => (/:\/\/|^www\./i.test(label) && label !== url ? url : label);

/** Marks hold only around words without a space at either end. */
function marked(mark: string, text: string): string {
  const words = text.trim();
  if (words === '') return text;
  const [before, after] = text.split(words, 2);
  return `${before}${mark}${escaped(words)}${mark}${after ?? ''}`;
}

/** The three characters that are control characters to Slack: with them escaped no text can mention, link or call. */
export const escaped = (text: string): string =>
  contained(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// ------------------------------------------------------------------ plain text

/** What a phone's lock screen, a screen reader and a plain text object show. */
export const plainText = (inlines: readonly Inline[]): string => inlines.map(plainInline).join('');

function plainInline(inline: Inline): string {
  if (inline.kind === 'time') return plainTime(inline);
  return contained(inline.kind === 'verbatim' ? `“${inline.text}”` : inline.text);
}

/** A time for readers whose client cannot show it in their own zone: it names the zone it is in. */
function plainTime(inline: Extract<Inline, { kind: 'time' }>): string {
  const said = wordsFor({ locale: inline.locale ?? 'en', platform: 'slack' });
  const style = inline.style === 'relative' ? 'datetime' : inline.style;
  const zone = inline.zone ?? 'UTC';
  const at = new Date(inline.at);
  if (Number.isNaN(at.getTime())) return said.slack.unknownTime;
  const shown = said.dates.plain(inline.at, style, zone);
  return style === 'date' ? shown : `${shown} ${zone}`;
}

const seconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000) || 0;

// ------------------------------------------------------------------ outside text

/** An address that may be pressed, or nothing: only http and https, and nothing that ends Slack's own link syntax. */
export function safeUrl(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  const href = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return href.length <= limits.link ? href : undefined;
}

/** Outside text that changes nothing around it: code units that are no text are replaced, its direction ends with it. */
export const contained = (text: string): string => isolated(plain(text));

/** Code units that are no text, replaced. */
export const plain = (text: string): string =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '\uFFFD');
