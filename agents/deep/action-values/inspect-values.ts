import type { Inspection } from '../../../core/agent.ts';
import { greedyAction } from './greedy-action.ts';

/**
 * What an agent thinks whose policy is ε-greedy in action values.
 *
 * @param values Q(s, a), `[numActions]`.
 * @returns Q, the policy, and the value of the best legal action.
 */
export function inspectValues(
  values: Float32Array,
  epsilon: number,
  actionMask?: Uint8Array,
): Inspection {
  const numActions = values.length;
  const best = greedyAction(values, 0, numActions, actionMask);
  const legal = actionMask?.reduce((sum, one) => sum + one, 0) ?? numActions;
  const policy = Float64Array.from({ length: numActions }, (_, action) => {
    if (actionMask?.[action] === 0) return 0;
    return epsilon / legal + (action === best ? 1 - epsilon : 0);
  });
  return { actionValues: Float64Array.from(values), policy, value: values[best] };
}
