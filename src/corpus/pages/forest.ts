/** Gradient-boosted trees, read only: what `bench/train-pages.ts` writes. */

/** A tree as flat lists. A node with `feature` -1 is a leaf and gives its `value`; else left when below `value`. */
export interface Tree {
  readonly feature: readonly number[];
  readonly value: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface Forest {
  readonly start: number;
  readonly trees: readonly Tree[];
}

/** How likely a row is of the wanted kind, 0 to 1. */
export function likelihood({ start, trees }: Forest, row: ArrayLike<number>): number {
  let sum = start;
  for (const { feature, value, left, right } of trees) {
    let node = 0;
    while ((feature[node] as number) >= 0)
      node = ((row[feature[node] as number] as number) < (value[node] as number) ? left[node] : right[node]) as number;
    sum += value[node] as number;
  }
  return 1 / (1 + Math.exp(-sum));
}
