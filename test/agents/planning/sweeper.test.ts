import { describe, expect, test } from 'vitest';
import { ActionLanes, suitsLanes } from '../../../agents/planning/action-lanes.ts';
import { sweepOptimal } from '../../../agents/planning/bellman.ts';
import { CompiledRows } from '../../../agents/planning/compiled-rows.ts';
import { type ExpectedModel, expectModel } from '../../../agents/planning/expected-model.ts';
import { modifiedPolicyIteration } from '../../../agents/planning/modified-policy-iteration.ts';
import { createSweeper } from '../../../agents/planning/sweeper.ts';
import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import { Alea } from '../../../core/alea.ts';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { gamblersProblem } from '../../../envs/tabular/gamblers-problem.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { racetrack } from '../../../envs/tabular/racetrack.ts';
import { modelOf } from '../../envs/solve.ts';
import { distance } from '../../helpers/exact-values.ts';

/** A model of 40 states with up to 5 outcomes an action, some of which are illegal. */
function randomModel(numActions: number): ExpectedModel {
  const rng = new Alea(numActions);
  const start = new Float64Array(40).fill(1 / 40);
  const model = createTabularModel(numActions, start, () => {
    const n = 1 + rng.below(5);
    return Array.from({ length: n }, () => ({
      probability: 1 / n,
      nextState: rng.below(40),
      reward: rng.normal(),
      terminated: rng.uniform() < 0.1,
    }));
  });
  const actionMasks = Uint8Array.from({ length: 40 * numActions }, () =>
    rng.uniform() < 0.8 ? 1 : 0,
  );
  return expectModel({ ...model, actionMasks });
}

describe('action lanes', () => {
  test.each([1, 2, 3, 4, 5, 7, 8, 9])('back up %i actions as the rows do', (numActions) => {
    const model = randomModel(numActions);
    const rng = new Alea(1);
    const initial = Float64Array.from({ length: 40 }, () => rng.normal());
    for (const inPlace of [false, true]) {
      const lanes = new ActionLanes(model, 0.9, initial, inPlace);
      const plain = new ActionLanes(model, 0.9, initial, inPlace, false);
      let values: Float64Array = initial.slice();
      for (let sweep = 0; sweep < 3; sweep++) {
        const next = inPlace ? values : new Float64Array(40);
        const change = new Float64Array(2);
        sweepOptimal(model, 0.9, values, next, change);
        values = next;
        const seen = lanes.sweep().slice();
        expect(plain.sweep()).toEqual(seen); // the same bits without WebAssembly
        expect(plain.values).toEqual(lanes.values);
        expect(distance(lanes.values, values)).toBeLessThan(1e-13);
        expect(distance(seen, change)).toBeLessThan(1e-13);
      }
    }
    expect(initial).toEqual(
      Float64Array.from(
        { length: 40 },
        (
          (again) => () =>
            again.normal()
        )(new Alea(1)),
      ),
    );
  });

  test('are taken for large models whose actions share their successors', () => {
    const small = expectModel(modelOf(gridWorld({ map: ['S..', '...', '..G'], slip: 0.2 })));
    expect(suitsLanes(small)).toBe(true);
    expect(suitsLanes(expectModel(modelOf(gamblersProblem())))).toBe(false); // each stake leads elsewhere
    const track = expectModel(modelOf(racetrack()));
    const zeros = new Float64Array(track.numStates);
    expect(createSweeper(track, 0.9, zeros, true)).toBeInstanceOf(ActionLanes);
    const initial = new Float64Array(9);
    const along = createSweeper(small, 0.9, initial, true);
    expect(along).not.toBeInstanceOf(ActionLanes);
    expect(along.sweep()[0]).toBeLessThan(-1);
    expect(initial).toEqual(new Float64Array(9));
  });

  test('solve a large grid as the rows do, and to the bound that they name', () => {
    const map = Array.from({ length: 130 }, (_, i) =>
      i === 0 ? `G${'.'.repeat(129)}` : '.'.repeat(130),
    );
    const model = expectModel(modelOf(gridWorld({ map, slip: 0.3 })));
    const options = { discount: 0.9, tolerance: 1e-6 };
    const coarse = valueIteration(model, options);
    const fine = valueIteration(model, { ...options, tolerance: 1e-12, inPlace: false });
    expect(distance(coarse.values, fine.values)).toBeLessThanOrEqual(
      coarse.errorBound + fine.errorBound,
    );
    expect(coarse.errorBound).toBeLessThanOrEqual(1e-6);
  });
});

describe('compiled rows', () => {
  test.each([1, 2, 3, 5])('back up %i actions with the bits of the rows', (numActions) => {
    const model = randomModel(numActions);
    const rng = new Alea(2);
    const initial = Float64Array.from({ length: 40 }, () => rng.normal());
    const copy = initial.slice();
    for (const inPlace of [false, true]) {
      const compiled = CompiledRows.create(model, 0.9, initial, inPlace);
      let values: Float64Array = initial.slice();
      for (let sweep = 0; sweep < 3; sweep++) {
        const next = inPlace ? values : new Float64Array(40);
        const change = new Float64Array(2);
        sweepOptimal(model, 0.9, values, next, change);
        values = next;
        expect(compiled?.sweep().slice()).toEqual(change);
        expect(compiled?.values.slice()).toEqual(values);
      }
    }
    expect(initial).toEqual(copy);
  });

  test('are taken for large models whose actions share no successors', () => {
    // From each of 5,000 states 4 actions lead to 4 states each, all of them different.
    const model = createTabularModel(4, new Float64Array(5000).fill(1 / 5000), (state, action) =>
      Array.from({ length: 4 }, (_, i) => ({
        probability: 0.25,
        nextState: (state + 16 * action + i + 1) % 5000,
        reward: state % 7,
        terminated: false,
      })),
    );
    const expected = expectModel(model);
    const zeros = new Float64Array(5000);
    expect(suitsLanes(expected)).toBe(false);
    expect(createSweeper(expected, 0.9, zeros, true)).toBeInstanceOf(CompiledRows);
    const plan = valueIteration(expected, { discount: 0.9, tolerance: 1e-9 });
    expect(plan.errorBound).toBeLessThanOrEqual(1e-9);
    const { values } = modifiedPolicyIteration(expected, { discount: 0.9, tolerance: 1e-9 });
    expect(distance(plan.values, values)).toBeLessThanOrEqual(2e-9);
  });
});
