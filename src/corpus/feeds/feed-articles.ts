/** Entries of a feed, and pages, to drafts of articles: which text to take, and whether it is the whole one. */
import { createHash } from 'node:crypto';
import type { Source } from '../../store/store.ts';
import { articleId, type Draft } from '../article.ts';
import type { Page } from '../pages/pages.ts';
import type { Stated } from '../text/front-matter.ts';
import { htmlText, looksLikeHtml } from '../text/markup.ts';
import { regular } from '../text/text.ts';
import { addressKey, cleanUrl } from '../web/addresses.ts';
import { bylineOf, type Feed, type FeedEntry, plainTitle } from './feed.ts';

/** A page as it was fetched. */
export interface FetchedPage {
  readonly page: Page;
  readonly bytes: Uint8Array;
  readonly url: string;
}

export interface EntryDraft {
  /** Id of the article it becomes. */
  readonly id: string;
  /** Changes when the entry does; see `digestIn`. */
  readonly digest: string;
  /** Its text is the beginning of another: the page should be read. */
  readonly isTeaser: boolean;
  readonly page?: string;
  /** The draft, from the page where that has more to say; without it the teaser, marked as partial. */
  with(fetched: FetchedPage | undefined): { readonly draft: Draft; readonly original: Uint8Array };
}

/** Entries with text of their own, at most; and those whose pages are read, each check. The newest come first by custom. */
const mostEntries = 500;
const mostPages = 40;
/** Shorter than this is taken for a teaser; a news brief has two or three paragraphs. */
const wholeText = 1500;

/** What a feed holds, newest first as it came, each article once. */
export function entryDrafts(
  feed: Feed,
  source: Pick<Source, 'tenant' | 'address'>,
  feedUrl: string,
): readonly EntryDraft[] {
  const ids = new Set<string>();
  let pages = 0;
  return feed.entries.slice(0, mostEntries).flatMap((entry) => {
    const draft = entryDraft(entry, feed, source, feedUrl);
    if (!draft || ids.has(draft.id)) return [];
    ids.add(draft.id);
    if (!draft.isTeaser) return [draft];
    pages += 1;
    return pages <= mostPages ? [draft] : [];
  });
}

function entryDraft(
  entry: FeedEntry,
  feed: Feed,
  { tenant, address }: Pick<Source, 'tenant' | 'address'>,
  feedUrl: string,
): EntryDraft | undefined {
  const page = entry.link && /^https?:\/\//i.test(entry.link) ? entry.link : undefined;
  const name = (page && addressKey(page)) ?? (entry.id ? `${feedUrl}#${entry.id}` : undefined);
  const title = plainTitle(entry.title);
  const key = name ?? (title ? `${feedUrl}#${title}` : undefined);
  const text = longest(words(entry.content), words(entry.summary));
  if (key === undefined || (text === '' && !page)) return undefined;
  const isTeaser = page !== undefined && (text.length < wholeText || cutOff.test(text));
  const url = page && cleanUrl(page);
  const own: Stated = {
    ...(title && { title }),
    ...someOf('date', entry.published ?? entry.updated),
    ...someOf('outlet', plainTitle(feed.title)?.slice(0, 100)),
    ...someOf('byline', bylineOf(entry.author)),
    ...someOf('url', url),
  };
  return {
    id: articleId(tenant, key),
    digest: digestIn(
      address,
      JSON.stringify([entry.title, entry.author, entry.summary, entry.content, entry.published, entry.updated]),
    ),
    isTeaser,
    ...(page && { page }),
    with(fetched) {
      const base = { tenant, origin: address, key };
      if (fetched && saysMore(fetched.page, text)) {
        const { page: read, bytes } = fetched;
        const stated = {
          ...read.stated,
          ...own,
          ...someOf('outlet', read.stated.outlet ?? own.outlet),
          ...someOf('byline', own.byline ?? read.stated.byline),
          ...someOf('url', own.url),
        };
        return { draft: { ...base, text: regular(read.text), stated, partialText: isPartial(read) }, original: bytes };
      }
      // The page was read and has no more than this: then this is all there is.
      const isWhole =
        !isTeaser ||
        (fetched !== undefined &&
          !fetched.page.isPaywalled &&
          !cutOff.test(text) &&
          sameWords(fetched.page.text, text));
      return {
        draft: { ...base, text: text === '' ? (title ?? '') : text, stated: own, partialText: !isWhole },
        original: Buffer.from(JSON.stringify(entry)),
      };
    },
  };
}

/** Digest of what a source says of an article. Two feeds may have one article, each in its own words. */
export const digestIn = (address: string, words: string): string => `${short(address)}:${short(words)}`;

/** True when both digests are of what one source said. */
export const areOfOneSource = (a: string, b: string): boolean => a.split(':')[0] === b.split(':')[0];

const short = (words: string): string => createHash('sha256').update(words).digest('base64url').slice(0, 16);

/** A page that was added by its address. Undefined when no article stands on it. */
export function pageDraft(
  { page }: FetchedPage,
  { tenant, address }: Pick<Source, 'tenant' | 'address'>,
  url: string,
): Draft | undefined {
  if (page.text.length < 100) return undefined;
  const stated: Stated = {
    ...page.stated,
    ...someOf('url', ownUrl(page, url)),
    ...someOf('outlet', page.stated.outlet ?? URL.parse(url)?.hostname.replace(/^www\./, '')),
  };
  const key = addressKey(url) ?? address;
  return { text: regular(page.text), tenant, origin: address, key, stated, partialText: isPartial(page) };
}

/** The address a page gives itself, if it is its own: no page speaks for another site. */
function ownUrl(page: Page, url: string): string | undefined {
  const { url: claimed } = page.stated;
  const isOwn = claimed !== undefined && URL.parse(claimed)?.hostname === URL.parse(url)?.hostname;
  return isOwn ? claimed : cleanUrl(url);
}

const cutOff =
  /(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\]|(?:continue reading|read more|read the (?:rest|full .{1,20})).{0,40})\s*$/i;

/** A page that says it must be paid for and shows a few paragraphs shows the beginning. */
const isPartial = (page: Page): boolean => page.isPaywalled && page.text.length < 3000;

const saysMore = (page: Page, teaser: string): boolean =>
  page.text.length >= 300 && page.text.length > teaser.length * 1.15;

/** Most words of the shorter text stand in the longer. */
function sameWords(page: string, teaser: string): boolean {
  const there = new Set(page.toLowerCase().match(/\p{L}+/gu));
  const own = teaser.toLowerCase().match(/\p{L}+/gu) ?? [];
  return own.length > 0 && own.filter((word) => there.has(word)).length >= own.length * 0.9;
}

const words = (markup: string | undefined): string =>
  markup === undefined
    ? ''
    : regular(looksLikeHtml(markup) || /&[a-z#\d]{2,8};/i.test(markup) ? htmlText(markup) : markup).trim();

const longest = (...texts: readonly string[]): string =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), '');

const someOf = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value ? { [name]: value } : {}) as { readonly [P in K]?: string };
