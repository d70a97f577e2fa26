/** What a page says of itself, judged: title, date, byline, outlet, address. */

import type { Stated } from '../text/front-matter.ts';
import { cleanUrl } from '../web/addresses.ts';
import type { PageHints } from './blocks.ts';
import { chooseDate } from './date.ts';
import { articlesIn, type Linked, nameOf, textOfValue } from './json-ld.ts';
import { collectStatements, firstText, meta, type Statements } from './statements.ts';
import { chooseTitle, unescaped } from './title.ts';

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

/** Reads the page's own statements. Never throws; what cannot be read is absent. */
export const readMeta = (html: string, url?: string): PageMeta => judgeStatements(collectStatements(html), url);

/** Chooses among what a page states. */
export function judgeStatements(raw: Statements, url?: string): PageMeta {
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

function chooseByline(raw: Statements, article: Linked): string | undefined {
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
