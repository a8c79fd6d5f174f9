import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { GreedyBandit } from '../../../agents/bandits/greedy.ts';
import { Ucb1 } from '../../../agents/bandits/ucb1.ts';
import { makeAgent } from '../../../agents/registry.ts';
import { kArmedBandit } from '../../../envs/bandits/k-armed-bandit.ts';
import { meanInterval } from '../../../suites/statistics.ts';
import { runBanditTestbed } from '../../../training/bandit-testbed.ts';

type Estimate = readonly [mean: number, standardError: number];

interface Reference {
  readonly agent: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly valueMean: number;
  readonly reward: Estimate;
  readonly optimal: Estimate;
  readonly lateReward: Estimate;
  readonly lateOptimal: Estimate;
}

// Made by bench/peers/bandit_testbed.py, with NumPy, over 10,000 problems.
const file = new URL('../../golden/bandit-testbed.json', import.meta.url);
const { policies } = JSON.parse(readFileSync(file, 'utf8')) as {
  policies: Record<string, Reference>;
};

const [NUM_PROBLEMS, REFERENCE_PROBLEMS] = [200, 10_000];

/** Within four standard errors of the difference; ours is as the reference's, but for the number. */
function expectNear(averages: Float64Array, [mean, error]: Estimate) {
  const estimate = averages.reduce((sum, average) => sum + average, 0) / averages.length;
  const reach = 4 * error * Math.sqrt(1 + REFERENCE_PROBLEMS / NUM_PROBLEMS);
  expect(Math.abs(estimate - mean)).toBeLessThan(reach);
}

// All policies of figures 2.2 to 2.6 of Sutton & Barto (2018).
describe.each(Object.entries(policies))('figure %s', (_, reference) => {
  test('has the rewards and the shares of optimal pulls that NumPy gives', () => {
    const { agent, options, valueMean } = reference;
    const { pulls } = runBanditTestbed(
      kArmedBandit({ valueMean }),
      (task) => makeAgent(agent, task, options),
      { numProblems: NUM_PROBLEMS },
    );
    expectNear(pulls.rewards, reference.reward);
    expectNear(pulls.optimalShares, reference.optimal);
    expectNear(pulls.rewards.subarray(900), reference.lateReward);
    expectNear(pulls.optimalShares.subarray(900), reference.lateOptimal);
  });
});

describe('what the book says of the testbed', () => {
  const world = kArmedBandit();

  // Section 2.3: "a reward-per-step of only about 1, compared with the best possible of about 1.54",
  // "only approximately one-third of the tasks" found by greedy, and that ε = 0.1 "never selected [the
  // optimal action] more than 91% of the time".
  test('greedy earns 1 of the possible 1.54 and finds the best arm in a third of the problems', () => {
    const { pulls, problems } = runBanditTestbed(world, (task) => new GreedyBandit(task), {
      from: 900,
    });
    const { estimate } = meanInterval(problems.rewards);
    expect(Math.abs(estimate - 1)).toBeLessThan(0.1);
    // The expected greatest of ten standard normal draws is 1.53875.
    expect(Math.abs(estimate + meanInterval(problems.regrets).estimate - 1.53875)).toBeLessThan(
      0.06,
    );
    expect(Math.abs(pulls.optimalShares[999] - 1 / 3)).toBeLessThan(0.05);
  });

  test('ε = 0.1 pulls the best arm in 80% of the pulls in the end, never in more than 91%', () => {
    const { pulls } = runBanditTestbed(world, (task) => new EpsilonGreedy(task));
    expect(Math.abs(pulls.optimalShares[999] - 0.8)).toBeLessThan(0.05);
    expect(Math.max(...pulls.optimalShares)).toBeLessThan(0.91);
  });

  test('UCB has its spike at the 11th pull (exercise 2.8)', () => {
    const { pulls } = runBanditTestbed(world, (task) => new Ucb1(task, { exploration: 2 }), {
      pulls: 20,
      numProblems: 4000,
    });
    // One pull of each arm: 0 on average. Then the best of ten sums q* + noise of variance 2, of which
    // half is q*: 1.53875 · √2 / 2 = 1.0881.
    const early = pulls.rewards.subarray(0, 10);
    expect(Math.abs(early.reduce((sum, reward) => sum + reward, 0) / 10)).toBeLessThan(0.03);
    expect(Math.abs(pulls.rewards[10] - 1.0881)).toBeLessThan(5 * Math.sqrt(2 / 4000));
    expect(Math.max(...pulls.rewards.subarray(11))).toBeLessThan(pulls.rewards[10] - 0.1);
  });
});
