/**
 * The brief: one story in half a minute. Label and date state, one sentence of what happened, two or three statements,
 * reactions one line each, small print, actions. What does not fit the budget is counted and one press away.
 */
import type { Action, Block, Document } from '../src/document.ts';
import { actions, code, divider, heading, paragraph, run, small, strong, text, time } from '../src/document.ts';
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
  reactionLine,
  sourcesLine,
  statement,
} from './parts.ts';

/** Room for what is added after composing: the gate's stamp and the Share button. */
const STAMP = 42;
const MOST_STATEMENTS = 3;
const MOST_REACTIONS = 6;
/** A lead longer than this leaves no room for the people in the story. */
const LONGEST_LEAD = 360;

/** A brief of the first story of a coverage; the others are named in a menu. Empty coverage is the command's to answer. */
export function composeBrief(
  coverage: Coverage & { readonly stories: readonly [StoryCoverage, ...StoryCoverage[]] },
): Document {
  const [story, ...others] = coverage.stories;
  const topic = coverage.topic ?? story.story.topics[0] ?? story.story.label;
  const lead = chooseLead(story);
  const reactions = chooseReactions(story);
  const statements = chooseStatements(story, reactions);

  const head = [heading(story.story.label), small(headLine(story))];
  const tail = [
    small(...smallPrint(coverage, story)),
    ...menu(others, coverage.more),
    actions(...buttons(story, topic)),
    actions(asks.report(`#${story.story.id}`)),
  ];
  const body = withinBudget(head, tail, lead, statements, reactions);
  return {
    summary: `${fictionMark(story.story.articles[0]!)}${story.story.label}${lead ? `. ${lead.text}` : ''}`,
    blocks: [...head, ...body, ...tail],
  };
}

function headLine({ story, matched }: StoryCoverage): string {
  const [newest] = story.articles;
  return [
    newest?.fiction ? 'Fiction, made for trying the bot' : undefined,
    story.labelIsOurs ? 'Label by the bot' : undefined,
    matched && !story.label.toLowerCase().includes(matched.toLowerCase()) ? `found for: ${matched}` : undefined,
    story.articles.length > 1 ? `${story.articles.length} articles` : undefined,
    newest ? dateState(newest) : undefined,
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

/** Verbatim statements by named speakers first; at most two of one speaker; what a reaction line already shows is left to it. */
export function chooseStatements({ quotes }: StoryCoverage, reactions: readonly SpeakerReactions[]): readonly Quote[] {
  const shown = new Set(reactions.flat().flatMap((reaction) => reaction.receipts));
  const count = new Map<unknown, number>();
  const fits = (quote: Quote) =>
    quote.kind !== 'indirect' &&
    quote.text.length <= LONGEST_WORDS &&
    !(quote.kind === 'partial' && shown.has(quote.receipt.id));
  // What an account posted about someone else's words comes after the words themselves, even in part.
  const rank = (quote: Quote) =>
    (quote.speaker === undefined ? 4 : quote.speaker.kind === 'unnamed' ? 3 : 0) +
    (quote.medium === 'post' && quote.speaker?.kind !== 'person' ? 2 : quote.kind === 'direct' ? 0 : 1);
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
  head: Block[],
  tail: Block[],
  lead: Excerpt | undefined,
  statements: readonly Quote[],
  reactions: readonly SpeakerReactions[],
): Block[] {
  const leadBlock = lead
    ? [paragraph(strong('In short'), text(' — '), excerptInline(lead), text(' '), code(`¶${lead.paragraph}`))]
    : [];
  let quotes: Quote[] = [];
  let answers: SpeakerReactions[] = [];
  const build = (q: readonly Quote[], r: readonly SpeakerReactions[]): Block[] => {
    const waiting = reactions.length - r.length;
    const title = `Reactions (${reactions.length})`;
    return [
      ...leadBlock,
      ...(q.length > 0 ? [divider, ...q.map(statement)] : []),
      ...(r.length > 0
        ? [divider, paragraph(strong(title)), { kind: 'list', items: r.map((line) => reactionLine(...line)) } as const]
        : []),
      ...(waiting > 0
        ? [small(`${waiting} more ${waiting === 1 ? 'reaction' : 'reactions'} under Who said what`)]
        : []),
    ];
  };
  const fits = (q: readonly Quote[], r: readonly SpeakerReactions[]) => {
    const all = [...head, ...build(q, r), ...tail];
    return characters(all) + STAMP <= BRIEF_BUDGET.characters && components(all) < BRIEF_BUDGET.components;
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
  return build(quotes, answers);
}

function smallPrint(coverage: Coverage, { story }: StoryCoverage) {
  return [text(`${sourcesLine(story.articles)} · as of `), time(coverage.asOf, 'datetime', 'UTC')];
}

function menu(others: readonly StoryCoverage[], more: number): Block[] {
  if (others.length === 0) return [];
  return [
    {
      kind: 'menu',
      placeholder: `${others.length + more} more ${others.length + more === 1 ? 'story' : 'stories'}`,
      choices: others.map(({ story }) => ({
        label: story.label,
        command: `/brief topic:#${story.id}`,
        detail: `${story.articles.length} articles`,
      })),
    },
  ];
}

function buttons({ story, quotes }: StoryCoverage, topic: string): Action[] {
  const verbatim = quotes.filter((quote) => quote.kind !== 'indirect').length;
  return [
    ...(verbatim > 0 ? [asks.quotes(topic)] : []),
    asks.reactions(topic),
    ...(story.articles[0]?.url?.startsWith('http')
      ? [{ kind: 'link', label: 'Article', url: story.articles[0].url } as const]
      : []),
    { kind: 'form', label: 'Follow topic', command: `/schedule add kind:topic topic:"${topic.replaceAll('"', ' ')}"` },
  ];
}

/** `/brief` alone: the day, one line a story, each a press away. */
export function composeOverview(coverage: Coverage, title: string): Document {
  const items = coverage.stories.map((one) => {
    const lead = chooseLead(one);
    const voices = [
      ...new Set(
        one.quotes.flatMap((quote) => (quote.speaker && quote.speaker.kind !== 'unnamed' ? [quote.speaker.name] : [])),
      ),
    ];
    return { one, lead, voices };
  });
  return {
    summary: `${title}: ${coverage.stories.map((one) => one.story.label).join('; ')}`,
    blocks: [
      heading(title),
      ...items.flatMap(({ one, lead, voices }, i): Block[] => [
        paragraph(
          strong(`${i + 1}. ${fictionMark(one.story.articles[0]!)}${one.story.label}`),
          text(` — ${one.story.articles[0] ? dateState(one.story.articles[0]) : ''}`),
        ),
        ...(lead && lead.text.length <= 300
          ? [paragraph(excerptInline(lead), text(' '), code(`¶${lead.paragraph}`))]
          : []),
        ...(voices.length > 0
          ? [
              small(
                `Quoted: ${voices.slice(0, 4).join(', ')}${voices.length > 4 ? ` and ${voices.length - 4} more` : ''}`,
              ),
            ]
          : []),
      ]),
      {
        kind: 'menu',
        placeholder: 'Read one in full',
        choices: items.map(({ one }) => ({ label: one.story.label, command: `/brief topic:#${one.story.id}` })),
      },
      small(
        `${coverage.more > 0 ? `${coverage.more} more stories match · ` : ''}as of `,
        time(coverage.asOf, 'datetime', 'UTC'),
      ),
      actions(run('Topics', '/topics'), run('Speakers', '/speakers')),
    ],
  };
}
