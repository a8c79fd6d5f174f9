import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averageRewardPolicyIteration } from '../../../agents/planning/average-reward-policy-iteration.ts';
import { evaluateAverageReward } from '../../../agents/planning/evaluate-average-reward.ts';
import { relativeValueIteration } from '../../../agents/planning/relative-value-iteration.ts';
import { Alea } from '../../../core/alea.ts';
import {
  createTabularModel,
  type Outcome,
  type TabularModel,
} from '../../../core/tabular-model.ts';
import { accessControl } from '../../../envs/tabular/access-control.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { modelOf } from '../../envs/solve.ts';
import { exactAverageReward } from '../../helpers/exact-average-reward.ts';
import { distance } from '../../helpers/exact-values.ts';

/** Every action may lead to state 0, or may end the episode, so that any policy is unichain. */
function randomModel(seed: number, ending: boolean): TabularModel {
  const rng = new Alea(seed);
  const numStates = 1 + rng.below(5);
  const start = new Float64Array(numStates).fill(1 / numStates);
  return createTabularModel(2, start, () => {
    const n = 1 + rng.below(3);
    return Array.from({ length: n }, (_, i) => ({
      probability: 1 / n,
      nextState: i === 0 ? 0 : rng.below(numStates),
      reward: rng.normal(),
      terminated: ending && i === 0,
    }));
  });
}

/** Howard (1960), table 5.1: three towns, and for each way to find a fare its chances and rewards. */
const TAXICAB = [
  [
    [
      [1 / 2, 1 / 4, 1 / 4],
      [10, 4, 8],
    ],
    [
      [1 / 16, 3 / 4, 3 / 16],
      [8, 2, 4],
    ],
    [
      [1 / 4, 1 / 8, 5 / 8],
      [4, 6, 4],
    ],
  ],
  [
    [
      [1 / 2, 0, 1 / 2],
      [14, 0, 18],
    ],
    [
      [1 / 16, 7 / 8, 1 / 16],
      [8, 16, 8],
    ],
  ],
  [
    [
      [1 / 4, 1 / 4, 1 / 2],
      [10, 2, 8],
    ],
    [
      [1 / 8, 3 / 4, 1 / 8],
      [6, 4, 2],
    ],
    [
      [3 / 4, 1 / 16, 3 / 16],
      [4, 0, 8],
    ],
  ],
];

function taxicab(): TabularModel {
  const model = createTabularModel(3, Float64Array.of(0, 0, 1), (town, way) => {
    const [chances, rewards] = TAXICAB[town][Math.min(way, TAXICAB[town].length - 1)];
    return chances.map((probability, nextState): Outcome => {
      return { probability, nextState, reward: rewards[nextState], terminated: false };
    });
  });
  return { ...model, actionMasks: Uint8Array.of(1, 1, 1, 1, 1, 0, 1, 1, 1) };
}

describe('policy iteration for the average reward', () => {
  test('goes the way of Howard’s taxicab: gains 9.2, 13.15 and 13.34', () => {
    const model = taxicab();
    const gains = [
      [0, 0, 0],
      [0, 1, 1],
      [1, 1, 1],
    ].map((policy) => evaluateAverageReward(model, Int32Array.from(policy)).averageReward);
    expect(gains.map((gain) => gain.toFixed(2))).toEqual(['9.20', '13.15', '13.34']);
    const first = new Int32Array(3);
    const plan = averageRewardPolicyIteration(model, {}, first);
    expect([...plan.policy]).toEqual([1, 1, 1]);
    expect(plan.iterations).toBe(3);
    expect([...first]).toEqual([0, 0, 0]);
    expect(plan.averageReward).toBeCloseTo(gains[2], 13);
    // Howard: −1.18, 12.66 and 0. Here the values are 0 on average over the start, which is town 3.
    expect([...plan.values].map((value) => value.toFixed(2))).toEqual(['-1.18', '12.66', '0.00']);
    expect(plan.actionValues[5]).toBe(-Infinity);
    expect([...averageRewardPolicyIteration(model).policy]).toEqual([1, 1, 1]);
  });

  test('finds the best of all policies, with its differential values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (seed, ending) => {
        const model = randomModel(seed, ending);
        const { numStates } = model;
        let best = -Infinity;
        for (let code = 0; code < 2 ** numStates; code++) {
          const policy = Int32Array.from({ length: numStates }, (_, state) => (code >> state) & 1);
          const exact = exactAverageReward(model, policy);
          const ours = evaluateAverageReward(model, policy);
          expect(ours.averageReward).toBeCloseTo(exact.averageReward, 11);
          expect(distance(ours.values, exact.values)).toBeLessThan(1e-10);
          best = Math.max(best, exact.averageReward);
        }
        const plan = averageRewardPolicyIteration(model);
        expect(Math.abs(plan.averageReward - best)).toBeLessThan(1e-11);
        expect(plan.errorBound).toBeLessThan(1e-11);
        expect(plan.errorBound).toBeGreaterThan(0);
        const { averageReward, values } = exactAverageReward(model, plan.policy);
        expect(averageReward).toBeCloseTo(best, 11);
        expect(distance(plan.values, values)).toBeLessThan(1e-10);
        // The optimality equations: maxₐ q(s, a) = h(s), where q has had the average reward taken off.
        for (let state = 0; state < numStates; state++) {
          const best = Math.max(plan.actionValues[2 * state], plan.actionValues[2 * state + 1]);
          expect(best).toBeCloseTo(values[state], 10);
          expect(plan.actionValues[2 * state + plan.policy[state]]).toBeCloseTo(best, 10);
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('agrees with relative value iteration on access control', () => {
    const model = modelOf(accessControl());
    const plan = averageRewardPolicyIteration(model);
    const swept = relativeValueIteration(model, { tolerance: 1e-12 });
    expect(plan.averageReward).toBeCloseTo(2.747641950572538, 12); // bench/peers/known_values.py
    expect(distance(plan.values, swept.values)).toBeLessThan(1e-9);
    expect(plan.policy).toEqual(swept.policy);
  });

  test('says when a policy on the way comes to several averages', () => {
    const apart = createTabularModel(2, Float64Array.of(0.5, 0.5), (state) => [
      { probability: 1, nextState: state, reward: state, terminated: false },
    ]);
    expect(() => averageRewardPolicyIteration(apart)).toThrow(
      'averageRewardPolicyIteration: the classes of the states 0 and 1 are never left, so the average reward depends on the start. Use relativeValueIteration, which follows no policy on the way.',
    );
    // Action 1 stays where it is, so that only state 1 ends.
    const halting = createTabularModel(2, Float64Array.of(0.5, 0.5), (state, action) => [
      { probability: 1, nextState: state, reward: 0, terminated: action === 0 },
    ]);
    expect(() => averageRewardPolicyIteration(halting, {}, Int32Array.of(1, 0))).toThrow(
      'some episodes end and others never leave the class of state 0',
    );
  });

  test('says when the policy has not come to rest, and refuses one that does not fit', () => {
    expect(() =>
      averageRewardPolicyIteration(taxicab(), { maxIterations: 2 }, new Int32Array(3)),
    ).toThrow('averageRewardPolicyIteration: the policy still changes after 2 iterations.');
    expect(() => averageRewardPolicyIteration(taxicab(), {}, new Int32Array(2))).toThrow(
      'averageRewardPolicyIteration: policy must hold an action for each of 3 states',
    );
    expect(() => averageRewardPolicyIteration(taxicab(), {}, Int32Array.of(0, 2, 0))).toThrow(
      'takes action 2 in state 1, where it is illegal',
    );
    expect(() => averageRewardPolicyIteration(taxicab(), { maxIterations: 0 })).toThrow(
      'maxIterations must be an integer of at least 1',
    );
  });

  test('keeps a policy where others are as good', () => {
    const cells = { G: { terminal: true, reward: -1 } };
    const model = modelOf(gridWorld({ map: ['S.G'], cells }));
    // Each step costs 1, whatever is done; the first that is unichain is kept.
    const plan = averageRewardPolicyIteration(model, {}, Int32Array.of(1, 1, 0));
    expect([...plan.policy]).toEqual([1, 1, 0]);
    expect(plan.iterations).toBe(1);
    expect(plan.averageReward).toBeCloseTo(-1, 14);
  });
});
