import type {
  LinearPredictionOptions,
  OffPolicyOptions,
} from '../../../agents/linear/linear-state-values.ts';
import {
  BAIRDS_BEHAVIOR_POLICY,
  BAIRDS_FEATURES,
  BAIRDS_INITIAL_WEIGHTS,
  BAIRDS_TARGET_POLICY,
} from '../../../envs/tabular/bairds-counterexample.ts';

/** γ. */
export const DISCOUNT: number = 0.99;

const NUM_STATES = BAIRDS_FEATURES.length;
const LOWER = NUM_STATES - 1; // where the target policy leads from everywhere

/** What the agents are told. */
export const BAIRD_OPTIONS: LinearPredictionOptions & OffPolicyOptions = {
  features: { kind: 'given', vectors: BAIRDS_FEATURES },
  policy: BAIRDS_FEATURES.map(() => BAIRDS_TARGET_POLICY),
  behavior: BAIRDS_FEATURES.map(() => BAIRDS_BEHAVIOR_POLICY),
  initialWeights: BAIRDS_INITIAL_WEIGHTS,
  discount: DISCOUNT,
};

/** What is drawn of a learner. */
export type Measure = 'w1 to w6' | 'w7' | 'w8' | '√VE' | '√PBE';

/** The measures, of w; of w₁ … w₆, which are alike, the mean. */
export const MEASURES: Readonly<Record<Measure, (weights: Float64Array) => number>> = {
  'w1 to w6': (weights) => weights.subarray(0, 6).reduce((sum, w) => sum + w) / 6,
  w7: (weights) => weights[6],
  w8: (weights) => weights[7],
  '√VE': (weights) => rootMeanSquare((state) => stateValue(weights, state)),
  // The features of the seven states are independent, so no Bellman error is lost in projection.
  '√PBE': (weights) =>
    rootMeanSquare((state) => DISCOUNT * stateValue(weights, LOWER) - stateValue(weights, state)),
};

/** v̂(s, w) = wᵀx(s). */
export function stateValue(weights: Float64Array, state: number): number {
  return BAIRDS_FEATURES[state].reduce((sum, x, i) => sum + x * weights[i], 0);
}

function rootMeanSquare(errorOf: (state: number) => number): number {
  let sum = 0;
  for (let state = 0; state < NUM_STATES; state++) sum += errorOf(state) * errorOf(state);
  return Math.sqrt(sum / NUM_STATES);
}

/**
 * Updates all states at once, each with 1/7 of what the target policy expects of it.
 *
 * @param change Adds what is learned in a state with features x, which leads to features x′.
 */
export function sweepStates(
  change: (x: readonly number[], after: readonly number[]) => void,
): void {
  for (const x of BAIRDS_FEATURES) change(x, BAIRDS_FEATURES[LOWER]);
}
