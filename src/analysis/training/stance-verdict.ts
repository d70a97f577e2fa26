/** Reads a directed sentence with the stance model: which of the two holds something against or for the other. */
import { probabilities, type StanceModel } from '../reactions/stance.ts';

/** Weight of "neither holds anything": by five-fold cross-validation on the train sentences. */
const NONE = 0.75;

export type Verdict = 'none' | '01 positive' | '01 negative' | '10 positive' | '10 negative';
export const VERDICTS: readonly Verdict[] = ['none', '01 positive', '01 negative', '10 positive', '10 negative'];

/** The likeliest of the five readings, given the features of both directions. */
export function verdict(
  ways: readonly [readonly number[], readonly number[]],
  model: StanceModel,
  none = NONE,
): Verdict {
  const [a, b] = [probabilities(ways[0], model), probabilities(ways[1], model)];
  const scores = [none * a[0]! * b[0]!, a[1]! * b[0]!, a[2]! * b[0]!, b[1]! * a[0]!, b[2]! * a[0]!];
  // First the polarity, both directions together; then the direction.
  const polarity = [scores[0]!, scores[1]! + scores[3]!, scores[2]! + scores[4]!];
  const top = polarity.indexOf(Math.max(...polarity));
  if (top === 0) return 'none';
  return VERDICTS[scores[top]! >= scores[top + 2]! ? top : top + 2]!;
}
