/** The thread that analyses during a long import; `analyst.ts` is its other side. */
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { analysed } from './analysed.ts';
import { addPeople } from './analysis/names/gazetteer.ts';
import type { AnalystAnswer, AnalystMessage } from './analyst.ts';

const port = parentPort!;

// The operator's own people, as in the thread that started this one, which has found the file in order.
if (process.env.GAZETTEER) addPeople(readFileSync(process.env.GAZETTEER, 'utf8'));

port.on('message', ({ id, article, original, provenance }: AnalystMessage) =>
  port.postMessage({ id, analysed: analysed(article, original, provenance) } satisfies AnalystAnswer),
);
