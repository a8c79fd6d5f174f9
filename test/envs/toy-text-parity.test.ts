import { describe, expect, test } from 'vitest';
import type { TabularModel } from '../../core/tabular-model.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { readGolden } from '../helpers/golden.ts';

type Outcomes = [probability: number, nextState: number, reward: number, terminated: boolean][];

interface GoldenModel {
  readonly nS: number;
  readonly nA: number;
  readonly P: readonly (readonly Outcomes[])[];
  readonly initialStateDistribution: readonly number[];
}

/** The outcomes of one row, in the order they are drawn. */
function outcomesOf(model: TabularModel, state: number, action: number): Outcomes {
  const row = state * model.numActions + action;
  const outcomes: Outcomes = [];
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    const terminated = model.terminated[i] === 1;
    outcomes.push([model.probability[i], model.nextState[i], model.reward[i], terminated]);
  }
  return outcomes;
}

describe('transition tables equal those of Gymnasium 1.4.0', () => {
  const golden = readGolden<Record<string, GoldenModel>>('toy-text.json.gz');

  test.each([
    ['FrozenLake-v1|map_name=4x4|is_slippery=True', 'FrozenLake-v1', {}],
    ['FrozenLake-v1|map_name=4x4|is_slippery=False', 'FrozenLake-v1', { slippery: false }],
    ['FrozenLake-v1|map_name=8x8|is_slippery=True', 'FrozenLake8x8-v1', {}],
    ['CliffWalking-v1', 'CliffWalking-v1', {}],
  ])('%s', (name, id, options) => {
    const { nS, nA, P, initialStateDistribution } = golden[name];
    const model = makeDynamics(id, { options }).model?.();
    if (model === undefined) throw new Error(`${id} has no model.`);
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
