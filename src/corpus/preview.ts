/** What an address turns out to be, before it is saved as a source. */

import { plainTitle } from './feeds/feed.ts';
import { readFeedDocument } from './feeds/feeds.ts';
import { feedAccept, pageOf } from './sources.ts';
import type { Fetched, Fetcher } from './web/fetch.ts';

export interface Preview {
  readonly kind: 'feed' | 'page';
  /** To be saved: where it was found, which need not be what was typed. */
  readonly address: string;
  readonly title?: string;
  /** Articles, or feeds where it is a list of them. */
  readonly entries: number;
  readonly isList?: boolean;
  /** Titles as they come, at most ten. */
  readonly newest: readonly string[];
}

/**
 * Looks at an address: a feed, a list of feeds, a page that announces a feed, or a page with an article.
 * @returns what was found, or in words why nothing can be read there.
 */
export async function previewSource(typed: string, fetcher: Fetcher): Promise<Preview | { readonly problem: string }> {
  const address = completed(typed);
  if (!address)
    return {
      problem: `expected an address such as https://example.com/feed.xml, got ${JSON.stringify(typed.slice(0, 100))}`,
    };
  const fetched = await fetcher.get(address, { accept: feedAccept });
  if (fetched.kind !== 'ok') return { problem: fetched.kind === 'failed' ? fetched.reason : 'nothing was sent' };
  const document = feedIn(fetched, address);
  if ('kind' in document) return document;
  const { page } = pageOf(fetched);
  const isFront = new URL(fetched.url).pathname.length <= 1 || page.text.length < 600;
  for (const feed of isFront ? page.feeds.slice(0, 3) : []) {
    const other = await fetcher.get(feed, { accept: feedAccept });
    const found = other.kind === 'ok' ? feedIn(other, feed) : undefined;
    if (found && 'kind' in found) return found;
  }
  if (page.text.length < 300)
    return { problem: `${document.problem}; no article was found there, and no feed is announced` };
  // A page is read again and again: its site may not want that.
  const allowed = await fetcher.get(fetched.url, { robots: true });
  if (allowed.kind === 'failed') return { problem: allowed.reason };
  const { title } = page.stated;
  return {
    kind: 'page',
    address: fetched.movedTo ?? address,
    ...(title && { title }),
    entries: 1,
    newest: title ? [title] : [],
  };
}

function feedIn(fetched: Extract<Fetched, { kind: 'ok' }>, address: string): Preview | { readonly problem: string } {
  const document = readFeedDocument(fetched.bytes, { url: fetched.url, headers: fetched.headers });
  if (document.kind === 'none') return { problem: document.reason };
  const isFeed = document.kind === 'feed';
  const title = plainTitle(isFeed ? document.feed.title : document.title);
  const all = isFeed ? document.feed.entries : document.feeds;
  return {
    kind: 'feed',
    address: fetched.movedTo ?? address,
    ...(title && { title: title.slice(0, 200) }),
    entries: all.length,
    ...(!isFeed && { isList: true }),
    newest: all.slice(0, 10).flatMap((entry) => plainTitle(entry.title) ?? []),
  };
}

/** "example.com/feed" and "feed://example.com" are meant as https. */
function completed(typed: string): string | undefined {
  const address = typed
    .trim()
    .replace(/^<|>$/g, '')
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'https://');
  const whole =
    /^[a-z][a-z\d+.-]*:/i.test(address) && !/^[^/]*\.[^/]*:\d/.test(address) ? address : `https://${address}`;
  const url = URL.parse(whole);
  return url && (url.hostname.includes('.') || url.hostname.includes(':') || url.hostname === 'localhost')
    ? url.href
    : undefined;
}
