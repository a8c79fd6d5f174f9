import { describe, expect, test } from 'vitest';
import {
  EpsilonGreedy,
  type EpsilonGreedyOptions,
} from '../../../agents/bandits/epsilon-greedy.ts';
import { discrete } from '../../../core/space.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { kArmedBandit } from '../../../envs/bandits/k-armed-bandit.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(1), actionSpace: discrete(3) };

describe('the estimates', () => {
  test('are the averages of the rewards of each arm', () => {
    const agent = new EpsilonGreedy(TASK);
    for (const [action, reward] of [
      [0, 2],
      [0, 4],
      [0, 9],
      [2, -1],
    ]) {
      agent.learn(transition({ action, reward }));
    }
    expect([...agent.actionValues.table]).toEqual([5, 0, -1]);
    expect([...agent.counts]).toEqual([3, 0, 1]);
  });

  test('with a constant step size weigh late rewards more', () => {
    const agent = new EpsilonGreedy(TASK, { stepSize: 0.5, initialValue: 4 });
    agent.learn(transition({ action: 1, reward: 0 })); // 4 + 0.5 · (0 − 4) = 2
    agent.learn(transition({ action: 1, reward: 6 })); // 2 + 0.5 · (6 − 2) = 4
    expect([...agent.actionValues.table]).toEqual([4, 4, 4]);
    agent.learn(transition({ action: 1, reward: 10 })); // 4 + 0.5 · (10 − 4) = 7
    expect(agent.actionValues.table[1]).toBe(7);
  });

  test('are forgotten when an episode ends, or kept where one asks for that', () => {
    const forgetful = new EpsilonGreedy(TASK, { initialValue: 1 });
    const retentive = new EpsilonGreedy(TASK, { initialValue: 1, forgetAtEnd: false });
    for (const agent of [forgetful, retentive]) {
      agent.learn(transition({ action: 0, reward: 5, truncated: true }));
    }
    expect([...forgetful.actionValues.table]).toEqual([1, 1, 1]);
    expect([...forgetful.counts]).toEqual([0, 0, 0]);
    expect([...retentive.actionValues.table]).toEqual([5, 1, 1]);
  });

  test('of problems side by side do not mix', () => {
    const agent = new EpsilonGreedy({ ...TASK, numEnvs: 2 });
    agent.learn({
      observations: new Float32Array(2),
      actions: Int32Array.of(0, 0),
      rewards: Float64Array.of(1, 7),
      nextObservations: new Float32Array(2),
      terminated: new Uint8Array(2),
      truncated: Uint8Array.of(1, 0),
    });
    expect([...agent.actionValues.table]).toEqual([0, 0, 0, 7, 0, 0]);
  });
});

test('inspection shows the first problem: Q, π, V and N', () => {
  const agent = new EpsilonGreedy({ ...TASK, numEnvs: 2 }, { epsilon: 0.3 });
  agent.actionValues.table.set([1, 2, 0, 9, 9, 9]);
  agent.counts.set([4, 5, 6, 7, 7, 7]);
  const { actionValues, policy, value, visitCounts } = agent.inspect(new Float32Array(1));
  expect([...(actionValues ?? [])]).toEqual([1, 2, 0]);
  expect([...(policy ?? [])].map((x) => Number(x.toFixed(12)))).toEqual([0.1, 0.8, 0.1]);
  expect(value).toBe(2);
  expect([...(visitCounts ?? [])]).toEqual([4, 5, 6]);
});

test('its greedy policy never explores', () => {
  const agent = new EpsilonGreedy(TASK, { epsilon: 1 });
  agent.actionValues.table.set([0, 1, 0]);
  const actions = new Int32Array(1);
  for (let i = 0; i < 50; i++) {
    agent.greedy().act(new Float32Array(1), actions);
    expect(actions[0]).toBe(1);
  }
});

test('saving brings another instance to the same bits, and refuses another shape', () => {
  const world = kArmedBandit({ pulls: 50 });
  const envs = new VectorEnv(world, { seed: 2 });
  const agent = new EpsilonGreedy(world, { seed: 5 });
  const actions = envs.createActions();
  for (let t = 0; t < 120; t++) {
    agent.act(envs.observations, actions);
    agent.learn(envs.step(actions));
  }
  const twin = new EpsilonGreedy(world, { seed: 99 });
  twin.restore(agent.save());
  for (let t = 0; t < 100; t++) {
    const other = envs.createActions();
    agent.act(envs.observations, actions);
    twin.act(envs.observations, other);
    expect(other).toEqual(actions);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    twin.learn(transitions);
  }
  expect(twin.save()).toEqual(agent.save());
  expect(() => new EpsilonGreedy(TASK).restore(agent.save())).toThrow('of length 3, got length 10');
});

test.each<[EpsilonGreedyOptions, string]>([
  [{ epsilon: -0.1 }, 'EpsilonGreedy: epsilon must be between 0 and 1, got -0.1.'],
  [{ stepSize: 0 }, 'EpsilonGreedy: stepSize must be between 5e-324 and 1, got 0.'],
  [
    { stepSize: 'average' as never },
    'stepSize must be a number or "sample-average", got "average".',
  ],
  [{ eps: 0.1 } as never, 'unknown option "eps".'],
])('refuses %j', (options, message) => {
  expect(() => new EpsilonGreedy(TASK, options)).toThrow(message);
});
