/** A network of one hidden layer for yes-or-no questions. Small enough to ship as JSON and to run in microseconds. */

/** As `training/train-network.ts` writes it. */
export interface Network {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  /** One row of input weights a hidden unit. */
  readonly hidden: readonly (readonly number[])[];
  readonly hiddenBias: readonly number[];
  readonly output: readonly number[];
  readonly bias: number;
}

/** The same network with the scaling of its inputs worked into the weights, in one run of numbers, input by input. */
interface Folded {
  readonly inputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly output: Float64Array;
  readonly bias: number;
  /** Room for the sums of the hidden units. */
  readonly sums: Float64Array;
}

const folded = new WeakMap<Network, Folded>();

function fold(network: Network): Folded {
  const known = folded.get(network);
  if (known) return known;
  const { mean, scale, hidden, hiddenBias, output, bias } = network;
  const rows = hidden.map((row) => row.map((weight, k) => weight / scale[k]!));
  const fresh: Folded = {
    inputs: mean.length,
    weights: Float64Array.from(mean.flatMap((_, k) => rows.map((row) => row[k]!))),
    biases: Float64Array.from(rows, (row, unit) => row.reduce((sum, w, k) => sum - w * mean[k]!, hiddenBias[unit]!)),
    output: Float64Array.from(output),
    bias,
    sums: new Float64Array(output.length),
  };
  folded.set(network, fresh);
  return fresh;
}

/** Log-odds of "yes". Inputs that are 0 cost nothing. */
export function logit(features: ArrayLike<number>, network: Network): number {
  const { inputs, weights, biases, output, bias, sums } = fold(network);
  const units = output.length;
  sums.set(biases);
  for (let k = 0; k < inputs; k++) {
    const value = features[k]!;
    if (value === 0) continue;
    for (let unit = 0, at = k * units; unit < units; unit++) sums[unit]! += weights[at + unit]! * value;
  }
  let sum = bias;
  for (let unit = 0; unit < units; unit++) sum += output[unit]! * tanh(sums[unit]!);
  return sum;
}

const STEPS = 64;
const FARTHEST = 20;
const tanhTable = Float64Array.from({ length: 2 * FARTHEST * STEPS + 1 }, (_, i) => Math.tanh(i / STEPS - FARTHEST));

/**
 * Many times faster than `Math.tanh`, and as exact: the value at the nearest step of a table, and by the addition
 * theorem the small rest, for which three terms of the series are enough.
 */
function tanh(x: number): number {
  if (x >= FARTHEST) return 1;
  if (x <= -FARTHEST) return -1;
  const step = Math.round((x + FARTHEST) * STEPS);
  const rest = x - (step / STEPS - FARTHEST);
  const square = rest * rest;
  const small = rest * (1 - square * (1 / 3 - square * (2 / 15)));
  const near = tanhTable[step]!;
  return (near + small) / (1 + near * small);
}

/** Chance of "yes", 0 to 1. */
export const probability = (features: ArrayLike<number>, network: Network): number =>
  1 / (1 + Math.exp(-logit(features, network)));
