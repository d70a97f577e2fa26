/** The thread that analyses during a long import; `analyst.ts` is its other side. */
import { readFileSync } from 'node:fs';
import { type Analysed, analysed } from './analysed.ts';
import { addPeople } from './analysis/names/gazetteer.ts';
import type { ToAnalyse } from './analyst.ts';
import { answerQuestions } from './helper-thread.ts';

// The operator's own people, as in the thread that started this one, which has found the file in order.
if (process.env.GAZETTEER) addPeople(readFileSync(process.env.GAZETTEER, 'utf8'));

answerQuestions<ToAnalyse, Analysed>(({ article, original, provenance }) => analysed(article, original, provenance));
