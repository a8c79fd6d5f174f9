import { describe, expect, test } from 'vitest';
import { qValueIteration } from '../../../agents/planning/q-value-iteration.ts';
import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { modelOf } from '../../envs/solve.ts';

// 0 → 1 → end with rewards 1 and 2; or from 0 straight to the end with 2.5.
const chain = createTabularModel(2, Float64Array.of(1, 0), (state, action) => {
  const ends = state === 1 || action === 1;
  const reward = state === 1 ? 2 : action === 1 ? 2.5 : 1;
  return [{ probability: 1, nextState: 1, reward, terminated: ends }];
});

describe('iteration on action values', () => {
  test('solves a chain whose action values can be worked out by hand', () => {
    const { values, actionValues, policy } = qValueIteration(chain, { discount: 0.9 });
    // q(0, on) = 1 + 0.9 · 2
    expect([...actionValues]).toEqual([2.8, 2.5, 2, 2]);
    expect([...values]).toEqual([2.8, 2]);
    expect([...policy]).toEqual([0, 0]);
  });

  test('begins with the action values that it is given, and leaves them alone', () => {
    const model = modelOf(frozenLake());
    const options = { discount: 0.95, tolerance: 1e-8 };
    const { actionValues } = qValueIteration(model, options);
    const copy = actionValues.slice();
    expect(qValueIteration(model, options, actionValues).sweeps).toBeLessThan(5);
    expect(actionValues).toEqual(copy);
    expect(() => qValueIteration(model, {}, new Float64Array(16))).toThrow(
      'qValueIteration: initialActionValues must have length 64, got 16.',
    );
    // All at 100: the best of each state is what its successors see.
    const high = new Float64Array(64).fill(100);
    expect(qValueIteration(model, options, high).values[0]).toBeCloseTo(
      valueIteration(model, options).values[0],
      7,
    );
  });

  test('takes no account of what an illegal action is given', () => {
    const masked = { ...chain, actionMasks: Uint8Array.of(1, 1, 0, 1) };
    const given = Float64Array.of(0, 0, 1e9, 0);
    const plan = qValueIteration(masked, { discount: 0.9, maxSweeps: 3 }, given);
    expect([...plan.actionValues]).toEqual([2.8, 2.5, -Infinity, 2]);
    expect([...plan.policy]).toEqual([0, 1]);
  });

  test('has the same sweeps as iteration on state values', () => {
    const model = modelOf(frozenLake({ map: '8x8' }));
    for (const inPlace of [false, true]) {
      const options = { discount: 0.9, tolerance: 1e-9, inPlace };
      const ours = qValueIteration(model, options);
      const theirs = valueIteration(model, options);
      expect(ours.sweeps).toBe(theirs.sweeps);
      expect(ours.values).toEqual(theirs.values);
      expect(ours.errorBound).toBe(theirs.errorBound);
    }
  });

  test('gives up where the values never settle', () => {
    const endless = createTabularModel(1, Float64Array.of(1), () => [
      { probability: 1, nextState: 0, reward: 1, terminated: false },
    ]);
    expect(() => qValueIteration(endless, { discount: 1, maxSweeps: 9 })).toThrow(
      'qValueIteration: the values still change by 1 after 9 sweeps.',
    );
  });
});
