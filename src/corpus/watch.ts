/** Folders and files of `CORPUS` while the bot runs: a new or edited file is read within seconds. */
import { matchesGlob, resolve } from 'node:path';
import { watch } from 'chokidar';
import { isAddress } from './addresses.ts';
import { articleId } from './article.ts';
import { corpusFile } from './entries.ts';
import { isArticleFile } from './files.ts';
import { type LoadOptions, loadFile, type Progress, type Sink } from './load.ts';

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
 * A file that goes away is withdrawn, unless it is back within the quiet time (editors and sync tools replace files).
 */
export function watchCorpus(entries: readonly string[], sink: Sink, options: WatchOptions = {}): Watch {
  const { quietMs = 400, changed, fault } = options;
  const paths = entries.filter((entry) => !isAddress(entry));
  const globs = paths.filter((path) => /[*?[\]{}]/.test(path));
  const roots = paths.map((path) => (globs.includes(path) ? globRoot(path) : path));
  const plain = paths.filter((path) => !globs.includes(path)).map((path) => resolve(path));
  const patterns = globs.map((glob) => resolve(glob));

  function wanted(path: string): boolean {
    const full = resolve(path);
    return (
      plain.some((root) => full === root || full.startsWith(`${root}/`) || full.startsWith(`${root}\\`)) ||
      patterns.some((glob) => matchesGlob(full, glob))
    );
  }

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
      const { key, origin } = corpusFile(path);
      await sink.withdraw(articleId('', key));
      await sink.solved(origin);
    });

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

/** The folder that a glob starts from: `news/2026-*` + `/*.txt` → `news`. */
function globRoot(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  return parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '.');
}
