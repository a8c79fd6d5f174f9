// Proximal policy optimization balances eight poles at once: npx tsx examples/ppo-cartpole.ts [steps]

import { Ppo } from '../agents/deep/policy-gradient/ppo.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { cartPole } from '../envs/control/cart-pole.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

const steps = Number(process.argv[2] ?? 60_000);
const numEnvs = 8;
const numSteps = 32;
const epochs = 20;
const world = cartPole();
const agent = new Ppo(
  { ...world, numEnvs },
  {
    numSteps,
    epochs,
    minibatches: 1,
    discount: 0.98,
    lambda: 0.8,
    entropyWeight: 0,
    valueClip: null,
    clip: { kind: 'linear', from: 0.2, to: 0.001, steps },
    optimizer: adam({
      learningRate: {
        kind: 'linear',
        from: 1e-3,
        to: 0,
        steps: epochs * Math.ceil(steps / (numEnvs * numSteps)),
      },
      epsilon: 1e-5,
      clip: { globalNorm: 0.5 },
    }),
    seed: 1,
  },
);

const trainer = new Trainer(agent, new VectorEnv(world, { numEnvs, seed: 1 }), {
  steps,
  metricsEvery: Math.ceil(steps / 10),
  callbacks: {
    log: {
      onMetrics: ({ steps, meanReturn, explainedVariance }) =>
        console.log(
          `${steps} steps: mean return ${meanReturn?.toFixed(1) ?? '–'}, explained variance ${explainedVariance?.toFixed(2)}`,
        ),
    },
  },
});
trainer.advance(steps);

const { meanReturn } = evaluate(agent.greedy(), world, { episodes: 20 });
console.log(`the likeliest actions alone: ${meanReturn.toFixed(1)} of 500`);
