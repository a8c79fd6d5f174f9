import type { SavedData } from './saved.ts';
import type { Space } from './space.ts';
import type { ActionColumn, Transitions } from './transitions.ts';

/**
 * Many copies of a world that move at once: what the training loop needs of them.
 *
 * A copy whose episode ends begins the next one at once: `step` returns the true successor in its
 * transitions, while `observations` already shows the start of the next episode. What copy i does
 * depends on the seed and its own actions, not on how many copies run beside it.
 *
 * `VectorEnv` runs rules; others lift hand-written envs, or spread copies over workers. Wrappers of
 * vectors implement it around another one.
 */
export interface EnvVector<O extends Space = Space, A extends Space = Space> {
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly numEnvs: number;

  /** What each copy shows now, `[numEnvs × observationSize]`; overwritten by every step. */
  readonly observations: Float32Array;

  /** Legal actions of each copy now, `[numEnvs × numActions]`; absent where all always are. */
  readonly actionMasks: Uint8Array | undefined;

  /** An array that `step` takes, `[n × actionSize]`; integers are counted from 0. */
  createActions(): ActionColumn;

  /**
   * Takes the action of row i in copy i.
   *
   * @returns the batch of transitions; the same object every time, overwritten by the next call.
   * @throws RangeError if there is not one action per copy, or one is not legal: nothing has moved.
   */
  step(actions: ActionColumn): Transitions;

  /** Everything needed to go on from here with the same bits. */
  snapshot(): SavedData;

  /** @throws Error if `saved` is no snapshot of as many copies of this world; nothing has changed then. */
  restore(saved: SavedData): void;
}
