import { describe, expect, test } from 'vitest';
import { estimateAdvantages } from '../../replay/returns/advantages.ts';
import { estimateLambdaReturns } from '../../replay/returns/lambda-returns.ts';
import { estimateNStepReturns } from '../../replay/returns/n-step-returns.ts';
import { estimateVtrace, VTRACE_DEFAULTS } from '../../replay/returns/v-trace.ts';
import {
  forwardLambdaReturn,
  type RandomRollout,
  randomRollout,
  restOfEpisode,
  returnOver,
} from '../helpers/rollouts.ts';

// Rollouts of one and of several copies, of one step and of many.
const ROLLOUTS = [
  randomRollout(1, 30, 1),
  randomRollout(2, 20, 3),
  randomRollout(3, 1, 4),
  randomRollout(4, 50, 2),
];
const PARAMETERS = [
  [0.9, 0.8],
  [1, 1],
  [0.99, 0],
  [0.5, 1],
  [0, 0.7],
] as const;

function expectEach(
  rollout: RandomRollout,
  estimates: Float64Array,
  expected: (t: number) => number,
) {
  estimates.forEach((estimate, t) => {
    expect(estimate, `row ${t}`).toBeCloseTo(expected(t), 10);
  });
  expect(estimates.length).toBe(rollout.rewards.length);
}

describe.each(PARAMETERS)('with γ = %d and λ = %d', (discount, lambda) => {
  test.each(ROLLOUTS)('advantages are the forward view of λ-returns, less the value', (rollout) => {
    const advantages = new Float64Array(rollout.rewards.length);
    estimateAdvantages(rollout, discount, lambda, advantages);
    expectEach(
      rollout,
      advantages,
      (t) => forwardLambdaReturn(rollout, t, discount, lambda) - rollout.values[t],
    );
  });

  test.each(ROLLOUTS)('advantages are sums of TD errors, each weighed by γ λ more', (rollout) => {
    const advantages = new Float64Array(rollout.rewards.length);
    estimateAdvantages(rollout, discount, lambda, advantages);
    const error = (t: number) => returnOver(rollout, [t], discount) - rollout.values[t];
    expectEach(rollout, advantages, (t) =>
      restOfEpisode(rollout, t).reduce(
        (sum, row, k) => sum + (discount * lambda) ** k * error(row),
        0,
      ),
    );
  });

  test.each(ROLLOUTS)('λ-returns are averages of n-step returns', (rollout) => {
    const returns = new Float64Array(rollout.rewards.length);
    estimateLambdaReturns(rollout, discount, lambda, returns);
    expectEach(rollout, returns, (t) => forwardLambdaReturn(rollout, t, discount, lambda));
  });

  test.each(ROLLOUTS)('targets of V-trace are sums of weighed TD errors', (rollout) => {
    const targets = new Float64Array(rollout.rewards.length);
    const advantages = new Float64Array(rollout.rewards.length);
    const options = { discount, lambda, maxErrorRatio: 1.5, maxTraceRatio: 1.2 };
    estimateVtrace(rollout, rollout.ratios, { targets, advantages }, options);

    const { values, ratios, terminated } = rollout;
    const error = (t: number) => returnOver(rollout, [t], discount) - values[t];
    const target = (t: number) => {
      let sum = values[t];
      let weight = 1; // γᵏ ∏ c
      for (const row of restOfEpisode(rollout, t)) {
        sum += weight * Math.min(1.5, ratios[row]) * error(row);
        weight *= discount * lambda * Math.min(1.2, ratios[row]);
      }
      return sum;
    };
    expectEach(rollout, targets, target);
    expectEach(rollout, advantages, (t) => {
      const next = restOfEpisode(rollout, t)[1];
      const worth = next === undefined ? rollout.nextValues[t] : target(next);
      const bootstrapped = terminated[t] === 1 ? 0 : discount * worth;
      return Math.min(1, ratios[t]) * (rollout.rewards[t] + bootstrapped - values[t]);
    });
  });

  test.each(ROLLOUTS)('n-step returns add n rewards and the value behind them', (rollout) => {
    for (const numSteps of [1, 2, 3, 5, 100]) {
      const returns = new Float64Array(rollout.rewards.length);
      estimateNStepReturns(rollout, discount, numSteps, returns);
      expectEach(rollout, returns, (t) =>
        returnOver(rollout, restOfEpisode(rollout, t).slice(0, numSteps), discount),
      );
    }
  });
});

describe('V-trace', () => {
  test('on policy, with λ = 1, gives the returns up to the end', () => {
    const rollout = randomRollout(5, 25, 2);
    const n = rollout.rewards.length;
    const [targets, advantages, returns] = [n, n, n].map((length) => new Float64Array(length));
    estimateVtrace(rollout, new Float64Array(n).fill(1), { targets, advantages });
    estimateNStepReturns(rollout, 0.99, 25, returns);
    expectEach(rollout, targets, (t) => returns[t]);
    expect(VTRACE_DEFAULTS.discount).toBe(0.99);
  });
});

test('an episode by hand: γ = 0.5, λ = 0.5, cut by a time limit, then one that terminates', () => {
  const rollout = {
    numEnvs: 1,
    rewards: Float64Array.of(1, 2, 4),
    values: Float64Array.of(10, 20, 30),
    nextValues: Float64Array.of(20, 40, 1000),
    terminated: Uint8Array.of(0, 0, 1),
    truncated: Uint8Array.of(0, 1, 0),
  };
  const advantages = new Float32Array(3);
  estimateAdvantages(rollout, 0.5, 0.5, advantages);
  // δ = 1 + 0.5 · 20 − 10 = 1;  2 + 0.5 · 40 − 20 = 2;  4 + 0 − 30 = −26
  expect([...advantages]).toEqual([1 + 0.25 * 2, 2, -26]);
  const returns = new Float64Array(3);
  estimateLambdaReturns(rollout, 0.5, 0.5, returns);
  // G₁ = 2 + 0.5 · 40 = 22;  G₀ = 1 + 0.5 · (0.5 · 20 + 0.5 · 22) = 11.5
  expect([...returns]).toEqual([11.5, 22, 4]);
  estimateNStepReturns(rollout, 0.5, 2, returns);
  expect([...returns]).toEqual([1 + 0.5 * 2 + 0.25 * 40, 22, 4]);
});

describe('columns that do not fit', () => {
  const rollout = randomRollout(1, 4, 2);
  const column = new Float64Array(8);
  test.each([
    [
      'estimateAdvantages: discount must be between 0 and 1, got 1.5',
      () => estimateAdvantages(rollout, 1.5, 0, column),
    ],
    [
      'estimateAdvantages: lambda must be between 0 and 1, got -1',
      () => estimateAdvantages(rollout, 1, -1, column),
    ],
    [
      'estimateAdvantages: advantages must have length 8, got 7',
      () => estimateAdvantages(rollout, 1, 1, new Float64Array(7)),
    ],
    [
      'estimateAdvantages: values must have length 8, got 2',
      () => estimateAdvantages({ ...rollout, values: new Float64Array(2) }, 1, 1, column),
    ],
    [
      'estimateLambdaReturns: nextValues must have length 8, got 1',
      () => estimateLambdaReturns({ ...rollout, nextValues: new Float64Array(1) }, 1, 1, column),
    ],
    [
      'estimateLambdaReturns: rewards must have a multiple of 3 elements',
      () => estimateLambdaReturns({ ...rollout, numEnvs: 3 }, 1, 1, column),
    ],
    [
      'estimateNStepReturns: numSteps must be an integer of at least 1, got 0',
      () => estimateNStepReturns(rollout, 1, 0, column),
    ],
    [
      'estimateVtrace: ratios must have length 8, got 0',
      () => estimateVtrace(rollout, new Float64Array(), { targets: column, advantages: column }),
    ],
    [
      'estimateVtrace: maxTraceRatio must be between',
      () =>
        estimateVtrace(
          rollout,
          column,
          { targets: column, advantages: column },
          { maxTraceRatio: 0 },
        ),
    ],
  ])('%s', (message, run) => {
    expect(run).toThrow(message);
  });
});
