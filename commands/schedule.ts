/** Briefings: standing orders for a channel. Every change answers with the next three times it will be posted. */
import { z } from 'zod';
import { AskError, clip } from '../src/command.ts';
import type { Block, Document, Inline } from '../src/document.ts';
import { actions, code, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import type { Briefing } from '../src/model.ts';
import type { Caller } from '../src/platforms/platform.ts';
import { parseQuiet, QUIET_EXPECTED } from '../src/quiet.ts';
import { describe, parseSchedule, SCHEDULE_EXAMPLES } from '../src/schedule.ts';
import type { Services } from '../src/services.ts';
import { isZone } from '../src/zones.ts';
import { completeTopic, define, plural } from './shared.ts';

const id = z.int().min(1).describe('The number in /schedule list').meta({ example: '1' });
const ZONES = Intl.supportedValuesOf('timeZone');

export const scheduleAdd = define({
  name: 'schedule add',
  summary: 'Post a digest to a channel at set times',
  manage: true,
  options: z.object({
    times: z
      .string()
      .min(2)
      .max(200)
      .describe(`When: ${SCHEDULE_EXAMPLES}`.slice(0, 100))
      .meta({ example: 'daily 08:00' }),
    topic: z.string().max(200).optional().describe('Only this topic; none means the day').meta({ example: 'cartels' }),
    channel: z.string().max(100).optional().describe('Where; none means here').meta({ channel: true }),
    zone: z
      .string()
      .max(60)
      .optional()
      .describe('Time zone, such as Europe/Prague')
      .meta({ example: 'Europe/Prague', word: true }),
    kind: z.enum(['daily', 'topic', 'speaker']).optional().describe('The day, a topic, or a speaker'),
    missed: z
      .enum(['late', 'merge', 'skip'])
      .default('late')
      .describe('Slots missed while the bot was away: post late, merge, or skip'),
    only_new: z.boolean().default(false).describe('Leave out stories this channel has seen'),
    quiet: z
      .string()
      .max(40)
      .optional()
      .describe('Hold posts in these hours, such as 22:00-07:00')
      .meta({ word: true }),
    threads: z.boolean().default(true).describe('Detail in a thread under the digest'),
  }),
  complete: {
    topic: completeTopic,
    zone: async (typed) =>
      ZONES.filter((zone) => zone.toLowerCase().includes(typed.trim().toLowerCase().replaceAll(' ', '_')))
        .slice(0, 25)
        .map((zone) => ({ label: zone, value: zone })),
  },
  async run(asked, caller, services) {
    const zone = readZone(asked.zone ?? caller.zone ?? services.zone);
    const read = parseSchedule(asked.times);
    if ('problem' in read) throw new AskError(`times: ${read.problem}`);
    if (asked.quiet && !parseQuiet(asked.quiet))
      throw new AskError(`quiet: ${QUIET_EXPECTED}, got ${clip(asked.quiet)}.`);
    const kind = asked.kind ?? (asked.topic ? 'topic' : 'daily');
    if (kind !== 'daily' && !asked.topic)
      throw new AskError(
        `topic: expected ${kind === 'speaker' ? 'a name' : 'a topic'} because kind is ${kind}, got nothing.`,
      );
    const channel = channelId(asked.channel) ?? caller.channel;
    const missing = (await services.platforms.get(caller.platform)?.problems({ tenant: caller.tenant, channel })) ?? [];
    const now = services.now().toISOString();
    const briefing = await services.store.addBriefing({
      tenant: caller.tenant,
      platform: caller.platform,
      channel,
      ...named(channelName(channel, caller)),
      owner: caller.user,
      kind,
      ...(asked.topic ? { topic: asked.topic } : {}),
      times: asked.times,
      zone,
      catchUp: asked.missed,
      onlyNew: asked.only_new,
      threads: asked.threads,
      ...(asked.quiet ? { quiet: asked.quiet } : {}),
      locale: caller.locale,
      state: 'active',
      createdAt: now,
      settledTo: now,
    });
    services.briefings.changed();
    return {
      summary: `Briefing #${briefing.id} is set: ${describe(read.schedule)}, ${zone}.`,
      blocks: [
        heading(`Briefing #${briefing.id} is set`),
        paragraph(strong(what(briefing)), text(` to ${where(briefing)}, ${describe(read.schedule)}, ${zone}.`)),
        ...nextRuns(briefing, services),
        ...missing.map((problem) => paragraph(strong('Before the first post: '), text(problem))),
        actions(
          run('Preview', `/schedule preview id:${briefing.id}`),
          run('Post one now', `/schedule now id:${briefing.id}`),
          run('Remove', `/schedule remove id:${briefing.id}`),
        ),
      ],
    };
  },
});

export const scheduleList = define({
  name: 'schedule list',
  summary: 'The briefings of this server or workspace, with their next times',
  options: z.object({}),
  async run(_options, caller, services) {
    const all = await services.store.briefings({ tenant: caller.tenant });
    const mine = all.filter((one) => one.platform === caller.platform);
    if (mine.length === 0) {
      return {
        summary: 'No briefings yet.',
        blocks: [
          paragraph('No briefings yet. Make one with ', code('/schedule add daily 08:00'), text('.')),
          ...(caller.canManage ? [actions({ kind: 'form', label: 'Add a briefing', command: '/schedule add' })] : []),
        ],
      };
    }
    const items = await Promise.all(mine.slice(0, 15).map((briefing) => line(briefing, services)));
    return {
      summary: plural(mine.length, 'briefing'),
      blocks: [
        heading('Briefings'),
        list(items),
        ...(mine.length > 15 ? [small(`and ${mine.length - 15} more`)] : []),
        ...(caller.canManage ? [actions({ kind: 'form', label: 'Add a briefing', command: '/schedule add' })] : []),
      ],
    };
  },
});

async function line(briefing: Briefing, services: Services): Promise<Inline[]> {
  const [last] = await services.store.deliveries(briefing.id, 1);
  const next = briefing.state === 'active' ? services.briefings.nextSlots(briefing, 3) : [];
  return [
    strong(`#${briefing.id} ${what(briefing)}`),
    text(
      ` to ${where(briefing)} — ${briefing.times}, ${briefing.zone}${briefing.state === 'active' ? '' : ` · ${briefing.state}${briefing.reason ? `: ${briefing.reason}` : ''}`}`,
    ),
    ...(next.length > 0 ? [text(' · next: '), ...join(next.map((at) => time(at, 'datetime', briefing.zone)))] : []),
    ...(last ? [text(` · last: ${last.state}${last.outcome ? `, ${last.outcome}` : ''}`)] : []),
  ];
}

export const schedulePreview = define({
  name: 'schedule preview',
  summary: 'What a briefing would post now; posts nothing',
  options: z.object({ id }),
  async run(asked, caller, services) {
    return services.briefings.preview(await own(asked.id, caller, services));
  },
});

export const scheduleNow = define({
  name: 'schedule now',
  summary: 'Post a briefing now, besides its times',
  manage: true,
  options: z.object({ id }),
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    return said(await services.briefings.postNow(briefing));
  },
});

export const schedulePause = define({
  name: 'schedule pause',
  summary: 'Stop a briefing until it is resumed',
  manage: true,
  options: z.object({ id }),
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    await services.store.changeBriefing(briefing.id, { state: 'paused', reason: 'paused by a member' });
    services.briefings.changed();
    return {
      summary: `Briefing #${briefing.id} is paused.`,
      blocks: [
        paragraph(`Briefing #${briefing.id} is paused. What falls due meanwhile is not posted later.`),
        actions(run('Resume', `/schedule resume id:${briefing.id}`)),
      ],
    };
  },
});

export const scheduleResume = define({
  name: 'schedule resume',
  summary: 'Start a paused or failed briefing again',
  manage: true,
  options: z.object({ id }),
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    const changed = await services.store.changeBriefing(briefing.id, {
      state: 'active',
      reason: '',
      settledTo: services.now().toISOString(),
    });
    services.briefings.changed();
    return {
      summary: `Briefing #${briefing.id} is active.`,
      blocks: [paragraph(`Briefing #${briefing.id} is active again.`), ...nextRuns(changed ?? briefing, services)],
    };
  },
});

export const scheduleRemove = define({
  name: 'schedule remove',
  summary: 'Remove a briefing',
  manage: true,
  options: z.object({ id }),
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    await services.store.removeBriefing(briefing.id);
    services.briefings.changed();
    const again = `/schedule add times:"${briefing.times}" zone:${briefing.zone}${briefing.topic ? ` topic:"${briefing.topic.replaceAll('"', ' ')}"` : ''}`;
    return {
      summary: `Briefing #${briefing.id} is removed.`,
      blocks: [
        paragraph(`Briefing #${briefing.id} (${what(briefing)}, ${briefing.times}) is removed.`),
        actions(run('Undo', again)),
      ],
    };
  },
});

/**
 * A briefing that the caller may look at and change: one of this channel, one of their own, or any for whoever manages
 * the whole server or workspace. Where the platform does not tell channels from servers, its managers manage all.
 */
async function own(number: number, caller: Caller, { store }: Services): Promise<Briefing> {
  const briefing = await store.briefing(number);
  const here = briefing && briefing.tenant === caller.tenant && briefing.platform === caller.platform;
  if (!briefing || !here) throw new AskError(`There is no briefing #${number} here. /schedule list shows them.`);
  const mine = briefing.channel === caller.channel || briefing.owner === caller.user;
  if (!mine && !(caller.canManageAll ?? caller.canManage))
    throw new AskError(`Briefing #${number} belongs to ${where(briefing)}. Ask there, or an admin.`);
  return briefing;
}

/** What people call a channel, where the platform has told. */
export const channelName = (channel: string, caller: Caller): string | undefined =>
  channel === caller.channel ? caller.channelName : caller.channelNames?.[channel];
const named = (name: string | undefined) => (name === undefined ? {} : { channelName: name });

/** Accepts a platform's way of naming a channel (`<#C1|name>`, `<#123>`) or a bare id. */
export function channelId(words: string | undefined): string | undefined {
  return words === undefined ? undefined : (/^<#([A-Za-z0-9]+)(?:\|[^>]*)?>$/.exec(words)?.[1] ?? words);
}

function readZone(zone: string): string {
  if (isZone(zone)) return zone;
  const near = ZONES.find((one) => one.toLowerCase().endsWith(`/${zone.toLowerCase().replaceAll(' ', '_')}`));
  throw new AskError(
    `zone: expected an IANA time zone such as Europe/Prague, got ${clip(zone)}.${near ? ` Did you mean ${near}?` : ''}`,
  );
}

const what = (briefing: Briefing): string =>
  briefing.kind === 'daily' ? 'the day' : (briefing.topic ?? briefing.kind);
const where = (briefing: Briefing): string =>
  briefing.channelName ?? (briefing.platform === 'terminal' ? 'this terminal' : `channel ${briefing.channel}`);
const join = (parts: Inline[]): Inline[] => parts.flatMap((part, i) => (i > 0 ? [text(' · '), part] : [part]));
const said = (words: string): Document => ({ summary: words, blocks: [paragraph(words)] });

function nextRuns(briefing: Briefing, services: Services): Block[] {
  const next = services.briefings.nextSlots(briefing, 3);
  return next.length > 0 ? [small('Next: ', ...join(next.map((at) => time(at, 'datetime', briefing.zone))))] : [];
}
