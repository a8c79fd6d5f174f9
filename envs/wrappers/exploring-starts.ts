import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics, StateRow } from '../../core/dynamics.ts';
import type { Discrete } from '../../core/space.ts';
import type { TabularModel } from '../../core/tabular-model.ts';

/** Where episodes are to begin. */
export interface ExploringStartsOptions {
  /**
   * The model's numbers of the states, each with the same chance. Default every state that an episode
   * can come through.
   */
  readonly states?: readonly number[] | null;
}

/**
 * Begins episodes anywhere: in each state that an episode can come through with the same chance, or
 * in those that are named.
 *
 * The start is the world's own, but for the state's number, so what else a row remembers is as at the
 * start. It draws one integer more.
 *
 * Source: Sutton & Barto (2018), section 5.3, for the states; the first action is the agent's affair.
 *
 * @throws RangeError if the world has no model, a state is none of it, or there are none.
 */
export function exploringStarts<A extends Discrete, S extends StateRow>(
  world: Dynamics<Discrete, A, S>,
  options: ExploringStartsOptions = {},
): Dynamics<Discrete, A, S> {
  const model = world.model?.();
  if (model === undefined) {
    throw new RangeError(`exploringStarts: ${world.name} must have an explicit model.`);
  }
  const given = resolveOptions('exploringStarts', { states: null }, options).states;
  const states = given ?? statesOnTheWay(model);
  if (states.length === 0) throw new RangeError('exploringStarts: states must name one at least.');
  for (const state of states) {
    checkInteger('exploringStarts: a state', state, 0, model.numStates - 1);
  }
  const startDistribution = new Float64Array(model.numStates);
  for (const state of states) startDistribution[state] += 1 / states.length;
  return {
    ...world,
    reset(row, rng) {
      world.reset(row, rng);
      row[0] = states[rng.below(states.length)];
    },
    model: () => ({ ...model, startDistribution }),
  };
}

/** The states from which an episode can go on, in rising order. */
function statesOnTheWay(model: TabularModel): number[] {
  const { numStates, numActions, rowStart, nextState, probability, terminated } = model;
  const isOnTheWay = new Uint8Array(numStates);
  const waiting: number[] = [];
  const visit = (state: number) => {
    if (isOnTheWay[state] === 0) waiting.push(state);
    isOnTheWay[state] = 1;
  };
  model.startDistribution.forEach((chance, state) => {
    if (chance > 0) visit(state);
  });
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    const end = rowStart[(state + 1) * numActions];
    for (let i = rowStart[state * numActions]; i < end; i++) {
      if (probability[i] > 0 && terminated[i] === 0) visit(nextState[i]);
    }
  }
  return [...isOnTheWay.keys()].filter((state) => isOnTheWay[state] === 1);
}
