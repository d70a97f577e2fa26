/** What a page states about itself, collected in one pass and not yet judged. */
import type { Handler } from 'htmlparser2';
import { parseMarkup } from '../text/parse.ts';

export interface Statements {
  readonly metas: Map<string, string[]>;
  readonly linked: unknown[];
  readonly times: { readonly value: string; readonly isPublished: boolean; readonly inside: string }[];
  readonly headings: string[];
  /** Pieces of text that are a date and nothing else, in reading order. */
  readonly loneDates: string[];
  readonly feeds: string[];
  title: string;
  canonical?: string;
  language?: string;
  bylines: string[];
}

const publishedMark = /publish|pubdate|created|posted|entry-date|post-?date|article-?date|dateline/i;

/** Collects from a page. Never throws; sizes are bounded. */
export function collectStatements(html: string): Statements {
  const { handler, statements } = statementCollector();
  parseMarkup(html, handler, { decodeEntities: true });
  return statements;
}

/** Fills `statements` while a page is parsed with `handler`. */
export function statementCollector(): { readonly handler: Partial<Handler>; readonly statements: Statements } {
  const raw: Statements = {
    metas: new Map(),
    linked: [],
    times: [],
    headings: [],
    loneDates: [],
    feeds: [],
    title: '',
    bylines: [],
  };
  let holding: 'title' | 'json' | 'h1' | 'time' | 'byline' | undefined;
  let holder = '';
  let text = '';
  let mark = '';
  let nested = 0;
  let inSvg = 0;
  const hold = (what: typeof holding, name: string) => {
    [holding, holder, text, nested] = [what, name, '', 0];
  };
  return {
    statements: raw,
    handler: {
      onopentag(name, attributes) {
        if (name === 'svg') inSvg += 1;
        if (holding !== undefined && name === holder) nested += 1;
        if (name === 'meta') addMeta(raw, attributes);
        else if (name === 'link') addLink(raw, attributes);
        else if (name === 'html' && attributes.lang) raw.language = attributes.lang;
        const marks = `${attributes.class ?? ''} ${attributes.itemprop ?? ''} ${attributes.id ?? ''}`;
        const given =
          attributes.datetime ??
          (/datePublished|dateCreated/.test(attributes.itemprop ?? '') ? attributes.content : undefined);
        if (given && raw.times.length < 200)
          raw.times.push({
            value: given,
            isPublished: publishedMark.test(marks) || attributes.pubdate !== undefined,
            inside: marks,
          });
        if (holding !== undefined) return;
        if (name === 'title' && inSvg === 0 && raw.title === '') hold('title', name);
        else if (name === 'script' && /ld\+json/i.test(attributes.type ?? '')) hold('json', name);
        else if (name === 'h1') hold('h1', name);
        else if (
          name === 'time' ||
          (/^(?:span|div|p|abbr|small|li)$/.test(name) && publishedMark.test(marks) && raw.times.length < 200)
        ) {
          mark = marks;
          hold('time', name);
        } else if (
          /^(?:a|span|div|p|address)$/.test(name) &&
          (attributes.rel === 'author' || /(?:^|[\s_-])(?:byline|author)(?:[\s_-]?name)?(?:\s|$)/i.test(marks)) &&
          raw.bylines.length < 20
        ) {
          hold('byline', name);
        }
      },
      ontext(words) {
        if (raw.loneDates.length < 5 && words.length < 120) addLoneDate(raw, words);
        if (holding !== undefined && text.length < (holding === 'json' ? 3_000_000 : 1000)) text += words;
      },
      onclosetag(name) {
        if (name === 'svg' && inSvg > 0) inSvg -= 1;
        if (holding === undefined || name !== holder) return;
        if (nested > 0) {
          nested -= 1;
          return;
        }
        const words = text.replace(/\s+/g, ' ').trim();
        if (holding === 'title') raw.title = words;
        else if (holding === 'json') addJson(raw, text);
        else if (holding === 'h1' && words !== '') raw.headings.push(words);
        else if (holding === 'byline' && words !== '') raw.bylines.push(words);
        else if (holding === 'time' && words !== '' && words.length < 100)
          raw.times.push({ value: words, isPublished: publishedMark.test(mark), inside: mark });
        holding = undefined;
      },
    },
  };
}

const loneDate =
  /^(?:(?:first |originally )?(?:published|posted|created|date)?(?: on)?[:\s]*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?(?:\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+\p{L}{3,9}\.?,?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?:[\s,|·@-]*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?)?[\s|·.,-]*$/iu;

function addLoneDate(raw: Statements, text: string): void {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words.length >= 8 && words.length <= 70 && loneDate.test(words)) raw.loneDates.push(words);
}

function addMeta(
  raw: Statements,
  { name, property, itemprop, content, 'http-equiv': http }: Readonly<Record<string, string>>,
): void {
  const key = (property ?? name ?? itemprop ?? http)?.trim().toLowerCase();
  const value = content?.replace(/\s+/g, ' ').trim();
  if (!key || !value || raw.metas.size > 1000) return;
  const list = raw.metas.get(key) ?? [];
  if (list.length < 20) list.push(value);
  raw.metas.set(key, list);
}

function addLink(raw: Statements, { rel = '', href, type = '' }: Readonly<Record<string, string>>): void {
  if (!href) return;
  const kinds = rel.toLowerCase().split(/\s+/);
  if (kinds.includes('canonical')) raw.canonical ??= href;
  if (kinds.includes('alternate') && /(?:rss|atom|feed)\+?(?:xml|json)/i.test(type) && raw.feeds.length < 20)
    raw.feeds.push(href);
}

function addJson(raw: Statements, text: string): void {
  if (raw.linked.length >= 30) return;
  const source = text
    .trim()
    .replace(/^<!\[CDATA\[|\]\]>$/g, '')
    .replace(/^<!--|-->$/g, '')
    .replace(/;\s*$/, '');
  try {
    raw.linked.push(JSON.parse(source));
  } catch {
    try {
      // Line breaks inside strings are the usual damage.
      raw.linked.push(JSON.parse(source.replace(/[\n\r\t]+/g, ' ').replace(/,\s*([}\]])/g, '$1')));
    } catch {
      return; // Not JSON at all: the page says less.
    }
  }
}

/** The first value of a meta element. */
export const meta = (raw: Statements, name: string): string | undefined => raw.metas.get(name)?.[0];

/** The first that says something. */
export const firstText = (...values: readonly (string | undefined)[]): string | undefined =>
  values.find((value) => value !== undefined && value.trim() !== '')?.trim();
