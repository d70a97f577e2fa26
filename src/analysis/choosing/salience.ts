/** The sentences of one article that are most worth reading. */
import type { KeySentence, Span } from '../../model.ts';
import { isReadable, standsAlone } from '../text/readable.ts';
import { Expectation } from './expected.ts';
import { sentencesOf } from './summary.ts';
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
  const readable = all.filter((sentence) => isReadable(sentence.text));
  const ranked = (readable.length > 0 ? readable : all)
    .map((sentence) => ({ sentence, worth: expectation.worth([sentence]) }))
    .sort((a, b) => b.worth - a.worth || a.sentence.index - b.sentence.index);
  const isLead = ({ sentence }: (typeof ranked)[number]) =>
    sentence.text.length <= LONGEST_LEAD && standsAlone(sentence.text);
  const lead = ranked.find((one) => isLead(one) && one.sentence.index < LEAD_FROM) ?? ranked.find(isLead) ?? ranked[0]!;
  const chosen = [lead];
  for (const one of ranked) {
    if (chosen.length === MOST) break;
    if (chosen.some(({ sentence }) => expectation.sayTheSame(sentence, one.sentence))) continue;
    chosen.push(one);
  }
  // The lead may be worth a little less than the next: order is what readers of this list rely on.
  return chosen.map(({ sentence, worth }, i) => ({
    span: sentence.span,
    score: Number((i === 0 ? Math.max(...chosen.map((one) => one.worth)) : worth).toFixed(4)),
  }));
}
