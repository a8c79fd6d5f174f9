import type { Policy } from '../core/agent.ts';
import { Alea } from '../core/alea.ts';
import type { GivenPolicy } from './given-policy.ts';

/** A given policy with draws of its own, so that to watch it changes nothing of what an agent draws. */
export function policyAlone(policy: GivenPolicy): Policy {
  const rng = new Alea(0, 'policy alone');
  return {
    act: (states, actions, actionMasks) => policy.act(states, actions, rng, actionMasks),
  };
}
