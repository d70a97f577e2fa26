/** The thread that tells languages, as long as there are texts whose language is not plain; `language.ts` is its other side. */
import { answerQuestions } from '../../helper-thread.ts';
import { detectedLanguage, type Sample } from './detector.ts';

answerQuestions<Sample, string>(detectedLanguage);
