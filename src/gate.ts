/**
 * The last step before a message leaves: every word that claims to be the source's is compared with the stored source,
 * character for character. What differs is withheld with its whole block, counted, and the message says so.
 */
import type { Document, Inline, Proven } from './document.ts';
import { leaveOut, provenIn, small, text } from './document.ts';
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

/** Proves a document against the store. Reads only the spans that it shows; the document is not changed when all hold. */
export async function provenDocument(
  document: Document,
  store: Pick<Store, 'slices'>,
  said: Words,
): Promise<GateResult> {
  const claims = provenIn(document);
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

/** The document without its stamp, to be kept and proven again another day. */
export const unstamped = (document: Document): Document => ({
  ...document,
  blocks: document.blocks.map((block) =>
    block.kind === 'small' ? { ...block, text: block.text.filter((inline) => !stamps.has(inline)) } : block,
  ),
});

function without(document: Document, refused: ReadonlySet<Inline>, said: Words): Document {
  const { document: left, passages } = leaveOut(document, refused);
  const note = passages > 0 ? [small(said.gate.withheld(passages))] : [];
  const kept: Document = { summary: document.summary, blocks: [...left.blocks, ...note] };
  return document.thread ? { ...kept, thread: without(document.thread, refused, said) } : kept;
}
