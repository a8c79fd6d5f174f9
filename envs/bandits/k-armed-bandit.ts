import { checkFinite, checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import { armLabels, notePull } from './arms.ts';
import { banditScene } from './bandit-scene.ts';

/** How to build the bandit. */
export interface KArmedBanditOptions {
  /** k, 1 … 100,000. Default 10. */
  readonly numArms?: number;
  /** Mean of the arms' true values; figure 2.5 of the book takes 4. Default 0. */
  readonly valueMean?: number;
  /** Standard deviation of the arms' true values around their mean, above 0. Default 1. */
  readonly valueDeviation?: number;
  /** Standard deviation of a reward around its arm's true value, above 0. Default 1. */
  readonly rewardDeviation?: number;
  /** Pulls in an episode, at least 1. Default 1000. */
  readonly pulls?: number;
}

/** The options that `kArmedBandit()` stands for: the book's testbed. */
export const K_ARMED_BANDIT_DEFAULTS: Required<KArmedBanditOptions> = {
  numArms: 10,
  valueMean: 0,
  valueDeviation: 1,
  rewardDeviation: 1,
  pulls: 1000,
};

/**
 * The k-armed testbed: each episode is a new bandit problem, whose true values q*(a) are drawn from
 * a normal distribution; a pull of arm a is rewarded with a normal draw around q*(a).
 *
 * | observation | range            |
 * | ----------- | ---------------- |
 * | state       | 0, the only one  |
 *
 * Actions: the arms 0 … k − 1. Never terminal; truncated after `pulls` steps. State row:
 * `[q*(0), …, q*(k − 1), last arm (−1 at the start), last reward]`.
 *
 * Source: Sutton & Barto (2018), section 2.3.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function kArmedBandit(
  options: KArmedBanditOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveOptions('kArmedBandit', K_ARMED_BANDIT_DEFAULTS, options);
  const { numArms, valueMean, valueDeviation, rewardDeviation, pulls } = resolved;
  checkInteger('kArmedBandit: numArms', numArms, 1, 100_000);
  checkInteger('kArmedBandit: pulls', pulls, 1);
  checkFinite('kArmedBandit: valueMean', valueMean);
  checkPositive('kArmedBandit: valueDeviation', valueDeviation);
  checkPositive('kArmedBandit: rewardDeviation', rewardDeviation);
  const reach = 3 * valueDeviation + 1.5 * rewardDeviation;
  return {
    name: 'KArmedBandit',
    observationSpace: discrete(1),
    actionSpace: discrete(numArms, armLabels(numArms)),
    stateSize: numArms + 2,
    timeLimit: pulls,

    reset(state, rng) {
      for (let arm = 0; arm < numArms; arm++)
        state[arm] = valueMean + valueDeviation * rng.normal();
      notePull(state, numArms, -1, 0);
    },

    step(state, arm, rng) {
      const reward = state[arm] + rewardDeviation * rng.normal();
      notePull(state, numArms, arm, reward);
      return reward;
    },

    isTerminal: () => false,

    observe(_state, observation) {
      observation[0] = 0;
    },

    scene: (state) =>
      banditScene(state, {
        numArms,
        bottom: valueMean - reach,
        top: valueMean + reach,
        deviation: rewardDeviation,
      }),
  };
}
