import { checkBetween, checkInteger, resolveOptions, show } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import { armLabels, notePull } from './arms.ts';
import { banditScene } from './bandit-scene.ts';

/** How to build the bandit. */
export interface BernoulliBanditOptions {
  /** k, 1 … 100,000; `probabilities` overrule it. Default 10. */
  readonly numArms?: number;
  /** Each arm's chance of a reward, in [0, 1]; `null` to draw them in each episode. Default null. */
  readonly probabilities?: readonly number[] | null;
  /** Pulls in an episode, at least 1. Default 1000. */
  readonly pulls?: number;
}

/** The options that `bernoulliBandit()` stands for. */
export const BERNOULLI_BANDIT_DEFAULTS: Required<BernoulliBanditOptions> = {
  numArms: 10,
  probabilities: null,
  pulls: 1000,
};

/**
 * The Bernoulli bandit: a pull of arm a is rewarded with 1 with chance p(a), else with 0.
 *
 * | observation | range            |
 * | ----------- | ---------------- |
 * | state       | 0, the only one  |
 *
 * Actions: the arms 0 … k − 1. Each episode draws its p(a) uniformly from [0, 1), unless they are
 * given. Never terminal; truncated after `pulls` steps. State row:
 * `[p(0), …, p(k − 1), last arm (−1 at the start), last reward]`.
 *
 * Source: Chapelle & Li (2011), "An empirical evaluation of Thompson sampling", section 2.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function bernoulliBandit(
  options: BernoulliBanditOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveOptions('bernoulliBandit', BERNOULLI_BANDIT_DEFAULTS, options);
  const { probabilities, pulls } = resolved;
  checkProbabilities(probabilities);
  const numArms = probabilities?.length ?? resolved.numArms;
  checkInteger('bernoulliBandit: numArms', numArms, 1, 100_000);
  checkInteger('bernoulliBandit: pulls', pulls, 1);
  return {
    name: 'BernoulliBandit',
    observationSpace: discrete(1),
    actionSpace: discrete(numArms, armLabels(numArms)),
    stateSize: numArms + 2,
    timeLimit: pulls,

    reset(state, rng) {
      for (let arm = 0; arm < numArms; arm++) state[arm] = probabilities?.[arm] ?? rng.uniform();
      notePull(state, numArms, -1, 0);
    },

    step(state, arm, rng) {
      const reward = rng.uniform() < state[arm] ? 1 : 0;
      notePull(state, numArms, arm, reward);
      return reward;
    },

    isTerminal: () => false,

    observe(_state, observation) {
      observation[0] = 0;
    },

    scene: (state) => banditScene(state, { numArms, bottom: -0.1, top: 1.1 }),
  };
}

function checkProbabilities(probabilities: readonly number[] | null): void {
  if (probabilities === null) return;
  if (!Array.isArray(probabilities) || probabilities.length === 0) {
    throw new RangeError(
      `bernoulliBandit: probabilities must be null or a list of numbers, got ${show(probabilities)}.`,
    );
  }
  probabilities.forEach((chance, arm) => {
    checkBetween(`bernoulliBandit: probabilities[${arm}]`, chance, 0, 1);
  });
}
