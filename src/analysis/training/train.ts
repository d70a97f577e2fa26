/** `npm run train`: learns every model again from the evaluation data and writes it to `models/`. Minutes, no network. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { labelFeatures } from '../attribution/features.ts';
import { findParts } from '../attribution/relations.ts';
import { tagText } from '../text/tag.ts';
import { type GoldArticle, readLines } from './data.ts';
import { goldLabels } from './gold-labels.ts';
import { trainCompany } from './train-company.ts';
import { FIT, fitLabels, trainLabeller } from './train-labels.ts';
import { type Labelled, trainLinks } from './train-links.ts';
import { trainNames } from './train-names.ts';
import { trainTagger } from './train-pos.ts';
import { trainStance } from './train-stance.ts';

const FOLDS = 5;
const only = new Set(process.argv.slice(2));
const wanted = (step: string): boolean => only.size === 0 || only.has(step);

if (wanted('pos')) trainTagger();
if (wanted('names')) trainNames();
if (wanted('stance')) trainStance();
if (wanted('company')) trainCompany();
if (wanted('labels')) trainLabeller();
if (wanted('links')) trainLinks(crossLabelled(readLines<GoldArticle>('quotes/polnear-train-a.jsonl')));

for (const [step, file] of [
  ['stories', 'train-stories.ts'],
  ['worth', 'train-worth.ts'],
] as const)
  if (wanted(step)) execFileSync(process.execPath, [join(import.meta.dirname, file)], { stdio: 'inherit' });

/** Labels each fifth of the articles with a model of the other four. */
function crossLabelled(articles: readonly GoldArticle[]): Labelled[] {
  const prepared = articles.map((article) => {
    const tagged = tagText(article.text);
    return { article, tagged, features: labelFeatures(tagged), gold: goldLabels(tagged.tokens, article) };
  });
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = fitLabels(
      prepared.filter((_one, i) => i % FOLDS !== fold),
      FIT,
    );
    return prepared
      .filter((_one, i) => i % FOLDS === fold)
      .map(({ article, tagged }) => ({ article, tagged, ...findParts(tagged, model), unit: model.unit }));
  }).flat();
}
