/**
 * No question may read a table from end to end: every statement that the store runs is recorded while it answers, and
 * the engine is asked how it would run it on a large corpus.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import * as articles from '../../src/store/asking/articles.ts';
import { coverage } from '../../src/store/asking/coverage.ts';
import * as lookup from '../../src/store/asking/lookup.ts';
import * as questions from '../../src/store/asking/questions.ts';
import type { SearchEngine } from '../../src/store/asking/search.ts';
import * as ledger from '../../src/store/ledger/ledger.ts';
import { ensureMonth, postgresIndex, postgresSearch } from '../../src/store/postgres/search.ts';
import { openPostgres, postgresOptions, sqlOn } from '../../src/store/postgres.ts';
import { type ArticleIndex, openBatch } from '../../src/store/saving/batch.ts';
import { prepareArticle } from '../../src/store/saving/prepare.ts';
import { articlesBefore, saveArticles, withdrawArticle } from '../../src/store/saving/save.ts';
import type { Sql } from '../../src/store/sql.ts';
import { sqliteIndex } from '../../src/store/sqlite/article-index.ts';
import { connectSqlite } from '../../src/store/sqlite/driver.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { sqliteSearch } from '../../src/store/sqlite/search.ts';
import { entry, newBriefing } from './entries.ts';
import { howToRun, type Server, startServer } from './server.ts';

const now = '2026-01-12T12:00:00.000Z';
const tenant = 'discord:1';
const told = (n: number) =>
  entry({
    origin: `plan-${n}.txt`,
    tenant: n % 3 === 0 ? tenant : '',
    title: `Harbour plan ${n}`,
    at: `2026-01-0${1 + (n % 9)}T09:00:00.000Z`,
    text: `Pilot Ona Reed drew plan ${n}. “Plan ${n} holds,” said Reed. Critics object to plan ${n}.`,
    topics: ['harbour plans'],
    aliases: [['harbour plans', 'plan']],
    speakers: [
      { name: 'Ona Reed', role: 'Pilot', aliases: ['Reed'] },
      { name: 'Critics', kind: 'group' },
    ],
    quotes: [{ words: `Plan ${n} holds,`, who: 'Ona Reed' }],
    reactions: [{ who: 'Critics', stance: 'oppose', clause: `object to plan ${n}` }],
  });

/** Remembers every statement, while it is run for real. */
function recording(sql: Sql): Sql & { readonly statements: Set<string> } {
  const statements = new Set<string>();
  return {
    dialect: sql.dialect,
    statements,
    all(text, ...values) {
      statements.add(text);
      return sql.all(text, ...values);
    },
    insert(into, rows, after) {
      return sql.insert(into, rows, after);
    },
  };
}

/** Every question and every write, as the bot runs them. */
async function everything(sql: Sql, index: ArticleIndex, search: SearchEngine): Promise<void> {
  const batch = openBatch(index);
  await saveArticles(
    sql,
    batch,
    Array.from({ length: 12 }, (_, n) => prepareArticle(told(n))),
  );
  await batch.flush(sql);
  // As another process would find it: nothing is known.
  batch.forget();
  const changed = { ...told(1), ...entry({ origin: 'plan-1.txt', text: 'Plan 1 is void.', at: now }) };
  await saveArticles(sql, batch, [prepareArticle(changed)]);
  await batch.flush(sql);
  const { items } = await questions.findQuotes(sql, search, { tenant, limit: 5 });
  const [quote] = items;
  await coverage(sql, search, { tenant, now, topic: 'harbour plans', stories: 3, since: '2026-01-01T00:00:00.000Z' });
  await coverage(sql, search, { tenant, now, topic: 'reed', stories: 3 });
  await coverage(sql, search, { tenant, now, topic: 'harbuor pilto', stories: 3 });
  await coverage(sql, search, { tenant, now, topic: 'harbour plan critics lighthouse summer', stories: 3 });
  await coverage(sql, search, { tenant, now, stories: 3 });
  await questions.findQuotes(sql, search, { tenant, speaker: 'reed', limit: 5 });
  await questions.findQuotes(sql, search, { tenant, speakerId: quote!.speaker!.id, limit: 5 });
  await questions.findQuotes(sql, search, { tenant, speaker: 'reed', topic: 'harbour', limit: 5, since: now });
  await questions.findQuotes(sql, search, { tenant, topic: 'harbour', limit: 5 });
  await questions.findQuotes(sql, search, { tenant, articleIds: [quote!.article.id], limit: 5 });
  await questions.findReactions(sql, search, { tenant, topic: 'plan', speaker: 'critics', stance: 'oppose', limit: 5 });
  await questions.findReactions(sql, search, { tenant, speaker: 'critics', limit: 5 });
  await questions.findReactions(sql, search, { tenant, limit: 5 });
  await questions.searchArticles(sql, search, { tenant, text: 'harbour pilots', now, limit: 5 });
  await questions.stats(sql, tenant);
  await lookup.topics(sql, search, { tenant, limit: 5 });
  await lookup.topics(sql, search, { tenant, like: 'harb', limit: 5 });
  await lookup.topics(sql, search, { tenant, since: '2026-01-02T00:00:00.000Z', limit: 5 });
  await lookup.speakers(sql, { tenant, limit: 5 });
  await lookup.speakers(sql, { tenant, like: 're', limit: 5 });
  await lookup.speakers(sql, { tenant, like: 'pilo', limit: 5 });
  await lookup.nearestSpeakers(sql, tenant, 'raed', 3);
  await lookup.nearestTopics(sql, tenant, 'harbuor', 3);
  await articles.quote(sql, quote!.receipt.id, tenant);
  await articles.article(sql, quote!.article.id);
  await articles.article(sql, quote!.article.id, quote!.article.hash);
  await articles.ownsArticles(sql, tenant);
  await articles.articleState(sql, quote!.article.id);
  await articles.articleFiles(sql, { after: 'a', limit: 5 });
  await articles.articlesInFile(sql, { file: 'a.jsonl', limit: 5 });
  await articles.original(sql, quote!.article.id, quote!.article.hash);
  await articles.slices(sql, [
    { articleId: quote!.article.id, hash: quote!.article.hash, span: quote!.receipt.content },
  ]);
  const briefing = await ledger.addBriefing(sql, newBriefing());
  await ledger.dueBriefings(sql, { platform: 'discord', now, limit: 5 });
  await ledger.dueBriefings(sql, { platform: 'discord', now, limit: 5, except: [tenant] });
  await ledger.briefings(sql, { tenant });
  await ledger.briefings(sql, { platform: 'discord', channel: '42' });
  const claim = { key: 'b1@x', briefingId: briefing.id, dueAt: now, by: 'a', now, leaseMs: 1 };
  await ledger.claimDelivery(sql, claim);
  await ledger.claimDelivery(sql, claim);
  await ledger.renewClaim(sql, 'b1@x', 'a', now);
  await ledger.startPage(sql, { key: 'b1@x', n: 1, by: 'a', now });
  await ledger.unsentPage(sql, 'b1@x', 1, 'a');
  await ledger.pages(sql, 'b1@x');
  await ledger.openDeliveries(sql, 5);
  await ledger.postingProcesses(sql, 'discord', now);
  await ledger.settleDelivery(sql, { key: 'b1@x', state: 'delivered', outcome: '', now, storiesShown: [1] });
  await ledger.deliveries(sql, briefing.id, 5);
  await ledger.shown(sql, 'discord', '42');
  await ledger.shown(sql, 'discord', '42', '2027-01-01T00:00:00.000Z');
  await ledger.sources(sql, tenant);
  await ledger.dueSources(sql, { now, limit: 5 });
  await ledger.problems(sql, tenant, 5);
  await ledger.clearProblem(sql, 'x');
  await ledger.installation(sql, tenant);
  await articlesBefore(sql, { tenant, before: now, limit: 5 });
  await ledger.forgetDeliveries(sql, { before: '2027-01-01T00:00:00.000Z', limit: 5 });
  await withdrawArticle(sql, batch, told(2).article.id);
  await batch.flush(sql);
}

/** Tables that stay small whatever the corpus does: a row for each kind of count, or for each table. */
const small = new Set(['totals', 'sqlite_sequence']);

describe('on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads by index, whatever is asked', async () => {
    const connection = connectSqlite(join(folder, 'store.db'));
    migrateSqlite(connection);
    const sql = recording(connection);
    await everything(sql, sqliteIndex(), sqliteSearch);
    expect(sql.statements.size).toBeGreaterThan(60);
    const scans: string[] = [];
    for (const statement of sql.statements) {
      if (!/^\s*(SELECT|UPDATE|DELETE|INSERT)/i.test(statement)) continue;
      const plan = await connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`);
      for (const { detail } of plan) {
        const scanned = /^SCAN (\w+)/.exec(detail)?.[1];
        if (scanned === undefined) continue;
        const table = tableBehind(statement, scanned);
        // A partial index that holds open deliveries only is as long as the answer.
        if (detail.includes('USING INDEX deliveries_open')) continue;
        // A full-text table is searched when its index gets a match ("M") or a row ("="), a JSON array is what we passed.
        const harmless = detail.includes('VIRTUAL TABLE INDEX')
          ? /:M|:=|INDEX 1:/.test(detail)
          : small.has(table ?? '');
        if (table !== undefined && !harmless) scans.push(`${detail}: ${statement}`);
      }
    }
    expect(scans).toEqual([]);
    connection.close();
  });
});

/** The table behind a name in a plan; undefined for a sub-select, whose own reading has its own line. */
function tableBehind(statement: string, name: string): string | undefined {
  const found = new RegExp(`\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(\\w+)(?:\\s+AS)?\\s+${name}\\b`, 'i').exec(statement)?.[1];
  if (found) return found;
  return new RegExp(`\\b(?:FROM|JOIN|UPDATE|INTO)\\s+${name}\\b`, 'i').test(statement) ? name : undefined;
}

const started = await startServer();
const server = 'missing' in started ? undefined : (started as Server);

describe('on PostgreSQL', () => {
  afterAll(() => server?.stop());

  it('reads by index, whatever is asked, and never walks a date index past every article', {
    timeout: 60_000,
  }, async (context) => {
    if (!server) {
      if (process.env.CI) throw new Error(howToRun);
      return context.skip(howToRun);
    }
    const url = await server.database();
    await (await openPostgres(url)).close();
    const client = new pg.Client(postgresOptions(url));
    await client.connect();
    const sql = recording(sqlOn(client));
    await ensureMonth(sql, Date.parse(now));
    await everything(sql, postgresIndex(), postgresSearch);
    expect(sql.statements.size).toBeGreaterThan(60);
    // As if the tables were large: reading one from end to end is the last resort.
    await client.query('SET enable_seqscan = off');
    const scans: string[] = [];
    let searches = 0;
    for (const statement of sql.statements) {
      if (!/^\s*(SELECT|UPDATE|DELETE|INSERT)/i.test(statement) || /pg_inherits|setval/.test(statement)) continue;
      const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN, COSTS OFF) ${statement}`);
      const plan = rows.map((row) => row['QUERY PLAN'] as string);
      for (const line of plan) {
        const scanned = /Seq Scan on (\w+)/.exec(line)?.[1];
        if (scanned !== undefined && !small.has(scanned)) scans.push(`${line.trim()}: ${statement}`);
        if (/Index (Only )?Scan Backward using search_/.test(line)) scans.push(`${line.trim()}: ${statement}`);
      }
      if (/FROM search WHERE/.test(statement) && !/DELETE/.test(statement)) {
        searches++;
        expect(plan.join('\n')).toMatch(/Bitmap Index Scan on search_\w*tsv/);
      }
    }
    expect(scans).toEqual([]);
    expect(searches).toBeGreaterThan(1);
    await client.end();
  });
});
