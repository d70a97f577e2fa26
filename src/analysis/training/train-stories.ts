/**
 * Trains `models/likeness.json`: how likely two articles tell one story.
 *
 *     node src/analysis/training/train-stories.ts           trains on all and writes the model
 *     node src/analysis/training/train-stories.ts --check   trains on one half, groups the other, both ways; writes nothing
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { clusterArticles, countTerms, eachCandidatePair, type Likenesses } from '../clusters.ts';
import { commonFeatures, logOdds, rarityIn, weigh } from '../likeness.ts';
import type { Network } from '../network.ts';
import { type StorySignature, signatureOf } from '../stories.ts';
import { EVALDATA, readLines, seededRandom, shuffle } from './data.ts';
import { type Example, trainNetwork } from './train-network.ts';

interface GoldDocument {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly date: string | null;
  readonly cluster: string;
  readonly topic?: number | string;
}

interface Pair extends Example {
  readonly a: number;
  readonly b: number;
  /** The half both articles belong to; 2 when they belong to different ones. */
  readonly half: 0 | 1 | 2;
}

interface Collection {
  readonly name: string;
  readonly documents: readonly GoldDocument[];
  readonly signatures: readonly StorySignature[];
  readonly pairs: readonly Pair[];
}

const NETWORK = { hidden: 12, epochs: 8, rate: 0.004 };
const SEEDS = [1, 2, 3, 4];

export function readCollection(name: string, isDated = true): Collection {
  const documents = readLines<GoldDocument>(`clusters/clusters-${name}-dev.jsonl.gz`).map((document) =>
    isDated ? document : { ...document, date: null },
  );
  const signatures = documents.map(goldSignature);
  const halves = documents.map((document) => halfOf(name, document));
  const rarityOf = rarityIn(countTerms(signatures));
  const weighed = signatures.map((signature) => weigh(signature, rarityOf));
  const pairs: Pair[] = [];
  eachCandidatePair(signatures, (a, b) => {
    const features = commonFeatures(weighed[a]!, signatures[b]!, rarityOf);
    if (!features) return;
    const isPositive = documents[a]!.cluster === documents[b]!.cluster;
    pairs.push({ a, b, features, isPositive, weight: 1, half: halves[a] === halves[b] ? halves[a]! : 2 });
  });
  const weight = weightOf(name, isDated) / pairs.filter((pair) => pair.isPositive).length;
  return {
    name: isDated ? name : `${name}, undated`,
    documents,
    signatures,
    pairs: pairs.map((pair) => ({ ...pair, weight })),
  };
}

export function goldSignature({ title, text, date }: GoldDocument): StorySignature {
  return { ...signatureOf(title ?? '', text), at: date ? new Date(date).toISOString() : '', dated: Boolean(date) };
}

/** Every collection counts by what is to be learnt from it, however many pairs it has. ECB+ tells like events apart. */
function weightOf(name: string, isDated: boolean): number {
  if (!isDated) return 100;
  return name === 'ecbplus' ? 2000 : 1000;
}

/** Splits a collection in two so that neighbours in time or kind stay together. */
function halfOf(name: string, { date, cluster, topic }: GoldDocument): 0 | 1 {
  if (name === 'ecbplus') return (Number(topic) % 2) as 0 | 1;
  const key = name === 'allsides' ? (date ?? cluster).slice(0, 7) : cluster;
  let hash = 7;
  for (const letter of key) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  return ((hash >>> 8) % 2) as 0 | 1;
}

/** Several networks that began differently, as one: their average errs less than each of them. */
function train(collections: readonly Collection[], half?: 0 | 1): Network {
  const examples = collections.flatMap(({ pairs }) => pairs.filter((pair) => half === undefined || pair.half === half));
  const networks = SEEDS.map((seed) =>
    trainNetwork(shuffle([...examples], seededRandom(seed)), NETWORK, seededRandom(seed)),
  );
  const [{ mean, scale }] = networks as [Network];
  const share = 1 / networks.length;
  return {
    mean,
    scale,
    hidden: networks.flatMap(({ hidden }) => hidden),
    hiddenBias: networks.flatMap(({ hiddenBias }) => hiddenBias),
    output: networks.flatMap(({ output }) => output.map((weight) => weight * share)),
    bias: networks.reduce((sum, { bias }) => sum + bias * share, 0),
  };
}

async function check(collections: readonly Collection[]): Promise<void> {
  const { score } = await import(pathToFileURL(`${EVALDATA}/score-clusters.mjs`).href);
  const models = [train(collections, 1), train(collections, 0)];
  const settings = process.argv.slice(3).map((setting) => JSON.parse(setting));
  for (const setting of settings.length > 0 ? settings : [{}]) {
    console.log(JSON.stringify(setting));
    for (const { name, documents, signatures, pairs } of collections) {
      const likenesses: Likenesses = pairs.map(({ a, b, half, features }) => {
        const odds = models.map((model) => logOdds(features, model));
        return [a, b, half === 2 ? (odds[0]! + odds[1]!) / 2 : odds[half]!];
      });
      const groups = clusterArticles(signatures, { ...setting, likenesses });
      const result = score(
        documents,
        documents.map(({ id }, i) => ({ id, cluster: groups[i] })),
      );
      const { bcubed, pairs: pairwise } = result;
      console.log(
        `  ${name.padEnd(15)} B3 ${bcubed.precision.toFixed(3)} ${bcubed.recall.toFixed(3)} ${bcubed.f1.toFixed(3)}  pairs ${pairwise.precision.toFixed(3)} ${pairwise.recall.toFixed(3)} ${pairwise.f1.toFixed(3)}`,
      );
    }
  }
}

if (import.meta.main) {
  // Feeds without dates exist: the model must know what words alone tell.
  const collections = [
    ...['allsides', 'ecbplus', 'shorts'].map((name) => readCollection(name)),
    readCollection('shorts', false),
  ];
  if (process.argv.includes('--check')) await check(collections);
  else {
    const model = train(collections);
    const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);
    writeFileSync(new URL('../models/likeness.json', import.meta.url), `${JSON.stringify(model, round)}\n`);
  }
}
