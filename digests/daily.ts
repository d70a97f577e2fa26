/**
 * The digest a briefing posts: new stories first with one quote each, unchanged ones in a line, an empty day in a line.
 * Detail of the first story stands in the thread, where the channel wants threads. Pure.
 */
import type { Block, Document } from '../src/document.ts';
import { actions, code, divider, heading, paragraph, run, small, strong, text } from '../src/document.ts';
import type { Briefing, Coverage, Instant, StoryCoverage } from '../src/model.ts';
import { chooseLead, chooseReactions, chooseStatements, composeBrief } from './brief.ts';
import { localDay, localTime } from './dates.ts';
import {
  asks,
  dateState,
  excerptInline,
  fictionMark,
  kindWords,
  STANCE_WORD,
  sourcesLine,
  statement,
} from './parts.ts';

/** Most stories in one digest; the rest are counted. */
const MOST_STORIES = 5;

export interface DailyInput {
  readonly briefing: Briefing;
  readonly coverage: Coverage;
  /** Stories this channel has been shown, with when. */
  readonly shown: ReadonlyMap<number, Instant>;
  /** The slot being served. */
  readonly dueAt: Instant;
  readonly now: Date;
  /** Said above the title when the post is late, merged or a test: `due 08:00, sent 09:12: the bot was offline`. */
  readonly banner?: string;
  readonly next?: Instant;
}

export interface Daily {
  readonly document: Document;
  /** Stories told in full: the channel has seen them when this is posted. */
  readonly storiesShown: readonly number[];
  readonly empty: boolean;
}

/** Composes one edition. */
export function composeDaily(input: DailyInput): Daily {
  const { briefing, coverage, shown } = input;
  const isNew = ({ story }: StoryCoverage) => {
    const at = shown.get(story.id);
    return at === undefined || story.latestAt > at;
  };
  const fresh = coverage.stories.filter(isNew).slice(0, MOST_STORIES);
  const old = briefing.onlyNew
    ? []
    : coverage.stories.filter((one) => !isNew(one)).slice(0, MOST_STORIES - fresh.length);
  // Where only new stories are wanted, seen ones do not wait: they are left out.
  const wanted = briefing.onlyNew ? coverage.stories.filter(isNew).length : coverage.stories.length;
  const waiting = coverage.more + wanted - fresh.length - old.length;
  const title = `${titleOf(briefing)} · ${localDay(input.dueAt, briefing.zone)}`;
  const count = fresh.length === 0 ? 'nothing new' : `${fresh.length} ${fresh.length === 1 ? 'story' : 'stories'}`;

  const blocks: Block[] = [
    heading(title),
    small(
      [
        input.banner,
        // A banner of lateness names the time itself.
        /^due /i.test(input.banner ?? '') ? briefing.zone : `${localTime(input.dueAt, briefing.zone)} ${briefing.zone}`,
        `${count}${old.length > 0 ? `, ${old.length} unchanged` : ''}`,
        coverage.since
          ? `since ${localDay(coverage.since, briefing.zone)} ${localTime(coverage.since, briefing.zone)}`
          : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...fresh.flatMap((one, i) => storyBlocks(one, i + 1)),
    ...(old.length > 0
      ? [
          divider,
          ...old.map(({ story }, i) =>
            paragraph(
              strong(
                `${fresh.length + i + 1}. ${story.articles[0] ? fictionMark(story.articles[0]) : ''}${story.label}`,
              ),
              text(` — no change since ${localDay(shown.get(story.id) ?? story.latestAt, briefing.zone)}.`),
            ),
          ),
        ]
      : []),
    ...(fresh.length === 0 && old.length === 0 ? [paragraph(emptyLine(input))] : []),
    ...(fresh.length > 0
      ? [
          {
            kind: 'menu',
            placeholder: 'Full brief of a story',
            choices: fresh.map(({ story }) => ({ label: story.label, command: `/brief topic:#${story.id}` })),
          } as const,
        ]
      : []),
    small(
      [
        waiting > 0 ? `${waiting} more ${waiting === 1 ? 'story' : 'stories'} under /brief` : undefined,
        'no AI-written text',
        input.next ? `next: ${localDay(input.next, briefing.zone)} ${localTime(input.next, briefing.zone)}` : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...(fresh.length > 0
      ? [
          actions(
            run('Quotes', '/quote'),
            run('Reactions', '/reactions'),
            asks.report(fresh.map(({ story }) => `#${story.id}`).join(',')),
          ),
        ]
      : []),
  ];
  const document: Document = { summary: `${title}: ${count}${fresh[0] ? `. ${fresh[0].story.label}` : ''}`, blocks };
  const [first] = fresh;
  return {
    document:
      briefing.threads && first
        ? { ...document, thread: composeBrief({ ...coverage, stories: [first], more: 0 }) }
        : document,
    storiesShown: fresh.map(({ story }) => story.id),
    empty: fresh.length === 0,
  };
}

function storyBlocks(one: StoryCoverage, n: number): Block[] {
  const { story } = one;
  const lead = chooseLead(one);
  const reactions = chooseReactions(one);
  const [quote] = chooseStatements(one, reactions);
  const answers = reactions
    .map(([first]) => first)
    .filter((reaction) => reaction.speaker.id !== quote?.speaker?.id)
    .slice(0, 3);
  return [
    paragraph(
      strong(`${n}. ${story.articles[0] ? fictionMark(story.articles[0]) : ''}${story.label}`),
      ...(story.labelIsOurs ? [text(' (label by the bot)')] : []),
    ),
    ...(lead ? [paragraph(excerptInline(lead), text(' '), code(`¶${lead.paragraph}`))] : []),
    ...(quote ? [statement(quote)] : []),
    small(
      [
        answers.length > 0
          ? `Reactions: ${answers.map((reaction) => `${reaction.speaker.name} (${STANCE_WORD[reaction.stance]}, ${kindWords(reaction)})`).join('; ')}`
          : undefined,
        sourcesLine(story.articles),
        story.articles[0] ? dateState(story.articles[0]) : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
  ];
}

function emptyLine({ briefing, coverage }: DailyInput): string {
  const about = briefing.topic ? ` about ${briefing.topic}` : '';
  const since = coverage.since
    ? ` since ${localDay(coverage.since, briefing.zone)} ${localTime(coverage.since, briefing.zone)}`
    : '';
  return `Nothing new${about}${since}. The bot is running; this line is here so that silence never has to be guessed at.`;
}

function titleOf(briefing: Briefing): string {
  if (briefing.kind === 'daily') return 'Briefing';
  return `Briefing: ${briefing.topic ?? briefing.kind}`;
}
