import { describe, expect, test } from 'vitest';
import { ValueIteration } from '../../agents/planning/value-iteration.ts';
import { QLearning, type QLearningOptions } from '../../agents/tabular/q-learning.ts';
import { discrete } from '../../core/space.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { cliffWalking } from '../../envs/tabular/cliff-walking.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { evaluate } from '../../training/evaluate.ts';
import { Trainer } from '../../training/trainer.ts';
import { transition } from '../helpers/transitions.ts';
import { corridor } from '../helpers/worlds.ts';

const TASK = { observationSpace: discrete(2), actionSpace: discrete(2) };

describe('the update', () => {
  test('moves Q(S, A) by α times the TD error', () => {
    const agent = new QLearning(TASK, { stepSize: 0.5, discount: 0.9 });
    agent.actionValues.table.set([0, 4, /* state 1: */ 10, 20]);
    agent.learn(transition({ state: 0, action: 1, reward: 2, nextState: 1 }));
    // error = 2 + 0.9 · 20 − 4 = 16
    expect([...agent.actionValues.table]).toEqual([0, 4 + 0.5 * 16, 10, 20]);
  });

  test('looks at the best next action, not at the one that will be taken', () => {
    const agent = new QLearning(TASK, { stepSize: 1, discount: 1, epsilon: 1 });
    agent.actionValues.table.set([0, 0, /* state 1: */ -7, 3]);
    for (let i = 0; i < 20; i++) {
      agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
      expect(agent.actionValues.table[0]).toBe(3);
    }
  });

  test('expects nothing after a terminal state, but does after a truncated one', () => {
    const agent = new QLearning(TASK, { stepSize: 1, discount: 1 });
    agent.actionValues.table.set([0, 0, 10, 20]);
    agent.learn(transition({ state: 0, action: 0, reward: 1, nextState: 1, terminated: true }));
    agent.learn(transition({ state: 0, action: 1, reward: 1, nextState: 1, truncated: true }));
    expect([...agent.actionValues.table.subarray(0, 2)]).toEqual([1, 21]);
  });

  test('expects only what a legal action can bring', () => {
    const agent = new QLearning(TASK, { stepSize: 1, discount: 1 });
    agent.actionValues.table.set([0, 0, 10, 20]);
    const row = { state: 0, action: 0, reward: 1, nextState: 1, nextMask: [1, 0] };
    agent.learn(transition(row));
    expect(agent.actionValues.table[0]).toBe(11);
  });

  test('follows the schedules of α and ε over the steps', () => {
    const stepSize = { kind: 'linear', from: 1, to: 0, steps: 2 } as const;
    const agent = new QLearning(TASK, { stepSize, discount: 0, epsilon: stepSize });
    const update = () => {
      agent.learn(transition({ state: 0, action: 0, reward: 8 }));
      return agent.actionValues.table[0];
    };
    expect(agent.metrics()).toEqual({ epsilon: 1, stepSize: 1 });
    expect(update()).toBe(8); // α = 1
    agent.actionValues.table[0] = 0;
    expect(agent.metrics()).toEqual({ epsilon: 0.5, stepSize: 0.5 });
    expect(update()).toBe(4); // α = 0.5
    agent.actionValues.table[0] = 0;
    expect(update()).toBe(0); // α = 0
  });

  test('refuses a reward that is no finite number, and says at which step', () => {
    const agent = new QLearning(TASK);
    agent.learn(transition({ action: 0, reward: 1 }));
    expect(() => agent.learn(transition({ action: 0, reward: Number.NaN }))).toThrow(
      'QLearning.learn: the reward of step 1 must be a finite number, got NaN.',
    );
  });
});

describe('options', () => {
  test.each<[QLearningOptions, string]>([
    [{ stepSize: 2 }, 'QLearning: stepSize must be between 0 and 1, got 2.'],
    [{ discount: -1 }, 'QLearning: discount must be between 0 and 1, got -1.'],
    [{ epsilon: 1.5 }, 'QLearning: epsilon must be between 0 and 1, got 1.5.'],
    [{ initialValue: Infinity }, 'QLearning: initialValue must be a finite number'],
    [{ seed: -2 }, 'seed must be an integer of at least 0, got -2.'],
    [{ stepsize: 1 } as never, 'unknown option "stepsize". Did you mean "stepSize"?'],
  ])('%j are refused', (options, message) => {
    expect(() => new QLearning(TASK, options)).toThrow(message);
  });

  test('real-valued observations are refused, with a way out', () => {
    expect(() => new QLearning(cartPole())).toThrow(
      'QLearning: observations must be Discrete, got Box(4). Wrap the world in discretizeObservation.',
    );
  });
});

describe('inspection', () => {
  test('shows Q, π, V and the whole table', () => {
    const agent = new QLearning(TASK, { epsilon: 0.2 });
    agent.actionValues.table.set([0, 0, /* state 1: */ 3, 5]);
    const seen = agent.inspect(Float32Array.of(1));
    expect([...(seen.actionValues ?? [])]).toEqual([3, 5]);
    expect([...(seen.policy ?? [])].map((x) => Number(x.toFixed(12)))).toEqual([0.1, 0.9]);
    expect(seen.value).toBe(5);
    expect([...(seen.actionValueTable ?? [])]).toEqual([0, 0, 3, 5]);
  });
});

function train(world: ReturnType<typeof frozenLake>, steps: number, options: QLearningOptions) {
  const agent = new QLearning(world, options);
  const envs = new VectorEnv(world, { seed: options.seed ?? 0 });
  const trainer = new Trainer(agent, envs, { steps });
  trainer.advance(steps);
  return agent;
}

describe('learning', () => {
  test.each([0, 1, 2, 3, 4])('finds the 13 steps along the cliff, seed %i', (seed) => {
    const cliff = cliffWalking();
    const agent = train(cliff, 20_000, { stepSize: 0.5, discount: 1, epsilon: 0.1, seed });
    expect(evaluate(agent.greedy(), cliff, { episodes: 1 }).meanReturn).toBe(-13);
  });

  // 0.74 is what the optimal policy reaches within 100 steps; see the test of value iteration.
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'crosses the slippery ice at least 72 times in 100, seed %i',
    (seed) => {
      const lake = frozenLake();
      const steps = 1_000_000;
      const agent = train(lake, steps, {
        stepSize: { kind: 'exponential', from: 0.2, to: 0.0005, steps },
        epsilon: { kind: 'linear', from: 1, to: 0.1, steps },
        seed,
      });
      const { meanReturn } = evaluate(agent.greedy(), lake, {
        episodes: 10_000,
        seed: 1000 + seed,
      });
      expect(meanReturn).toBeGreaterThanOrEqual(0.72);
    },
  );

  test('comes close to the optimal action values', () => {
    const lake = frozenLake();
    const steps = 1_000_000;
    const optimal = new ValueIteration(lake, { discount: 0.95 }).actionValues.table;
    const agent = train(lake, steps, {
      stepSize: { kind: 'exponential', from: 0.5, to: 0.0005, steps },
      epsilon: 1,
      discount: 0.95,
      seed: 3,
    });
    const errors = agent.actionValues.table.map((q, i) => Math.abs(q - optimal[i]));
    // The goal's and the holes' rows are never left, so they stay at 0, their true value.
    expect(Math.max(...errors)).toBeLessThan(0.05);
  });

  test('takes no illegal action, and learns around the mask', () => {
    const world = corridor();
    const agent = train(world as never, 3000, { seed: 1, epsilon: 0.5, discount: 0.9 });
    const best = [0, 1, 2, 3].map((state) => agent.actionValues.greedyAction(state));
    expect(best).toEqual([1, 1, 1, 1]);
    expect(agent.actionValues.table[0]).toBe(0); // left at the wall was never taken
  });
});

describe('saving', () => {
  test('another instance goes on with the same bits', () => {
    const lake = frozenLake();
    const agent = train(lake, 5000, { seed: 6 });
    const twin = new QLearning(lake, { seed: 6 });
    twin.restore(agent.save());
    const envs = new VectorEnv(lake, { numEnvs: 4, seed: 8 });
    const actions = envs.createActions();
    const twinActions = envs.createActions();
    for (let t = 0; t < 500; t++) {
      agent.act(envs.observations, actions);
      twin.act(envs.observations, twinActions);
      expect(twinActions).toEqual(actions);
      const transitions = envs.step(actions);
      agent.learn(transitions);
      twin.learn(transitions);
    }
    expect(twin.save()).toEqual(agent.save());
  });

  test('data of another agent or shape is refused, and nothing changes', () => {
    const agent = new QLearning(TASK);
    agent.actionValues.table.fill(3);
    const before = agent.save();
    const larger = new QLearning({ ...TASK, observationSpace: discrete(5) }).save();
    expect(() => agent.restore(larger)).toThrow('values must be a Float64Array of length 4');
    expect(() => agent.restore({ ...before, kind: 'sarsa' })).toThrow('kind "q-learning"');
    expect(() => agent.restore({ ...before, steps: -1 })).toThrow('steps must be an integer');
    expect(() => agent.restore({ ...before, rng: {} })).toThrow('expected saved data of kind');
    expect(agent.save()).toEqual(before);
  });
});
