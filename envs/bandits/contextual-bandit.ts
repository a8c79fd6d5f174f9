import { checkInteger, checkPositive } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import { armLabels, notePull } from './arms.ts';
import { banditScene } from './bandit-scene.ts';

/** The options that every contextual bandit has. */
export interface ContextualBanditOptions {
  /** k, at least 1. */
  readonly numArms: number;
  /** d, the length of the context, at least 1. */
  readonly contextSize: number;
  /** Standard deviation of a reward around the arm's value, above 0. */
  readonly rewardDeviation: number;
  /** Pulls in an episode, at least 1. */
  readonly pulls: number;
}

/** Where each part begins in the state row of a contextual bandit. */
export interface ContextualLayout {
  readonly context: number;
  readonly weights: number;
}

/** What tells one contextual bandit from another. */
export interface ContextualBandit extends ContextualBanditOptions {
  readonly name: string;
  /** Numbers that decide how the values follow from the context; drawn afresh for each episode. */
  readonly numWeights: number;
  /** Draws the weights into the row. */
  drawWeights(state: Float64Array, layout: ContextualLayout, rng: Rng): void;
  /** Writes each arm's value in the row's context to the beginning of the row, `[numArms]`. */
  evaluate(state: Float64Array, layout: ContextualLayout): void;
}

/**
 * The rules of a bandit that shows a context at each step, on which the arms' values depend.
 *
 * The context is uniform in [−1, 1]ᵈ, drawn afresh at each step whatever is done, and rounded to
 * float32, so that the agent sees the very numbers. A reward is a normal draw around the arm's value.
 * State row: `[value(0), …, value(k − 1), last arm (−1 at the start), last reward, context, weights]`.
 *
 * @throws RangeError if an option is out of range.
 */
export function contextualBandit(
  where: string,
  bandit: ContextualBandit,
): Dynamics<Box, Discrete, Float64Array> {
  const { numArms, contextSize, rewardDeviation, pulls } = bandit;
  checkInteger(`${where}: numArms`, numArms, 1, 10_000);
  checkInteger(`${where}: contextSize`, contextSize, 1, 1000);
  checkInteger(`${where}: pulls`, pulls, 1);
  checkPositive(`${where}: rewardDeviation`, rewardDeviation);
  const layout = { context: numArms + 2, weights: numArms + 2 + contextSize };
  const high = new Float32Array(contextSize).fill(1);
  const low = high.map((bound) => -bound);
  const reach = 3 + 1.5 * rewardDeviation; // values have a standard deviation of about 1

  const drawContext = (state: Float64Array, rng: Rng) => {
    for (let i = layout.context; i < layout.weights; i++) {
      state[i] = Math.fround(2 * rng.uniform() - 1);
    }
    bandit.evaluate(state, layout);
  };

  return {
    name: bandit.name,
    observationSpace: box(low, high),
    actionSpace: discrete(numArms, armLabels(numArms)),
    stateSize: layout.weights + bandit.numWeights,
    timeLimit: pulls,

    reset(state, rng) {
      bandit.drawWeights(state, layout, rng);
      notePull(state, numArms, -1, 0);
      drawContext(state, rng);
    },

    step(state, arm, rng) {
      const reward = state[arm] + rewardDeviation * rng.normal();
      notePull(state, numArms, arm, reward);
      drawContext(state, rng);
      return reward;
    },

    isTerminal: () => false,

    observe(state, observation) {
      for (let i = 0; i < contextSize; i++) observation[i] = state[layout.context + i];
    },

    scene: (state) =>
      banditScene(state, { numArms, bottom: -reach, top: reach, deviation: rewardDeviation }),
  };
}
