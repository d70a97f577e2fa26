/**
 * Set-up in chat: channel, time, topic, test. Each step is a command of its own, so a step needs no memory, and each
 * checks what is missing in *that* channel and says where to grant it.
 */
import { z } from 'zod';
import { AskError, commandText } from '../src/command.ts';
import type { Block, Document } from '../src/document.ts';
import { actions, code, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import { nextSlots, parseSchedule } from '../src/schedule.ts';
import { channelId, channelName } from './schedule.ts';
import { define } from './shared.ts';

const TIMES = ['daily 07:00', 'daily 08:00', 'daily 09:00', 'weekdays 08:00', 'daily 18:00', 'mon 09:00'];
const EVERYTHING = 'everything';

export const setup = define({
  name: 'setup',
  summary: 'Set up a briefing step by step: channel, time, topic, test',
  manage: true,
  options: z.object({
    channel: z.string().max(100).optional().describe('Where briefings go').meta({ channel: true }),
    times: z.string().max(200).optional().describe('When, such as daily 08:00').meta({ example: 'daily 08:00' }),
    topic: z.string().max(200).optional().describe('A topic, or everything').meta({ example: 'cartels' }),
  }),
  async run(asked, caller, services) {
    const zone = caller.zone ?? services.zone;
    const channel = channelId(asked.channel);
    const so = (more: Record<string, string>) =>
      commandText('setup', { channel, times: asked.times, topic: asked.topic, ...more });

    if (!channel) {
      const here = caller.channelName ?? 'this channel';
      return step(1, 'Where should briefings be posted?', [
        ...(await missing(caller.channel)),
        actions(run(`Here (${here})`.slice(0, 75), so({ channel: caller.channel })), {
          kind: 'form',
          label: 'Another channel',
          command: '/setup',
        }),
        small('Nothing is posted until you finish.'),
      ]);
    }
    const problems = await missing(channel);
    if (problems.length > 0) {
      return step(1, 'The bot cannot post there yet', [
        ...problems,
        actions(run('Retry', so({ channel })), run('Choose another channel', '/setup')),
      ]);
    }
    if (!asked.times) {
      return step(2, 'When?', [
        paragraph(
          `Times are in ${zone}${caller.zone ? ', your own zone' : ', the zone of the bot; /schedule add takes another'}.`,
        ),
        {
          kind: 'menu',
          placeholder: 'Choose a time',
          choices: TIMES.map((times) => ({ label: times, command: so({ times }) })),
        },
        actions({ kind: 'form', label: 'Other times', command: so({}) }, back('/setup')),
      ]);
    }
    const schedule = parseSchedule(asked.times);
    if ('problem' in schedule) throw new AskError(`times: ${schedule.problem}`);
    const first = nextSlots(schedule.schedule, zone, services.now().toISOString(), 1)[0];
    if (!asked.topic) {
      const topics = await services.store.topics({ tenant: caller.tenant, limit: 10 });
      return step(3, 'About what?', [
        {
          kind: 'menu',
          placeholder: 'Choose a topic',
          choices: [
            { label: 'Everything: the day', command: so({ topic: EVERYTHING }) },
            ...topics.map((topic) => ({
              label: topic.label.slice(0, 90),
              command: so({ topic: topic.label.replaceAll('"', ' ') }),
            })),
          ],
        },
        actions(back(commandText('setup', { channel }))),
      ]);
    }
    const topic = asked.topic.toLowerCase() === EVERYTHING ? undefined : asked.topic;
    return step(4, 'Ready', [
      list([
        [
          strong('Where'),
          ` ${channelName(channel, caller) ?? (channel === caller.channel ? 'this channel' : `channel ${channel}`)}`,
        ],
        [
          strong('When'),
          ` ${asked.times}, ${zone}`,
          ...(first ? [text(' (first: '), time(first.at, 'datetime', zone), text(')')] : []),
        ],
        [strong('What'), ` ${topic ?? 'the day'}`],
      ]),
      actions(
        run(
          'Start it',
          commandText('schedule add', {
            times: asked.times,
            topic,
            channel: channel === caller.channel ? undefined : channel,
          }),
        ),
        run('See a brief first', topic ? commandText('brief', { topic }) : '/brief'),
        back(commandText('setup', { channel, times: asked.times })),
      ),
      small(
        'After it starts: ',
        code('/schedule now'),
        text(' posts a first one, '),
        code('/schedule list'),
        text(' shows the next three times.'),
      ),
    ]);

    async function missing(where: string): Promise<Block[]> {
      const platform = services.platforms.get(caller.platform);
      const problems = (await platform?.problems({ tenant: caller.tenant, channel: where })) ?? [];
      return problems.map((problem) => paragraph(strong('Missing: '), text(problem)));
    }
  },
});

/** To the step before, with what was chosen until then. */
const back = (command: string) => run('Back', command);

const step = (n: number, question: string, blocks: readonly Block[]): Document => ({
  summary: `Set-up, step ${n} of 4: ${question}`,
  blocks: [heading(`Set-up ${n} of 4: ${question}`), ...blocks],
});
