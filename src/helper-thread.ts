/**
 * A thread that answers questions and ends when none came for a while: what it had to load for them (models, tables of a
 * hundred thousand entries) is given back then, and its work holds nobody else up.
 *
 *     const thread = openHelper<string, number>(new URL('./count-thread.ts', import.meta.url), { name: 'counting' });
 *     const n = await thread.ask('how many words?', async (n) => n);
 *
 * and in `count-thread.ts`: `answerQuestions<string, number>((text) => text.split(' ').length);`
 */
import { parentPort, type TransferListItem, Worker } from 'node:worker_threads';

export interface Helper<Question, Answer> {
  /**
   * Starts the thread if it is not there. `undefined` when it ended before it answered: then the question is still open.
   *
   * @param use gets the answer as it comes, and its own result is what `ask` gives. A promise that has waited long is old to
   * the garbage collector: a large answer in it would be kept until all of the heap is looked through.
   */
  ask<Result>(
    question: Question,
    use: (answer: Answer) => Promise<Result>,
    transfer?: readonly TransferListItem[],
  ): Promise<Result | undefined>;
}

export interface HelperOptions {
  /** As tools that list threads show it. */
  readonly name: string;
  /** Without a question for so long it ends; default ten seconds. */
  readonly idleMs?: number;
  /** Of what is new and mostly soon forgotten, in MB; default 8. */
  readonly youngMb?: number;
  /** Before each start. */
  readonly starting?: () => void;
}

interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}
interface Answered<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

export function openHelper<Question, Answer>(
  file: URL,
  { name, idleMs = 10_000, youngMb = 8, starting }: HelperOptions,
): Helper<Question, Answer> {
  let thread: ReturnType<typeof startThread<Question, Answer>> | undefined;
  /** It never answered (no memory for it): the process does without. */
  let isLost = false;
  let idle: NodeJS.Timeout | undefined;

  function start() {
    starting?.();
    const fresh = startThread<Question, Answer>(file, { name, youngMb }, (answered) => {
      if (thread === fresh) thread = undefined;
      if (!answered) isLost = true;
    });
    return fresh;
  }

  function rest(): void {
    if (thread?.isBusy()) return void idle?.refresh();
    void thread?.end();
    thread = undefined;
  }

  return {
    async ask(question, use, transfer = []) {
      if (isLost) return undefined;
      thread ??= start();
      idle ??= setTimeout(rest, idleMs).unref();
      idle.refresh();
      return thread.ask(question, use, transfer);
    },
  };
}

function startThread<Question, Answer>(
  file: URL,
  { name, youngMb }: { readonly name: string; readonly youngMb: number },
  onEnd: (answered: boolean) => void,
) {
  const worker = new Worker(file, {
    name,
    // Flags of the process (`--eval`, a test runner's loader) are not for this thread.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const waiting = new Map<number, (answered: Answered<Answer> | undefined) => void>();
  let ended = false;
  let nextId = 1;
  let answers = 0;
  worker.on('message', (answered: Answered<Answer>) => {
    answers++;
    waiting.get(answered.id)?.(answered);
    waiting.delete(answered.id);
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
    ask<Result>(
      question: Question,
      use: (answer: Answer) => Promise<Result>,
      transfer: readonly TransferListItem[],
    ): Promise<Result | undefined> {
      if (ended) return Promise.resolve(undefined);
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, (answered) => resolve(answered && use(answered.answer)));
        worker.ref();
        worker.postMessage({ id, question } satisfies Asked<Question>, transfer);
      });
    },
    isBusy: () => waiting.size > 0,
    end: () => worker.terminate(),
  };
}

/** The thread's side: answers one question after the other. What it throws ends the thread. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer): void {
  const port = parentPort!;
  port.on('message', ({ id, question }: Asked<Question>) =>
    port.postMessage({ id, answer: answer(question) } satisfies Answered<Answer>),
  );
}
