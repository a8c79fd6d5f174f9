import { checkInteger, checkOneOf, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { PI, sin } from '../../core/math.ts'; // the same bits in every engine
import { type Discrete, discrete } from '../../core/space.ts';
import { armLabels, bestArm, notePull } from './arms.ts';
import { banditScene } from './bandit-scene.ts';

/** How to build the bandit. */
export interface AdversarialBanditOptions {
  /** k, 3 … 100,000. Default 10. */
  readonly numArms?: number;
  /** How the rewards run on: `switching` or `sinusoids`. Default `switching`. */
  readonly adversary?: 'switching' | 'sinusoids';
  /** Pulls from one switch to the next, or in one wave; at least 1. Default 250. */
  readonly period?: number;
  /** Pulls in an episode, at least 1. Default 1000. */
  readonly pulls?: number;
}

/** The options that `adversarialBandit()` stands for. */
export const ADVERSARIAL_BANDIT_DEFAULTS: Required<AdversarialBanditOptions> = {
  numArms: 10,
  adversary: 'switching',
  period: 250,
  pulls: 1000,
};

/** What arm number `turned` gives at pull t = 0, 1, …, in [0, 1]. */
type Adversary = (turned: number, t: number, numArms: number, period: number) => number;

const ADVERSARIES: Readonly<Record<string, Adversary>> = {
  // The last arm is steady. Of the others one gives 1, and a switch moves it on to the next.
  switching(turned, t, numArms, period) {
    if (turned === numArms - 1) return 0.5;
    return turned === Math.floor(t / period) % (numArms - 1) ? 1 : 0;
  },

  // Waves of one form, each arm ahead of the one before by the same part of the period.
  sinusoids: (turned, t, numArms, period) =>
    0.5 + 0.5 * sin(2 * PI * (((t % period) / period + turned / numArms) % 1)),
};

/**
 * The adversarial bandit: an adversary has laid down every reward before the first pull, by no law of
 * chance; what is pulled changes nothing about it (an oblivious adversary).
 *
 * | observation | range            |
 * | ----------- | ---------------- |
 * | state       | 0, the only one  |
 *
 * Actions: the arms 0 … k − 1. At pull t = 0, 1, … arm a gives, with i = (a + offset) mod k and an
 * offset that each episode draws from 0 … k − 1:
 *
 * | adversary   | reward xᵢ(t)                                                                |
 * | ----------- | --------------------------------------------------------------------------- |
 * | `switching` | ½ for i = k − 1; of the others 1 for i = ⌊t / period⌋ mod (k − 1), and else 0 |
 * | `sinusoids` | ½ + ½ sin(2π (t / period + i / k))                                          |
 *
 * So the best fixed arm of `switching` gives ½ a pull where there are more than two phases, and who
 * follows the switches gets up to 1. Never terminal; truncated after `pulls` steps. State row:
 * `[x(0), …, x(k − 1), last arm (−1 at the start), last reward, t, offset, total(0), …]`, with the
 * rewards that each arm would have given so far.
 *
 * Source: the setting is Auer, Cesa-Bianchi, Freund & Schapire (2002), "The nonstochastic multiarmed
 * bandit problem", section 2; both sequences are our own.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function adversarialBandit(
  options: AdversarialBanditOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveOptions('adversarialBandit', ADVERSARIAL_BANDIT_DEFAULTS, options);
  const { numArms, adversary, period, pulls } = resolved;
  checkInteger('adversarialBandit: numArms', numArms, 3, 100_000);
  checkOneOf('adversarialBandit: adversary', adversary, Object.keys(ADVERSARIES));
  checkInteger('adversarialBandit: period', period, 1);
  checkInteger('adversarialBandit: pulls', pulls, 1);
  const rewardOf = ADVERSARIES[adversary];
  const TIME = numArms + 2;
  const OFFSET = numArms + 3;
  const TOTALS = numArms + 4;

  const layOut = (state: Float64Array) => {
    for (let arm = 0; arm < numArms; arm++) {
      state[arm] = rewardOf((arm + state[OFFSET]) % numArms, state[TIME], numArms, period);
    }
  };

  return {
    name: 'AdversarialBandit',
    observationSpace: discrete(1),
    actionSpace: discrete(numArms, armLabels(numArms)),
    stateSize: TOTALS + numArms,
    timeLimit: pulls,

    reset(state, rng) {
      state.fill(0);
      state[OFFSET] = rng.below(numArms);
      notePull(state, numArms, -1, 0);
      layOut(state);
    },

    step(state, arm) {
      const reward = state[arm];
      for (let i = 0; i < numArms; i++) state[TOTALS + i] += state[i];
      state[TIME]++;
      notePull(state, numArms, arm, reward);
      layOut(state);
      return reward;
    },

    isTerminal: () => false,

    observe(_state, observation) {
      observation[0] = 0;
    },

    scene(state) {
      const situation = `pull ${state[TIME] + 1}: `;
      return banditScene(state, { numArms, bottom: -0.1, top: 1.1, situation });
    },
  };
}

/**
 * The arm that would have given most so far, had it been pulled every time, in a state row of the
 * adversarial bandit; the lowest wins a tie. What it would have given, less what was got, is the
 * weak regret.
 *
 * Source: Auer et al. (2002), section 2.
 */
export function bestFixedArm(state: Float64Array, numArms: number): number {
  return bestArm(state.subarray(numArms + 4), numArms);
}

/** What `arm` would have given so far in a state row of the adversarial bandit. */
export function totalOfArm(state: ArrayLike<number>, numArms: number, arm: number): number {
  return state[numArms + 4 + arm];
}
