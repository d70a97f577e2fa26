/** A `Store` from what an engine has: a reader, a writer, a full-text engine. */
import * as articles from './asking/articles.ts';
import { coverage } from './asking/coverage.ts';
import * as lookup from './asking/lookup.ts';
import type { SearchEngine } from './asking/search.ts';
import type { Writer } from './saving/writes.ts';
import type { Sql } from './sql.ts';
import type { Store } from './store.ts';

export interface Engine {
  readonly engine: Store['engine'];
  /** Runs one question; turns the driver's errors into `StoreError`s that say what was being done. */
  read<Answer>(doing: string, ask: (sql: Sql) => Promise<Answer>): Promise<Answer>;
  readonly write: Writer;
  readonly search: SearchEngine;
  /** Where the database is: a file or a `postgres://` address. */
  readonly address: string;
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Loaded when they are asked for: a brief does without. */
const questions = () => import('./asking/questions.ts');
const ledger = () => import('./ledger/ledger.ts');
const postings = () => import('./ledger/postings.ts');
const reports = () => import('./ledger/reports.ts');

/** Articles removed in one transaction: other writers wait no longer than this takes. */
export const ERASED_AT_ONCE = 25;

export function assembleStore({ engine, address, read, write, search, check, close }: Engine): Store {
  return {
    engine,
    // Loaded with the first article: a store that is only asked does without.
    saveArticle: async (entry) => write('saveArticle', (await import('./saving/prepare.ts')).prepareArticle(entry)),
    savePrepared: (article) => write('saveArticle', article),
    articleState: (id) => read('articleState', (sql) => articles.articleState(sql, id)),
    articleFiles: (query) => read('articleFiles', (sql) => articles.articleFiles(sql, query)),
    articlesInFile: (query) => read('articlesInFile', (sql) => articles.articlesInFile(sql, query)),
    withdrawArticle: (id) => write('withdrawArticle', id),
    ownsArticles: (tenant) => read('ownsArticles', (sql) => articles.ownsArticles(sql, tenant)),
    article: (id, hash) => read('article', (sql) => articles.article(sql, id, hash)),
    original: (id, hash) => read('original', (sql) => articles.original(sql, id, hash)),

    coverage: (query) => read('coverage', (sql) => coverage(sql, search, query)),
    searchArticles: (query) =>
      read('searchArticles', async (sql) => (await questions()).searchArticles(sql, search, query)),
    findQuotes: (query) => read('findQuotes', async (sql) => (await questions()).findQuotes(sql, search, query)),
    findReactions: (query) =>
      read('findReactions', async (sql) => (await questions()).findReactions(sql, search, query)),
    quote: (receipt, tenant) => read('quote', (sql) => articles.quote(sql, receipt, tenant)),
    topics: (query) => read('topics', (sql) => lookup.topics(sql, search, query)),
    speakers: (query) => read('speakers', (sql) => lookup.speakers(sql, query)),
    nearestTopics: (tenant, text, limit) =>
      read('nearestTopics', (sql) => lookup.nearestTopics(sql, tenant, text, limit)),
    nearestSpeakers: (tenant, text, limit) =>
      read('nearestSpeakers', (sql) => lookup.nearestSpeakers(sql, tenant, text, limit)),
    slices: (refs) => read('slices', (sql) => articles.slices(sql, refs)),
    stats: (tenant) => read('stats', async (sql) => (await questions()).stats(sql, tenant)),

    addBriefing: (briefing) => write('addBriefing', briefing),
    briefing: (id) => read('briefing', async (sql) => (await ledger()).briefing(sql, id)),
    briefings: (filter) => read('briefings', async (sql) => (await ledger()).briefings(sql, filter)),
    changeBriefing: (id, change) => write('changeBriefing', id, change),
    dueBriefings: (query) => read('dueBriefings', async (sql) => (await ledger()).dueBriefings(sql, query)),
    removeBriefing: (id) => write('removeBriefing', id),

    claimDelivery: (claim) => write('claimDelivery', claim),
    renewClaim: (key, by, now) => write('renewClaim', key, by, now),
    pages: (deliveryKey) => read('pages', async (sql) => (await ledger()).pages(sql, deliveryKey)),
    startPage: (page) => write('startPage', page),
    postedPage: (deliveryKey, n, messageId) => write('postedPage', deliveryKey, n, messageId),
    unsentPage: (deliveryKey, n, by) => write('unsentPage', deliveryKey, n, by),
    settleDelivery: (end) => write('settleDelivery', end),
    deliveries: (briefingId, limit) =>
      read('deliveries', async (sql) => (await ledger()).deliveries(sql, briefingId, limit)),
    openDeliveries: (limit) => read('openDeliveries', async (sql) => (await ledger()).openDeliveries(sql, limit)),
    postingProcesses: (platform, since) =>
      read('postingProcesses', async (sql) => (await ledger()).postingProcesses(sql, platform, since)),
    shown: (platform, channel, since) =>
      read('shown', async (sql) => (await ledger()).shown(sql, platform, channel, since)),

    outdatedPostings: (query) =>
      read('outdatedPostings', async (sql) => (await postings()).outdatedPostings(sql, query)),
    claimPosting: (claim) => write('claimPosting', claim),
    settlePosting: (end) => write('settlePosting', end),
    forgetPostings: (query) => write('forgetPostings', query),

    addSource: (source) => write('addSource', source),
    sources: (tenant) => read('sources', async (sql) => (await ledger()).sources(sql, tenant)),
    dueSources: (query) => read('dueSources', async (sql) => (await ledger()).dueSources(sql, query)),
    changeSource: (id, change) => write('changeSource', id, change),
    removeSource: (id) => write('removeSource', id),
    noteProblem: (problem) => write('noteProblem', problem),
    clearProblem: (origin) => write('clearProblem', origin),
    problems: (tenant, limit) => read('problems', async (sql) => (await ledger()).problems(sql, tenant, limit)),

    addReport: (report) => write('addReport', report),
    reports: (query) => read('reports', async (sql) => (await reports()).reports(sql, query)),
    removeReport: (id) => write('removeReport', id),

    putInstallation: (tenant, data) => write('putInstallation', tenant, data),
    installation: (tenant) => read('installation', async (sql) => (await ledger()).installation(sql, tenant)),
    exportTenant: (tenant) => read('exportTenant', async (sql) => (await ledger()).exportTenant(sql, tenant)),
    async removeTenant(tenant) {
      while ((await write('eraseTenantArticles', tenant, ERASED_AT_ONCE)) > 0);
      await write('removeTenantRows', tenant);
    },
    async forgetArticles({ tenant, before, limit }) {
      let forgotten = 0;
      while (forgotten < limit) {
        const batch = Math.min(ERASED_AT_ONCE, limit - forgotten);
        const gone = await write('forgetArticles', { tenant, before, limit: batch });
        forgotten += gone;
        if (gone === 0) break;
      }
      return forgotten;
    },
    forgetDeliveries: (query) => write('forgetDeliveries', query),
    regroupStories: async (options = {}) =>
      (await import('./stories/regroup.ts')).regroupStories({ engine, address, read, write }, options),
    check,
    close,
  };
}
