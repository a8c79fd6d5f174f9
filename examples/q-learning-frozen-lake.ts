// Trains Q-learning on slippery ice and sets it beside the optimum: npx tsx examples/q-learning-frozen-lake.ts

import { ValueIteration } from '../agents/planning/value-iteration.ts';
import { QLearning } from '../agents/tabular/q-learning.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { frozenLake } from '../envs/tabular/frozen-lake.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

const steps = 500_000;
const lake = frozenLake();
const agent = new QLearning(lake, {
  stepSize: { kind: 'exponential', from: 0.2, to: 0.001, steps },
  epsilon: { kind: 'linear', from: 1, to: 0.1, steps },
  seed: 7,
});

const trainer = new Trainer(agent, new VectorEnv(lake, { seed: 7 }), {
  steps,
  metricsEvery: steps / 5,
  callbacks: {
    log: {
      onMetrics: (record) =>
        console.log(record.steps, 'steps, mean return', record.meanReturn?.toFixed(3)),
    },
  },
});
trainer.advance(steps);

const optimal = new ValueIteration(lake, { discount: 1 });
for (const { name, policy } of [
  { name: 'Q-learning, greedy', policy: agent.greedy() },
  { name: 'value iteration', policy: optimal.greedy() },
]) {
  const { meanReturn } = evaluate(policy, lake, { episodes: 10_000, seed: 1 });
  console.log(`${name}: reaches the goal in ${(100 * meanReturn).toFixed(1)}% of 10,000 episodes`);
}
