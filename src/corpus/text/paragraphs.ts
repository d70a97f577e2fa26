/** The build of a text: paragraphs as a reader counts them, what is furniture, what is a post, what is its headline. */
import type { EmbeddedPost, Mask, Span } from '../../model.ts';
import { furniture, furnitureInside, proseOf } from './masks.ts';
import { findPosts } from './posts.ts';
import { surroundings } from './tails.ts';

export interface Build {
  readonly paragraphs: readonly Span[];
  readonly masks: readonly Mask[];
  readonly posts: readonly EmbeddedPost[];
  /** A first line that is plainly a headline, or the one given. */
  readonly headline?: Span;
}

export interface BuildOptions {
  /** Front matter: kept and masked. */
  readonly skip?: Span;
  /** The headline, where the format marks it. */
  readonly headline?: Span;
  /** Look for a headline in the first line. */
  readonly guessHeadline?: boolean;
}

/** Takes a text apart. Paragraphs and masks never overlap; a post is one paragraph with its signature. */
export function build(text: string, options: BuildOptions = {}): Build {
  const { skip, headline: known, guessHeadline = false } = options;
  const masks: Mask[] = skip ? [{ ...skip, kind: 'boilerplate' }] : [];
  const lines = linesOf(text, skip?.end ?? 0);
  const posts = findPosts(text, lines);
  const inPost = new Map(
    posts.flatMap((post) => lines.slice(post.firstLine, post.lastLine + 1).map((line) => [line.start, post] as const)),
  );
  const pieces: (Span & { readonly post?: EmbeddedPost })[] = [];
  const kinds = lines.map((line) => {
    const words = text.slice(line.start, line.end);
    return { words, kind: inPost.has(line.start) ? undefined : furniture(words) };
  });
  const around = surroundings(kinds);
  for (const [i, line] of lines.entries()) {
    const post = inPost.get(line.start);
    if (post) {
      if (post.span.start === line.start) pieces.push({ ...post.span, post });
      continue;
    }
    const { words } = kinds[i]!;
    const kind = kinds[i]!.kind ?? (around.has(i) ? 'boilerplate' : undefined);
    if (kind) {
      masks.push({ ...line, kind });
      continue;
    }
    const glued = furnitureInside(words, line.start);
    masks.push(...glued);
    const prose = proseOf(text, line, glued);
    if (prose) pieces.push(prose);
  }
  const headline = known ?? (guessHeadline ? headlineOf(text, pieces) : undefined);
  const prose = headline
    ? pieces.filter((piece) => piece.start >= headline.end || piece.end <= headline.start)
    : pieces;
  if (headline) masks.push({ ...headline, kind: 'boilerplate' });
  return {
    paragraphs: unwrapped(text, prose).map(({ start, end }) => ({ start, end })),
    masks: masks.sort((a, b) => a.start - b.start),
    posts: posts.map(({ firstLine: _, lastLine: __, ...post }) => post),
    ...(headline && { headline }),
  };
}

/** Lines that hold something, blanks around them left out. */
function linesOf(text: string, from: number): readonly Span[] {
  const lines: Span[] = [];
  for (let start = from; start < text.length; ) {
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop;
    const trimmed = proseOf(text, { start, end }, []);
    if (trimmed) lines.push(trimmed);
    start = end + 1;
  }
  return lines;
}

/**
 * A text broken at the margin (mail, wire copy, Project Gutenberg) has its paragraphs between blank lines; in any other
 * a line is a paragraph. Told by the lines inside its blocks: of one width, and ending in the middle of a sentence.
 */
function unwrapped(text: string, lines: readonly (Span & { readonly post?: EmbeddedPost })[]): readonly Span[] {
  const glued = lines.slice(1).map((line, i) => {
    const before = lines[i] as Span & { readonly post?: EmbeddedPost };
    const gap = text.slice(before.end, line.start);
    return !before.post && !line.post && /^[ \t]*\n[ \t]*$/.test(gap);
  });
  const inner = lines.filter((_, i) => glued[i]);
  const cut = inner.filter(
    ({ start, end }) => end - start >= 45 && end - start <= 100 && !/[.!?:;”"’')]$/.test(text.slice(end - 1, end)),
  );
  if (inner.length < 3 || cut.length < inner.length * 0.6) return lines;
  const paragraphs: Span[] = [];
  lines.forEach((line, i) => {
    const last = paragraphs.at(-1);
    if (last && glued[i - 1]) paragraphs[paragraphs.length - 1] = { start: last.start, end: line.end };
    else paragraphs.push({ start: line.start, end: line.end });
  });
  return paragraphs;
}

/**
 * A short line without a full stop above longer prose. A blank line after it helps; without one the words must be
 * written as headlines are (Most Words With Capitals), because first lines are often credits or captions.
 */
function headlineOf(text: string, lines: readonly (Span & { readonly post?: EmbeddedPost })[]): Span | undefined {
  const [first, second, third] = lines;
  if (!first || first.post || !second || second.post) return undefined;
  const words = text.slice(first.start, first.end);
  const next = text.slice(second.start, second.end);
  if (!titleShape.test(words) || notTitle.test(words) || onlyNames.test(words)) return undefined;
  const blankAfter = /\n[ \t]*\n/.test(text.slice(first.end, second.start));
  if (!blankAfter && (next.length < 110 || !inCapitals(words))) return undefined;
  const proseAfter = next.length >= 60 && next.length > words.length && /[.!?”"’')\w]$/.test(next);
  return proseAfter && (third || blankAfter) ? { start: first.start, end: first.end } : undefined;
}

/** 12 to 130 characters, three words or more, no full stop at the end. */
const titleShape = /^(?=.{12,130}$)[\p{Lu}\p{N}“‘"'$€£](?=\S*\s+\S+\s+\S).*[^\s.,;:!—–-]$/u;
/** Two sentences, a credit, a dateline, a line of controls. */
const notTitle =
  /[.!?]["”’]?\s+\p{Lu}\p{Ll}|\((?:AP|Reuters|CNN|AFP)\)|\b(?:REUTERS|AP Photo|Getty)\b|\b(?:updated|published)\b.*\d|^(?:LISTEN|SHARE|Please|By|From)\b|[“"][^”"]*$/u;
/** "Ana Ruiz and Ben Moe": names, not news. */
const onlyNames =
  /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,2}(?:(?:,| and|, and| &) \p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,2})*$/u;

function inCapitals(words: string): boolean {
  const long = words.match(/\p{L}[\p{L}'’-]{3,}/gu) ?? [];
  return long.length >= 3 && long.filter((word) => /^\p{Lu}/u.test(word)).length >= long.length * 0.75;
}
