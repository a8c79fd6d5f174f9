import type { Plan } from '../../../agents/planning/plan.ts';
import { policyIteration } from '../../../agents/planning/policy-iteration.ts';
import {
  createTabularModel,
  type Outcome,
  type TabularModel,
} from '../../../core/tabular-model.ts';

/**
 * The best of all policies that take a random action with chance ε, without discount: what Sarsa and
 * Expected Sarsa look for.
 *
 * The exploration becomes a part of the world: an action that is chosen is taken with chance 1 − ε,
 * else any one. The plan's policy is what to choose, its values those with exploration.
 *
 * Source: Sutton & Barto (2018), section 5.4.
 */
export function bestSoftPolicy(model: TabularModel, epsilon: number): Plan {
  const { numActions, startDistribution } = model;
  const soft = createTabularModel(numActions, startDistribution, (state, chosen) => {
    const outcomes: Outcome[] = [];
    for (let action = 0; action < numActions; action++) {
      const chance = epsilon / numActions + (action === chosen ? 1 - epsilon : 0);
      addOutcomes(outcomes, model, state * numActions + action, chance);
    }
    return outcomes;
  });
  return policyIteration(soft, { discount: 1 });
}

function addOutcomes(to: Outcome[], model: TabularModel, row: number, chance: number): void {
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    to.push({
      probability: chance * model.probability[i],
      nextState: model.nextState[i],
      reward: model.reward[i],
      terminated: model.terminated[i] === 1,
    });
  }
}
