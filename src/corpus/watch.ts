/** Folders and files of `CORPUS` while the bot runs: a new or edited file is read within seconds. */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { watch } from 'chokidar';
import { corpusFile, entryPlaces } from './entries.ts';
import { isArticleFile } from './kinds.ts';
import { forgetFile, type LoadOptions, loadFile, type Progress, type Sink } from './load.ts';

export interface Watch {
  /** Resolves when changes are noticed from now on. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export interface WatchOptions extends LoadOptions {
  /** After each file that was read again. */
  readonly changed?: (origin: string, progress: Progress) => void;
  /** A fault that nobody else hears of (the sink threw, the system ran out of watches). */
  readonly fault?: (error: unknown) => void;
  /** A file is read when it has not grown for so long; an editor's save in two steps is one change. */
  readonly quietMs?: number;
}

/**
 * Watches the entries (addresses left out). Files that stand there already are not read: `loadCorpus` does that.
 * A file that goes away is withdrawn, unless it is back within the quiet time (editors and sync tools replace files) or the
 * entry itself is no more what it was: a disk that was unmounted takes nothing out of answers.
 */
export function watchCorpus(entries: readonly string[], sink: Sink, options: WatchOptions = {}): Watch {
  const { quietMs = 400, changed, fault } = options;
  const places = entryPlaces(entries);
  const roots = places.map(({ root }) => root);
  const wanted = (path: string) => places.some((place) => place.covers(path));
  const disks = Promise.all(roots.map(diskOf));

  const watcher = watch(roots, {
    ignoreInitial: true,
    followSymlinks: true,
    awaitWriteFinish: { stabilityThreshold: quietMs, pollInterval: Math.max(20, quietMs / 4) },
    atomic: quietMs,
    ignored: (path, stats) =>
      !roots.includes(path) && (!isArticleFile(path) || (stats?.isFile() === true && !wanted(path))),
  });
  // One after the other: a thousand files copied in at once must not be a thousand open files.
  let queue = Promise.resolve();
  const enqueue = (step: () => Promise<void>) => {
    queue = queue.then(step).catch((error: unknown) => fault?.(error));
  };
  const read = (path: string) =>
    enqueue(async () => {
      const file = corpusFile(path);
      const progress = await loadFile(file, sink, options);
      changed?.(file.origin, progress);
    });
  const gone = (path: string) =>
    enqueue(async () => {
      if (await isOnItsDisk(path)) await forgetFile(corpusFile(path), sink);
    });

  /** An entry that covers the path is where it was: then the file alone is gone. */
  async function isOnItsDisk(path: string): Promise<boolean> {
    const before = await disks;
    for (const [i, { root, covers }] of places.entries()) {
      if (!covers(path)) continue;
      const disk = await diskOf(root);
      if (disk !== undefined && disk === before[i]) return true;
    }
    return false;
  }

  watcher.on('add', read).on('change', read).on('unlink', gone);
  watcher.on('error', (error) => fault?.(error));
  return {
    ready: new Promise((done) => watcher.once('ready', () => done())),
    async close() {
      await watcher.close();
      await queue;
    },
  };
}

/** Changes when another disk, or none, is mounted where an entry is. Undefined when its folder is missing. */
async function diskOf(root: string): Promise<number | undefined> {
  try {
    const found = await stat(root).catch(() => undefined);
    return (found?.isDirectory() ? found : await stat(dirname(root))).dev;
  } catch {
    return undefined; // Then what is gone cannot be told from what is not to be seen.
  }
}
