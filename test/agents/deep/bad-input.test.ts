import { describe, expect, test } from 'vitest';
import { Dqn } from '../../../agents/deep/action-values/dqn.ts';
import { Ddpg } from '../../../agents/deep/off-policy/ddpg.ts';
import { DiscreteSac } from '../../../agents/deep/off-policy/discrete-sac.ts';
import { Sac } from '../../../agents/deep/off-policy/sac.ts';
import { Td3 } from '../../../agents/deep/off-policy/td3.ts';
import { A2c } from '../../../agents/deep/policy-gradient/a2c.ts';
import { Ppo } from '../../../agents/deep/policy-gradient/ppo.ts';
import { Reinforce } from '../../../agents/deep/policy-gradient/reinforce.ts';
import type { Task } from '../../../agents/task.ts';
import type { Agent } from '../../../core/agent.ts';
import { box, discrete } from '../../../core/space.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { pendulum } from '../../../envs/control/pendulum.ts';
import { maskedChoice } from '../../../envs/diagnostics/masked-choice.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { Trainer } from '../../../training/trainer.ts';

type AgentClass = new (task: Task, options?: object) => Agent;

describe.each([
  ['Ppo', Ppo],
  ['A2c', A2c],
  ['Reinforce', Reinforce],
  ['DiscreteSac', DiscreteSac],
] as [string, AgentClass][])('%s and actions that are illegal', (name, Make) => {
  test('learns from legal ones alone, made for copies of the world', () => {
    const envs = new VectorEnv(maskedChoice(), { numEnvs: 2, seed: 3 });
    const trainer = new Trainer(new Make(envs), envs, { steps: 600 });
    trainer.advance(600); // the world refuses what is illegal
    expect(trainer.steps).toBe(600);
  });

  test('refuses masks where it was made for a world without', () => {
    const { observationSpace, actionSpace } = maskedChoice();
    const agent = new Make({ observationSpace, actionSpace });
    const envs = new VectorEnv(maskedChoice());
    expect(() => agent.act(envs.observations, envs.createActions(), envs.actionMasks)).toThrow(
      `${name}.act: actionMasks must be absent, for the agent was made for a world without masks. Make it with masked: true.`,
    );
  });
});

test('a policy says of a state where nothing is legal that nothing has a chance', () => {
  const none = new Uint8Array(maskedChoice().actionSpace.n);
  const { observations } = new VectorEnv(maskedChoice());
  for (const agent of [new Ppo(maskedChoice()), new DiscreteSac(maskedChoice())]) {
    const { policy } = agent.inspect(observations, none);
    expect(policy).toEqual(new Float64Array(none.length));
  }
});

test.each([
  ['Ddpg', Ddpg],
  ['Td3', Td3],
] as [string, AgentClass][])(
  '%s refuses other copies than those whose noise it follows',
  (name, Make) => {
    const noise = { kind: 'ornstein-uhlenbeck', deviation: 0.2 };
    const agent = new Make(pendulum(), { noise, learningStarts: 0 });
    const envs = new VectorEnv(pendulum(), { numEnvs: 4 });
    expect(() => agent.act(envs.observations, envs.createActions())).toThrow(
      `${name}.act: the batch must have one row for each copy of the world, 1, got 4.`,
    );
    const independent = new Make(pendulum(), { learningStarts: 0 });
    independent.act(envs.observations, envs.createActions());
  },
);

test('one row that is normalized alone is learned from', () => {
  const world = cartPole();
  for (const Make of [Ppo, A2c]) {
    const options = { numSteps: 1, entropyWeight: 0, valueWeight: 0, normalizeAdvantages: true };
    const minibatches = Make === Ppo ? { minibatches: 1 } : {};
    const agent = new Make(world, { ...options, ...minibatches });
    const before = agent.actorCritic.network.network.parameters.slice();
    new Trainer(agent, new VectorEnv(world), { steps: 3 }).advance(3);
    expect(agent.actorCritic.network.network.parameters).not.toEqual(before);
  }
});

test('an observation of any length can be looked into', () => {
  const observationSpace = box(0, 1, { shape: [200_000] });
  const layers = [{ kind: 'dense', units: 1, activation: 'relu' }];
  const agent = new Sac({ observationSpace, actionSpace: pendulum().actionSpace }, {
    layers,
    batchSize: 1,
    capacity: 10,
  } as never);
  expect(agent.inspect(new Float32Array(200_000)).value).toBeTypeOf('number');
});

const BYTES = { observationSpace: box(0, 1, { shape: [2] }), actionSpace: discrete(2) };
const WHOLE = { ...BYTES, actionSpace: box(0, 3, { shape: [2], dtype: 'int32' }) };

test.each([
  [Ppo, WHOLE, {}, 'Ppo: actions must be Discrete or a Box of float32, got Box('],
  [Ddpg, BYTES, {}, 'Ddpg: actions must be a Box of float32, got Discrete(2).'],
  [Ppo, BYTES, 5, 'Ppo: options must be an object, got 5.'],
  [Ppo, BYTES, { klPenalty: 0.5 }, 'Ppo: klPenalty: options must be an object, got 0.5.'],
  [Reinforce, BYTES, { episodesPerUpdate: null }, 'must be an integer of at least 1, got null.'],
  [
    Sac,
    pendulum(),
    { temperature: 'automatic' },
    'Sac: temperature must be a finite number above 0, or "auto" to learn it, got "automatic".',
  ],
  [DiscreteSac, BYTES, { temperature: 0 }, 'or "auto" to learn it, got 0.'],
  [DiscreteSac, BYTES, { temperature: true }, 'or "auto" to learn it, got true.'],
  [
    Ddpg,
    pendulum(),
    { criticOptimizer: { kind: 'adm' } },
    'Ddpg: criticOptimizer: there is no optimizer of kind "adm". Did you mean "adam"?',
  ],
  [
    Ddpg,
    pendulum(),
    { criticOptimizer: { kind: 'adam', learningRate: -1 } },
    'Ddpg: criticOptimizer: adam: learningRate must be',
  ],
  [Ddpg, pendulum(), { noise: { kind: 'normal' } }, 'Ddpg: noise.deviation must be'],
  [
    Ddpg,
    { ...pendulum(), actionSpace: box(-Infinity, Infinity, { shape: [1] }) },
    {},
    'Ddpg: actions must have finite bounds, got -Infinity to Infinity of element 0.',
  ],
] as [AgentClass, Task, object, string][])(
  'what is wrong is said: %#',
  (Make, task, options, said) => {
    expect(() => new Make(task, options)).toThrow(said);
  },
);

describe('a learning rate of 1e30', () => {
  const optimizer = adam({ learningRate: 1e30 });

  test.each([
    ['Sac', Sac, 'critic'],
    ['Td3', Td3, 'critic'],
    ['Ddpg', Ddpg, 'actor'],
  ] as [string, AgentClass, string][])(
    'ends %s with the name of the network',
    (name, Make, part) => {
      const rates = { optimizer, criticOptimizer: optimizer, actorOptimizer: optimizer };
      const known = Object.entries(rates).filter(([key]) => key in new Make(pendulum()).options);
      const options = { ...Object.fromEntries(known), learningStarts: 10, batchSize: 16 };
      const trainer = new Trainer(new Make(pendulum(), options), new VectorEnv(pendulum()), {
        steps: 100,
      });
      expect(() => trainer.advance(100)).toThrow(`${name}.learn, ${part}: the loss of update `);
    },
  );

  test('is among what the message of finite parameters advises to look at', () => {
    const agent = new Dqn(cartPole(), { optimizer, learningStarts: 50, batchSize: 16 });
    const trainer = new Trainer(agent, new VectorEnv(cartPole()), { steps: 200 });
    expect(() => trainer.advance(200)).toThrow(
      'All parameters are finite, the largest of magnitude 1.0e+30: lower the learning rate or clip gradients, and look at the observations and rewards.',
    );
  });
});
