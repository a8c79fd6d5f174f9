import { adam } from '../../networks/optimizers/adam.ts';
import { radam } from '../../networks/optimizers/radam.ts';
import type { PublishedExperiment } from './published-experiment.ts';

// CleanRL (Huang et al. 2022, "CleanRL: high-quality single-file implementations of deep reinforcement
// learning algorithms"): settings of each program's command line, 500,000 steps, three seeds.

const STEPS = 500_000;
const BATCH_SIZE = 128;

const WORLDS = {
  'cart-pole': 'CartPole-v1',
  acrobot: 'Acrobot-v1',
  'mountain-car': 'MountainCar-v0',
} as const;

type World = keyof typeof WORLDS;
type Scores = Readonly<Record<World, readonly [mean: number, deviation: number]>>;

/** One algorithm on the three worlds. */
function onEveryWorld(
  agent: string,
  options: Readonly<Record<string, unknown>>,
  numEnvs: number,
  { source, scores, name = agent }: { source: string; scores: Scores; name?: string },
): PublishedExperiment[] {
  return (Object.keys(WORLDS) as World[]).map((world) => ({
    name: `cleanrl-${name}-${world}`,
    agent,
    options,
    env: WORLDS[world],
    numEnvs,
    steps: STEPS,
    protocol: 'training',
    published: { mean: scores[world][0], deviation: scores[world][1], runs: 3, source },
  }));
}

const VALUE_BASED = {
  capacity: 10_000,
  batchSize: BATCH_SIZE,
  learningStarts: 10_000,
  updateEvery: 10,
  targetUpdateEvery: 500,
  epsilon: { kind: 'linear', from: 1, to: 0.05, steps: STEPS / 2 },
} as const;

const ROLLOUT_UPDATES = (STEPS / 512) * 16; // rollouts of 4 × 128 steps, 4 epochs of 4 batches

/** CleanRL's results in classic control. */
export const CLEANRL: readonly PublishedExperiment[] = [
  ...onEveryWorld('dqn', { ...VALUE_BASED, optimizer: adam({ learningRate: 2.5e-4 }) }, 1, {
    source: 'CleanRL, docs/rl-algorithms/dqn.md',
    scores: {
      'cart-pole': [488.69, 16.11],
      acrobot: [-91.54, 7.2],
      'mountain-car': [-194.95, 8.48],
    },
  }),
  ...onEveryWorld(
    'dqn',
    {
      ...VALUE_BASED,
      returns: { kind: 'categorical', atoms: 101, low: -100, high: 100 },
      optimizer: adam({ learningRate: 2.5e-4, epsilon: 0.01 / BATCH_SIZE }),
    },
    1,
    {
      name: 'c51',
      source: 'CleanRL, docs/rl-algorithms/c51.md',
      scores: {
        'cart-pole': [481.2, 20.53],
        acrobot: [-87.7, 5.52],
        'mountain-car': [-166.38, 27.94],
      },
    },
  ),
  ...onEveryWorld(
    'ppo',
    {
      optimizer: adam({
        learningRate: { kind: 'linear', from: 2.5e-4, to: 0, steps: Math.ceil(ROLLOUT_UPDATES) },
        epsilon: 1e-5,
        clip: { globalNorm: 0.5 },
      }),
    },
    4,
    {
      source: 'CleanRL, docs/benchmark/ppo.md',
      scores: {
        'cart-pole': [490.04, 6.12],
        acrobot: [-86.36, 1.32],
        'mountain-car': [-200, 0],
      },
    },
  ),
  ...onEveryWorld(
    'pqn',
    {
      epsilon: { kind: 'linear', from: 1, to: 0.05, steps: STEPS / 2 },
      optimizer: radam({
        learningRate: { kind: 'linear', from: 2.5e-4, to: 0, steps: Math.ceil(ROLLOUT_UPDATES) },
        clip: { globalNorm: 10 },
      }),
    },
    4,
    {
      source: 'CleanRL, docs/rl-algorithms/pqn.md',
      scores: {
        'cart-pole': [495.13, 6.89],
        acrobot: [-95.63, 5.73],
        'mountain-car': [-200, 0],
      },
    },
  ),
];
