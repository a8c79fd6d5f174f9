import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { tanh } from '../../core/math.ts'; // the same bits in every engine
import type { Rng } from '../../core/rng.ts';
import type { Box, Discrete } from '../../core/space.ts';
import { type ContextualLayout, contextualBandit } from './contextual-bandit.ts';

/** How to build the bandit. */
export interface NetworkContextualBanditOptions {
  /** k, 1 … 10,000. Default 10. */
  readonly numArms?: number;
  /** d, the length of the context, 1 … 1,000. Default 5. */
  readonly contextSize?: number;
  /** h, units in the network's hidden layer, 1 … 1,000. Default 16. */
  readonly hiddenUnits?: number;
  /** Standard deviation of a reward around the arm's value, above 0. Default 1. */
  readonly rewardDeviation?: number;
  /** Pulls in an episode, at least 1. Default 1000. */
  readonly pulls?: number;
}

/** The options that `networkContextualBandit()` stands for. */
export const NETWORK_CONTEXTUAL_BANDIT_DEFAULTS: Required<NetworkContextualBanditOptions> = {
  numArms: 10,
  contextSize: 5,
  hiddenUnits: 16,
  rewardDeviation: 1,
  pulls: 1000,
};

/**
 * The contextual bandit with a network behind it: arm a in context x is worth
 * Σⱼ vₐⱼ · tanh(wⱼ · x + bⱼ), which no linear estimate can express.
 *
 * | observation | range                                              |
 * | ----------- | -------------------------------------------------- |
 * | context x   | −1 … 1 each, `[contextSize]`, drawn at each step   |
 *
 * Actions: the arms 0 … k − 1. Each episode draws its network: w from N(0, 3 / d) and b from
 * N(0, 1), which gives tanh a variance of about one half to act on, and v from N(0, 2 / h), so that
 * the values have a standard deviation of about 1. Never terminal; truncated after `pulls` steps.
 * State row: `[values, last arm (−1 at the start), last reward, x, w₀, b₀, w₁, b₁, …, v₀, v₁, …]`, the
 * vⱼ with unit j's weight for each arm.
 *
 * Source: our own; Riquelme, Tucker & Snoek (2018), "Deep Bayesian bandits showdown", compare agents
 * on problems of this kind.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function networkContextualBandit(
  options: NetworkContextualBanditOptions = {},
): Dynamics<Box, Discrete, Float64Array> {
  const where = 'networkContextualBandit';
  const { hiddenUnits, ...resolved } = resolveOptions(
    where,
    NETWORK_CONTEXTUAL_BANDIT_DEFAULTS,
    options,
  );
  const { numArms, contextSize } = resolved;
  checkInteger(`${where}: hiddenUnits`, hiddenUnits, 1, 1000);
  const inputDeviation = Math.sqrt(3 / contextSize); // an element of x has a variance of 1/3
  const outputDeviation = Math.sqrt(2 / hiddenUnits);
  const unitSize = contextSize + 1;
  const outputs = hiddenUnits * unitSize; // where v begins among the weights
  return contextualBandit(where, {
    ...resolved,
    name: 'NetworkContextualBandit',
    numWeights: outputs + hiddenUnits * numArms,

    drawWeights(state: Float64Array, { weights }: ContextualLayout, rng: Rng) {
      for (let i = 0; i < outputs; i++) {
        const isBias = i % unitSize === contextSize;
        state[weights + i] = (isBias ? 1 : inputDeviation) * rng.normal();
      }
      for (let i = 0; i < hiddenUnits * numArms; i++) {
        state[weights + outputs + i] = outputDeviation * rng.normal();
      }
    },

    evaluate(state: Float64Array, { context, weights }: ContextualLayout) {
      state.fill(0, 0, numArms);
      for (let unit = 0; unit < hiddenUnits; unit++) {
        const input = weights + unit * unitSize;
        let sum = state[input + contextSize]; // bⱼ
        for (let i = 0; i < contextSize; i++) sum += state[input + i] * state[context + i];
        const activation = tanh(sum);
        const output = weights + outputs + unit * numArms;
        for (let arm = 0; arm < numArms; arm++) state[arm] += state[output + arm] * activation;
      }
    },
  });
}
