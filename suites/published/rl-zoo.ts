import { adam } from '../../networks/optimizers/adam.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import type { PublishedExperiment } from './published-experiment.ts';

// RL Baselines3 Zoo (Raffin 2020): tuned settings of its hyperparams/*.yml on Stable-Baselines3, and the
// table of benchmark.md: one run each, evaluated without exploration.

const SOURCE = 'RL Baselines3 Zoo, benchmark.md';

const WIDE = mlp({ hidden: [256, 256], initializer: 'fan-in-uniform' });
const HUBER = { kind: 'expected', loss: 'huber' } as const;

/** Stable-Baselines3's DQN cuts gradients to a norm of 10 and takes the Huber loss. */
function dqn(learningRate: number, exploration: number, last: number, rest: object) {
  return {
    layers: WIDE,
    returns: HUBER,
    optimizer: adam({ learningRate, clip: { globalNorm: 10 } }),
    epsilon: { kind: 'linear', from: 1, to: last, steps: exploration },
    ...rest,
  };
}

const VALUE_BASED: readonly PublishedExperiment[] = [
  {
    name: 'rl-zoo-dqn-cart-pole',
    agent: 'dqn',
    options: dqn(2.3e-3, 0.16 * 50_000, 0.04, {
      batchSize: 64,
      capacity: 100_000,
      learningStarts: 1000,
      discount: 0.99,
      targetUpdateEvery: 10,
      updateEvery: 256,
      updatesAtOnce: 128,
    }),
    env: 'CartPole-v1',
    numEnvs: 1,
    steps: 50_000,
    protocol: 'greedy',
    published: { mean: 500, deviation: 0, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-dqn-acrobot',
    agent: 'dqn',
    options: dqn(6.3e-4, 0.12 * 100_000, 0.1, {
      batchSize: 128,
      capacity: 50_000,
      learningStarts: 0,
      discount: 0.99,
      targetUpdateEvery: 250,
      updateEvery: 4,
      updatesAtOnce: 4,
    }),
    env: 'Acrobot-v1',
    numEnvs: 1,
    steps: 100_000,
    protocol: 'greedy',
    published: { mean: -76.64, deviation: 11.75, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-dqn-mountain-car',
    agent: 'dqn',
    options: dqn(4e-3, 0.2 * 120_000, 0.07, {
      batchSize: 128,
      capacity: 10_000,
      learningStarts: 1000,
      discount: 0.98,
      targetUpdateEvery: 600,
      updateEvery: 16,
      updatesAtOnce: 8,
    }),
    env: 'MountainCar-v0',
    numEnvs: 1,
    steps: 120_000,
    protocol: 'greedy',
    published: { mean: -100.85, deviation: 9.93, runs: 1, source: SOURCE },
  },
];

/** Stable-Baselines3's PPO does not bound the value's change. */
function ppo(learningRate: unknown, rest: object) {
  return {
    valueClip: null,
    entropyWeight: 0,
    optimizer: adam({
      learningRate: learningRate as number,
      epsilon: 1e-5,
      clip: { globalNorm: 0.5 },
    }),
    ...rest,
  };
}

const POLICY_BASED: readonly PublishedExperiment[] = [
  {
    name: 'rl-zoo-ppo-cart-pole',
    agent: 'ppo',
    options: ppo(
      { kind: 'linear', from: 1e-3, to: 0, steps: Math.ceil(100_000 / 256) * 20 },
      {
        numSteps: 32,
        minibatches: 1,
        lambda: 0.8,
        discount: 0.98,
        epochs: 20,
        clip: { kind: 'linear', from: 0.2, to: 0.0001, steps: 100_000 },
      },
    ),
    env: 'CartPole-v1',
    numEnvs: 8,
    steps: 100_000,
    protocol: 'greedy',
    published: { mean: 500, deviation: 0, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-ppo-acrobot',
    agent: 'ppo',
    options: ppo(3e-4, { numSteps: 256, minibatches: 64, lambda: 0.94, discount: 0.99, epochs: 4 }),
    env: 'Acrobot-v1',
    numEnvs: 16,
    steps: 1_000_000,
    normalize: true,
    protocol: 'greedy',
    published: { mean: -73.51, deviation: 18.2, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-ppo-mountain-car',
    agent: 'ppo',
    options: ppo(3e-4, { numSteps: 16, minibatches: 4, lambda: 0.98, discount: 0.99, epochs: 4 }),
    env: 'MountainCar-v0',
    numEnvs: 16,
    steps: 1_000_000,
    normalize: true,
    protocol: 'greedy',
    published: { mean: -110.42, deviation: 19.47, runs: 1, source: SOURCE },
  },
];

const PENDULUM = { env: 'Pendulum-v1', numEnvs: 1, steps: 20_000, protocol: 'greedy' } as const;
const CAR = { env: 'MountainCarContinuous-v0', numEnvs: 1, protocol: 'greedy' } as const;

// The table's runs of DDPG and TD3 are those of the zoo's release 1.0 (March 2021), when Stable-Baselines3
// took batches of 100 and learned when an episode ended. (256, and at every step, since its 2.3.)
const DETERMINISTIC = { batchSize: 100, updateEvery: 'episode' } as const;
const SWINGING_UP = {
  ...DETERMINISTIC,
  capacity: 200_000,
  learningStarts: 10_000,
  discount: 0.98,
  noise: { kind: 'normal', deviation: 0.1 },
} as const;
const DRIVING = {
  ...DETERMINISTIC,
  noise: { kind: 'ornstein-uhlenbeck', deviation: 0.5 },
} as const;

const REAL_ACTIONS: readonly PublishedExperiment[] = [
  {
    name: 'rl-zoo-sac-pendulum',
    agent: 'sac',
    options: { optimizer: adam({ learningRate: 1e-3 }) },
    ...PENDULUM,
    published: { mean: -157, deviation: 88.71, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-td3-pendulum',
    agent: 'td3',
    options: SWINGING_UP,
    ...PENDULUM,
    published: { mean: -151.86, deviation: 90.23, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-ddpg-pendulum',
    agent: 'ddpg',
    options: SWINGING_UP,
    ...PENDULUM,
    published: { mean: -152.1, deviation: 94.28, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-sac-mountain-car',
    agent: 'sac',
    options: {
      layers: mlp({ hidden: [64, 64], initializer: 'fan-in-uniform' }),
      optimizer: adam({ learningRate: 3e-4 }),
      capacity: 50_000,
      batchSize: 512,
      temperature: 0.1,
      updateEvery: 32,
      updatesAtOnce: 32,
      discount: 0.9999,
      targetStepSize: 0.01,
      learningStarts: 0,
      exploration: { kind: 'state-dependent', logDeviation: -3.67 },
    },
    ...CAR,
    steps: 50_000,
    published: { mean: 94.68, deviation: 1.13, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-td3-mountain-car',
    agent: 'td3',
    options: DRIVING,
    ...CAR,
    steps: 300_000,
    published: { mean: 93.48, deviation: 0.08, runs: 1, source: SOURCE },
  },
  {
    name: 'rl-zoo-ddpg-mountain-car',
    agent: 'ddpg',
    options: DRIVING,
    ...CAR,
    steps: 300_000,
    published: { mean: 93.51, deviation: 0.05, runs: 1, source: SOURCE },
  },
];

/** The zoo's results in classic control. */
export const RL_ZOO: readonly PublishedExperiment[] = [
  ...VALUE_BASED,
  ...POLICY_BASED,
  ...REAL_ACTIONS,
];
