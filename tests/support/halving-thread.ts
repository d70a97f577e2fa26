/** A thread for `helper-thread.test.ts`: halves even numbers, fails on odd ones. */
import { answerQuestions } from '../../src/helper-thread.ts';

answerQuestions<number, number>((n) => {
  if (n % 2 === 1) throw new Error(`${n} is odd`);
  return n / 2;
});
