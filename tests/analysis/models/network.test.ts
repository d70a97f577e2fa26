import { expect, it } from 'vitest';
import { logit, type Network, probabilityOf } from '../../../src/analysis/models/network.ts';

const network: Network = {
  mean: [0.5, -1, 2],
  scale: [1, 2, 0.5],
  hidden: Array.from({ length: 6 }, (_, unit) => [0.3 * unit - 1, 0.7 - 0.2 * unit, 0.1 * unit]),
  hiddenBias: [0.1, -0.2, 0.3, -0.4, 0.5, -0.6],
  output: [1, -2, 0.5, 1.5, -1, 2],
  bias: 0.25,
};

it.each([[[0, 0, 0]], [[1, 2, 3]], [[0, -4, 2]]])('answers what its definition says: %j', (features) => {
  const hidden = network.hidden.map((row, unit) =>
    Math.tanh(
      row.reduce(
        (sum, w, k) => sum + (w * (features[k]! - network.mean[k]!)) / network.scale[k]!,
        network.hiddenBias[unit]!,
      ),
    ),
  );
  const odds = hidden.reduce((sum, value, unit) => sum + network.output[unit]! * value, network.bias);
  expect(logit(features, network)).toBeCloseTo(odds, 9);
  expect(probabilityOf(network)(features)).toBeCloseTo(1 / (1 + Math.exp(-odds)), 9);
});

it('answers a question the same, whatever was asked before it', () => {
  const chanceOf = probabilityOf(network);
  for (const features of [
    [0, 0, 0],
    [5, -4, 2],
    [5, 3, 2],
    [0, 3, 0],
    [1, 2, 3],
  ])
    expect(chanceOf(features)).toBeCloseTo(probabilityOf(network)(features), 12);
});
