/** Articles a second of `analyze` on one core, warm, against npm `compromise` in the same run: `node bench/analysis.ts`. */
import nlp from 'compromise';
import { analyze } from '../src/analysis/analyze.ts';
import { findRelations } from '../src/analysis/relations.ts';
import { tagText } from '../src/analysis/tag.ts';
import { type GoldArticle, readLines } from '../src/analysis/training/data.ts';

const WORDS = 400;

/** Texts cut to 400 words at a paragraph or sentence end near by, so that "an article" means the same everywhere. */
function articles(): string[] {
  return readLines<GoldArticle>('quotes/polnear-dev.jsonl')
    .map(({ text }) => text.split(' ').slice(0, WORDS).join(' '))
    .filter((text) => text.split(' ').length === WORDS);
}

/** Articles for each second of processor time, over at least `seconds`. */
function rate(texts: readonly string[], seconds: number, work: (text: string) => unknown): number {
  let done = 0;
  const start = process.cpuUsage();
  for (;;)
    for (const text of texts) {
      work(text);
      done++;
      const { user, system } = process.cpuUsage(start);
      const spent = (user + system) / 1e6;
      if (spent >= seconds) return done / spent;
    }
}

const loadStart = performance.now();
analyze({ text: 'Load.' });
const loadMs = performance.now() - loadStart;
const texts = articles();
rate(texts, 3, (text) => analyze({ text }));
const print = (name: string, value: number): void =>
  console.log(`${name.padEnd(38)}${value.toFixed(value < 100 ? 1 : 0).padStart(8)}`);
console.log(`${texts.length} articles of ${WORDS} words, one core, warm, articles a second of processor time`);
print('tokens, marks, sentences, tags', rate(texts, 2, tagText));
print(
  '  and attributions',
  rate(texts, 2, (text) => findRelations(tagText(text))),
);
print(
  'analyze: quotes, speakers, reactions',
  rate(texts, 3, (text) => analyze({ text })),
);
const people = rate(texts.slice(0, 20), 3, (text) => {
  const document = nlp(text);
  return [document.people().out('array'), document.quotations().out('array')];
});
print('compromise: people and quotations', people);
print('models loaded in, ms', loadMs);
