import { describe, expect, test } from 'vitest';
import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { GreedyBandit } from '../../../agents/bandits/greedy.ts';
import { SoftmaxBandit } from '../../../agents/bandits/softmax.ts';
import { UcbTuned } from '../../../agents/bandits/ucb-tuned.ts';
import { Ucb1 } from '../../../agents/bandits/ucb1.ts';
import type { Agent } from '../../../core/agent.ts';
import type { Schedule } from '../../../core/schedule.ts';
import { discrete } from '../../../core/space.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(1), actionSpace: discrete(3) };
const NOTHING = new Float32Array(1);

function learn(agent: Agent, ...pulls: readonly (readonly [action: number, reward: number])[]) {
  for (const [action, reward] of pulls) agent.learn(transition({ action, reward }));
}

/** How often each arm comes up in `n` choices, as shares. */
function shares(agent: Agent, n: number, mask?: Uint8Array): number[] {
  const counts = [0, 0, 0];
  const actions = new Int32Array(1);
  for (let i = 0; i < n; i++) {
    agent.act(NOTHING, actions, mask);
    counts[actions[0]]++;
  }
  return counts.map((count) => count / n);
}

function expectShares(actual: readonly number[], expected: readonly number[], n: number) {
  expected.forEach((chance, arm) => {
    const error = Math.sqrt((chance * (1 - chance)) / n);
    expect(Math.abs(actual[arm] - chance)).toBeLessThanOrEqual(5 * error);
  });
}

const round = (values: Float64Array | undefined) =>
  [...(values ?? [])].map((value) => Number(value.toFixed(12)));

describe('ε-greedy that explores the other arms', () => {
  const agent = new EpsilonGreedy(TASK, { epsilon: 0.3, explore: 'others' });
  agent.actionValues.table.set([1, 2, 0]);

  test('gives ε / (n − 1) to each arm that is not greedy, and 1 − ε to the one that is', () => {
    expect(round(agent.inspect(NOTHING).policy)).toEqual([0.15, 0.7, 0.15]);
    expectShares(shares(agent, 40_000), [0.15, 0.7, 0.15], 40_000);
  });

  test('counts legal arms alone', () => {
    const mask = Uint8Array.of(1, 1, 0);
    expect(round(agent.inspect(NOTHING, mask).policy)).toEqual([0.3, 0.7, 0]);
    expectShares(shares(agent, 20_000, mask), [0.3, 0.7, 0], 20_000);
    const only = Uint8Array.of(0, 0, 1);
    expect(round(agent.inspect(NOTHING, only).policy)).toEqual([0, 0, 1]);
    expect(shares(agent, 100, only)).toEqual([0, 0, 1]);
  });

  test('goes by the mask of each problem', () => {
    const two = new EpsilonGreedy({ ...TASK, numEnvs: 2 }, { epsilon: 1, explore: 'others' });
    two.actionValues.table.set([9, 0, 0, /* second: */ 0, 0, 9]);
    const actions = new Int32Array(2);
    for (let t = 0; t < 20; t++) {
      two.act(NOTHING, actions, Uint8Array.of(1, 0, 1, /* second: */ 0, 1, 1));
      expect([...actions]).toEqual([2, 1]);
      two.act(NOTHING, actions, Uint8Array.of(1, 0, 0, /* second: */ 1, 1, 1));
      expect(actions[0]).toBe(0);
      expect(actions[1]).toBeLessThan(2); // not the greedy one
    }
  });

  test('lets greedy arms that tie take turns', () => {
    const tied = new EpsilonGreedy(TASK, { epsilon: 0.3, explore: 'others' });
    tied.actionValues.table.set([2, 2, 0]);
    // either is the greedy one half of the time, and else one of two others: 0.35 + 0.075
    expect(round(tied.inspect(NOTHING).policy)).toEqual([0.425, 0.425, 0.15]);
    expectShares(shares(tied, 40_000), [0.425, 0.425, 0.15], 40_000);
  });

  test('and the usual form gives every arm ε / n', () => {
    const usual = new EpsilonGreedy(TASK, { epsilon: 0.3 });
    usual.actionValues.table.set([1, 2, 0]);
    expectShares(shares(usual, 40_000), [0.1, 0.8, 0.1], 40_000);
  });
});

describe('estimates with a constant step size', () => {
  test('without bias do not depend on the initial value from the first reward on', () => {
    const [one, other] = [100, -7].map(
      (initialValue) => new GreedyBandit(TASK, { stepSize: 0.2, unbiased: true, initialValue }),
    );
    for (const agent of [one, other]) learn(agent, [0, 10], [0, 20]);
    // ō₁ = 0.2, β₁ = 1: Q = 10; ō₂ = 0.2 + 0.2 (1 − 0.2) = 0.36, β₂ = 0.2 / 0.36: Q = 10 + 10 · 5 / 9
    for (const agent of [one, other]) {
      expect(agent.actionValues.table[0]).toBeCloseTo(10 + 50 / 9, 12);
    }
    expect([...one.actionValues.table.subarray(1)]).toEqual([100, 100]);
  });

  test('weigh rewards exponentially less, the later ones more', () => {
    const agent = new GreedyBandit(TASK, { stepSize: 0.1, unbiased: true });
    const rewards = [3, -1, 4, 1, -5, 9, 2, 6];
    learn(agent, ...rewards.map((reward) => [1, reward] as const));
    const weights = rewards.map((_, i) => 0.1 * 0.9 ** (rewards.length - 1 - i));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const average = rewards.reduce((total, reward, i) => total + weights[i] * reward, 0) / sum;
    expect(agent.actionValues.table[1]).toBeCloseTo(average, 12);
  });

  test('of 1 are the last reward, unbiased or not', () => {
    for (const unbiased of [true, false]) {
      const agent = new GreedyBandit(TASK, { stepSize: 1, unbiased, initialValue: 50 });
      learn(agent, [2, 3], [2, 8]);
      expect(agent.actionValues.table[2]).toBe(8);
    }
  });

  test('so small that 1 − α is 1 are unbiased as well', () => {
    const agent = new GreedyBandit(TASK, { stepSize: 1e-18, unbiased: true, initialValue: 50 });
    learn(agent, [0, 2], [0, 4], [0, 9]);
    expect(agent.actionValues.table[0]).toBeCloseTo(5, 12);
  });
});

describe('the greedy bandit', () => {
  test('with optimistic values tries every arm before it repeats one', () => {
    const agent = new GreedyBandit(TASK, { initialValue: 5, stepSize: 0.1 });
    const actions = new Int32Array(1);
    const tried = new Set<number>();
    for (let t = 0; t < 3; t++) {
      agent.act(NOTHING, actions);
      tried.add(actions[0]);
      learn(agent, [actions[0], 1]);
    }
    expect(tried.size).toBe(3);
    expect(round(agent.actionValues.table)).toEqual([4.6, 4.6, 4.6]); // 5 + 0.1 (1 − 5)
  });

  test('stays with what it found, once nothing else looks better', () => {
    const agent = new GreedyBandit(TASK);
    learn(agent, [1, 0.5]);
    expect(shares(agent, 100)).toEqual([0, 1, 0]);
    expect(agent.inspect(NOTHING)).toEqual({
      actionValues: Float64Array.of(0, 0.5, 0),
      policy: Float64Array.of(0, 1, 0),
      value: 0.5,
      visitCounts: Float64Array.of(0, 1, 0),
    });
  });
});

describe('the softmax bandit', () => {
  test('draws arms with the chances it says', () => {
    const agent = new SoftmaxBandit(TASK, { temperature: 2 });
    agent.actionValues.table.set([0, 2 * Math.log(2), 2 * Math.log(5)]);
    expect(round(agent.inspect(NOTHING).policy)).toEqual([0.125, 0.25, 0.625]);
    expectShares(shares(agent, 40_000), [0.125, 0.25, 0.625], 40_000);
  });

  test.each([
    [{ kind: 'linear', from: 4, to: 1, steps: 3 } as const, [4, 3, 2, 1, 1]],
    [{ kind: 'exponential', from: 8, to: 1, steps: 3 } as const, [8, 4, 2, 1, 1]],
    [{ kind: 'inverse', from: 12, steps: 1 } as const, [12, 6, 4, 3, 2.4]],
    [
      { kind: 'logarithmic', from: 3, steps: 1 } as const,
      [0, 1, 2, 3, 4].map((t) => 3 / Math.log(Math.E + t)),
    ],
  ])('cools as $kind over the pulls in a problem', (temperature, expected) => {
    const agent = new SoftmaxBandit(TASK, { temperature });
    for (const wanted of expected) {
      expect(agent.metrics().temperature).toBeCloseTo(wanted, 12);
      agent.actionValues.table.set([1, 0, 0]);
      const odds = Math.exp(1 / wanted);
      expect(agent.inspect(NOTHING).policy?.[0]).toBeCloseTo(odds / (odds + 2), 12);
      learn(agent, [0, 1]);
    }
    agent.learn(transition({ action: 0, reward: 1, truncated: true }));
    expect(agent.metrics().temperature).toBeCloseTo(expected[0], 12);
  });

  test('never overflows, at temperatures of 1e−12 and values of 1e308', () => {
    const agent = new SoftmaxBandit(TASK, { temperature: 1e-12 });
    agent.actionValues.table.set([1e308, -1e308, 1e308]);
    expect([...(agent.inspect(NOTHING).policy ?? [])]).toEqual([0.5, 0, 0.5]);
    expectShares(shares(agent, 10_000), [0.5, 0, 0.5], 10_000);
  });

  test('is greedy at a temperature of 0', () => {
    const agent = new SoftmaxBandit(TASK, { temperature: 0 });
    agent.actionValues.table.set([1e308, 1e308, -1e308]);
    expectShares(shares(agent, 10_000), [0.5, 0.5, 0], 10_000);
  });

  test('refuses a temperature below 0', () => {
    expect(() => new SoftmaxBandit(TASK, { temperature: -1 })).toThrow(
      'SoftmaxBandit: temperature must be between 0 and 1.7976931348623157e+308, got -1.',
    );
  });
});

describe('UCB1', () => {
  test('pulls every arm once before any twice', () => {
    const agent = new Ucb1(TASK);
    const actions = new Int32Array(1);
    for (const count of [1, 2]) {
      for (let t = 0; t < 3; t++) {
        agent.act(NOTHING, actions);
        learn(agent, [actions[0], 1]);
      }
      if (count === 1) expect([...agent.counts]).toEqual([1, 1, 1]);
    }
  });

  test('pulls the arm whose estimate and c √(ln t / N) are the highest together', () => {
    const pulls = [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 0.9],
      [1, 0.9],
      [2, 0],
      [2, 0],
    ] as const;
    // t = 8, ln 8 = 2.0794: widths per c are √(2.0794 / 4) = 0.7210 and √(2.0794 / 2) = 1.0197, so
    // 1 + 0.7210 c is the highest up to c = 0.1 / 0.2987 = 0.3348, then 0.9 + 1.0197 c
    for (const [exploration, arm] of [
      [0, 0],
      [0.33, 0],
      [0.34, 1],
      [2, 1],
    ]) {
      const agent = new Ucb1(TASK, { exploration });
      learn(agent, ...pulls);
      const policy = [0, 0, 0];
      policy[arm] = 1;
      expect([...(agent.inspect(NOTHING).policy ?? [])]).toEqual(policy);
      expect(shares(agent, 10)).toEqual(policy);
      const actions = new Int32Array(1);
      agent.greedy().act(NOTHING, actions);
      expect(actions[0]).toBe(0);
    }
  });

  test('has the c of its source, and refuses one below 0', () => {
    expect(new Ucb1(TASK).options.exploration).toBe(Math.SQRT2);
    expect(() => new Ucb1(TASK, { exploration: -1 })).toThrow(
      'Ucb1: exploration must be between 0',
    );
  });
});

describe('UCB1-tuned', () => {
  test('keeps the variance of the rewards of each arm', () => {
    const agent = new UcbTuned(TASK);
    learn(agent, [0, 2], [0, 4], [0, 9], [1, 7], [2, 1], [2, 3]);
    // (9 + 1 + 16) / 3 around 5; one reward; (1 + 1) / 2 around 2
    expect(round(agent.variances)).toEqual([round(Float64Array.of(26 / 3))[0], 0, 1]);
    expect([...agent.actionValues.table]).toEqual([5, 7, 2]);
  });

  test('weighs the variance as it weighs the average', () => {
    const agent = new UcbTuned(TASK, { stepSize: 0.5 });
    learn(agent, [0, 4]); // δ = 4: S² = 0.5 · 0.5 · 16 = 4, Q = 2
    learn(agent, [0, 0]); // δ = −2: S² = 0.5 · 4 + 0.5 · 0.5 · 4 = 3, Q = 1
    expect([agent.variances[0], agent.actionValues.table[0]]).toEqual([3, 1]);
  });

  test('pulls the arm with the highest of Q + √(ln t / N · min(¼, S² + √(2 ln t / N)))', () => {
    // Arm 0: N = 100, Q = 0.5, S² = 0.25; arm 1: N = 100, Q = 0.5 + x, S² = 0; t = 201, ln t / N = 0.0530
    // √(2 · 0.0530) = 0.3257 > ¼: both are bounded at ¼, so Q decides.
    const pulls = (q: number) => [
      ...Array.from({ length: 100 }, (_, i) => [0, i % 2] as const),
      ...Array.from({ length: 100 }, () => [1, q] as const),
      [2, -99] as const,
    ];
    const policyOf = (q: number, varianceBound: number) => {
      const agent = new UcbTuned(TASK, { varianceBound });
      learn(agent, ...pulls(q));
      return [...(agent.inspect(NOTHING).policy ?? [])];
    };
    expect(policyOf(0.5001, 0.25)).toEqual([0, 1, 0]);
    expect(policyOf(0.4999, 0.25)).toEqual([1, 0, 0]);
    // With a bound of 10: √(0.0530 (0.25 + 0.3257)) = 0.1747 and √(0.0530 · 0.3257) = 0.1314
    expect(policyOf(0.5 + 0.0432, 10)).toEqual([1, 0, 0]);
    expect(policyOf(0.5 + 0.0434, 10)).toEqual([0, 1, 0]);
  });

  test('forgets variances with the rest', () => {
    const agent = new UcbTuned(TASK);
    learn(agent, [0, 2], [0, 4]);
    agent.learn(transition({ action: 0, reward: 1, truncated: true }));
    expect([...agent.variances]).toEqual([0, 0, 0]);
  });

  test('refuses a bound of 0', () => {
    expect(() => new UcbTuned(TASK, { varianceBound: 0 })).toThrow(
      'UcbTuned: varianceBound must be a finite number above 0, got 0.',
    );
  });
});

describe('schedules', () => {
  const late = (early: number, value: number): Schedule => ({
    kind: 'piecewise',
    boundaries: [5],
    values: [early, value],
  });
  const task = { ...TASK, numEnvs: 2 };

  test.each([
    ['epsilon-greedy', () => new EpsilonGreedy(task, { epsilon: late(0, 1) })],
    [
      'ε over the others',
      () => new EpsilonGreedy(task, { epsilon: late(0, 1), explore: 'others' }),
    ],
    ['softmax', () => new SoftmaxBandit(task, { temperature: late(0, 100) })],
  ])('of %s run over the pulls of each problem by itself', (_, create) => {
    const agent = create();
    for (let t = 0; t < 6; t++) {
      agent.learn({
        ...transition({ action: 0, reward: 0 }),
        actions: Int32Array.of(0, 0),
        rewards: Float64Array.of(0, 0),
        terminated: Uint8Array.of(1, 0), // the first problem begins anew each time
        truncated: new Uint8Array(2),
      });
    }
    agent.actionValues.table.set([1, 0, 0, /* second: */ 1, 0, 0]);
    const seen = [new Set<number>(), new Set<number>()];
    const actions = new Int32Array(2);
    for (let t = 0; t < 60; t++) {
      agent.act(NOTHING, actions);
      actions.forEach((arm, i) => {
        seen[i].add(arm);
      });
    }
    expect([...seen[0]]).toEqual([0]);
    expect(seen[1].size).toBeGreaterThan(1);
  });
});
