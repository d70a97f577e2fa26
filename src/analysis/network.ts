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

/** The same network with the scaling of its inputs worked into the weights, in one run of numbers. */
interface Folded {
  readonly inputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly output: Float64Array;
  readonly bias: number;
}

const folded = new WeakMap<Network, Folded>();

function fold(network: Network): Folded {
  const known = folded.get(network);
  if (known) return known;
  const { mean, scale, hidden, hiddenBias, output, bias } = network;
  const rows = hidden.map((row) => row.map((weight, k) => weight / scale[k]!));
  const fresh: Folded = {
    inputs: mean.length,
    weights: Float64Array.from(rows.flat()),
    biases: Float64Array.from(rows, (row, unit) => row.reduce((sum, w, k) => sum - w * mean[k]!, hiddenBias[unit]!)),
    output: Float64Array.from(output),
    bias,
  };
  folded.set(network, fresh);
  return fresh;
}

/** Log-odds of "yes". */
export function logit(features: readonly number[], network: Network): number {
  const { inputs, weights, biases, output, bias } = fold(network);
  let sum = bias;
  let at = 0;
  for (let unit = 0; unit < output.length; unit++) {
    let activation = biases[unit]!;
    for (let k = 0; k < inputs; k++) activation += weights[at++]! * features[k]!;
    sum += output[unit]! * tanh(activation);
  }
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
export const probability = (features: readonly number[], network: Network): number =>
  1 / (1 + Math.exp(-logit(features, network)));
