/**
 * Set-up in chat: channel, time, topic, test. Each step is a command of its own, so a step needs no memory, and each
 * checks what is missing in *that* channel and says where to grant it.
 */
import { z } from 'zod';
import { AskError, commandText } from '../src/command.ts';
import type { Block, Document } from '../src/document.ts';
import { actions, code, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import { type Language, languages, type Words, wordsFor, wordsIn } from '../src/language/language.ts';
import { meansEverything } from '../src/language/typed.ts';
import { nextSlots, parseSchedule } from '../src/schedule.ts';
import { channelId, channelLanguage, channelName } from './schedule.ts';
import { completeTopic, define, option } from './shared.ts';

const EVERYTHING = 'everything';

export const setup = define({
  name: 'setup',
  summary: 'Set up a briefing step by step: channel, time, topic, test',
  manage: true,
  options: z.object({
    channel: z.string().max(100).optional().describe('Where briefings go').meta({ channel: true }),
    times: z.string().max(200).optional().describe('When, such as daily 08:00').meta({ example: 'daily 08:00' }),
    topic: z.string().max(200).optional().describe('A topic, or everything').meta({ example: 'cartels' }),
    language: option.language.optional(),
  }),
  complete: { topic: completeTopic },
  async run(asked, caller, services) {
    const said = wordsFor(caller);
    const { setup } = said;
    const zone = caller.zone ?? services.zone;
    const channel = channelId(asked.channel);
    const so = (more: Record<string, string>) =>
      commandText('setup', { channel, times: asked.times, topic: asked.topic, language: asked.language, ...more });

    if (!channel) {
      const here = caller.channelName ?? setup.thisChannel;
      return step(said, 1, setup.where, [
        ...(await missing(caller.channel)),
        actions(run(setup.here(here).slice(0, 75), so({ channel: caller.channel })), {
          kind: 'form',
          label: setup.anotherChannel,
          command: '/setup',
        }),
        small(setup.notYet),
      ]);
    }
    const problems = await missing(channel);
    if (problems.length > 0) {
      return step(said, 1, setup.cannotPost, [
        ...problems,
        actions(run(setup.retry, so({ channel })), run(setup.chooseAnother, '/setup')),
      ]);
    }
    if (!asked.times) {
      return step(said, 2, setup.when, [
        paragraph(caller.zone ? setup.yourZone(zone) : setup.botZone(zone)),
        {
          kind: 'menu',
          placeholder: setup.chooseTime,
          choices: setup.times.map((times) => ({ label: times, command: so({ times }) })),
        },
        actions({ kind: 'form', label: setup.otherTimes, command: so({}) }, back('/setup', said)),
      ]);
    }
    const schedule = parseSchedule(asked.times, said);
    if ('problem' in schedule) throw new AskError(said.schedule.wrongTimes(schedule.problem));
    const first = nextSlots(schedule.schedule, zone, services.now().toISOString(), 1)[0];
    if (!asked.topic) {
      const topics = await services.store.topics({ tenant: caller.tenant, limit: 10 });
      return step(said, 3, setup.about, [
        {
          kind: 'menu',
          placeholder: setup.chooseTopic,
          choices: [
            { label: setup.everythingTheDay, command: so({ topic: EVERYTHING }) },
            ...topics.map((topic) => ({
              label: topic.label.slice(0, 90),
              command: so({ topic: topic.label.replaceAll('"', ' ') }),
            })),
          ],
        },
        actions(back(commandText('setup', { channel, language: asked.language }), said)),
      ]);
    }
    const language = asked.language ?? channelLanguage(caller);
    const topic = meansEverything(asked.topic) ? undefined : asked.topic;
    return step(said, 4, setup.ready, [
      list([
        [
          strong(setup.labels.where),
          ` ${channelName(channel, caller) ?? (channel === caller.channel ? setup.thisChannel : said.schedule.channel(channel))}`,
        ],
        [
          strong(setup.labels.when),
          ` ${asked.times}, ${zone}`,
          ...(first ? setup.first(time(first.at, 'datetime', zone)) : []),
        ],
        [strong(setup.labels.what), ` ${topic ?? said.schedule.theDay}`],
        [strong(setup.labels.language), ` ${wordsIn(language).language}`],
      ]),
      actions(
        run(
          setup.start,
          commandText('schedule add', {
            times: asked.times,
            topic,
            channel: channel === caller.channel ? undefined : channel,
            language: language === channelLanguage(caller) ? undefined : language,
          }),
        ),
        run(setup.seeFirst, topic ? commandText('brief', { topic }) : '/brief'),
        back(commandText('setup', { channel, times: asked.times, language: asked.language }), said),
        ...otherLanguages(language, (other) => so({ language: other })),
      ),
      small(...setup.after(code(said.names.command('schedule now')), code(said.names.command('schedule list')))),
    ]);

    async function missing(where: string): Promise<Block[]> {
      const platform = services.platforms.get(caller.platform);
      const problems = (await platform?.problems({ tenant: caller.tenant, channel: where }, caller.locale)) ?? [];
      return problems.map((problem) => paragraph(strong(setup.missing), text(problem)));
    }
  },
});

/** A button a language, in that language, for those who read it. */
const otherLanguages = (chosen: Language, so: (language: Language) => string) =>
  languages
    .filter((language) => language !== chosen)
    .map((language) => run(wordsIn(language).setup.inThisLanguage, so(language)));

/** To the step before, with what was chosen until then. */
const back = (command: string, { press }: Words) => run(press.back, command);

const step = ({ setup }: Words, n: number, question: string, blocks: readonly Block[]): Document => ({
  summary: setup.summary(n, question),
  blocks: [heading(setup.heading(n, question)), ...blocks],
});
