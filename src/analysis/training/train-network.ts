/** Trains a network of one hidden layer for yes-or-no questions: enough for a few dozen features, seconds to learn. */
import type { Network } from '../models/network.ts';
import { shuffle } from './data.ts';

export interface Example {
  readonly features: readonly number[];
  readonly isPositive: boolean;
  readonly weight: number;
}

export interface NetworkOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly rate: number;
}

const BATCH = 64;
const DECAY = 1e-4;

/** Minimises log-loss with Adam over small batches. The same seed gives the same network. */
export function trainNetwork(
  examples: readonly Example[],
  { hidden, epochs, rate }: NetworkOptions,
  random: () => number,
): Network {
  const inputs = examples[0]?.features.length ?? 0;
  const { mean, scale } = standardize(examples, inputs);
  const averageWeight = examples.reduce((sum, { weight }) => sum + weight, 0) / examples.length;
  // One row a unit: its input weights, then its bias, then its weight in the output; last of all the output's bias.
  const stride = inputs + 2;
  const size = hidden * stride + 1;
  const weights = Float64Array.from({ length: size }, () => (random() - 0.5) * 0.6);
  const gradient = new Float64Array(size);
  const adam = { first: new Float64Array(size), second: new Float64Array(size), steps: 0 };
  const order = examples.map((_, i) => i);
  const input = new Float64Array(inputs);
  const active = new Float64Array(hidden);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += BATCH) {
      const batch = order.slice(from, from + BATCH);
      gradient.fill(0);
      for (const index of batch) {
        const { features, isPositive, weight } = examples[index]!;
        let sum = weights[size - 1]!;
        for (let k = 0; k < inputs; k++) input[k] = (features[k]! - mean[k]!) / scale[k]!;
        for (let unit = 0; unit < hidden; unit++) {
          const base = unit * stride;
          let activation = weights[base + inputs]!;
          for (let k = 0; k < inputs; k++) activation += weights[base + k]! * input[k]!;
          active[unit] = Math.tanh(activation);
          sum += weights[base + inputs + 1]! * active[unit]!;
        }
        const error = (weight / averageWeight) * (1 / (1 + Math.exp(-sum)) - (isPositive ? 1 : 0));
        gradient[size - 1]! += error;
        for (let unit = 0; unit < hidden; unit++) {
          const base = unit * stride;
          gradient[base + inputs + 1]! += error * active[unit]!;
          const back = error * weights[base + inputs + 1]! * (1 - active[unit]! ** 2);
          for (let k = 0; k < inputs; k++) gradient[base + k]! += back * input[k]!;
          gradient[base + inputs]! += back;
        }
      }
      const done = (epoch + from / order.length) / epochs;
      stepAdam(weights, gradient, adam, batch.length, rate * (1 - 0.9 * done));
    }
  }
  const rows = Array.from({ length: hidden }, (_, unit) => [...weights.subarray(unit * stride, (unit + 1) * stride)]);
  return {
    mean,
    scale,
    hidden: rows.map((row) => row.slice(0, inputs)),
    hiddenBias: rows.map((row) => row[inputs]!),
    output: rows.map((row) => row[inputs + 1]!),
    bias: weights[size - 1]!,
  };
}

function standardize(examples: readonly Example[], inputs: number): { mean: number[]; scale: number[] } {
  const columns = Array.from({ length: inputs }, (_, k) => examples.map(({ features }) => features[k]!));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const scale = columns.map(
    (column, k) => Math.sqrt(column.reduce((sum, value) => sum + (value - mean[k]!) ** 2, 0) / column.length) || 1,
  );
  return { mean, scale };
}

/** Kingma and Ba 2015, with weight decay and their constants. */
function stepAdam(
  weights: Float64Array,
  gradient: Float64Array,
  adam: { first: Float64Array; second: Float64Array; steps: number },
  batch: number,
  rate: number,
): void {
  adam.steps++;
  const firstScale = 1 - 0.9 ** adam.steps;
  const secondScale = 1 - 0.999 ** adam.steps;
  for (let k = 0; k < weights.length; k++) {
    const slope = gradient[k]! / batch + DECAY * weights[k]!;
    adam.first[k] = 0.9 * adam.first[k]! + 0.1 * slope;
    adam.second[k] = 0.999 * adam.second[k]! + 0.001 * slope * slope;
    weights[k]! -= (rate * (adam.first[k]! / firstScale)) / (Math.sqrt(adam.second[k]! / secondScale) + 1e-8);
  }
}
