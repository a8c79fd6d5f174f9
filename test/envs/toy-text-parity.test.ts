import { describe, expect, test } from 'vitest';
import { makeDynamics } from '../../envs/registry.ts';
import { readGolden } from '../helpers/golden.ts';
import { modelOf, type Outcomes, outcomesOf } from './solve.ts';

interface GoldenModel {
  readonly nS: number;
  readonly nA: number;
  readonly P: readonly (readonly Outcomes[])[];
  readonly initialStateDistribution: readonly number[];
}

describe('transition tables equal those of Gymnasium 1.4.0', () => {
  const golden = readGolden<Record<string, GoldenModel>>('toy-text.json.gz');

  test.each([
    ['FrozenLake-v1|map_name=4x4|is_slippery=True', 'FrozenLake-v1', {}],
    ['FrozenLake-v1|map_name=4x4|is_slippery=False', 'FrozenLake-v1', { slippery: false }],
    ['FrozenLake-v1|map_name=8x8|is_slippery=True', 'FrozenLake8x8-v1', {}],
    ['CliffWalking-v1', 'CliffWalking-v1', {}],
    ['Taxi-v4', 'Taxi-v4', {}],
  ])('%s', (name, id, options) => {
    const { nS, nA, P, initialStateDistribution } = golden[name];
    const model = modelOf(makeDynamics(id, { options }));
    expect([model.numStates, model.numActions]).toEqual([nS, nA]);
    expect([...model.startDistribution]).toEqual(initialStateDistribution);
    for (let state = 0; state < nS; state++) {
      for (let action = 0; action < nA; action++) {
        expect(outcomesOf(model, state, action), `state ${state}, action ${action}`).toEqual(
          P[state][action],
        );
      }
    }
  });
});
