import { checkBetween, checkInteger, checkPositive } from '../../core/check.ts';
import {
  type Change,
  LARGEST,
  LEAST,
  roundingOf,
  size,
  span,
  sweepOptimal,
  writeActionValues,
} from './bellman.ts';
import { type BoundFacts, hasBounds, valueBounds } from './error-bounds.ts';
import type { ExpectedModel } from './expected-model.ts';
import { properGreedyPolicy } from './proper-policy.ts';

/** What planning in a model comes to. Arrays are new ones. */
export interface Plan {
  /** V(s), `[numStates]`. */
  readonly values: Float64Array;
  /** q(s, a) of these values, `[numStates × numActions]`, row-major; −∞ where a is illegal. */
  readonly actionValues: Float64Array;
  /** A policy that is greedy in the action values, `[numStates]`. */
  readonly policy: Int32Array;
  /** No V(s) is further from v*(s) than this, rounding included; `Infinity` where no bound is known. */
  readonly errorBound: number;
  /** The largest error of the Bellman equations, |maxₐ q(s, a) − V(s)|, before the last backup. */
  readonly residual: number;
  /** Policies that were evaluated, or sweeps where none were. */
  readonly iterations: number;
  /** Backups of a state divided by the number of states; solving a linear system counts for none. */
  readonly sweeps: number;
}

/**
 * The last backup of every method: makes a plan of its values, and says how good it is.
 *
 * Where no episode ends, the values are moved to the middle of their bounds.
 */
export function completePlan(
  model: ExpectedModel,
  facts: BoundFacts,
  values: Float64Array,
  work: { readonly iterations: number; readonly sweeps: number },
): Plan {
  const { discount } = facts;
  const next = new Float64Array(model.numStates);
  const change: Change = new Float64Array(2);
  sweepOptimal(model, discount, values, next, change);
  const rounding = roundingOf(model, values);
  const errorBound = center(facts, change, next, values, rounding);
  const actionValues = new Float64Array(model.reward.length);
  writeActionValues(model, discount, next, actionValues);
  return {
    values: next,
    actionValues,
    policy:
      discount === 1
        ? properGreedyPolicy(model, actionValues, 16 * rounding)
        : greedyActions(model, actionValues),
    errorBound,
    residual: size(change),
    ...work,
  };
}

/** Moves backed-up values to the middle of their bounds where that is sound; returns the bound. */
function center(
  facts: BoundFacts,
  change: Change,
  next: Float64Array,
  values: Float64Array,
  rounding: number,
): number {
  const { low, high } = valueBounds(facts, change, values, rounding);
  const settled = size(change) <= rounding; // then the middle would be one of rounding
  if (settled || !isContinuing(facts) || !Number.isFinite(high - low)) return Math.max(-low, high);
  const middle = (low + high) / 2;
  for (let state = 0; state < next.length; state++) next[state] += middle;
  return (high - low) / 2;
}

/** Whether no episode ever ends. */
function isContinuing({ leastMass }: BoundFacts): boolean {
  return leastMass > 1 - 1e-6;
}

/** argmaxₐ q(s, a) of each state; the lowest action wins a tie. */
export function greedyActions(model: ExpectedModel, actionValues: Float64Array): Int32Array {
  const { numStates, numActions } = model;
  const policy = new Int32Array(numStates);
  for (let state = 0; state < numStates; state++) {
    let best = 0;
    for (let action = 1; action < numActions; action++) {
      const row = state * numActions;
      if (actionValues[row + action] > actionValues[row + best]) best = action;
    }
    policy[state] = best;
  }
  return policy;
}

/**
 * How far the values may still be from the true ones, as far as a sweep tells: their bound where there
 * is one, else the largest change, which is what the book stops at.
 *
 * @param inPlace Whether the sweep was one in place: then only the size of the change counts, and the
 *   change is widened to ± that.
 */
export function distanceLeft(
  facts: BoundFacts,
  change: Change,
  values: Float64Array,
  rounding: number,
  inPlace: boolean,
): number {
  const largest = size(change);
  if (inPlace) {
    change[LEAST] = -largest;
    change[LARGEST] = largest;
  }
  const { low, high } = valueBounds(facts, change, values, rounding);
  if (!hasBounds(facts)) return largest;
  return isContinuing(facts) && !inPlace ? (high - low) / 2 : Math.max(-low, high);
}

/** Whether a sweep changed no more than rounding could. */
export function hasSettled(
  facts: BoundFacts,
  change: Change,
  rounding: number,
  inPlace: boolean,
): boolean {
  const moved = isContinuing(facts) && !inPlace && facts.discount < 1 ? span(change) : size(change);
  return moved <= rounding;
}

/** The options that all methods share, and their checks. */
export interface SweepOptions {
  readonly discount: number;
  readonly tolerance: number;
  readonly maxSweeps: number;
}

/** @throws RangeError if an option is out of range. */
export function checkSweepOptions(where: string, options: SweepOptions): void {
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkPositive(`${where}: tolerance`, options.tolerance);
  checkInteger(`${where}: maxSweeps`, options.maxSweeps, 1);
}

/** The error of a plan that has not settled. */
export function unsettled(where: string, change: number, sweeps: number): Error {
  return new Error(
    `${where}: the values still change by ${change} after ${sweeps} sweeps. Use a smaller discount or a larger tolerance.`,
  );
}
