/**
 * Trains the classifier that tells article text from the rest of a page, and measures it on pages it has not seen.
 *
 *     node bench/train-pages.ts [--write]
 *
 * Five folds by publisher (the site's name), so a layout is never in both parts. With `--write` the model trained on all
 * pages goes to `src/corpus/pages/model.json`: thresholds and weights only, no text.
 */
import { writeFileSync } from 'node:fs';
import { blockFeatures, pageBlocks } from '../src/corpus/pages/blocks.ts';
import { type Forest, likelihood, type Tree } from '../src/corpus/pages/forest.ts';
import { readMeta } from '../src/corpus/pages/meta.ts';
import { chosen, neighbourhood } from '../src/corpus/pages/pages.ts';
import { readEvaldata, scorer } from './evaldata.ts';

interface GoldPage {
  readonly id: string;
  readonly url: string;
  readonly html: string;
  readonly articleBody?: string;
  readonly paragraphs?: readonly string[];
  readonly optional?: readonly number[];
  readonly title?: string;
}
interface Scorer {
  words(text: string): string[];
  shingles(text: string): Map<string, number>;
  score(
    gold: readonly GoldPage[],
    pred: readonly object[],
  ): { body: { f1: number; precision: number; recall: number } };
}
interface Page {
  readonly gold: GoldPage;
  readonly set: string;
  readonly site: string;
  readonly texts: readonly string[];
  readonly rows: readonly Float32Array[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
}

const { words, shingles, score } = await scorer<Scorer>('score-pages.mjs');
const sets = ['aeb', 'fundus80', 'meta'];
const pages = sets.flatMap((set) =>
  readEvaldata<GoldPage>(`pages/pages-${set}-dev.jsonl.gz`).map((gold) => prepare(gold, set)),
);

function prepare(gold: GoldPage, set: string): Page {
  const cut = pageBlocks(gold.html);
  const meta = readMeta(gold.html, gold.url);
  const wanted = shingles(gold.articleBody ?? (gold.paragraphs ?? []).join('\n'));
  const labels: number[] = [];
  const weights: number[] = [];
  const total = cut.blocks.reduce((sum, { text }) => sum + Math.min(400, text.length), 0);
  const used = new Map<string, number>();
  for (const { text } of cut.blocks) {
    const own = [...shingles(text).keys()];
    const hit = own.filter((key) => wanted.has(key) && (used.get(key) ?? 0) < (wanted.get(key) ?? 0));
    const inside = own.length > 0 && hit.length >= own.length / 2;
    if (inside) for (const key of own) used.set(key, (used.get(key) ?? 0) + 1);
    labels.push(inside ? 1 : 0);
    weights.push((Math.min(400, text.length + 15) / Math.max(2000, total)) * 20 + 0.02);
  }
  // Fewer than four words make no shingle of the gold: such a block counts when the words stand there and it is among hits.
  const gold4 = ` ${words(gold.articleBody ?? (gold.paragraphs ?? []).join(' ')).join(' ')} `;
  cut.blocks.forEach(({ text }, i) => {
    const own = words(text);
    if (own.length >= 4 || own.length === 0) return;
    const near = labels.slice(Math.max(0, i - 3), i).includes(1) && labels.slice(i + 1, i + 4).includes(1);
    if (near && gold4.includes(` ${own.join(' ')} `)) labels[i] = 1;
  });
  const site = new URL(gold.url || 'http://none').hostname
    .replace(/^www\./, '')
    .split('.')
    .slice(-2)
    .join('.');
  return {
    gold,
    set,
    site,
    texts: cut.blocks.map(({ text }) => text),
    rows: blockFeatures(cut, meta.hints),
    labels,
    weights,
  };
}

// ---------------------------------------------------------------- boosting

interface Sample {
  readonly rows: readonly Float32Array[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
  /** Which page a row is of: trees are grown on some pages, and forget the looks of the others. */
  readonly pages: readonly number[];
}
const bins = 32;

function train(
  { rows, labels, weights, pages: pageOf }: Sample,
  { trees: count, depth, rate }: { trees: number; depth: number; rate: number },
): Forest {
  const n = rows.length;
  const width = rows[0]?.length ?? 0;
  const edges = Array.from({ length: width }, (_, j) => edgesOf(rows, j));
  const binned = Array.from({ length: width }, (_, j) =>
    Uint8Array.from(rows, (row) => binOf(edges[j] as number[], row[j] as number)),
  );
  const positive = labels.reduce((sum, label, i) => sum + label * (weights[i] as number), 0);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const start = Math.log(positive / (all - positive));
  const sums = new Float64Array(n).fill(start);
  const gradient = new Float64Array(n);
  const curve = new Float64Array(n);
  const trees: Tree[] = [];
  let seed = 12345;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let t = 0; t < count; t += 1) {
    for (let i = 0; i < n; i += 1) {
      const p = 1 / (1 + Math.exp(-(sums[i] as number)));
      gradient[i] = (weights[i] as number) * ((labels[i] as number) - p);
      curve[i] = (weights[i] as number) * p * (1 - p);
    }
    const features = edges.map((_, j) => j).filter((j) => (edges[j] as number[]).length > 0 && random() < 0.3);
    const tree = { feature: [] as number[], value: [] as number[], left: [] as number[], right: [] as number[] };
    const chosenPages = new Map<number, boolean>();
    for (const page of pageOf) if (!chosenPages.has(page)) chosenPages.set(page, random() < 0.6);
    grow(tree, Uint32Array.from(pageOf.flatMap((page, i) => (chosenPages.get(page) ? [i] : []))), depth, features);
    for (let i = 0; i < n; i += 1) sums[i] = (sums[i] as number) + leafOf(tree, rows[i] as Float32Array);
    trees.push(tree);
  }
  return { start, trees };

  function grow(
    tree: { feature: number[]; value: number[]; left: number[]; right: number[] },
    index: Uint32Array,
    level: number,
    features: number[],
  ): number {
    const node = tree.feature.length;
    tree.feature.push(-1);
    tree.value.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    let g = 0;
    let h = 0;
    for (const i of index) {
      g += gradient[i] as number;
      h += curve[i] as number;
    }
    const lambda = 1;
    let best = { gain: 0.02, feature: -1, bin: 0 };
    if (level > 0 && index.length > 20) {
      const G = new Float64Array(bins);
      const H = new Float64Array(bins);
      for (const j of features) {
        G.fill(0);
        H.fill(0);
        const column = binned[j] as Uint8Array;
        for (const i of index) {
          const bin = column[i] as number;
          G[bin] = (G[bin] as number) + (gradient[i] as number);
          H[bin] = (H[bin] as number) + (curve[i] as number);
        }
        let gl = 0;
        let hl = 0;
        for (let b = 0; b < (edges[j] as number[]).length; b += 1) {
          gl += G[b] as number;
          hl += H[b] as number;
          if (hl < 0.3 || h - hl < 0.3) continue;
          const gain = gl ** 2 / (hl + lambda) + (g - gl) ** 2 / (h - hl + lambda) - g ** 2 / (h + lambda);
          if (gain > best.gain) best = { gain, feature: j, bin: b };
        }
      }
    }
    if (best.feature < 0) {
      const value = (rate * g) / (h + lambda);
      tree.value[node] = Math.round(value * 1e4) / 1e4;
      return node;
    }
    const column = binned[best.feature] as Uint8Array;
    tree.feature[node] = best.feature;
    tree.value[node] = (edges[best.feature] as number[])[best.bin] as number;
    tree.left[node] = grow(
      tree,
      index.filter((i) => (column[i] as number) <= best.bin),
      level - 1,
      features,
    );
    tree.right[node] = grow(
      tree,
      index.filter((i) => (column[i] as number) > best.bin),
      level - 1,
      features,
    );
    return node;
  }
}

function leafOf({ feature, value, left, right }: Tree, row: Float32Array): number {
  let node = 0;
  while ((feature[node] as number) >= 0)
    node = ((row[feature[node] as number] as number) < (value[node] as number) ? left[node] : right[node]) as number;
  return value[node] as number;
}

function edgesOf(rows: readonly Float32Array[], j: number): number[] {
  const values = [...new Set(rows.map((row) => row[j] as number))].sort((a, b) => a - b);
  if (values.length <= bins) return values.slice(1).map((value, i) => round((value + (values[i] as number)) / 2));
  const sorted = rows.map((row) => row[j] as number).sort((a, b) => a - b);
  const cuts = Array.from({ length: bins - 1 }, (_, k) =>
    round(sorted[Math.floor(((k + 1) * sorted.length) / bins)] as number),
  );
  return [...new Set(cuts)];
}
const round = (value: number): number => Number(value.toPrecision(5));
function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value >= (edges[bin] as number)) bin += 1;
  return bin;
}

// ---------------------------------------------------------------- two stages, five folds

const shape = { trees: 180, depth: 4, rate: 0.08 };
const flat = (some: readonly Page[], rows: (page: Page) => readonly Float32Array[]): Sample => ({
  rows: some.flatMap(rows),
  labels: some.flatMap(({ labels }) => labels),
  weights: some.flatMap(({ weights }) => weights),
  pages: some.flatMap(({ rows }, i) => rows.map(() => i)),
});
const foldOf = (site: string, folds: number): number =>
  [...site].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % folds;

/** Trains both stages; the second learns from first-stage answers on pages the first has not seen. */
function trainBoth(some: readonly Page[]): { first: Forest; second: Forest } {
  const unseen = new Map<Page, number[]>();
  for (let fold = 0; fold < 4; fold += 1) {
    const model = train(
      flat(
        some.filter((page) => foldOf(page.site, 4) !== fold),
        (page) => page.rows,
      ),
      shape,
    );
    for (const page of some)
      if (foldOf(page.site, 4) === fold)
        unseen.set(
          page,
          page.rows.map((row) => likelihood(model, row)),
        );
  }
  const second = train(
    flat(some, (page) => neighbourhood(page.rows, unseen.get(page) ?? [])),
    shape,
  );
  return {
    first: train(
      flat(some, (page) => page.rows),
      shape,
    ),
    second,
  };
}

const answers = new Map<Page, number[]>();
for (let fold = 0; fold < 5; fold += 1) {
  const inFold = (page: Page) => foldOf(`5${page.site}`, 5) === fold;
  const { first, second } = trainBoth(pages.filter((page) => !inFold(page)));
  for (const page of pages.filter(inFold)) {
    const early = page.rows.map((row) => likelihood(first, row));
    answers.set(
      page,
      neighbourhood(page.rows, early).map((row) => likelihood(second, row)),
    );
  }
}
const answerOf = (page: Page) => ({ id: page.gold.id, text: chosen(page.texts, answers.get(page) ?? []).join('\n') });
for (const set of sets) {
  const some = pages.filter((page) => page.set === set);
  const { f1, precision, recall } = score(
    some.map(({ gold }) => gold),
    some.map(answerOf),
  ).body;
  console.log(
    `${set.padEnd(9)} F1 ${f1.toFixed(4)}  precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  (unseen sites, ${some.length} pages)`,
  );
}
const perfect = sets.map((set) => {
  const some = pages.filter((page) => page.set === set);
  const pred = some.map((page) => ({
    id: page.gold.id,
    text: page.texts.filter((_, i) => page.labels[i] === 1).join('\n'),
  }));
  return `${set} ${score(
    some.map(({ gold }) => gold),
    pred,
  ).body.f1.toFixed(4)}`;
});
console.log(`with every block right: ${perfect.join('  ')}`);
if (process.argv.includes('--worst')) {
  for (const page of pages) {
    const { f1 } = score([page.gold], [answerOf(page)]).body;
    if (f1 < 0.85) console.log(f1.toFixed(2), page.set, page.gold.url);
  }
}
if (process.argv.includes('--write')) {
  writeFileSync(new URL('../src/corpus/pages/model.json', import.meta.url), `${JSON.stringify(trainBoth(pages))}\n`);
}
