/** JSON Feed 1.0 and 1.1. */
import { z } from 'zod';
import { feedDate } from '../text/feed-dates.ts';
import { type FeedContext, type FeedDocument, type FeedEntry, mostEntries, someText } from './feed.ts';
import { resolved } from './xml.ts';

const word = z.union([z.string(), z.number()]).transform(String);
const jsonAuthor = z.object({ name: word.optional().catch(undefined) });
const jsonEntry = z.object({
  id: word.optional().catch(undefined),
  url: word.optional().catch(undefined),
  external_url: word.optional().catch(undefined),
  title: word.optional().catch(undefined),
  content_html: word.optional().catch(undefined),
  content_text: word.optional().catch(undefined),
  summary: word.optional().catch(undefined),
  date_published: word.optional().catch(undefined),
  date_modified: word.optional().catch(undefined),
  author: jsonAuthor.optional().catch(undefined),
  authors: z.array(jsonAuthor).optional().catch(undefined),
});
const jsonFeed = z.object({
  title: word.optional().catch(undefined),
  home_page_url: word.optional().catch(undefined),
  description: word.optional().catch(undefined),
  language: word.optional().catch(undefined),
  items: z.array(z.unknown()),
});

export function readJsonFeed(text: string, { url }: FeedContext): FeedDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'none', reason: 'begins like JSON, but is not' };
  }
  const parsed = jsonFeed.safeParse(value);
  if (!parsed.success) return { kind: 'none', reason: 'JSON, but no JSON Feed: expected a list named items' };
  const { title, home_page_url, description, language, items } = parsed.data;
  const entries = items.slice(0, mostEntries).flatMap((item) => {
    const entry = jsonEntry.safeParse(item);
    return entry.success ? [jsonItem(entry.data, url)] : [];
  });
  return {
    kind: 'feed',
    feed: {
      ...someText('title', title?.trim()),
      ...someText('link', home_page_url),
      ...someText('description', description),
      ...someText('language', language),
      entries,
    },
  };
}

function jsonItem(item: z.infer<typeof jsonEntry>, base: string | undefined): FeedEntry {
  const address = item.url ?? item.external_url;
  const names = (item.authors ?? (item.author ? [item.author] : [])).flatMap(({ name }) => name ?? []);
  return {
    ...someText('title', item.title?.trim()),
    ...someText('link', address && (resolved(address, base) ?? address)),
    ...someText('id', item.id),
    ...someText('published', feedDate(item.date_published ?? '')),
    ...someText('updated', feedDate(item.date_modified ?? '')),
    ...someText('summary', item.summary),
    ...someText('content', item.content_html ?? item.content_text),
    ...someText('author', names.join(', ')),
  };
}
