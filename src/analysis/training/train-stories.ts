/**
 * Trains how likely two articles tell one story: `models/likeness.json` for the store, which knows the two alone, and
 * `models/neighbours.json` for a collection that is grouped at once.
 *
 *     node src/analysis/training/train-stories.ts           trains on all and writes the models
 *     node src/analysis/training/train-stories.ts --check   trains on two thirds, groups the third, three times; writes nothing
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Network } from '../models/network.ts';
import { memberOf } from '../stories/cluster-stream.ts';
import { type ClusterOptions, clusterArticles } from '../stories/clusters.ts';
import { LIKENESS_FEATURES, LIMIT, logOdds } from '../stories/likeness.ts';
import { eachComparedPair, type Likenesses, type Member } from '../stories/neighbours.ts';
import { hashText } from '../text/hash.ts';
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
}

interface Collection {
  readonly name: string;
  readonly documents: readonly GoldDocument[];
  readonly members: readonly Member[];
  /** Which third of the collection an article belongs to: whole stories, neighbours in time or kind together. */
  readonly thirds: readonly number[];
  readonly pairs: readonly Pair[];
  readonly copies: readonly (readonly [a: number, b: number])[];
}

const NETWORK = { hidden: 12, epochs: 8, rate: 0.004 };
const SEEDS = [1, 2, 3, 4];
const THIRDS = [0, 1, 2];

export function readCollection(name: string, isDated = true): Collection {
  const documents = readLines<GoldDocument>(`clusters/clusters-${name}-dev.jsonl.gz`).map((document) =>
    isDated ? document : { ...document, date: null },
  );
  const members = documents.map(({ title, text, date }) => memberOf(title ?? '', text, date));
  const pairs: Omit<Pair, 'weight'>[] = [];
  const copies: [number, number][] = [];
  eachComparedPair(members, (a, b, features) => {
    if (features) pairs.push({ a, b, features, isPositive: documents[a]!.cluster === documents[b]!.cluster });
    else copies.push([a, b]);
  });
  const weight = weightOf(name, isDated) / pairs.filter((pair) => pair.isPositive).length;
  return {
    name: isDated ? name : `${name}, undated`,
    documents,
    members,
    thirds: thirdsOf(name, documents),
    pairs: pairs.map((pair) => ({ ...pair, weight })),
    copies,
  };
}

/** Every collection counts by what is to be learnt from it, however many pairs it has. ECB+ tells like events apart. */
function weightOf(name: string, isDated: boolean): number {
  if (!isDated) return 100;
  return name === 'ecbplus' ? 2000 : 1000;
}

function thirdsOf(name: string, documents: readonly GoldDocument[]): number[] {
  const monthOf = new Map(documents.flatMap(({ cluster, date }) => (date ? [[cluster, date.slice(0, 7)]] : [])));
  return documents.map(({ topic, cluster }) => {
    if (name === 'ecbplus') return Number(topic) % THIRDS.length;
    return (hashText((name === 'allsides' && monthOf.get(cluster)) || cluster) >>> 8) % THIRDS.length;
  });
}

/** Most pairs have next to nothing in common and teach the same: one in three of these stands for all. */
const EASY_COSINE = 0.12;
const EASY_KEPT = 3;

function thinned(pairs: readonly Pair[]): Pair[] {
  return pairs.flatMap((pair, i) => {
    if (pair.isPositive || pair.features[0]! > EASY_COSINE) return [pair];
    return i % EASY_KEPT === 0 ? [{ ...pair, weight: pair.weight * EASY_KEPT }] : [];
  });
}

/** Several networks that began differently, as one: their average errs less than each of them. */
function train(examples: readonly Example[], seeds: readonly number[] = SEEDS): Network {
  const networks = seeds.map((seed) =>
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

/** What two articles alone tell: the first of the features. */
const alone = (pairs: readonly Pair[]): Pair[] =>
  pairs.map((pair) => ({ ...pair, features: pair.features.slice(0, LIKENESS_FEATURES) }));

async function check(collections: readonly Collection[], settings: readonly ClusterOptions[]): Promise<void> {
  const { score } = await import(pathToFileURL(`${EVALDATA}/score-clusters.mjs`).href);
  const models = THIRDS.map((third) =>
    train(
      collections.flatMap(({ pairs, thirds }) =>
        thinned(pairs.filter(({ a, b }) => thirds[a] !== third && thirds[b] !== third)),
      ),
      SEEDS.slice(0, 2),
    ),
  );
  for (const setting of settings) {
    console.log(JSON.stringify(setting));
    for (const { name, documents, members, pairs, copies, thirds } of collections) {
      const likenesses: Likenesses = {
        otherwise: new Float64Array(members.length).fill(-LIMIT),
        pairs: [
          ...copies.map(([a, b]) => [a, b, LIMIT] as const),
          ...pairs.map(({ a, b, features }) => {
            const odds = [a, b].map((article) => logOdds(features, models[thirds[article]!]));
            return [a, b, (odds[0]! + odds[1]!) / 2] as const;
          }),
        ],
      };
      const groups = clusterArticles(members, { ...setting, likenesses });
      const { bcubed, pairs: pairwise } = score(
        documents,
        documents.map(({ id }, i) => ({ id, cluster: groups[i] })),
      );
      const line = [bcubed, pairwise].map(({ precision, recall, f1 }) =>
        [precision, recall, f1].map((figure: number) => figure.toFixed(3)).join(' '),
      );
      console.log(`  ${name.padEnd(15)} B3 ${line[0]}  pairs ${line[1]}`);
    }
  }
}

function write(name: string, model: Network): void {
  const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);
  writeFileSync(new URL(`../models/${name}.json`, import.meta.url), `${JSON.stringify(model, round)}\n`);
}

if (import.meta.main) {
  // Feeds without dates exist: the models must know what words alone tell.
  const collections = [
    ...['allsides', 'ecbplus', 'shorts'].map((name) => readCollection(name)),
    readCollection('shorts', false),
  ];
  if (process.argv.includes('--check')) {
    const settings = process.argv.slice(3).map((setting) => JSON.parse(setting) as ClusterOptions);
    await check(collections, settings.length > 0 ? settings : [{}]);
  } else {
    const pairs = thinned(collections.flatMap((collection) => collection.pairs));
    write('likeness', train(alone(pairs)));
    write('neighbours', train(pairs));
  }
}
