/** Which of a page's titles is its headline. */
import { stopWords } from '../../analysis/lexicon/stop-words.ts';
import { type Linked, textOfValue } from './json-ld.ts';
import { meta, type Statements } from './statements.ts';

/**
 * The page gives its title up to six times, and seldom the same. What most of them agree on wins; the order below
 * settles the rest (weights by agreement with hand-made titles of 51 pages, 2026-11).
 */
export function chooseTitle(
  raw: Statements,
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
    // With words of its own it is a tease for social media; else it is the page's title as editors cut it.
    { text: shared, weight: isCutOf(shared, headline ?? heading) ? 2.7 : 1.5 },
    { text: headline, weight: 1.6 },
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

/** Does one title say nothing that the other does not, in the same order: "Strait closed" of "Strait closed to tankers"? */
function isCutOf(one: string | undefined, other: string | undefined): boolean {
  const telling = (title = '') =>
    foldTitle(title)
      .split(' ')
      .filter((word) => !stopWords.has(word));
  const whole = telling(other);
  let at = 0;
  return telling(one).every((word) => {
    at = whole.indexOf(word, at) + 1;
    return at > 0;
  });
}

/** The first heading of four words or more: a shorter one is the name of the site or of a section. */
const headingOf = (raw: Statements): string | undefined => raw.headings.find((text) => text.split(' ').length >= 4);

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

export function unescaped(text: string): string {
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
