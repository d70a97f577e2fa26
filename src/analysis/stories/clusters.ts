/** Groups many articles into stories at once: average-link clustering of a whole collection. */
import { compareAll, type Likenesses, type Member } from './neighbours.ts';

/** Average log-odds from which two articles are one story. */
const MERGE_AT = -0.7;
/**
 * Groups that hang together well must be that much more alike to be merged: two quakes share most of their words, but
 * not as many as the reports of one of them do. A group's cohesion is pulled towards even odds by this many pairs.
 */
const COHESION_WEIGHT = 1;
const COHESION_PAIRS = 10;
/** The average of many pairs errs less than that of few: the logarithm of their number, up to here, counts for the merge. */
const PAIRS_WEIGHT = 0.2;
const MOST_LOG_PAIRS = 3;
/** News comes dated, and its stories are small and many a day: a wrong merge is likelier than in a collection without dates. */
const DATED_WEIGHT = 0.7;

const shippedWeights = {
  mergeAt: MERGE_AT,
  cohesionWeight: COHESION_WEIGHT,
  pairsWeight: PAIRS_WEIGHT,
  datedWeight: DATED_WEIGHT,
};

export interface ClusterOptions {
  readonly mergeAt?: number;
  readonly cohesionWeight?: number;
  readonly pairsWeight?: number;
  readonly datedWeight?: number;
  /** Likeness of two articles by their index; by default the shipped model. */
  readonly likenesses?: Likenesses;
}

/**
 * Gives each article the number of its group, numbered in the order in which groups begin.
 *
 * An article is compared with its nearest neighbours inside the time window, a bounded number of them: time and memory
 * grow as the number of articles does once all have that many, and a little faster before that.
 */
export function clusterArticles(members: readonly Member[], options: ClusterOptions = {}): number[] {
  const { likenesses = compareAll(members), ...weights } = options;
  const groups = mergeGroups(
    members.map(({ signature }) => signature.dated),
    likenesses,
    { ...shippedWeights, ...weights },
  );
  const numbers = new Map<number, number>();
  return groups.map((group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}

interface Group {
  size: number;
  /** Some of its articles are dated. */
  dated: boolean;
  /** Sum of log-odds over the pairs inside. */
  inside: number;
  penalty: number;
  /** Other groups with the sum over the compared pairs between: log-odds above what they would be taken for otherwise. */
  readonly near: Map<number, number>;
  /** Sum of what is taken of its articles' pairs that were not compared (`Likenesses.otherwise`). */
  otherwise: number;
}

/** Merges the two groups that are most alike, again and again, until no two are alike enough. */
function mergeGroups(
  dated: readonly boolean[],
  { pairs: compared, otherwise }: Likenesses,
  { mergeAt, cohesionWeight, pairsWeight, datedWeight }: typeof shippedWeights,
): number[] {
  const groups = new Map<number, Group>();
  const groupOf = dated.map((_, i) => i);
  const members = groupOf.map((i) => [i]);
  for (const i of groupOf)
    groups.set(i, { size: 1, dated: dated[i]!, inside: 0, penalty: 0, near: new Map(), otherwise: otherwise[i]! });
  for (const [a, b, odds] of compared) {
    const above = odds - (otherwise[a]! + otherwise[b]!) / 2;
    groups.get(a)!.near.set(b, above);
    groups.get(b)!.near.set(a, above);
  }
  const sumBetween = (a: Group, b: Group, above: number) => above + (a.otherwise * b.size + b.otherwise * a.size) / 2;
  const score = (a: Group, b: Group, above: number) => {
    const pairs = a.size * b.size;
    const bonus = pairsWeight * Math.min(MOST_LOG_PAIRS, Math.log(pairs));
    const doubt = Math.min(a.penalty, b.penalty) + (a.dated && b.dated ? datedWeight : 0);
    return sumBetween(a, b, above) / pairs - doubt + bonus;
  };
  const queue = new MergeQueue();
  const offer = (a: number, b: number) => {
    const left = groups.get(a)!;
    const right = groups.get(b)!;
    const value = score(left, right, left.near.get(b)!);
    if (value >= mergeAt) queue.add({ a, b, value, sizes: left.size + right.size });
  };
  for (const [a, b] of compared) offer(a, b);
  for (let next = queue.take(); next; next = queue.take()) {
    const { a, b, sizes } = next;
    const kept = groups.get(a);
    const gone = groups.get(b);
    // Offers made before one of the two grew are out of date; a newer one stands in the queue.
    if (!kept || !gone || kept.size + gone.size !== sizes || !kept.near.has(b)) continue;
    kept.inside += gone.inside + sumBetween(kept, gone, kept.near.get(b)!);
    kept.size += gone.size;
    kept.otherwise += gone.otherwise;
    kept.dated ||= gone.dated;
    kept.penalty = cohesionWeight * cohesionOf(kept);
    groups.delete(b);
    kept.near.delete(b);
    for (const [other, sum] of gone.near) {
      if (other === a) continue;
      const third = groups.get(other)!;
      third.near.delete(b);
      kept.near.set(other, (kept.near.get(other) ?? 0) + sum);
    }
    for (const [other, sum] of kept.near) {
      groups.get(other)!.near.set(a, sum);
      offer(a, other);
    }
    for (const member of members[b]!) groupOf[member] = a;
    members[a]!.push(...members[b]!);
  }
  return groupOf;
}

/** Average log-odds over the pairs inside a group; a group that hangs together badly has none. */
const cohesionOf = ({ size, inside }: Group): number =>
  Math.max(0, inside / ((size * (size - 1)) / 2 + COHESION_PAIRS));

interface Offer {
  readonly a: number;
  readonly b: number;
  readonly value: number;
  readonly sizes: number;
}

/** A binary heap, best offer on top; equals in the order of their articles, so that answers never depend on chance. */
class MergeQueue {
  readonly #heap: Offer[] = [];

  add(offer: Offer): void {
    const heap = this.#heap;
    let at = heap.push(offer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(offer, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = offer;
  }

  take(): Offer | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

const before = (x: Offer, y: Offer): boolean =>
  x.value > y.value || (x.value === y.value && (x.a < y.a || (x.a === y.a && x.b < y.b)));
