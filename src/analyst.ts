/**
 * Who analyses: this thread while articles are few, one of its own during a long import, so that reading, analysis and
 * writing go on side by side and the bot answers meanwhile. That thread ends when nothing came for a while: a bot at rest
 * holds its models once.
 */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Analysed } from './analysed.ts';
import type { Article } from './model.ts';
import type { Provenance } from './store/store.ts';

export interface Analyst {
  analyse(article: Article, original: Uint8Array, provenance: Provenance): Promise<Analysed>;
}

export interface AnalystMessage {
  readonly id: number;
  readonly article: Article;
  readonly original: Uint8Array;
  readonly provenance: Provenance;
}
export interface AnalystAnswer {
  readonly id: number;
  readonly analysed: Analysed;
}

export interface AnalystOptions {
  /** Articles without a pause of `idleMs` between them that are a long import. */
  readonly few?: number;
  readonly idleMs?: number;
}

export function openAnalyst({ few = 60, idleMs = 3000 }: AnalystOptions = {}): Analyst {
  let thread: AnalystThread | undefined;
  let inARow = 0;
  let idle: NodeJS.Timeout | undefined;

  function start(): AnalystThread {
    const fresh = startThread((answered) => {
      if (thread === fresh) thread = undefined;
      // It never answered (no memory for it): this thread goes on by itself.
      if (!answered) inARow = Number.NEGATIVE_INFINITY;
    });
    return fresh;
  }

  function rest(): void {
    if (thread?.isBusy()) return void idle?.refresh();
    inARow = Math.min(inARow, 0);
    void thread?.end();
    thread = undefined;
  }

  return {
    async analyse(article, original, provenance) {
      inARow++;
      idle ??= setTimeout(rest, idleMs).unref();
      idle.refresh();
      if (inARow > few) thread ??= start();
      const answer = await thread?.ask(article, original, provenance);
      if (answer) return answer;
      // Loaded with the first article: a bot whose corpus has not changed starts without its models.
      const { analysed } = await import('./analysed.ts');
      return analysed(article, original, provenance);
    },
  };
}

interface AnalystThread {
  /** `undefined` when the thread has ended: then the article is still to be analysed. */
  ask(article: Article, original: Uint8Array, provenance: Provenance): Promise<Analysed | undefined>;
  isBusy(): boolean;
  end(): Promise<unknown>;
}

/** What is new lives briefly: twice as much is cleaned up half as often and takes as much time, but 25 MB more memory. */
const YOUNG_MB = 24;

function startThread(onEnd: (answered: boolean) => void): AnalystThread {
  // `npm start` keeps the bot's own young generation small by this flag, which would overrule the limit below. A heap
  // takes its size when it is made: the bot's own has it already.
  setFlagsFromString('--max-semi-space-size=0');
  // All threads of a long import make much that is soon forgotten. Old heaps wait no longer with cleaning up than under
  // `npm start`, however this process was started: 80 MB less. With 33 it takes 3 % less processor time, but 514 MB.
  setFlagsFromString('--heap-growing-percent=25');
  const worker = new Worker(new URL('./analyst-thread.ts', import.meta.url), {
    name: 'analyst',
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, (analysed: Analysed | undefined) => void>();
  let ended = false;
  let nextId = 1;
  let answers = 0;
  worker.on('message', ({ id, analysed: answer }: AnalystAnswer) => {
    answers++;
    waiting.get(id)?.(answer);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  const end = () => {
    if (ended) return;
    ended = true;
    onEnd(answers > 0);
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', end);
  // Only work in progress keeps the process alive.
  worker.unref();
  return {
    ask(article, original, provenance) {
      if (ended) return Promise.resolve(undefined);
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        worker.ref();
        // A copy, because it may be a slice of a whole piece of the file, and all of that would be sent.
        const bytes = new Uint8Array(original);
        worker.postMessage({ id, article, original: bytes, provenance } satisfies AnalystMessage, [bytes.buffer]);
      });
    },
    isBusy: () => waiting.size > 0,
    end: () => worker.terminate(),
  };
}
