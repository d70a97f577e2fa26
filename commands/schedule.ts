/** Briefings: standing orders for a channel. Every change answers with the next three times it will be posted. */
import { z } from 'zod';
import { AskError, clip } from '../src/command.ts';
import type { Block, Inline } from '../src/document.ts';
import { actions, code, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import { type Language, languageNames, languageOf, type Words, wordsFor, wordsIn } from '../src/language/language.ts';
import type { Briefing } from '../src/model.ts';
import type { Caller, Choice } from '../src/platforms/platform.ts';
import { parseQuiet } from '../src/quiet.ts';
import { describe, parseSchedule } from '../src/schedule.ts';
import type { Services } from '../src/services.ts';
import { isZone } from '../src/zones.ts';
import { completeTopic, define, option } from './shared.ts';

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
      .describe(`When: ${wordsIn('en').schedule.examples}`.slice(0, 100))
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
    language: option.language.optional(),
  }),
  complete: {
    topic: completeTopic,
    zone: async (typed) =>
      ZONES.filter((zone) => zone.toLowerCase().includes(typed.trim().toLowerCase().replaceAll(' ', '_')))
        .slice(0, 25)
        .map((zone) => ({ label: zone, value: zone })),
  },
  async run(asked, caller, services) {
    const said = wordsFor(caller);
    const zone = readZone(asked.zone ?? caller.zone ?? services.zone, said);
    const read = parseSchedule(asked.times, said);
    if ('problem' in read) throw new AskError(said.schedule.wrongTimes(read.problem));
    if (asked.quiet && !parseQuiet(asked.quiet)) throw new AskError(said.schedule.wrongQuiet(clip(asked.quiet)));
    const kind = asked.kind ?? (asked.topic ? 'topic' : 'daily');
    if (kind !== 'daily' && !asked.topic) throw new AskError(said.schedule.needsName(kind === 'speaker', kind));
    const channel = channelId(asked.channel) ?? caller.channel;
    const platform = services.platforms.get(caller.platform);
    const missing = (await platform?.problems({ tenant: caller.tenant, channel }, caller.locale)) ?? [];
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
      locale: asked.language ?? channelLanguage(caller),
      state: 'active',
      createdAt: now,
      settledTo: now,
    });
    services.briefings.changed();
    return {
      summary: said.schedule.isSetFor(briefing.id, describe(read.schedule, said), zone),
      blocks: [
        heading(said.schedule.isSet(briefing.id)),
        paragraph(
          strong(what(briefing, said)),
          said.schedule.to(where(briefing, said), describe(read.schedule, said), zone),
        ),
        ...(speaks(briefing) === said.language ? [] : [small(said.schedule.postedIn(speaks(briefing)))]),
        ...nextRuns(briefing, services, said),
        ...missing.map((problem) => paragraph(strong(said.schedule.beforeFirst), text(problem))),
        actions(
          run(said.schedule.preview, `/schedule preview id:${briefing.id}`),
          run(said.schedule.postNow, `/schedule now id:${briefing.id}`),
          run(said.schedule.remove, `/schedule remove id:${briefing.id}`),
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
    const said = wordsFor(caller);
    const add = { kind: 'form', label: said.press.addBriefing, command: '/schedule add' } as const;
    const all = await services.store.briefings({ tenant: caller.tenant });
    const mine = all.filter((one) => one.platform === caller.platform);
    if (mine.length === 0) {
      return {
        summary: said.schedule.none,
        blocks: [
          paragraph(...said.schedule.noneMakeOne(code(said.schedule.example))),
          ...(caller.canManage ? [actions(add)] : []),
        ],
      };
    }
    const items = await Promise.all(mine.slice(0, 15).map((briefing) => line(briefing, services, said)));
    return {
      summary: said.count.briefings(mine.length),
      blocks: [
        heading(said.schedule.title),
        list(items),
        ...(mine.length > 15 ? [small(said.schedule.more(mine.length - 15))] : []),
        ...(caller.canManage ? [actions(add)] : []),
      ],
    };
  },
});

/** The briefings of this server or workspace, by what they are about. */
async function completeBriefing(typed: string, caller: Caller, { store }: Services): Promise<readonly Choice[]> {
  const said = wordsFor(caller);
  const words = typed.trim().toLowerCase();
  return (await store.briefings({ tenant: caller.tenant, platform: caller.platform }))
    .map((one) => ({ one, label: `#${one.id} ${what(one, said)}, ${where(one, said)}, ${one.times}` }))
    .filter(({ label }) => label.toLowerCase().includes(words))
    .map(({ one, label }) => ({ label: clip(label, 95), value: String(one.id) }));
}

async function line(briefing: Briefing, services: Services, said: Words): Promise<Inline[]> {
  const [last] = await services.store.deliveries(briefing.id, 1);
  const next = briefing.state === 'active' ? services.briefings.nextSlots(briefing, 3) : [];
  return [
    strong(`#${briefing.id} ${what(briefing, said)}`),
    text(
      [
        said.schedule.line(where(briefing, said), briefing.times, briefing.zone),
        // Its language goes without saying where it is the reader's own.
        ...(speaks(briefing) === said.language ? [] : [said.schedule.language(speaks(briefing))]),
        state(briefing, said),
      ].join(''),
    ),
    ...(next.length > 0
      ? [text(said.schedule.nextInLine), ...join(next.map((at) => time(at, 'datetime', briefing.zone)))]
      : []),
    ...(last
      ? [text(said.schedule.last(said.schedule.result[last.state], last.outcome && said.reason(last.outcome)))]
      : []),
  ];
}

/** Nothing for an active briefing; else that it is paused or failed, and why. */
function state({ state, reason }: Briefing, said: Words): string {
  if (state === 'active') return '';
  return ` · ${said.schedule.state[state]}${reason ? `: ${said.reason(reason)}` : ''}`;
}

export const schedulePreview = define({
  name: 'schedule preview',
  summary: 'What a briefing would post now; posts nothing',
  options: z.object({ id }),
  complete: { id: completeBriefing },
  async run(asked, caller, services) {
    return services.briefings.preview(await own(asked.id, caller, services));
  },
});

export const scheduleNow = define({
  name: 'schedule now',
  summary: 'Post a briefing now, besides its times',
  manage: true,
  options: z.object({ id }),
  complete: { id: completeBriefing },
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    const words = await services.briefings.postNow(briefing, wordsFor(caller));
    return { summary: words, blocks: [paragraph(words)] };
  },
});

export const scheduleLanguage = define({
  name: 'schedule language',
  summary: 'Change the language that a briefing is posted in',
  manage: true,
  options: z.object({ id, language: option.language }),
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    await services.store.changeBriefing(briefing.id, { locale: asked.language });
    const said = wordsFor(caller).schedule.speaks(briefing.id, languageNames[asked.language] ?? asked.language);
    return { summary: said, blocks: [paragraph(said)] };
  },
});

export const schedulePause = define({
  name: 'schedule pause',
  summary: 'Stop a briefing until it is resumed',
  manage: true,
  options: z.object({ id }),
  complete: { id: completeBriefing },
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    const said = wordsFor(caller);
    await services.store.changeBriefing(briefing.id, { state: 'paused', reason: 'paused by a member' });
    services.briefings.changed();
    return {
      summary: said.schedule.paused(briefing.id),
      blocks: [
        paragraph(said.schedule.pausedMeans(briefing.id)),
        actions(run(said.schedule.resume, `/schedule resume id:${briefing.id}`)),
      ],
    };
  },
});

export const scheduleResume = define({
  name: 'schedule resume',
  summary: 'Start a paused or failed briefing again',
  manage: true,
  options: z.object({ id }),
  complete: { id: completeBriefing },
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    const said = wordsFor(caller);
    const changed = await services.store.changeBriefing(briefing.id, {
      state: 'active',
      reason: '',
      settledTo: services.now().toISOString(),
    });
    services.briefings.changed();
    return {
      summary: said.schedule.active(briefing.id),
      blocks: [paragraph(said.schedule.activeAgain(briefing.id)), ...nextRuns(changed ?? briefing, services, said)],
    };
  },
});

export const scheduleRemove = define({
  name: 'schedule remove',
  summary: 'Remove a briefing',
  manage: true,
  options: z.object({ id }),
  complete: { id: completeBriefing },
  async run(asked, caller, services) {
    const briefing = await own(asked.id, caller, services);
    const said = wordsFor(caller);
    await services.store.removeBriefing(briefing.id);
    services.briefings.changed();
    const again = `/schedule add times:"${briefing.times}" zone:${briefing.zone}${briefing.topic ? ` topic:"${briefing.topic.replaceAll('"', ' ')}"` : ''}${languageOf(briefing.locale) === channelLanguage(caller) ? '' : ` language:${languageOf(briefing.locale)}`}`;
    return {
      summary: said.schedule.removed(briefing.id),
      blocks: [
        paragraph(said.schedule.removedThat(briefing.id, what(briefing, said), briefing.times)),
        actions(run(said.schedule.undo, again)),
      ],
    };
  },
});

/**
 * A briefing that the caller may look at and change: one of this channel, one of their own, or any for whoever manages
 * the whole server or workspace. Where the platform does not tell channels from servers, its managers manage all.
 */
async function own(number: number, caller: Caller, { store }: Services): Promise<Briefing> {
  const said = wordsFor(caller);
  const briefing = await store.briefing(number);
  const here = briefing && briefing.tenant === caller.tenant && briefing.platform === caller.platform;
  if (!briefing || !here) throw new AskError(said.schedule.noSuch(number));
  const mine = briefing.channel === caller.channel || briefing.owner === caller.user;
  if (!mine && !(caller.canManageAll ?? caller.canManage))
    throw new AskError(said.schedule.belongsTo(number, where(briefing, said)));
  return briefing;
}

/** What is posted for all is in the channel's language where the platform tells it, else in that of who sets it up. */
export const channelLanguage = (caller: Caller): Language => languageOf(caller.channelLocale ?? caller.locale);

const speaks = ({ locale }: Briefing): string => languageNames[languageOf(locale)] ?? locale;

/** What people call a channel, where the platform has told. */
export const channelName = (channel: string, caller: Caller): string | undefined =>
  channel === caller.channel ? caller.channelName : caller.channelNames?.[channel];
const named = (name: string | undefined) => (name === undefined ? {} : { channelName: name });

/** Accepts a platform's way of naming a channel (`<#C1|name>`, `<#123>`) or a bare id. */
export function channelId(words: string | undefined): string | undefined {
  return words === undefined ? undefined : (/^<#([A-Za-z0-9]+)(?:\|[^>]*)?>$/.exec(words)?.[1] ?? words);
}

function readZone(zone: string, said: Words): string {
  if (isZone(zone)) return zone;
  const near = ZONES.find((one) => one.toLowerCase().endsWith(`/${zone.toLowerCase().replaceAll(' ', '_')}`));
  throw new AskError(said.schedule.wrongZone(clip(zone), near));
}

const what = (briefing: Briefing, { schedule }: Words): string =>
  briefing.kind === 'daily' ? schedule.theDay : (briefing.topic ?? briefing.kind);
const where = (briefing: Briefing, { schedule }: Words): string =>
  briefing.channelName ??
  (briefing.platform === 'terminal' ? schedule.thisTerminal : schedule.channel(briefing.channel));
const join = (parts: Inline[]): Inline[] => parts.flatMap((part, i) => (i > 0 ? [text(' · '), part] : [part]));

function nextRuns(briefing: Briefing, services: Services, said: Words): Block[] {
  const next = services.briefings.nextSlots(briefing, 3);
  return next.length > 0
    ? [small(said.schedule.next, ...join(next.map((at) => time(at, 'datetime', briefing.zone))))]
    : [];
}
