import { ExpectedSarsa } from '../../../agents/tabular/expected-sarsa.ts';
import { QLearning } from '../../../agents/tabular/q-learning.ts';
import { Sarsa } from '../../../agents/tabular/sarsa.ts';
import type { Agent, Policy } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';
import { cliffWalking } from '../../../envs/tabular/cliff-walking.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { modelOf } from '../model-of.ts';
import { greedyActions, pathOf } from './paths.ts';

/** Example 6.6: four rows of twelve cells, with a cliff along the last one. */
export const CLIFF: Dynamics = cliffWalking();

/** The model of `CLIFF`. */
export const CLIFF_MODEL: TabularModel = modelOf(CLIFF);

/** ε of all agents on the cliff. */
export const EPSILON = 0.1;

/** The methods that figure 6.3 compares. */
export type CliffMethod = 'Sarsa' | 'Expected Sarsa' | 'Q-learning';

/** An agent as the book has it on the cliff: without discount, and with ε = 0.1. */
export function cliffAgent(method: CliffMethod, stepSize: number, seed: number): Agent {
  const options = { stepSize, discount: 1, epsilon: EPSILON, seed };
  if (method === 'Sarsa') return new Sarsa(CLIFF, options);
  if (method === 'Q-learning') return new QLearning(CLIFF, options);
  return new ExpectedSarsa(CLIFF, options);
}

/** The sum of the rewards of each episode, while an agent acts and learns: `[episodes]`. */
export function cliffReturns(agent: Agent, episodes: number, seed: number): Float64Array {
  const returns = new Float64Array(episodes);
  let episode = 0;
  learnEpisodes(agent, CLIFF, {
    episodes,
    seed,
    onStep: (_, { rewards, terminated }) => {
      returns[episode] += rewards[0];
      if (terminated[0] === 1) episode++;
    },
  });
  return returns;
}

/** The cells that a policy goes through, from the start to the goal. */
export function cliffPath(policy: Policy): number[] {
  return pathOf(CLIFF_MODEL, greedyActions(policy, CLIFF_MODEL.numStates));
}
