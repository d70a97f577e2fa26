/** Groups many articles into stories at once: average-link clustering with the likeness that the store decides by. */
import { isCopy } from './duplicates.ts';
import { daysApart, LIMIT, likeness, rarityIn, weigh } from './likeness.ts';
import { STORY_WINDOW_DAYS, type StorySignature } from './stories.ts';

/** Average log-odds from which two groups are one story. */
const MERGE_AT = -1.2;
/**
 * Groups that hang together well must be that much more alike to be merged: two quakes share most of their words, but
 * not as many as the reports of one of them do. A group's cohesion is pulled towards even odds by this many pairs.
 */
const COHESION_WEIGHT = 1;
const COHESION_PAIRS = 10;

export interface ClusterOptions {
  readonly mergeAt?: number;
  readonly cohesionWeight?: number;
  readonly cohesionPairs?: number;
  /** Likeness of two articles by their index; by default the shipped model. */
  readonly likenesses?: Likenesses;
}

/** Pairs that may be one story with their log-odds; all others are out of the question. */
export type Likenesses = readonly (readonly [a: number, b: number, logOdds: number])[];

/**
 * Gives each article the number of its group, numbered in the order in which groups begin.
 *
 * Only pairs that share a telling term inside the time window are compared.
 */
export function clusterArticles(signatures: readonly StorySignature[], options: ClusterOptions = {}): number[] {
  const pairs = options.likenesses ?? compareAll(signatures);
  const groups = mergeGroups(signatures.length, pairs, {
    mergeAt: options.mergeAt ?? MERGE_AT,
    weight: options.cohesionWeight ?? COHESION_WEIGHT,
    pairs: options.cohesionPairs ?? COHESION_PAIRS,
  });
  const numbers = new Map<number, number>();
  return groups.map((group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}

/** Terms in more articles than this say too little to look others up by. */
const COMMON_SHARE = 0.1;
const COMMON_AT_LEAST = 200;

/** Calls `visit` for every pair of articles inside the window that share a telling term, the later article first. */
export function eachCandidatePair(
  signatures: readonly StorySignature[],
  visit: (later: number, earlier: number) => void,
): void {
  const holders = new Map<string, number[]>();
  for (const [i, { terms }] of signatures.entries())
    for (const [term] of terms) {
      const list = holders.get(term);
      if (list) list.push(i);
      else holders.set(term, [i]);
    }
  const tooCommon = Math.max(COMMON_AT_LEAST, signatures.length * COMMON_SHARE);
  const seen = new Int32Array(signatures.length).fill(-1);
  for (const [i, signature] of signatures.entries())
    for (const [term] of signature.terms) {
      const list = holders.get(term)!;
      if (list.length > tooCommon) continue;
      for (const j of list) {
        if (j >= i) break;
        if (seen[j] === i) continue;
        seen[j] = i;
        if ((daysApart(signature, signatures[j]!) ?? 0) <= STORY_WINDOW_DAYS || isCopy(signature, signatures[j]!))
          visit(i, j);
      }
    }
}

/** How many of the articles hold each term of their signatures. */
export function countTerms(signatures: readonly StorySignature[]): { articles: number; withTerm: Map<string, number> } {
  const withTerm = new Map<string, number>();
  for (const { terms } of signatures) for (const [term] of terms) withTerm.set(term, (withTerm.get(term) ?? 0) + 1);
  return { articles: signatures.length, withTerm };
}

function compareAll(signatures: readonly StorySignature[]): Likenesses {
  const rarityOf = rarityIn(countTerms(signatures));
  const pairs: [number, number, number][] = [];
  let weighed = { index: -1, of: weigh(signatures[0] ?? emptySignature, rarityOf) };
  eachCandidatePair(signatures, (i, j) => {
    if (weighed.index !== i) weighed = { index: i, of: weigh(signatures[i]!, rarityOf) };
    const other = signatures[j]!;
    const odds = isCopy(signatures[i]!, other) ? LIMIT : likeness(weighed.of, other, rarityOf);
    if (odds > -LIMIT) pairs.push([i, j, odds]);
  });
  return pairs;
}

const emptySignature: StorySignature = { terms: [], shingles: [], size: 0, at: '', dated: false };

interface Group {
  size: number;
  /** Sum of log-odds over the pairs inside. */
  inside: number;
  penalty: number;
  /** Other groups with the sum over the pairs between of log-odds above `-LIMIT`. */
  readonly near: Map<number, number>;
}

/** Merges the two groups that are most alike, again and again, until no two are alike enough. */
function mergeGroups(
  articles: number,
  likenesses: Likenesses,
  { mergeAt, weight, pairs }: { mergeAt: number; weight: number; pairs: number },
): number[] {
  const groups = new Map<number, Group>();
  const groupOf = Array.from({ length: articles }, (_, i) => i);
  const members = groupOf.map((i) => [i]);
  for (const i of groupOf) groups.set(i, { size: 1, inside: 0, penalty: 0, near: new Map() });
  for (const [a, b, odds] of likenesses) {
    groups.get(a)!.near.set(b, odds + LIMIT);
    groups.get(b)!.near.set(a, odds + LIMIT);
  }
  const score = (a: Group, b: Group, sum: number) => sum / (a.size * b.size) - LIMIT - Math.min(a.penalty, b.penalty);
  const queue = new MergeQueue();
  const offer = (a: number, b: number) => {
    const left = groups.get(a)!;
    const right = groups.get(b)!;
    const value = score(left, right, left.near.get(b)!);
    if (value >= mergeAt) queue.add({ a, b, value, sizes: left.size + right.size });
  };
  for (const [a, b] of likenesses) offer(a, b);
  for (let next = queue.take(); next; next = queue.take()) {
    const { a, b, sizes } = next;
    const kept = groups.get(a);
    const gone = groups.get(b);
    // Offers made before one of the two grew are out of date; a newer one stands in the queue.
    if (!kept || !gone || kept.size + gone.size !== sizes || !kept.near.has(b)) continue;
    const between = kept.near.get(b)! - LIMIT * kept.size * gone.size;
    kept.inside += gone.inside + between;
    kept.size += gone.size;
    kept.penalty = penaltyOf(kept, weight, pairs);
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

function penaltyOf({ size, inside }: Group, weight: number, pairs: number): number {
  return weight * Math.max(0, inside / ((size * (size - 1)) / 2 + pairs));
}

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
