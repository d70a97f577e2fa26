/**
 * What an operator asks on the command line: one answer, an import, proofs, a check of everything. Rooms that one command
 * alone needs (the bot as a whole, the corpus, the analysis) are loaded by that command.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import type { Analyst } from './analyst.ts';
import { createBot, parseCommandText, shapeOf } from './command.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { isFeedList } from './corpus/feeds/feed-lists.ts';
import { corpusEntries, entryPlaces } from './corpus/files/entries.ts';
import type { LoadOptions, Progress } from './corpus/load.ts';
import { isAddress } from './corpus/web/addresses.ts';
import { provenDocument } from './gate.ts';
import { wordsFor } from './language/language.ts';
import { createLog } from './log.ts';
import type { Briefing, Quote, Report } from './model.ts';
import { openStore } from './open-store.ts';
import { renderTerminal } from './platforms/terminal/render.ts';
import { terminalCaller } from './platforms/terminal/terminal.ts';
import { openProgress } from './progress.ts';
import { prove } from './receipt.ts';
import { createReports } from './reports.ts';
import type { Services } from './services.ts';
import { type Standing, standingOf } from './standing.ts';
import { openSqlite, THROW_AWAY } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

const print = (words: string): void => void process.stdout.write(`${words}\n`);
const complain = (words: string): void => void process.stderr.write(`${words}\n`);

/** Settings from `.env`, where there is one, under the environment's own. */
export async function settings(): Promise<Config> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  if (config.GAZETTEER) await addOwnPeople(config.GAZETTEER);
  return config;
}

/** The operator's own table of people and offices, known before the first article is read. */
async function addOwnPeople(path: string): Promise<void> {
  const { addPeople } = await import('./analysis/names/gazetteer.ts');
  const problems = existsSync(path) ? addPeople(readFileSync(path, 'utf8')) : ['expected a file, found none'];
  if (problems.length > 0)
    throw new ConfigError(problems.map((problem) => `GAZETTEER: ${path}: ${problem}`).join('\n'));
}

/** Runs until the terminal's input ends or a signal comes. A second signal does not wait. */
export async function runBot(): Promise<number> {
  const config = await settings();
  const log = createLog(config.LOG_LEVEL);
  const onTerminal = !config.DISCORD_TOKEN && !config.SLACK_BOT_TOKEN && !config.SLACK_CLIENT_ID;
  const { startBot } = await import('./main.ts');
  const running = await startBot({
    config,
    // At a prompt, what went well is not worth a line of JSON between two answers.
    log: onTerminal && !process.env.LOG_LEVEL ? createLog('warn') : log,
    input: process.stdin,
    output: process.stdout,
  });
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
  try {
    // A token that is refused is for a person to mend: the bot stops and says so.
    await Promise.race([running.started.then(keepCompiled).then(() => running.ended), signalled]);
    return 0;
  } finally {
    await running.stop();
  }
}

/** Node writes down what it compiled when a process ends; one that is killed later would leave its next start the work again. */
const keepCompiled = (): void => flushCompileCache();

/** One question, one answer: from the named corpus in a throw-away store, else from the configured store where there is one. */
export async function askOnce(question: {
  readonly line: string;
  readonly corpus: readonly string[] | undefined;
  readonly user: string;
  readonly json: boolean;
}): Promise<number> {
  const config = await settings();
  const configured =
    !question.corpus && (config.DATABASE_URL !== undefined || existsSync(join(config.DATA_DIR, 'pullquote.db')));
  const store = configured ? await openStore(config) : await openSqlite(THROW_AWAY);
  try {
    const entries = question.corpus ?? corpusEntries(config.CORPUS);
    const read = configured ? undefined : await loadInto(store, entries);
    const bot = askingBot(config, store, entries);
    const caller = terminalCaller(question.user, config.TIMEZONE, config.LOCALE);
    const asked = parseCommandText(question.line, bot.commands);
    if ('problem' in asked) {
      complain(asked.problem(wordsFor(caller)));
      return 2;
    }
    const { document } = await bot.answer({ ...asked, caller });
    print(
      question.json
        ? JSON.stringify(document, null, 2)
        : renderTerminal(document, {
            width: Math.min(process.stdout.columns || 100, 110),
            zone: config.TIMEZONE,
            locale: config.LOCALE,
          }).text,
    );
    return read && read.problems > 0 && read.articles === 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}

/** A bot that answers questions and delivers nothing. */
function askingBot(config: Config, store: Store, entries: readonly string[]) {
  const log = createLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL);
  const shapes = commands.map(shapeOf);
  const noBriefings = 'Briefings are delivered by the running bot: npm start';
  const services: Services = {
    store,
    now: () => new Date(),
    zone: config.TIMEZONE,
    shapes: () => shapes,
    platforms: new Map(),
    corpus: { entries, loading: () => false },
    briefings: {
      preview: async () => ({ summary: noBriefings, blocks: [] }),
      postNow: async () => noBriefings,
      changed() {},
      nextSlots: () => [],
      lastTick: () => undefined,
    },
    sources: { preview: async () => Promise.reject(new Error(noBriefings)), changed() {} },
    reports: createReports({
      store,
      platforms: new Map(),
      operator: undefined,
      gate: async (document) => document,
      clock: () => new Date(),
      log,
    }),
    removed: (tenant) => store.removeTenant(tenant),
  };
  return createBot({
    commands,
    services,
    log,
    removed: services.removed,
    gate: async (document, said) => (await provenDocument(document, store, said)).document,
  });
}

/** Reads the corpus, and tells of what could not be read. */
async function loadInto(
  store: Store,
  entries: readonly string[],
  options: ReadOptions = {},
  analyst?: Analyst,
): Promise<Progress> {
  const done = await readInto(store, entries, options, analyst);
  for (const problem of await store.problems('', 20)) complain(`not read: ${problem.origin}: ${problem.reason}`);
  if (done.problems > 20) complain(`and ${done.problems - 20} more could not be read: /status why:yes`);
  return done;
}

type ReadOptions = Pick<LoadOptions, 'progress' | 'measure' | 'signal'>;

async function readInto(
  store: Store,
  entries: readonly string[],
  options: ReadOptions = {},
  analyst?: Analyst,
): Promise<Progress> {
  const [{ loadCorpus }, { sinkInto }] = await Promise.all([import('./corpus/load.ts'), import('./ingest.ts')]);
  const now = () => new Date();
  return loadCorpus(
    entries,
    sinkInto(store, now, () => {}, analyst),
    { now, ...options },
  );
}

/** Reads into the configured store. Exit status 1 when something could not be read. */
export async function importCorpus(entries: readonly string[]): Promise<number> {
  const fetched = entries.find((entry) => isAddress(entry) || isFeedList(entry));
  if (fetched !== undefined) {
    complain(
      `expected files or folders, got ${fetched}: feeds and pages are read by the running bot, name them in CORPUS`,
    );
    return 2;
  }
  const config = await settings();
  const store = await openStore(config);
  const began = performance.now();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const bar = openProgress(process.stderr);
  const { openAnalyst } = await import('./analyst.ts');
  try {
    const done = await loadInto(
      store,
      entries.length > 0 ? entries : corpusEntries(config.CORPUS),
      { progress: bar.tell, measure: true, signal: stopping.signal },
      // An import is long: its analysis has a thread of its own from the first article on, and its models only there.
      openAnalyst({ few: 0 }),
    );
    bar.end();
    const grouped = stopping.signal.aborted || (await groupAnew(store, stopping.signal));
    const { added, changed, unchanged, repeated, problems } = done;
    const seconds = (performance.now() - began) / 1000;
    print(JSON.stringify({ added, changed, unchanged, repeated, problems, seconds: Number(seconds.toFixed(1)) }));
    if (stopping.signal.aborted) {
      complain('stopped: what is read is kept, and the same command goes on from there');
      return 130;
    }
    return problems > 0 || !grouped ? 1 : 0;
  } finally {
    bar.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await store.close();
  }
}

/** False when it failed: what was read is saved all the same. */
async function groupAnew(store: Store, signal: AbortSignal): Promise<boolean> {
  try {
    await store.regroupStories({ signal });
    return true;
  } catch (error) {
    complain(
      `what is read is kept, but its stories could not be grouped: ${(error as Error).message}. The bot does it when it runs.`,
    );
    return false;
  }
}

/** Does something with the configured store, and closes it whatever happens. */
async function withStore(work: (store: Store) => Promise<number>): Promise<number> {
  const store = await openStore(await settings());
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Takes what was read from files or folders out of answers. Exit status 1 when nothing came from there. */
export async function withdrawFrom(entries: readonly string[]): Promise<number> {
  if (entries.length === 0) {
    complain('expected one or more files or folders, got nothing');
    return 2;
  }
  return withStore(async (store) => {
    const [{ withdrawAll }, { sinkInto }] = await Promise.all([import('./corpus/gone.ts'), import('./ingest.ts')]);
    const places = entryPlaces(entries);
    const sink = sinkInto(store, () => new Date());
    const withdrawn = await withdrawAll(sink, places);
    for (const { entry } of places) await sink.solved(entry);
    print(`${withdrawn === 1 ? '1 article' : `${withdrawn} articles`} withdrawn`);
    return withdrawn > 0 ? 0 : 1;
  });
}

/** Proves each receipt again from the stored source. Exit status 1 if any differs or is unknown. */
export async function verifyReceipts(receipts: readonly string[]): Promise<number> {
  if (receipts.length === 0) {
    complain('expected one or more receipts such as q3f9a1c2d4e, got nothing');
    return 2;
  }
  return withStore(async (store) => {
    let failed = 0;
    for (const id of receipts) {
      const verdict = await verdictOn(id, store);
      if (!verdict.proven) failed++;
      print(`${id}: ${verdict.words}`);
    }
    return failed > 0 ? 1 : 0;
  });
}

async function verdictOn(id: string, store: Store): Promise<{ readonly proven: boolean; readonly words: string }> {
  const quote = await store.quote(id, '');
  if (!quote) return { proven: false, words: 'unknown: no quote has this receipt' };
  const article = await store.article(quote.article.id, quote.receipt.hash);
  if (!article)
    return {
      proven: false,
      words: `differs: version ${quote.receipt.hash.slice(0, 12)} of ${quote.article.origin} is not stored`,
    };
  const verdict = prove(quote.receipt, article.text);
  if (verdict !== 'proven') return { proven: false, words: `differs: ${verdict.differs}` };
  const { start, end } = quote.receipt.content;
  const since = sinceThen(await standingOf(quote, '', store));
  return {
    proven: true,
    words: `proven: ${article.origin}, characters ${start} to ${end}, sha256 ${article.hash.slice(0, 12)}${since && `; ${since}`}`,
  };
}

/** The words were there, which is proven; an edit or a withdrawal since is told beside it. */
function sinceThen(standing: Standing): string {
  switch (standing.kind) {
    case 'stands':
      return '';
    case 'withdrawn':
      return 'the article is withdrawn since';
    case 'kept':
      return `the article was edited since, and has the same words (${standing.now.receipt.id})`;
    case 'given':
      return `the article was edited since, and gives the same words to ${standing.now.speaker?.name ?? 'an unclear speaker'} (${standing.now.receipt.id})`;
    case 'edited':
      return `the quote was edited since and now reads: ${standing.now.text.replace(/\s+/g, ' ')} (${standing.now.receipt.id})`;
    case 'unread':
      return 'the words stand in the newest version, but no longer as a quote';
    case 'removed':
      return 'the quote was removed since';
  }
}

/**
 * Errors that readers reported, last ones first: one line each, or with `json` one JSON value each. `done` are taken off
 * the list. With `gold` every reported quote becomes a folder there: its article, and what the bot finds in it, for a
 * person to correct and keep in `tests/gold`.
 */
export async function reports(asked: {
  readonly json: boolean;
  readonly gold: string | undefined;
  readonly done: readonly number[];
}): Promise<number> {
  return withStore(async (store) => {
    let unknown = 0;
    for (const id of asked.done) {
      if (await store.removeReport(id)) continue;
      complain(`--done: there is no report ${id}`);
      unknown++;
    }
    for (const one of await store.reports({ limit: 1000 })) {
      const quote = one.about.startsWith('#') ? undefined : await store.quote(one.about, one.tenant);
      print(asked.json ? JSON.stringify({ ...one, ...(quote ? { quote } : {}) }) : reportLine(one, quote));
      if (asked.gold && quote) await writeGold(join(asked.gold, one.about), one, quote, store);
    }
    return unknown > 0 ? 1 : 0;
  });
}

function reportLine({ id, tenant, about, wrong, note, times, lastAt }: Report, quote: Quote | undefined): string {
  const where = quote
    ? `${quote.article.origin} ¶${quote.paragraph}: ${quote.speaker?.name ?? 'speaker unclear'}, ${quote.kind}: ${quote.text.replace(/\s+/g, ' ')}`
    : about.startsWith('#')
      ? 'a story'
      : 'no longer stored';
  return [
    `${id}`,
    lastAt.slice(0, 16),
    tenant || 'terminal',
    wrong,
    `${times}x`,
    about,
    where,
    ...(note ? [`note: ${note}`] : []),
  ].join(' · ');
}

/** What was reported stands beside it, so that whoever corrects it knows what for. */
async function writeGold(folder: string, one: Report, quote: Quote, store: Store): Promise<void> {
  const article = await store.article(quote.article.id, quote.receipt.hash);
  if (!article) return complain(`${one.about}: its article is not stored any more`);
  const { text, posts, masks } = article;
  const { about, wrong, note } = one;
  const [{ goldQuotes }, { analyze }] = await Promise.all([
    import('./analysis/gold.ts'),
    import('./analysis/analyze.ts'),
  ]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'article.txt'), text);
  writeFileSync(
    join(folder, 'expected.json'),
    `${JSON.stringify({ quotes: goldQuotes(text, analyze({ text, posts, masks })) }, null, 2)}\n`,
  );
  writeFileSync(
    join(folder, 'reported.json'),
    `${JSON.stringify({ about, wrong, note, content: quote.text }, null, 2)}\n`,
  );
}

/** Channels that the doctor looks at on each platform. */
const MOST_CHANNELS = 50;

/** One line a check; exit status 1 on a failure. */
export async function doctor(): Promise<number> {
  const config = await settings();
  const lines: { readonly ok: boolean; readonly line: string }[] = [
    { ok: true, line: `node ${process.versions.node}` },
  ];
  let active: readonly Briefing[] = [];
  await check('database', async () => {
    const store = await openStore(config);
    try {
      await store.check();
      const { articles } = await store.stats('');
      active = await store.briefings({ state: 'active' });
      return `${config.DATABASE_URL ? 'PostgreSQL' : join(config.DATA_DIR, 'pullquote.db')}: ${articles} articles`;
    } finally {
      await store.close();
    }
  });
  await check('corpus', async () => {
    const store = await openSqlite(THROW_AWAY);
    try {
      const entries = corpusEntries(config.CORPUS);
      const done = await readInto(store, entries);
      if (done.problems > 0)
        throw new Error(
          `${done.problems} files or records could not be read: ${(await store.problems('', 3)).map((one) => `${one.origin}: ${one.reason}`).join('; ')}`,
        );
      return `${entries.join(', ')}: ${done.articles} articles`;
    } finally {
      await store.close();
    }
  });
  const [{ checkDiscord }, { checkSlack }] = await Promise.all([
    import('./platforms/discord/doctor.ts'),
    import('./platforms/slack/doctor.ts'),
  ]);
  lines.push(...(await checkDiscord(config, commands.map(shapeOf), channelsOf('discord'))));
  lines.push(...(await checkSlack(config, commands.map(shapeOf), channelsOf('slack'))));
  for (const { ok, line } of lines) print(`${ok ? 'ok  ' : 'FAIL'} ${line}`);
  return lines.every(({ ok }) => ok) ? 0 : 1;

  /** Where briefings go, by channel; enough to see what is wrong, few enough to be asked for. */
  function channelsOf(platform: string): ReadonlyMap<string, string> {
    const mine = active.filter((one) => one.platform === platform).slice(0, MOST_CHANNELS);
    return new Map(mine.map((one) => [one.channel, `briefing #${one.id} (${one.channelName ?? one.channel})`]));
  }

  async function check(name: string, run: () => Promise<string>): Promise<void> {
    try {
      lines.push({ ok: true, line: `${name}: ${await run()}` });
    } catch (cause) {
      lines.push({ ok: false, line: `${name}: ${cause instanceof Error ? cause.message : String(cause)}` });
    }
  }
}

/** All that is kept for a server or workspace, as JSON on standard output. */
export async function exportTenant(tenant: string | undefined): Promise<number> {
  if (!tenant) {
    complain('expected a tenant such as discord:123456 or slack:T0123, got nothing');
    return 2;
  }
  return withStore(async (store) => {
    print(JSON.stringify(await store.exportTenant(tenant), null, 2));
    return 0;
  });
}

/** The Slack app manifest and the Discord invite address, with exactly the scopes that are needed. */
export async function manifest(): Promise<number> {
  const config = await settings();
  const [{ slackManifestYaml }, { inviteAddress }] = await Promise.all([
    import('./platforms/slack/manifest.ts'),
    import('./platforms/discord/invite.ts'),
  ]);
  print(slackManifestYaml(commands.map(shapeOf), { commandPrefix: config.SLACK_COMMAND_PREFIX }).trimEnd());
  // The first part of a bot token is the application's id.
  const application = config.DISCORD_TOKEN
    ? Buffer.from(config.DISCORD_TOKEN.split('.')[0] ?? '', 'base64').toString('latin1')
    : undefined;
  print(
    `\n# Discord invite address${application ? '' : ' (put the application id of your bot in place of APPLICATION_ID)'}:`,
  );
  print(`# ${inviteAddress(application && /^\d+$/.test(application) ? application : 'APPLICATION_ID')}`);
  return 0;
}

/** Copies the running SQLite store to a new file. */
export async function backup(to: string | undefined): Promise<number> {
  const config = await settings();
  if (!to) {
    complain('expected a new file to write the copy to, got nothing');
    return 2;
  }
  if (config.DATABASE_URL) {
    complain('the store is PostgreSQL: back it up with pg_dump');
    return 2;
  }
  const { backupSqlite } = await import('./store/sqlite/backup.ts');
  const { articles } = await backupSqlite(join(config.DATA_DIR, 'pullquote.db'), to);
  print(`${to}: ${articles} articles, checked`);
  return 0;
}

/** Copies a store to another, a file or a `postgres://` address each, and verifies it. */
export async function moveStore(from: string | undefined, to: string | undefined): Promise<number> {
  if (!from || !to) {
    complain(
      'expected two stores, each a file or a postgres:// address, such as: move data/pullquote.db postgres://localhost/pullquote',
    );
    return 2;
  }
  const { moveStore: move } = await import('./store/move.ts');
  const { rows, articles } = await move(from, to, (table, count) => complain(`${table}: ${count}`));
  print(`${articles} articles, ${rows} rows, verified`);
  return 0;
}
