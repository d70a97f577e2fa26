/** Every kind of message, as the running bot answers with it: from the sample corpus, and the hard cases from `hard.ts`. */
import { z } from 'zod';
import { commands } from '../../commands/index.ts';
import { composeCorrection, correctionNotice } from '../../digests/correction.ts';
import { composeDaily, type DailyInput } from '../../digests/daily.ts';
import { owed } from '../../src/briefing/due.ts';
import { tellOwner } from '../../src/briefing/tell.ts';
import { commandFor, createBot, parseCommandText, shapeOf } from '../../src/command.ts';
import { type Document, provenIn } from '../../src/document.ts';
import { provenDocument } from '../../src/gate.ts';
import { wordsFor } from '../../src/language/language.ts';
import type { Briefing } from '../../src/model.ts';
import { customId } from '../../src/platforms/discord/custom-id.ts';
import { asEmbed } from '../../src/platforms/discord/embed.ts';
import { formOf } from '../../src/platforms/discord/forms.ts';
import type { DiscordPage } from '../../src/platforms/discord/render.ts';
import type { Page, Platform } from '../../src/platforms/platform.ts';
import { wordsOnly } from '../../src/platforms/slack/answers.ts';
import { form } from '../../src/platforms/slack/forms.ts';
import type { SlackMessage } from '../../src/platforms/slack/render.ts';
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
  /** A form (modal) instead, as it goes over the wire. */
  readonly form?: unknown;
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
  'report-which': '/report cartels',
  report: '/report $receipt',
  'report-thanks': '/report $receipt wrong:speaker',
};

/** The steps of the walk are presses: what is shown above them is the button or choice that led there. */
const PRESSED: Readonly<Record<string, string>> = {
  'set-up-missing': 'Another channel → #announcements',
  'set-up-2': 'Here (#briefs)',
  'set-up-3': 'daily 08:00',
  'set-up-4': 'drug cartels',
  'schedule-add': 'Start it',
  'report-which': 'Report an error',
  report: 'Report an error',
  'report-thanks': 'Wrong speaker',
  'privacy-deleted': 'Delete it all',
};

/** What opens a form, by kind: the command that the button or shortcut carries. */
const FORMS: Readonly<Record<string, readonly [string, string]>> = {
  'form-set-up': ['Another channel', '/setup'],
  'form-schedule': ['Follow topic', '/schedule add kind:topic topic:"drug cartels"'],
  'form-sources': ['Add a source', '/sources add'],
  'form-report': ['Something else', '/report about:qoyh5gkyrbg wrong:other'],
  'form-quote': ['Find a quote', '/quote'],
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
    add('empty-corpus', '/brief cartels', await emptyAnswer(face));
    for (const what of ['stopped', 'missed'] as const)
      add(`owner-${what}`, 'the bot writes', await ownerNotice(face, what));
    const brief = (await bot.ask(face, '/brief cartels')).document;
    shown.push(fallback(face, brief));
    for (const [kind, [asked, line]] of Object.entries(FORMS)) shown.push(openedForm(face, kind, asked, line));
    for (const [kind, document] of await digests(bot, face)) add(kind, 'daily 08:00', document, 'public');
    for (const [kind, document] of hardCases) add(kind, 'hard cases', document);
    shown.push(...(await inSpanish(bot, face)));
    // Last: nothing of this place is left after it.
    add(
      'privacy-deleted',
      PRESSED['privacy-deleted'] ?? '',
      (await bot.ask(face, '/privacy delete confirm:yes')).document,
    );
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
  for (const [kind, [asked, line]] of Object.entries(FORMS))
    shown.push({ ...openedForm(face, `${kind}-es`, asked, line), language: 'es' });
  return shown;
}

async function homeTab(bot: GalleryBot): Promise<Shown> {
  const body = { text: '', blocks: await bot.slackHome() };
  return { kind: 'app-home', platform: 'slack', asked: 'the Home tab', visibility: 'public', pages: [{ body }] };
}

async function filledIn(question: string, face: Face, { store }: GalleryBot): Promise<string> {
  const [briefing] = await store.briefings({ tenant: face.admin.tenant });
  const trump = await store.findQuotes({ tenant: '', speaker: 'trump', want: 'verbatim', limit: 1 });
  return question
    .replace('$receipt', trump.items[0]?.receipt.id ?? '')
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

/** Nothing has been read yet. */
async function emptyAnswer({ admin }: Face): Promise<Document> {
  const bot = createBot({
    commands: [commands[0]] as unknown as Parameters<typeof createBot>[0]['commands'],
    services: { store: { stats: async () => ({ articles: 0 }) }, corpus: { entries: ['news/'], loading: () => false } },
    log: { error() {} },
    gate: async (document) => document,
    removed: async () => {},
  });
  return (await bot.answer({ command: 'brief', options: { topic: 'cartels' }, caller: admin })).document;
}

/** What the owner of a briefing is told when it cannot go on. */
async function ownerNotice({ admin, name }: Face, what: 'stopped' | 'missed'): Promise<Document> {
  const { promise, resolve } = Promise.withResolvers<Document>();
  const listener = { tell: async (_tenant: string, _user: string, document: Document) => resolve(document) };
  const reason =
    name === 'slack'
      ? 'slack: chat.postMessage refused: is_archived'
      : 'discord: could not post (10003: Unknown Channel)';
  await tellOwner(listener as unknown as Platform, standingOrder({ admin, name }), what, reason, silent);
  return promise;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The same words where the platform refuses their layout. */
function fallback({ name, platform, admin }: Face, document: Document): Shown {
  const pages = platform.pages(document, admin.locale).map(({ body }) => ({
    body:
      name === 'discord'
        ? asEmbed((body as DiscordPage).message, 'ref 5f1c0a')
        : { ...wordsOnly(body as SlackMessage), blocks: [] },
  }));
  return {
    kind: 'layout-refused',
    platform: name,
    asked: '/brief cartels, where the layout is refused',
    visibility: 'private',
    pages,
  };
}

const shapes = commands.map(shapeOf);

/** The form that a press opens, with what is known already filled in. */
function openedForm({ name, admin }: Face, kind: string, asked: string, line: string): Shown {
  const read = parseCommandText(line, shapes);
  const shape = 'command' in read ? shapes.find((one) => one.name === read.command) : undefined;
  if (!shape || 'problem' in read) throw new Error(`the gallery opens a form of no command: ${line}`);
  const id = customId('form', line) ?? '';
  const opened =
    name === 'discord'
      ? formOf(shape, read.options, id, wordsFor(admin))
      : form(shape, read.options, { command: shape.name, channel: admin.channel }, wordsFor(admin));
  return { kind, platform: name, asked, visibility: 'private', pages: [], form: opened };
}

// ------------------------------------------------------------------ what briefings post

const DUE = '2026-03-07T07:00:00.000Z';
const DAY_MS = 24 * 3_600_000;

const BEFORE = new Date(Date.parse(DUE) - DAY_MS).toISOString();

/** The briefing whose editions are shown. */
const standingOrder = ({ admin, name }: Pick<Face, 'admin' | 'name'>): Briefing => ({
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
  createdAt: BEFORE,
  settledTo: BEFORE,
});

/** The editions that a channel can get: new, partly known, nothing new, late. */
async function digests(bot: GalleryBot, { admin, name }: Face): Promise<readonly (readonly [string, Document])[]> {
  const coverage = await bot.store.coverage({ tenant: admin.tenant, now: DUE, stories: 4 });
  const shownBefore = new Map(coverage.stories.slice(1).map(({ story }) => [story.id, BEFORE]));
  const briefing = standingOrder({ admin, name });
  const input: DailyInput = {
    briefing,
    coverage: { ...coverage, since: BEFORE },
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
    ['digest-empty', { ...input, coverage: { ...coverage, since: BEFORE, stories: [], more: 0 } }],
    ['digest-late', { ...input, shown: shownBefore, ...(banner ? { banner, late: true } : {}) }],
  ];
  const said = wordsFor(briefing);
  const fresh = composeDaily(input).document;
  const words = provenIn(fresh).find(({ kind }) => kind === 'verbatim')?.text;
  const gone = new Set(provenIn(fresh).filter(({ text }) => text === words));
  const correction = { at: '2026-03-07T13:20:00.000Z', zone: ZONE, said };
  const documents: readonly (readonly [string, Document])[] = [
    ...editions.map(([kind, edition]) => [kind, composeDaily(edition).document] as const),
    ['digest-corrected', composeCorrection(fresh, gone, correction)],
    ['correction-note', correctionNotice(fresh, gone, correction)],
  ];
  return Promise.all(
    documents.map(async ([kind, one]) => [kind, (await provenDocument(one, bot.store, said)).document] as const),
  );
}
