/** Folders and files of `CORPUS` while the bot runs: a new or edited file is read within seconds. */
import { stat } from 'node:fs/promises';
import { watch } from 'chokidar';
import { corpusFile, entryPlaces } from './files/entries.ts';
import { isArticleFile } from './files/kinds.ts';
import { doubtAbout, isFilled } from './gone.ts';
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
  /** Folders that an earlier reading found missing or empty (`Progress.kept`): they may come back. */
  readonly kept?: readonly string[];
  /**
   * A disk or a folder went away or came back, of which the system tells nothing, or not what it was. Called once: what is
   * there now is for `loadCorpus` to find out, and for another watch.
   */
  readonly moved?: () => void;
  /** How often that is looked for. */
  readonly lookMs?: number;
}

const LOOK_MS = 30_000;

/**
 * Watches the entries (addresses left out). Files that stand there already are not read: `loadCorpus` does that.
 * A file that goes away is withdrawn, unless it is back within the quiet time (editors and sync tools replace files) or its
 * folder is missing or empty as well: a disk that was unmounted takes nothing out of answers.
 */
export function watchCorpus(entries: readonly string[], sink: Sink, options: WatchOptions = {}): Watch {
  const { quietMs = 400, lookMs = LOOK_MS, kept = [], changed, fault } = options;
  const places = entryPlaces(entries);
  const roots = places.map(({ root }) => root);
  const wanted = (path: string) => places.some((place) => place.covers(path));

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
  let hasMoved = false;
  const move = () => {
    if (!hasMoved) options.moved?.();
    hasMoved = true;
  };
  const gone = (path: string) =>
    enqueue(async () => {
      if (hasMoved) return;
      if ((await doubtAbout(path, places)) === undefined) await forgetFile(corpusFile(path), sink);
      else move();
    });

  // What is mounted or unmounted is no change to any file, and a folder that was moved away and back is watched no more.
  const ground = async () => (await Promise.all([...roots.map(groundOf), ...kept.map(isFilled)])).join();
  const before = ground();
  const look = async () => {
    if ((await ground()) !== (await before)) move();
  };
  const looking = setInterval(() => enqueue(look), lookMs);
  looking.unref();

  watcher.on('add', read).on('change', read).on('unlink', gone);
  watcher.on('unlinkDir', (path) => roots.includes(path) && move());
  watcher.on('error', (error) => fault?.(error));
  return {
    ready: new Promise((done) => watcher.once('ready', () => done())),
    async close() {
      clearInterval(looking);
      await watcher.close();
      await queue;
    },
  };
}

/** Changes when an entry comes or goes, or when another disk, or none, is mounted there. */
async function groundOf(root: string): Promise<string> {
  try {
    const found = await stat(root);
    return `${found.isDirectory() ? 'folder' : 'file'} on ${found.dev}`;
  } catch (error) {
    return (error as { code?: string }).code ?? 'not to be seen';
  }
}
