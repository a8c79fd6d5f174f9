import type { Policy } from '../../core/agent.ts';
import type { ActionValues } from '../action-values.ts';

/** The policy that is greedy in a table with a row for each state; the lowest action wins a tie. */
export function greedyPolicy(actionValues: ActionValues): Policy {
  return {
    act: (states, actions, actionMasks) => {
      for (let i = 0; i < actions.length; i++) {
        actions[i] = actionValues.greedyAction(states[i], actionMasks, i);
      }
    },
  };
}
