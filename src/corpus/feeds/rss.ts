/** RSS 0.9x, 1.0 (RDF) and 2.0, and CDF before them. */

import { feedDate } from '../text/feed-dates.ts';
import { atomAuthor, atomLink } from './atom.ts';
import { dateOf, type Feed, type FeedEntry, lineIn, markupIn, mostEntries, someText, textIn } from './feed.ts';
import { child, children, type Element, resolved, textOf } from './xml.ts';

export function readRss(root: Element, base: string | undefined): Feed {
  const channel = root.local === 'channel' ? root : (child(root, 'channel', 'rdf:channel') ?? root);
  const inside = children(channel, 'item', 'rdf:item', 'atom:entry');
  const items = [...inside, ...(root === channel ? [] : children(root, 'item', 'rdf:item'))].slice(0, mostEntries);
  const nested = items.length > 0 ? items : children(child(channel, 'items') ?? channel, 'item');
  const at = channel.base ?? base;
  return {
    ...someText('title', lineIn(child(channel, 'title', 'dc:title', 'atom:title'))),
    ...someText('link', rssLink(channel, at)),
    ...someText(
      'description',
      lineIn(child(channel, 'description', 'dc:description', 'atom:subtitle', 'itunes:summary', 'abstract', 'tagline')),
    ),
    ...someText('published', dateOf(channel, 'pubdate', 'dcterms:issued')),
    ...someText(
      'updated',
      dateOf(channel, 'lastbuilddate', 'atom:updated', 'pubdate', 'dc:date', 'dcterms:modified') ??
        feedDate(channel.attributes.lastmod ?? ''),
    ),
    ...someText('language', textIn(child(channel, 'language', 'dc:language'))),
    ...everyMinutes(channel),
    entries: nested.map((item) => readItem(item, at)),
  };
}

function readItem(item: Element, around: string | undefined): FeedEntry {
  const base = item.base ?? around;
  const description = child(
    item,
    'description',
    'abstract',
    'atom:summary',
    'dc:description',
    'itunes:summary',
    'media:description',
  );
  const summary = child(item, 'summary');
  const body = child(item, 'content:encoded', 'xhtml:body', 'xhtml:div', 'body', 'fullitem', 'atom:content', 'content');
  const content = body ?? (summary && description);
  const guid = child(item, 'guid');
  return {
    ...someText('title', lineIn(child(item, 'title', 'dc:title', 'atom:title', 'media:title'))),
    ...someText('link', rssLink(item, base)),
    ...someText('id', textIn(guid) ?? textIn(child(item, 'atom:id', 'dc:identifier')) ?? item.attributes['rdf:about']),
    ...someText(
      'published',
      dateOf(item, 'pubdate', 'atom:published', 'dc:date', 'dcterms:issued', 'dcterms:created', 'date'),
    ),
    ...someText(
      'updated',
      dateOf(item, 'atom:updated', 'dcterms:modified', 'lastbuilddate', 'dc:date') ??
        feedDate(item.attributes.lastmod ?? ''),
    ),
    ...someText('summary', markupIn(summary ?? description)),
    ...someText('content', markupIn(content)),
    ...someText('author', rssAuthor(item)),
  };
}

function rssLink(element: Element, base: string | undefined): string | undefined {
  // Some feeds repeat the element, and the last is the page itself (the first the site's).
  for (const link of children(element, 'link').toReversed()) {
    const address = textOf(link).trim() || link.attributes.href;
    if (address) return resolved(address, link.base ?? base) ?? address;
  }
  const alternate = atomLink(children(element, 'atom:link'), base);
  if (alternate) return alternate;
  const guid = child(element, 'guid');
  const id = textIn(guid);
  if (
    id &&
    guid?.attributes.ispermalink?.toLowerCase() !== 'false' &&
    (/^https?:/i.test(id) || guid?.attributes.ispermalink)
  )
    return resolved(id, base) ?? id;
  const about = element.attributes['rdf:about'] ?? element.attributes.href;
  return about && (resolved(about, base) ?? about);
}

function rssAuthor(item: Element): string | undefined {
  const written = lineIn(child(item, 'author', 'dc:creator', 'atom:author', 'itunes:author', 'dc:author', 'creator'));
  if (written === undefined) return atomAuthor(item);
  return written;
}

function everyMinutes(channel: Element): { everyMinutes?: number } {
  const ttl = Number(textIn(child(channel, 'ttl')));
  if (ttl > 0 && ttl < 100_000) return { everyMinutes: Math.round(ttl) };
  const period = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 }[
    textIn(child(channel, 'module:updateperiod'))?.toLowerCase() ?? ''
  ];
  const times = Number(textIn(child(channel, 'module:updatefrequency')) ?? 1);
  return period && times > 0 ? { everyMinutes: Math.max(1, Math.round(period / times)) } : {};
}
