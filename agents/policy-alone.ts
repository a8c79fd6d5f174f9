import type { Policy } from '../core/agent.ts';
import { Alea } from '../core/alea.ts';
import type { GivenPolicy } from './given-policy.ts';

/**
 * A given policy with draws of its own, so that to watch it changes nothing of what an agent draws.
 *
 * @param byState Whether observations are the states of the policy; else it is the same in all.
 */
export function policyAlone(policy: GivenPolicy, byState: boolean = true): Policy {
  const rng = new Alea(0, 'policy alone');
  return {
    act: (observations, actions, actionMasks) => {
      for (let i = 0; i < actions.length; i++) {
        actions[i] = policy.choose(byState ? observations[i] : 0, rng, actionMasks, i);
      }
    },
  };
}
