/**
 * The thread that writes. Readers stay on the bot's own thread and never wait for a commit, a checkpoint or a merge.
 *
 * Writes that wait together are committed together (one fsync), each behind a savepoint of its own: all of a write or
 * nothing of it, and no answer before the commit.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { StoreErrorKind } from './errors.ts';
import { StoreError, storeError } from './errors.ts';
import { connectSqlite, migrateSqlite } from './sqlite-driver.ts';
import { deferredIndex } from './sqlite-search.ts';
import { runWrite, type WriteName } from './writes.ts';

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

const TOGETHER = 64;
const LONGEST_BATCH_MS = 40;

const port = parentPort!;
const { path, throwAway } = workerData as WriterOptions;
const waiting: WriteMessage[] = [];
const index = deferredIndex();
let working = false;

const answer = (message: WriterAnswer): void => port.postMessage(message);
const fail = (id: number, error: unknown, doing: string): void => {
  const { kind, message } = storeError(error, doing);
  answer({ id, kind, message });
};

function open() {
  const connection = connectSqlite(path, { throwAway });
  try {
    migrateSqlite(connection);
    // Checkpoints happen here, between commits: smaller ones, more often, keep the longest wait short.
    connection.exec('PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

let connection: ReturnType<typeof open>;
try {
  connection = open();
  answer({ id: 0, value: true });
  port.on('message', (message: WriteMessage) => {
    waiting.push(message);
    if (!working) void work();
  });
} catch (error) {
  fail(0, error, `sqlite: could not open ${path}`);
  port.close();
}

async function work(): Promise<void> {
  working = true;
  while (waiting.length > 0) {
    // Lets messages that have arrived meanwhile join the batch.
    await new Promise((resume) => setImmediate(resume));
    const first = waiting[0]!;
    if (first.name === 'close') {
      waiting.shift();
      close(first);
    } else if (first.name === 'check') {
      waiting.shift();
      check(first);
    } else await batch();
  }
  working = false;
}

function nextBatch(): WriteMessage[] {
  const end = waiting.findIndex(({ name }) => name === 'close' || name === 'check');
  return waiting.slice(0, Math.min(end < 0 ? TOGETHER : end, TOGETHER));
}

async function batch(): Promise<void> {
  const messages = nextBatch();
  const done: { message: WriteMessage; value: unknown }[] = [];
  const taken = new Set<WriteMessage>();
  const forget = () => {
    for (let i = waiting.length - 1; i >= 0; i--) if (taken.has(waiting[i]!)) waiting.splice(i, 1);
  };
  const started = performance.now();
  try {
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    for (const message of messages) {
      taken.add(message);
      fail(message.id, error, message.name);
    }
    return forget();
  }
  for (const message of messages) {
    if (done.length > 0 && performance.now() - started > LONGEST_BATCH_MS) break;
    taken.add(message);
    const before = index.mark();
    try {
      connection.exec('SAVEPOINT one');
      const value = await runWrite(connection, index, message.name as WriteName, message.values);
      connection.exec('RELEASE one');
      done.push({ message, value });
    } catch (error) {
      index.undo(before);
      fail(message.id, error, message.name);
      if (!undoOne()) {
        index.undo(new Map());
        // SQLite gave up the whole transaction (disk full, I/O error): what shared it failed too.
        for (const other of done) fail(other.message.id, error, other.message.name);
        return forget();
      }
    }
  }
  forget();
  try {
    index.flush(connection);
    connection.exec('COMMIT');
    for (const { message, value } of done) answer({ id: message.id, value });
  } catch (error) {
    index.undo(new Map());
    if (connection.database.isTransaction) connection.exec('ROLLBACK');
    for (const { message } of done) fail(message.id, error, message.name);
  }
}

/** Takes back one write; false when there is no transaction any more. */
function undoOne(): boolean {
  if (!connection.database.isTransaction) return false;
  try {
    connection.exec('ROLLBACK TO one; RELEASE one');
    return true;
  } catch {
    // Reported by the caller with the first error, which is the cause of this one.
    if (connection.database.isTransaction) connection.exec('ROLLBACK');
    return false;
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
