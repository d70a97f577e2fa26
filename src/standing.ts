/** What became of a quote since it was read: its article may have been edited, read anew, or withdrawn. */
import { foldedWords } from './analysis/text/fold.ts';
import type { Quote, Tenant } from './model.ts';
import type { Store } from './store/store.ts';

export type Standing =
  /** The newest version has it. */
  | { readonly kind: 'stands' }
  /** Its article is out of all answers. */
  | { readonly kind: 'withdrawn' }
  /** Its article was edited around it: `now` has the same words. */
  | { readonly kind: 'kept'; readonly now: Quote }
  /** The same words, but the newest version has another speaker for them. */
  | { readonly kind: 'given'; readonly now: Quote }
  /** Its words were edited: `now` is what stands in their place. */
  | { readonly kind: 'edited'; readonly now: Quote }
  /** The words stand in the newest version, but the bot reads no such quote there. */
  | { readonly kind: 'unread' }
  /** The newest version no longer has it. */
  | { readonly kind: 'removed' };

/** An article has seldom more; an edited quote is looked for among so many. */
const MOST_QUOTES = 300;
/** Share of words that the old and the new wording of a quote have in common. */
const ALIKE = 0.5;

/** Compares a quote, as `Store.quote` gave it, with the newest version of its article. */
export async function standingOf(
  quote: Quote,
  tenant: Tenant,
  store: Pick<Store, 'article' | 'findQuotes'>,
): Promise<Standing> {
  if (quote.standing === undefined) return { kind: 'stands' };
  const article = quote.standing === 'withdrawn' ? undefined : await store.article(quote.article.id);
  if (!article) return { kind: 'withdrawn' };
  const { items } = await store.findQuotes({ tenant, articleIds: [article.id], want: 'all', limit: MOST_QUOTES });
  const words = wordsOf(quote);
  const same = items.filter((one) => wordsOf(one) === words);
  const kept = same.find((one) => isSameSpeaker(one, quote)) ?? same[0];
  if (kept) return { kind: isSameSpeaker(kept, quote) ? 'kept' : 'given', now: kept };
  const pieces = quote.kind === 'indirect' ? [quote.text] : quote.verbatim;
  if (pieces.every((piece) => article.text.includes(piece))) return { kind: 'unread' };
  const edited = mostAlike(quote, items);
  return edited ? { kind: 'edited', now: edited } : { kind: 'removed' };
}

/** Unnamed speakers are new rows in each version. */
const isSameSpeaker = (a: Quote, b: Quote): boolean =>
  a.speaker?.id === b.speaker?.id || (a.speaker?.kind === b.speaker?.kind && a.speaker?.name === b.speaker?.name);

/** What must be the same for a quote to be the same: the words in marks, or the article's own for a paraphrase. */
const wordsOf = (quote: Quote): string => (quote.kind === 'indirect' ? quote.text : quote.verbatim.join(' … '));

function mostAlike(quote: Quote, others: readonly Quote[]): Quote | undefined {
  const words = foldedWords(wordsOf(quote));
  let best: Quote | undefined;
  let bestShare = ALIKE;
  for (const other of others) {
    if (!isSameSpeaker(other, quote) || (other.kind === 'indirect') !== (quote.kind === 'indirect')) continue;
    const share = shareOf(words, foldedWords(wordsOf(other)));
    if (share < bestShare) continue;
    best = other;
    bestShare = share;
  }
  return best;
}

/** Words in both, of all words of both: 0 to 1. */
function shareOf(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let both = 0;
  for (const word of b) {
    const n = left.get(word) ?? 0;
    if (n > 0) both += 1;
    left.set(word, n - 1);
  }
  return a.length + b.length === 0 ? 0 : (2 * both) / (a.length + b.length);
}
