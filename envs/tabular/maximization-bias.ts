import { checkFinite, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import { type Discrete, discrete } from '../../core/space.ts';

/** How to build the world. */
export interface MaximizationBiasOptions {
  /** Actions in B, at least 2. Default 10. */
  readonly numActions?: number;
  /** Mean reward of each action in B. Default −0.1. */
  readonly meanReward?: number;
  /** Standard deviation of that reward. Default 1. */
  readonly rewardDeviation?: number;
}

/** The options that `maximizationBias()` stands for. */
export const MAXIMIZATION_BIAS_DEFAULTS: Required<MaximizationBiasOptions> = {
  numActions: 10,
  meanReward: -0.1,
  rewardDeviation: 1,
};

const A = 0;
const B = 1;
const END = 2;
const LEFT = 0;

/**
 * Maximization bias: going left looks good to those who take the best of many noisy estimates.
 *
 * | observation | range                        |
 * | ----------- | ---------------------------- |
 * | state       | 0 is A, 1 is B, 2 is the end |
 *
 * Actions in A: 0 goes left to B, 1 goes right to the end, and no other is legal; both earn 0. In B
 * every action goes to the end and earns a draw from a normal distribution of mean −0.1 and standard
 * deviation 1. The start is A. No time limit. Rewards are real numbers, so there is no finite model.
 *
 * Source: Sutton & Barto (2018), Example 6.7.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function maximizationBias(
  options: MaximizationBiasOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveOptions('maximizationBias', MAXIMIZATION_BIAS_DEFAULTS, options);
  const { numActions, meanReward, rewardDeviation } = resolved;
  checkInteger('maximizationBias: numActions', numActions, 2, 1_000_000);
  checkFinite('maximizationBias: meanReward', meanReward);
  checkFinite('maximizationBias: rewardDeviation', rewardDeviation);
  return {
    name: 'MaximizationBias',
    observationSpace: discrete(3, ['A', 'B', 'end']),
    actionSpace: discrete(numActions),
    stateSize: 1,
    timeLimit: Infinity,

    reset(state) {
      state[0] = A;
    },

    step(state, action, rng) {
      if (state[0] === A) {
        state[0] = action === LEFT ? B : END;
        return 0;
      }
      state[0] = END;
      return meanReward + rewardDeviation * rng.normal();
    },

    isTerminal: (state) => state[0] === END,

    observe(state, observation) {
      observation[0] = state[0];
    },

    actionMask(state, mask) {
      mask.fill(state[0] === A ? 0 : 1);
      mask.fill(1, 0, 2);
    },

    scene: (state) => biasScene(state[0]),
  };
}

/** As in figure 6.5: the end, B, A, and the end again. */
function biasScene(state: number): GridScene {
  const column = [2, 1, 3][state];
  return {
    kind: 'grid',
    rows: 1,
    columns: 4,
    tiles: ['goal', 'floor', 'start', 'goal'],
    labels: ['', 'B', 'A', ''],
    tokens: [{ kind: 'agent', row: 0, column }],
    cellObservations: [END, B, A, END],
  };
}
