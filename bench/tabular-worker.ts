/**
 * Trains one tabular agent in one world, in a process of its own: the part of bench/tabular.ts that has
 * the agents. Prints a line of JSON: environment steps per second of processor time, by the number of
 * copies of the world.
 *
 *     node --import tsx bench/tabular-worker.ts sarsa-lambda CliffWalking-v1
 */
import { makeAgent } from '../agents/registry.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { makeDynamics } from '../envs/registry.ts';
import { Trainer } from '../training/trainer.ts';

const STEPS = 1_500_000;
const WARM_UP = 500_000;

/** What bench/peers/tabular.py has too. */
const SHARED = { stepSize: 0.1, discount: 0.99, epsilon: 0.1, seed: 1 };
const OPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'q-learning': SHARED,
  'sarsa-lambda': { ...SHARED, lambda: 0.9, traces: 'replacing' },
  'dyna-q': { ...SHARED, planningSteps: 5 },
};

/** Environment steps per second of training, `numEnvs` copies at once. */
function stepsPerSecond(agentName: string, world: string, numEnvs: number): number {
  const dynamics = makeDynamics(world);
  const task = { ...dynamics, numEnvs };
  const envs = new VectorEnv(dynamics, { numEnvs, seed: 1 });
  const trainer = new Trainer(makeAgent(agentName, task, OPTIONS[agentName]), envs, {
    steps: STEPS + WARM_UP,
  });
  trainer.advance(WARM_UP);
  const before = trainer.steps;
  const began = process.cpuUsage();
  trainer.advance(STEPS);
  const { user, system } = process.cpuUsage(began);
  return (1e6 * (trainer.steps - before)) / (user + system);
}

const [agentName, world] = process.argv.slice(2);
const single = stepsPerSecond(agentName, world, 1);
console.log(JSON.stringify({ single, many: stepsPerSecond(agentName, world, 64) }));
