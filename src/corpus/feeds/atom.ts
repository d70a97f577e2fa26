/** Atom 0.3 and 1.0. */
import { atomMarkup, dateOf, type Feed, type FeedEntry, lineIn, mostEntries, someText, textIn } from './feed.ts';
import { child, children, type Element, resolved } from './xml.ts';

/** Atom without its namespace is Atom all the same. */
const both = (name: string): readonly string[] => [`atom:${name}`, name];
const atomChild = (element: Element, ...names: string[]) => child(element, ...names.flatMap(both));

export function readAtom(root: Element, base: string | undefined): Feed {
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
export function atomLink(links: readonly Element[], base: string | undefined): string | undefined {
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

export function atomAuthor(entry: Element): string | undefined {
  const author = atomChild(entry, 'author');
  if (!author) return textIn(child(entry, 'dc:creator'));
  const name = textIn(atomChild(author, 'name'));
  const email = textIn(atomChild(author, 'email'));
  return name && email ? `${name} (${email})` : (name ?? email ?? textIn(author));
}
