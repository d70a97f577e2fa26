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

/** Several times faster than `Math.tanh`, and as exact as weights of five digits need. */
function tanh(x: number): number {
  if (x > 20) return 1;
  if (x < -20) return -1;
  const e = Math.exp(2 * x);
  return (e - 1) / (e + 1);
}

/** Chance of "yes", 0 to 1. */
export const probability = (features: ArrayLike<number>, network: Network): number =>
  1 / (1 + Math.exp(-logit(features, network)));
