/** Posts inside an article: their words are the account's statement, and what they quote is the inner speaker's. */
import type { EmbeddedPost, FoundQuote, FoundSpeaker, Span } from '../../model.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { runAt } from '../text/marks.ts';
import type { Tagged } from '../text/types.ts';
import { wordAt } from '../text/words.ts';
import type { Piece } from './quotes.ts';

export interface Posted {
  readonly pieces: Piece[];
  /** The speaker of each piece that belongs to an account: piece -> index into `speakers`. */
  readonly accounts: ReadonlyMap<Piece, number>;
  readonly speakers: FoundSpeaker[];
}

/**
 * Adds the statements of embedded posts to the pieces of an article.
 *
 * "Okoro says the pool will close. "It is over."" posted by an account gives two pieces: the post's own words by the
 * account, and the words in marks by Okoro, where the post has a cue for them.
 */
export function addPosts(
  tagged: Tagged,
  pieces: readonly Piece[],
  posts: readonly EmbeddedPost[],
  known: readonly FoundSpeaker[],
): Posted {
  const speakers = [...known];
  const accounts = new Map<Piece, number>();
  if (posts.length === 0) return { pieces: [...pieces], accounts, speakers };
  const inPost = ({ quote }: Piece): boolean => posts.some(({ span }) => within(quote.content, span));
  const all = pieces.filter((piece) => !inPost(piece));
  let utterance = pieces.reduce((most, { quote }) => Math.max(most, quote.utterance), -1);
  for (const post of posts) {
    const inner = pieces
      .filter(
        (piece) => within(piece.quote.content, post.text) && piece.quote.verbatim.length > 0 && piece.quote.mention,
      )
      .map((piece) => ({ ...piece, quote: { ...piece.quote, medium: 'post' as const } }));
    const speaker = accountOf(speakers, post);
    utterance++;
    for (const content of ownWords(
      tagged,
      post.text,
      inner.map(({ quote }) => quote),
    )) {
      const quote: FoundQuote = {
        kind: 'direct',
        medium: 'post',
        content,
        verbatim: [content],
        confidence: 1,
        rule: 'post',
        sentence: post.text,
        utterance,
      };
      const piece = { quote, relation: -1 };
      accounts.set(piece, speaker);
      all.push(piece);
    }
    all.push(...inner);
  }
  return { pieces: all.sort((a, b) => a.quote.content.start - b.quote.content.start), accounts, speakers };
}

const within = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

/** What is left of a post's words without the quotations in it: stretches that hold at least three words. */
function ownWords({ tokens, marks }: Tagged, whole: Span, inner: readonly FoundQuote[]): Span[] {
  const own: Span[] = [];
  let first = -1;
  let last = -1;
  let words = 0;
  const close = (): void => {
    if (words >= 3 || (words > 0 && own.length === 0 && inner.length === 0))
      own.push({ start: tokens.start[first]!, end: tokens.end[last]! });
    first = -1;
    words = 0;
  };
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.start[i]!;
    if (start < whole.start || tokens.end[i]! > whole.end) continue;
    const run = runAt(marks, i);
    const runStart = run === undefined ? -1 : tokens.start[run.first]!;
    if (run !== undefined && inner.some(({ verbatim }) => verbatim.some((span) => span.start === runStart))) {
      close();
      continue;
    }
    if (first < 0) first = i;
    last = i;
    if (/[\p{L}\p{N}]/u.test(tokens.text[start]!)) words++;
  }
  close();
  return own;
}

/** The speaker that an account is: one with its handle or its name, else a new one. */
function accountOf(speakers: FoundSpeaker[], { name, handle }: EmbeddedPost): number {
  const same = speakers.findIndex((one) => one.handle?.toLowerCase() === handle.toLowerCase() || one.name === name);
  if (same >= 0) {
    speakers[same] = { ...speakers[same]!, handle };
    return same;
  }
  speakers.push({
    kind: isPersonal(name) ? 'person' : 'organization',
    name: name || `@${handle}`,
    aliases: [],
    handle,
    mentions: [],
  });
  return speakers.length - 1;
}

/** "Ana Ruiz 🌈" has a name like anybody's; "The Harbour House", "ABC News" and "Harbour Police" have not. */
function isPersonal(name: string): boolean {
  const plain = name.replace(/[^\p{L}.]+$/u, '');
  if (!/^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*)+$/u.test(plain) || /^The /.test(plain)) return false;
  const isShouted = !/\p{Ll}/u.test(plain);
  return plain
    .split(' ')
    .every(
      (word) => (isShouted || !/^\p{Lu}{3,}$/u.test(word)) && !(rolesOf(wordAt(word, 0, word.length)) & Role.body),
    );
}
