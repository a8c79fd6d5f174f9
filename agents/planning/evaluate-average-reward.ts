import type { TabularModel } from '../../core/tabular-model.ts';
import { roundingOf, writeActionValues } from './bellman.ts';
import { EVALUATE_POLICY_DEFAULTS } from './evaluate-policy.ts';
import {
  type ExpectedModel,
  expectModel,
  followPolicy,
  type TabularPolicy,
} from './expected-model.ts';
import { solveChain } from './solve-chain.ts';
import { strongComponents } from './strong-components.ts';

/** What a policy earns in a step, in the long run. Arrays are new ones. */
export interface AverageRewardEvaluation {
  /** r(π), the same from every state. */
  readonly averageReward: number;
  /** Differential values, `[numStates]`, such that their mean over the start distribution is 0. */
  readonly values: Float64Array;
  /**
   * Differential action values, `[numStates × numActions]`, row-major: r(s, a) − r(π) + Σ p(s′ | s, a)
   * h(s′); −∞ where a is illegal.
   */
  readonly actionValues: Float64Array;
  /** The largest error of the equations h = r − r(π) + P h. */
  readonly residual: number;
}

/**
 * The exact average reward of a policy, and its differential values. An episode that ends begins again
 * at once, with a state from the start distribution.
 *
 * The average reward is that of a cycle divided by its length: from a state that is visited again and
 * again back to it, or from start to start. Both come from one solution of a linear system.
 *
 * @param policy The action of each state, `Int32Array [numStates]`, or the chances of the actions,
 *   `Float64Array [numStates × numActions]`.
 * @throws RangeError if the policy does not fit the model.
 * @throws Error where the average reward depends on where one starts: there are several classes of
 *   states that are never left.
 *
 * Source: Puterman (1994), section 8.2; Sutton & Barto (2018), section 10.3, for the values. The
 * average over a cycle is the renewal-reward theorem, as in Ross (1983), section 3.6.
 */
export function evaluateAverageReward(
  model: TabularModel,
  policy: TabularPolicy,
): AverageRewardEvaluation {
  const where = 'evaluateAverageReward';
  return averageRewardOf(
    where,
    model,
    expectModel(model),
    policy,
    'Use a policy that always ends.',
  );
}

/**
 * The same for a model that has been made ready.
 *
 * @param advice What to do where the average reward depends on the start.
 */
export function averageRewardOf(
  where: string,
  { startDistribution }: TabularModel,
  model: ExpectedModel,
  policy: TabularPolicy,
  advice: string,
): AverageRewardEvaluation {
  const chain = followPolicy(where, model, policy);
  const ends = chain.ending.some((chance) => chance > 0);
  const anchor = anchorOf(where, chain, advice);
  if (anchor !== -1 && ends) {
    throw new Error(
      `${where}: some episodes end and others never leave the class of state ${anchor}, so the average reward depends on the start. ${advice}`,
    );
  }
  // A cycle: all that leads to the anchor ends it.
  const cycle = anchor === -1 ? chain : endingAt(chain, anchor);
  const options = { ...EVALUATE_POLICY_DEFAULTS, discount: 1 };
  const rewards = solveChain(where, cycle, options).values;
  const steps = solveChain(where, cycle, options, new Float64Array(chain.numStates).fill(1)).values;
  const begin = (x: Float64Array) => (anchor === -1 ? mean(x, startDistribution) : x[anchor]);
  const averageReward = begin(rewards) / begin(steps);
  const values = rewards.map((reward, state) => reward - averageReward * steps[state]);
  const level = mean(values, startDistribution);
  for (let state = 0; state < values.length; state++) values[state] -= level;
  const actionValues = new Float64Array(model.reward.length);
  writeActionValues(model, 1, values, actionValues);
  for (let row = 0; row < actionValues.length; row++) actionValues[row] -= averageReward;
  const residual = residualOf(chain, averageReward, values);
  return { averageReward, values, actionValues, residual };
}

/** A state of the class that is never left; −1 if all are left in the end. */
function anchorOf(where: string, chain: ExpectedModel, advice: string): number {
  const { start, states, componentOf } = strongComponents(chain.rowStart, chain.nextState);
  let anchor = -1;
  for (let component = 0; component + 1 < start.length; component++) {
    const members = states.subarray(start[component], start[component + 1]);
    if (members.some((state) => isLeft(chain, state, componentOf))) continue;
    if (anchor !== -1) {
      throw new Error(
        `${where}: the classes of the states ${anchor} and ${members[0]} are never left, so the average reward depends on the start. ${advice}`,
      );
    }
    anchor = members[0];
  }
  return anchor;
}

function isLeft(
  { rowStart, nextState, ending }: ExpectedModel,
  state: number,
  componentOf: Int32Array,
): boolean {
  if (ending[state] > 0) return true;
  for (let i = rowStart[state]; i < rowStart[state + 1]; i++) {
    if (componentOf[nextState[i]] !== componentOf[state]) return true;
  }
  return false;
}

/** The same chain, whose episodes end when they come to `anchor`. */
function endingAt(chain: ExpectedModel, anchor: number): ExpectedModel {
  const { numStates } = chain;
  const rowStart = new Int32Array(numStates + 1);
  const nextState = new Int32Array(chain.nextState.length);
  const probability = new Float64Array(chain.nextState.length);
  const ending = chain.ending.slice();
  let entry = 0;
  for (let state = 0; state < numStates; state++) {
    for (let i = chain.rowStart[state]; i < chain.rowStart[state + 1]; i++) {
      if (chain.nextState[i] === anchor) {
        ending[state] += chain.probability[i];
        continue;
      }
      nextState[entry] = chain.nextState[i];
      probability[entry++] = chain.probability[i];
    }
    rowStart[state + 1] = entry;
  }
  return {
    ...chain,
    rowStart,
    nextState: nextState.subarray(0, entry),
    probability: probability.subarray(0, entry),
    ending,
  };
}

function mean(values: Float64Array, distribution: Float64Array): number {
  let sum = 0;
  for (let state = 0; state < values.length; state++) sum += distribution[state] * values[state];
  return sum;
}

function residualOf(chain: ExpectedModel, averageReward: number, values: Float64Array): number {
  const { rowStart, nextState, probability, reward } = chain;
  let largest = 0;
  for (let state = 0; state < values.length; state++) {
    let sum = reward[state] - averageReward - values[state]; // the start has the value 0
    for (let i = rowStart[state]; i < rowStart[state + 1]; i++) {
      sum += probability[i] * values[nextState[i]];
    }
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest + roundingOf(chain, values);
}
