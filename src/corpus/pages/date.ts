/** When a page was published. */
import { isoDay } from '../text/dates.ts';
import { feedDate } from '../text/feed-dates.ts';
import { type Linked, textOfValue } from './json-ld.ts';
import { meta, type Statements } from './statements.ts';

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

/**
 * The date as the page gives it: JSON-LD, meta elements, marked elements, its address; then a lone date in the text; then
 * when it was changed. ISO 8601 stays as it was written, because its zone tells the day that readers saw.
 */
export function chooseDate(raw: Statements, articles: readonly Linked[], url: string | undefined): string | undefined {
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
