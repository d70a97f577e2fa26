/** Everything that changes the database, by name: one table for both engines, each run inside one transaction. */

import {
  addBriefing,
  addSource,
  articlesOfTenant,
  changeBriefing,
  changeSource,
  claimDelivery,
  clearProblem,
  forgetDeliveries,
  noteProblem,
  postedPage,
  putInstallation,
  removeBriefing,
  removeSource,
  removeTenantRows,
  renewClaim,
  settleDelivery,
  startPage,
  unsentPage,
} from '../ledger/ledger.ts';
import { claimPosting, forgetPostings, settlePosting } from '../ledger/postings.ts';
import { addReport, removeReport } from '../ledger/reports.ts';
import type { Sql } from '../sql.ts';
import { moveArticles, noteRegrouped, type StoryMove } from '../stories/story-moves.ts';
import type { Batch } from './batch.ts';
import type { PreparedArticle } from './prepare.ts';
import { articlesBefore, eraseArticles, saveArticles, withdrawArticle } from './save.ts';

export const writes = {
  /** Those that wait together are saved together: engines call `saveArticles` themselves. */
  saveArticle: async (sql: Sql, batch: Batch, prepared: PreparedArticle) =>
    (await saveArticles(sql, batch, [prepared]))[0]!,
  withdrawArticle: (sql: Sql, batch: Batch, id: string) => withdrawArticle(sql, batch, id),
  /** A batch of the oldest; how many were found. */
  forgetArticles: async (sql: Sql, batch: Batch, query: { tenant: string; before: string; limit: number }) => {
    const ids = await articlesBefore(sql, query);
    await eraseArticles(sql, batch, ids);
    return ids.length;
  },
  /** A batch of a tenant's articles; 0 when none is left. */
  eraseTenantArticles: async (sql: Sql, batch: Batch, tenant: string, limit: number) => {
    const ids = await articlesOfTenant(sql, tenant, limit);
    await eraseArticles(sql, batch, ids);
    return ids.length;
  },
  moveArticles: (sql: Sql, batch: Batch, move: StoryMove) => moveArticles(sql, batch, move),
  noteRegrouped: plain(noteRegrouped),
  addBriefing: plain(addBriefing),
  changeBriefing: plain(changeBriefing),
  removeBriefing: plain(removeBriefing),
  claimDelivery: plain(claimDelivery),
  renewClaim: plain(renewClaim),
  startPage: plain(startPage),
  postedPage: plain(postedPage),
  unsentPage: plain(unsentPage),
  settleDelivery: plain(settleDelivery),
  addSource: plain(addSource),
  changeSource: plain(changeSource),
  removeSource: plain(removeSource),
  noteProblem: plain(noteProblem),
  clearProblem: plain(clearProblem),
  claimPosting: plain(claimPosting),
  settlePosting: plain(settlePosting),
  forgetPostings: plain(forgetPostings),
  addReport: plain(addReport),
  removeReport: plain(removeReport),
  putInstallation: plain(putInstallation),
  forgetDeliveries: plain(forgetDeliveries),
  /** Counters and names of the tenant go too, so what is known of them is not true any more. */
  removeTenantRows: async (sql: Sql, batch: Batch, tenant: string) => {
    await batch.flush(sql);
    batch.forget();
    await removeTenantRows(sql, tenant);
  },
} as const;

function plain<Rest extends unknown[], Result>(write: (sql: Sql, ...rest: Rest) => Promise<Result>) {
  return (sql: Sql, _batch: Batch, ...rest: Rest): Promise<Result> => write(sql, ...rest);
}

export type WriteName = keyof typeof writes;
export type WriteArguments<Name extends WriteName> =
  Parameters<(typeof writes)[Name]> extends [Sql, Batch, ...infer Rest] ? Rest : never;
export type WriteResult<Name extends WriteName> = Awaited<ReturnType<(typeof writes)[Name]>>;

/** Runs one of `writes` in a transaction of its engine. */
export type Writer = <Name extends WriteName>(
  name: Name,
  ...values: WriteArguments<Name>
) => Promise<WriteResult<Name>>;

/** Runs a write that came from elsewhere by name (a message between threads). */
export const runWrite = (sql: Sql, batch: Batch, name: WriteName, values: readonly unknown[]): Promise<unknown> =>
  (writes[name] as (sql: Sql, batch: Batch, ...rest: readonly unknown[]) => Promise<unknown>)(sql, batch, ...values);
