import { describe, expect, test } from 'vitest';
import { BernoulliThompson } from '../../../agents/bandits/bernoulli-thompson.ts';
import { GaussianThompson } from '../../../agents/bandits/gaussian-thompson.ts';
import type { Agent } from '../../../core/agent.ts';
import { erf } from '../../../core/math.ts';
import { discrete } from '../../../core/space.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(1), actionSpace: discrete(2) };
const NOTHING = new Float32Array(1);

function learn(agent: Agent, ...pulls: readonly (readonly [action: number, reward: number])[]) {
  for (const [action, reward] of pulls) agent.learn(transition({ action, reward }));
}

/** Share of 20,000 choices that are arm 0 lies within five standard errors of `chance`. */
function expectChance(agent: Agent, chance: number) {
  const actions = new Int32Array(1);
  let first = 0;
  for (let i = 0; i < 20_000; i++) {
    agent.act(NOTHING, actions);
    if (actions[0] === 0) first++;
  }
  const error = Math.sqrt((chance * (1 - chance)) / 20_000);
  expect(Math.abs(first / 20_000 - chance)).toBeLessThan(5 * error);
  // The policy is estimated from 1,000 choices.
  const seen = agent.inspect(NOTHING).policy?.[0] ?? 0;
  expect(Math.abs(seen - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / 1000));
}

describe('Thompson sampling of Bernoulli arms', () => {
  test('counts successes and failures on top of the prior', () => {
    const agent = new BernoulliThompson(TASK, { priorSuccesses: 0.5, priorFailures: 2 });
    learn(agent, [0, 1], [0, 1], [0, 0], [1, 0]);
    expect([...agent.successes]).toEqual([2.5, 0.5]);
    expect([...agent.failures]).toEqual([3, 3]);
    const { actionValues, value, visitCounts } = agent.inspect(NOTHING);
    expect([...(actionValues ?? [])]).toEqual([2.5 / 5.5, 0.5 / 3.5]);
    expect(value).toBe(2.5 / 5.5);
    expect([...(visitCounts ?? [])]).toEqual([3, 1]);
  });

  test('pulls an arm as often as it is likely to be the best', () => {
    const agent = new BernoulliThompson(TASK);
    expectChance(agent, 1 / 2);
    learn(agent, [0, 1]); // Beta(2, 1) against Beta(1, 1): ∫ 2x · x dx = ⅔
    expectChance(agent, 2 / 3);
    learn(agent, [0, 1], [1, 0]); // Beta(3, 1), Beta(1, 2): ∫ 3x² (1 − (1 − x)²) dx = 6/4 − 3/5 = 0.9
    expectChance(agent, 0.9);
  });

  test('draws each problem from its own posteriors', () => {
    const agent = new BernoulliThompson({ ...TASK, numEnvs: 2 });
    agent.successes.set([100, 1, /* second: */ 1, 100]);
    agent.failures.set([1, 100, /* second: */ 100, 1]);
    const actions = new Int32Array(2);
    for (let t = 0; t < 30; t++) {
      agent.act(new Float32Array(2), actions);
      expect([...actions]).toEqual([0, 1]);
    }
  });

  test('with priors below 1 too', () => {
    const agent = new BernoulliThompson(TASK, { priorSuccesses: 0.5, priorFailures: 0.5 });
    // Beta(3/2, 1/2) against Beta(1/2, 1/2): with x = sin² φ, φ uniform for the latter,
    // E[(2/π) Φ] of the former's density (4/π) sin² φ on [0, π/2] is ½ + 2/π²
    learn(agent, [0, 1]);
    expectChance(agent, 0.5 + 2 / Math.PI ** 2);
  });

  test('takes a reward between 0 and 1 for a success with that chance', () => {
    const agent = new BernoulliThompson(TASK);
    for (let i = 0; i < 10_000; i++) learn(agent, [0, 0.3]);
    expect(agent.successes[0] + agent.failures[0]).toBe(10_002);
    expect(Math.abs(agent.successes[0] - 3001)).toBeLessThan(5 * Math.sqrt(10_000 * 0.21));
  });

  test('is greedy in the expected chances', () => {
    const agent = new BernoulliThompson(TASK);
    agent.successes.set([2, 20]);
    agent.failures.set([1, 11]);
    const actions = new Int32Array(1);
    for (let i = 0; i < 30; i++) {
      agent.greedy().act(NOTHING, actions);
      expect(actions[0]).toBe(0);
    }
  });

  test('refuses rewards that are no chances, and priors of 0', () => {
    const agent = new BernoulliThompson(TASK);
    learn(agent, [0, 1]);
    for (const reward of [1.5, -0.1]) {
      expect(() => learn(agent, [0, reward])).toThrow(
        `BernoulliThompson.learn: the reward of step 1 must be between 0 and 1, got ${reward}. Use gaussian-thompson for other rewards.`,
      );
    }
    expect(() => new BernoulliThompson(TASK, { priorFailures: 0 })).toThrow(
      'BernoulliThompson: priorFailures must be between 0.1 and 1000000, got 0.',
    );
    expect(() => new BernoulliThompson(TASK, { priorSuccesses: 0 })).toThrow('priorSuccesses');
  });
});

describe('Thompson sampling of normal arms', () => {
  test('keeps the posterior of each value: precisions add up, means weigh by them', () => {
    const agent = new GaussianThompson(TASK, {
      priorMean: 10,
      priorDeviation: 2,
      rewardDeviation: 4,
    });
    learn(agent, [0, 2], [0, 6], [0, 1]);
    // Precisions 1/4 of the prior and 1/16 of each reward: (10/4 + 9/16) / (1/4 + 3/16) = 49 / 7
    expect(agent.means.table[0]).toBeCloseTo(7, 12);
    expect(agent.means.table[1]).toBe(10);
    expect([...agent.counts]).toEqual([3, 0]);
    const { value, visitCounts } = agent.inspect(NOTHING);
    expect(value).toBe(10);
    expect([...(visitCounts ?? [])]).toEqual([3, 0]);
  });

  test('pulls an arm as often as it is likely to be the best', () => {
    const agent = new GaussianThompson(TASK, { priorDeviation: 2, rewardDeviation: 3 });
    expectChance(agent, 1 / 2);
    learn(agent, [0, 4], [1, -1], [1, 0], [1, 1]);
    // Variances 1 / (1/4 + n/9): n = 1: 36/13, n = 3: 36/21; means 4 / (1 + 9/4) = 16/13 and 0;
    // the chance is Φ(difference / √(sum of variances))
    const difference = 16 / 13;
    const deviation = Math.sqrt(36 / 13 + 36 / 21);
    expectChance(agent, 0.5 * (1 + erf(difference / (deviation * Math.SQRT2))));
  });

  test('is greedy in the means', () => {
    const agent = new GaussianThompson(TASK);
    learn(agent, [1, 0.01]);
    const actions = new Int32Array(1);
    for (let i = 0; i < 30; i++) {
      agent.greedy().act(NOTHING, actions);
      expect(actions[0]).toBe(1);
    }
  });

  test('refuses deviations of 0', () => {
    for (const option of ['priorDeviation', 'rewardDeviation']) {
      expect(() => new GaussianThompson(TASK, { [option]: 0 })).toThrow(
        `GaussianThompson: ${option} must be a finite number above 0, got 0.`,
      );
    }
    expect(() => new GaussianThompson(TASK, { priorMean: Infinity })).toThrow('priorMean');
  });
});
