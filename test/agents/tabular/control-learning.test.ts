import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import { DifferentialSarsa } from '../../../agents/tabular/differential-sarsa.ts';
import { DoubleQLearning } from '../../../agents/tabular/double-q-learning.ts';
import { ExpectedSarsa } from '../../../agents/tabular/expected-sarsa.ts';
import { QLearning } from '../../../agents/tabular/q-learning.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { accessControl } from '../../../envs/tabular/access-control.ts';
import { cliffWalking } from '../../../envs/tabular/cliff-walking.ts';
import { maximizationBias } from '../../../envs/tabular/maximization-bias.ts';
import { dynaMaze } from '../../../envs/tabular/mazes.ts';
import { windyGridworld } from '../../../envs/tabular/windy-gridworld.ts';
import { evaluate } from '../../../training/evaluate.ts';
import { backup, modelOf } from '../../envs/solve.ts';
import { learn } from '../../helpers/learn.ts';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

/** Where 20 seeds take seconds: all of them in `npm run test:long`, which imports this file. */
const isLong = process.env.PALAESTRA_LONG === '1';
const some = (count: number) => (isLong ? SEEDS : SEEDS.slice(0, count));

/** Steps of the greedy policy from start to goal, for each seed. */
function greedyLengths(
  name: string,
  world: Dynamics,
  steps: number,
  options: object,
  seeds: readonly number[] = SEEDS,
): number[] {
  return seeds.map((seed) => {
    const agent = makeAgent(name, world, { ...options, seed });
    learn(agent, world, { steps, seed });
    const short = { ...world, timeLimit: 100 };
    return evaluate(agent.greedy(), short, { episodes: 1 }).meanLength;
  });
}

/** α and ε that fall, so that what is learned in the end is the best policy without exploration. */
function falling(steps: number): object {
  return {
    discount: 1,
    stepSize: { kind: 'exponential', from: 0.3, to: 0.01, steps },
    epsilon: { kind: 'linear', from: 0.3, to: 0, steps },
  };
}

type Cases = readonly [name: string, options: object][];

const ACROSS_THE_WIND: Cases = [
  ['sarsa', {}],
  ['expected-sarsa', {}],
  ['n-step-sarsa', { numSteps: 2 }],
  ['sarsa-lambda', { lambda: 0.5, traces: 'replacing' }],
  ['sarsa-lambda', { lambda: 0.5, traces: 'accumulating' }],
  ['sarsa-lambda', { lambda: 0.5, traces: 'dutch' }],
];

const ALONG_THE_CLIFF: Cases = [
  ['q-learning', {}],
  ['double-q-learning', { stepSize: 1 }],
  ['q-lambda', { traces: 'accumulating' }],
  ['q-lambda', { traces: 'replacing' }],
  ['tree-backup', {}],
  ['expected-sarsa', { targetEpsilon: 0 }],
];

const THROUGH_THE_MAZE: Cases = [
  ['dyna-q', {}],
  ['dyna-q-plus', { bonus: 1e-6 }],
  ['prioritized-sweeping', {}],
];

describe('finds the best way with every one of 20 seeds', () => {
  test.each(ACROSS_THE_WIND)(
    '%s %j across the wind, 15 steps, when ε falls to 0',
    (name, options) => {
      const given = { ...falling(60_000), ...options };
      const lengths = greedyLengths(name, windyGridworld(), 60_000, given, some(5));
      expect(lengths).toEqual(some(5).map(() => 15));
    },
  );

  test.each(ALONG_THE_CLIFF)(
    '%s %j along the cliff, 13 steps, while ε stays at a half',
    (name, options) => {
      const fixed = { discount: 1, stepSize: 0.5, epsilon: 0.5, ...options };
      expect(greedyLengths(name, cliffWalking(), 50_000, fixed)).toEqual(SEEDS.map(() => 13));
    },
  );

  test.each(THROUGH_THE_MAZE)('%s %j through the Dyna maze, 14 steps', (name, options) => {
    const fixed = { discount: 0.95, stepSize: 1, epsilon: 0.5, planningSteps: 5, ...options };
    expect(greedyLengths(name, dynaMaze(), 12_000, fixed)).toEqual(SEEDS.map(() => 14));
  });

  test('all that learn tables of action values step by step', () => {
    const lists = [ACROSS_THE_WIND, ALONG_THE_CLIFF, THROUGH_THE_MAZE];
    const listed = lists.flatMap((list) => list.map(([name]) => name));
    const names = agentEntries()
      .filter(({ family, name }) => family === 'tabular' && !name.startsWith('monte-carlo'))
      .filter(({ defaults }) => Object.hasOwn(defaults, 'epsilon'))
      .map(({ name }) => name);
    expect(new Set([...listed, 'differential-sarsa'])).toEqual(new Set(names)); // see below
  });
});

describe('along the cliff with ε = 0.1 (Sutton & Barto, Example 6.6)', () => {
  const model = modelOf(cliffWalking());

  /** q* among the policies that explore with ε. */
  function softOptimal(epsilon: number): Float64Array {
    const q = new Float64Array(model.numStates * 4);
    const values = new Float64Array(model.numStates);
    for (let sweep = 0; sweep < 2000; sweep++) {
      q.forEach((_, row) => {
        q[row] = backup(model, row, values, 1);
      });
      values.forEach((_, s) => {
        const row = q.subarray(4 * s, 4 * s + 4);
        const mean = row.reduce((sum, x) => sum + x / 4, 0);
        values[s] = (1 - epsilon) * Math.max(...row) + epsilon * mean;
      });
    }
    return q;
  }

  test('expected SARSA learns exactly what is best for one who strays: a row off the edge', () => {
    const exact = softOptimal(0.1);
    for (const seed of some(5)) {
      const agent = new ExpectedSarsa(cliffWalking(), { discount: 1, stepSize: 1, seed });
      learn(agent, cliffWalking(), { steps: 200_000, seed });
      const length = evaluate(agent.greedy(), { ...cliffWalking(), timeLimit: 100 }).meanLength;
      expect(length).toBe(15);
      const error = agent.actionValues.value(36) - Math.max(...exact.subarray(4 * 36, 4 * 37));
      expect(Math.abs(error)).toBeLessThan(0.005); // far cells are seldom seen
    }
  });

  test('SARSA goes the safe way, 17 steps along the upper edge', () => {
    const options = {
      discount: 1,
      stepSize: { kind: 'exponential', from: 0.5, to: 0.02, steps: 60_000 },
      epsilon: 0.1,
    };
    const lengths = greedyLengths('sarsa', cliffWalking(), 60_000, options);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(15);
    expect(lengths.filter((length) => length === 17).length).toBeGreaterThanOrEqual(18);
  });

  test('SARSA earns more than Q-learning while it learns', () => {
    const returns = (name: string) => {
      let sum = 0;
      for (const seed of SEEDS) {
        const options = { discount: 1, stepSize: 0.5, epsilon: 0.1, seed };
        const agent = makeAgent(name, cliffWalking(), options);
        const envs = new VectorEnv(cliffWalking(), { seed });
        const actions = envs.createActions();
        for (let episode = 0; episode < 500; ) {
          agent.act(envs.observations, actions);
          const transitions = envs.step(actions);
          agent.learn(transitions);
          if (episode >= 200) sum += transitions.rewards[0] / (300 * SEEDS.length);
          episode += transitions.terminated[0];
        }
      }
      return sum;
    };
    const [sarsa, qLearning] = [returns('sarsa'), returns('q-learning')];
    // Read off the figure below Example 6.6: about −25 and −50.
    expect(sarsa).toBeGreaterThan(-32);
    expect(qLearning).toBeLessThan(-40);
    expect(qLearning).toBeGreaterThan(-60);
  });
});

test('double Q-learning is not misled by the best of many noisy values (figure 6.5)', () => {
  const world = maximizationBias();
  /** Share of `left` in A over the episodes, the mean of many runs. */
  const shares = (make: (seed: number) => QLearning | DoubleQLearning) => {
    const left = new Float64Array(300);
    for (let run = 0; run < 400; run++) {
      const agent = make(run);
      const envs = new VectorEnv(world, { seed: run });
      const actions = envs.createActions();
      for (let episode = 0; episode < 300; ) {
        const isStart = envs.observations[0] === 0;
        agent.act(envs.observations, actions, envs.actionMasks);
        if (isStart && actions[0] === 0) left[episode] += 1 / 400;
        const transitions = envs.step(actions);
        agent.learn(transitions);
        episode += transitions.terminated[0];
      }
    }
    return left;
  };
  const options = { discount: 1, stepSize: 0.1, epsilon: 0.1 };
  const plain = shares((seed) => new QLearning(world, { ...options, seed }));
  const double = shares((seed) => new DoubleQLearning(world, { ...options, seed }));
  const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
  // Read off the figure: Q-learning goes left nine times in ten at first, and still too often at the
  // end, where 5% are best; double Q-learning never much more than half the time.
  expect(Math.max(...plain)).toBeGreaterThan(0.8);
  expect(mean(plain.subarray(250))).toBeGreaterThan(0.08);
  expect(Math.max(...double)).toBeLessThan(0.65);
  expect(mean(double.subarray(250))).toBeLessThan(0.08);
});

/** The average reward of a policy, and with none the best there is: by relative value iteration. */
function averageReward(model: TabularModel, policy?: (state: number) => number): number {
  const { numStates, numActions } = model;
  let values = new Float64Array(numStates);
  for (let sweep = 0; sweep < 100_000; sweep++) {
    const next = values.map((_, s) => {
      const q = (action: number) => backup(model, s * numActions + action, values, 1);
      if (policy !== undefined) return q(policy(s));
      return Math.max(...Array.from({ length: numActions }, (_, action) => q(action)));
    });
    const changes = next.map((value, s) => value - values[s]);
    const [low, high] = [Math.min(...changes), Math.max(...changes)];
    if (high - low < 1e-9) return (high + low) / 2;
    values = next.map((value) => value - next[0]);
  }
  throw new Error('the values have not settled.');
}

test('differential SARSA runs the queue nearly as well as can be (figure 10.5)', () => {
  const world = accessControl();
  const model = modelOf(world);
  const best = averageReward(model);
  const always = averageReward(model, () => 1);
  for (const seed of some(2)) {
    const steps = 500_000;
    const agent = new DifferentialSarsa(world, {
      stepSize: { kind: 'exponential', from: 0.1, to: 0.002, steps },
      averageStepSize: { kind: 'exponential', from: 0.01, to: 0.0005, steps },
      epsilon: 0.1,
      seed,
    });
    learn(agent, world, { steps, seed });
    const reached = averageReward(model, (s) => agent.actionValues.greedyAction(s));
    expect(reached).toBeGreaterThan(best - 0.03);
    expect(reached).toBeGreaterThan(always + 0.3);
    // What acting at random now and then costs, and the noise of R̄.
    expect(Math.abs(agent.averageReward - (best - 0.1))).toBeLessThan(0.2);
  }
});
