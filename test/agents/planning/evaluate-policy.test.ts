import { describe, expect, test } from 'vitest';
import { evaluateAverageReward } from '../../../agents/planning/evaluate-average-reward.ts';
import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { iterativePolicyEvaluation } from '../../../agents/planning/iterative-policy-evaluation.ts';
import { createTabularModel, type TabularModel } from '../../../core/tabular-model.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { racetrack } from '../../../envs/tabular/racetrack.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';
import { modelOf } from '../../envs/solve.ts';
import { distance, exactValues } from '../../helpers/exact-values.ts';

/** One state that ends with a chance, else stays; a step earns 1. */
function waiting(chance: number): TabularModel {
  return createTabularModel(1, Float64Array.of(1), () => [
    { probability: 1 - chance, nextState: 0, reward: 1, terminated: false },
    { probability: chance, nextState: 0, reward: 1, terminated: true },
  ]);
}

/** Two states that lead to one another, and out only with a chance. */
function trap(chance: number): TabularModel {
  return createTabularModel(1, Float64Array.of(0.5, 0.5), (state) => [
    { probability: 1 - chance, nextState: 1 - state, reward: 0, terminated: false },
    { probability: chance, nextState: 0, reward: state, terminated: true },
  ]);
}

const ONLY = new Int32Array(2);

describe('the exact values of a policy', () => {
  test('follow from their equations', () => {
    // v(0) = ½ · 1 + ½ (2 + 0.9 v(1)), v(1) = 0.9 v(0): v(0) = 1.5 / (1 − 0.405)
    const model = createTabularModel(2, Float64Array.of(1, 0), (state, action) => {
      if (state === 1) return [{ probability: 1, nextState: 0, reward: 0, terminated: false }];
      return [{ probability: 1, nextState: 1, reward: 1 + action, terminated: action === 0 }];
    });
    const policy = Float64Array.of(0.5, 0.5, 1, 0);
    const { values, actionValues } = evaluatePolicy(model, policy, { discount: 0.9 });
    const first = 1.5 / (1 - 0.405);
    expect(values[0]).toBeCloseTo(first, 14);
    expect(values[1]).toBeCloseTo(0.9 * first, 14);
    expect([...actionValues]).toEqual([1, 2 + 0.9 * values[1], 0.9 * values[0], 0.9 * values[0]]);
  });

  test('are carried from state to state where none comes twice', () => {
    // 0 → 1 → … → 9 → end, each step earns 1: v(s) = 1 + γ + … + γ⁹⁻ˢ
    const model = createTabularModel(1, new Float64Array(10).fill(0.1), (state) => [
      { probability: 1, nextState: Math.min(state + 1, 9), reward: 1, terminated: state === 9 },
    ]);
    const { values } = evaluatePolicy(model, new Int32Array(10), { discount: 0.5 });
    values.forEach((value, state) => {
      expect(value).toBeCloseTo(2 * (1 - 0.5 ** (10 - state)), 14);
    });
  });

  test.each([1e-3, 1e-9, 1e-15])(
    'lose no digit where episodes end with the chance %f',
    (chance) => {
      const { values } = evaluatePolicy(waiting(chance), ONLY.subarray(0, 1), { discount: 1 });
      expect(values[0] * chance).toBeCloseTo(1, 14);
      const inTrap = evaluatePolicy(trap(chance), ONLY, { discount: 1 }).values;
      // v(1) = c + (1 − c) v(0), v(0) = (1 − c) v(1)
      expect(inTrap[1]).toBeCloseTo(1 / (2 - chance), 14);
      expect(inTrap[0]).toBeCloseTo((1 - chance) / (2 - chance), 14);
    },
  );

  test('come out the same directly and iteratively, with bounds that hold', () => {
    const map = Array.from({ length: 20 }, () => '...................G');
    for (const [world, discount] of [
      [gridWorld({ map, slip: 0.2 }), 1],
      [gridWorld({ map, slip: 0.2 }), 0.99],
      [randomWalk({ numStates: 300, reach: 3 }), 1],
      [racetrack(), 0.95],
    ] as const) {
      const model = modelOf(world);
      const { numStates, numActions } = model;
      const policy = new Float64Array(numStates * numActions).fill(1 / numActions);
      const direct = evaluatePolicy(model, policy, { discount });
      const iterative = evaluatePolicy(model, policy, { discount, method: 'iterative' });
      const error = distance(direct.values, iterative.values);
      expect(error).toBeLessThanOrEqual(direct.errorBound + iterative.errorBound);
      expect(error).toBeLessThan(1e-8);
      expect(iterative.iterations).toBeGreaterThan(0);
      const swept = iterativePolicyEvaluation(model, policy, { discount, tolerance: 1e-9 });
      expect(distance(direct.values, swept.values)).toBeLessThanOrEqual(
        direct.errorBound + swept.errorBound,
      );
    }
  });

  test('are those of the chances as they are, though these do not quite sum to 1', () => {
    const model = createTabularModel(1, Float64Array.of(1, 0), (state) => [
      { probability: 0.5 - 8e-10, nextState: 1 - state, reward: 1, terminated: false },
      { probability: 0.5, nextState: state, reward: 2, terminated: false },
    ]);
    const { values, errorBound } = evaluatePolicy(model, ONLY, { discount: 0.9999 });
    const exact = exactValues(model, ONLY, 0.9999);
    expect(distance(values, exact)).toBeLessThan(1e-7); // of 15,000
    expect(errorBound).toBeLessThan(1e-6);
  });

  test('are 0 where nothing is earned any more, without discount', () => {
    const model = createTabularModel(1, Float64Array.of(1, 0, 0), (state) => [
      {
        probability: 1,
        nextState: state === 1 ? 2 : 1,
        reward: state === 0 ? 5 : 0,
        terminated: false,
      },
    ]);
    const { values } = evaluatePolicy(model, new Int32Array(3), { discount: 1 });
    expect([...values]).toEqual([5, 0, 0]);
  });

  test('do not exist where a policy earns for ever, without discount', () => {
    const model = createTabularModel(1, Float64Array.of(1, 0), (state) => [
      { probability: 1, nextState: 1 - state, reward: 1, terminated: false },
    ]);
    expect(() => evaluatePolicy(model, ONLY, { discount: 1 })).toThrow(
      'evaluatePolicy: from state 0 the episode never ends, so without discount its return is unbounded.',
    );
  });

  test('belong to a policy of the model', () => {
    const model = { ...trap(0.5), actionMasks: Uint8Array.of(1, 0) };
    const masked = { ...model, numActions: 1 };
    expect(() => evaluatePolicy(model, new Int32Array(3))).toThrow('got length 3');
    expect(() => evaluatePolicy(model, Int32Array.of(0, 2))).toThrow('in state 1 the policy must');
    expect(() => evaluatePolicy(model, Float64Array.of(1, 0.5))).toThrow(
      'in state 1 the policy must',
    );
    expect(() => evaluatePolicy(model, Float64Array.of(1, Number.NaN))).toThrow('in state 1');
    const half = { ...model, numActions: 2, numStates: 1, rowStart: Int32Array.of(0, 2, 4) };
    const choice = { ...half, nextState: new Int32Array(4), startDistribution: Float64Array.of(1) };
    expect(evaluatePolicy(choice, Int32Array.of(0)).values).toHaveLength(1);
    expect(() => evaluatePolicy(choice, Int32Array.of(1))).toThrow(
      'evaluatePolicy: the policy takes action 1 in state 0, where it is illegal.',
    );
    expect(evaluatePolicy(masked, ONLY, { discount: 0.5 }).values[1]).toBe(0); // nothing is legal there
  });

  test('need options within their ranges', () => {
    const evaluate = (options: object) => () => evaluatePolicy(trap(0.5), ONLY, options);
    expect(evaluate({ discount: 1.5 })).toThrow('evaluatePolicy: discount must be between 0 and 1');
    expect(evaluate({ method: 'exact' })).toThrow('method must be one of automatic, direct');
    expect(evaluate({ tolerance: 0 })).toThrow('tolerance must be a finite number above 0');
    expect(evaluate({ maxIterations: 0 })).toThrow('maxIterations must be an integer');
    expect(evaluate({ gamma: 1 })).toThrow('unknown option "gamma"');
  });

  test('need a model whose numbers are ones', () => {
    const broken = (part: Partial<TabularModel>) => () =>
      evaluatePolicy({ ...trap(0.5), ...part }, ONLY);
    const message = 'The model, state 1, action 0: the probabilities must be at least 0';
    expect(broken({ reward: Float64Array.of(0, 0, 0, Number.NaN) })).toThrow(message);
    expect(broken({ nextState: Int32Array.of(1, 0, 2, 0) })).toThrow(message);
    expect(broken({ probability: Float64Array.of(0.5, 0.5, 0.5, 0.4) })).toThrow(message);
  });
});

describe('iterative policy evaluation', () => {
  test('takes the new values at once in place, and the old ones with two arrays', () => {
    // 1 → 0 → end, each step earns 1: in place a sweep from 0 on sees both at once.
    const model = createTabularModel(1, Float64Array.of(0, 1), (state) => [
      { probability: 1, nextState: 0, reward: 1, terminated: state === 0 },
    ]);
    const sweeps = (inPlace: boolean) =>
      iterativePolicyEvaluation(model, ONLY, { discount: 1, inPlace }).iterations;
    expect(sweeps(true)).toBe(2); // one to be right, one to see it
    expect(sweeps(false)).toBe(3);
  });

  test('begins with the values that it is given, and leaves them alone', () => {
    const given = Float64Array.of(0.5, 0.5);
    const exact = evaluatePolicy(trap(0.1), ONLY, { discount: 0.9 }).values;
    const options = { discount: 0.9 };
    const { values, iterations } = iterativePolicyEvaluation(trap(0.1), ONLY, options, given);
    expect(distance(values, exact)).toBeLessThan(1e-10);
    expect([...given]).toEqual([0.5, 0.5]);
    const knowing = iterativePolicyEvaluation(trap(0.1), ONLY, options, exact);
    expect(knowing.iterations).toBeLessThan(iterations);
    expect(() => iterativePolicyEvaluation(trap(0.1), ONLY, {}, new Float64Array(3))).toThrow(
      'iterativePolicyEvaluation: initialValues must have length 2, got 3.',
    );
  });

  test('gives up where the values never settle', () => {
    const model = createTabularModel(1, Float64Array.of(1), () => [
      { probability: 1, nextState: 0, reward: 1, terminated: false },
    ]);
    expect(() =>
      iterativePolicyEvaluation(model, new Int32Array(1), { discount: 1, maxSweeps: 9 }),
    ).toThrow('iterativePolicyEvaluation: the values still change by 1 after 9 sweeps.');
  });
});

describe('the exact average reward of a policy', () => {
  test('is that of a cycle by its length', () => {
    // 0 → 1 → 2 → 0 with rewards 0, 1, 5
    const model = createTabularModel(1, Float64Array.of(1, 0, 0), (state) => [
      { probability: 1, nextState: (state + 1) % 3, reward: [0, 1, 5][state], terminated: false },
    ]);
    const { averageReward, values } = evaluateAverageReward(model, new Int32Array(3));
    expect(averageReward).toBeCloseTo(2, 14);
    // h(0) = 0 − 2 + h(1), h(1) = 1 − 2 + h(2), h(0) = 0
    [0, 2, 3].forEach((value, state) => {
      expect(values[state]).toBeCloseTo(value, 13);
    });
  });

  test('depends on the start where there are two classes that are never left', () => {
    const model = createTabularModel(1, Float64Array.of(0.5, 0.5), (state) => [
      { probability: 1, nextState: state, reward: state, terminated: false },
    ]);
    expect(() => evaluateAverageReward(model, ONLY)).toThrow(
      'the classes of the states 0 and 1 are never left',
    );
    const ending = createTabularModel(1, Float64Array.of(0.5, 0.5), (state) => [
      { probability: 1, nextState: state, reward: state, terminated: state === 1 },
    ]);
    expect(() => evaluateAverageReward(ending, ONLY)).toThrow('some episodes end and others never');
  });
});
