import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asynchronousValueIteration } from '../../../agents/planning/asynchronous-value-iteration.ts';
import { backwardInduction } from '../../../agents/planning/backward-induction.ts';
import { evaluateAverageReward } from '../../../agents/planning/evaluate-average-reward.ts';
import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { modifiedPolicyIteration } from '../../../agents/planning/modified-policy-iteration.ts';
import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { prioritizedValueIteration } from '../../../agents/planning/prioritized-value-iteration.ts';
import { relativeValueIteration } from '../../../agents/planning/relative-value-iteration.ts';
import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import { Alea } from '../../../core/alea.ts';
import { createTabularModel, type TabularModel } from '../../../core/tabular-model.ts';
import { gamblersProblem } from '../../../envs/tabular/gamblers-problem.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { backup, modelOf } from '../../envs/solve.ts';
import { distance, exactValues } from '../../helpers/exact-values.ts';
import { METHODS } from '../../helpers/planning.ts';

/** How to draw a model. */
interface Draw {
  readonly seed: number;
  readonly numStates: number;
  readonly numActions: number;
  /** Chance that an outcome ends the episode. */
  readonly ending: number;
  /** Chance that an action is illegal. */
  readonly illegal: number;
}

const draws: fc.Arbitrary<Draw> = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  numStates: fc.integer({ min: 1, max: 12 }),
  numActions: fc.integer({ min: 1, max: 4 }),
  ending: fc.constantFrom(0, 0.2, 0.6),
  illegal: fc.constantFrom(0, 0.4),
});

function randomModel({ seed, numStates, numActions, ending, illegal }: Draw): TabularModel {
  const rng = new Alea(seed);
  const start = new Float64Array(numStates).fill(1 / numStates);
  const model = createTabularModel(numActions, start, () => {
    const weights = Array.from({ length: 1 + rng.below(4) }, () => rng.uniform() + 1e-3);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => ({
      probability: weight / total,
      nextState: rng.below(numStates),
      reward: Math.round(20 * rng.uniform() - 10),
      terminated: rng.uniform() < ending,
    }));
  });
  if (illegal === 0) return model;
  const actionMasks = new Uint8Array(numStates * numActions);
  for (let row = 0; row < actionMasks.length; row++)
    actionMasks[row] = rng.uniform() < illegal ? 0 : 1;
  return { ...model, actionMasks };
}

function isLegal(model: TabularModel, state: number, action: number): boolean {
  const masks = model.actionMasks?.subarray(
    state * model.numActions,
    (state + 1) * model.numActions,
  );
  return masks === undefined || masks[action] === 1 || !masks.includes(1);
}

describe('every method', () => {
  test('comes to the same values on any model, within its bound, by legal actions', () => {
    fc.assert(
      fc.property(draws, fc.constantFrom(0, 0.5, 0.95), (draw, discount) => {
        const model = randomModel(draw);
        const best = policyIteration(model, { discount });
        for (const [name, solve] of METHODS) {
          for (const tolerance of [1e-2, 1e-10]) {
            const plan = solve(model, { discount, tolerance });
            expect(distance(plan.values, best.values), name).toBeLessThanOrEqual(
              plan.errorBound + best.errorBound,
            );
            expect(plan.errorBound, name).toBeLessThanOrEqual(tolerance * 1.001);
          }
          const { values, policy, actionValues } = solve(model, { discount, tolerance: 1e-10 });
          for (let state = 0; state < model.numStates; state++) {
            expect(isLegal(model, state, policy[state]), name).toBe(true);
            for (let action = 0; action < model.numActions; action++) {
              const row = state * model.numActions + action;
              const known = model.actionMasks?.subarray(
                state * model.numActions,
                (state + 1) * model.numActions,
              );
              if (known !== undefined && !known.includes(1)) expect(actionValues[row]).toBe(0);
              else if (!isLegal(model, state, action)) expect(actionValues[row]).toBe(-Infinity);
              else expect(actionValues[row]).toBeCloseTo(backup(model, row, values, discount), 9);
            }
          }
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('is as good as the best of all policies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const model = randomModel({ seed, numStates: 4, numActions: 2, ending: 0.2, illegal: 0 });
        const best = new Float64Array(4).fill(-Infinity);
        for (let code = 0; code < 16; code++) {
          const policy = [code & 1, (code >> 1) & 1, (code >> 2) & 1, (code >> 3) & 1];
          exactValues(model, policy, 0.9).forEach((value, state) => {
            best[state] = Math.max(best[state], value);
          });
        }
        for (const [name, solve] of METHODS) {
          const { values, policy } = solve(model, { discount: 0.9, tolerance: 1e-10 });
          expect(distance(values, best), name).toBeLessThan(1e-9);
          expect(distance(exactValues(model, policy, 0.9), best), name).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  test('finds the way without discount where every episode ends, within its bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const drawn = randomModel({ seed, numStates: 8, numActions: 3, ending: 0, illegal: 0 });
        // Every action has one outcome that ends the episode.
        const terminated = drawn.terminated.slice();
        for (let row = 0; row < 24; row++) terminated[drawn.rowStart[row]] = 1;
        const model = { ...drawn, terminated };
        const best = policyIteration(model, { discount: 1 });
        expect(best.errorBound).toBeLessThan(1e-9);
        for (const [name, solve] of METHODS) {
          for (const tolerance of [0.1, 1e-9]) {
            const { values, errorBound } = solve(model, { discount: 1, tolerance });
            const bound = errorBound + best.errorBound;
            expect(distance(values, best.values), name).toBeLessThanOrEqual(bound);
            expect(errorBound, name).toBeLessThanOrEqual(tolerance * 1.001);
          }
        }
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  test('bounds the error of a walk that costs a step each, and is lost now and then', () => {
    const model = modelOf(gridWorld({ map: ['S....', '.##..', '....G'], slip: 0.4 }));
    const exact = policyIteration(model, { discount: 1 });
    for (const [name, solve] of METHODS) {
      for (const tolerance of [1, 1e-3]) {
        const { values, errorBound } = solve(model, { discount: 1, tolerance });
        expect(errorBound, name).toBeLessThanOrEqual(tolerance * 1.001);
        expect(distance(values, exact.values), name).toBeLessThanOrEqual(errorBound + 1e-10);
      }
    }
  });

  test('gives no bound without discount where going round in circles is free', () => {
    const maze = modelOf(gridWorld({ map: ['S.', '.G'], stepReward: 0 }));
    expect(valueIteration(maze, { discount: 1 }).errorBound).toBe(Infinity);
  });

  test('comes to the end without discount, where standing still seems as good', () => {
    const cells = { G: { terminal: true, reward: 1 } };
    const maze = modelOf(gridWorld({ map: ['S...', '.##.', '...G'], cells, stepReward: 0 }));
    for (const [name, solve] of METHODS) {
      const { policy } = solve(maze, { discount: 1, tolerance: 1e-9 });
      const { values } = evaluatePolicy(maze, policy, { discount: 1 });
      expect([values[0], values[4]], name).toEqual([1, 1]);
    }
  });

  test('refuses options out of range', () => {
    const model = randomModel({ seed: 1, numStates: 3, numActions: 2, ending: 0, illegal: 0 });
    for (const [name, solve] of METHODS) {
      expect(() => solve(model, { discount: 1.1, tolerance: 1 }), name).toThrow(
        'discount must be between 0 and 1, got 1.1.',
      );
      if (name === 'policy iteration') continue;
      expect(() => solve(model, { discount: 0.9, tolerance: 0 }), name).toThrow(
        'tolerance must be',
      );
    }
  });
});

describe('sweeps', () => {
  // A ring of two states with rewards 0 and 1: v = γ / (1 − γ²) and 1 / (1 − γ²).
  const ring = createTabularModel(1, Float64Array.of(1, 0), (state) => [
    { probability: 1, nextState: 1 - state, reward: state, terminated: false },
  ]);

  test('with two arrays stop by the span, long before the values have settled', () => {
    const model = randomModel({ seed: 5, numStates: 10, numActions: 2, ending: 0, illegal: 0 });
    const sweeps = (inPlace: boolean) =>
      valueIteration(model, { discount: 0.999, inPlace, tolerance: 1e-6 }).sweeps;
    expect(sweeps(false)).toBeLessThan(sweeps(true) / 20);
    // They do so too when all that is left is rounding, and the bound says that.
    const finest = valueIteration(model, { discount: 0.999, inPlace: false, tolerance: 1e-300 });
    expect(finest.sweeps).toBeLessThan(200);
    expect(finest.errorBound).toBeGreaterThan(1e-12);
    expect(finest.errorBound).toBeLessThan(1e-6);
  });

  test('use their own new values at once in place, and the old ones with two arrays', () => {
    // 1 → 0 → end, each step earns 1: in place a sweep from 0 on sees both at once.
    const model = createTabularModel(1, Float64Array.of(0, 1), (state) => [
      { probability: 1, nextState: 0, reward: 1, terminated: state === 0 },
    ]);
    const sweeps = (inPlace: boolean) => valueIteration(model, { discount: 1, inPlace }).sweeps;
    expect(sweeps(true)).toBe(2); // one to be right, one to see it
    expect(sweeps(false)).toBe(3);
  });

  test('give the values of MacQueen’s bounds: the middle of them', () => {
    // After one sweep from 0 the changes are 0 and 1: v − TV is from 0 to γ / (1 − γ) = 9.
    const { values, errorBound } = valueIteration(ring, {
      discount: 0.9,
      inPlace: false,
      tolerance: 100,
    });
    const exact = [0.9 / 0.19, 1 / 0.19];
    expect(distance(values, exact)).toBeLessThanOrEqual(errorBound);
    // The last backup is a second sweep: TV = (0.9, 1), changes 0.9 and 0; the middle is 4.05 above.
    expect(errorBound).toBeCloseTo(4.05, 12);
    expect(values[0]).toBeCloseTo(0.9 + 4.05, 12);
    expect(values[1]).toBeCloseTo(1 + 4.05, 12);
  });

  test('say what still changes when they are too few', () => {
    expect(() => valueIteration(ring, { discount: 1, maxSweeps: 10 })).toThrow(
      'valueIteration: the values still change by',
    );
    expect(() => modifiedPolicyIteration(ring, { discount: 1, maxSweeps: 10 })).toThrow(
      'modifiedPolicyIteration: the values still change by',
    );
  });

  test('without evaluation make modified policy iteration value iteration', () => {
    const model = randomModel({ seed: 6, numStates: 10, numActions: 3, ending: 0.2, illegal: 0 });
    const options = { discount: 0.9, tolerance: 1e-6 };
    const modified = modifiedPolicyIteration(model, { ...options, evaluationSweeps: 0 });
    const plain = valueIteration(model, { ...options, inPlace: false });
    expect(modified.sweeps).toBe(plain.sweeps);
    expect(modified.values).toEqual(plain.values);
    const many = modifiedPolicyIteration(model, { ...options, evaluationSweeps: 50 });
    expect(many.iterations).toBeLessThan(plain.iterations / 5);
  });

  test('to and fro carry a reward at either end through all states at once', () => {
    for (const goal of [0, 29]) {
      const corridor = Array.from({ length: 30 }, (_, i) => (i === goal ? 'G' : '.')).join('');
      const cells = { G: { terminal: true, reward: 1 } };
      const model = modelOf(gridWorld({ map: [corridor], cells, stepReward: 0 }));
      const options = { discount: 0.9, order: 'alternating' } as const;
      expect(asynchronousValueIteration(model, options).iterations).toBeLessThan(6);
    }
  });

  test('of states at random depend on the seed', () => {
    const model = randomModel({ seed: 8, numStates: 12, numActions: 3, ending: 0, illegal: 0 });
    const options = { discount: 0.95, tolerance: 1e-3 };
    const valuesOf = (seed: number) =>
      asynchronousValueIteration(model, { ...options, seed }).values;
    expect(valuesOf(1)).toEqual(valuesOf(1));
    expect(valuesOf(1)).not.toEqual(valuesOf(2));
  });

  test('by priority need no second look where errors are small at once', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const plan = prioritizedValueIteration(randomModel(draw), { discount: 0.95 });
        expect(plan.iterations).toBeLessThanOrEqual(2);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  test('may begin with given values, which they leave alone', () => {
    const model = randomModel({ seed: 7, numStates: 10, numActions: 3, ending: 0, illegal: 0 });
    const { values } = valueIteration(model, { discount: 0.9 });
    const copy = values.slice();
    expect(valueIteration(model, { discount: 0.9 }, values).sweeps).toBeLessThan(5);
    expect(values).toEqual(copy);
  });
});

describe('policy iteration', () => {
  test('ends where many actions are equally good', () => {
    for (const goal of [64, 100]) {
      const plan = policyIteration(modelOf(gamblersProblem({ goal })), { discount: 1 });
      expect(plan.iterations).toBeLessThan(20);
      expect(plan.values[goal / 2]).toBeCloseTo(0.4, 14);
    }
  });

  test('shows every policy with its values, from the first to the best', () => {
    const model = modelOf(gridWorld({ map: ['S..G'] }));
    const still = new Int32Array(4); // up, against the edge
    const seen: { policy: number[]; values: Float64Array }[] = [];
    const plan = policyIteration(model, { discount: 0.5 }, still, (policy, values) => {
      seen.push({ policy: [...policy], values });
    });
    // From the cell beside the goal on, the way becomes known a cell at a time.
    expect(seen.map(({ policy }) => policy.slice(0, 3))).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
      [1, 1, 1],
    ]);
    expect(seen.map(({ values }) => values[0])).toEqual([-2, -2, -2, -1.75]);
    expect(plan.iterations).toBe(4);
    expect([...still]).toEqual([0, 0, 0, 0]);
  });

  test('refuses an initial policy that does not fit', () => {
    const model = randomModel({ seed: 8, numStates: 4, numActions: 2, ending: 0, illegal: 0 });
    expect(() => policyIteration(model, {}, new Int32Array(3))).toThrow(
      'policyIteration: policy must hold an action for each of 4 states',
    );
  });

  test('says when it has not come to an end', () => {
    const model = modelOf(gridWorld({ map: ['S..........G'], slip: 0.1 }));
    expect(() => policyIteration(model, { maxIterations: 1 }, new Int32Array(12))).toThrow(
      'the policy still changes after 1 iterations',
    );
  });
});

describe('backward induction', () => {
  test('weighs a small reward now against a large one later by the steps that are left', () => {
    // 0: take 1 and stay, or go on for nothing; 1: take 5 and go back. Three steps.
    const model = createTabularModel(2, Float64Array.of(1, 0), (state, action) => [
      {
        probability: 1,
        nextState: state === 0 && action === 1 ? 1 : 0,
        reward: state === 1 ? 5 : action === 0 ? 1 : 0,
        terminated: false,
      },
    ]);
    const { values, policy } = backwardInduction(model, { horizon: 3 });
    // With one step left 1; with two 0 + 5; with three 1 + 5 or 0 + 5 + 1: the lowest action.
    expect([...values]).toEqual([6, 10, 5, 6, 1, 5, 0, 0]);
    expect([...policy]).toEqual([0, 0, 1, 0, 0, 0]);
    const final = backwardInduction(model, { horizon: 1, discount: 0.5 }, Float64Array.of(0, 10));
    expect([...final.values]).toEqual([5, 5, 0, 10]); // 0 + 0.5 · 10 > 1
    expect(final.policy[0]).toBe(1);
  });

  test('comes near to what is best without an end, as the steps grow', () => {
    const model = randomModel({ seed: 9, numStates: 6, numActions: 2, ending: 0.2, illegal: 0.4 });
    const { values } = backwardInduction(model, { horizon: 300, discount: 0.9 });
    const best = policyIteration(model, { discount: 0.9 });
    expect(distance(values.subarray(0, 6), best.values)).toBeLessThan(1e-9);
    expect(() => backwardInduction(model, { horizon: 0 })).toThrow('horizon must be an integer');
  });
});

describe('relative value iteration', () => {
  test('bounds the best average reward, and its policy earns it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0, 0.3), (seed, ending) => {
        const drawn = randomModel({ seed, numStates: 6, numActions: 3, ending, illegal: 0 });
        // Every action may lead to state 0, so all states are one class.
        const nextState = drawn.nextState.slice();
        for (let row = 0; row < 18; row++) nextState[drawn.rowStart[row]] = 0;
        const terminated = drawn.terminated.slice();
        for (let row = 0; row < 18; row++) terminated[drawn.rowStart[row]] = ending > 0 ? 1 : 0;
        const model = { ...drawn, nextState, terminated };
        const best = relativeValueIteration(model);
        const { averageReward, values } = evaluateAverageReward(model, best.policy);
        expect(Math.abs(best.averageReward - averageReward)).toBeLessThan(1e-9);
        expect(distance(best.values, values)).toBeLessThan(1e-7);
        // maxₐ q(s, a) = h(s): action values are relative to the average too.
        best.values.forEach((value, state) => {
          const row = best.actionValues.subarray(3 * state, 3 * state + 3);
          expect(Math.max(...row)).toBeCloseTo(value, 7);
        });
        const rough = relativeValueIteration(model, { tolerance: 0.1, laziness: 0.5 });
        expect(rough.errorBound).toBeLessThanOrEqual(0.1);
        expect(Math.abs(rough.averageReward - averageReward)).toBeLessThanOrEqual(
          rough.errorBound + 1e-9,
        );
        for (let action = 0; action < 3; action++) {
          const { averageReward: other } = evaluateAverageReward(
            model,
            new Int32Array(6).fill(action),
          );
          expect(other).toBeLessThan(averageReward + 1e-9);
        }
      }),
      { numRuns: 40, seed: 4 },
    );
  });

  test('swings for ever on a ring without laziness', () => {
    const ring = createTabularModel(1, Float64Array.of(1, 0), (state) => [
      { probability: 1, nextState: 1 - state, reward: state, terminated: false },
    ]);
    expect(relativeValueIteration(ring).averageReward).toBeCloseTo(0.5, 9);
    expect(() => relativeValueIteration(ring, { laziness: 0, maxSweeps: 99 })).toThrow(
      'relativeValueIteration: the values still change by 1 after 99 sweeps.',
    );
    expect(() => relativeValueIteration(ring, { laziness: 1 })).toThrow('laziness must be between');
  });
});
