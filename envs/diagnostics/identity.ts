import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { sampleRow } from '../../core/spaces/sample.ts';
import { compareRows, fixedParts, hasIntegers, rowWriter } from './identity-rows.ts';
import { identityScene } from './identity-scene.ts';

/** How to build an identity world. */
export interface IdentityOptions {
  /** What it is called in messages and saved data. Default `Identity`. */
  readonly name?: string;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
  /** Draws its state row: shown now, shown before, done, each `[n]`, and whether anything was done. */
  readonly scene?: (state: Float64Array) => Scene;
}

/**
 * Identity for any space whose elements fit a row: do what is shown.
 *
 * | observation | range                                                       |
 * | ----------- | ----------------------------------------------------------- |
 * | element     | of the space, drawn at each step as `sample` draws          |
 *
 * Action: an element of the same space. Reward: 1 if every integer of it is right, else 0 (and 0 where
 * it consists of real numbers alone), less the squared distance of its real numbers. Lengths of lists
 * and the choice of a part count among the integers; where they are wrong, the real numbers shown are
 * compared with what stands in their places in the row. At best 1 a step, or 0 for real numbers alone,
 * for the very element shown; the next one does not depend on the action. Never terminal; truncated
 * after `timeLimit` steps. Real numbers are rounded to float32, so that an action can equal them. State
 * row: `[element, last element, last action, whether there was one]`.
 *
 * Source: after the identity environments of Stable-Baselines (Hill et al., 2018).
 *
 * @throws RangeError if an option is out of range, or elements of the space can be of any length.
 */
export function identity<S extends Space>(
  space: S,
  options: IdentityOptions = {},
): Dynamics<S, S, Float64Array> {
  const size = rowSize(space);
  const defaults: Required<IdentityOptions> = {
    name: 'Identity',
    timeLimit: 100,
    scene: (state) => identityScene(space, state),
  };
  const { name, timeLimit, scene } = resolveOptions('identity', defaults, options);
  checkInteger('identity: timeLimit', timeLimit, 1);
  const parts = fixedParts(space);
  const writeAction = rowWriter(space);
  const prize = hasIntegers(space) ? 1 : 0;
  const tally = { wrong: false, squares: 0 };

  const draw = (state: Float64Array, rng: Rng) => {
    for (let i = 0; i < parts.length; i++) sampleRow(parts[i].space, rng, state, parts[i].offset);
    for (let i = 0; i < size; i++) state[i] = Math.fround(state[i]);
  };
  return {
    name,
    observationSpace: space,
    actionSpace: space,
    stateSize: 3 * size + 1,
    timeLimit,

    reset(state, rng) {
      state.fill(0);
      draw(state, rng);
    },

    step(state, action: ElementOf<S>, rng) {
      for (let i = 0; i < size; i++) state[size + i] = state[i];
      writeAction(action, state, 2 * size);
      state[3 * size] = 1;
      tally.wrong = false;
      tally.squares = 0;
      for (let i = 0; i < parts.length; i++) {
        const { space: part, offset } = parts[i];
        compareRows(part, state, size + offset, size, tally);
      }
      draw(state, rng);
      return (tally.wrong ? 0 : prize) - tally.squares;
    },

    isTerminal: () => false,

    observe(state, observation) {
      for (let i = 0; i < size; i++) observation[i] = state[i];
    },

    scene,
  };
}
