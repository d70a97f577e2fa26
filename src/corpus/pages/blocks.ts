/**
 * A web page as a list of text blocks, each with what its place and its words say about it. One pass over the markup,
 * no tree to walk: time and memory grow with the size of the page, whatever its nesting.
 */
import type { Handler } from 'htmlparser2';
import { furniture } from '../text/masks.ts';
import { parseMarkup } from '../text/parse.ts';
import { isHidden } from './hidden.ts';

/** An element that holds blocks. Sums are over all text below it. */
interface Place {
  readonly tag: string;
  readonly parent: Place | undefined;
  readonly depth: number;
  /** Groups of `nameGroups` that its class, id and role hit. */
  readonly names: number;
  /** Which of `around` it is or stands in, a bit each. */
  readonly within: number;
  readonly hidden: boolean;
  /** Says outright that what it holds is no part of the article. */
  readonly apart: Apart | undefined;
  chars: number;
  linkChars: number;
  /** Characters in blocks that read like sentences. */
  prose: number;
  blocks: number;
}

export interface PageBlock {
  readonly text: string;
  readonly tag: string;
  readonly place: Place;
  readonly linkChars: number;
  readonly strongChars: number;
}

export interface PageBlocks {
  readonly blocks: readonly PageBlock[];
  readonly root: Place;
}

const silent = new Set(
  'script style template noscript noframes svg math select textarea option object title head button'.split(' '),
);
/** Elements kept as places: the others pass through to the one around them. */
const inline = new Set(
  'td th a b i em strong span u s q cite small sub sup time abbr mark font code br wbr img input label ins del bdi bdo data kbd var samp tt big'.split(
    ' ',
  ),
);

/** Elements without an end. */
const empty = new Set(['br', 'wbr', 'img', 'input']);

/** What a class, id or role says. The order is the order of the features. */
const nameGroups: readonly RegExp[] = [
  /article-?_?(?:body|content|text)|story-?_?(?:body|content|text)|post-?_?(?:body|content|text)|entry-?_?content|body-?_?(?:text|copy|content)|articlebody|main-?content|rich-?text|content-?body|page-content|field-name-body/,
  /article|story|post|entry/,
  /content|main|body|text/,
  /comment|disqus|reply|replies|discussion/,
  /share|social|follow|twitter|facebook/,
  /related|recommend|more-|read-more|also|popular|trending|most-|latest|teaser|promo|outbrain|taboola|carousel|upnext|next-/,
  /sidebar|side-|rail|aside|complementary|secondary|widget/,
  /foot|copyright|legal|disclaimer|licens/,
  /nav|menu|breadcrumb|pagination|pager|toolbar|banner|masthead|header/,
  /newsletter|subscri|signup|sign-up|paywall|register|login|donate|membership/,
  /(?:^|[\s_-])ads?(?:[\s_-]|$)|advert|sponsor|dfp|gpt/,
  /caption|credit|figure|image|photo|media|gallery|video|slideshow/,
  /byline|author|writer|bio|contributor|profile/,
  /date|time|publish|updated|meta|dateline/,
  /tag|topic|categor|keyword|label/,
  /title|headline|heading|kicker|eyebrow/,
  /summary|standfirst|deck|dek|lead|lede|intro|subtitle|excerpt|subhead/,
  /quote|pull/,
  /info-?box|factbox|sidebox|inset|embed|interactive|module/,
  /cookie|consent|gdpr|modal|popup|overlay|alert/,
  /correction|editor|note|footnote/,
  /para(?:graph)?\b|text-block|textblock/,
];

/** Readers' comments; notices about cookies and consent. */
export type Apart = 'comments' | 'consent';

/** Whole names only: "has-comments" is said of articles too. */
const apartNames: readonly (readonly [Apart, RegExp])[] = [
  [
    'comments',
    /(?:^|\s)(?:comments?|comment-?list|comments?[-_](?:section|area|container|wrapper|thread|list|body|content|text)|disqus_thread)(?:\s|$)/,
  ],
  [
    'consent',
    /(?:^|\s)(?:cookies?|consent|gdpr|cookies?[-_](?:banner|bar|consent|message|notice|notification|policy|wall)|consent[-_](?:banner|message|notice|wall)|gdpr[-_](?:banner|notice|consent)|onetrust-\S*)(?:\s|$)/,
  ],
];

const mostBlocks = 6_000;
const longestBlock = 100_000;

/** Cuts a page into blocks. */
export function pageBlocks(html: string): PageBlocks {
  const { handler, finish } = blockCollector();
  parseMarkup(html, handler, { decodeEntities: true });
  return finish();
}

/** Cuts a page while it is parsed with `handler`; `finish` gives what was cut. */
export function blockCollector(): { readonly handler: Partial<Handler>; finish(): PageBlocks } {
  const known: KnownNames = new Map();
  const root: Place = newPlace('', undefined, namesIn('', known), false);
  const blocks: PageBlock[] = [];
  let place = root;
  const open: { readonly name: string; readonly before: Place }[] = [];
  let muted = 0;
  let links = 0;
  let strong = 0;
  let text = '';
  let linkChars = 0;
  let strongChars = 0;
  let breaks = 0;
  /** An element within a paragraph that is not shown, and how many of its name are open in it. */
  let veil: { readonly name: string; nested: number } | undefined;

  function close(): void {
    const words = text.replace(/[\s\u00a0\u200b]+/g, ' ').trim();
    if (words !== '' && blocks.length < mostBlocks) add(words);
    text = '';
    linkChars = 0;
    strongChars = 0;
    breaks = 0;
  }
  function add(words: string): void {
    const block = { text: words, tag: place.tag, place, linkChars: Math.min(linkChars, words.length), strongChars };
    blocks.push(block);
    const prose = readsLikeProse(block) ? words.length : 0;
    for (let at: Place | undefined = place, up = 0; at && up < 60; at = at.parent, up += 1) {
      at.chars += words.length;
      at.linkChars += block.linkChars;
      at.prose += prose;
      at.blocks += 1;
    }
  }

  return {
    handler: {
      onopentag(name, attributes) {
        if (silent.has(name)) {
          muted += 1;
          return;
        }
        if (veil?.name === name) veil.nested += 1;
        const isVeiled = isHidden(name, attributes);
        if (name === 'a') links += 1;
        else if (name === 'td' || name === 'th') text += ' ';
        else if (name === 'b' || name === 'strong') strong += 1;
        else if (name === 'br') {
          breaks += 1;
          if (breaks >= 2) close();
          else text += ' ';
        }
        if (inline.has(name) && !isBlockInDisguise(name, attributes)) {
          if (isVeiled && !empty.has(name)) veil ??= { name, nested: 0 };
          return;
        }
        close();
        const names = `${attributes.class ?? ''} ${attributes.id ?? ''} ${attributes.role ?? ''} ${attributes.itemprop ?? ''} ${attributes['data-component'] ?? ''} ${attributes['data-testid'] ?? ''}`;
        open.push({ name, before: place });
        if (place.depth < 500) place = newPlace(name, place, namesIn(names, known), isVeiled);
      },
      ontext(words) {
        if (muted > 0 || veil || text.length > longestBlock) return;
        text += words;
        const length = words.trim().length;
        if (length > 0) breaks = 0;
        if (links > 0) linkChars += length;
        if (strong > 0) strongChars += length;
      },
      onclosetag(name) {
        if (silent.has(name)) {
          if (muted > 0) muted -= 1;
          return;
        }
        if (veil?.name === name) {
          if (veil.nested === 0) veil = undefined;
          else veil.nested -= 1;
        }
        if (name === 'a' && links > 0) links -= 1;
        else if ((name === 'b' || name === 'strong') && strong > 0) strong -= 1;
        if (open.at(-1)?.name !== name) return;
        close();
        place = open.pop()?.before ?? root;
      },
    },
    finish() {
      close();
      return { blocks, root };
    },
  };
}

/** `<span class="paragraph">`, `<a class="card">` with blocks inside are not told apart here; a span that says it is a block is. */
const isBlockInDisguise = (name: string, attributes: Readonly<Record<string, string>>): boolean =>
  name === 'span' &&
  /display:\s*block|\bparagraph\b|\bcaption\b|\bcredit\b/i.test(`${attributes.style ?? ''} ${attributes.class ?? ''}`);

/** What the names of an element say. */
interface Names {
  readonly groups: number;
  readonly apart: Apart | undefined;
}

/** The same names stand on many elements of a page. */
type KnownNames = Map<string, Names>;

function namesIn(names: string, known: KnownNames): Names {
  const before = known.get(names);
  if (before) return before;
  const folded = names
    .slice(0, 400)
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase();
  const groups =
    folded.trim() === '' ? 0 : nameGroups.reduce((sum, group, i) => (group.test(folded) ? sum | (1 << i) : sum), 0);
  const apart = groups === 0 ? undefined : apartNames.find(([, shape]) => shape.test(folded))?.[0];
  const read = { groups, apart };
  known.set(names, read);
  return read;
}

function newPlace(tag: string, parent: Place | undefined, { groups, apart }: Names, hidden: boolean): Place {
  return {
    tag,
    parent,
    depth: (parent?.depth ?? 0) + 1,
    names: groups,
    within: (parent?.within ?? 0) | bitOf(tag),
    hidden: hidden || (parent?.hidden ?? false),
    apart: parent?.apart ?? apart,
    chars: 0,
    linkChars: 0,
    prose: 0,
    blocks: 0,
  };
}

/**
 * Blocks that their place says are no part of the article. Where comments are all there is, they are what the page is
 * about; and where most of the page is hidden, a script shows it.
 */
export function standApart({ blocks }: PageBlocks): readonly boolean[] {
  const prose = blocks.filter(readsLikeProse);
  const onlyComments = prose.every(({ place }) => place.apart !== undefined);
  const length = (some: readonly PageBlock[]): number => some.reduce((sum, { text }) => sum + text.length, 0);
  const isMostlyShown = length(prose.filter(({ place }) => place.hidden)) * 2 < length(prose);
  return blocks.map(
    ({ place }) =>
      place.apart === 'consent' || (place.apart === 'comments' && !onlyComments) || (place.hidden && isMostlyShown),
  );
}

const readsLikeProse = ({ text, linkChars }: PageBlock): boolean =>
  text.length >= (/[\u3040-\u9fff\uac00-\ud7a3]/.test(text) ? 25 : 60) &&
  linkChars < text.length * 0.4 &&
  /[.!?,;:。、！？]/.test(text);

/** What is known of the page besides its blocks. */
export interface PageHints {
  readonly title?: string;
  readonly description?: string;
  /** `articleBody` of its JSON-LD. */
  readonly body?: string;
}

const tags = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'li',
  'blockquote',
  'tr',
  'figcaption',
  'div',
  'span',
  'section',
  'article',
  'pre',
  'dd',
  'time',
  'footer',
  'header',
];
const around = [
  'article',
  'main',
  'aside',
  'footer',
  'header',
  'nav',
  'figure',
  'form',
  'table',
  'ul',
  'ol',
  'blockquote',
  'figcaption',
];

const bits = new Map(around.map((tag, i) => [tag, 1 << i]));
const bitOf = (tag: string): number => bits.get(tag) ?? 0;

/** One row of numbers a block: the input of the classifier. Their meaning is their place, so any change needs new training. */
export function blockFeatures({ blocks, root }: PageBlocks, hints: PageHints): readonly Float32Array[] {
  const places = bestPlaces(blocks, root);
  const seen = new Map<string, number>();
  for (const { text } of blocks) seen.set(text, (seen.get(text) ?? 0) + 1);
  const texts = blocks.map(({ text }) => folded(text));
  const heading = headingIndex(blocks, texts, hints.title);
  const title = hints.title === undefined ? undefined : folded(hints.title);
  const body = hints.body === undefined ? undefined : folded(hints.body);
  const description = hints.description === undefined ? '' : folded(hints.description);
  const own = blocks.map((block, i) => [
    ...wordFeatures(block),
    ...placeFeatures(block, root, places),
    blocks.length === 0 ? 0 : i / blocks.length,
    heading < 0 ? -1 : Math.max(-20, Math.min(60, i - heading)),
    (seen.get(block.text) ?? 1) - 1,
    body === undefined ? -1 : Number(body.includes(texts[i]!)),
    Number(description.length > 20 && texts[i]!.startsWith(description.slice(0, 60))),
    Number(texts[i] === title),
  ]);
  const of = (i: number, j: number): number => own[i]?.[j] ?? 0;
  return own.map((row, i) => {
    const next = [];
    for (const step of [-2, -1, 1, 2]) {
      const other = blocks[i + step];
      next.push(
        of(i + step, 0),
        of(i + step, 2),
        of(i + step, 3),
        Number(other?.tag === blocks[i]?.tag),
        Number(other?.place.parent === blocks[i]?.place.parent),
      );
    }
    return Float32Array.from([...row, ...next]);
  });
}

function wordFeatures({ text, linkChars, strongChars, tag }: PageBlock): number[] {
  const words = text.split(' ').length;
  const count = (shape: RegExp) => text.match(shape)?.length ?? 0;
  const kind = furniture(text);
  return [
    Math.log1p(text.length),
    words,
    linkChars / text.length,
    count(/[.!?]["”’]?(?:\s|$)/g) / Math.max(1, words / 15),
    count(/[,;]/g) / words,
    count(/\d/g) / text.length,
    count(/\p{Lu}/gu) / text.length,
    count(/(?:^|\s)\p{Lu}/gu) / words,
    Number(/[.!?…。！？]["”’)」]?$/.test(text)),
    Number(/[:|»›>]$/.test(text)),
    Number(/^["“‘']/.test(text)),
    Number(/^(?:by|from|written by)\b/i.test(text)),
    Number(/©|copyright|all rights reserved/i.test(text)),
    Number(/\b(?:19|20)\d\d\b/.test(text) && text.length < 60),
    Number(/\b(?:getty|reuters|ap photo|afp|photograph|image:|photo:|credit)/i.test(text)),
    Number(
      /\b(?:subscribe|newsletter|sign up|cookies?|privacy policy|terms|advertis|follow us|click here|download)\b/i.test(
        text,
      ),
    ),
    Number(/\b(?:read more|related|see also|more:|watch:|also read|recommended|share)\b/i.test(text)),
    Number(/https?:|www\.|@\w/.test(text)),
    Number(/\||»|›|•|·/.test(text)),
    Math.min(1, strongChars / text.length),
    text.length / words,
    kind === 'boilerplate' ? 1 : 0,
    kind === 'caption' ? 1 : 0,
    kind === 'byline' ? 1 : 0,
    ...tags.map((name) => Number(tag === name)),
  ];
}

interface BestPlaces {
  /** The deepest place with more than half of the page's prose: where paragraphs are wrapped many times over. */
  readonly core: Place | undefined;
  readonly best: Place | undefined;
  readonly top: Place | undefined;
}

/** The place with the most prose directly in and just below it, as Readability weighs it, and the largest with mostly prose. */
function bestPlaces(blocks: readonly PageBlock[], root: Place): BestPlaces {
  const score = new Map<Place, number>();
  for (const block of blocks) {
    if (!readsLikeProse(block) || block.text.length < 80) continue;
    const worth =
      (1 + (block.text.match(/,/g)?.length ?? 0) + Math.min(3, block.text.length / 100)) *
      (1 - block.linkChars / block.text.length);
    const holder =
      block.tag === 'p' || block.tag.startsWith('h') || block.tag === 'li' ? block.place.parent : block.place;
    for (let at = holder, up = 0; at && up < 4; at = at.parent, up += 1)
      score.set(at, (score.get(at) ?? 0) + worth / (up === 0 ? 1 : up * 2));
  }
  let best: Place | undefined;
  let most = 0;
  for (const [place, value] of score) {
    const weighed =
      value *
      (1 - place.linkChars / Math.max(1, place.chars)) *
      (place.names & badNames ? 0.3 : 1) *
      (place.names & 0b111 ? 1.3 : 1);
    if (weighed > most) [best, most] = [place, weighed];
  }
  let top = best;
  while (top?.parent && top.parent.prose > 0 && top.parent.prose / Math.max(1, top.parent.chars) > 0.75)
    top = top.parent;
  let core: Place | undefined;
  for (const block of blocks) {
    if (!readsLikeProse(block)) continue;
    let at: Place | undefined = block.place;
    while (at && at.prose < root.prose * 0.55) at = at.parent;
    if (at && (!core || at.depth > core.depth)) core = at;
  }
  return { best, top, core };
}

/** Comments, share, related, sidebar, foot, navigation, newsletter, advertisement, cookies. */
const badNames = 0b1111_1111_000 | (1 << 19);

function placeFeatures({ place }: PageBlock, root: Place, { best, top, core }: BestPlaces): number[] {
  let near = 0;
  let all = 0;
  let stepsToBest = -1;
  let inTop = 0;
  let stepsToCore = -1;
  for (let at: Place | undefined = place, up = 0; at; at = at.parent, up += 1) {
    if (up < 3) near |= at.names;
    // Page-wide names ("article-page" on the body) say nothing of a block.
    if (at.chars < root.chars * 0.95) all |= at.names;
    if (at === best) stepsToBest = up;
    if (at === top) inTop = 1;
    if (at === core) stepsToCore = up;
  }
  const levels: number[] = [];
  for (let at: Place | undefined = place, up = 0; up < 4; up += 1, at = at?.parent) {
    levels.push(
      at ? at.prose / Math.max(1, root.prose) : 0,
      at ? at.linkChars / Math.max(1, at.chars) : 0,
      at ? at.prose / Math.max(1, at.chars) : 0,
      at ? Math.min(200, at.blocks) : 0,
    );
  }
  return [
    place.depth,
    stepsToBest,
    inTop,
    stepsToCore,
    place.depth - (core?.depth ?? 0),
    Number(place.hidden),
    root.linkChars / Math.max(1, root.chars),
    Math.log1p(root.prose),
    ...around.map((_, i) => (place.within >> i) & 1),
    ...nameGroups.map((_, i) => (near >> i) & 1),
    ...nameGroups.map((_, i) => (all >> i) & 1),
    ...levels,
  ];
}

/** Where the page says its own title: the block that matches it best, or its first h1. */
function headingIndex(blocks: readonly PageBlock[], texts: readonly string[], title: string | undefined): number {
  if (title !== undefined) {
    const wanted = folded(title);
    const at = blocks.findIndex(({ tag }, i) => /^h[12]$/.test(tag) && texts[i] === wanted);
    if (at >= 0) return at;
    const loose = texts.indexOf(wanted);
    if (loose >= 0) return loose;
  }
  return blocks.findIndex(({ tag }) => tag === 'h1');
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
