/** Trains the two rankers of `relations.ts`: which cue reports a content, and which words name its source. */
import { decodeLabels, emissions, type LabelModel } from '../labels.ts';
import { type Part, partsOf } from '../parts.ts';
import { type FeatureList, pick, RANK_BITS, type RankModel, scoreOf } from '../ranker.ts';
import { cueCandidates, cueFeatures, sourceCandidates, sourceFeatures } from '../relations.ts';
import type { Tagged } from '../types.ts';
import { writeModel } from '../weights.ts';
import { type GoldArticle, type GoldQuote, seededRandom, shuffle } from './data.ts';
import { tokenAt } from './gold-labels.ts';

/** An article with the parts that a labeller found which never saw it: what the linker will meet in use. */
export interface Labelled {
  readonly article: GoldArticle;
  readonly tagged: Tagged;
  readonly parts: readonly Part[];
}

interface Choice {
  readonly candidates: readonly FeatureList[];
  readonly right: number;
}

export function trainLinks(labelled: readonly Labelled[]): void {
  const cue = fitRanker(labelled.flatMap(cueChoices));
  const source = fitRanker(labelled.flatMap((one) => sourceChoices(one, cue)));
  const packed = new Int16Array(2 << RANK_BITS);
  packed.set(packWeights(cue), 0);
  packed.set(packWeights(source), 1 << RANK_BITS);
  const size = writeModel('links', { scale: 1 / SCALE }, new Uint8Array(packed.buffer));
  console.log(`links: ${size} bytes`);
}

const SCALE = 512;
const packWeights = ({ weights }: RankModel): Int16Array =>
  Int16Array.from(weights, (w) => Math.max(-32767, Math.min(32767, Math.round(w * SCALE))));

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
    return [{ candidates: candidates.map((cue) => cueFeatures(one.tagged, one.parts, at, cue)), right }];
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
    const cue =
      cues[
        pick(
          cueModel,
          cues.map((candidate) => cueFeatures(tagged, parts, at, candidate)),
        ).at
      ];
    const candidates = sourceCandidates(tagged, parts, at, before);
    const { speaker } = gold;
    const right = speaker
      ? candidates.findIndex(({ part }) => part && overlaps(one, part, speaker))
      : candidates.length - 1;
    if (right >= 0) {
      choices.push({
        candidates: candidates.map((candidate) => sourceFeatures(tagged, parts, at, cue, candidate)),
        right,
      });
      before = candidates[right]!.part ?? before;
    }
  });
  return choices;
}

/** Softmax over the candidates, AdaGrad, averaged over the epochs. */
export function fitRanker(choices: readonly Choice[], epochs = 8): RankModel {
  const weights = new Float32Array(1 << RANK_BITS);
  const squares = new Float32Array(1 << RANK_BITS).fill(1);
  const sum = new Float64Array(1 << RANK_BITS);
  const random = seededRandom(5);
  const model = { weights, scale: 1 };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { candidates, right } of shuffle([...choices], random)) {
      const scores = candidates.map(({ ids }) => scoreOf(model, ids));
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

export function labelledBy(
  model: LabelModel,
  article: GoldArticle,
  tagged: Tagged,
  features: Parameters<typeof emissions>[0],
): Labelled {
  return { article, tagged, parts: partsOf(decodeLabels(emissions(features, model), model)) };
}
