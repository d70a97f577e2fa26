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

/**
 * The same network with the scaling of its inputs worked into the weights, and the last question it was asked: most inputs
 * of the next one are the same, so that only those that differ have to be worked out.
 */
interface Folded {
  readonly inputs: number;
  readonly units: number;
  /** Input by input, one for each hidden unit. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly output: Float64Array;
  readonly bias: number;
  readonly lastInputs: Float64Array;
  /** What the hidden units were given by them. */
  readonly lastSums: Float64Array;
  /** What was answered; no number before the first question. */
  lastAnswer: number;
  /** Room for the inputs that differ this time, and by how much. */
  readonly changed: Int32Array;
  readonly changes: Float64Array;
}

const folded = new WeakMap<Network, Folded>();

function fold(network: Network): Folded {
  const known = folded.get(network);
  if (known) return known;
  const { mean, scale, hidden, hiddenBias, output, bias } = network;
  const inputs = mean.length;
  const units = hidden.length;
  const fresh: Folded = {
    inputs,
    units,
    weights: new Float64Array(inputs * units),
    biases: new Float64Array(units),
    output: Float64Array.from(output),
    bias,
    lastInputs: new Float64Array(inputs),
    lastSums: new Float64Array(units),
    lastAnswer: Number.NaN,
    changed: new Int32Array(inputs),
    changes: new Float64Array(inputs),
  };
  for (const [unit, row] of hidden.entries()) {
    const weights = row.map((weight, k) => weight / scale[k]!);
    for (const [k, weight] of weights.entries()) fresh.weights[k * units + unit] = weight;
    fresh.biases[unit] = weights.reduce((sum, weight, k) => sum - weight * mean[k]!, hiddenBias[unit]!);
  }
  folded.set(network, fresh);
  return fresh;
}

/** Log-odds of "yes". */
export const logit = (features: ArrayLike<number>, network: Network): number => answer(features, begin(network));

/** Answers the chance of "yes", 0 to 1, for one question after another. */
export function probabilityOf(network: Network): (features: ArrayLike<number>) => number {
  const folded = begin(network);
  return (features) => 1 / (1 + Math.exp(-answer(features, folded)));
}

/** From nothing, so that no answer depends on what was asked long ago: each step rounds a little. */
function begin(network: Network): Folded {
  const folded = fold(network);
  folded.lastInputs.fill(0);
  folded.lastSums.set(folded.biases);
  folded.lastAnswer = Number.NaN;
  return folded;
}

function answer(features: ArrayLike<number>, network: Folded): number {
  const { inputs, units, weights, output, lastInputs, lastSums, changed, changes } = network;
  let count = 0;
  for (let k = 0; k < inputs; k++) {
    const value = features[k]!;
    const change = value - lastInputs[k]!;
    if (change === 0) continue;
    lastInputs[k] = value;
    changed[count] = k;
    changes[count] = change;
    count++;
  }
  if (count === 0 && !Number.isNaN(network.lastAnswer)) return network.lastAnswer;
  for (let c = 0; c < count - 1; c++) {
    const row = changed[c]! * units;
    const change = changes[c]!;
    for (let unit = 0; unit < units; unit++) lastSums[unit]! += weights[row + unit]! * change;
  }
  // The last change is added on the way: most questions differ from the one before in an input or two.
  const row = count === 0 ? 0 : changed[count - 1]! * units;
  const change = count === 0 ? 0 : changes[count - 1]!;
  let sum = network.bias;
  for (let unit = 0; unit < units; unit++) {
    const given = lastSums[unit]! + weights[row + unit]! * change;
    lastSums[unit] = given;
    sum += output[unit]! * tanh(given);
  }
  network.lastAnswer = sum;
  return sum;
}

const STEPS = 64;
const STEP = 1 / STEPS;
const FARTHEST = 20;
const tanhTable = Float64Array.from({ length: 2 * FARTHEST * STEPS + 1 }, (_, i) => Math.tanh(i / STEPS - FARTHEST));

/**
 * Many times faster than `Math.tanh`, and exact to 10^-9: the value at the nearest step of a table, and three terms of the
 * series from there. Nothing is divided: an article asks this ten thousand times.
 */
function tanh(x: number): number {
  if (x >= FARTHEST) return 1;
  if (x <= -FARTHEST) return -1;
  const step = ((x + FARTHEST) * STEPS + 0.5) | 0;
  const rest = x - (step * STEP - FARTHEST);
  const near = tanhTable[step]!;
  const slope = 1 - near * near;
  return near + rest * slope * (1 - rest * (near - rest * (near * near - 1 / 3)));
}
