import { ValueIteration } from '../../agents/planning/value-iteration.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { TabularModel } from '../../core/tabular-model.ts';

/** The model of a world that must have one. */
export function modelOf(world: Dynamics): TabularModel {
  const model = world.model?.();
  if (model === undefined) throw new Error(`${world.name} has no model.`);
  return model;
}

/** The outcomes of one row, in the order they are drawn. */
export type Outcomes = [
  probability: number,
  nextState: number,
  reward: number,
  terminated: boolean,
][];

/** What an action leads to in a state. */
export function outcomesOf(model: TabularModel, state: number, action: number): Outcomes {
  const row = state * model.numActions + action;
  const outcomes: Outcomes = [];
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    const terminated = model.terminated[i] === 1;
    outcomes.push([model.probability[i], model.nextState[i], model.reward[i], terminated]);
  }
  return outcomes;
}

/** The best values and actions, by value iteration. */
export function solve(world: Dynamics, discount: number, tolerance = 1e-11): ValueIteration {
  const { observationSpace, actionSpace } = world;
  const model = modelOf(world);
  return new ValueIteration(
    { observationSpace, actionSpace, model: () => model },
    { discount, tolerance },
  );
}

/** The mean of v* over the start states. */
export function bestReturn(world: Dynamics, discount = 1): number {
  const { values } = solve(world, discount);
  return modelOf(world).startDistribution.reduce((sum, p, state) => sum + p * values[state], 0);
}

/** Q(s, a) of one row, given the values of the states. */
export function backup(
  model: TabularModel,
  row: number,
  values: ArrayLike<number>,
  discount: number,
): number {
  let sum = 0;
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    const future = model.terminated[i] ? 0 : discount * values[model.nextState[i]];
    sum += model.probability[i] * (model.reward[i] + future);
  }
  return sum;
}

/** The values of a policy, by sweeps; `weights(state)` gives the chance of each action. */
export function evaluate(
  model: TabularModel,
  weights: (state: number) => readonly number[],
  discount: number,
): Float64Array {
  const values = new Float64Array(model.numStates);
  for (let sweep = 0; sweep < 100_000; sweep++) {
    let change = 0;
    for (let state = 0; state < model.numStates; state++) {
      let value = 0;
      weights(state).forEach((weight, action) => {
        if (weight === 0) return;
        value += weight * backup(model, state * model.numActions + action, values, discount);
      });
      change = Math.max(change, Math.abs(value - values[state]));
      values[state] = value;
    }
    if (change < 1e-11) return values;
  }
  throw new Error('the values have not settled.');
}

/** Actions chosen evenly. */
export function evenly(numActions: number): () => readonly number[] {
  const weights = new Array<number>(numActions).fill(1 / numActions);
  return () => weights;
}

/** Values of a grid with one decimal, as the book prints them. */
export function printed(values: ArrayLike<number>, columns: number): string[] {
  const rows: string[] = [];
  for (let from = 0; from < values.length; from += columns) {
    const row = Array.from({ length: columns }, (_, i) => (values[from + i] + 0).toFixed(1));
    rows.push(row.map((value) => value.replace('-0.0', '0.0')).join(' '));
  }
  return rows;
}
