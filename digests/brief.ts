/**
 * The brief: one story in half a minute. Label and date state, one sentence of what happened, two or three statements,
 * reactions one line each, small print, actions. What does not fit the budget is counted and one press away.
 */
import type { Action, Block, Document } from '../src/document.ts';
import { actions, code, divider, heading, paragraph, run, small, strong, text, time } from '../src/document.ts';
import type { Words } from '../src/language/language.ts';
import type { Coverage, Excerpt, Quote, Reaction, StoryCoverage } from '../src/model.ts';
import {
  asks,
  BRIEF_BUDGET,
  characters,
  components,
  dateState,
  excerptInline,
  fictionMark,
  LONGEST_WORDS,
  mainClause,
  NEAR,
  reactionLine,
  sourcesLine,
  statement,
} from './parts.ts';
import { understoodBlocks } from './understood.ts';

/** Room for what is added after composing: the gate's stamp and the Share button. */
const laterAdded = ({ gate, press }: Words): number => gate.stamp(10, 10).length + ' · '.length + press.share.length;
const MOST_STATEMENTS = 3;
const MOST_REACTIONS = 6;
/** A lead longer than this leaves no room for the people in the story. */
const LONGEST_LEAD = 360;

/** A brief of the first story of a coverage; the others are named in a menu. Empty coverage is the command's to answer. */
export function composeBrief(
  coverage: Coverage & { readonly stories: readonly [StoryCoverage, ...StoryCoverage[]] },
  said: Words,
): Document {
  const [story, ...others] = coverage.stories;
  const topic = coverage.topic ?? story.story.topics[0] ?? story.story.label;
  const lead = chooseLead(story);
  const found = chooseReactions(story);
  const statements = chooseStatements(story, found);
  const reactions = found.filter((line) => !repeats(line, statements.slice(0, 2)));

  const head = [
    heading(story.story.label),
    small(headLine(story, said)),
    ...understoodBlocks(coverage.understood, coverage.topic, said, story.inPassing),
  ];
  const tail = [
    small(...smallPrint(coverage, story, said)),
    ...menu(others, coverage.more, said),
    ...rows([...buttons(story, topic, said), asks.report(`#${story.story.id}`, said)]),
  ];
  const pack = (opening: Excerpt | undefined) => withinBudget(said, head, tail, opening, statements, reactions);
  const whole = pack(lead);
  const short = lead && shorter(lead);
  // People come before prose: a long opening gives way where a second statement finds no room.
  const tight = short && whole.quotes < Math.min(2, statements.length) ? pack(short) : whole;
  const body = tight.quotes > whole.quotes ? tight.blocks : whole.blocks;
  return {
    summary: `${fictionMark(story.story.articles[0]!, said)}${story.story.label}${lead ? `. ${lead.text}` : ''}`,
    blocks: [...head, ...body, ...tail],
  };
}

function headLine({ story, matched }: StoryCoverage, said: Words): string {
  const [newest] = story.articles;
  return [
    newest?.fiction ? said.parts.fictionMade : undefined,
    story.labelIsOurs ? said.parts.labelByBot : undefined,
    matched && !story.label.toLowerCase().includes(matched.toLowerCase()) ? said.brief.foundFor(matched) : undefined,
    story.articles.length > 1 ? said.count.articles(story.articles.length) : undefined,
    newest ? dateState(newest, said) : undefined,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The best key sentence that is short enough and does not say again what the first quote says. */
export function chooseLead({ key, quotes }: StoryCoverage): Excerpt | undefined {
  const fitting = key.filter((sentence) => sentence.text.length <= LONGEST_LEAD);
  const repeats = (sentence: Excerpt) =>
    quotes
      .slice(0, 2)
      .some((quote) => quote.verbatim.some((words) => words.length > 30 && sentence.text.includes(words)));
  return fitting.find((sentence) => !repeats(sentence)) ?? fitting[0];
}

/** The first whole clause of a sentence, where what follows only adds to it. */
function shorter(lead: Excerpt): Excerpt | undefined {
  const words = mainClause(lead.text);
  const { start } = lead.span;
  return words === lead.text ? undefined : { ...lead, text: words, span: { start, end: start + words.length } };
}

/** What one speaker is shown with: one reaction, or two of the same kind and stance where both are short. */
export type SpeakerReactions = readonly [Reaction, ...Reaction[]];

/** One line a speaker, those with a stance first, in the order given; unnamed sources last. */
export function chooseReactions({ reactions }: StoryCoverage): readonly SpeakerReactions[] {
  const lines = new Map<number, [Reaction, ...Reaction[]]>();
  const ranked = reactions
    .filter((reaction) => reaction.clause.length <= LONGEST_WORDS)
    .sort((a, b) => Number(a.stance === 'neutral') - Number(b.stance === 'neutral'));
  for (const reaction of ranked) {
    const line = lines.get(reaction.speaker.id);
    if (!line) lines.set(reaction.speaker.id, [reaction]);
    else if (line.length === 1 && belongs(reaction, line[0])) line.push(reaction);
  }
  // An unnamed source never leads and never outweighs people with names.
  const all = [...lines.values()];
  const isUnnamed = ([first]: SpeakerReactions) => first.speaker.kind === 'unnamed';
  return [...all.filter((line) => !isUnnamed(line)), ...all.filter(isUnnamed)].slice(0, MOST_REACTIONS);
}

const belongs = (second: Reaction, first: Reaction): boolean =>
  second.stance === first.stance &&
  second.kind === first.kind &&
  second.article.id === first.article.id &&
  first.clause.length + second.clause.length <= 240;

/** A reaction whose words stand above it as a quote, whole. */
const repeats = (line: SpeakerReactions, statements: readonly Quote[]): boolean =>
  line.every(
    ({ kind, receipts }) =>
      kind === 'direct' && receipts.every((id) => statements.some((quote) => quote.receipt.id === id)),
  );

/** A quote shorter than this, such as “With all due respect”, tells little by itself. */
const LEAST_WORDS = 26;

/** Words that point to a speaker whom only the reader of the article knows. */
const FIRST_PERSON = /^(?:i|we|me|us|my|our)(?:['’]\p{L}+)?$/iu;

/** Verbatim statements by named speakers first; at most two of one speaker; what a reaction line already shows is left to it. */
export function chooseStatements({ quotes }: StoryCoverage, reactions: readonly SpeakerReactions[]): readonly Quote[] {
  const shown = new Set(reactions.flat().flatMap((reaction) => reaction.receipts));
  const count = new Map<unknown, number>();
  const fits = (quote: Quote) =>
    quote.kind !== 'indirect' &&
    quote.text.length <= LONGEST_WORDS &&
    // A fragment without its speaker tells nothing, and neither does the author's "I".
    !(quote.speaker === undefined && (quote.kind === 'partial' || FIRST_PERSON.test(quote.mention ?? ''))) &&
    !(quote.kind === 'partial' && shown.has(quote.receipt.id));
  // What an account posted about someone else's words comes after the words themselves, even in part.
  const rank = (quote: Quote) =>
    (quote.speaker === undefined ? 4 : quote.speaker.kind === 'unnamed' ? 3 : 0) +
    (quote.medium === 'post' && quote.speaker?.kind !== 'person'
      ? 2
      : quote.kind === 'direct' && quote.text.length >= LEAST_WORDS
        ? 0
        : 1);
  const chosen: Quote[] = [];
  for (const quote of quotes.filter(fits).sort((a, b) => rank(a) - rank(b))) {
    if (chosen.length === MOST_STATEMENTS) break;
    if (chosen.length === 0 && quote.speaker?.kind === 'unnamed') continue;
    const who = quote.speaker?.id ?? quote.mention;
    const sofar = count.get(who) ?? 0;
    if (sofar === 2) continue;
    count.set(who, sofar + 1);
    chosen.push(quote);
  }
  return chosen;
}

/** Adds units in order of worth while the budget holds, then shows them in reading order and counts what waits. */
function withinBudget(
  said: Words,
  head: Block[],
  tail: Block[],
  lead: Excerpt | undefined,
  statements: readonly Quote[],
  reactions: readonly SpeakerReactions[],
): { readonly blocks: Block[]; readonly quotes: number } {
  const leadBlock = lead
    ? [paragraph(strong(said.brief.inShort), text(' — '), excerptInline(lead), text(NEAR), code(`¶${lead.paragraph}`))]
    : [];
  let quotes: Quote[] = [];
  let answers: SpeakerReactions[] = [];
  const build = (q: readonly Quote[], r: readonly SpeakerReactions[]): Block[] => {
    const waiting = reactions.length - r.length;
    const title = said.brief.reactions(reactions.length);
    const lines = r.map((line) => reactionLine(said, ...line));
    return [
      ...leadBlock,
      ...(q.length > 0 ? [divider, ...q.map((quote, i) => statement(quote, said, q[i - 1]))] : []),
      ...(r.length > 0 ? [divider, paragraph(strong(title)), { kind: 'list', items: lines } as const] : []),
      ...(waiting > 0 ? [small(said.brief.moreReactions(waiting))] : []),
    ];
  };
  const fits = (q: readonly Quote[], r: readonly SpeakerReactions[]) => {
    const all = [...head, ...build(q, r), ...tail];
    return characters(all) + laterAdded(said) <= BRIEF_BUDGET.characters && components(all) < BRIEF_BUDGET.components;
  };
  const tryQuote = (quote: Quote) => {
    if (fits([...quotes, quote], answers)) quotes = [...quotes, quote];
  };
  const tryReaction = ([first]: SpeakerReactions) => {
    if (fits(quotes, [...answers, [first]])) answers = [...answers, [first]];
  };
  const trySecond = (line: SpeakerReactions) => {
    const longer = answers.map((answer) => (answer[0] === line[0] ? line : answer));
    if (line.length > 1 && fits(quotes, longer)) answers = longer;
  };
  // First a quote, then who answers it, then more of both: a claim is not shown without its objection.
  statements.slice(0, 1).forEach(tryQuote);
  reactions.slice(0, 4).forEach(tryReaction);
  statements.slice(1, 2).forEach(tryQuote);
  reactions.forEach(trySecond);
  statements.slice(2).forEach(tryQuote);
  reactions.slice(4).forEach(tryReaction);
  return { blocks: build(quotes, answers), quotes: quotes.length };
}

function smallPrint(coverage: Coverage, { story }: StoryCoverage, said: Words) {
  return [`${sourcesLine(story.articles, said)} · `, ...said.parts.asOf(time(coverage.asOf, 'datetime', 'UTC'))];
}

function menu(others: readonly StoryCoverage[], more: number, said: Words): Block[] {
  if (others.length === 0) return [];
  return [
    {
      kind: 'menu',
      placeholder: said.brief.moreStories(others.length + more),
      choices: others.map(({ story }) => ({
        label: story.label,
        command: `/brief topic:#${story.id}`,
        detail: said.count.articles(story.articles.length),
      })),
    },
  ];
}

function buttons({ story, quotes }: StoryCoverage, topic: string, said: Words): Action[] {
  const verbatim = quotes.filter((quote) => quote.kind !== 'indirect').length;
  // A page that could not be read whole is the last that a reader should be sent to.
  const toRead = story.articles.find(({ partialText }) => !partialText) ?? story.articles[0];
  return [
    ...(verbatim > 0 ? [asks.quotes(topic, said)] : []),
    asks.reactions(topic, said),
    ...(toRead?.url?.startsWith('http') ? [{ kind: 'link', label: said.press.article, url: toRead.url } as const] : []),
    {
      kind: 'form',
      label: said.press.followTopic,
      command: `/schedule add kind:topic topic:"${topic.replaceAll('"', ' ')}"`,
    },
  ];
}

/** One row where Share has room in it too, else two, the last of which is about the message itself. */
const rows = (all: readonly Action[]): readonly Block[] =>
  all.length <= 4 ? [actions(...all)] : [actions(...all.slice(0, -1)), actions(...all.slice(-1))];

/** `/brief` alone: the day, one line a story, each a press away. */
export function composeOverview(coverage: Coverage, title: string, said: Words): Document {
  const items = coverage.stories.map((one) => {
    const lead = chooseLead(one);
    return { one, lead, voices: voicesLine(one, said) };
  });
  return {
    summary: `${title}: ${coverage.stories.map((one) => one.story.label).join('; ')}`,
    blocks: [
      heading(title),
      ...items.flatMap(({ one, lead, voices }, i): Block[] => [
        paragraph(
          strong(`${i + 1}. ${fictionMark(one.story.articles[0]!, said)}${one.story.label}`),
          text(` — ${one.story.articles[0] ? dateState(one.story.articles[0], said) : ''}`),
        ),
        ...(lead && lead.text.length <= 300
          ? [paragraph(excerptInline(lead), text(NEAR), code(`¶${lead.paragraph}`))]
          : []),
        ...(voices === '' ? [] : [small(voices)]),
      ]),
      {
        kind: 'menu',
        placeholder: said.brief.readOne,
        choices: items.map(({ one }) => ({ label: one.story.label, command: `/brief topic:#${one.story.id}` })),
      },
      small(
        ...(coverage.more > 0 ? [`${said.brief.moreMatch(coverage.more)} · `] : []),
        ...said.parts.asOf(time(coverage.asOf, 'datetime', 'UTC')),
      ),
      actions(run(said.press.topics, '/topics'), run(said.press.speakers, '/speakers')),
    ],
  };
}

const MOST_VOICES = 4;

/** Who is heard in a story: those quoted in their own words, then those of whom there are paraphrases only. Nobody unnamed. */
function voicesLine({ quotes }: StoryCoverage, said: Words): string {
  const named = (verbatim: boolean) => [
    ...new Set(
      quotes.flatMap(({ kind, speaker }) =>
        speaker && speaker.kind !== 'unnamed' && (kind !== 'indirect') === verbatim ? [speaker.name] : [],
      ),
    ),
  ];
  const quoted = named(true);
  const paraphrased = named(false).filter((name) => !quoted.includes(name));
  const line = (names: readonly string[], words: (names: readonly string[], more: number) => string) =>
    names.length > 0 ? [words(names.slice(0, MOST_VOICES), Math.max(0, names.length - MOST_VOICES))] : [];
  return [...line(quoted, said.brief.quoted), ...line(paraphrased, said.brief.paraphrased)].join(' · ');
}
