import { checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';
import { type Discrete, discrete } from '../../core/space.ts';

/** How to build the bandit. */
export interface KArmedBanditOptions {
  /** k, at least 1. Default 10. */
  readonly numArms?: number;
  /** Standard deviation of the arms' true values around 0, above 0. Default 1. */
  readonly valueDeviation?: number;
  /** Standard deviation of a reward around its arm's true value, above 0. Default 1. */
  readonly rewardDeviation?: number;
  /** Pulls in an episode, at least 1. Default 1000. */
  readonly pulls?: number;
}

/** The options that `kArmedBandit()` stands for: the book's testbed. */
export const K_ARMED_BANDIT_DEFAULTS: Required<KArmedBanditOptions> = {
  numArms: 10,
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
  const { numArms, valueDeviation, rewardDeviation, pulls } = resolved;
  checkInteger('kArmedBandit: numArms', numArms, 1);
  checkInteger('kArmedBandit: pulls', pulls, 1);
  checkPositive('kArmedBandit: valueDeviation', valueDeviation);
  checkPositive('kArmedBandit: rewardDeviation', rewardDeviation);
  const arms = Array.from({ length: numArms }, (_, arm) => `arm ${arm + 1}`);
  const LAST_ARM = numArms;
  const LAST_REWARD = numArms + 1;
  return {
    name: 'KArmedBandit',
    observationSpace: discrete(1),
    actionSpace: discrete(numArms, arms),
    stateSize: numArms + 2,
    timeLimit: pulls,

    reset(state, rng) {
      for (let arm = 0; arm < numArms; arm++) state[arm] = valueDeviation * rng.normal();
      state[LAST_ARM] = -1;
      state[LAST_REWARD] = 0;
    },

    step(state, arm, rng) {
      const reward = state[arm] + rewardDeviation * rng.normal();
      state[LAST_ARM] = arm;
      state[LAST_REWARD] = reward;
      return reward;
    },

    isTerminal: () => false,

    observe(_state, observation) {
      observation[0] = 0;
    },

    scene: (state) => banditScene(state, resolved),
  };
}

/** The arm with the highest true value q*(a) in a state row of the bandit; the lowest wins a tie. */
export function bestArm(state: ArrayLike<number>, numArms: number): number {
  let best = 0;
  for (let arm = 1; arm < numArms; arm++) if (state[arm] > state[best]) best = arm;
  return best;
}

/** A chart over the arms: the spread of the rewards, the true values, the last reward. */
function banditScene(
  state: Float64Array,
  { numArms, valueDeviation, rewardDeviation }: Required<KArmedBanditOptions>,
): ShapesScene {
  const reach = 3 * valueDeviation + 1.5 * rewardDeviation;
  const best = bestArm(state, numArms);
  const lastArm = state[numArms];
  const lastReward = state[numArms + 1];
  const step = (3.2 * reach) / numArms; // the picture is 1.6 times as wide as high
  const positions = Array.from({ length: numArms }, (_, arm) => (arm + 0.5) * step);
  const shapes: Shape[] = [];
  const width = numArms * step;
  shapes.push({ kind: 'line', points: [0, 0, width, 0], width: reach / 150, color: 'line' });
  positions.forEach((x, arm) => {
    const value = state[arm];
    shapes.push({
      kind: 'rectangle',
      x,
      y: value,
      width: 0.7 * step,
      height: 2 * rewardDeviation,
      color: arm === best ? 'goal' : 'surface',
    });
    const ends = [x - 0.35 * step, value, x + 0.35 * step, value];
    shapes.push({ kind: 'line', points: ends, width: reach / 75, color: 'text' });
  });
  if (lastArm >= 0) {
    const radius = 0.15 * step;
    shapes.push({ kind: 'circle', x: positions[lastArm], y: lastReward, radius, color: 'agent' });
  }
  return {
    kind: 'shapes',
    view: { left: 0, bottom: -reach, width, height: 2 * reach },
    shapes,
    actionPositions: positions,
    caption:
      lastArm < 0
        ? `best arm ${best + 1}`
        : `arm ${lastArm + 1} gave ${lastReward.toFixed(2)}, best arm ${best + 1}`,
  };
}
