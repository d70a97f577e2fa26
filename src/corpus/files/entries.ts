/** The entries of `CORPUS` (folders, files, globs) to the files they stand for. */
import { existsSync } from 'node:fs';
import { glob, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, matchesGlob, normalize, relative, resolve, sep } from 'node:path';
import { isFeedList } from '../feeds/feed-lists.ts';
import { isAddress } from '../web/addresses.ts';
import { isArticleFile } from './kinds.ts';

export interface CorpusFile {
  /** On this machine. */
  readonly path: string;
  /** As the operator named it, with forward slashes. */
  readonly origin: string;
  /** Names the file over time: relative to the working folder when inside it, so that a moved checkout keeps its articles. */
  readonly key: string;
}

export type CorpusFound = CorpusFile | { readonly origin: string; readonly problem: string };

/** Splits `CORPUS` at its commas. A comma in braces belongs to a glob: `news/{a,b}`. */
export function corpusEntries(setting: string): readonly string[] {
  const entries = setting.match(/(?:\{[^{}]*\}|[^,])+/g) ?? [];
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/**
 * Every file the entries stand for, each once, folders in the order of names. An entry that stands for nothing is a
 * problem. Links are followed, loops are not.
 */
export async function* corpusFiles(entries: readonly string[]): AsyncGenerator<CorpusFound> {
  const seen = new Set<string>();
  for (const entry of entries) {
    if (isAddress(entry) || isFeedList(entry)) continue;
    let count = 0;
    for await (const found of filesOf(entry)) {
      count += 1;
      if ('path' in found && seen.has(found.path)) continue;
      if ('path' in found) seen.add(found.path);
      yield found;
    }
    if (count === 0) yield { origin: entry, problem: 'holds no articles' };
  }
}

async function* filesOf(entry: string): AsyncGenerator<CorpusFound> {
  const kind = await kindOf(entry);
  if (kind === 'file') {
    yield corpusFile(entry);
  } else if (kind === 'folder') {
    yield* walk(entry, new Set());
  } else if (kind === undefined && /[*?[\]{}]/.test(entry)) {
    const paths: string[] = [];
    for await (const path of glob(entry)) paths.push(path);
    for (const path of paths.sort()) {
      if (isArticleFile(path) && (await kindOf(path)) === 'file') yield corpusFile(path);
    }
  } else {
    yield { origin: entry, problem: kind ?? 'no such file or folder' };
  }
}

async function* walk(folder: string, above: Set<string>): AsyncGenerator<CorpusFound> {
  let names: string[];
  try {
    const real = await realpath(folder);
    if (above.has(real)) return;
    above.add(real);
    names = (await readdir(folder)).sort();
  } catch (error) {
    yield { origin: slashed(folder), problem: `could not open the folder (${(error as { code?: string }).code})` };
    return;
  }
  for (const name of names) {
    if (!isArticleFile(name)) continue;
    const path = join(folder, name);
    const kind = await kindOf(path);
    if (kind === 'folder') {
      yield* walk(path, above);
    } else if (kind === 'file') {
      yield corpusFile(path);
    } else {
      yield { origin: slashed(path), problem: kind ?? 'a link that leads nowhere' };
    }
  }
}

/** Undefined when there is nothing; a sentence when what is there cannot be read. */
async function kindOf(path: string): Promise<'file' | 'folder' | (string & {}) | undefined> {
  try {
    const found = await stat(path);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : 'neither a file nor a folder';
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    return code === 'ELOOP' ? 'a link that leads back to itself' : `no permission to read it (${code})`;
  }
}

/** One entry on disk: which files it stands for, whether they are there or not. */
export interface EntryPlace {
  /** As the operator wrote it. */
  readonly entry: string;
  /** The file, the folder, or the folder that a glob starts from; relative where the entry is. */
  readonly root: string;
  covers(path: string): boolean;
}

/** Places of the entries that are neither addresses nor lists of them. */
export function entryPlaces(entries: readonly string[]): readonly EntryPlace[] {
  return entries
    .filter((entry) => !isAddress(entry) && !isFeedList(entry))
    .map((entry) => {
      const full = resolve(entry);
      const isGlob = /[*?[\]{}]/.test(entry) && !existsSync(full);
      const root = isGlob ? globRoot(entry) : entry;
      const covers = isGlob
        ? (path: string) => matchesGlob(resolve(path), full)
        : (path: string) => resolve(path) === full || resolve(path).startsWith(full === sep ? sep : full + sep);
      return { entry, root, covers };
    });
}

/** The folder that a glob starts from: `news/2026-*` + `/*.txt` → `news`. */
function globRoot(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  return parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '.');
}

/** Names one file as `corpusFiles` would. */
export function corpusFile(path: string): CorpusFile {
  const full = resolve(path);
  const inside = relative(process.cwd(), full);
  const key = inside.startsWith('..') || isAbsolute(inside) ? full : inside;
  return { path: full, origin: slashed(normalize(path)), key: slashed(key) };
}

const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));
