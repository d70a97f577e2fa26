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

/** Log-odds of "yes". */
export function logit(features: readonly number[], network: Network): number {
  const { mean, scale, hidden, hiddenBias, output } = network;
  let sum = network.bias;
  for (let unit = 0; unit < output.length; unit++) {
    const row = hidden[unit]!;
    let activation = hiddenBias[unit]!;
    for (let k = 0; k < row.length; k++) activation += (row[k]! * (features[k]! - mean[k]!)) / scale[k]!;
    sum += output[unit]! * Math.tanh(activation);
  }
  return sum;
}

/** Chance of "yes", 0 to 1. */
export const probability = (features: readonly number[], network: Network): number =>
  1 / (1 + Math.exp(-logit(features, network)));
