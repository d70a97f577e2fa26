/** Everything that is found in one article: a pure function of its text. */
import type { Analysis, EmbeddedPost, FoundQuote, Mask, Span } from '../model.ts';
import { UNSURE } from '../model.ts';
import { findRelations } from './attribution/relations.ts';
import { findAliases } from './choosing/aliases.ts';
import { keySentences } from './choosing/salience.ts';
import { findTopics } from './choosing/topics.ts';
import { ENGINE } from './engine.ts';
import { findNames, type Name } from './names/names.ts';
import { addPosts } from './quotes/posts.ts';
import { type Piece, piecesOf } from './quotes/quotes.ts';
import { findReactions } from './reactions/reactions.ts';
import { resolveSpeakers } from './speakers/speakers.ts';
import { tagText } from './text/tag.ts';
import type { Tagged } from './text/types.ts';

export interface AnalysisInput {
  /** As stored: every span of the answer slices this. */
  readonly text: string;
  readonly title?: string;
  readonly date?: string;
  /** Who signs it, as the source says; lines of the text that are masked as its byline count too. */
  readonly byline?: string;
  readonly masks?: readonly Mask[];
  readonly posts?: readonly EmbeddedPost[];
}

/** Who said what in an article, and who answered: all that the command `analyze` prints. */
export type Statements = Pick<Analysis, 'sentences' | 'quotes' | 'speakers' | 'reactions'>;

/** Everything that is found in one article. Linear in the length of the text; never throws, whatever the text is. */
export function analyze(input: AnalysisInput): Analysis {
  const { posts = [] } = input;
  const tagged = tagArticle(input);
  const names = findNames(tagged);
  const statements = statementsOf(tagged, names, input);
  const title = input.title === undefined ? {} : { title: input.title };
  return {
    engine: ENGINE,
    ...statements,
    topics: findTopics(tagged, { ...title, names }),
    aliases: findAliases(tagged, names),
    // What somebody posted is a statement of theirs, not the article's telling.
    keySentences: keySentences({
      text: input.text,
      sentences: statements.sentences.filter(
        ({ start, end }) => !posts.some((post) => start < post.span.end && post.span.start < end),
      ),
      ...title,
    }),
  };
}

/** Only quotes, speakers and reactions, for those who need no more. */
export function findStatements(input: AnalysisInput): Statements {
  const tagged = tagArticle(input);
  return statementsOf(tagged, findNames(tagged), input);
}

const tagArticle = ({ text, masks = [], posts = [] }: AnalysisInput): Tagged => tagText(readable(text, masks, posts));

function statementsOf(tagged: Tagged, names: readonly Name[], input: AnalysisInput): Statements {
  const { posts = [], date } = input;
  const relations = findRelations(tagged);
  const resolved = resolveSpeakers(tagged, relations, { ...dayOf(date), names, bylines: bylinesOf(input) });
  const { pieces, accounts, speakers } = addPosts(tagged, piecesOf(tagged, relations), posts, resolved.speakers);
  const quotes = pieces.map((piece): FoundQuote => {
    const account = accounts.get(piece);
    return account === undefined ? attributed(piece, resolved) : { ...piece.quote, speaker: account };
  });
  const relationOf = pieces.map(({ relation }) => relation);
  const speakerOf = (relation: number): number | undefined =>
    (resolved.confidence[relation] ?? 0) < UNSURE ? undefined : resolved.ofRelation[relation];
  const reactions = findReactions({ tagged, relations, quotes, relationOf, speakers, speakerOf });
  return { sentences: sentenceSpans(tagged), quotes, speakers, reactions };
}

/** The stated byline, and "By Ana Ruiz" where the text prints it on a line of its own. */
function bylinesOf({ text, byline, masks = [] }: AnalysisInput): string[] {
  const printed = masks
    .filter(({ kind }) => kind === 'byline')
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((line) => /^(?:story |written |reported |posted )?by\b/i.test(line));
  return byline === undefined ? printed : [byline, ...printed];
}

/** Dates the offices of the gazetteer, where the article states its day. */
const dayOf = (date: string | undefined): { readonly day?: string } =>
  date !== undefined && /^\d{4}-\d\d-\d\d/.test(date) ? { day: date.slice(0, 10) } : {};

/** The text with what is not prose blanked, unit for unit, so that offsets stay true. */
function readable(text: string, masks: readonly Span[], posts: readonly EmbeddedPost[]): string {
  const blanks: Span[] = [
    ...masks,
    ...posts.flatMap(({ span, text: words }) => [
      { start: span.start, end: words.start },
      { start: words.end, end: span.end },
    ]),
  ].sort((a, b) => a.start - b.start);
  let readableText = '';
  let at = 0;
  for (const { start, end } of blanks) {
    if (end <= at || end <= start) continue;
    const from = Math.max(at, start);
    readableText += text.slice(at, from) + (isWithinLine(text, start, end) ? ' ' : '\n').repeat(end - from);
    at = end;
  }
  return readableText + text.slice(at);
}

/** Prose goes on, on the same line, on both sides: what is blanked there breaks no paragraph. */
const isWithinLine = (text: string, start: number, end: number): boolean =>
  /[^\n][^\S\n]*$/.test(text.slice(Math.max(0, start - 4), start)) && /^[^\S\n]*[^\s]/.test(text.slice(end, end + 4));

function attributed(
  { quote, relation }: Piece,
  { ofRelation, confidence }: ReturnType<typeof resolveSpeakers>,
): FoundQuote {
  const speaker = ofRelation[relation];
  const sure = Math.min(quote.confidence, confidence[relation] ?? 0);
  return speaker === undefined || sure < UNSURE
    ? { ...quote, confidence: sure }
    : { ...quote, speaker, confidence: sure };
}

function sentenceSpans({ tokens, sentences }: Tagged): Span[] {
  return Array.from({ length: sentences.count }, (_, s) => ({
    start: tokens.start[sentences.first[s]!]!,
    end: tokens.end[sentences.first[s + 1]! - 1]!,
  }));
}
