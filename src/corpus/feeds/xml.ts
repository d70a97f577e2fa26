/**
 * XML as feeds really are, to a small tree. The tokenizer (htmlparser2) knows no DTD: entities that a document defines
 * are left as they stand, so an entity bomb is a few bytes of text. Size and depth are bounded.
 */
import { decodeHTMLStrict } from 'entities';
import { parseMarkup } from '../text/parse.ts';

export interface Element {
  /** Lower case, without prefix. */
  readonly local: string;
  /** Namespace as a short name: `''` for a feed's own vocabularies, see `namespaces`; the address where it is another. */
  readonly space: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
  /** `xml:base` in force here, joined with those around it. */
  readonly base: string | undefined;
}

/** Namespaces by what their address contains: versions and spellings differ, meanings do not. */
const namespaces: readonly (readonly [part: string, name: string])[] = [
  ['www.w3.org/2005/atom', 'atom'],
  ['purl.org/atom/', 'atom'],
  ['purl.org/echo/', 'atom'],
  ['example.com/newformat', 'atom'],
  ['necho', 'atom'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/dc/', 'dc'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['search.yahoo.com/mrss', 'media'],
  ['itunes.com/dtds', 'itunes'],
  ['www.w3.org/1999/xhtml', 'xhtml'],
  ['www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['purl.org/rss/1.0/modules/', 'module'],
  ['purl.org/rss/1.0', ''],
  ['purl.org/net/rss', ''],
  ['purl.org/net/rss1.1', ''],
  ['my.netscape.com/rdf', ''],
  ['channel.netscape.com/rdf', ''],
  ['my.netscape.com/publish', ''],
  ['backend.userland.com', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['cyber.law.harvard.edu/rss', ''],
];
/** For documents that use a prefix and forget to declare it. */
const usualPrefixes: Readonly<Record<string, string>> = {
  atom: 'atom',
  atom10: 'atom',
  atom03: 'atom',
  a10: 'atom',
  dc: 'dc',
  dcterms: 'dcterms',
  content: 'content',
  media: 'media',
  itunes: 'itunes',
  xhtml: 'xhtml',
  rdf: 'rdf',
  rss: '',
  rss10: '',
};

const deepest = 200;
/** Five thousand entries (`mostEntries`) of thirty nodes each: some 60 MB while the tree stands. */
const mostNodes = 150_000;

type Growing = Element & { readonly children: (Element | string)[]; readonly scope: Readonly<Record<string, string>> };

/** Parses a document, well formed or not, into a root that holds its top elements. */
export function parseXml(source: string): Element {
  const root: Growing = { local: '', space: '', attributes: {}, children: [], base: undefined, scope: {} };
  const open: Growing[] = [root];
  let nodes = 0;
  let tooDeep = 0;
  let isCdata = false;
  parseMarkup(
    source,
    {
      onopentag(name, attributes) {
        nodes += 1;
        if (open.length > deepest || nodes > mostNodes) {
          tooDeep += 1;
          return;
        }
        const parent = open.at(-1) as Growing;
        const element = opened(name, attributes, parent);
        parent.children.push(element);
        open.push(element);
      },
      ontext(text) {
        nodes += 1;
        if (nodes <= mostNodes && tooDeep === 0)
          (open.at(-1) as Growing).children.push(isCdata ? text : decodeHTMLStrict(text));
      },
      onclosetag() {
        if (tooDeep > 0) tooDeep -= 1;
        else if (open.length > 1) open.pop();
      },
      oncdatastart() {
        isCdata = true;
      },
      oncdataend() {
        isCdata = false;
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  return root;
}

function opened(name: string, raw: Readonly<Record<string, string>>, parent: Growing): Growing {
  const attributes: Record<string, string> = Object.create(null);
  let scope = parent.scope;
  for (const [key, value] of Object.entries(raw)) {
    attributes[key] = decodeHTMLStrict(value);
    if (key === 'xmlns' || key.startsWith('xmlns:')) scope = { ...scope, [key.slice(6)]: attributes[key] };
  }
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const own = attributes['xml:base'];
  return {
    local: name.slice(colon + 1),
    space: spaceOf(prefix, scope[prefix]),
    attributes,
    children: [],
    base: own === undefined ? parent.base : (resolved(own, parent.base) ?? parent.base),
    scope,
  };
}

function spaceOf(prefix: string, address: string | undefined): string {
  if (address === undefined) return prefix === '' ? '' : (usualPrefixes[prefix] ?? prefix);
  const folded = address.trim().toLowerCase();
  return (
    namespaces.find(([part]) => folded.includes(part))?.[1] ?? (usualPrefixes[prefix] || (prefix === '' ? '' : folded))
  );
}

/** An address joined with the base in force; undefined when that makes none. */
export function resolved(address: string, base: string | undefined): string | undefined {
  const trimmed = address.trim();
  return (URL.parse(trimmed, base || undefined) ?? undefined)?.href ?? (base ? undefined : trimmed);
}

/** The first child with one of these names, in order of preference: `title`, `dc:title`. */
export function child(element: Element, ...names: readonly string[]): Element | undefined {
  return children(element, ...names)[0];
}

/** Children with these names, those of the first name before those of the second. */
export function children(element: Element, ...names: readonly string[]): readonly Element[] {
  return names.flatMap((name) => {
    const colon = name.indexOf(':');
    const space = colon < 0 ? '' : name.slice(0, colon);
    const local = name.slice(colon + 1);
    return element.children.filter(
      (node): node is Element => typeof node !== 'string' && node.local === local && node.space === space,
    );
  });
}

/** All text inside an element, tags left out. */
export function textOf(element: Element): string {
  return element.children.map((node) => (typeof node === 'string' ? node : textOf(node))).join('');
}

/** What stands inside an element, as markup. */
export function innerMarkup(element: Element): string {
  return element.children.map((node) => (typeof node === 'string' ? escapeText(node) : outerMarkup(node))).join('');
}

function outerMarkup({ local, attributes, children }: Element): string {
  const own = Object.entries(attributes).filter(([name]) => !name.startsWith('xml'));
  const written = own.map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`).join('');
  return children.length === 0
    ? `<${local}${written}></${local}>`
    : `<${local}${written}>${children.map((node) => (typeof node === 'string' ? escapeText(node) : outerMarkup(node))).join('')}</${local}>`;
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
