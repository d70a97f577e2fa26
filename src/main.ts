/** Starts and stops the bot: with the command line's files, the only one that knows every room. */
import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { commands } from '../commands/index.ts';
import { alertAddress, createAlerts } from './alerts.ts';
import { CORRECTED_DAYS, createCorrections } from './briefing/corrections.ts';
import { type Briefings, createBriefings } from './briefing.ts';
import { createBot } from './command.ts';
import { correctEdition, createComposer } from './compose.ts';
import type { Config } from './config.ts';
import { openPlatforms } from './connect.ts';
import type { Progress } from './corpus/load.ts';
import type { Document } from './document.ts';
import { paragraph, small } from './document.ts';
import { provenDocument } from './gate.ts';
import { checkHealth, serveHealth } from './health.ts';
import { openCorpus } from './ingest.ts';
import { type Words, wordsFor } from './language/language.ts';
import type { Log } from './log.ts';
import type { Tenant } from './model.ts';
import { openStore } from './open-store.ts';
import { createHttpServer, type HttpServer } from './platforms/http.ts';
import type { Bot, Platform } from './platforms/platform.ts';
import { createReports } from './reports.ts';
import type { Services } from './services.ts';
import { remembering } from './store/asking/remembered.ts';
import { enforceRetention } from './store/retention.ts';
import type { Source, Store } from './store/store.ts';

/** A bot that runs. */
export interface Running {
  readonly bot: Bot;
  readonly store: Store;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly briefings: Briefings;
  /** Where HTTP listens; 0 without `PORT`. */
  readonly port: number;
  /** Resolves when the corpus has been read once. */
  readonly loaded: Promise<Progress | undefined>;
  /** Resolves when every platform is connected; rejects when one refuses for good (a bad token). */
  readonly started: Promise<unknown>;
  /** Resolves when the terminal's input has ended; never with Discord or Slack. */
  readonly ended: Promise<void>;
  /** Finishes what is being done, in the reverse order of starting. Safe to call twice. */
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly config: Config;
  readonly log: Log;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly now?: () => Date;
}

/**
 * Starts the bot: store, platforms (the terminal when the settings name none), corpus, briefings.
 *
 * A platform that cannot be reached keeps trying by itself and stops nobody else.
 * @throws StoreError
 */
export async function startBot(surroundings: Surroundings): Promise<Running> {
  const { config, log, now = () => new Date() } = surroundings;
  const store = remembering(await openStore(config));
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const http = openHttp(config, log);
  const platforms = await openPlatforms({ ...surroundings, now }, store, http, end);
  const owner = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const briefings = createBriefings({
    store,
    platforms,
    compose: createComposer(store, withheld),
    clock: now,
    log,
    owner,
    on: (event) => metrics?.briefing(event),
  });
  // Counted only where somebody can ask.
  const counting = http && (await import('./metrics.ts'));
  const metrics = counting?.createMetrics({ store, platforms, depth: briefings.depth, clock: now });
  const corrections = createCorrections({
    store,
    platforms,
    correct: (posted, briefing, at) => correctEdition(store, posted, briefing, at),
    clock: now,
    log,
    owner,
  });
  const corpus = openCorpus({
    config,
    store: hearing(store, corrections.changed),
    log,
    now,
    observe: (ms) => metrics?.analysed(ms),
    failing,
  });
  const alertTo = config.ALERT_CHANNEL === undefined ? undefined : alertAddress(config.ALERT_CHANNEL);
  const reports = createReports({ store, platforms, operator: alertTo, gate: proven, clock: now, log });
  const services: Services = {
    store,
    now,
    zone: config.TIMEZONE,
    shapes: () => bot.commands,
    platforms,
    corpus,
    briefings,
    sources: corpus.sources,
    reports,
    removed,
  };
  const answering = createBot({ commands, services, log, removed, gate: proven });
  const bot = metrics ? timed(answering, metrics.answered) : answering;
  const retention = startRetention({ config, store, log, now });
  const regrouping = startRegrouping({ store, log });
  let stopped: Promise<void> | undefined;

  const health = {
    store,
    platforms,
    lastTick: briefings.lastTick,
    clock: now,
    ...(config.DATABASE_URL ? {} : { dataDir: config.DATA_DIR }),
  };
  const alerts = alertTo && createAlerts({ check: () => checkHealth(health), platforms, to: alertTo, clock: now, log });
  const putting = setInterval(() => void corrections.look(), CORRECTIONS_MS);
  const looking = alerts && setInterval(() => void alerts.look(), MINUTE_MS);

  if (http) {
    if (metrics) counting?.serveMetrics(http, metrics, log);
    serveHealth(http, health);
  }
  const loaded = corpus.start();
  // The terminal answers from the whole corpus; servers answer while it is being read.
  if (platforms.has('terminal')) await loaded;
  await http?.start();
  // Side by side: one that cannot be reached holds back neither the others nor the briefings.
  const started = Promise.all([...platforms.values()].map((platform) => platform.start(bot).then(briefings.changed)));
  briefings.start();
  return { bot, store, platforms, briefings, port: http?.port ?? 0, loaded, started, ended, stop };

  async function proven(document: Document, said: Words): Promise<Document> {
    const result = await provenDocument(document, store, said);
    if (result.withheld > 0) withheld(result.withheld);
    return result.document;
  }

  function withheld(count: number): void {
    metrics?.withheld(count);
    log.error({ count }, 'passages withheld: they do not match the stored source');
  }

  /** Whoever added a source hears of it once; the operator's own stand in the log and in /status why. */
  function failing(source: Source, reason: string): void {
    log.warn({ source: source.address, reason }, 'a source fails');
    const platform = platforms.get(source.tenant.split(':')[0] ?? '');
    if (!platform) return;
    const name = source.title ?? source.address;
    const told = async () => {
      // Nobody noted which language its owner reads; the briefings there are in one that is read there.
      const [briefing] = await store.briefings({ tenant: source.tenant });
      const locale = briefing?.locale ?? 'en';
      const said = wordsFor({ locale, platform: platform.name });
      const document: Document = {
        summary: said.sources.failsShort(name),
        blocks: [paragraph(said.sources.fails(name, said.reason(reason))), small(said.sources.keepsTrying)],
      };
      await platform.tell(source.tenant, source.addedBy, document, locale);
    };
    told().catch((cause: unknown) => log.warn({ err: cause }, 'the owner of a source could not be told'));
  }

  async function removed(tenant: Tenant): Promise<void> {
    await store.removeTenant(tenant);
    briefings.changed();
    log.info({ tenant }, 'all data of a server or workspace removed');
  }

  function stop(): Promise<void> {
    stopped ??= (async () => {
      clearInterval(looking);
      clearInterval(putting);
      await corrections.stop();
      await briefings.stop();
      for (const platform of [...platforms.values()].reverse()) await platform.stop();
      await http?.stop();
      await corpus.stop();
      await retention.stop();
      await regrouping.stop();
      await store.close();
    })();
    return stopped;
  }
}

const openHttp = (config: Config, log: Log): HttpServer | undefined =>
  config.PORT === undefined
    ? undefined
    : createHttpServer({
        host: config.HOST,
        port: config.PORT,
        log: (problem, cause) => log.error({ err: cause }, problem),
      });

const MINUTE_MS = 60_000;
/** What could not be put right is tried again. */
const CORRECTIONS_MS = 30_000;
const HOUR_MS = 3_600_000;
/** What a channel was posted is remembered for so long: for /status, and so that nothing is posted again. */
const DELIVERIES_KEPT_DAYS = 400;

/** Forgets each hour what is older than it may be kept, a little at a time. */
function startRetention({
  config,
  store,
  log,
  now,
}: Pick<Surroundings, 'config' | 'log'> & { store: Store; now: () => Date }) {
  return repeated(HOUR_MS, {
    async run(signal) {
      const tenants = ['', ...(await store.sources()).map(({ tenant }) => tenant)];
      const days = config.RETENTION_DAYS;
      const articles = new Map(days === undefined ? [] : tenants.map((tenant) => [tenant, days]));
      const { articles: gone } = await enforceRetention(
        store,
        { articles, deliveries: DELIVERIES_KEPT_DAYS },
        now(),
        signal,
      );
      // A day longer than they are corrected, so that nothing is forgotten while it is looked at.
      const before = new Date(now().getTime() - (CORRECTED_DAYS + 1) * 24 * HOUR_MS).toISOString();
      while ((await store.forgetPostings({ before, limit: 500 })) > 0 && !signal.aborted);
      if (gone > 0) log.info({ articles: gone }, 'forgotten: older than RETENTION_DAYS');
    },
    failed: (cause) => log.error({ err: cause }, 'retention failed; it is tried again in an hour'),
  });
}

const REGROUPING_MS = 10 * MINUTE_MS;

/** Groups the stories of the last days anew where something came, a while after it came. */
function startRegrouping({ store, log }: Pick<Surroundings, 'log'> & { store: Store }) {
  return repeated(REGROUPING_MS, {
    async run(signal) {
      const { articles, moved } = await store.regroupStories({ signal });
      if (moved > 0) log.info({ articles, moved }, 'stories of the last days grouped anew');
    },
    failed: (cause) => log.error({ err: cause }, 'stories could not be grouped anew; it is tried again'),
  });
}

interface Job {
  run(signal: AbortSignal): Promise<void>;
  failed(cause: unknown): void;
}

/** Runs a job again and again, one run after the other; `stop` ends the one under way. */
function repeated(everyMs: number, { run, failed }: Job) {
  const stopping = new AbortController();
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => run(stopping.signal)).catch(failed);
  }, everyMs);
  timer.unref();
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

/** The same store, which tells of every article that is changed or withdrawn. */
function hearing(store: Store, changed: (articleId: string) => void): Store {
  return {
    ...store,
    async saveArticle(entry) {
      const outcome = await store.saveArticle(entry);
      if (outcome === 'changed') changed(entry.article.id);
      return outcome;
    },
    async savePrepared(article) {
      const outcome = await store.savePrepared(article);
      if (outcome === 'changed') changed(article.id);
      return outcome;
    },
    async withdrawArticle(id) {
      const withdrawn = await store.withdrawArticle(id);
      if (withdrawn) changed(id);
      return withdrawn;
    },
  };
}

/** The same bot, its answers timed. */
function timed(bot: Bot, answered: (command: string, ms: number) => void): Bot {
  return {
    ...bot,
    async answer(invocation) {
      const began = performance.now();
      const reply = await bot.answer(invocation);
      answered(invocation.command, performance.now() - began);
      return reply;
    },
  };
}
