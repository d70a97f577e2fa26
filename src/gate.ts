/**
 * The last step before a message leaves: every word that claims to be the source's is compared with the stored source,
 * character for character. What differs is withheld with its whole block, counted, and the message says so.
 */
import type { Block, Document, Inline } from './document.ts';
import { everyInline, small } from './document.ts';
import type { Store } from './store/store.ts';

export interface GateResult {
  readonly document: Document;
  /** Units of proof checked and failed: verbatim words and excerpts. */
  readonly checked: number;
  readonly withheld: number;
}

const STAMP = /^Quotes word for word, \d+\/\d+ checked · $/;

type Proven = Extract<Inline, { kind: 'verbatim' | 'excerpt' }>;

/** Proves a document against the store. Reads only the spans that it shows; the document is not changed when all hold. */
export async function provenDocument(document: Document, store: Pick<Store, 'slices'>): Promise<GateResult> {
  const claims = [...everyInline(document)].filter(
    (inline): inline is Proven => inline.kind === 'verbatim' || inline.kind === 'excerpt',
  );
  if (claims.length === 0) return { document, checked: 0, withheld: 0 };
  const stored = await store.slices(claims.map(({ articleId, hash, span }) => ({ articleId, hash, span })));
  const refused = new Set<Inline>(claims.filter((claim, i) => stored[i] !== claim.text));
  const whole = refused.size === 0 ? document : without(document, refused);
  return { document: stamped(whole, claims, refused), checked: claims.length, withheld: refused.size };
}

/** The check speaks for itself: how many quotes were compared and how many held, in the message's last small print. */
function stamped(document: Document, claims: readonly Proven[], refused: ReadonlySet<Inline>): Document {
  // The article's clause around a partial quote carries marks of its own: those words are quoted too.
  const quotes = claims.filter((claim) => claim.kind === 'verbatim' || /[“”"«»]/.test(claim.text));
  if (quotes.length === 0) return document;
  const stamp = `Quotes word for word, ${quotes.filter((quote) => !refused.has(quote)).length}/${quotes.length} checked`;
  const last = document.blocks.findLastIndex((block) => block.kind === 'small');
  const block = document.blocks[last];
  if (block?.kind !== 'small') return { ...document, blocks: [...document.blocks, small(stamp)] };
  // A preview has passed here when it was composed: the newer stamp takes the older one's place.
  const rest = block.text.filter((inline) => !(inline.kind === 'text' && STAMP.test(inline.text)));
  return { ...document, blocks: document.blocks.with(last, small(`${stamp} · `, ...rest)) };
}

function without(document: Document, refused: ReadonlySet<Inline>): Document {
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
  const note =
    dropped > 0
      ? [
          small(
            `${dropped} ${dropped === 1 ? 'passage' : 'passages'} withheld: the words no longer match the stored source.`,
          ),
        ]
      : [];
  const kept: Document = { summary: document.summary, blocks: [...blocks, ...note] };
  return document.thread ? { ...kept, thread: without(document.thread, refused) } : kept;
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
