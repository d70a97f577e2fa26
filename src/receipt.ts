/** Receipts: proof of one quote that anyone can check again with nothing but the source's text. Pure. */
import type { Receipt, Span } from './model.ts';

/** Loaded with the first hash: whoever only reads what is stored makes none. */
const crypto = () => process.getBuiltinModule('node:crypto');

const letters = 'abcdefghijklmnopqrstuvwxyz234567'; // RFC 4648 base32, lower case: nothing to confuse when read aloud
const LETTERS = 10;

/** `q` and ten letters or digits, from what the quote is and where it stands: the same quote always has the same id. */
export function receiptId(articleId: string, hash: string, content: Span): string {
  const digest = crypto().hash('sha256', `${articleId}\n${hash}\n${content.start}-${content.end}`, 'buffer');
  let id = 'q';
  for (let i = 0; i < LETTERS; i++) {
    const bit = i * 5;
    const pair = (digest[bit >> 3]! << 8) | digest[(bit >> 3) + 1]!;
    id += letters[(pair >> (11 - (bit & 7))) & 31];
  }
  return id;
}

/** SHA-256 of an article's text, hex: `Article.hash`. */
export const textHash = (text: string): string => crypto().hash('sha256', text, 'hex');

/**
 * Proves a receipt against a source's text: the text is the very text the receipt was made from, the receipt was not
 * altered, and every span stands inside the text with the verbatim words inside the content.
 */
export function prove(receipt: Receipt, text: string): 'proven' | { readonly differs: string } {
  const hash = textHash(text);
  if (hash !== receipt.hash)
    return {
      differs: `the text has changed: expected SHA-256 ${receipt.hash.slice(0, 12)}…, got ${hash.slice(0, 12)}…`,
    };
  if (receipt.id !== receiptId(receipt.articleId, receipt.hash, receipt.content))
    return { differs: 'the receipt was altered: its id does not follow from its article and span' };
  const named: (readonly [string, Span | undefined])[] = [
    ['content', receipt.content],
    ...receipt.verbatim.map((span) => ['verbatim words', span] as const),
    ['cue', receipt.cue],
    ['mention', receipt.mention],
  ];
  for (const [name, span] of named) {
    if (span && !(span.start >= 0 && span.start < span.end && span.end <= text.length))
      return { differs: `${name}: ${span.start}-${span.end} is no stretch of a text of ${text.length} characters` };
  }
  const { start, end } = receipt.content;
  if (receipt.verbatim.some((span) => span.start < start || span.end > end))
    return { differs: 'the words in quotation marks stand outside the quote' };
  return 'proven';
}
