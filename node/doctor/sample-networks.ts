import { Alea } from '../../core/alea.ts';
import { dense } from '../../networks/layers/dense.ts';
import type { LearnerBatch, LearnerOptions } from '../../networks/learner.ts';
import { huberLoss } from '../../networks/losses/huber.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { planNetwork } from '../../networks/plan.ts';
import { minatarConvnet, natureConvnet } from '../../networks/specification/known-convnets.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkSpecification,
  network,
} from '../../networks/specification/network-specification.ts';

/** A network whose updates are timed. */
export interface SampleNetwork {
  readonly name: string;
  readonly specification: NetworkSpecification;
  readonly rows: number;
}

/** From the smallest to the largest: a perceptron for CartPole, then those of MinAtar and of Atari. */
export const SAMPLE_NETWORKS: readonly SampleNetwork[] = [
  {
    name: '4-64-64-2',
    specification: network({ input: [4], layers: [...mlp({ hidden: [64, 64] }), dense(2)] }),
    rows: 32,
  },
  {
    name: 'MinAtar',
    specification: network({ input: [10, 10, 4], layers: [...minatarConvnet(), dense(6)] }),
    rows: 32,
  },
  {
    name: 'Atari',
    specification: network({ input: [84, 84, 4], layers: [...natureConvnet(), dense(18)] }),
    rows: 32,
  },
];

/** How these networks learn: as DQN does. */
export const SAMPLE_LEARNING: LearnerOptions = {
  losses: [{ loss: huberLoss() }],
  optimizer: adam({ learningRate: 0.00025 }),
};

/** A random batch of transitions for such a network. */
export function sampleBatch({ specification, rows }: SampleNetwork): LearnerBatch {
  const rng = new Alea(0, 'sample-batch');
  const { inputSize, outputSize } = planNetwork(specification);
  return {
    inputs: Float32Array.from({ length: rows * inputSize }, () => rng.normal()),
    rows,
    targets: [
      {
        targets: Float32Array.from({ length: rows }, () => rng.normal()),
        choices: Int32Array.from({ length: rows }, () => rng.below(outputSize)),
      },
    ],
  };
}
