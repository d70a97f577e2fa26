/** The pieces that every digest is made of: who said it, the words with their proof, the small print. Pure. */
import type { Action, Block, Document, Inline } from '../src/document.ts';
import { code, emphasis, everyInline, run, strong, text } from '../src/document.ts';
import type { Words } from '../src/language/language.ts';
import type { ArticleHead, Excerpt, Quote, Reaction, Span, Speaker } from '../src/model.ts';

/** Our own budget for a brief (characters of text, components with nesting), far inside every platform's limits. */
export const BRIEF_BUDGET = { characters: 1500, components: 25 } as const;
/** A space that does not break: the paragraph's number never stands alone on a line. */
export const NEAR = '\u00a0';
/** Longest single quote or clause shown in a digest; longer ones wait behind a button. */
export const LONGEST_WORDS = 420;

/** What the article says of its own date, honestly. */
export function dateState(article: ArticleHead, { dates, parts }: Words): string {
  switch (article.date.state) {
    case 'stated':
      return dates.day(article.date.at);
    case 'mentioned':
      return parts.latestDate(dates.day(article.date.day));
    case 'none':
      return parts.dateNotStated;
  }
}

/** Who published it, as far as the source says: outlet, else the file or page it came from. */
export function sourceName(article: ArticleHead): string {
  if (article.outlet) return article.outlet;
  if (article.url) return new URL(article.url).hostname.replace(/^www\./, '');
  return article.origin.split(/[/\\]/).at(-1) ?? article.origin;
}

/** Adds the fiction mark that every message about invented people must repeat. */
export const fictionMark = (article: ArticleHead, { parts }: Words): string => (article.fiction ? parts.fiction : '');

/** `Claudia Sheinbaum`, or what the article prints, or an honest "speaker unclear". */
export const speakerName = ({ speaker, mention }: Pick<Quote, 'speaker' | 'mention'>, { parts }: Words): string =>
  speaker ? displayName(speaker) : parts.speakerUnclear(mention);

/** A line begins with a capital, though the article prints "critics" within a sentence. Handles and brands keep theirs. */
export const displayName = ({ name, kind }: Pick<Speaker, 'name' | 'kind'>): string =>
  (kind === 'group' || kind === 'unnamed') && /^\p{Ll}+(?![\p{L}\p{N}.@])/u.test(name)
    ? name[0]!.toUpperCase() + name.slice(1)
    : name;

/** `letter` or `statement` where the sentence says so, `social post` for posts, nothing for speech. */
export function mediumWord(quote: Pick<Quote, 'medium' | 'sentence'>, { parts }: Words): string | undefined {
  const medium = mediumOf(quote);
  return medium && parts.medium[medium];
}

function mediumOf({
  medium,
  sentence,
}: Pick<Quote, 'medium' | 'sentence'>): keyof Words['parts']['medium'] | undefined {
  if (medium === 'post') return 'post';
  if (medium === 'spoken') return undefined;
  return /\b(?:letters?|wrote to|writing to|write to)\b/i.test(sentence)
    ? 'letter'
    : /\bstatement\b/i.test(sentence)
      ? 'statement'
      : 'written';
}

/** What kind of statement a line shows: `paraphrase`, `letter, in part`, `unnamed · paraphrase`. */
export function kindWords(item: Pick<Quote, 'kind' | 'medium' | 'speaker' | 'sentence'>, said: Words): string {
  const medium = mediumWord(item, said);
  const unnamed = item.speaker?.kind === 'unnamed' ? `${said.parts.unnamed} · ` : '';
  return `${unnamed}${medium ? `${medium}, ` : ''}${said.parts.kind[item.kind]}`;
}

/** Name, role, where and when: all that a reader needs before the words. Right `after` the same speaker the role goes unsaid. */
export function who(quote: Quote, said: Words, after?: Quote): Inline[] {
  const out: Inline[] = [strong(speakerName(quote, said))];
  const role = after !== undefined && after.speaker?.id === quote.speaker?.id ? undefined : quote.speaker?.role;
  if (role && !quote.speaker?.name.toLowerCase().includes(role.toLowerCase())) out.push(text(`, ${role}`));
  const about = [
    quote.speaker?.kind === 'unnamed' ? said.parts.unnamed : undefined,
    saysMedium(quote) ? undefined : mediumWord(quote, said),
    quote.post && quote.post.handle !== quote.speaker?.handle
      ? said.parts.postedBy(postCredit(quote.post, said))
      : undefined,
    quote.post && quote.post.handle === quote.speaker?.handle ? accountAndDay(quote.post, said) : undefined,
    quote.where,
    quote.when,
  ].filter((part): part is string => part !== undefined && part !== '');
  if (about.length > 0) out.push(text(` · ${about.join(' · ')}`));
  return out;
}

/** Where it was said names the medium already: “in a letter to Marrow”. */
const saysMedium = (quote: Quote): boolean => {
  const medium = mediumOf(quote);
  return medium !== undefined && quote.where !== undefined && MEDIUM_IN_SOURCE[medium].test(quote.where);
};

const MEDIUM_IN_SOURCE = { post: /social post/i, letter: /letter/i, statement: /statement/i, written: /in writing/i };

/** `Harbour Traders (@HallowTraders), Mar 3, 2026`; the handle alone where it is the name too. */
export function postCredit(post: NonNullable<Quote['post']>, { dates }: Words): string {
  const account = post.name === post.handle ? `@${post.handle}` : `${post.name} (@${post.handle})`;
  return `${account}${post.day ? `, ${dates.day(post.day)}` : ''}`;
}

/** The account of someone whose name stands before it already. */
const accountAndDay = (post: NonNullable<Quote['post']>, { dates }: Words): string =>
  `@${post.handle}${post.day ? `, ${dates.day(post.day)}` : ''}`;

/** One statement: the words in marks when they are verbatim, the article's own clause when they are not whole. */
export function statement(quote: Quote, said: Words, after?: Quote): Block {
  const { receipt } = quote;
  const words: (readonly Inline[])[] =
    quote.kind === 'direct'
      ? receipt.verbatim.map((span, i) => [verbatimInline(quote, span, quote.verbatim[i] ?? '')])
      : [[clause(quote)]];
  const label =
    quote.kind === 'direct' ? [] : [emphasis(quote.kind === 'partial' ? said.parts.inPart : said.parts.paraphrase)];
  const also = alsoIn(quote, said);
  const lines = label.length > 0 ? [[...label, ...(words[0] ?? [])]] : words;
  return {
    kind: 'statement',
    who: [...who(quote, said, after)],
    words: lines.with(-1, [...(lines.at(-1) ?? []), text(NEAR), code(`¶${quote.paragraph}`)]),
    ...(also ? { note: [text(also)] } : {}),
    action: run(said.press.inContext, `/context ${receipt.id}`),
  };
}

/** The other places where the same utterance stands in other words. */
export function alsoIn(quote: Quote, said: Words): string | undefined {
  const places = [
    ...new Set(
      quote.carriers.map((carrier) =>
        carrier.post ? said.parts.aPostBy(postCredit(carrier.post, said)) : (carrier.outlet ?? carrier.label),
      ),
    ),
  ];
  return places.length === 0 ? undefined : said.parts.alsoIn(places.slice(0, 2), Math.max(0, places.length - 2));
}

function verbatimInline(quote: Quote, span: Span, words: string): Inline {
  // The comma before “he said” belongs to the attribution; dropping it leaves an exact slice of the source.
  const comma = /,\s*$/.exec(words)?.[0].length ?? 0;
  return {
    kind: 'verbatim',
    text: words.slice(0, words.length - comma),
    receipt: quote.receipt.id,
    articleId: quote.receipt.articleId,
    hash: quote.receipt.hash,
    span: { start: span.start, end: span.end - comma },
  };
}

/**
 * The article's own clause: from the words that report it, where they stand just before what was said, to its end. A
 * partial quote ends with its marks where the rest only adds to it. Where that would cut a pair of marks in two (the
 * title of a book), the whole sentence.
 */
function clause(quote: Quote): Inline {
  const { content, cue, articleId, hash } = quote.receipt;
  const from = quote.sentenceSpan.start;
  const slice = (span: Span) => quote.sentence.slice(span.start - from, span.end - from);
  if (content.start < from || content.end > quote.sentenceSpan.end)
    return { kind: 'excerpt', text: quote.text, articleId, hash, span: content };
  const marked = markedSpan(quote);
  const reaches = cue && cue.start >= from && cue.end <= content.start && content.start - cue.end <= LONGEST_GAP;
  const start = reaches ? cue.start : Math.min(content.start, marked.start);
  const tail = slice({ start: marked.end, end: content.end });
  const onlyAdds = quote.kind === 'partial' && /^,? (?:and|or|while|as)\b/.test(tail) && !TURNS.test(tail);
  const words = { start, end: onlyAdds ? marked.end : Math.max(content.end, marked.end) };
  const isWhole = (slice(words).match(/["“”„«»]/g)?.length ?? 0) % 2 === 0;
  const span = isWhole ? words : quote.sentenceSpan;
  return { kind: 'excerpt', text: slice(span), articleId, hash, span };
}

/** The words in marks with their marks, which lie outside the content where it begins or ends with them. */
function markedSpan({ sentence, sentenceSpan, receipt: { content, verbatim } }: Quote): Span {
  const [first, last] = [verbatim[0], verbatim.at(-1)];
  if (!first || !last) return content;
  const isMark = (at: number) => /["'“”‘’«»„‚‹›]/.test(sentence[at - sentenceSpan.start] ?? '');
  return {
    start: isMark(first.start - 1) ? first.start - 1 : first.start,
    end: isMark(last.end) ? last.end + 1 : last.end,
  };
}

/** Characters between the cue and what was said, such as " that " or " reporters on Monday that ". */
const LONGEST_GAP = 40;

/** A sentence as it stands in the article. */
export const excerptInline = (excerpt: Excerpt): Inline => ({
  kind: 'excerpt',
  text: excerpt.text,
  articleId: excerpt.articleId,
  hash: excerpt.hash,
  span: excerpt.span,
});

/** One speaker's reactions in one line: who · stance · kind · the article's clauses · ¶. All have the speaker of the first. */
export function reactionLine(said: Words, first: Reaction, ...more: readonly Reaction[]): Inline[] {
  const { speaker } = first;
  const role =
    speaker.role && !speaker.name.toLowerCase().includes(speaker.role.toLowerCase()) ? `, ${speaker.role}` : '';
  return [
    strong(displayName(speaker)),
    text(`${role} — `),
    emphasis(`${said.parts.stance[first.stance]} · ${kindWords(first, said)}: `),
    clauseOf(first),
    ...more.flatMap((one): Inline[] => [text('; '), clauseOf(one)]),
    text(NEAR),
    code([...new Set([first, ...more].map((one) => `¶${one.paragraph}`))].join(' ')),
  ];
}

function clauseOf({ article, clause, clauseSpan }: Reaction): Inline {
  const words = mainClause(clause);
  const span = { start: clauseSpan.start, end: clauseSpan.start + words.length };
  return { kind: 'excerpt', text: words, articleId: article.id, hash: article.hash, span };
}

/** Where a long clause goes on about something else: ", undermining cooperation that …", ", since Mexico is …". */
const ASIDE = /,[”"’']? (?:[a-z]+ing|since|which|whose|who|as|after|while|led by|including)\b/;
/** Words that turn or bound the sense: what holds one is never left out. */
const TURNS =
  /\b(?:not|no|never|nor|none|cannot|without|unless|until|if|but|except|only|may|might|could|would|should|however|although|though)\b|n[’']t\b/i;

/** The first whole clause of a long one, when what follows only adds to it and its marks stay paired. */
export function mainClause(clause: string): string {
  if (clause.length <= 140) return clause;
  const at = ASIDE.exec(clause.slice(60));
  if (!at) return clause;
  const end = 60 + at.index + (/[”"’']/.test(clause[60 + at.index + 1] ?? '') ? 2 : 0);
  const kept = clause.slice(0, end);
  const count = (mark: RegExp): number => kept.match(mark)?.length ?? 0;
  const paired = count(/“/g) === count(/”/g) && count(/"/g) % 2 === 0;
  return paired && !TURNS.test(clause.slice(end)) ? kept : clause;
}

/** `3 sources` or the names when they are few. */
export const sourcesLine = (articles: readonly ArticleHead[], { parts }: Words): string => {
  const whole = new Set(articles.filter(({ partialText }) => !partialText).map(sourceName));
  const names = new Set(articles.map(sourceName));
  return parts.sources([...names].map((name) => (whole.has(name) ? name : parts.beginningOnly(name))));
};

/** Quotes shown word for word in these blocks. */
export const verbatimCount = (document: Document): number =>
  [...everyInline(document)].filter((inline) => inline.kind === 'verbatim').length;

/** Characters a reader sees, marks included: what budgets are counted in. */
export function characters(blocks: readonly Block[]): number {
  let sum = 0;
  for (const inline of everyInline({ summary: '', blocks }))
    sum += inline.kind === 'time' ? 20 : inline.text.length + (inline.kind === 'verbatim' ? 2 : 0);
  for (const block of blocks)
    if (block.kind === 'actions') sum += block.actions.reduce((all, action) => all + action.label.length, 0);
  return sum;
}

/** Components with nesting, as Discord counts them: the larger of the two platforms' ways. */
export function components(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    switch (block.kind) {
      case 'statement':
        return sum + (block.action ? 3 : 1);
      case 'actions':
        return sum + 1 + block.actions.length;
      case 'menu':
        return sum + 2;
      default:
        return sum + 1;
    }
  }, 1);
}

/** The first buttons of most answers. */
export const asks = {
  quotes: (topic: string, { press }: Words): Action =>
    run(press.allQuotes, `/quote topic:"${topic.replaceAll('"', ' ')}"`),
  reactions: (topic: string, { press }: Words): Action =>
    run(press.whoSaidWhat, `/reactions topic:"${topic.replaceAll('"', ' ')}"`),
  /** About receipts, stories (`#12`) or a topic. */
  report: (about: string, { report }: Words): Action =>
    run(report.title, `/report about:${/^\S+$/.test(about) ? about : `"${about.replaceAll('"', ' ')}"`}`),
};
