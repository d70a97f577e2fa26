/** Markdown to the text a reader sees. Front matter stays in front of it, as in any other file. */
import type { Span } from '../../model.ts';
import { readFrontMatter } from '../text/front-matter.ts';
import { htmlText } from '../text/markup.ts';

export interface PlainMarkdown {
  readonly text: string;
  /** The first heading, when it stands above everything else: the article's headline. */
  readonly headline?: Span;
}

/**
 * Strips the marks and keeps the words: headings, emphasis, links (their words), quotes, lists, code. Pictures and link
 * definitions go. A paragraph broken at the margin becomes one line, as Markdown means it.
 *
 * Not a Markdown parser: tables stay as typed, and nested structures become lines.
 */
export function plainMarkdown(source: string): PlainMarkdown {
  const front = readFrontMatter(source);
  const head = front ? source.slice(0, front.span.end) : '';
  const blocks = blocksOf(source.slice(head.length));
  const body = blocks.map(({ text }) => text).join('\n\n');
  const text = head === '' ? body : `${head}\n\n${body}`;
  const [first] = blocks;
  if (!first?.isHeading || blocks.length < 2) return { text };
  const start = text.length - body.length;
  return { text, headline: { start, end: start + first.text.length } };
}

/** Stands for `[!quote]`, which opens a box in Obsidian and on GitHub: what follows is its title. */
const callout = '\ue000';

/** Blocks that a program draws: queries and diagrams, not words. */
const drawn: ReadonlySet<string> = new Set([
  'dataview',
  'dataviewjs',
  'query',
  'mermaid',
  'plantuml',
  'chart',
  'tasks',
]);

interface Block {
  readonly text: string;
  readonly isHeading: boolean;
}

function blocksOf(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  let fence: string | undefined;
  let isDrawn = false;
  const close = (isHeading = false) => {
    const text = inline(open.join(' ').replace(/ {2,}/g, ' ')).trim();
    if (text !== '') blocks.push({ text, isHeading });
    open = [];
  };
  for (const raw of source.split('\n')) {
    const [, mark, language] = /^ {0,3}(```+|~~~+) *([\w-]*)/.exec(raw) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      else if (raw.trim() !== '' && !isDrawn) blocks.push({ text: raw.trim(), isHeading: false });
      continue;
    }
    const line = raw.replace(/^(?: {0,3}> ?)+/, '').replace(/^\[![\w-]{1,30}\][+-]?/, callout);
    if (mark) {
      close();
      fence = mark.slice(0, 3);
      isDrawn = drawn.has((language ?? '').toLowerCase());
    } else if (
      line.trim() === '' ||
      /^ {0,3}\[[^\]\n]{1,200}\]:\s/.test(line) ||
      /^ {0,3}(?:[-*_] *){3,}$/.test(line)
    ) {
      // A line of === or --- under words makes them a heading; a rule or a definition ends a paragraph.
      close(open.length === 1 && /^ {0,3}-{3,} *$/.test(line));
    } else if (open.length > 0 && /^ {0,3}=+ *$/.test(line)) {
      close(true);
    } else if (/^ {0,3}#{1,6}(?: |$)/.test(line)) {
      close();
      open.push(line.replace(/^ {0,3}#{1,6} */, '').replace(/ +#+ *$/, ''));
      close(true);
    } else if (line.startsWith(callout)) {
      close();
      open.push(line.slice(callout.length));
      close();
    } else {
      const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)$/.exec(line)?.[1];
      if (item !== undefined) close();
      open.push(
        (item ?? line)
          .replace(/^\[[ xX]\] /, '')
          .replace(/ \^[\w-]{1,40}$/, '')
          .replace(/\\$/, '')
          .trim(),
      );
      if (/ {2}$|\\$/.test(line)) close();
    }
  }
  close();
  return blocks;
}

const escaped = /\\([!-/:-@[-`{-~])/g;

function inline(words: string): string {
  // Escaped marks step aside as private-use characters while the others are taken away.
  const kept = words.replace(escaped, (_, mark: string) => String.fromCharCode(0xe000 + mark.charCodeAt(0)));
  const plain = kept
    // Obsidian: files shown inside, comments, links between notes, highlights.
    .replace(/!\[\[[^\]\n]{0,500}\]\]|%%[^%]{0,5000}%%/g, '')
    .replace(/\[\[(?:[^\]|\n]{0,500}\|)?([^\]|\n]{1,500})\]\]/g, '$1')
    .replace(/==(?=\S)([^=\n]{1,1000}?)(?<=\S)==/g, '$1')
    .replace(/!\[[^\]]{0,500}\](?:\([^()\s]{0,2000}(?:\s+"[^"]{0,300}")?\)|\[[^\]]{0,100}\])/g, '')
    .replace(
      /\[([^\]]{1,1000})\](?:\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+["'(][^"')]{0,300}["')])?\)|\[[^\]]{0,100}\])/g,
      '$1',
    )
    .replace(/\[\^[^\]]{1,40}\]/g, '')
    .replace(/<(https?:\/\/[^\s<>]{1,2000})>/g, '$1')
    .replace(/(`+)([^`]{1,1000})\1/g, '$2')
    .replace(/(\*\*|__)(?=\S)([^\n]{1,2000}?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*(?![\p{L}\p{N}])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_\n]{1,2000}?)(?<=\S)_(?![\p{L}\p{N}])/gu, '$1')
    .replace(/~~([^~]{1,1000})~~/g, '$1');
  const bare = /<[a-z!/][^<>]{0,500}>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,31});/i.test(plain) ? htmlText(plain) : plain;
  return bare.replace(/[\ue021-\ue07e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xe000));
}
