/**
 * The last step before a message leaves: every word that claims to be the source's is compared with the stored source,
 * character for character. What differs is withheld with its whole block, counted, and the message says so.
 */
import type { Block, Document, Inline } from './document.ts';
import { everyInline, small, text } from './document.ts';
import type { Words } from './language/language.ts';
import type { Store } from './store/store.ts';

export interface GateResult {
  readonly document: Document;
  /** Units of proof checked and failed: verbatim words and excerpts. */
  readonly checked: number;
  readonly withheld: number;
}

/** Stamps that were given, with the words they were given in: a document that passes again gets one stamp, not two. */
const stamps = new WeakMap<Inline, Words>();

type Proven = Extract<Inline, { kind: 'verbatim' | 'excerpt' }>;

/** Proves a document against the store. Reads only the spans that it shows; the document is not changed when all hold. */
export async function provenDocument(
  document: Document,
  store: Pick<Store, 'slices'>,
  said: Words,
): Promise<GateResult> {
  const claims = [...everyInline(document)].filter(
    (inline): inline is Proven => inline.kind === 'verbatim' || inline.kind === 'excerpt',
  );
  if (claims.length === 0) return { document, checked: 0, withheld: 0 };
  const stored = await store.slices(claims.map(({ articleId, hash, span }) => ({ articleId, hash, span })));
  const refused = new Set<Inline>(claims.filter((claim, i) => stored[i] !== claim.text));
  const whole = refused.size === 0 ? document : without(document, refused, said);
  return { document: stamped(whole, claims, refused, said), checked: claims.length, withheld: refused.size };
}

/** The check speaks for itself: how many quotes were compared and how many held, in the message's last small print. */
function stamped(document: Document, claims: readonly Proven[], refused: ReadonlySet<Inline>, said: Words): Document {
  // The article's clause around a partial quote carries marks of its own: those words are quoted too.
  const quotes = claims.filter((claim) => claim.kind === 'verbatim' || /[“”"«»]/.test(claim.text));
  if (quotes.length === 0) return document;
  const last = document.blocks.findLastIndex((block) => block.kind === 'small');
  const block = document.blocks[last];
  const line = block?.kind === 'small' ? block.text : [];
  // A preview has passed here when it was composed: the newer stamp takes the older one's place, in its language.
  const before = line.find((inline) => stamps.has(inline));
  const words = (before && stamps.get(before)) ?? said;
  const rest = line.filter((inline) => inline !== before);
  const held = quotes.filter((quote) => !refused.has(quote)).length;
  const stamp = text(`${words.gate.stamp(held, quotes.length)}${rest.length > 0 ? ' · ' : ''}`);
  stamps.set(stamp, words);
  const stampedLine = small(stamp, ...rest);
  return { ...document, blocks: block ? document.blocks.with(last, stampedLine) : [...document.blocks, stampedLine] };
}

function without(document: Document, refused: ReadonlySet<Inline>, said: Words): Document {
  const bad = (inlines: readonly Inline[]) => inlines.some((inline) => refused.has(inline));
  let dropped = 0;
  const blocks = document.blocks.flatMap((block): Block[] => {
    if (block.kind === 'list') {
      const items = block.items.filter((item) => !bad(item));
      dropped += block.items.length - items.length;
      return items.length > 0 ? [{ ...block, items }] : [];
    }
    if (!bad(inlinesOf(block))) return [block];
    dropped++;
    return [];
  });
  const note = dropped > 0 ? [small(said.gate.withheld(dropped))] : [];
  const kept: Document = { summary: document.summary, blocks: [...blocks, ...note] };
  return document.thread ? { ...kept, thread: without(document.thread, refused, said) } : kept;
}

function inlinesOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'small':
      return block.text;
    case 'statement':
      return [...block.who, ...block.words.flat(), ...(block.note ?? [])];
    case 'list':
      return block.items.flat();
    case 'divider':
    case 'actions':
    case 'menu':
      return [];
  }
}
