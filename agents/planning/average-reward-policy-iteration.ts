import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import type { Task } from '../task.ts';
import { type Change, improvePolicy, LARGEST, roundingOf, sweepOptimal } from './bellman.ts';
import { type AverageRewardEvaluation, averageRewardOf } from './evaluate-average-reward.ts';
import { type ExpectedModel, expectModel } from './expected-model.ts';
import { greedyActions } from './plan.ts';
import { Planner } from './planner.ts';
import type { AverageRewardPlan } from './relative-value-iteration.ts';

/** How to plan. */
export interface AverageRewardPolicyIterationOptions {
  /** Policies after which an unfinished plan is an error, at least 1. Default 1,000. */
  readonly maxIterations?: number;
}

/** The options that `averageRewardPolicyIteration(model)` stands for. */
export const AVERAGE_REWARD_POLICY_ITERATION_DEFAULTS: Required<AverageRewardPolicyIterationOptions> =
  { maxIterations: 1000 };

/**
 * Policy iteration for the average reward of a step: finds the average reward of a policy and its
 * differential values exactly, makes the policy greedy in them, and so on until it no longer changes.
 * An episode that ends begins again at once, with a state from the start distribution.
 *
 * The first policy is greedy in the values of one that takes every legal action with the same chance.
 * Each on the way must come to the same average reward from everywhere: there is one class of states that is never left, or every
 * episode ends (the model is unichain).
 *
 * @param initialPolicy The action of each state, `[numStates]`, to begin with. Left as it is.
 * @throws RangeError if the initial policy does not fit the model, or an option is unknown or out of
 *   range.
 * @throws Error if the average reward of a policy on the way depends on where one starts, or the policy
 *   still changes after `maxIterations`.
 *
 * Source: Howard (1960), "Dynamic programming and Markov processes", chapter 4; Puterman (1994),
 * section 8.6, "Policy iteration, unichain models"; Odoni (1969) for the bound.
 */
export function averageRewardPolicyIteration(
  model: TabularModel,
  options: AverageRewardPolicyIterationOptions = {},
  initialPolicy?: Int32Array,
): AverageRewardPlan {
  const where = 'averageRewardPolicyIteration';
  const defaults = AVERAGE_REWARD_POLICY_ITERATION_DEFAULTS;
  const { maxIterations } = resolveOptions(where, defaults, options);
  checkInteger(`${where}: maxIterations`, maxIterations, 1);
  const expected = expectModel(model);
  const advice = 'Use relativeValueIteration, which follows no policy on the way.';
  const evaluate = (policy: Int32Array | Float64Array) =>
    averageRewardOf(where, model, expected, policy, advice);

  const policy =
    initialPolicy?.slice() ?? greedyActions(expected, evaluate(evenPolicy(expected)).actionValues);

  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    // Policy evaluation: h = r − r(π) + P h
    const evaluation = evaluate(policy);
    // Policy improvement: π(s) ← argmaxₐ r(s, a) + Σ p(s′ | s, a) h(s′); if π stable, stop
    const { values, residual } = evaluation;
    const slack = 4 * roundingOf(expected, values) + 2 * residual;
    if (improvePolicy(expected, 1, values, policy, slack) === 0) {
      return completed(expected, evaluation, policy, iterations);
    }
  }
  throw new Error(
    `${where}: the policy still changes after ${maxIterations} iterations. Allow for more.`,
  );
}

/** Each legal action with the same chance, `[numStates × numActions]`. */
function evenPolicy({ numStates, numActions, reward }: ExpectedModel): Float64Array {
  const policy = new Float64Array(numStates * numActions);
  for (let state = 0; state < numStates; state++) {
    const row = state * numActions;
    let numLegal = 0;
    for (let a = 0; a < numActions; a++) if (reward[row + a] > -Infinity) numLegal++;
    for (let a = 0; a < numActions; a++) {
      if (reward[row + a] > -Infinity) policy[row + a] = 1 / numLegal;
    }
  }
  return policy;
}

/** No policy earns more in a step than the largest change that a backup of all states makes. */
function completed(
  model: ExpectedModel,
  { averageReward, values, actionValues }: AverageRewardEvaluation,
  policy: Int32Array,
  iterations: number,
): AverageRewardPlan {
  const change: Change = new Float64Array(2);
  sweepOptimal(model, 1, values, new Float64Array(values.length), change);
  const rounding = roundingOf(model, values);
  const errorBound = Math.max(0, change[LARGEST] - averageReward) + rounding;
  return {
    ...{ averageReward, errorBound, values, actionValues, policy },
    ...{ iterations, sweeps: iterations },
  };
}

/** Policy iteration for the average reward as an agent: plans, then acts by the best policy. */
export class AverageRewardPolicyIteration extends Planner<
  AverageRewardPolicyIterationOptions,
  AverageRewardPlan
> {
  /**
   * @throws RangeError if the world has no model, or an option is unknown or out of range.
   * @throws Error if the average reward of a policy on the way depends on where one starts.
   */
  constructor(task: Task, options: AverageRewardPolicyIterationOptions = {}) {
    const where = 'AverageRewardPolicyIteration';
    const defaults = AVERAGE_REWARD_POLICY_ITERATION_DEFAULTS;
    const resolved = resolveOptions(where, defaults, options);
    super('average-reward-policy-iteration', where, task, resolved, averageRewardPolicyIteration);
  }
}
