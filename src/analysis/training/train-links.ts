/** Trains the two rankers of `relations.ts`: which cue reports a content, and which words name its source. */
import { contentCandidates, contentFeatures } from '../attribution/contents.ts';
import { cueCandidates, cueFeatures, sourceCandidates, sourceFeatures } from '../attribution/links.ts';
import type { Part } from '../attribution/parts.ts';
import { type LinkModels, linkParts } from '../attribution/relations.ts';
import { FeatureList, pick, RANK_BITS, type RankModel } from '../models/ranker.ts';
import { writeModel } from '../models/weights.ts';
import type { Range, Tagged } from '../text/types.ts';
import { type GoldArticle, type GoldQuote, seededRandom, shuffle } from './data.ts';
import { tokenAt } from './gold-labels.ts';

/** An article with the parts that a labeller found which never saw it: what the linker will meet in use. */
export interface Labelled {
  readonly article: GoldArticle;
  readonly tagged: Tagged;
  readonly parts: readonly Part[];
  /** The label scores that the parts were read from, and their unit. */
  readonly scores: Float32Array;
  readonly unit: number;
}

interface Choice {
  readonly candidates: readonly FeatureList[];
  readonly right: number;
}

export function trainLinks(labelled: readonly Labelled[]): void {
  const { cue, source, content } = fitLinks(labelled);
  const packed = new Int16Array(3 << RANK_BITS);
  [cue, source, content].forEach((model, k) => {
    packed.set(packWeights(model), k << RANK_BITS);
  });
  const size = writeModel('links', { scale: 1 / SCALE }, new Uint8Array(packed.buffer));
  console.log(`links: ${size} bytes`);
}

export function fitLinks(labelled: readonly Labelled[]): LinkModels {
  const cue = fitRanker(labelled.flatMap(cueChoices));
  const source = fitRanker(labelled.flatMap((one) => sourceChoices(one, cue)));
  const content = fitRanker(labelled.flatMap((one) => contentChoices(one, { cue, source })));
  return { cue, source, content };
}

const SCALE = 512;
const packWeights = ({ weights }: RankModel): Int16Array =>
  Int16Array.from(weights, (w) => Math.max(-32767, Math.min(32767, Math.round(w * SCALE))));

function listed(describe: (list: FeatureList) => void): FeatureList {
  const list = new FeatureList();
  describe(list);
  return list;
}

/** The gold quote that a found content mostly is. */
function goldOf({ article, tagged }: Labelled, content: Part): GoldQuote | undefined {
  const start = tagged.tokens.start[content.first]!;
  const end = tagged.tokens.end[content.last]!;
  let best: GoldQuote | undefined;
  let most = 0;
  for (const quote of article.quotes) {
    const shared = Math.min(end, quote.end) - Math.max(start, quote.start);
    const union = Math.max(end, quote.end) - Math.min(start, quote.start);
    if (shared > 0 && shared / union > Math.max(most, 0.3)) {
      most = shared / union;
      best = quote;
    }
  }
  return best;
}

const overlaps = ({ tagged }: Labelled, part: Part, span: { start: number; end: number }): boolean =>
  part.first <= tokenAt(tagged.tokens, span.end - 1) && part.last >= tokenAt(tagged.tokens, span.start);

function cueChoices(one: Labelled): Choice[] {
  return one.parts.flatMap((content, at) => {
    const gold = content.kind === 'content' ? goldOf(one, content) : undefined;
    if (!gold) return [];
    const candidates = cueCandidates(one.tagged, one.parts, at);
    const found = candidates.findIndex((part) => part && gold.cue && overlaps(one, part, gold.cue));
    const right = found >= 0 ? found : candidates.length - 1;
    return [
      {
        candidates: candidates.map((cue) => listed((list) => cueFeatures(one.tagged, one.parts, at, cue, list))),
        right,
      },
    ];
  });
}

function sourceChoices(one: Labelled, cueModel: RankModel): Choice[] {
  const { tagged, parts } = one;
  const choices: Choice[] = [];
  let before: Part | undefined;
  parts.forEach((content, at) => {
    const gold = content.kind === 'content' ? goldOf(one, content) : undefined;
    if (!gold) return;
    const cues = cueCandidates(tagged, parts, at);
    const cue = cues[pick(cueModel, cues, (candidate, into) => cueFeatures(tagged, parts, at, candidate, into)).at];
    const candidates = sourceCandidates(tagged, parts, at, cue, before);
    const { speaker } = gold;
    const right = speaker
      ? candidates.findIndex(({ part }) => part && overlaps(one, part, speaker))
      : candidates.length - 1;
    if (right >= 0) {
      choices.push({
        candidates: candidates.map((candidate) =>
          listed((list) => sourceFeatures(tagged, parts, at, cue, candidate, list)),
        ),
        right,
      });
      before = candidates[right]!.part ?? before;
    }
  });
  return choices;
}

/** The candidate that shares most with a gold quote, at least half of both together; else none. */
function contentChoices(one: Labelled, models: Omit<LinkModels, 'content'>): Choice[] {
  const { article, tagged, scores, unit, parts } = one;
  return linkParts(tagged, parts, models).flatMap((found) => {
    const spans: (Range | undefined)[] = contentCandidates(tagged, found);
    spans.push(undefined);
    let right = spans.length - 1;
    let most = 0.5;
    let optional = false;
    for (const quote of article.quotes) {
      const first = tokenAt(tagged.tokens, quote.start);
      const last = tokenAt(tagged.tokens, quote.end - 1);
      spans.forEach((span, k) => {
        if (span === undefined) return;
        const shared = Math.min(span.last, last) - Math.max(span.first, first) + 1;
        const union = Math.max(span.last, last) - Math.min(span.first, first) + 1;
        if (shared > 0 && quote.optional) optional = true;
        if (shared / union > most) {
          most = shared / union;
          right = k;
        }
      });
    }
    if (optional) return [];
    return [
      {
        candidates: spans.map((span) => listed((list) => contentFeatures(tagged, scores, unit, found, span, list))),
        right,
      },
    ];
  });
}

/** Softmax over the candidates, AdaGrad, averaged over the epochs. */
export function fitRanker(choices: readonly Choice[], epochs = 8): RankModel {
  const weights = new Float32Array(1 << RANK_BITS);
  const squares = new Float32Array(1 << RANK_BITS).fill(1);
  const sum = new Float64Array(1 << RANK_BITS);
  const random = seededRandom(5);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { candidates, right } of shuffle([...choices], random)) {
      const scores = candidates.map(({ ids }) => ids.reduce((sum, id) => sum + weights[id]!, 0));
      const top = Math.max(...scores);
      const total = scores.reduce((all, score) => all + Math.exp(score - top), 0);
      candidates.forEach(({ ids }, k) => {
        const gradient = (k === right ? 1 : 0) - Math.exp(scores[k]! - top) / total;
        if (Math.abs(gradient) < 1e-4) return;
        for (const id of ids) {
          const g = gradient - 1e-4 * weights[id]!;
          squares[id]! += g * g;
          weights[id]! += (0.15 * g) / Math.sqrt(squares[id]!);
        }
      });
    }
    for (let k = 0; k < sum.length; k++) sum[k]! += weights[k]!;
  }
  return { weights: Float32Array.from(sum, (w) => w / epochs), scale: 1 };
}
