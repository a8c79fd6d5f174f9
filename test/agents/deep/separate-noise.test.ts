import { expect, test } from 'vitest';
import { Dqn } from '../../../agents/deep/action-values/dqn.ts';
import { Iqn } from '../../../agents/deep/action-values/iqn.ts';
import type { QuantileNetwork } from '../../../agents/deep/action-values/quantile-network.ts';
import { box, discrete } from '../../../core/space.ts';
import type { Network } from '../../../networks/network.ts';
import { mlp } from '../../../networks/specification/mlp.ts';

const TASK = { observationSpace: box([-1, -1], [1, 1]), actionSpace: discrete(2) };
const INPUT = Float32Array.of(0.3, -0.7);
const layers = mlp({ hidden: [8] });

test('Q and Q̂ of DQN begin with the same weights, but draw other noise', () => {
  const outputs = (network: Network, training: boolean) => [
    ...network.forward(INPUT, 1, { training }),
  ];
  const agent = new Dqn(TASK, { layers, noisy: true, seed: 4 });
  const [q, target] = [agent.values.network, agent.targetNetwork];
  expect(outputs(target, false)).toEqual(outputs(q, false));
  expect(outputs(target, true)).not.toEqual(outputs(q, true));
  expect(target.rng.snapshot()).not.toEqual(q.rng.snapshot());
});

test('Z and Ẑ of IQN begin with the same weights, but draw other noise', () => {
  const agent = new Iqn(TASK, { layers, headLayers: layers, noisy: true, seed: 4 });
  const seen = (network: QuantileNetwork, noisyPart: 'features' | 'head' | null) => {
    network.see(INPUT, 1, { training: noisyPart === 'features' });
    return [...network.quantiles(Float32Array.of(0.2, 0.9), { training: noisyPart === 'head' })];
  };
  const [z, target] = [agent.values.network, agent.targetNetwork];
  expect(seen(target, null)).toEqual(seen(z, null));
  for (const part of ['features', 'head'] as const) {
    expect(seen(target, part), part).not.toEqual(seen(z, part));
  }
});

test('without noise a seed means what it did', () => {
  const dqn = new Dqn(TASK, { layers });
  expect(dqn.targetNetwork.rng.snapshot()).toEqual(dqn.values.network.rng.snapshot());
  const iqn = new Iqn(TASK, { layers });
  const parts = [iqn.targetNetwork, iqn.values.network].map((network) => network.parts.head);
  expect(parts[0].rng.snapshot()).toEqual(parts[1].rng.snapshot());
});
