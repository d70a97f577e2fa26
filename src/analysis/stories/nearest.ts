/**
 * Which articles of a collection are worth comparing: each with the few that share most of its weight.
 *
 * Found through lists of who holds a term, never by holding all against all. Of a list only the holders nearest in time are
 * looked at, and of those met only the nearest are kept: the work grows as the number of articles does, however much alike
 * they are.
 */
import { isCopy } from './duplicates.ts';
import { FLOOR_COSINE, type Weighed } from './likeness.ts';
import { STORY_WINDOW_DAYS, type StorySignature } from './stories.ts';

/** Two articles by their index, the larger one first. */
export interface NearPair {
  readonly a: number;
  readonly b: number;
  /** Of all their terms. */
  readonly cosine: number;
  readonly isCopy: boolean;
  /** Among the nearest: worth comparing in full. The others only tell what surrounds an article. */
  readonly isAsked: boolean;
  /** This one of the two has more neighbours than are asked about, and this is the least of those. */
  readonly leastOf?: number;
}

/** Holders of one term that an article is held against, newest first. */
const HOLDERS_SEEN = 400;
/** Neighbours that an article keeps of those before it in time; it has others among those that come after. */
const KEPT = 128;
/** Of these, the nearest are worth asking the model about. */
const ASKED = 40;
/** What is shared of the telling terms alone ranks those met; this many are looked at in full. */
const LOOKED_INTO = 2 * KEPT;

/**
 * Every article with its nearest ones inside the time window, and with copies of its text whenever they came.
 *
 * No pair comes twice; pairs whose cosine is below the floor of likeness do not come.
 */
export function nearestPairs(weighed: readonly Weighed[], vectors: readonly TermVector[]): NearPair[] {
  const dated = openHolders();
  const undated = openHolders();
  const copies = openCopies();
  const times = weighed.map(({ signature }) => timeOf(signature));
  const shared = new Float64Array(weighed.length);
  /** Of the article in hand, by term. */
  const own = new Float64Array(1 + vectors.reduce((most, { ids }) => Math.max(most, ids.at(-1) ?? 0), 0));
  const pairs: NearPair[] = [];

  function meetHolders(i: number): number[] {
    const { ids, values } = vectors[i]!;
    const since = times[i] === UNDATED ? Number.NEGATIVE_INFINITY : times[i]! - WINDOW_MS;
    const met: number[] = [];
    for (let k = 0; k < ids.length; k++) {
      for (const { articles, values: theirs } of [dated.under(ids[k]!), undated.under(ids[k]!)]) {
        const oldest = Math.max(0, articles.length - HOLDERS_SEEN);
        for (let at = articles.length - 1; at >= oldest; at--) {
          const j = articles[at]!;
          // Those before it are older still.
          if (times[j]! < since) break;
          if (shared[j] === 0) met.push(j);
          shared[j]! += values[k]! * theirs[at]!;
        }
      }
    }
    return met;
  }

  /** Of those met, the ones that share most. */
  function nearest(i: number, met: number[]): NearPair[] {
    const most = heaviest(met, (j) => shared[j]! / vectors[j]!.length, LOOKED_INTO);
    for (const j of met) shared[j] = 0;
    const { ids, values, length } = vectors[i]!;
    for (let k = 0; k < ids.length; k++) own[ids[k]!] = values[k]!;
    const near = most.flatMap((j): NearPair[] => {
      const cosine = product(vectors[j]!) / (length * vectors[j]!.length);
      return cosine < FLOOR_COSINE ? [] : [pairOf(i, j, cosine, isCopyOf(i, j))];
    });
    for (const id of ids) own[id] = 0;
    if (near.length <= ASKED) return near;
    return near
      .sort((x, y) => y.cosine - x.cosine || y.b - x.b)
      .slice(0, KEPT)
      .map((pair, rank) => ({
        ...pair,
        isAsked: rank < ASKED,
        ...(rank === ASKED - 1 && { leastOf: i }),
      }));
  }

  function product({ ids, values }: TermVector): number {
    let sum = 0;
    for (let k = 0; k < ids.length; k++) sum += own[ids[k]!]! * values[k]!;
    return sum;
  }

  const isCopyOf = (i: number, j: number): boolean => isCopy(weighed[i]!.signature, weighed[j]!.signature);

  // In time, undated ones last, as they came.
  const order = weighed.map((_, i) => i).sort((i, j) => times[i]! - times[j]! || i - j);
  for (const i of order) {
    const { signature } = weighed[i]!;
    const near = nearest(i, meetHolders(i));
    const there = new Set(near.map(({ a, b }) => (a === i ? b : a)));
    for (const j of copies.like(signature.shingles))
      if (!there.has(j) && isCopyOf(i, j)) near.push(pairOf(i, j, 1, true));
    for (const pair of near) pairs.push(pair);
    (signature.dated ? dated : undated).add(i, vectors[i]!);
    copies.add(i, signature.shingles);
  }
  return pairs;
}

const pairOf = (i: number, j: number, cosine: number, isCopy: boolean): NearPair => ({
  a: Math.max(i, j),
  b: Math.min(i, j),
  cosine,
  isCopy,
  isAsked: true,
});

const WINDOW_MS = STORY_WINDOW_DAYS * 86_400_000;
/** Behind all dates: a number, so that it can be compared with itself. */
const UNDATED = Number.MAX_SAFE_INTEGER;
const timeOf = ({ dated, at }: StorySignature): number => (dated ? Date.parse(at) : UNDATED);

/** The `most` of `items` that weigh most; their order is of no account. */
function heaviest(items: readonly number[], weightOf: (item: number) => number, most: number): readonly number[] {
  if (items.length <= most) return items;
  const weights = Float64Array.from(items, weightOf);
  const least = weights.slice().sort()[weights.length - most]!;
  const above = items.filter((_, i) => weights[i]! > least);
  const equal = items.filter((_, i) => weights[i] === least);
  return [...above, ...equal.slice(0, most - above.length)];
}

// ---------------------------------------------------------------- terms as numbers

/** The terms of an article as numbers of its collection, in rising order. */
export interface TermVector {
  readonly ids: Int32Array;
  /** What each weighs in the article. */
  readonly values: Float64Array;
  /** Where each stands in the signature. */
  readonly places: Int32Array;
  /** Euclidean. */
  readonly length: number;
}

export function termVectors(weighed: readonly Weighed[]): TermVector[] {
  const idOf = new Map<string, number>();
  return weighed.map(({ terms, lengths }) => {
    const found = Array.from(terms, ([term, { value }], place) => {
      const id = idOf.get(term) ?? idOf.size;
      idOf.set(term, id);
      return { id, value, place };
    }).sort((a, b) => a.id - b.id);
    return {
      ids: Int32Array.from(found, ({ id }) => id),
      values: Float64Array.from(found, ({ value }) => value),
      places: Int32Array.from(found, ({ place }) => place),
      length: Math.sqrt(lengths.all),
    };
  });
}

interface Holders {
  readonly articles: number[];
  /** What the term weighs in each. */
  readonly values: number[];
}
const nobody: Holders = { articles: [], values: [] };

/** Who holds a term, in the order in which they were added. */
function openHolders() {
  const lists: (Holders | undefined)[] = [];
  return {
    under: (id: number): Holders => lists[id] ?? nobody,
    add(article: number, { ids, values }: TermVector): void {
      for (let k = 0; k < ids.length; k++) {
        const list = lists[ids[k]!] ?? { articles: [], values: [] };
        lists[ids[k]!] = list;
        list.articles.push(article);
        list.values.push(values[k]!);
      }
    },
  };
}

/** Every eighth number of the copy signature: of a copy, none of the sixteen is shared once in three thousand times. */
const BIN_STEP = 8;
const COPIES_SEEN = 20;

/** Who shares a piece of text, whenever it came. */
function openCopies() {
  const bins = new Map<string, number[]>();
  const keysOf = (shingles: ArrayLike<number>): string[] => {
    const keys: string[] = [];
    for (let bin = 0; bin < shingles.length; bin += BIN_STEP)
      if (shingles[bin]! < 0xffffffff) keys.push(`${bin} ${shingles[bin]}`);
    return keys;
  };
  return {
    like: (shingles: ArrayLike<number>): Set<number> =>
      new Set(keysOf(shingles).flatMap((key) => bins.get(key)?.slice(-COPIES_SEEN) ?? [])),
    add(article: number, shingles: ArrayLike<number>): void {
      for (const key of keysOf(shingles)) {
        const list = bins.get(key);
        if (list) list.push(article);
        else bins.set(key, [article]);
      }
    },
  };
}
