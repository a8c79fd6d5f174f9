import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import type { Agent } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { tabularDeepSea } from '../../../envs/diagnostics/deep-sea.ts';
import { endless } from '../../../envs/diagnostics/endless.ts';
import { identityBox } from '../../../envs/diagnostics/identity-box.ts';
import { identityDiscrete } from '../../../envs/diagnostics/identity-discrete.ts';
import { maskedChoice } from '../../../envs/diagnostics/masked-choice.ts';
import { activation } from '../../../networks/layers/activation.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { layerNorm } from '../../../networks/layers/layer-norm.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { evaluate } from '../../../training/evaluate.ts';
import { learn } from '../../helpers/learn.ts';
import { spot } from '../../helpers/spot.ts';

type Options = Readonly<Record<string, unknown>>;

/** How each agent learns small worlds fast. */
interface Learner {
  readonly name: string;
  readonly options: Options;
  readonly numEnvs: number;
  /** How much more than the fastest it may take, at least 1. */
  readonly patience: number;
}

const optimizer = adam({ learningRate: 0.005 });
const OFF_POLICY: Options = {
  layers: mlp({ hidden: [32] }),
  optimizer,
  batchSize: 32,
  capacity: 2000,
  learningStarts: 100,
  updateEvery: 2,
  targetUpdateEvery: 50,
  epsilon: { kind: 'linear', from: 1, to: 0.2, steps: 2500 },
};
const ON_POLICY: Options = {
  policyLayers: mlp({ hidden: [32], activation: 'tanh' }),
  valueLayers: mlp({ hidden: [32], activation: 'tanh' }),
  optimizer,
  numSteps: 16,
  entropyWeight: 0.1, // keeps trying what is dear at first
};

const PENALIZED: Options = { clip: null, klPenalty: { target: 0.02 } };
const REMEMBERING_OFF_POLICY: Options = {
  ...OFF_POLICY,
  layers: [lstm(16)],
  length: 6,
  burnIn: 3,
  batchSize: 8,
};

const REMEMBERING_ON_POLICY: Options = {
  ...without(ON_POLICY, 'policyLayers', 'valueLayers'),
  layers: [lstm(32)],
};

const EPISODIC: Options = {
  ...without(ON_POLICY, 'numSteps'),
  episodesPerUpdate: 8,
  entropyWeight: 0.1,
};

const BY_ROLLOUTS: Options = {
  layers: [dense(32), layerNorm(), activation('relu')],
  optimizer,
  numSteps: 16,
  epsilon: OFF_POLICY.epsilon,
};

/** Every part of DQN at once; noise alone tries too little where two choices are almost as good. */
const RAINBOW: Options = {
  ...OFF_POLICY,
  double: true,
  dueling: true,
  prioritized: true,
  numSteps: 3,
  noisy: true,
  returns: { kind: 'categorical', atoms: 21, low: -10, high: 10 },
};

const IMPLICIT: Options = {
  ...OFF_POLICY,
  samples: 8,
  targetSamples: 8,
  policySamples: 8,
  embedding: 16,
};

const DISCRETE: readonly Learner[] = [
  { name: 'dqn', options: OFF_POLICY, numEnvs: 1, patience: 1 },
  { name: 'dqn', options: { ...OFF_POLICY, double: true }, numEnvs: 1, patience: 1 },
  {
    name: 'dqn',
    options: { ...OFF_POLICY, returns: { kind: 'quantile', quantiles: 8, threshold: 1 } },
    numEnvs: 1,
    patience: 1,
  },
  { name: 'dqn', options: RAINBOW, numEnvs: 1, patience: 1 },
  { name: 'iqn', options: IMPLICIT, numEnvs: 1, patience: 1 },
  {
    name: 'iqn',
    options: {
      ...IMPLICIT,
      double: true,
      dueling: true,
      prioritized: true,
      numSteps: 3,
      noisy: true,
    },
    numEnvs: 1,
    patience: 1,
  },
  { name: 'recurrent-dqn', options: REMEMBERING_OFF_POLICY, numEnvs: 1, patience: 1 },
  {
    name: 'recurrent-dqn',
    options: {
      ...REMEMBERING_OFF_POLICY,
      returns: { kind: 'quantile', quantiles: 8, threshold: 1 },
    },
    numEnvs: 1,
    patience: 1,
  },
  {
    name: 'discrete-sac',
    options: { ...without(OFF_POLICY, 'epsilon'), targetUpdateEvery: 1, targetStepSize: 0.02 },
    numEnvs: 1,
    patience: 1,
  },
  { name: 'pqn', options: BY_ROLLOUTS, numEnvs: 8, patience: 3 },
  { name: 'reinforce', options: EPISODIC, numEnvs: 8, patience: 6 },
  { name: 'a2c', options: { ...ON_POLICY, numSteps: 5 }, numEnvs: 8, patience: 4 },
  { name: 'ppo', options: ON_POLICY, numEnvs: 8, patience: 3 },
  { name: 'ppo', options: { ...ON_POLICY, ...PENALIZED }, numEnvs: 8, patience: 4 },
  { name: 'recurrent-ppo', options: REMEMBERING_ON_POLICY, numEnvs: 8, patience: 3 },
];
const SMALL_STEPS: Options = {
  ...ON_POLICY,
  optimizer: adam({ learningRate: 0.002 }),
  numSteps: 64,
  entropyWeight: 0,
};
const SOFT: Options = {
  ...without(OFF_POLICY, 'epsilon', 'targetUpdateEvery'),
  targetStepSize: 0.02,
};
const REAL: readonly Learner[] = [
  { name: 'ddpg', options: SOFT, numEnvs: 1, patience: 2 },
  { name: 'td3', options: SOFT, numEnvs: 1, patience: 2 },
  { name: 'sac', options: SOFT, numEnvs: 1, patience: 1 },
  {
    name: 'sac',
    options: {
      ...SOFT,
      exploration: { kind: 'state-dependent', logDeviation: -1, sampleEvery: 8 },
    },
    numEnvs: 1,
    patience: 1,
  },
  { name: 'ppo', options: SMALL_STEPS, numEnvs: 8, patience: 12 },
  { name: 'ppo', options: { ...SMALL_STEPS, ...PENALIZED }, numEnvs: 8, patience: 12 },
  {
    name: 'recurrent-ppo',
    options: { ...without(SMALL_STEPS, 'policyLayers', 'valueLayers'), layers: [lstm(32)] },
    numEnvs: 8,
    patience: 12,
  },
];

const AFTER_FEATURES: Options = {
  layers: mlp({ hidden: [64, 64] }),
  optimizer: adam({ learningRate: 0.003 }),
  learningStarts: 500,
};

function without(options: Options, ...keys: string[]): Options {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !keys.includes(key)));
}

/** The agent after so many steps in the world. */
function learned(
  { name, options, numEnvs, patience }: Learner,
  world: Dynamics,
  steps: number,
  more: Options = {},
): Agent {
  const agent = makeAgent(name, { ...world, numEnvs }, { ...options, ...more });
  learn(agent, world, { steps: Math.ceil((steps * patience) / numEnvs), numEnvs, seed: 1 });
  return agent;
}

function meanReturn(agent: Agent, world: Dynamics): number {
  return evaluate(agent.greedy(), world, { episodes: 20 }).meanReturn;
}

function describeLearner({ name, options }: Learner): string {
  const parts = ['double', 'dueling', 'prioritized', 'noisy', 'klPenalty'].filter(
    (part) => options[part],
  );
  const forms = [options.returns, options.exploration] as ({ readonly kind: string } | undefined)[];
  return [name, ...parts, ...forms.flatMap((form) => (form ? [form.kind] : []))].join(', ');
}

describe.each(DISCRETE.map((learner) => [describeLearner(learner), learner] as const))(
  '%s',
  (_, learner) => {
    test('does what it is shown', () => {
      const world = identityDiscrete();
      expect(meanReturn(learned(learner, world, 2000, { discount: 0 }), world)).toBe(100);
    });

    test('plans around what will be illegal', () => {
      const world = maskedChoice();
      // Its episodes have two steps, so that an update needs many of them.
      const more = learner.name === 'reinforce' ? { episodesPerUpdate: 32 } : {};
      expect(meanReturn(learned(learner, world, 3000, more), world)).toBe(-5);
    });

    test('bootstraps where an episode is cut', () => {
      const agent = learned(learner, endless(), 4000, { discount: 0.8 });
      const value = agent.inspect(Float32Array.of(2)).value ?? Number.NaN;
      // 1 / (1 − γ) = 5; who takes a cut for an end comes to about 4.2.
      expect(Math.abs(value - 5)).toBeLessThan(0.4);
    });

    test('finds a reward that only one way leads to', () => {
      const world = tabularDeepSea({ size: 4 });
      const best = meanReturn(learned(learner, world, 5000), world);
      expect(best).toBeGreaterThan(0.98);
    });
  },
);

describe.each(REAL.map((learner) => [describeLearner(learner), learner] as const))(
  '%s',
  (_, learner) => {
    test('does what it is shown, in real numbers', () => {
      const world = identityBox();
      // −(error²) summed over 100 steps of two numbers in ±1: doing nothing earns −67.
      const agent = learned(learner, world, 3000, { discount: 0 });
      expect(meanReturn(agent, world)).toBeGreaterThan(-3);
    });
  },
);

describe('an image and a number, with layers for images that nobody named,', () => {
  const first = (learners: readonly Learner[]) =>
    learners.filter(({ name }, i) => learners.findIndex((other) => other.name === name) === i);

  test.each(first(DISCRETE))('show $name what to do', (learner) => {
    const world = spot('discrete');
    const options = without(learner.options, 'layers', 'policyLayers', 'valueLayers');
    const steps = learner.name === 'reinforce' ? 9000 : 2500;
    const agent = learned({ ...learner, options }, world, steps, { discount: 0 });
    // Of 50; who sees the image alone earns 25, who sees the number alone 8.
    expect(meanReturn(agent, world)).toBeGreaterThan(40);
  });

  test.each(first(REAL))('show $name what to do, in real numbers', (learner) => {
    const world = spot('real');
    const isOnPolicy = ['ppo', 'recurrent-ppo'].includes(learner.name);
    const options = isOnPolicy
      ? without(learner.options, 'layers', 'policyLayers', 'valueLayers')
      : { ...learner.options, ...AFTER_FEATURES };
    const agent = learned({ ...learner, options }, world, 2500, { discount: 0 });
    // Who sees the image alone, or the number alone, earns −23.
    expect(meanReturn(agent, world)).toBeGreaterThan(-2);
  });
});

test('every deep agent is here', () => {
  const names = agentEntries().filter(({ family }) => family === 'deep');
  const tested = [...DISCRETE, ...REAL].map(({ name }) => name);
  expect(names.map(({ name }) => name).filter((name) => !tested.includes(name))).toEqual([]);
});
