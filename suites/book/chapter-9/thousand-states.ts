import type { Bounds } from '../../../agents/linear/features/unit-scale.ts';
import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { Discrete } from '../../../core/space.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';

/** States of the walk, numbered from 1; 0 and 1001 are the ends. */
export const NUM_STATES = 1000;

/** The bounds of features that cut the states into even groups, with no state on an edge. */
export const EDGES: Required<Bounds> = { low: [0.5], high: [NUM_STATES + 0.5] };

const START = NUM_STATES / 2;

let walk: Dynamics<Discrete, Discrete> | undefined; // its model is large

/** Example 9.1: a walk over 1000 states, each step up to 100 states to either side. */
export function thousandStates(): Dynamics<Discrete, Discrete> {
  walk ??= randomWalk({ numStates: NUM_STATES, reach: 100, leftReward: -1 });
  return walk;
}

/** What is to be learned about the walk. */
export interface WalkSolution {
  readonly model: TabularModel;
  /** v(s), `[1002]`. */
  readonly values: Float64Array;
  /** μ(s), the share of the time that is spent in s, `[1002]`; 0 at the ends. */
  readonly distribution: Float64Array;
}

let solution: WalkSolution | undefined; // it takes a while, and is always the same

/** The walk's exact values and distribution. */
export function solveWalk(): WalkSolution {
  solution ??= solve();
  return solution;
}

function solve(): WalkSolution {
  const model = thousandStates().model?.() as TabularModel;
  const policy = new Int32Array(model.numStates);
  const { values } = evaluatePolicy(model, policy, { discount: 1 });
  // A step from s to s′ is as likely as one back. So s is visited from the start as often as the start
  // is from s: that is the value of s, where each step from the start earns 1 and all others nothing.
  const reward = new Float64Array(model.reward.length);
  reward.fill(1, model.rowStart[START], model.rowStart[START + 1]);
  const visits = evaluatePolicy({ ...model, reward }, policy, { discount: 1 }).values;
  const length = visits.reduce((sum, n) => sum + n, 0);
  return { model, values, distribution: visits.map((n) => n / length) };
}

/** The group of a state, where `groups` of the same size lie from left to right; counted from 0. */
export function groupOf(state: number, groups: number): number {
  return Math.floor(((state - 1) * groups) / NUM_STATES);
}

/** Sums of `amount(s)` over the states of each group, `[groups]`. */
export function sumByGroup(groups: number, amount: (state: number) => number): Float64Array {
  const sums = new Float64Array(groups);
  for (let state = 1; state <= NUM_STATES; state++) sums[groupOf(state, groups)] += amount(state);
  return sums;
}
