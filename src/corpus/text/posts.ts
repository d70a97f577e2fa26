/** Social-media posts that stand inside an article, as the copy of an embed leaves them. */
import type { EmbeddedPost, Span } from '../../model.ts';
import { findDates } from './dates.ts';

/** A post, with the lines it covers: from the first of its words to its signature. */
export interface FoundPost extends EmbeddedPost {
  readonly firstLine: number;
  readonly lastLine: number;
}

// "— Breaking911 (@Breaking911) January 9, 2026", at the start of a line or after the words on the same line.
// Name up to 80 characters without brackets; the handle may be a Bluesky or Mastodon one ("ana.example.social").
const signature =
  /(?:^|\s|(?<=\S))(?:—|–|--|-|―)\s{0,3}([^()\n—–]{1,80}?)\s{0,3}\(\s?@([\p{L}\p{N}_][\p{L}\p{N}_.@-]{0,60})\s?\)\s{0,3}([^\n]{0,60})$/u;
const time = /^(?:\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?(?:\s?[·,-]\s?)?)?/i;
const trailingLinks =
  /(?:\s*(?:https?:\/\/\S+|pic\.(?:twitter|x)\.com\/\S+|(?:t\.co|bit\.ly)\/\S+|\[?(?:image|video|photo)\]?$))+\s*$/i;
const onlyLinks = /^(?:https?:\/\/\S+|pic\.(?:twitter|x)\.com\/\S+|#[\p{L}\p{N}_]+|\s)+$/iu;

/**
 * Finds embedded posts among the lines of a text, in reading order and never overlapping.
 *
 * Shapes: words and signature on two lines, on one line, the words over several lines when the last holds only links;
 * and the copied card (name, @handle, words, "10:15 AM · Jan 9, 2026").
 *
 * @param lines Spans of the lines of `text`, line ends left out, blank lines left out.
 */
export function findPosts(text: string, lines: readonly Span[]): readonly FoundPost[] {
  const posts: FoundPost[] = [];
  let free = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const post = signedPost(text, lines, at, free) ?? copiedCard(text, lines, at);
    if (!post) continue;
    posts.push(post);
    at = post.lastLine;
    free = at + 1;
  }
  return posts;
}

function signedPost(text: string, lines: readonly Span[], at: number, free: number): FoundPost | undefined {
  const line = lines[at] as Span;
  // A signature stands at the end of its line: looking at the tail keeps the search linear on endless lines.
  const tail = Math.max(line.start, line.end - 240);
  const end = text.slice(tail, line.end);
  const match = end.includes('@') ? signature.exec(end) : null;
  if (!match) return undefined;
  const [whole, name = '', handle = '', rest = ''] = match;
  const day = signatureDay(rest);
  // "- Ana Ruiz (@ana) is director of ..." is prose: only a date, a time or nothing may follow the handle.
  if (rest.trim() !== '' && day === undefined) return undefined;
  const before = { start: line.start, end: tail + match.index };
  const sameLine = text.slice(before.start, before.end).trim() !== '';
  // A dash inside a line needs something that is plainly a post: a date after the handle.
  if (
    sameLine &&
    day === undefined &&
    !/pic\.(?:twitter|x)\.com|t\.co\//.test(whole + text.slice(before.start, before.end))
  )
    return undefined;
  const first = sameLine ? at : firstLineOfWords(text, lines, at - 1, free);
  if (first === undefined) return undefined;
  const start = (lines[first] as Span).start;
  const words = wordsOf(text, start, before.end);
  if (!words) return undefined;
  return {
    span: { start, end: line.end },
    text: words,
    name: name.trim(),
    handle: handle.replace(/[.-]+$/, ''),
    ...(day && { day }),
    firstLine: first,
    lastLine: at,
  };
}

/** The line above the signature; when that holds only links or hashtags, the words stand above it. */
function firstLineOfWords(text: string, lines: readonly Span[], last: number, free: number): number | undefined {
  for (let i = last; i >= free && i > last - 4; i -= 1) {
    const { start, end } = lines[i] as Span;
    if (!onlyLinks.test(text.slice(start, Math.min(end, start + 400)))) return end - start <= 5000 ? i : undefined;
  }
  return undefined;
}

function signatureDay(rest: string): string | undefined {
  const [date] = findDates(rest);
  if (!date) return undefined;
  const before = rest.slice(0, date.span.start).replace(time, '');
  const after = rest.slice(date.span.end);
  const quiet = (part: string) =>
    /^[\s·,.()|]*(?:on|at)?[\s·,.()|]*(?:\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?)?[\s·,.()|]*$/i.test(part);
  return quiet(before) && quiet(after) ? date.day : undefined;
}

/** Words without links behind them, without blanks around them; undefined when nothing is left. */
function wordsOf(text: string, start: number, end: number): Span | undefined {
  const words = text.slice(start, end);
  const kept =
    words.slice(0, 5000).length === words.length ? words.replace(trailingLinks, '').trimEnd() : words.trimEnd();
  const lead = kept.length - kept.trimStart().length;
  return kept.length - lead >= 3 ? { start: start + lead, end: start + kept.length } : undefined;
}

const handleLine = /^@([\p{L}\p{N}_][\p{L}\p{N}_.@-]{0,60})(?:\s*·.*)?$/u;
const stampLine = /^(?:(?:last edited\s+)?\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?\s*[·,-]\s*)(.{6,40})$/i;

/** Name, @handle, one to eight lines of words, then a time stamp: a card copied as text. */
function copiedCard(text: string, lines: readonly Span[], at: number): FoundPost | undefined {
  const read = (i: number) => {
    const span = lines[i];
    return span && span.end - span.start <= 2000 ? text.slice(span.start, span.end).trim() : '';
  };
  const handle = handleLine.exec(read(at + 1))?.[1];
  const name = read(at);
  if (!handle || name === '' || name.length > 80) return undefined;
  for (let last = at + 3; last <= at + 10 && last < lines.length; last += 1) {
    const stamp = stampLine.exec(read(last));
    const day = stamp && findDates(stamp[1] ?? '')[0]?.day;
    if (!day) continue;
    const words = wordsOf(text, (lines[at + 2] as Span).start, (lines[last - 1] as Span).end);
    if (!words) return undefined;
    const span = { start: (lines[at] as Span).start, end: (lines[last] as Span).end };
    return { span, text: words, name, handle, day, firstLine: at, lastLine: last };
  }
  return undefined;
}
