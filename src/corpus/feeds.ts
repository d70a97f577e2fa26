/** RSS, Atom, RDF, CDF and JSON feeds, and OPML lists, to one shape. Nothing after this knows which it was. */
import { gunzipSync } from 'node:zlib';
import { decodeHTML } from 'entities';
import { z } from 'zod';
import { feedDate } from './feed-dates.ts';
import { htmlText } from './markup.ts';
import { decodeLeniently } from './text.ts';
import { child, children, type Element, innerMarkup, parseXml, resolved, textOf } from './xml.ts';

export interface FeedEntry {
  /** As the feed has it, markup and all: `plainTitle` for people. */
  readonly title?: string;
  /** Absolute where the feed or its address allows. */
  readonly link?: string;
  readonly id?: string;
  readonly published?: string;
  readonly updated?: string;
  /** As the feed has them: plain text or HTML. */
  readonly summary?: string;
  readonly content?: string;
  /** As the feed names them, an e-mail address in brackets behind the name. */
  readonly author?: string;
}

export interface Feed {
  readonly title?: string;
  readonly link?: string;
  readonly description?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly language?: string;
  /** How often it wants to be asked, in minutes (`ttl`, `sy:updatePeriod`). */
  readonly everyMinutes?: number;
  readonly entries: readonly FeedEntry[];
}

export interface ListedFeed {
  readonly title?: string;
  readonly url: string;
}

/** `list`: an OPML document. `none`: not a feed, with the reason in words. */
export type FeedDocument =
  | { readonly kind: 'feed'; readonly feed: Feed }
  | { readonly kind: 'list'; readonly title?: string; readonly feeds: readonly ListedFeed[] }
  | { readonly kind: 'none'; readonly reason: string };

export interface FeedContext {
  /** Where it was fetched from: relative links are joined with it. */
  readonly url?: string;
  /** Response headers, names in lower case: `content-type` for the encoding, `content-location` for the base. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** More entries than any feed means to be read; the newest come first by custom. */
const mostEntries = 5000;

/**
 * Reads one document. Never throws and never hangs: time grows with the size of the document, entities it defines are not
 * expanded, broken markup gives what can be read of it.
 */
export function readFeedDocument(source: Uint8Array | string, context: FeedContext = {}): FeedDocument {
  const text = typeof source === 'string' ? source : decodeFeed(unzipped(source), context.headers?.['content-type']);
  const start = text.slice(0, 2000).trimStart();
  if (start === '') return { kind: 'none', reason: 'empty' };
  if (start.startsWith('{') || start.startsWith('[')) return readJsonFeed(text, context);
  return readXml(text, baseOf(context));
}

/** Some servers send a gzip file as the feed itself. */
function unzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: 64_000_000 });
  } catch {
    return bytes; // Cut off or a bomb: it will not read as a feed, which is the answer.
  }
}

function decodeFeed(bytes: Uint8Array, contentType: string | undefined): string {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const inside = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})/i.exec(head)?.[1];
  const outside = /charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(contentType ?? '')?.[1];
  return decodeLeniently(bytes, outside ?? inside);
}

function baseOf({ url, headers }: FeedContext): string | undefined {
  const location = headers?.['content-location'];
  return (location && resolved(location, url)) ?? url;
}

function readXml(text: string, base: string | undefined): FeedDocument {
  const document = parseXml(text);
  const root = topElement(document);
  if (!root) return { kind: 'none', reason: 'neither a feed nor a list of feeds' };
  if (root.local === 'html') return { kind: 'none', reason: 'a web page, not a feed' };
  if (root.local === 'opml') return readOpml(root);
  return { kind: 'feed', feed: isAtom(root) ? readAtom(root, base) : readRss(root, base) };
}

const tops = new Set(['rss', 'rdf', 'feed', 'channel', 'opml', 'html', 'redirect']);

/** The feed's own element: usually the first, sometimes below a wrapper or after rubbish. */
function topElement(document: Element): Element | undefined {
  let level: Element[] = [document];
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    level = level.flatMap(({ children: nodes }) => nodes.filter((node): node is Element => typeof node !== 'string'));
    const found = level.find(({ local }) => tops.has(local));
    if (found) return found;
  }
  return undefined;
}

const isAtom = (root: Element): boolean => root.local === 'feed';

// ---------------------------------------------------------------- RSS 0.9x, 1.0, 2.0, CDF

function readRss(root: Element, base: string | undefined): Feed {
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

/** Who wrote it, for people: "ana@example.org (Ana Ruiz)" and "Ana Ruiz (ana@example.org)" are Ana Ruiz. */
export function bylineOf(author: string | undefined): string | undefined {
  const name = author?.replace(/\s*[(<]?[^\s()<>]+@[^\s()<>]+[)>]?\s*/g, ' ').trim();
  return name?.replace(/^\((.*)\)$/, '$1') || undefined;
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

// ---------------------------------------------------------------- Atom 0.3, 1.0

/** Atom without its namespace is Atom all the same. */
const both = (name: string): readonly string[] => [`atom:${name}`, name];
const atomChild = (element: Element, ...names: string[]) => child(element, ...names.flatMap(both));

function readAtom(root: Element, base: string | undefined): Feed {
  const at = root.base ?? base;
  const entries = children(root, ...both('entry')).slice(0, mostEntries);
  return {
    ...someText('title', lineIn(atomChild(root, 'title'))),
    ...someText('link', atomLink(children(root, ...both('link')), at)),
    ...someText('description', atomMarkup(atomChild(root, 'subtitle', 'tagline', 'info', 'description'))),
    ...someText('updated', dateOf(root, ...both('updated'), ...both('modified'), 'dc:date')),
    ...someText('language', root.attributes['xml:lang']),
    entries: entries.map((entry) => readAtomEntry(entry, at)),
  };
}

function readAtomEntry(entry: Element, around: string | undefined): FeedEntry {
  const base = entry.base ?? around;
  const idElement = atomChild(entry, 'id');
  const id = textIn(idElement);
  return {
    ...someText('title', lineIn(child(entry, ...both('title'), 'dc:title', 'media:title'))),
    ...someText('link', atomLink(children(entry, ...both('link')), base) ?? atomSource(entry, base)),
    ...someText('id', id && (URL.canParse(id) ? id : (resolved(id, idElement?.base ?? base) ?? id))),
    ...someText(
      'published',
      dateOf(entry, ...both('published'), ...both('issued'), ...both('created'), 'dc:date', 'dcterms:issued'),
    ),
    ...someText('updated', dateOf(entry, ...both('updated'), ...both('modified'), 'dcterms:modified')),
    ...someText('summary', atomMarkup(atomChild(entry, 'summary'))),
    ...someText('content', atomMarkup(child(entry, ...both('content'), 'content:encoded', 'media:description'))),
    ...someText('author', atomAuthor(entry)),
  };
}

/** The page a feed or entry stands for: `alternate`, HTML before other kinds. */
function atomLink(links: readonly Element[], base: string | undefined): string | undefined {
  const alternates = links.filter(({ attributes }) => {
    const rel = attributes.rel?.trim().toLowerCase() ?? 'alternate';
    return rel === 'alternate' || rel === '' || rel === 'http://www.iana.org/assignments/relation/alternate';
  });
  const chosen = alternates.find(({ attributes }) => /html/i.test(attributes.type ?? 'html')) ?? alternates[0];
  const address = chosen && (chosen.attributes.href ?? textIn(chosen));
  return address === undefined ? undefined : (resolved(address, chosen?.base ?? base) ?? address);
}

const atomSource = (entry: Element, base: string | undefined): string | undefined => {
  const source = atomChild(entry, 'content')?.attributes.src;
  return source === undefined ? undefined : resolved(source, base);
};

function atomAuthor(entry: Element): string | undefined {
  const author = atomChild(entry, 'author');
  if (!author) return textIn(child(entry, 'dc:creator'));
  const name = textIn(atomChild(author, 'name'));
  const email = textIn(atomChild(author, 'email'));
  return name && email ? `${name} (${email})` : (name ?? email ?? textIn(author));
}

/** Atom says how its text is packed: as markup, as escaped markup, or in base64. */
function atomMarkup(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const { type = 'text', mode } = element.attributes;
  const packed = mode === 'base64' || /^(?:application\/octet-stream|image\/)/i.test(type);
  if (packed && !element.children.some((node) => typeof node !== 'string')) {
    const text = Buffer.from(textOf(element).replace(/\s+/g, ''), 'base64').toString('utf8');
    return text.includes('\ufffd') ? undefined : text;
  }
  return markupIn(element);
}

// ---------------------------------------------------------------- JSON Feed, OPML

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

function readJsonFeed(text: string, { url }: FeedContext): FeedDocument {
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

function readOpml(root: Element): FeedDocument {
  const feeds: ListedFeed[] = [];
  const visit = (element: Element) => {
    for (const node of element.children) {
      if (typeof node === 'string') continue;
      const { xmlurl, title, text } = node.attributes;
      if (node.local === 'outline' && xmlurl && feeds.length < mostEntries)
        feeds.push({ url: xmlurl.trim(), ...someText('title', title ?? text) });
      visit(node);
    }
  };
  visit(root);
  const head = child(root, 'head');
  return { kind: 'list', ...someText('title', head && textIn(child(head, 'title'))), feeds };
}

// ---------------------------------------------------------------- text of elements

/** The property when there is something to say. */
const someText = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { readonly [P in K]?: string };

const textIn = (element: Element | undefined): string | undefined => (element && textOf(element).trim()) || undefined;

const holdsElements = (element: Element): boolean => element.children.some((node) => typeof node !== 'string');

/** Markup as it stands in the document, or escaped in its text: both are markup to the reader. */
function markupIn(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const markup = holdsElements(element) ? innerMarkup(element) : textOf(element);
  return markup.replace(windowsReference, (reference) => decodeHTML(reference)).trim() || undefined;
}

/** `&#146;` means the apostrophe that Windows has there; every browser reads it so. */
const windowsReference = /&#1[2-5]\d;/g;

/** One line of markup. */
const lineIn = (element: Element | undefined): string | undefined =>
  atomMarkup(element)?.replace(/\s+/g, ' ').trim() || undefined;

/** A title for people: markup and doubly escaped entities taken out. */
export function plainTitle(title: string | undefined): string | undefined {
  if (title === undefined) return undefined;
  const isMarkup = /<[a-z!/][^<>]*>|&(?:#\d|#x[\da-f]|[a-z]{2,31};)/i.test(title);
  return (isMarkup ? htmlText(title) : title).replace(/\s+/g, ' ').trim() || undefined;
}

function dateOf(element: Element, ...names: readonly string[]): string | undefined {
  for (const found of children(element, ...names)) {
    const date = feedDate(textOf(found));
    if (date) return date;
  }
  return undefined;
}
