/** The embedded store: one file, `node:sqlite`, reads on the caller's thread, writes on a thread of their own. */
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assembleStore } from './assemble.ts';
import { StoreError, storeError } from './errors.ts';
import type { WriteName, Writer } from './saving/writes.ts';
import { connectSqlite, NEWEST_SCHEMA, type SqliteConnection, schemaVersion } from './sqlite/driver.ts';
import { sqliteSearch } from './sqlite/search.ts';
import type { WriteMessage, WriterAnswer, WriterOptions } from './sqlite/writer.ts';
import type { Store } from './store.ts';

// An import would load its promises, streams and watchers too: a tenth of the time to a first answer.
const { existsSync, mkdirSync, mkdtempSync, rmSync } = process.getBuiltinModule('node:fs');

/** The file is ours alone for as long as the process lives, and then gone. */
export const THROW_AWAY = ':memory:';

/** WAL-reset corruption: 3.7.0 to 3.51.2 (fixed in 3.51.3, 3.50.7 and 3.44.6). A Node built on a system SQLite may have one. */
function refuseBrokenSqlite(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const fixed =
    major > 3 ||
    minor > 51 ||
    (minor === 51 && patch >= 3) ||
    (minor === 50 && patch >= 7) ||
    (minor === 44 && patch >= 6);
  if (!fixed)
    throw new StoreError(
      'fault',
      `sqlite: expected SQLite 3.51.3 or later, got ${version}, which can damage files: use the Node that npm ci brings`,
    );
}

/**
 * Opens a store, made if it is not there. `:memory:` gives one that is thrown away on close: a file in the temporary
 * folder, because two threads share it.
 *
 * @throws StoreError
 */
export async function openSqlite(path: string): Promise<Store> {
  refuseBrokenSqlite(process.versions.sqlite ?? '0');
  const throwAway = path === THROW_AWAY;
  const folder = throwAway ? mkdtempSync(join(tmpdir(), 'pullquote-')) : undefined;
  const file = folder === undefined ? path : join(folder, 'store.db');
  const discard = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (folder === undefined) mkdirSync(dirname(file), { recursive: true });
    const writer = writerThread({ path: file, throwAway });
    const reader = existingStore(file) ?? (await newStore(file, writer));
    if (throwAway) process.once('exit', discard);
    return storeOn(file, reader, writer, () => {
      process.removeListener('exit', discard);
      discard();
    });
  } catch (error) {
    discard();
    throw storeError(error, `sqlite: could not open ${file}`);
  }
}

/** A file that is up to date answers at once: the thread that writes starts with the first write. */
function existingStore(file: string): SqliteConnection | undefined {
  if (!existsSync(file)) return undefined;
  const reader = connectSqlite(file, { queryOnly: true });
  if (schemaVersion(reader) === NEWEST_SCHEMA) return reader;
  reader.close();
  return undefined;
}

async function newStore(file: string, writer: WriterThread): Promise<SqliteConnection> {
  await writer.start();
  try {
    return connectSqlite(file, { queryOnly: true });
  } catch (error) {
    await writer.stop();
    throw error;
  }
}

function storeOn(address: string, reader: SqliteConnection, writer: WriterThread, discard: () => void): Store {
  let closed: Promise<void> | undefined;
  const reading = new Set<Promise<unknown>>();
  const refuseClosed = () => {
    if (closed) throw new StoreError('closed', 'the store is closed');
  };
  return assembleStore({
    engine: 'sqlite',
    address,
    search: sqliteSearch,
    async read(doing, ask) {
      refuseClosed();
      const answer = ask(reader);
      reading.add(answer);
      try {
        return await answer;
      } catch (error) {
        throw storeError(error, doing);
      } finally {
        reading.delete(answer);
      }
    },
    write: (async (name: WriteName, ...values: unknown[]) => {
      refuseClosed();
      return writer.send(name, values);
    }) as Writer,
    async check() {
      refuseClosed();
      try {
        reader.exec('SELECT 1 FROM versions LIMIT 1');
      } catch (error) {
        throw storeError(error, 'sqlite: check');
      }
      await writer.send('check', []);
    },
    close() {
      closed ??= (async () => {
        await Promise.allSettled(reading);
        // Whoever closes last folds the log into the file: not this thread, if it can be helped.
        reader.close();
        await writer.stop();
        discard();
      })();
      return closed;
    },
  });
}

// ---------------------------------------------------------------- the writing thread, from outside

interface WriterThread {
  /** Begins without waiting for a first write: what is wrong with the file shows now. */
  start(): Promise<void>;
  send(name: WriteMessage['name'], values: readonly unknown[]): Promise<unknown>;
  /** Finishes what was sent, then ends the thread. */
  stop(): Promise<void>;
}
type RunningThread = Omit<WriterThread, 'start'>;

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A thread that ends by itself (out of memory) fails what it was asked; the next write gets a new one. */
function writerThread(options: WriterOptions): WriterThread {
  let thread: RunningThread | undefined;
  let starting: Promise<RunningThread> | undefined;
  const forget = () => {
    thread = undefined;
  };
  const running = async () => {
    if (thread) return thread;
    starting ??= startThread(options, forget).finally(() => {
      starting = undefined;
    });
    thread = await starting;
    return thread;
  };
  return {
    async start() {
      await running();
    },
    send: async (name, values) => (await running()).send(name, values),
    async stop() {
      await (thread ?? (await starting?.catch(() => undefined)))?.stop();
    },
  };
}

/** The thread makes little that lives longer than a batch; the default would let 50 MB of it wait. */
const YOUNG_MB = 12;

async function startThread(options: WriterOptions, onEnd: () => void): Promise<RunningThread> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(new URL('./sqlite/writer.ts', import.meta.url), {
    workerData: options,
    name: 'store writer',
    // Flags of the process (`--eval`, a test runner's loader) are not for this thread.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  // Only work in progress keeps the process alive.
  worker.unref();
  const pending = new Map<number, Pending>();
  let ended: StoreError | undefined;
  let nextId = 1;
  const end = (error: StoreError) => {
    ended ??= error;
    onEnd();
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
  };
  worker.on('message', (answer: WriterAnswer) => {
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if (pending.size === 0) worker.unref();
    if ('kind' in answer) waiting?.reject(new StoreError(answer.kind, answer.message));
    else waiting?.resolve(answer.value);
  });
  worker.on('error', (error) => end(storeError(error, 'sqlite: the writing thread failed')));
  worker.on('exit', () => end(new StoreError('closed', 'sqlite: the writing thread has ended')));
  const ask = (id: number, message?: WriteMessage) =>
    new Promise<unknown>((resolve, reject) => {
      if (ended) return reject(ended);
      pending.set(id, { resolve, reject });
      worker.ref();
      try {
        if (message) worker.postMessage(message);
      } catch (error) {
        // Something that cannot be copied between threads (a function): the caller's mistake.
        pending.delete(id);
        reject(new StoreError('invalid', `${message?.name}: ${(error as Error).message}`, { cause: error }));
      }
    });
  const send = (name: WriteMessage['name'], values: readonly unknown[]) => {
    const id = nextId++;
    return ask(id, { id, name, values });
  };
  await ask(0);
  return {
    send,
    async stop() {
      if (!ended) await send('close', []).catch(ignoreEnd);
      await worker.terminate();
    },
  };
}

/** A thread that has ended already is closed, which is what was wanted. */
function ignoreEnd(error: unknown): void {
  if (!(error instanceof StoreError && error.kind === 'closed')) throw error;
}
