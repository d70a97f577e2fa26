/** What a page says of itself: JSON-LD, meta elements, its headings, its time elements, its address. */
import { cleanUrl } from './addresses.ts';
import { isoDay } from './dates.ts';
import { feedDate } from './feed-dates.ts';
import type { Stated } from './front-matter.ts';
import type { PageHints } from './page-blocks.ts';
import { parseMarkup } from './parse.ts';

export interface PageMeta {
  readonly stated: Stated;
  readonly hints: PageHints;
  /** `lang` of the page, two letters. */
  readonly language?: string;
  /** Says of itself that the text is not free to read. */
  readonly isPaywalled: boolean;
  /** Feeds that the page announces. */
  readonly feeds: readonly string[];
}

interface Raw {
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

/** Reads the page's own statements. Never throws; what cannot be read is absent. */
export function readMeta(html: string, url?: string): PageMeta {
  const raw = collect(html);
  const articles = raw.linked.flatMap((value) => articlesIn(value));
  const article =
    articles.find((one) => typeof one.headline === 'string' && typeof one.datePublished === 'string') ??
    articles[0] ??
    {};
  const outlet = firstText(
    nameOf(article.publisher),
    meta(raw, 'og:site_name'),
    meta(raw, 'application-name'),
    meta(raw, 'publisher'),
  );
  const title = chooseTitle(raw, article, outlet, url);
  const date = chooseDate(raw, articles, url);
  const byline = chooseByline(raw, article);
  const address = cleanUrl(absolute(raw.canonical ?? meta(raw, 'og:url') ?? '', url) ?? url ?? '');
  const body = firstText(
    ...articles.map(({ articleBody }) => (typeof articleBody === 'string' ? articleBody : undefined)),
  );
  const description = firstText(
    meta(raw, 'og:description'),
    meta(raw, 'description'),
    textOfValue(article.description),
  );
  const language = raw.language?.slice(0, 2).toLowerCase();
  const stated: Stated = {
    ...(title && { title }),
    ...(date && { date }),
    ...(byline && { byline }),
    ...(outlet && { outlet: outlet.slice(0, 100) }),
    ...(address && { url: address }),
  };
  return {
    stated,
    hints: { ...(title && { title }), ...(description && { description }), ...(body && body.length > 200 && { body }) },
    ...(language && /^[a-z]{2}$/.test(language) && { language }),
    isPaywalled:
      articles.some(({ isAccessibleForFree: free }) => free === false || /^false$/i.test(String(free))) ||
      /^(?:locked|metered|paid)$/i.test(meta(raw, 'article:content_tier') ?? ''),
    feeds: raw.feeds.flatMap((address) => absolute(address, url) ?? []),
  };
}

// ---------------------------------------------------------------- collecting

const publishedMark = /publish|pubdate|created|posted|entry-date|post-?date|article-?date|dateline/i;

function collect(html: string): Raw {
  const raw: Raw = {
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
  parseMarkup(
    html,
    {
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
    { decodeEntities: true },
  );
  return raw;
}

const loneDate =
  /^(?:(?:first |originally )?(?:published|posted|created|date)?(?: on)?[:\s]*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?(?:\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+\p{L}{3,9}\.?,?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?:[\s,|·@-]*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?)?[\s|·.,-]*$/iu;

function addLoneDate(raw: Raw, text: string): void {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words.length >= 8 && words.length <= 70 && loneDate.test(words)) raw.loneDates.push(words);
}

function addMeta(
  raw: Raw,
  { name, property, itemprop, content, 'http-equiv': http }: Readonly<Record<string, string>>,
): void {
  const key = (property ?? name ?? itemprop ?? http)?.trim().toLowerCase();
  const value = content?.replace(/\s+/g, ' ').trim();
  if (!key || !value || raw.metas.size > 1000) return;
  const list = raw.metas.get(key) ?? [];
  if (list.length < 20) list.push(value);
  raw.metas.set(key, list);
}

function addLink(raw: Raw, { rel = '', href, type = '' }: Readonly<Record<string, string>>): void {
  if (!href) return;
  const kinds = rel.toLowerCase().split(/\s+/);
  if (kinds.includes('canonical')) raw.canonical ??= href;
  if (kinds.includes('alternate') && /(?:rss|atom|feed)\+?(?:xml|json)/i.test(type) && raw.feeds.length < 20)
    raw.feeds.push(href);
}

function addJson(raw: Raw, text: string): void {
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

// ---------------------------------------------------------------- JSON-LD

type Linked = Readonly<Record<string, unknown>>;

const articleTypes =
  /(?:^|\/)(?:.*Article|.*NewsArticle|BlogPosting|LiveBlogPosting|Report|ReportageNewsArticle|OpinionNewsArticle|AnalysisNewsArticle|ReviewNewsArticle|Review|WebPage|SocialMediaPosting)$/;

/** Articles anywhere in a JSON-LD value; whole articles before mere pages. */
function articlesIn(value: unknown): readonly Linked[] {
  const found: Linked[] = [];
  let looked = 0;
  const visit = (node: unknown, depth: number): void => {
    looked += 1;
    if (depth > 8 || looked > 5000 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item, depth + 1);
      return;
    }
    const linked = node as Linked;
    const types = [linked['@type']].flat().map(String);
    if (types.some((type) => articleTypes.test(type))) found.push(linked);
    for (const name of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement'])
      if (name in linked && !(name === 'itemListElement' && found.length > 0)) visit(linked[name], depth + 1);
  };
  visit(value, 0);
  const isPage = (one: Linked) => [one['@type']].flat().every((type) => /WebPage$/.test(String(type)));
  return [...found.filter((one) => !isPage(one)), ...found.filter(isPage)];
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return /^https?:/.test(value) ? undefined : value.trim() || undefined;
  if (Array.isArray(value)) return value.map(nameOf).filter(Boolean).join(', ') || undefined;
  if (typeof value === 'object' && value !== null && 'name' in value) return nameOf(value.name);
  return undefined;
}

const textOfValue = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

// ---------------------------------------------------------------- choosing

const meta = (raw: Raw, name: string): string | undefined => raw.metas.get(name)?.[0];

const firstText = (...values: readonly (string | undefined)[]): string | undefined =>
  values.find((value) => value !== undefined && value.trim() !== '')?.trim();

/**
 * The page gives its title up to five times, and seldom the same. What most of them agree on wins; the order below
 * settles the rest (weights by agreement with hand-made titles of 51 pages, 2026-11).
 */
function chooseTitle(
  raw: Raw,
  article: Linked,
  outlet: string | undefined,
  url: string | undefined,
): string | undefined {
  const host = URL.parse(url ?? '')?.hostname.replace(/^www\./, '');
  const names = [
    outlet,
    meta(raw, 'og:site_name'),
    meta(raw, 'twitter:site')?.replace('@', ''),
    host,
    host?.split('.')[0],
  ];
  const headings = raw.headings.map((text) => foldTitle(text));
  const known = names.filter((name) => name !== undefined && name.length > 2).map((name) => foldTitle(name as string));
  const clean = (text: string | undefined) =>
    text === undefined ? undefined : withoutSite(unescaped(text).replace(/\s+/g, ' ').trim(), known, headings);
  const [shared, headline, heading] = [meta(raw, 'og:title'), textOfValue(article.headline), headingOf(raw)].map(clean);
  const candidates = [
    // Said in other words than the page's own it is a tease for social media; else it is the title as editors cut it.
    { text: shared, weight: isLike(shared, headline ?? heading) ? 2.5 : 1.5 },
    { text: headline, weight: 0.98 },
    { text: heading, weight: 0.5 },
    { text: clean(raw.title), weight: 0.7 },
    { text: clean(meta(raw, 'twitter:title')), weight: 0.1 },
    { text: clean(meta(raw, 'title') ?? meta(raw, 'dc.title') ?? meta(raw, 'parsely-title')), weight: 0.1 },
  ].filter(
    (one): one is { text: string; weight: number } =>
      one.text !== undefined && one.text !== '' && !known.includes(foldTitle(one.text)),
  );
  // "National - Strait closed" stands for "Strait closed" when two others say so.
  const stands = (other: string, text: string) =>
    other === text ||
    (text.length >= 25 &&
      (other.startsWith(text) || other.endsWith(text)) &&
      candidates.filter((one) => foldTitle(one.text) === text).length >= 2);
  const votes = (text: string) =>
    candidates.reduce((sum, other) => sum + (stands(foldTitle(other.text), foldTitle(text)) ? other.weight : 0), 0);
  const [best] = candidates.map(({ text }) => ({ text, votes: votes(text) })).sort((x, y) => y.votes - x.votes);
  return (best?.text ?? raw.headings[0])?.slice(0, 500);
}

function isLike(one: string | undefined, other: string | undefined): boolean {
  const [mine, theirs] = [one, other].map((text) => new Set(foldTitle(text ?? '').split(' ')));
  const common = mine && theirs ? [...mine].filter((word) => theirs.has(word)).length : 0;
  return common >= Math.min(mine?.size ?? 0, theirs?.size ?? 0) * 0.5;
}

/** The first heading of four words or more: a shorter one is the name of the site or of a section. */
const headingOf = (raw: Raw): string | undefined => raw.headings.find((text) => text.split(' ').length >= 4);

const foldTitle = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** "Strait closed | Harbor Post" → "Strait closed": a last part that names the site, or a short one behind a bar, or whatever follows the heading. */
function withoutSite(title: string, names: readonly string[], headings: readonly string[]): string {
  const match = /^(.{4,}?)\s+(?:[|•·»]|[-–—]{1,2}|:)\s+([^|•·»]{2,60})$/.exec(title);
  if (!match) return title;
  const [, head = '', tail = ''] = match;
  const folded = foldTitle(tail);
  const isName = names.some(
    (name) =>
      folded === name ||
      folded.replaceAll(' ', '') === name.replaceAll(' ', '') ||
      (name.length > 5 && folded.includes(name)),
  );
  const isAside = /\s[|•·»]\s[^|•·»]*$/.test(title) && tail.length < head.length / 2;
  const isHeading = headings.includes(foldTitle(head));
  return isName || isAside || isHeading ? withoutSite(head.trim(), names, headings) : title;
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|quot|apos|lt|gt|nbsp));/gi,
    (whole, decimal: string, hex: string, name: string) => {
      if (name) return { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' }[name.toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const publishedNames = [
  'article:published_time',
  'og:published_time',
  'og:article:published_time',
  'datepublished',
  'article.published',
  'published_time',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'parsely-pub-date',
  'sailthru.date',
  'cxenseparse:recs:publishtime',
  'dc.date.issued',
  'dcterms.date',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.date',
  'article_date_original',
  'date',
  'article:post_date',
  'originalpublicationdate',
  'displaydate',
  'displaydateutc',
  'dcsext.articlefirstpublished',
  'article.created',
  'citation_publication_date',
  'citation_date',
  'rnews:datepublished',
  'iso-8601-publish-date',
  'bt:pubdate',
  'ptime',
  'timestamp',
  'release_date',
  'created',
  'article:date',
  'shareaholic:article_published_time',
  'vr:published_time',
  'eomportal-lastupdate',
];
const changedNames = [
  'article:modified_time',
  'og:updated_time',
  'lastmod',
  'last-modified',
  'datemodified',
  'dc.date.modified',
  'dcterms.modified',
  'revision_date',
  'updated_time',
];

function chooseDate(raw: Raw, articles: readonly Linked[], url: string | undefined): string | undefined {
  const candidates = [
    ...articles.map(({ datePublished }) => textOfValue(datePublished)),
    ...publishedNames.map((name) => meta(raw, name)),
    ...articles.map(({ dateCreated }) => textOfValue(dateCreated)),
    ...raw.times.filter(({ isPublished }) => isPublished).map(({ value }) => value),
  ];
  for (const candidate of candidates) {
    const date = candidate && pageDate(candidate);
    if (date) return date;
  }
  const inAddress = addressDate(url ?? raw.canonical ?? meta(raw, 'og:url') ?? '');
  if (inAddress) return inAddress;
  const later = [
    ...raw.loneDates,
    ...raw.times.slice(0, 3).map(({ value }) => value),
    ...changedNames.map((name) => meta(raw, name)),
    ...articles.map(({ dateModified }) => textOfValue(dateModified)),
  ];
  for (const candidate of later) {
    const date = candidate && pageDate(candidate);
    if (date) return date;
  }
  return undefined;
}

/** As it was written when that is ISO 8601 (its zone tells the day readers saw), else in UTC. */
function pageDate(value: string): string | undefined {
  const text = value
    .replace(
      /^(?:first |originally )?(?:published|posted|updated|last updated|created|date)(?: (?:on|at))?\s*:?\s*/i,
      '',
    )
    .trim();
  if (!/\d{4}/.test(text)) return undefined;
  const date =
    feedDate(text) ??
    feedDate(text.replace(/^.*?(?=\b(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/i, ''));
  if (!date) return undefined;
  if (/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return text;
  return /\d:\d\d/.test(text) ? date : date.slice(0, 10);
}

function addressDate(url: string): string | undefined {
  const numbers = /[/=_-](20[0-3]\d|19[89]\d)(?:([/_-])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?=[/_.?-]|$)/.exec(url);
  if (numbers) {
    const [, year, , month, day, shortMonth, shortDay] = numbers;
    return isoDay(Number(year), Number(month ?? shortMonth), Number(day ?? shortDay));
  }
  const named = /\/(20[0-3]\d|19[89]\d)\/([a-z]{3,9})\/(\d{1,2})(?=\/)/i.exec(url);
  return named ? feedDate(`${named[3]} ${named[2]} ${named[1]}`)?.slice(0, 10) : undefined;
}

function chooseByline(raw: Raw, article: Linked): string | undefined {
  const metas = [
    ...(raw.metas.get('author') ?? []),
    ...(raw.metas.get('article:author') ?? []),
    ...(raw.metas.get('parsely-author') ?? []),
    ...(raw.metas.get('byl') ?? []),
    ...(raw.metas.get('dc.creator') ?? []),
  ];
  const given = firstText(
    nameOf(article.author),
    metas.find((value) => !/^https?:|@|^\d/.test(value)),
    nameOf(article.creator),
    raw.bylines.find((value) => value.length < 120),
  );
  const name = given
    ?.replace(/^(?:by|from|written by)\b:?\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  return name && name.length <= 300 ? unescaped(name) : undefined;
}

function absolute(address: string, base: string | undefined): string | undefined {
  return address === '' ? undefined : (URL.parse(address, base)?.href ?? undefined);
}
