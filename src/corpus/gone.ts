/**
 * What an earlier reading brought in and this one did not find. A file that was deleted is withdrawn; where a whole folder
 * is missing or stands empty a disk may not be mounted: then everything stays, and the folder is named as a problem.
 */
import { readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { corpusFile, type EntryPlace } from './files/entries.ts';
import { isArticleFile } from './files/kinds.ts';
import type { Sink } from './load.ts';
import { ShortSet } from './short-set.ts';

const FILES_AT_ONCE = 1000;
const ARTICLES_AT_ONCE = 500;

/** What one reading found, file by file: a few bytes each, so that a million of them fit. */
export class Presence {
  private readonly articles = new Map<number, number>();
  private readonly problems = new Map<string, number>();
  private readonly doubtful = new Set<string>();

  /** The reading comes to a file. */
  begin(file: string): void {
    this.articles.set(ShortSet.short(file), 0);
  }
  /** One of its articles is there, and is stored as its own. */
  add(file: string): void {
    const short = ShortSet.short(file);
    this.articles.set(short, (this.articles.get(short) ?? 0) + 1);
  }
  /**
   * The file, or one of its records, could not be read. A record that reads no more is still there: a file with more
   * problems than `before` is not taken at its word.
   */
  problem(file: string, before: number): void {
    const problems = (this.problems.get(file) ?? 0) + 1;
    this.problems.set(file, problems);
    if (problems > before) this.doubtful.add(file);
  }
  /** How many of its articles are there; undefined: the reading did not come to this file. */
  in(file: string): number | undefined {
    return this.articles.get(ShortSet.short(file));
  }
  isDoubtful(file: string): boolean {
    return this.doubtful.has(file);
  }
}

export interface Gone {
  readonly withdrawn: number;
  /** By name of the folder (or entry), how many articles were kept although their files are not to be seen. */
  readonly kept: ReadonlyMap<string, { readonly folder: string; readonly articles: number }>;
}

/**
 * Withdraws what is gone from the places.
 *
 * @param seen Ids of all articles that the reading found, in any file.
 * @param silent Entries that stood for no file at all.
 */
export async function withdrawGone(
  sink: Sink,
  places: readonly EntryPlace[],
  { presence, seen, silent }: { presence: Presence; seen: ShortSet; silent: ReadonlySet<string> },
): Promise<Gone> {
  let withdrawn = 0;
  const kept = new Map<string, { readonly folder: string; readonly articles: number }>();
  const folders = new Folders();
  for await (const { file, articles } of storedFiles(sink)) {
    const there = presence.in(file);
    if (there !== undefined) {
      if (articles > there && !presence.isDoubtful(file)) withdrawn += await withdrawUnseen(sink, file, seen);
      continue;
    }
    const path = resolve(file);
    const covering = places.filter((place) => place.covers(path));
    const [first] = covering;
    if (!first || (await folders.isThere(path))) continue;
    const speaking = covering.find(({ entry }) => !silent.has(entry));
    const doubt = speaking ? await folders.emptyAbove(path, resolve(speaking.root)) : resolve(first.root);
    if (doubt === undefined) withdrawn += await withdrawUnseen(sink, file, seen);
    else {
      const name = covering.find(({ root }) => resolve(root) === doubt)?.entry ?? corpusFile(doubt).key;
      const { articles: before = 0 } = kept.get(name) ?? {};
      kept.set(name, { folder: doubt, articles: before + articles });
    }
  }
  return { withdrawn, kept };
}

/**
 * The folder or entry that makes a missing file no proof: it is missing itself, or stands empty, as a folder does whose
 * disk is not mounted. Undefined: the file alone is gone.
 */
export async function doubtAbout(path: string, places: readonly EntryPlace[]): Promise<string | undefined> {
  const folders = new Folders();
  let doubt: string | undefined;
  for (const { root } of places.filter((place) => place.covers(path))) {
    doubt = await folders.emptyAbove(resolve(path), resolve(root));
    if (doubt === undefined) return undefined;
  }
  return doubt;
}

/** Something is in a folder again. */
export const isFilled = async (folder: string): Promise<boolean> => (await look(folder)) === 'filled';

/** Takes everything that was read from the places out of answers, whatever stands there now; gives how many articles. */
export async function withdrawAll(sink: Sink, places: readonly EntryPlace[]): Promise<number> {
  let withdrawn = 0;
  for await (const { file } of storedFiles(sink))
    if (places.some((place) => place.covers(resolve(file)))) withdrawn += await withdrawUnseen(sink, file);
  return withdrawn;
}

async function* storedFiles(sink: Sink) {
  let after = '';
  for (;;) {
    const files = await sink.files({ after, limit: FILES_AT_ONCE });
    yield* files;
    const last = files.at(-1);
    if (!last || files.length < FILES_AT_ONCE) return;
    after = last.file;
  }
}

/** Takes the articles of a file out of answers, but those in `seen`; gives how many. */
export async function withdrawUnseen(sink: Sink, file: string, seen?: ShortSet): Promise<number> {
  let withdrawn = 0;
  let after: number | undefined;
  do {
    const page = await sink.articlesIn({ file, limit: ARTICLES_AT_ONCE, ...(after !== undefined && { after }) });
    for (const id of page.ids) {
      if (seen?.has(id)) continue;
      await sink.withdraw(id);
      withdrawn += 1;
    }
    after = page.next;
  } while (after !== undefined);
  return withdrawn;
}

/** Looks at folders, each once. */
class Folders {
  private readonly known = new Map<string, Promise<'filled' | 'empty' | 'missing'>>();

  /** Anything but a clear "no such file" counts as there. */
  async isThere(path: string): Promise<boolean> {
    try {
      await stat(path);
      return true;
    } catch (error) {
      return !isMissing(error);
    }
  }

  /** The nearest folder above a missing file, up to `root`, if nothing is in it. Undefined: the file alone is gone. */
  async emptyAbove(path: string, root: string): Promise<string | undefined> {
    for (let at = path; at !== root && at !== dirname(at); ) {
      at = dirname(at);
      const state = await this.stateOf(at);
      if (state === 'filled') return undefined;
      if (state === 'empty') return at;
    }
    return root;
  }

  private stateOf(folder: string): Promise<'filled' | 'empty' | 'missing'> {
    const state = this.known.get(folder) ?? look(folder);
    this.known.set(folder, state);
    return state;
  }
}

async function look(folder: string): Promise<'filled' | 'empty' | 'missing'> {
  try {
    return (await readdir(folder)).some(isArticleFile) ? 'filled' : 'empty';
  } catch (error) {
    return isMissing(error) ? 'missing' : 'empty';
  }
}

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '');
