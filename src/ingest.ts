/** From the corpus to the store: each article is analysed, compared with the news around it, and saved whole. */
import { ENGINE } from './analysis/engine.ts';
import { type Analyst, openAnalyst } from './analyst.ts';
import { AskError } from './command.ts';
import { type Config, SAMPLE } from './config.ts';
import { addressesOf } from './corpus/feeds/feed-lists.ts';
import { corpusEntries, entryPlaces } from './corpus/files/entries.ts';
import { withdrawAll } from './corpus/gone.ts';
import { loadCorpus, type Progress, type Sink } from './corpus/load.ts';
import { previewSource } from './corpus/preview.ts';
import { openPoller, type Poller } from './corpus/sources.ts';
import { type Watch, watchCorpus } from './corpus/watch.ts';
import { type Fetcher, openFetcher } from './corpus/web/fetch.ts';
import type { Log } from './log.ts';
import type { SourcePreview } from './services.ts';
import type { Source, Store } from './store/store.ts';

/** Where `loadCorpus` and `watchCorpus` put articles. `observe` hears how long each analysis took, in milliseconds. */
export function sinkInto(
  store: Store,
  now: () => Date,
  observe: (ms: number) => void = () => {},
  analyst: Analyst = openAnalyst(),
): Sink {
  const problem = (origin: string, reason: string) =>
    store.noteProblem({ origin, tenant: '', reason, at: now().toISOString() });
  return {
    engine: ENGINE,
    state: (id) => store.articleState(id),
    files: (query) => store.articleFiles(query),
    articlesIn: (query) => store.articlesInFile(query),
    save: (article, original, provenance) =>
      analyst.analyse(article, original, provenance, async ({ prepared, problem: fault, ms }) => {
        observe(ms);
        if (fault !== undefined) await problem(article.origin, fault);
        return store.savePrepared(prepared);
      }),
    withdraw: (id) => store.withdrawArticle(id),
    problem,
    solved: (origin) => store.clearProblem(origin),
    troubled: async () => (await store.problems('', 10_000)).map(({ origin }) => origin),
  };
}

export interface CorpusParts {
  readonly config: Config;
  readonly store: Store;
  readonly log: Log;
  readonly now: () => Date;
  readonly observe: (ms: number) => void;
  readonly failing: (source: Source, reason: string) => void;
  /** How often it is looked whether a disk or a folder went away or came back; default half a minute. */
  readonly lookMs?: number;
}

/** The corpus as a running thing: read once, then watched and polled. */
export function openCorpus({ config, store, log, now, observe, failing, lookMs }: CorpusParts) {
  const entries = corpusEntries(config.CORPUS);
  const sink = sinkInto(store, now, observe);
  const stopping = new AbortController();
  const fetcher: Fetcher = openFetcher({ allowHosts: config.ALLOW_HOSTS.split(',') });
  const poller: Poller = openPoller({
    store,
    fetcher,
    engine: ENGINE,
    save: sink.save,
    now,
    failing,
    fault: (cause, source) => log.error({ err: cause, source: source?.address }, 'a source could not be checked'),
  });
  let loading = true;
  let watch: Watch | undefined;
  let polling: Promise<void> = Promise.resolve();
  let loaded: Promise<Progress | undefined> = Promise.resolve(undefined);

  async function read(): Promise<Progress | undefined> {
    try {
      await dropSample();
      return await readAndWatch();
    } catch (cause) {
      return unsaved(cause);
    } finally {
      loading = false;
    }
  }

  async function readAndWatch(): Promise<Progress> {
    const progress = await loadCorpus(entries, sink, { now, signal: stopping.signal, withdraw: true });
    const { at: _, kept = [], ...counts } = progress;
    log.info(counts, 'corpus read');
    for (const folder of kept) log.warn({ folder }, 'corpus: nothing is there now; what was read from it stays');
    if (!stopping.signal.aborted)
      watch = watchCorpus(entries, sink, { now, kept, moved, ...(lookMs !== undefined && { lookMs }) });
    return progress;
  }

  function moved(): void {
    if (stopping.signal.aborted) return;
    log.warn({}, 'corpus: a disk or a folder went away or came back; reading again');
    loaded = loaded.then(async () => {
      await watch?.close();
      return stopping.signal.aborted ? undefined : await readAndWatch().catch(unsaved);
    });
  }

  function unsaved(cause: unknown): undefined {
    log.error({ err: cause }, 'the corpus could not be saved; what is stored is still answered from');
  }

  /** Nobody chose the sample: it steps aside for a corpus of one's own. */
  async function dropSample(): Promise<void> {
    const sample = entryPlaces([SAMPLE]);
    const isWanted = entryPlaces(entries).some(
      ({ root, covers }) => covers(SAMPLE) || sample.some((place) => place.covers(root)),
    );
    if (!isWanted) await withdrawAll(sink, sample);
  }

  return {
    entries,
    loading: () => loading,
    sources: {
      changed: () => poller.changed(),
      async preview(address: string): Promise<SourcePreview> {
        const found = await previewSource(address, fetcher);
        if ('problem' in found) throw new AskError(found.problem);
        return found;
      },
    },
    start(): Promise<Progress | undefined> {
      loaded = read();
      polling = addressesOf(entries, sink)
        .then((addresses) => (stopping.signal.aborted ? undefined : poller.start(addresses)))
        .catch((cause: unknown) => log.error({ err: cause }, 'sources could not be checked'));
      return loaded;
    },
    async stop(): Promise<void> {
      stopping.abort();
      await polling;
      await poller.stop();
      await loaded;
      await watch?.close();
      await fetcher.close();
    },
  };
}
