import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweepOptimal } from '../../../agents/planning/bellman.ts';
import { expectModel } from '../../../agents/planning/expected-model.ts';
import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import { withoutSelfLoops } from '../../../agents/planning/without-self-loops.ts';
import { Alea } from '../../../core/alea.ts';
import { createTabularModel, type TabularModel } from '../../../core/tabular-model.ts';
import { distance } from '../../helpers/exact-values.ts';

/** Few states with many outcomes, so that actions often stay where they are. */
function randomModel(seed: number): TabularModel {
  const rng = new Alea(seed);
  const numStates = 1 + rng.below(5);
  const start = new Float64Array(numStates).fill(1 / numStates);
  return createTabularModel(1 + rng.below(3), start, () => {
    const n = 1 + rng.below(4);
    return Array.from({ length: n }, () => ({
      probability: 1 / n,
      nextState: rng.below(numStates),
      reward: rng.normal(),
      terminated: rng.uniform() < 0.2,
    }));
  });
}

describe('a model without self-loops', () => {
  test('sums up staying: r / (1 − γ p), and the other chances by as much', () => {
    // Stays with the chance ½, goes on with ¼, and ends with ¼; a step earns 3.
    const model = createTabularModel(1, Float64Array.of(1, 0), () => [
      { probability: 0.25, nextState: 0, reward: 3, terminated: false },
      { probability: 0.25, nextState: 1, reward: 3, terminated: false },
      { probability: 0.25, nextState: 0, reward: 3, terminated: false },
      { probability: 0.25, nextState: 0, reward: 3, terminated: true },
    ]);
    const loopless = withoutSelfLoops(expectModel(model), 0.8);
    expect([...loopless.rowStart]).toEqual([0, 1, 3]);
    expect([...loopless.nextState]).toEqual([1, 0, 0]);
    expect(loopless.reward[0]).toBeCloseTo(3 / (1 - 0.8 * 0.5), 14);
    expect(loopless.probability[0]).toBeCloseTo(0.25 / (1 - 0.8 * 0.5), 14);
    expect(loopless.reward[1]).toBeCloseTo(3 / (1 - 0.8 * 0.25), 14);
    expect(loopless.probability[1]).toBeCloseTo(0.25 / (1 - 0.8 * 0.25), 14);
  });

  test('leaves an action that never leaves as it is, without discount', () => {
    const model = createTabularModel(2, Float64Array.of(1, 0), (state, action) => [
      { probability: 1, nextState: action, reward: 1, terminated: state === 1 },
    ]);
    const loopless = withoutSelfLoops(expectModel(model), 1);
    expect([...loopless.nextState]).toEqual([0, 1]);
    expect([...loopless.reward]).toEqual([1, 1, 1, 1]);
    expect([...withoutSelfLoops(expectModel(model), 0.5).reward]).toEqual([2, 1, 1, 1]);
  });

  test('keeps illegal actions illegal', () => {
    const model = { ...randomModel(3), actionMasks: undefined };
    const masks = new Uint8Array(model.numStates * model.numActions).fill(1);
    masks[0] = 0;
    const loopless = withoutSelfLoops(expectModel({ ...model, actionMasks: masks }), 0.9);
    expect(loopless.reward[0]).toBe(model.numActions > 1 ? -Infinity : 0);
  });

  test('has the same optimal values, and no smaller an error of other values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom(0.5, 0.95),
        (seed, discount) => {
          const model = expectModel(randomModel(seed));
          const loopless = withoutSelfLoops(model, discount);
          const { values } = policyIteration(model, { discount });
          const [next, change] = [new Float64Array(values.length), new Float64Array(2)];
          sweepOptimal(loopless, discount, values, next, change);
          expect(distance(next, values)).toBeLessThan(1e-10);
          const rng = new Alea(seed);
          const other = values.map((value) => value + rng.normal());
          sweepOptimal(model, discount, other, next, change);
          const error = distance(next, other);
          sweepOptimal(loopless, discount, other, next, change);
          expect(distance(next, other)).toBeGreaterThanOrEqual(error - 1e-12);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});
