/** Articles in the JSON-LD of a page. */

export type Linked = Readonly<Record<string, unknown>>;

const articleTypes =
  /(?:^|\/)(?:.*Article|.*NewsArticle|BlogPosting|LiveBlogPosting|Report|ReportageNewsArticle|OpinionNewsArticle|AnalysisNewsArticle|ReviewNewsArticle|Review|WebPage|SocialMediaPosting)$/;

/** Articles anywhere in a JSON-LD value; whole articles before mere pages. */
export function articlesIn(value: unknown): readonly Linked[] {
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

export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return /^https?:/.test(value) ? undefined : value.trim() || undefined;
  if (Array.isArray(value)) return value.map(nameOf).filter(Boolean).join(', ') || undefined;
  if (typeof value === 'object' && value !== null && 'name' in value) return nameOf(value.name);
  return undefined;
}

export const textOfValue = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
