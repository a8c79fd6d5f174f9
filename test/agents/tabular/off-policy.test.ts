import { describe, expect, test } from 'vitest';
import { DoubleQLearning } from '../../../agents/tabular/double-q-learning.ts';
import { ExpectedSarsa } from '../../../agents/tabular/expected-sarsa.ts';
import { QLambda } from '../../../agents/tabular/q-lambda.ts';
import { QLearning } from '../../../agents/tabular/q-learning.ts';
import { TreeBackup } from '../../../agents/tabular/tree-backup.ts';
import type { Agent } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { tabularDynamics } from '../../../envs/tabular/tabular-dynamics.ts';
import { outcomesOf } from '../../envs/solve.ts';
import { transition } from '../../helpers/transitions.ts';
import {
  behavior,
  GAMMA,
  lookAhead,
  model,
  NUM_STATES,
  pairs,
  TASK,
  trajectories,
} from '../layered-process.ts';

const rng = new Alea(13);

type Table = ArrayLike<number>;

/** π(· | s), ε-greedy in q. */
function target(q: Table, epsilon: number, state: number): [number, number] {
  const isFirst = q[2 * state] > q[2 * state + 1];
  const [best, other] = [1 - epsilon / 2, epsilon / 2];
  return isFirst ? [best, other] : [other, best];
}

/** Σₐ π(a | s) q(s, a). */
function expectedValue(q: Table, epsilon: number, state: number): number {
  const [first, second] = target(q, epsilon, state);
  return first * q[2 * state] + second * q[2 * state + 1];
}

/** q where no policy is better among those that explore with ε: from the last layer backward. */
function solution(epsilon: number): Float64Array {
  const q = new Float64Array(2 * NUM_STATES);
  for (const entry of pairs.toReversed()) {
    q[entry] = lookAhead(entry, (state) => expectedValue(q, epsilon, state));
  }
  return q;
}

/** The mean change of Q(s, a) by what follows it, exactly: over all that can follow. */
function expectedChange(make: () => Agent, entry: number, length: number): number {
  let mean = 0;
  let total = 0;
  for (const [probability, steps] of trajectories(entry, length)) {
    const agent = make();
    const before = (agent.save().values as Float64Array)[entry];
    for (const step of steps) agent.learn(transition(step));
    mean += probability * ((agent.save().values as Float64Array)[entry] - before);
    total += probability;
  }
  expect(total).toBeCloseTo(1, 12);
  return mean;
}

function withTable<A extends Agent & { actionValues: { table: Float64Array } }>(
  agent: A,
  q: Float64Array,
): A {
  agent.actionValues.table.set(q);
  return agent;
}

const ALPHA = 0.25;
const OPTIONS = { stepSize: ALPHA, discount: GAMMA };
const anyTable = Float64Array.from({ length: 2 * NUM_STATES }, () => rng.normal());

describe('expected SARSA', () => {
  test.each([0, 0.3, 1])('is without bias for a target with ε = %d, whoever acts', (epsilon) => {
    const make = (q: Float64Array) => () =>
      withTable(new ExpectedSarsa(TASK, { ...OPTIONS, targetEpsilon: epsilon }), q);
    const exact = solution(epsilon);
    for (const entry of pairs) {
      expect(expectedChange(make(exact), entry, 1)).toBeCloseTo(0, 12);
      const aim = lookAhead(entry, (state) => expectedValue(anyTable, epsilon, state));
      const change = expectedChange(make(anyTable), entry, 1);
      expect(change).toBeCloseTo(ALPHA * (aim - anyTable[entry]), 12);
    }
  });
});

describe('Q-learning', () => {
  test('is without bias for the greedy target, whoever acts', () => {
    const make = (q: Float64Array) => () => withTable(new QLearning(TASK, OPTIONS), q);
    const exact = solution(0);
    for (const entry of pairs) {
      expect(expectedChange(make(exact), entry, 1)).toBeCloseTo(0, 12);
      const aim = lookAhead(entry, (state) => expectedValue(anyTable, 0, state));
      const change = expectedChange(make(anyTable), entry, 1);
      expect(change).toBeCloseTo(ALPHA * (aim - anyTable[entry]), 12);
    }
  });
});

describe('double Q-learning', () => {
  const otherTable = Float64Array.from(anyTable, (value) => value + 0.5 * rng.normal());

  /** Seeds with which the first draw updates the first table, and the second. */
  const seeds = [true, false].map((isFirst) => {
    for (let seed = 0; ; seed++) {
      const agent = new DoubleQLearning(TASK, { ...OPTIONS, seed });
      agent.learn(transition({ action: 0, reward: 1 }));
      if ((agent.firstValues.table[0] !== 0) === isFirst) return seed;
    }
  });

  /** The mean change of either table when it is its turn. */
  function bothChanges(first: Float64Array, second: Float64Array, entry: number): number[] {
    return seeds.map((seed, turn) => {
      let mean = 0;
      for (const [probability, [step]] of trajectories(entry, 1)) {
        const agent = new DoubleQLearning(TASK, { ...OPTIONS, seed });
        agent.firstValues.table.set(first);
        agent.secondValues.table.set(second);
        agent.learn(transition(step));
        const changes = [
          agent.firstValues.table[entry] - first[entry],
          agent.secondValues.table[entry] - second[entry],
        ];
        expect(changes[1 - turn]).toBe(0);
        mean += probability * changes[turn];
      }
      return mean;
    });
  }

  test('aims each table at the other one’s value of its own best action', () => {
    const best = (q: Table, state: number) =>
      q[2 * state] > q[2 * state + 1] ? 2 * state : 2 * state + 1;
    for (const entry of pairs) {
      const [one, two] = bothChanges(anyTable, otherTable, entry);
      const aim = lookAhead(entry, (state) => otherTable[best(anyTable, state)]);
      const otherAim = lookAhead(entry, (state) => anyTable[best(otherTable, state)]);
      expect(one).toBeCloseTo(ALPHA * (aim - anyTable[entry]), 12);
      expect(two).toBeCloseTo(ALPHA * (otherAim - otherTable[entry]), 12);
    }
  });

  test('stays at the optimal values', () => {
    const exact = solution(0);
    for (const entry of pairs) {
      for (const change of bothChanges(exact, exact, entry)) expect(change).toBeCloseTo(0, 12);
    }
  });
});

describe("Watkins's Q(λ)", () => {
  const lambda = 0.7;
  const make = (q: Float64Array) => () => withTable(new QLambda(TASK, { ...OPTIONS, lambda }), q);

  test('stays at the optimal values, however long the traces, whoever acts', () => {
    const exact = solution(0);
    for (const entry of pairs) {
      for (const length of [1, 2, 4]) {
        expect(expectedChange(make(exact), entry, length)).toBeCloseTo(0, 12);
      }
    }
  });

  test('moves by its errors, weighed by γ λ for every greedy action', () => {
    /** E[δ] of (s, a) and what comes after, weighed, for `length` steps. */
    const errors = (entry: number, length: number): number => {
      const own = lookAhead(entry, (state) => expectedValue(anyTable, 0, state)) - anyTable[entry];
      if (length === 1) return own;
      const later = outcomesOf(model, Math.floor(entry / 2), entry % 2).reduce(
        (sum, [p, nextState, , ended]) => {
          if (ended) return sum;
          const greedy = target(anyTable, 0, nextState)[0] === 1 ? 0 : 1;
          const chance = p * behavior[nextState][greedy];
          return sum + chance * errors(2 * nextState + greedy, length - 1);
        },
        0,
      );
      return own + GAMMA * lambda * later;
    };
    for (const entry of pairs) {
      const change = expectedChange(make(anyTable), entry, 4);
      expect(change).toBeCloseTo(ALPHA * errors(entry, 4), 12);
    }
  });
});

describe('n-step tree backup', () => {
  test.each([0, 0.3])('is without bias for a target with ε = %d, whoever acts', (epsilon) => {
    const make = (q: Float64Array, numSteps: number) => () =>
      withTable(new TreeBackup(TASK, { ...OPTIONS, numSteps, targetEpsilon: epsilon }), q);
    const exact = solution(epsilon);
    /** E[G] of n steps, when b acts. */
    const tree = (q: Table, entry: number, n: number): number =>
      lookAhead(entry, (state) => {
        if (n === 1) return expectedValue(q, epsilon, state);
        const chances = target(q, epsilon, state);
        return [0, 1].reduce((sum, taken) => {
          const other = 1 - taken;
          const left = chances[other] * q[2 * state + other];
          const followed = chances[taken] * tree(q, 2 * state + taken, n - 1);
          return sum + behavior[state][taken] * (left + followed);
        }, 0);
      });
    for (const entry of pairs) {
      for (const n of [1, 2, 3]) {
        expect(expectedChange(make(exact, n), entry, n)).toBeCloseTo(0, 12);
        const aim = tree(anyTable, entry, n);
        const change = expectedChange(make(anyTable, n), entry, n);
        expect(change).toBeCloseTo(ALPHA * (aim - anyTable[entry]), 12);
      }
    }
  });
});

describe('while another policy acts', () => {
  const world = tabularDynamics({
    name: 'Layers',
    model,
    timeLimit: Infinity,
    actionLabels: ['one', 'other'],
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
  });
  const steps = 150_000;
  const options = {
    discount: GAMMA,
    stepSize: { kind: 'exponential', from: 0.2, to: 0.0005, steps },
  } as const;

  test.each<[string, number, () => Agent]>([
    ['Q-learning', 0, () => new QLearning(TASK, options)],
    ['double Q-learning', 0, () => new DoubleQLearning(TASK, options)],
    ["Watkins's Q(λ)", 0, () => new QLambda(TASK, options)],
    ['n-step tree backup', 0, () => new TreeBackup(TASK, options)],
    ['tree backup, soft', 0.4, () => new TreeBackup(TASK, { ...options, targetEpsilon: 0.4 })],
    ['expected SARSA', 0.4, () => new ExpectedSarsa(TASK, { ...options, targetEpsilon: 0.4 })],
  ])('%s learns the values of its target', (_, epsilon, make) => {
    const agent = make();
    const envs = new VectorEnv(world, { seed: 5 });
    const draws = new Alea(9);
    const actions = envs.createActions();
    for (let t = 0; t < steps; t++) {
      actions[0] = draws.uniform() < behavior[envs.observations[0]][0] ? 0 : 1;
      agent.learn(envs.step(actions));
    }
    const exact = solution(epsilon);
    (agent.save().values as Float64Array).forEach((value, entry) => {
      expect(Math.abs(value - exact[entry])).toBeLessThan(0.05);
    });
  });
});
