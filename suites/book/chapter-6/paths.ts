import type { Policy } from '../../../core/agent.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';

/** What a policy does in each state, where it does always the same: `[numStates]`. */
export function greedyActions(policy: Policy, numStates: number): Int32Array {
  const states = Float32Array.from({ length: numStates }, (_, state) => state);
  const actions = new Int32Array(numStates);
  policy.act(states, actions);
  return actions;
}

/**
 * The states that a policy goes through from the start, in a world without chance: the last is where an
 * episode ends, unless the way goes round in circles.
 *
 * @param policy The action of each state, `[numStates]`.
 */
export function pathOf(model: TabularModel, policy: ArrayLike<number>): number[] {
  const { numStates, numActions, rowStart, nextState, terminated, startDistribution } = model;
  let state = startDistribution.indexOf(1);
  const path = [state];
  while (path.length <= numStates) {
    const outcome = rowStart[state * numActions + policy[state]];
    state = nextState[outcome];
    path.push(state);
    if (terminated[outcome] === 1) break;
  }
  return path;
}
