// A deep Q-network balances a pole, in half a minute: npx tsx examples/dqn-cartpole.ts [steps]

import { Dqn } from '../agents/deep/action-values/dqn.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { cartPole } from '../envs/control/cart-pole.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

const steps = Number(process.argv[2] ?? 200_000);
const world = cartPole();
const agent = new Dqn(world, {
  numSteps: 3,
  returns: { kind: 'expected', loss: 'huber' },
  optimizer: adam({
    learningRate: { kind: 'linear', from: 5e-4, to: 0, steps: Math.ceil(steps / 4) }, // updates
    clip: { globalNorm: 10 },
  }),
  epsilon: { kind: 'linear', from: 1, to: 0.01, steps: Math.ceil(steps / 10) },
  capacity: 50_000,
  learningStarts: 1000,
  updateEvery: 4,
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
