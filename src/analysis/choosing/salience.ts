/** The sentences of one article that are most worth reading. */
import type { KeySentence, Span } from '../../model.ts';
import { isReadable, standsAlone } from '../text/readable.ts';
import { Expectation } from './expected.ts';
import { type Sentence, sentencesOf } from './summary.ts';
import { type WorthModel, worthWords } from './worth.ts';

export interface KeySentenceInput {
  readonly text: string;
  readonly sentences: readonly Span[];
  readonly title?: string;
}

const MOST = 6;
/** A brief shows a few sentences: as many words as they have. */
const BUDGET = 60;
const LONGEST_LEAD = 350;
/** What comes later is hardly ever worth most, and every article that comes in pays for it. */
const SENTENCES_READ = 24;
/** A first sentence comes from the top of the article unless there is none that makes sense by itself. */
const LEAD_FROM = 12;

interface Ranked {
  readonly sentence: Sentence;
  readonly worth: number;
  isReadable: boolean | undefined;
}

/** Looked at only where a sentence may be chosen: it costs more than to weigh it. */
function reads(one: Ranked): boolean {
  one.isReadable ??= isReadable(one.sentence.text);
  return one.isReadable;
}

/**
 * Finds the sentences worth reading, best first, at most six.
 *
 * The first one says what happened to a reader who has read nothing else: it does not begin with "He" or "But", is no
 * bare quotation and no line of the page around the article. None of the others says the same thing again.
 */
export function keySentences({ text, sentences, title }: KeySentenceInput, model?: WorthModel): KeySentence[] {
  const all = sentencesOf({ text, sentences: sentences.slice(0, SENTENCES_READ) }, 0);
  if (all.length === 0) return [];
  const expectation = new Expectation(all, [worthWords(title ?? '')], BUDGET, model);
  const ranked = all
    .map((sentence): Ranked => ({ sentence, worth: expectation.worth([sentence]), isReadable: undefined }))
    .sort((a, b) => b.worth - a.worth || a.sentence.index - b.sentence.index);
  const hasReadable = ranked.some(reads);
  const fits = (one: Ranked) => !hasReadable || reads(one);
  const isLead = (one: Ranked) =>
    one.sentence.text.length <= LONGEST_LEAD && standsAlone(one.sentence.text) && fits(one);
  const lead =
    ranked.find((one) => one.sentence.index < LEAD_FROM && isLead(one)) ?? ranked.find(isLead) ?? ranked.find(fits)!;
  const chosen = [lead];
  for (const one of ranked) {
    if (chosen.length === MOST) break;
    if (chosen.some(({ sentence }) => expectation.sayTheSame(sentence, one.sentence)) || !fits(one)) continue;
    chosen.push(one);
  }
  // The lead may be worth a little less than the next: order is what readers of this list rely on.
  return chosen.map(({ sentence, worth }, i) => ({
    span: sentence.span,
    score: Number((i === 0 ? Math.max(...chosen.map((one) => one.worth)) : worth).toFixed(4)),
  }));
}
