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

/** Hidden units that are worked out together: so many sums stay in registers. */
const GROUP = 4;

/** The same network with the scaling of its inputs worked into the weights; units that fill the last group say nothing. */
interface Folded {
  readonly inputs: number;
  readonly groups: number;
  /** Group by group, input by input. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly output: Float64Array;
  readonly bias: number;
  /** Room for the inputs that are not 0: which they are, and their values. */
  readonly used: Int32Array;
  readonly values: Float64Array;
}

const folded = new WeakMap<Network, Folded>();

function fold(network: Network): Folded {
  const known = folded.get(network);
  if (known) return known;
  const { mean, scale, hidden, hiddenBias, output, bias } = network;
  const inputs = mean.length;
  const groups = Math.ceil(hidden.length / GROUP);
  const fresh: Folded = {
    inputs,
    groups,
    weights: new Float64Array(groups * inputs * GROUP),
    biases: new Float64Array(groups * GROUP),
    output: new Float64Array(groups * GROUP),
    bias,
    used: new Int32Array(inputs),
    values: new Float64Array(inputs),
  };
  for (const [unit, row] of hidden.entries()) {
    const weights = row.map((weight, k) => weight / scale[k]!);
    const group = Math.floor(unit / GROUP);
    for (const [k, weight] of weights.entries()) fresh.weights[(group * inputs + k) * GROUP + (unit % GROUP)] = weight;
    fresh.biases[unit] = weights.reduce((sum, weight, k) => sum - weight * mean[k]!, hiddenBias[unit]!);
    fresh.output[unit] = output[unit]!;
  }
  folded.set(network, fresh);
  return fresh;
}

/** Log-odds of "yes". */
export const logit = (features: ArrayLike<number>, network: Network): number => logitOf(features, fold(network));

function logitOf(features: ArrayLike<number>, network: Folded): number {
  const { inputs, groups, weights, biases, output, used, values } = network;
  let count = 0;
  for (let k = 0; k < inputs; k++) {
    const value = features[k]!;
    if (value === 0) continue;
    used[count] = k;
    values[count++] = value;
  }
  let sum = network.bias;
  for (let group = 0; group < groups; group++) {
    const unit = group * GROUP;
    let a = biases[unit]!;
    let b = biases[unit + 1]!;
    let c = biases[unit + 2]!;
    let d = biases[unit + 3]!;
    for (let i = 0; i < count; i++) {
      const at = (group * inputs + used[i]!) * GROUP;
      const value = values[i]!;
      a += weights[at]! * value;
      b += weights[at + 1]! * value;
      c += weights[at + 2]! * value;
      d += weights[at + 3]! * value;
    }
    sum += output[unit]! * tanh(a);
    sum += output[unit + 1]! * tanh(b);
    sum += output[unit + 2]! * tanh(c);
    sum += output[unit + 3]! * tanh(d);
  }
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

/** Answers the chance of "yes", 0 to 1, for one question after another. */
export function probabilityOf(network: Network): (features: ArrayLike<number>) => number {
  const folded = fold(network);
  return (features) => 1 / (1 + Math.exp(-logitOf(features, folded)));
}
