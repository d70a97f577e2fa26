/** Everything `CORPUS` names, read and handed on: each article once, each problem by name, the rest always. */
import { setImmediate } from 'node:timers/promises';
import type { Article } from '../model.ts';
import { textHash } from '../receipt.ts';
import { articleId, makeArticle } from './article.ts';
import { type CorpusFile, corpusFiles } from './entries.ts';
import { type FileLimits, fileLimits, type Reading, readFileArticles } from './files.ts';

/** Where articles go. `main.ts` joins it from the analysis and the store; every method may be slow. */
export interface Sink {
  /** Version of the analysis: an article analysed by another is saved again. */
  readonly engine: string;
  /** Hash and engine of what is stored (`store.articleState`). */
  state(id: string): Promise<{ readonly hash: string; readonly engine: string } | undefined>;
  /** Analyses and stores one version. */
  save(article: Article, original: Uint8Array): Promise<'added' | 'changed' | 'unchanged'>;
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
  readonly problems: number;
  /** What is being read. */
  readonly at: string;
}

export interface LoadOptions {
  readonly now?: () => Date;
  readonly limits?: FileLimits;
  /** Articles being saved at a time. */
  readonly parallel?: number;
  /** Called at most four times a second and once at the end. */
  readonly progress?: (progress: Progress) => void;
  /** Stops between two articles. What is saved stays, and the next load goes on from there. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the entries and saves what is new. Never throws for what is on disk: that becomes a problem of the sink.
 * A fault of the sink itself (the database is gone) is thrown, after the saves under way have ended.
 *
 * Loading twice changes nothing and costs a hash and one question an article.
 */
export async function loadCorpus(entries: readonly string[], sink: Sink, options: LoadOptions = {}): Promise<Progress> {
  const load = await openLoad(sink, options);
  for await (const found of corpusFiles(entries)) {
    if (options.signal?.aborted) break;
    if ('problem' in found) await load.report(found.origin, found.problem);
    else await load.file(found);
  }
  return load.end();
}

/** Reads one file again, for `watch.ts`. Records that are gone from it are not withdrawn. */
export async function loadFile(file: CorpusFile, sink: Sink, options: LoadOptions = {}): Promise<Progress> {
  const load = await openLoad(sink, options);
  await load.file(file);
  return load.end();
}

async function openLoad(sink: Sink, options: LoadOptions) {
  const { now = () => new Date(), limits = fileLimits, parallel = 4, progress, signal } = options;
  const count = { files: 0, articles: 0, added: 0, changed: 0, unchanged: 0, repeated: 0, problems: 0, at: '' };
  const troubled = new Set(await sink.troubled());
  const seen = new SeenIds();
  const saving = new Set<Promise<void>>();
  let failure: { readonly cause: unknown } | undefined;
  let told = 0;
  let yielded = performance.now();

  async function report(origin: string, reason: string): Promise<void> {
    count.problems += 1;
    troubled.delete(origin);
    await sink.problem(origin, reason);
  }

  async function one(reading: Reading): Promise<void> {
    if (reading.problem !== undefined) return report(reading.origin, reading.problem);
    const { draft, original } = reading;
    const id = articleId(draft.tenant, draft.key ?? draft.origin);
    if (!seen.add(id)) {
      count.repeated += 1;
      return;
    }
    const known = await sink.state(id);
    if (known?.engine === sink.engine && known.hash === textHash(draft.text)) {
      count.unchanged += 1;
    } else {
      const article = await makeArticle(draft, now());
      if ('refused' in article) return report(draft.origin, article.refused);
      count[await sink.save(article, original)] += 1;
    }
    count.articles += 1;
    if (troubled.delete(draft.origin)) await sink.solved(draft.origin);
  }

  async function file({ path, origin, key }: CorpusFile): Promise<void> {
    count.files += 1;
    count.at = origin;
    const before = count.problems;
    for await (const reading of readFileArticles(path, { origin, key, tenant: '', limits })) {
      if (failure || signal?.aborted) break;
      const save: Promise<void> = one(reading)
        .catch((cause: unknown) => {
          failure ??= { cause };
        })
        .finally(() => saving.delete(save));
      saving.add(save);
      if (saving.size >= parallel) await Promise.race(saving);
      await breathe();
    }
    if (failure) throw await ended();
    if (count.problems === before && troubled.delete(origin)) await sink.solved(origin);
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
      progress({ ...count });
    }
  }

  async function ended(): Promise<Error> {
    await Promise.all(saving);
    return new Error(`corpus: could not save an article of ${count.at}`, { cause: failure?.cause });
  }

  async function end(): Promise<Progress> {
    await Promise.all(saving);
    if (failure) throw await ended();
    progress?.({ ...count });
    return { ...count };
  }

  return { report, file, end };
}

/** Ids seen in one load, as numbers of 48 bits: 100 bytes an article would not do for millions. Bounded; then it forgets. */
class SeenIds {
  private ids = new Set<number>();
  add(id: string): boolean {
    const short = Number.parseInt(id.slice(0, 12), 16);
    if (this.ids.has(short)) return false;
    if (this.ids.size >= 5_000_000) this.ids = new Set();
    this.ids.add(short);
    return true;
  }
}
