/** Everything `CORPUS` names, read and handed on: each article once, each problem by name, the rest always. */
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Article } from '../model.ts';
import { textHash } from '../receipt.ts';
import { keyText } from '../store/rows.ts';
import type { ArticleState, Provenance, Store } from '../store/store.ts';
import { articleId, makeArticle, statedDigest } from './article.ts';
import { type CorpusFile, corpusFiles, entryPlaces } from './files/entries.ts';
import { type FileLimits, fileLimits, type Reading, readFileArticles } from './files/files.ts';
import { Presence, withdrawGone, withdrawUnseen } from './gone.ts';
import { ShortSet } from './short-set.ts';
import { isAddress } from './web/addresses.ts';

/** Where articles go. `main.ts` joins it from the analysis and the store; every method may be slow. */
export interface Sink {
  /** Version of the analysis: an article analysed by another is saved again. */
  readonly engine: string;
  /** What is stored (`store.articleState`). */
  state(id: string): Promise<ArticleState | undefined>;
  /** Analyses and stores one version. */
  save(article: Article, original: Uint8Array, provenance: Provenance): Promise<'added' | 'changed' | 'unchanged'>;
  /** Files that stored articles stand in (`store.articleFiles`), and the articles of one. */
  readonly files: Store['articleFiles'];
  readonly articlesIn: Store['articlesInFile'];
  withdraw(id: string): Promise<unknown>;
  /** Notes what could not be read, by name; again for the same origin replaces the reason. */
  problem(origin: string, reason: string): Promise<unknown>;
  /** The origin reads well now. */
  solved(origin: string): Promise<unknown>;
  /** Origins with a problem noted earlier, so that only those are cleared. */
  troubled(): Promise<Iterable<string>>;
}

export interface Progress {
  readonly files: number;
  readonly articles: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** The same article a second time in this corpus (one address, two records): the first is kept. */
  readonly repeated: number;
  /** Taken out of answers: no longer where an earlier reading found them. */
  readonly withdrawn: number;
  readonly problems: number;
  /** Folders that are missing or stand empty, and what was read from them earlier stays in answers; absent for none. */
  readonly kept?: readonly string[];
  /** What is being read. */
  readonly at: string;
  /** 0 to 1: how much is read, by bytes; absent where it was not asked for. */
  readonly share?: number;
}

export interface LoadOptions {
  readonly now?: () => Date;
  readonly limits?: FileLimits;
  /** Articles on their way at a time: those of one commit, and enough that the analysis has work while it is written. */
  readonly parallel?: number;
  /** Called at most four times a second and once at the end. */
  readonly progress?: (progress: Progress) => void;
  /** Adds all files up first, so that progress knows its share. */
  readonly measure?: boolean;
  /** Stops between two articles. What is saved stays, and the next load goes on from there. */
  readonly signal?: AbortSignal;
  /** The entries are all there is below them: what an earlier reading found there and this one does not is withdrawn (`gone.ts`). */
  readonly withdraw?: boolean;
}

/**
 * Reads the entries and saves what is new. Never throws for what is on disk: that becomes a problem of the sink.
 * A fault of the sink itself (the database is gone) is thrown, after the saves under way have ended.
 *
 * Loading twice changes nothing and costs a hash and one question an article.
 */
export async function loadCorpus(entries: readonly string[], sink: Sink, options: LoadOptions = {}): Promise<Progress> {
  const load = await openLoad(sink, options);
  if (options.measure) load.expect(await bytesBelow(entries));
  for await (const found of corpusFiles(entries)) {
    if (options.signal?.aborted) break;
    if ('problem' in found) await load.missing(found.origin, found.problem);
    else await load.file(found);
  }
  return load.end(entries);
}

/** Reads one file again, for `watch.ts`. Records that are gone from it are withdrawn, unless it could not be read whole. */
export async function loadFile(file: CorpusFile, sink: Sink, options: LoadOptions = {}): Promise<Progress> {
  const load = await openLoad(sink, options);
  await load.file(file);
  await load.withdrawFrom(file);
  return load.end();
}

/** Takes all articles of a file out of answers, and its problems out of `/status why`. */
export async function forgetFile({ key, origin }: CorpusFile, sink: Sink): Promise<number> {
  const withdrawn = await withdrawUnseen(sink, keyText(key));
  for (const troubled of await sink.troubled()) if (fileOf(troubled) === origin) await sink.solved(troubled);
  return withdrawn;
}

/** The file of a record's origin. */
const fileOf = (origin: string): string => origin.replace(/#\d+$/, '');

async function bytesBelow(entries: readonly string[]): Promise<number> {
  let bytes = 0;
  for await (const found of corpusFiles(entries)) if ('path' in found) bytes += await sizeOf(found.path);
  return bytes;
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0, // Gone meanwhile, or not to be seen: the reading says so.
  );

/** However many articles may be saved at a time: no more than this of their sources, in bytes. */
const MOST_HELD = 16_000_000;

async function openLoad(sink: Sink, options: LoadOptions) {
  const { now = () => new Date(), limits = fileLimits, parallel = 256, progress, signal, withdraw } = options;
  const count = {
    files: 0,
    articles: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    repeated: 0,
    withdrawn: 0,
    problems: 0,
    at: '',
  };
  const troubled = new Set(await sink.troubled());
  const troubledBefore = countBy([...troubled].map(fileOf));
  const seen = new ShortSet();
  const presence = new Presence();
  const silent = new Set<string>();
  const saving = new Set<Promise<void>>();
  /** One of them has ended. */
  let ended = (): void => {};
  /** Bytes of the sources being saved. */
  let held = 0;
  let failure: { readonly cause: unknown } | undefined;
  let kept: readonly string[] | undefined;
  const bytes = { all: 0, before: 0, here: () => 0 };
  let told = 0;
  let yielded = performance.now();

  async function report(origin: string, reason: string): Promise<void> {
    count.problems += 1;
    troubled.delete(origin);
    await sink.problem(origin, reason);
  }

  /** An entry or a folder gives nothing to read. */
  async function missing(origin: string, reason: string): Promise<void> {
    silent.add(origin);
    await report(origin, reason);
  }

  async function one(reading: Reading, { file, origin }: { file: string; origin: string }): Promise<void> {
    const refuse = (record: string, reason: string) => {
      // What befell the file as a whole hides all its records.
      presence.problem(file, record === origin ? 0 : (troubledBefore.get(origin) ?? 0));
      return report(record, reason);
    };
    if (reading.problem !== undefined) return refuse(reading.origin, reading.problem);
    const { draft, original } = reading;
    const id = articleId(draft.tenant, draft.key ?? draft.origin);
    if (!seen.add(id)) {
      count.repeated += 1;
      return;
    }
    const provenance = { digest: statedDigest(draft), file };
    const known = await sink.state(id);
    if (known?.engine === sink.engine && known.hash === textHash(draft.text) && isSame(known, provenance)) {
      count.unchanged += 1;
    } else {
      const article = await makeArticle(draft, now());
      if ('refused' in article) return refuse(draft.origin, article.refused);
      count[await sink.save(article, original, provenance)] += 1;
    }
    count.articles += 1;
    presence.add(file);
    if (troubled.delete(draft.origin)) await sink.solved(draft.origin);
  }

  async function file({ path, origin, key }: CorpusFile): Promise<void> {
    count.files += 1;
    count.at = origin;
    const stored = keyText(key);
    presence.begin(stored);
    for await (const reading of readFileArticles(path, {
      origin,
      key,
      tenant: '',
      limits,
      opened: (bytesRead) => {
        bytes.here = bytesRead;
      },
    })) {
      if (failure || signal?.aborted) break;
      const weight = reading.problem === undefined ? reading.original.byteLength : 0;
      const save: Promise<void> = one(reading, { file: stored, origin })
        .catch((cause: unknown) => {
          failure ??= { cause };
        })
        .finally(() => {
          saving.delete(save);
          held -= weight;
          ended();
        });
      saving.add(save);
      held += weight;
      // No race of them all: each would hold a reaction for every article that waited.
      while (saving.size >= parallel || (held > MOST_HELD && saving.size > 0))
        await new Promise<void>((resolve) => {
          ended = resolve;
        });
      await breathe();
    }
    bytes.here = () => 0;
    if (bytes.all > 0) bytes.before += await sizeOf(path);
    if (failure) throw await faultWhenEnded();
  }

  /** Lets others have the process every 20 ms, and tells how far we are. */
  async function breathe(): Promise<void> {
    const time = performance.now();
    if (time - yielded > 20) {
      await setImmediate();
      yielded = performance.now();
    }
    if (progress && time - told > 250) {
      told = time;
      progress(soFar());
    }
  }

  async function faultWhenEnded(): Promise<Error> {
    await Promise.all(saving);
    return new Error(`corpus: could not save an article of ${count.at}`, { cause: failure?.cause });
  }

  /** Records that left a file which was read whole. */
  async function withdrawFrom({ key, origin }: CorpusFile): Promise<void> {
    const file = keyText(key);
    await Promise.all(saving);
    if (failure || presence.isDoubtful(file) || !seen.isWhole) return;
    count.withdrawn += await withdrawUnseen(sink, file, seen);
    for (const old of troubled) if (fileOf(old) === origin) await sink.solved(old);
  }

  async function end(entries: readonly string[] = []): Promise<Progress> {
    await Promise.all(saving);
    if (failure) throw await faultWhenEnded();
    if (entries.length > 0 && !signal?.aborted) await settle(entries);
    progress?.(soFar());
    return { ...count, ...(kept && { kept }) };
  }

  const soFar = (): Progress =>
    bytes.all > 0 ? { ...count, share: Math.min(1, (bytes.before + bytes.here()) / bytes.all) } : { ...count };

  /** All is read: what is gone is withdrawn, and problems that nobody met again are over. */
  async function settle(entries: readonly string[]): Promise<void> {
    const places = entryPlaces(entries);
    if (withdraw && seen.isWhole) {
      const gone = await withdrawGone(sink, places, { presence, seen, silent });
      count.withdrawn = gone.withdrawn;
      if (gone.kept.size > 0) kept = [...gone.kept.values()].map(({ folder }) => folder);
      for (const [origin, { articles }] of gone.kept) {
        if (!silent.has(origin)) count.problems += 1;
        troubled.delete(origin);
        await sink.problem(origin, keptReason(origin, articles));
      }
    }
    for (const origin of troubled) {
      const path = fileOf(origin);
      if (!isAddress(origin) && places.some((place) => place.entry === path || place.covers(path)))
        await sink.solved(origin);
    }
  }

  /** How many bytes there will be to read. */
  function expect(all: number): void {
    bytes.all = all;
  }

  return { missing, file, withdrawFrom, end, expect };
}

const isSame = (known: ArticleState, { digest, file }: Provenance): boolean =>
  known.digest === digest && known.file === file;

const keptReason = (origin: string, articles: number): string =>
  `nothing is there now; ${articles === 1 ? 'the article' : `the ${articles} articles`} read from it earlier stay in answers, in case a disk is not mounted. To take them out: pullquote withdraw ${JSON.stringify(origin)}`;

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
