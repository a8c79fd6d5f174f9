import { Alea } from '../../core/alea.ts';
import type { Rng } from '../../core/rng.ts';

const DRAWS = 1000;

/**
 * π of an agent that acts on draws, of which no formula says how often each action comes up:
 * estimated from 1,000 choices, with a standard error of at most 0.016. Always from the same seed, so
 * that looking draws nothing from the agent's own generator.
 *
 * @param choose Chooses an action, drawing from `rng`.
 */
export function sampledPolicy(numActions: number, choose: (rng: Rng) => number): Float64Array {
  const rng = new Alea(0, 'inspect');
  const policy = new Float64Array(numActions);
  for (let draw = 0; draw < DRAWS; draw++) policy[choose(rng)]++;
  return policy.map((count) => count / DRAWS);
}
