/**
 * The digest a briefing posts: new stories first with one quote each, unchanged ones in a line, an empty day in a line.
 * Detail of the first story stands in the thread, where the channel wants threads. Pure.
 */
import type { Block, Document } from '../src/document.ts';
import { actions, code, divider, heading, paragraph, run, small, strong, text } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { Briefing, Coverage, Instant, Reaction, StoryCoverage } from '../src/model.ts';
import { chooseLead, chooseReactions, chooseStatements, composeBrief } from './brief.ts';
import { asks, dateState, excerptInline, fictionMark, kindWords, NEAR, sourcesLine, statement } from './parts.ts';
import { understoodBlocks } from './understood.ts';

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
  /** The banner names the time itself. */
  readonly late?: boolean;
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
  // What is posted is read by a whole channel: in the briefing's language, whoever made it.
  const said = wordsFor(briefing);
  const { localDay, localTime } = said.dates;
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
  const title = `${titleOf(briefing, said)} · ${localDay(input.dueAt, briefing.zone)}`;
  const count = fresh.length === 0 ? said.daily.nothingNew : said.daily.stories(fresh.length);

  const blocks: Block[] = [
    heading(title),
    small(
      [
        input.banner,
        input.late ? briefing.zone : `${localTime(input.dueAt, briefing.zone)} ${briefing.zone}`,
        `${count}${old.length > 0 ? `, ${said.daily.unchanged(old.length)}` : ''}`,
        sinceWords(input, said),
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...understoodBlocks(coverage.understood, coverage.topic, said),
    ...fresh.flatMap((one, i) => storyBlocks(one, i + 1, said)),
    ...(old.length > 0
      ? [
          divider,
          ...old.map(({ story }, i) =>
            paragraph(
              strong(
                `${fresh.length + i + 1}. ${story.articles[0] ? fictionMark(story.articles[0], said) : ''}${story.label}`,
              ),
              text(said.daily.noChange(localDay(shown.get(story.id) ?? story.latestAt, briefing.zone))),
            ),
          ),
        ]
      : []),
    ...(fresh.length === 0 && old.length === 0
      ? [paragraph(said.daily.empty(briefing.topic, sinceWords(input, said)))]
      : []),
    ...(fresh.length > 0
      ? [
          {
            kind: 'menu',
            placeholder: said.daily.fullBrief,
            choices: fresh.map(({ story }) => ({ label: story.label, command: `/brief topic:#${story.id}` })),
          } as const,
        ]
      : []),
    small(
      [
        waiting > 0 ? said.daily.moreUnder(waiting) : undefined,
        said.daily.noMachineText,
        input.next
          ? said.daily.next(localDay(input.next, briefing.zone), localTime(input.next, briefing.zone))
          : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...(fresh.length > 0
      ? [
          actions(
            run(said.press.quotes, '/quote'),
            run(said.press.reactions, '/reactions'),
            asks.report(fresh.map(({ story }) => `#${story.id}`).join(','), said),
          ),
        ]
      : []),
  ];
  const document: Document = { summary: `${title}: ${count}${fresh[0] ? `. ${fresh[0].story.label}` : ''}`, blocks };
  const [first] = fresh;
  return {
    document:
      briefing.threads && first
        ? { ...document, thread: composeBrief({ ...coverage, stories: [first], more: 0 }, said) }
        : document,
    storiesShown: fresh.map(({ story }) => story.id),
    empty: fresh.length === 0,
  };
}

function storyBlocks(one: StoryCoverage, n: number, said: Words): Block[] {
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
      strong(`${n}. ${story.articles[0] ? fictionMark(story.articles[0], said) : ''}${story.label}`),
      ...(story.labelIsOurs ? [text(said.daily.labelByBot)] : []),
    ),
    ...(lead ? [paragraph(excerptInline(lead), text(NEAR), code(`¶${lead.paragraph}`))] : []),
    ...(quote ? [statement(quote, said)] : []),
    small(
      [
        answers.length > 0
          ? said.daily.reactions(answers.map((reaction) => answerLine(reaction, said)).join('; '))
          : undefined,
        sourcesLine(story.articles, said),
        story.articles[0] ? dateState(story.articles[0], said) : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
  ];
}

/** `Claudia Sheinbaum (against, paraphrase)` */
const answerLine = (reaction: Reaction, said: Words): string =>
  `${reaction.speaker.name} (${said.parts.stance[reaction.stance]}, ${kindWords(reaction, said)})`;

function sinceWords({ coverage, briefing }: DailyInput, { daily, dates }: Words): string | undefined {
  if (!coverage.since) return undefined;
  return daily.since(dates.localDay(coverage.since, briefing.zone), dates.localTime(coverage.since, briefing.zone));
}

const titleOf = (briefing: Briefing, { daily }: Words): string =>
  daily.title(briefing.kind === 'daily' ? undefined : (briefing.topic ?? briefing.kind));
