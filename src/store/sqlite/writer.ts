/**
 * The thread that writes. Readers stay on the bot's own thread and never wait for a commit, a checkpoint or a merge.
 *
 * Writes that wait together are committed together (one fsync) and answered after the commit. When one of them fails, all
 * are taken back and each is tried by itself: all of a write or nothing of it, without a savepoint around every one.
 */
import type { StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { StoreErrorKind } from '../errors.ts';
import { StoreError, storeError } from '../errors.ts';
import { openBatch } from '../saving/batch.ts';
import type { PreparedArticle } from '../saving/prepare.ts';
import { saveArticles } from '../saving/save.ts';
import { runWrite, type WriteName } from '../saving/writes.ts';
import { sqliteIndex } from './article-index.ts';
import { connectSqlite } from './driver.ts';
import { migrateSqlite } from './migrate.ts';

export interface WriterOptions {
  readonly path: string;
  readonly throwAway: boolean;
}

export interface WriteMessage {
  readonly id: number;
  readonly name: WriteName | 'check' | 'close';
  readonly values: readonly unknown[];
}

/** `id` 0 is the answer to opening the file. */
export type WriterAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly kind: StoreErrorKind; readonly message: string };

/** Articles saved in one go; then those that have come meanwhile are let in. */
const SAVED_AT_ONCE = 10;
/** Writes of one transaction, and how long it takes more of them in. */
const TOGETHER = 80;
const LONGEST_BATCH_MS = 300;
/**
 * While several articles at a time keep coming, a commit waits for so many, or so long: a page that several of them
 * change is written once. Those that come while they are saved make it about eighty.
 */
const WORTH_A_COMMIT = 40;
const COMPANY_MS = 120;

/** Pages of the log that are folded into the file at once: smaller ones, more often, keep the longest wait short. */
const CHECKPOINT = 2000;
/** A page that many articles change is then copied over once for all of them: 5 % less to do. */
const CHECKPOINT_OF_IMPORTS = 8000;

/** Pages of the indexes kept at hand, in KiB: little for the ledger of a bot at work, more as soon as articles come several at a time. */
const CACHE_KIB = 8_192;
const CACHE_OF_IMPORTS_KIB = 16_384;

const port = parentPort!;
const { path, throwAway } = workerData as WriterOptions;
const waiting: WriteMessage[] = [];
const batch = openBatch(sqliteIndex());
let seenVersion = 0;
let working = false;
/** How many articles were on their way at once: who sends twenty and waits for them is not kept waiting for a twenty-first. */
let atOnce = 1;
/** The cache has grown for an import. */
let hasGrown = false;
let arrived = (): void => {};

const answer = (message: WriterAnswer): void => port.postMessage(message);
const fail = (id: number, error: unknown, doing: string): void => {
  const { kind, message } = storeError(error, doing);
  answer({ id, kind, message });
};

function open() {
  const connection = connectSqlite(path, { throwAway });
  try {
    migrateSqlite(connection);
    // Checkpoints happen here, between commits.
    connection.exec(
      `PRAGMA wal_autocheckpoint = ${CHECKPOINT}; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -${CACHE_KIB}`,
    );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

let connection: ReturnType<typeof open>;
let dataVersion: StatementSync;
try {
  connection = open();
  // Changes when another connection commits.
  dataVersion = connection.database.prepare('PRAGMA data_version');
  answer({ id: 0, value: true });
  port.on('message', (message: WriteMessage) => {
    waiting.push(message);
    arrived();
    if (!working) void work();
  });
} catch (error) {
  fail(0, error, `sqlite: could not open ${path}`);
  port.close();
}

async function work(): Promise<void> {
  working = true;
  while (waiting.length > 0) {
    await letIn();
    await company();
    const first = waiting[0]!;
    if (first.name === 'close') {
      waiting.shift();
      close(first);
    } else if (first.name === 'check') {
      waiting.shift();
      check(first);
    } else await together();
  }
  working = false;
}

/** Messages that have arrived are waiting afterwards. */
const letIn = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** Waits for more articles where they come several at a time. */
async function company(): Promise<void> {
  const until = performance.now() + COMPANY_MS;
  while (waiting.length < Math.min(atOnce, WORTH_A_COMMIT) && waiting.every(isSave)) {
    const left = until - performance.now();
    if (left <= 0) {
      atOnce = waiting.length;
      return;
    }
    await new Promise<void>((resume) => {
      const timer = setTimeout(resume, left);
      arrived = () => {
        clearTimeout(timer);
        resume();
      };
    });
  }
}

const isSave = ({ name }: WriteMessage): boolean => name === 'saveArticle';

const isWrite = ({ name }: WriteMessage): boolean => name !== 'close' && name !== 'check';

/** Commits what waits and what comes meanwhile in one transaction: a page that many articles change is written once. */
async function together(): Promise<void> {
  const started = performance.now();
  let taken = 0;
  try {
    begin();
  } catch (error) {
    const end = waiting.findIndex((message) => !isWrite(message));
    for (const { id, name } of waiting.splice(0, end < 0 ? waiting.length : end)) fail(id, error, name);
    return;
  }
  try {
    const values: unknown[] = [];
    await finish(async () => {
      do {
        const next = alike(waiting.slice(taken, taken + SAVED_AT_ONCE));
        taken += next.length;
        values.push(...(await runTogether(next)));
        await letIn();
      } while (takesMore(taken) && performance.now() - started < LONGEST_BATCH_MS);
    });
    const articles = waiting.slice(0, taken).filter(isSave).length;
    if (articles > 0) atOnce = Math.max(atOnce, articles + waiting.slice(taken).filter(isSave).length);
    if (articles > 1 && !hasGrown) {
      connection.exec(
        `PRAGMA cache_size = -${CACHE_OF_IMPORTS_KIB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_OF_IMPORTS}`,
      );
      hasGrown = true;
    }
    for (const [i, { id }] of waiting.splice(0, taken).entries()) answer({ id, value: values[i] });
  } catch (error) {
    const failed = waiting.splice(0, taken);
    if (failed.length === 1) fail(failed[0]!.id, error, failed[0]!.name);
    else for (const message of failed) await alone(message);
  }
}

/** Whether the next one belongs to a transaction that has taken so many: any other write waits for no article behind it. */
function takesMore(taken: number): boolean {
  const [last, next] = [waiting[taken - 1]!, waiting[taken]];
  return next !== undefined && taken < TOGETHER && isWrite(next) && (isSave(last) || !isSave(next));
}

/** Those that are saved together, else the first. */
function alike(messages: readonly WriteMessage[]): readonly WriteMessage[] {
  const end = messages.findIndex((message) => !isSave(message));
  return messages.slice(0, end < 0 ? messages.length : Math.max(end, 1));
}

async function runTogether(messages: readonly WriteMessage[]): Promise<readonly unknown[]> {
  const { name, values } = messages[0]!;
  if (name !== 'saveArticle') return [await runWrite(connection, batch, name as WriteName, values)];
  return saveArticles(
    connection,
    batch,
    messages.map((message) => message.values[0] as PreparedArticle),
  );
}

async function alone({ id, name, values }: WriteMessage): Promise<void> {
  try {
    let value: unknown;
    begin();
    await finish(async () => {
      value = await runWrite(connection, batch, name as WriteName, values);
    });
    answer({ id, value });
  } catch (error) {
    fail(id, error, name);
  }
}

function begin(): void {
  connection.exec('BEGIN IMMEDIATE');
  // An import beside a running bot: what this thread remembers of the file may not be true any more.
  const { data_version } = dataVersion.get() as { data_version: number };
  if (data_version !== seenVersion) batch.forget();
  seenVersion = data_version;
}

/** Commits what `work` does in the transaction that was begun, or takes all of it back. */
async function finish(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    await batch.flush(connection);
    connection.exec('COMMIT');
  } catch (error) {
    batch.forget();
    // SQLite may have given the transaction up itself (disk full, I/O error).
    if (connection.database.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** Proves that the file can be written, without leaving a trace. */
function check({ id }: WriteMessage): void {
  try {
    connection.exec('BEGIN IMMEDIATE');
    connection.exec(`INSERT INTO totals (tenant, what, n) VALUES ('#check', 'check', 0)`);
    connection.exec('ROLLBACK');
    answer({ id, value: true });
  } catch (error) {
    if (connection.database.isTransaction) connection.exec('ROLLBACK');
    fail(id, error, 'sqlite: check');
  }
}

function close({ id }: WriteMessage): void {
  try {
    connection.exec('PRAGMA optimize');
    connection.close();
    answer({ id, value: true });
  } catch (error) {
    fail(id, error, 'sqlite: close');
  }
  for (const { id: late } of waiting.splice(0)) fail(late, new StoreError('closed', 'the store is closed'), 'sqlite');
  port.close();
}
