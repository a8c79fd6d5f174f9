// A deep Q-network balances a pole: npx tsx examples/dqn-cartpole.ts [steps]

import { Dqn } from '../agents/deep/action-values/dqn.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { cartPole } from '../envs/control/cart-pole.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { mlp } from '../networks/specification/mlp.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

const steps = Number(process.argv[2] ?? 30_000);
const world = cartPole();
const agent = new Dqn(world, {
  layers: mlp({ hidden: [64, 64], initializer: 'fan-in-uniform' }),
  returns: { kind: 'expected', loss: 'huber' },
  optimizer: adam({ learningRate: 2.3e-3, clip: { globalNorm: 10 } }),
  epsilon: { kind: 'linear', from: 1, to: 0.04, steps: Math.ceil(0.16 * steps) },
  capacity: 100_000,
  batchSize: 64,
  learningStarts: 1000,
  updateEvery: 256,
  updatesAtOnce: 128,
  targetUpdateEvery: 10,
  seed: 1,
});

const trainer = new Trainer(agent, new VectorEnv(world, { seed: 1 }), {
  steps,
  metricsEvery: Math.ceil(steps / 10),
  callbacks: {
    log: {
      onMetrics: ({ steps, meanReturn }) =>
        console.log(`${steps} steps: mean return ${meanReturn?.toFixed(1) ?? '–'}`),
    },
  },
});
trainer.advance(steps);

const { meanReturn } = evaluate(agent.greedy(), world, { episodes: 20 });
console.log(`without exploration: ${meanReturn.toFixed(1)} of 500`);
