/** Directed sentiment on DSE valid: accuracy of the polarity, of polarity and direction, and F1 by class. `node bench/eval-reactions.ts` */
import { shippedStance } from '../src/analysis/reactions/stance.ts';
import { readLines } from '../src/analysis/training/data.ts';
import { verdict } from '../src/analysis/training/stance-verdict.ts';
import { bothWays, type DirectedSentence } from '../src/analysis/training/train-stance.ts';

const CLASSES = ['none', 'positive', 'negative'] as const;
const counts = new Map(CLASSES.map((name) => [name, { right: 0, wrong: 0, missed: 0 }]));
let right = 0;
let rightWay = 0;
const sentences = readLines<DirectedSentence>('reactions/dse-valid.jsonl');
for (const sentence of sentences) {
  const ways = bothWays(sentence);
  const found = ways === undefined ? 'none' : verdict(ways, shippedStance());
  const { relation } = sentence;
  const gold = relation === null ? 'none' : (`${relation.from}${relation.to} ${relation.polarity}` as const);
  if (found === gold) rightWay++;
  const [foundClass, goldClass] = [found.split(' ').at(-1)!, gold.split(' ').at(-1)!];
  if (foundClass === goldClass) right++;
  for (const [name, count] of counts) {
    if (foundClass === name && goldClass === name) count.right++;
    else if (foundClass === name) count.wrong++;
    else if (goldClass === name) count.missed++;
  }
}
const percent = (share: number): string => (100 * share).toFixed(1);
const f1 = CLASSES.map((name) => {
  const count = counts.get(name)!;
  return (2 * count.right) / (2 * count.right + count.wrong + count.missed);
});
console.log(
  `${sentences.length} sentences: accuracy ${percent(right / sentences.length)} (must 76, aim 80, always none 65.4)`,
);
console.log(`with direction ${percent(rightWay / sentences.length)}`);
console.log(
  `macro F1 ${percent(f1.reduce((sum, value) => sum + value, 0) / 3)}, of the two polar classes ${percent((f1[1]! + f1[2]!) / 2)}`,
);
for (const [i, name] of CLASSES.entries()) console.log(`  ${name.padEnd(8)} F1 ${percent(f1[i]!)}`);
