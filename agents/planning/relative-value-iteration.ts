import { checkBetween, checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import type { Task } from '../task.ts';
import {
  type Change,
  LARGEST,
  LEAST,
  roundingOf,
  span,
  sweepOptimal,
  writeActionValues,
} from './bellman.ts';
import { expectModel } from './expected-model.ts';
import { greedyActions, unsettled } from './plan.ts';
import { Planner } from './planner.ts';

/** How to plan. */
export interface RelativeValueIterationOptions {
  /**
   * Share of the old value in each new one, in [0, 1); above 0 it keeps worlds that go round in
   * circles from swinging for ever. Default 0.1.
   */
  readonly laziness?: number;
  /** ε, above 0: stop when the average reward is known to within this. Default 1e-10. */
  readonly tolerance?: number;
  /** Sweeps after which an unfinished plan is an error, at least 1. Default 1,000,000. */
  readonly maxSweeps?: number;
}

/** The options that `relativeValueIteration(model)` stands for. */
export const RELATIVE_VALUE_ITERATION_DEFAULTS: Required<RelativeValueIterationOptions> = {
  laziness: 0.1,
  tolerance: 1e-10,
  maxSweeps: 1_000_000,
};

/** What planning for the average reward comes to. Arrays are new ones. */
export interface AverageRewardPlan {
  /** r(π), the best average reward of a step, the same from every state. */
  readonly averageReward: number;
  /** The average reward is no further from the best one than this, rounding included. */
  readonly errorBound: number;
  /** Differential values, `[numStates]`, such that their mean over the start distribution is 0. */
  readonly values: Float64Array;
  /** Differential action values, `[numStates × numActions]`, row-major; −∞ where a is illegal. */
  readonly actionValues: Float64Array;
  /** A policy that is greedy in them, `[numStates]`; the lowest action wins a tie. */
  readonly policy: Int32Array;
  readonly iterations: number;
  readonly sweeps: number;
}

/**
 * Relative value iteration: the policy with the best average reward of a step. An episode that ends
 * begins again at once, with a state from the start distribution.
 *
 * A sweep changes every value by about the average reward; how far the changes lie apart, their span,
 * says how well that is known: the best average reward is from the least to the largest of them.
 *
 * @throws RangeError if an option is unknown or out of range.
 * @throws Error if the span has not settled after `maxSweeps`, as where the best average reward depends
 *   on where one starts.
 *
 * Source: White (1963), "Dynamic programming, Markov chains, and the method of successive
 * approximations"; Puterman (1994), section 8.5, with the transformation of 8.5.4 against periods;
 * Odoni (1969) for the bounds.
 */
export function relativeValueIteration(
  model: TabularModel,
  options: RelativeValueIterationOptions = {},
): AverageRewardPlan {
  const where = 'relativeValueIteration';
  const resolved = resolveOptions(where, RELATIVE_VALUE_ITERATION_DEFAULTS, options);
  const { laziness, tolerance, maxSweeps } = resolved;
  checkBetween(`${where}: laziness`, laziness, 0, 1 - Number.EPSILON);
  checkPositive(`${where}: tolerance`, tolerance);
  checkInteger(`${where}: maxSweeps`, maxSweeps, 1);
  const { startDistribution } = model;
  const expected = expectModel(model);
  const { numStates } = expected;
  const values = new Float64Array(numStates);
  const next = new Float64Array(numStates);
  const change: Change = new Float64Array(2);

  for (let sweeps = 1; ; sweeps++) {
    // h′(s) ← maxₐ r(s, a) + Σ p(s′ | s, a) h(s′), where an end is worth a start: 0, see below.
    sweepOptimal(expected, 1, values, next, change);
    const rounding = roundingOf(expected, values);
    if (span(change) / 2 + rounding <= tolerance || span(change) <= rounding) {
      const averageReward = (change[LEAST] + change[LARGEST]) / 2;
      const errorBound = span(change) / 2 + rounding;
      settle(next, mean(next, startDistribution));
      const actionValues = new Float64Array(expected.reward.length);
      writeActionValues(expected, 1, next, actionValues);
      for (let row = 0; row < actionValues.length; row++) actionValues[row] -= averageReward;
      const policy = greedyActions(expected, actionValues);
      return {
        averageReward,
        errorBound,
        values: next,
        actionValues,
        policy,
        iterations: sweeps,
        sweeps,
      };
    }
    if (sweeps === maxSweeps) throw unsettled(where, span(change), sweeps);
    // h ← (1 − τ) h′ + τ h, less the value of the start, which would grow without end.
    for (let state = 0; state < numStates; state++) {
      values[state] = (1 - laziness) * next[state] + laziness * values[state];
    }
    settle(values, mean(values, startDistribution));
  }
}

function mean(values: Float64Array, distribution: Float64Array): number {
  let sum = 0;
  for (let state = 0; state < values.length; state++) sum += distribution[state] * values[state];
  return sum;
}

function settle(values: Float64Array, level: number): void {
  for (let state = 0; state < values.length; state++) values[state] -= level;
}

/** Relative value iteration as an agent: plans in a known model, then acts greedily. */
export class RelativeValueIteration extends Planner<
  RelativeValueIterationOptions,
  AverageRewardPlan
> {
  /** @throws RangeError if the world has no model, or an option is unknown or out of range. */
  constructor(task: Task, options: RelativeValueIterationOptions = {}) {
    const where = 'RelativeValueIteration';
    const resolved = resolveOptions(where, RELATIVE_VALUE_ITERATION_DEFAULTS, options);
    super('relative-value-iteration', where, task, resolved, relativeValueIteration);
  }
}
