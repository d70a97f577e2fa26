/** Text and what is known about it become an Article: the one shape that leaves this room. */
import { hash } from 'node:crypto';
import type { Article, ArticleDate, Instant, Span, Tenant } from '../model.ts';
import { textHash } from '../receipt.ts';
import { latestDate, statedDate } from './text/dates.ts';
import { readFrontMatter, type Stated } from './text/front-matter.ts';
import { labelFrom } from './text/label.ts';
import { languageOf } from './text/language.ts';
import { type Build, build } from './text/paragraphs.ts';

/** A text on its way to being an article. `text` is what `decode` or `regular` gave. */
export interface Draft {
  readonly text: string;
  readonly tenant: Tenant;
  /** Where it came from, as people named it: shown, never parsed. */
  readonly origin: string;
  /** What stays the same when the article is edited: an address or a path. Default: `origin`. */
  readonly key?: string;
  /** What the way it came says of it (a record, a feed, a page). Front matter in the text goes before. */
  readonly stated?: Stated;
  /** Look for front matter and a headline in the text: for files, not for records and pages. */
  readonly isFile?: boolean;
  /** Where the headline stands in `text`, when the format marks it. */
  readonly headline?: Span;
  readonly partialText?: boolean;
  readonly language?: string;
}

/** Longest text of one article, in UTF-16 units. The longest investigations of newspapers have about 150,000. */
export const maxText = 5_000_000;

/**
 * Makes an article of a text.
 *
 * Paragraphs, masks and posts are spans of `text`, which is kept as it is, front matter included (masked). Where the
 * source gives no title, `label` is made from the text's own words and `labelIsOurs` says so; where it gives no date,
 * the latest full date in the text is named as what it is.
 *
 * @param now When it was read; never used as a date of the article.
 * @returns the article, or why the text is none.
 */
export async function makeArticle(draft: Draft, now: Date): Promise<Article | { readonly refused: string }> {
  const { text, tenant, origin } = draft;
  if (text.length > maxText)
    return { refused: `${text.length} characters, more than the ${maxText} an article may have` };
  const front = draft.isFile ? readFrontMatter(text) : undefined;
  const stated: Stated = { ...draft.stated, ...front?.stated };
  const parts = build(text, {
    ...(front && { skip: front.span }),
    ...(draft.headline && { headline: draft.headline }),
    guessHeadline: draft.isFile === true && !stated.title,
  });
  const first = parts.paragraphs[0];
  if (!first) return { refused: front ? 'no text after its front matter' : 'no text besides page furniture' };
  const title = stated.title ?? (parts.headline && text.slice(parts.headline.start, parts.headline.end));
  const { url, outlet, byline, fiction } = stated;
  return {
    id: articleId(tenant, draft.key ?? origin),
    hash: textHash(text),
    tenant,
    origin,
    ...(url && { url }),
    ...(outlet && { outlet }),
    ...(byline && { byline }),
    ...(title && { title }),
    label: title ?? labelFrom(textForLabel(text, parts)),
    labelIsOurs: title === undefined,
    language: draft.language ?? (await languageOf(wordsOf(text, parts.paragraphs))),
    date: dateOf(text, stated, parts, now),
    readAt: now.toISOString() satisfies Instant,
    ...(draft.partialText && { partialText: true }),
    ...(fiction && { fiction: true }),
    text,
    paragraphs: parts.paragraphs,
    masks: parts.masks,
    posts: parts.posts,
  };
}

/** Changes when what is said of an article beside its text does: so an edited headline is noticed without reading the text again. */
export const statedDigest = ({ stated, language, partialText, headline, isFile }: Draft): string =>
  hash('sha256', JSON.stringify([stated, language, partialText, headline, isFile]), 'base64url').slice(0, 16);

/** Stable name of an article over its versions. */
export const articleId = (tenant: Tenant, key: string): string =>
  hash('sha256', `${tenant}\0${key}`, 'hex').slice(0, 24);

function dateOf(text: string, stated: Stated, parts: Build, now: Date): ArticleDate {
  const given = stated.date === undefined ? undefined : statedDate(stated.date);
  if (given) return given;
  // "Published January 9, 2026": the text's own date line is the source speaking.
  for (const mask of parts.masks) {
    const line = text.slice(mask.start, mask.end);
    if (mask.kind !== 'byline' || !/^(?:first |originally )?(?:published|posted)/i.test(line)) continue;
    const found = latestDate(line, now);
    if (found) return { state: 'stated', at: `${found.day}T00:00:00.000Z`, precision: 'day' };
  }
  const front = parts.masks[0]?.start === 0 && text.startsWith('---') ? parts.masks[0].end : 0;
  const mentioned = latestDate(text.slice(front), now);
  if (!mentioned) return { state: 'none' };
  const { start, end } = mentioned.span;
  return { state: 'mentioned', day: mentioned.day, span: { start: start + front, end: end + front } };
}

/** The first paragraph of prose: a post or a shout is no name for a story. */
function textForLabel(text: string, { paragraphs, posts }: Build): string {
  const words = ({ start, end }: Span) => text.slice(start, end);
  const prose = paragraphs.filter(({ start }) => !posts.some((post) => post.span.start === start)).map(words);
  return (
    prose.find((paragraph) => paragraph.length >= 60) ?? prose[0] ?? posts.map((post) => words(post.text))[0] ?? ''
  );
}

function wordsOf(text: string, paragraphs: readonly Span[]): string {
  const words: string[] = [];
  let length = 0;
  for (const { start, end } of paragraphs) {
    words.push(text.slice(start, end), '\n');
    length += end - start + 1;
    if (length > 4000) break;
  }
  // Joined, not added up: a sum is read much more slowly, character by character.
  return words.join('');
}
