/** Every kind of message, as the running bot answers with it: from the sample corpus, and the hard cases from `hard.ts`. */
import { z } from 'zod';
import { composeDaily, type DailyInput } from '../../digests/daily.ts';
import { owed } from '../../src/briefing/due.ts';
import { commandFor, createBot } from '../../src/command.ts';
import type { Document } from '../../src/document.ts';
import { provenDocument } from '../../src/gate.ts';
import { wordsFor } from '../../src/language/language.ts';
import type { Briefing } from '../../src/model.ts';
import type { Page } from '../../src/platforms/platform.ts';
import { type Face, type GalleryBot, NOW, type PlatformName, ZONE } from './bot.ts';
import { hardCases } from './hard.ts';

/** One kind of message on one platform. */
export interface Shown {
  /** Short and unique on its platform: `brief`, `set-up-2`. */
  readonly kind: string;
  readonly platform: PlatformName;
  /** What a person typed or pressed, or what made the bot post. */
  readonly asked: string;
  readonly visibility: 'private' | 'public';
  /** Of the bot's own words; English where it is left out. */
  readonly language?: string;
  /** As they go over the wire. */
  readonly pages: readonly Page[];
}

/** Questions by kind; `$closed` and `$briefing` stand for what is known only once the bot runs. */
const QUESTIONS: Readonly<Record<string, string>> = {
  help: '/help',
  overview: '/brief',
  brief: '/brief cartels',
  'brief-of-fiction': '/brief cruise ships',
  quotes: '/quote kennedy',
  'only-paraphrased': '/quote sheinbaum',
  reactions: '/reactions cartels',
  topics: '/topics',
  speakers: '/speakers',
  'topic-miss': '/brief cartles',
  'topic-unknown': '/brief teapots',
  'speaker-miss': '/quote shienbaum',
  'nobody-near': '/quote zzyzx',
  'not-on-that-topic': '/quote speaker:kennedy topic:cartels',
  'no-such-receipt': '/context q0000000000',
  'wrong-time': '/brief cartels since:someday',
  'wrong-option': '/quote kennedy page:many',
  'wrong-schedule': '/schedule add times:"whenever you like"',
  'set-up-1': '/setup',
  'set-up-missing': '/setup channel:$closed',
  'set-up-2': '/setup channel:$here',
  'set-up-3': '/setup channel:$here times:"daily 08:00"',
  'set-up-4': '/setup channel:$here times:"daily 08:00" topic:"drug cartels"',
  'schedule-none': '/schedule list',
  'schedule-add': '/schedule add times:"daily 08:00" topic:"drug cartels"',
  'schedule-list': '/schedule list',
  'schedule-preview': '/schedule preview id:$briefing',
  'schedule-now': '/schedule now id:$briefing',
  'schedule-pause': '/schedule pause id:$briefing',
  'schedule-resume': '/schedule resume id:$briefing',
  'schedule-remove': '/schedule remove id:$briefing',
  sources: '/sources list',
  'sources-unknown': '/sources remove id:99',
  status: '/status',
  'status-why': '/status why:yes',
  'privacy-export': '/privacy export',
  'privacy-delete': '/privacy delete',
};

/** The steps of the walk are presses: what is shown above them is the button or choice that led there. */
const PRESSED: Readonly<Record<string, string>> = {
  'set-up-missing': 'Another channel → #announcements',
  'set-up-2': 'Here (#briefs)',
  'set-up-3': 'daily 08:00',
  'set-up-4': 'drug cartels',
  'schedule-add': 'Start it',
};

/** What is shown in another language too: of each sort of answer one, and the walk. */
const IN_SPANISH = [
  'help',
  'overview',
  'brief',
  'only-paraphrased',
  'reactions',
  'topic-miss',
  'wrong-time',
  'wrong-option',
  'wrong-schedule',
  'set-up-1',
  'set-up-missing',
  'set-up-2',
  'set-up-4',
  'schedule-add',
  'schedule-list',
  'schedule-remove',
  'sources',
  'status',
  'privacy-delete',
];

/** In the order of a first-time admin's walk, then of what members ask; the last of them in Spanish. */
export async function everyMessage(bot: GalleryBot): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const face of bot.faces) {
    const add = (kind: string, asked: string, document: Document, visibility: Shown['visibility'] = 'private') => {
      const pages = face.platform.pages(document, face.admin.locale);
      shown.push({ kind, platform: face.name, asked, visibility, pages });
    };
    for (const [kind, question] of Object.entries(QUESTIONS)) {
      const line = await filledIn(question, face, bot);
      const { document, visibility } = await bot.ask(face, line);
      add(kind, PRESSED[kind] ?? spoken(question), document, visibility);
      // The Home tab while there is a briefing to show in it.
      if (kind === 'schedule-list' && face.name === 'slack') shown.push(await homeTab(bot));
      if (kind === 'schedule-preview') add('first-post', 'daily 08:00', document, 'public');
      if (kind === 'brief')
        add('context', 'In context', (await bot.ask(face, `/context ${receiptIn(document)}`)).document);
    }
    const refused = await bot.ask(face, '/schedule add times:"daily 08:00"', { canManage: false });
    add('not-allowed', '/schedule add', refused.document);
    add('fault', '/brief cartels', await faultAnswer(face));
    for (const [kind, document] of await digests(bot, face)) add(kind, 'daily 08:00', document, 'public');
    for (const [kind, document] of hardCases) add(kind, 'hard cases', document);
    shown.push(...(await inSpanish(bot, face)));
  }
  return shown;
}

async function inSpanish(bot: GalleryBot, english: Face): Promise<readonly Shown[]> {
  const face: Face = { ...english, admin: { ...english.admin, locale: 'es-419' } };
  const shown: Shown[] = [];
  const add = (kind: string, asked: string, document: Document, visibility: Shown['visibility'] = 'private') => {
    const pages = face.platform.pages(document, face.admin.locale);
    shown.push({ kind: `${kind}-es`, platform: face.name, asked, visibility, language: 'es', pages });
  };
  for (const kind of IN_SPANISH) {
    const question = (QUESTIONS[kind] ?? '').replace('daily', 'diario');
    const { document, visibility } = await bot.ask(face, await filledIn(question, face, bot));
    add(kind, spoken(question), document, visibility);
  }
  for (const [kind, document] of await digests(bot, face)) add(kind, 'diario 08:00', document, 'public');
  return shown;
}

async function homeTab(bot: GalleryBot): Promise<Shown> {
  const body = { text: '', blocks: await bot.slackHome() };
  return { kind: 'app-home', platform: 'slack', asked: 'the Home tab', visibility: 'public', pages: [{ body }] };
}

async function filledIn(question: string, face: Face, { store }: GalleryBot): Promise<string> {
  const [briefing] = await store.briefings({ tenant: face.admin.tenant });
  return question
    .replace('$closed', face.closedChannel)
    .replace('$here', face.admin.channel)
    .replace('$briefing', String(briefing?.id ?? 0));
}

/** The same question with names that a reader knows. */
const spoken = (question: string): string => question.replace('$briefing', '1');

/** The receipt of the first quote that a button leads to. */
function receiptIn({ blocks }: Document): string {
  for (const block of blocks)
    if (block.kind === 'statement' && block.action && 'command' in block.action)
      return block.action.command.replace('/context ', '');
  throw new Error('the sample brief holds no quote');
}

/** What a person sees when a command breaks. */
async function faultAnswer({ admin }: Face): Promise<Document> {
  const broken = commandFor<object>()({
    name: 'brief',
    summary: 'Breaks',
    options: z.object({}),
    run: () => Promise.reject(new Error('the disk is full')),
  });
  const bot = createBot({
    commands: [broken],
    services: {},
    log: { error() {} },
    gate: async (document) => document,
    removed: async () => {},
  });
  return (await bot.answer({ command: 'brief', options: {}, caller: admin })).document;
}

// ------------------------------------------------------------------ what briefings post

const DUE = '2026-03-07T07:00:00.000Z';
const DAY_MS = 24 * 3_600_000;

/** The editions that a channel can get: new, partly known, nothing new, late. */
async function digests(bot: GalleryBot, { admin, name }: Face): Promise<readonly (readonly [string, Document])[]> {
  const coverage = await bot.store.coverage({ tenant: admin.tenant, now: DUE, stories: 4 });
  const since = new Date(Date.parse(DUE) - DAY_MS).toISOString();
  const shownBefore = new Map(coverage.stories.slice(1).map(({ story }) => [story.id, since]));
  const briefing: Briefing = {
    id: 7,
    tenant: admin.tenant,
    platform: name,
    channel: admin.channel,
    channelName: '#briefs',
    owner: admin.user,
    kind: 'daily',
    times: 'daily 08:00',
    zone: ZONE,
    catchUp: 'late',
    onlyNew: false,
    threads: true,
    locale: admin.locale,
    state: 'active',
    createdAt: since,
    settledTo: since,
  };
  const input: DailyInput = {
    briefing,
    coverage: { ...coverage, since },
    shown: new Map(),
    dueAt: DUE,
    now: NOW,
    next: new Date(Date.parse(DUE) + DAY_MS).toISOString(),
  };
  const tardy = owed(briefing, '2026-03-07T08:12:00.000Z', '2026-03-07T08:11:30.000Z');
  const banner = tardy.kind === 'post' ? tardy.edition.banner : undefined;
  const editions: readonly (readonly [string, DailyInput])[] = [
    ['digest-new', input],
    ['digest-unchanged', { ...input, shown: shownBefore }],
    ['digest-empty', { ...input, coverage: { ...coverage, since, stories: [], more: 0 } }],
    ['digest-late', { ...input, shown: shownBefore, ...(banner ? { banner, late: true } : {}) }],
  ];
  return Promise.all(
    editions.map(
      async ([kind, edition]) =>
        [kind, (await provenDocument(composeDaily(edition).document, bot.store, wordsFor(briefing))).document] as const,
    ),
  );
}
