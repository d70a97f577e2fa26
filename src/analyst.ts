/**
 * Who analyses: this thread while articles are few, one of its own during a long import, so that reading, analysis and
 * writing go on side by side and the bot answers meanwhile. That thread ends when nothing came for a while: a bot at rest
 * holds its models once.
 */
import { setFlagsFromString } from 'node:v8';
import type { Analysed } from './analysed.ts';
import { openHelper } from './helper-thread.ts';
import type { Article } from './model.ts';
import type { Provenance } from './store/store.ts';

export interface Analyst {
  /** @param use gets what is found, as it comes (`helper-thread.ts` says why), and its result is given. */
  analyse<Result>(
    article: Article,
    original: Uint8Array,
    provenance: Provenance,
    use: (analysed: Analysed) => Promise<Result>,
  ): Promise<Result>;
}

/** What the thread is asked. */
export interface ToAnalyse {
  readonly article: Article;
  readonly original: Uint8Array;
  readonly provenance: Provenance;
}

export interface AnalystOptions {
  /** Articles without a pause of `idleMs` between them that are a long import. */
  readonly few?: number;
  readonly idleMs?: number;
}

/** What is new lives briefly: twice as much is cleaned up half as often and takes as much time, but more memory. */
const YOUNG_MB = 12;

export function openAnalyst({ few = 60, idleMs = 3000 }: AnalystOptions = {}): Analyst {
  const thread = openHelper<ToAnalyse, Analysed>(new URL('./analyst-thread.ts', import.meta.url), {
    name: 'analyst',
    idleMs,
    youngMb: YOUNG_MB,
    starting: setHeaps,
  });
  let inARow = 0;
  let last = performance.now();

  return {
    async analyse<Result>(
      article: Article,
      original: Uint8Array,
      provenance: Provenance,
      use: (analysed: Analysed) => Promise<Result>,
    ) {
      const now = performance.now();
      inARow = now - last > idleMs ? 1 : inARow + 1;
      last = now;
      if (inARow > few) {
        // A copy, because it may be a slice of a whole piece of the file, and all of that would be sent.
        const bytes = new Uint8Array(original);
        const question = { article, original: bytes, provenance };
        const used = await thread.ask(question, async (found) => ({ result: await use(found) }), [bytes.buffer]);
        if (used) return used.result;
      }
      // Loaded with the first article: a bot whose corpus has not changed starts without its models.
      const { analysed } = await import('./analysed.ts');
      return use(analysed(article, original, provenance));
    },
  };
}

function setHeaps(): void {
  // `npm start` keeps the bot's own young generation small by this flag, which would overrule the thread's limit. A heap
  // takes its size when it is made: the bot's own has it already.
  setFlagsFromString('--max-semi-space-size=0');
  // All threads of a long import make much that is soon forgotten. Old heaps wait little longer with cleaning up than under
  // `npm start` (25), however this process was started: with 50 an import took 4 % less processor time and some 30 MB more.
  setFlagsFromString('--heap-growing-percent=33');
}
