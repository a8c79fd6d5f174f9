import { checkFinite, checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import { armLabels, notePull } from './arms.ts';
import { banditScene } from './bandit-scene.ts';

/** How to build the bandit. */
export interface RandomWalkBanditOptions {
  /** k, 1 … 100,000. Default 10. */
  readonly numArms?: number;
  /** True value of every arm at first. Default 0. */
  readonly startValue?: number;
  /** Standard deviation of a true value's change at each pull, above 0. Default 0.01. */
  readonly walkDeviation?: number;
  /** Standard deviation of a reward around its arm's true value, above 0. Default 1. */
  readonly rewardDeviation?: number;
  /** Pulls in an episode, at least 1. Default 10,000. */
  readonly pulls?: number;
}

/** The options that `randomWalkBandit()` stands for: the book's exercise. */
export const RANDOM_WALK_BANDIT_DEFAULTS: Required<RandomWalkBanditOptions> = {
  numArms: 10,
  startValue: 0,
  walkDeviation: 0.01,
  rewardDeviation: 1,
  pulls: 10_000,
};

/**
 * The bandit that does not stand still: all arms begin alike, and after each pull every true value
 * q*(a), whichever arm was pulled, takes a step drawn from a normal distribution.
 *
 * | observation | range            |
 * | ----------- | ---------------- |
 * | state       | 0, the only one  |
 *
 * Actions: the arms 0 … k − 1. A pull of arm a is rewarded with a normal draw around q*(a) as it was
 * before the step. Never terminal; truncated after `pulls` steps. State row:
 * `[q*(0), …, q*(k − 1), last arm (−1 at the start), last reward]`.
 *
 * Source: Sutton & Barto (2018), exercise 2.5.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function randomWalkBandit(
  options: RandomWalkBanditOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveOptions('randomWalkBandit', RANDOM_WALK_BANDIT_DEFAULTS, options);
  const { numArms, startValue, walkDeviation, rewardDeviation, pulls } = resolved;
  checkInteger('randomWalkBandit: numArms', numArms, 1, 100_000);
  checkInteger('randomWalkBandit: pulls', pulls, 1);
  checkFinite('randomWalkBandit: startValue', startValue);
  checkPositive('randomWalkBandit: walkDeviation', walkDeviation);
  checkPositive('randomWalkBandit: rewardDeviation', rewardDeviation);
  // Three standard deviations of a value at the end of the episode, and some of a reward.
  const reach = 3 * walkDeviation * Math.sqrt(pulls) + 1.5 * rewardDeviation;
  const [bottom, top] = [startValue - reach, startValue + reach];
  return {
    name: 'RandomWalkBandit',
    observationSpace: discrete(1),
    actionSpace: discrete(numArms, armLabels(numArms)),
    stateSize: numArms + 2,
    timeLimit: pulls,

    reset(state) {
      state.fill(startValue, 0, numArms);
      notePull(state, numArms, -1, 0);
    },

    step(state, arm, rng) {
      const reward = state[arm] + rewardDeviation * rng.normal();
      for (let i = 0; i < numArms; i++) state[i] += walkDeviation * rng.normal();
      notePull(state, numArms, arm, reward);
      return reward;
    },

    isTerminal: () => false,

    observe(_state, observation) {
      observation[0] = 0;
    },

    scene: (state) => banditScene(state, { numArms, bottom, top, deviation: rewardDeviation }),
  };
}
