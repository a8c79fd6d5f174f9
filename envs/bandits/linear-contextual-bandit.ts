import { resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { Box, Discrete } from '../../core/space.ts';
import { type ContextualLayout, contextualBandit } from './contextual-bandit.ts';

/** How to build the bandit. */
export interface LinearContextualBanditOptions {
  /** k, 1 … 10,000. Default 10. */
  readonly numArms?: number;
  /** d, the length of the context, 1 … 1,000. Default 5. */
  readonly contextSize?: number;
  /** Standard deviation of a reward around the arm's value, above 0. Default 1. */
  readonly rewardDeviation?: number;
  /** Pulls in an episode, at least 1. Default 1000. */
  readonly pulls?: number;
}

/** The options that `linearContextualBandit()` stands for. */
export const LINEAR_CONTEXTUAL_BANDIT_DEFAULTS: Required<LinearContextualBanditOptions> = {
  numArms: 10,
  contextSize: 5,
  rewardDeviation: 1,
  pulls: 1000,
};

/**
 * The linear contextual bandit: a pull of arm a in context x is rewarded with θₐ · x and noise.
 *
 * | observation | range                                              |
 * | ----------- | -------------------------------------------------- |
 * | context x   | −1 … 1 each, `[contextSize]`, drawn at each step   |
 *
 * Actions: the arms 0 … k − 1. Each episode draws its θ from N(0, 3 / d), so that the values θₐ · x
 * have a standard deviation of 1, as in the ten-armed testbed. Never terminal; truncated after
 * `pulls` steps. State row: `[θ₀ · x, …, last arm (−1 at the start), last reward, x, θ₀, …]`.
 *
 * Source: Li, Chu, Langford & Schapire (2010), "A contextual-bandit approach to personalized news
 * article recommendation", section 3.1 (disjoint linear models), here with one context for all arms.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function linearContextualBandit(
  options: LinearContextualBanditOptions = {},
): Dynamics<Box, Discrete, Float64Array> {
  const where = 'linearContextualBandit';
  const resolved = resolveOptions(where, LINEAR_CONTEXTUAL_BANDIT_DEFAULTS, options);
  const { numArms, contextSize } = resolved;
  const deviation = Math.sqrt(3 / contextSize); // an element of x has a variance of 1/3
  const numWeights = numArms * contextSize;
  return contextualBandit(where, {
    ...resolved,
    name: 'LinearContextualBandit',
    numWeights,

    drawWeights(state: Float64Array, { weights }: ContextualLayout, rng: Rng) {
      for (let i = 0; i < numWeights; i++) state[weights + i] = deviation * rng.normal();
    },

    evaluate(state: Float64Array, { context, weights }: ContextualLayout) {
      for (let arm = 0; arm < numArms; arm++) {
        const row = weights + arm * contextSize;
        let value = 0;
        for (let i = 0; i < contextSize; i++) value += state[row + i] * state[context + i];
        state[arm] = value;
      }
    },
  });
}
