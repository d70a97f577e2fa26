/** RSS, Atom, RDF, CDF and JSON feeds, and OPML lists, to one shape. Nothing after this knows which it was. */
import { gunzipSync } from 'node:zlib';
import { decodeLeniently } from '../text/text.ts';
import { readAtom } from './atom.ts';
import { type FeedContext, type FeedDocument, type ListedFeed, mostEntries, someText, textIn } from './feed.ts';
import { readJsonFeed } from './json-feed.ts';
import { readRss } from './rss.ts';
import { child, type Element, parseXml, resolved } from './xml.ts';

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
