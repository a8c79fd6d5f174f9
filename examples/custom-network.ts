// An agent with a network of one's own, residual and normalized: npx tsx examples/custom-network.ts [steps]

import { Ppo } from '../agents/deep/policy-gradient/ppo.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { catchBall } from '../envs/diagnostics/catch.ts';
import { activation } from '../networks/layers/activation.ts';
import { conv2d } from '../networks/layers/conv2d.ts';
import { dense } from '../networks/layers/dense.ts';
import { flatten } from '../networks/layers/flatten.ts';
import { layerNorm } from '../networks/layers/layer-norm.ts';
import type { Layer } from '../networks/layers/registry.ts';
import { residual } from '../networks/layers/residual.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { summarize } from '../networks/summary.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

// What is normalized comes before its activation; the board stays 10 × 5 throughout.
const convolution = (filters: number): readonly Layer[] => [
  conv2d(filters, 3, { padding: 'same', bias: false }),
  layerNorm(),
];
const layers: readonly Layer[] = [
  ...convolution(8),
  activation('relu'),
  residual([...convolution(8), activation('relu'), ...convolution(8)], { activation: 'relu' }),
  flatten(),
  dense(32),
  layerNorm(),
  activation('relu'),
];

const steps = Number(process.argv[2] ?? 20_000);
const numEnvs = 16;
const world = catchBall(); // shows a board of 10 × 5 cells
const agent = new Ppo(
  { ...world, numEnvs },
  { layers, numSteps: 32, optimizer: adam({ learningRate: 1e-3, clip: { globalNorm: 0.5 } }) },
);
console.log(summarize(agent.actorCritic.network.network.plan)); // the agent adds its heads

const trainer = new Trainer(agent, new VectorEnv(world, { numEnvs, seed: 1 }), {
  steps,
  metricsEvery: Math.ceil(steps / 5),
  callbacks: {
    log: {
      onMetrics: ({ steps, meanReturn }) =>
        console.log(`${steps} steps: mean return ${meanReturn?.toFixed(2) ?? '–'}`),
    },
  },
});
trainer.advance(steps);

const { meanReturn } = evaluate(agent.greedy(), world, { episodes: 100 });
console.log(`the likeliest actions alone: ${meanReturn.toFixed(2)} of 1`);
