import { expect, test } from 'vitest';
import { GradientBandit } from '../../../agents/bandits/gradient-bandit.ts';
import { discrete } from '../../../core/space.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(1), actionSpace: discrete(3) };
const NOTHING = new Float32Array(1);

function expectClose(actual: ArrayLike<number>, expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 12);
  });
}

test('moves preferences by α (R − R̄) (1 − π) for the arm pulled, and against π for the others', () => {
  const agent = new GradientBandit(TASK, { stepSize: 0.5 });
  agent.learn(transition({ action: 0, reward: 4 })); // R̄₁ = R₁: no step
  expectClose(agent.preferences.table, [0, 0, 0]);
  agent.learn(transition({ action: 1, reward: 10 })); // R̄ = 4, π = ⅓: 0.5 · 6 = 3 times ⅔ and −⅓
  expectClose(agent.preferences.table, [-1, 2, -1]);
  expect(agent.averageRewards[0]).toBe(7);
  // π = (1, e³, 1) / (2 + e³); step 0.5 (3 − 7) = −2
  const e3 = Math.exp(3);
  const policy = [1, e3, 1].map((weight) => weight / (2 + e3));
  expectClose(agent.inspect(NOTHING).policy ?? [], policy);
  agent.learn(transition({ action: 2, reward: 3 }));
  expectClose(agent.preferences.table, [
    -1 + 2 * policy[0],
    2 + 2 * policy[1],
    -1 - 2 * (1 - policy[2]),
  ]);
});

test('without a baseline compares rewards with 0', () => {
  const agent = new GradientBandit(TASK, { stepSize: 0.5, baseline: false });
  agent.learn(transition({ action: 0, reward: 6 })); // 0.5 · 6 = 3 times ⅔ and −⅓
  expectClose(agent.preferences.table, [2, -1, -1]);
  expect(agent.inspect(NOTHING).value).toBe(6);
});

test.each([true, false])(
  'climbs the gradient of the expected reward (baseline: %s)',
  (baseline) => {
    const values = [1, -2, 5];
    const preferences = [0.3, -0.1, 0.4];
    const weights = preferences.map(Math.exp);
    const policy = weights.map((weight) => weight / weights.reduce((a, b) => a + b));
    const expectedReward = policy.reduce((sum, chance, arm) => sum + chance * values[arm], 0);
    const expected = [0, 0, 0]; // E[ΔH(a)]
    policy.forEach((chance, pulled) => {
      const agent = new GradientBandit(TASK, { stepSize: 0.01, baseline });
      agent.learn(transition({ action: 0, reward: 2.5 }));
      agent.preferences.table.set(preferences);
      agent.learn(transition({ action: pulled, reward: values[pulled] }));
      agent.preferences.table.forEach((preference, arm) => {
        expected[arm] += chance * (preference - preferences[arm]);
      });
    });
    // ∂E[R] / ∂H(a) = π(a) (q(a) − E[R])
    expectClose(
      expected,
      policy.map((chance, arm) => 0.01 * chance * (values[arm] - expectedReward)),
    );
  },
);

test('learns from the policy that the mask left, so that masked arms keep their preferences', () => {
  const agent = new GradientBandit(TASK, { stepSize: 0.5, baseline: false });
  const actions = new Int32Array(1);
  agent.act(NOTHING, actions, Uint8Array.of(1, 0, 1));
  const [pulled, other] = actions[0] === 0 ? [0, 2] : [2, 0];
  agent.learn(transition({ action: pulled, reward: 4 })); // π = ½: 2 times ½ and −½
  expect(agent.preferences.table[pulled]).toBe(1);
  expect(agent.preferences.table[other]).toBe(-1);
  expect(agent.preferences.table[1]).toBe(0);
  // Nobody has acted since: π of all arms, (e, 1, e⁻¹) over their sum, of which arm 1 has 0.2447.
  agent.learn(transition({ action: 1, reward: 4 }));
  expect(agent.preferences.table[1]).toBeCloseTo(2 - 2 / (Math.E + 1 + 1 / Math.E), 12);
});

test('draws arms with the chances it says, and always the best when greedy', () => {
  const agent = new GradientBandit(TASK);
  agent.preferences.table.set([0, Math.log(2), Math.log(5)]);
  const counts = [0, 0, 0];
  const actions = new Int32Array(1);
  for (let i = 0; i < 40_000; i++) {
    agent.act(NOTHING, actions);
    counts[actions[0]]++;
  }
  [1 / 8, 2 / 8, 5 / 8].forEach((chance, arm) => {
    const error = Math.sqrt((chance * (1 - chance)) / 40_000);
    expect(Math.abs(counts[arm] / 40_000 - chance)).toBeLessThan(5 * error);
  });
  agent.greedy().act(NOTHING, actions);
  expect(actions[0]).toBe(2);
});

test('refuses a step size of 0', () => {
  expect(() => new GradientBandit(TASK, { stepSize: 0 })).toThrow(
    'GradientBandit: stepSize must be a finite number above 0, got 0.',
  );
});
