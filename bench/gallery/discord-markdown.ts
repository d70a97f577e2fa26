/**
 * Discord's Markdown as HTML, as far as a message of ours could use it, and what hostile text would try: marks that
 * were not escaped show here as they would there. Everything else is text.
 *
 * @see https://support.discord.com/hc/en-us/articles/210298617
 */
import { ZONE } from './bot.ts';
import { escapeHtml } from './html.ts';

export function markdownHtml(source: string): string {
  const parts = source.split(/\n?```\n?([\s\S]*?)\n?```\n?/);
  return parts.map((part, n) => (n % 2 === 1 ? `<pre>${escapeHtml(part)}</pre>` : linesHtml(part))).join('');
}

function linesHtml(source: string): string {
  if (source === '') return '';
  const html: string[] = [];
  const lines = source.split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string;
    const block = blocks.find(({ starts }) => starts.test(line)) ?? plain;
    let end = at + 1;
    while (block.gathers && end < lines.length && block.starts.test(lines[end] as string)) end++;
    html.push(block.html(lines.slice(at, end).map((one) => one.replace(block.starts, ''))));
    at = end;
  }
  return html.join('');
}

interface LineBlock {
  readonly starts: RegExp;
  /** Lines of the same kind that follow belong to it. */
  readonly gathers: boolean;
  html(lines: readonly string[]): string;
}

const heading = (mark: string, tag: string): LineBlock => ({
  starts: new RegExp(`^${mark} +`),
  gathers: false,
  html: ([line = '']) => `<${tag}>${inlineHtml(line)}</${tag}>`,
});
const lined = (lines: readonly string[]): string => lines.map(inlineHtml).join('<br>');
const blocks: readonly LineBlock[] = [
  heading('#', 'h1'),
  heading('##', 'h2'),
  heading('###', 'h3'),
  { starts: /^-# +/, gathers: false, html: ([line = '']) => `<small>${inlineHtml(line)}</small>` },
  { starts: /^> /, gathers: true, html: (lines) => `<blockquote>${lined(lines)}</blockquote>` },
  {
    starts: /^[-*] /,
    gathers: true,
    html: (lines) => `<ul>${lines.map((line) => `<li>${inlineHtml(line)}</li>`).join('')}</ul>`,
  },
];
const plain: LineBlock = { starts: /^(?!)/, gathers: false, html: ([line = '']) => `<p>${inlineHtml(line)}</p>` };

const inner = String.raw`((?:\\[\s\S]|[^\\])+?)`;
/** In the order in which they are tried at each place; all sticky. */
const inlines: readonly { readonly pattern: RegExp; html(match: RegExpExecArray): string }[] = [
  { pattern: /\\([^\sA-Za-z0-9])/y, html: ([, sign = '']) => escapeHtml(sign) },
  { pattern: /`([^`]+)`/y, html: ([, code = '']) => `<code>${escapeHtml(code)}</code>` },
  { pattern: new RegExp(String.raw`\*\*${inner}\*\*(?!\*)`, 'y'), html: ([, text = '']) => tagged('strong', text) },
  { pattern: new RegExp(`__${inner}__(?!_)`, 'y'), html: ([, text = '']) => tagged('u', text) },
  {
    pattern: new RegExp(String.raw`\*(?!\s)${inner}(?<!\s)\*(?!\*)`, 'y'),
    html: ([, text = '']) => tagged('em', text),
  },
  { pattern: new RegExp(String.raw`\b_${inner}_\b`, 'y'), html: ([, text = '']) => tagged('em', text) },
  { pattern: new RegExp(`~~${inner}~~`, 'y'), html: ([, text = '']) => tagged('s', text) },
  { pattern: new RegExp(String.raw`\|\|${inner}\|\|`, 'y'), html: ([, text = '']) => tagged('mark', text) },
  {
    pattern: /\[((?:\\.|[^\\\]])+)\]\(<?(https?:\/\/[^\s>)]+)>?\)/y,
    html: ([, label = '', url = '']) => `<a href="${escapeHtml(url)}">${inlineHtml(label)}</a>`,
  },
  { pattern: /<t:(-?\d+)(?::([A-Za-z]))?>/y, html: ([, seconds, style]) => timestamp(Number(seconds), style) },
  {
    pattern: /<(?:@[!&]?|#)\d+>|@(?:everyone|here)\b/y,
    html: ([mention]) => `<span class="mention">${escapeHtml(mention as string)}</span>`,
  },
  {
    pattern: /https?:\/\/[^\s<]+/y,
    html: ([url]) => `<a href="${escapeHtml(url as string)}">${escapeHtml(url as string)}</a>`,
  },
];

const tagged = (tag: string, text: string): string => `<${tag}>${inlineHtml(text)}</${tag}>`;

function inlineHtml(source: string): string {
  let html = '';
  for (let at = 0; at < source.length; ) {
    const found = inlines.map(({ pattern, html }) => ({ match: matchAt(pattern, source, at), html })).find(matched);
    html += found ? found.html(found.match) : escapeHtml(source[at] as string);
    at += found ? found.match[0].length : 1;
  }
  return html;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

const matched = <T extends { readonly match: RegExpExecArray | null }>(
  one: T,
): one is T & { readonly match: RegExpExecArray } => one.match !== null;

/** What the reader's Discord makes of a time; `R` is left as a date, since the gallery's clock stands still. */
function timestamp(seconds: number, style = 'f'): string {
  const formats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
    t: { timeStyle: 'short' },
    D: { dateStyle: 'long' },
  };
  const format = formats[style] ?? { dateStyle: 'long', timeStyle: 'short' };
  const words = new Intl.DateTimeFormat('en-GB', { ...format, timeZone: ZONE }).format(new Date(seconds * 1000));
  return `<time>${escapeHtml(words)}</time>`;
}
