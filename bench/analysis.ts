/** Articles a second of processor time, one core, warm, against npm `compromise` in the same run: `node bench/analysis.ts`. */
import nlp from 'compromise';
import { analyze, findStatements } from '../src/analysis/analyze.ts';
import { findRelations } from '../src/analysis/attribution/relations.ts';
import { tagText } from '../src/analysis/text/tag.ts';
import { type GoldArticle, readLines } from '../src/analysis/training/data.ts';

const WORDS = 400;
/** The best of so many rounds counts: other programs on the machine only ever slow one down. */
const ROUNDS = 3;

/** Texts cut to 400 words at a paragraph or sentence end near by, so that "an article" means the same everywhere. */
function articles(): string[] {
  return readLines<GoldArticle>('quotes/polnear-dev.jsonl')
    .map(({ text }) => text.split(' ').slice(0, WORDS).join(' '))
    .filter((text) => text.split(' ').length === WORDS);
}

/** Articles for each second of processor time, over at least `seconds` and all the texts. */
function rate(texts: readonly string[], seconds: number, work: (text: string) => unknown): number {
  let done = 0;
  const start = process.cpuUsage();
  for (;;) {
    for (const text of texts) work(text);
    done += texts.length;
    const { user, system } = process.cpuUsage(start);
    const spent = (user + system) / 1e6;
    if (spent >= seconds) return done / spent;
  }
}

const bestRate = (texts: readonly string[], work: (text: string) => unknown): number =>
  Math.max(...Array.from({ length: ROUNDS }, () => rate(texts, 1, work)));

const loadStart = process.cpuUsage();
analyze({ text: 'Load.' });
const loaded = process.cpuUsage(loadStart);
const loadMs = (loaded.user + loaded.system) / 1000;
const texts = articles();
rate(texts, 3, (text) => analyze({ text }));
const print = (name: string, value: number): void =>
  console.log(`${name.padEnd(46)}${value.toFixed(value < 100 ? 1 : 0).padStart(8)}`);
console.log(`${texts.length} articles of ${WORDS} words, one core, warm, articles a second of processor time`);
print('tokens, marks, sentences, tags', bestRate(texts, tagText));
print(
  '  and attributions',
  bestRate(texts, (text) => findRelations(tagText(text))),
);
print(
  'findStatements: quotes, speakers, reactions',
  bestRate(texts, (text) => findStatements({ text })),
);
print(
  'analyze: topics and key sentences too',
  bestRate(texts, (text) => analyze({ text })),
);
const people = rate(texts.slice(0, 20), 3, (text) => {
  const document = nlp(text);
  return [document.people().out('array'), document.quotations().out('array')];
});
print('compromise: people and quotations', people);
print('models loaded in, ms of processor time', loadMs);
