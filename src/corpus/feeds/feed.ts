/** What every feed becomes, and the few things that all of them share. */
import { decodeHTML } from 'entities';
import { feedDate } from '../text/feed-dates.ts';
import { htmlText } from '../text/markup.ts';
import { children, type Element, innerMarkup, textOf } from './xml.ts';

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
export const mostEntries = 5000;

/** Who wrote it, for people: "ana@example.org (Ana Ruiz)" and "Ana Ruiz (ana@example.org)" are Ana Ruiz. */
export function bylineOf(author: string | undefined): string | undefined {
  const name = author?.replace(/\s*[(<]?[^\s()<>]+@[^\s()<>]+[)>]?\s*/g, ' ').trim();
  return name?.replace(/^\((.*)\)$/, '$1') || undefined;
}

/** The property when there is something to say. */
export const someText = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { readonly [P in K]?: string };

export const textIn = (element: Element | undefined): string | undefined =>
  (element && textOf(element).trim()) || undefined;

const holdsElements = (element: Element): boolean => element.children.some((node) => typeof node !== 'string');

/** Markup as it stands in the document, or escaped in its text: both are markup to the reader. */
export function markupIn(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const markup = holdsElements(element) ? innerMarkup(element) : textOf(element);
  return markup.replace(windowsReference, (reference) => decodeHTML(reference)).trim() || undefined;
}

/** `&#146;` means the apostrophe that Windows has there; every browser reads it so. */
const windowsReference = /&#1[2-5]\d;/g;

/** One line of markup. */
export const lineIn = (element: Element | undefined): string | undefined =>
  atomMarkup(element)?.replace(/\s+/g, ' ').trim() || undefined;

/** A title for people: markup and doubly escaped entities taken out. */
export function plainTitle(title: string | undefined): string | undefined {
  if (title === undefined) return undefined;
  const isMarkup = /<[a-z!/][^<>]*>|&(?:#\d|#x[\da-f]|[a-z]{2,31};)/i.test(title);
  return (isMarkup ? htmlText(title) : title).replace(/\s+/g, ' ').trim() || undefined;
}

export function dateOf(element: Element, ...names: readonly string[]): string | undefined {
  for (const found of children(element, ...names)) {
    const date = feedDate(textOf(found));
    if (date) return date;
  }
  return undefined;
}

/** Atom says how its text is packed: as markup, as escaped markup, or in base64. */
export function atomMarkup(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const { type = 'text', mode } = element.attributes;
  const packed = mode === 'base64' || /^(?:application\/octet-stream|image\/)/i.test(type);
  if (packed && !element.children.some((node) => typeof node !== 'string')) {
    const text = Buffer.from(textOf(element).replace(/\s+/g, ''), 'base64').toString('utf8');
    return text.includes('\ufffd') ? undefined : text;
  }
  return markupIn(element);
}
