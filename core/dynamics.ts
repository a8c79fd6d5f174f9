import type { Rng } from './rng.ts';
import type { Scene } from './scene.ts';
import type { ElementOf, Space } from './space.ts';
import type { TabularModel } from './tabular-model.ts';

/** The typed arrays that a state can be a row of. */
export type StateRow = Float64Array | Float32Array | Int32Array | Uint8Array;

/** The element type of a state row, by name. */
export type StateKind = 'float64' | 'float32' | 'int32' | 'uint8';

/**
 * The rules of a world, written once and used by every runner.
 *
 * A state is one row of numbers that the caller owns. The rules read and write that row and keep
 * nothing of their own, so a state can be copied, saved, searched over or sent to a worker without
 * their help — and a step allocates nothing.
 */
export interface Dynamics<
  O extends Space = Space,
  A extends Space = Space,
  S extends StateRow = StateRow,
> {
  readonly name: string;
  readonly observationSpace: O;
  readonly actionSpace: A;

  /** Length of a state row. */
  readonly stateSize: number;

  /** Element type of a state row. Leave out for float64. */
  readonly stateKind?: StateKind;

  /** Steps after which a runner truncates the episode; `Infinity` for no limit. */
  readonly timeLimit: number;

  /** Draws a start state into `state`. */
  reset(state: S, rng: Rng): void;

  /**
   * Moves `state` one step ahead, in place, and returns the reward.
   *
   * @param action An element of the action space with its integers counted from 0; a `Box` of float32
   *   by itself may lie outside its bounds. Valid until the next step.
   */
  step(state: S, action: ElementOf<A>, rng: Rng): number;

  /** Whether `state` ends the episode: nothing can be earned from here. */
  isTerminal(state: S): boolean;

  /** Writes what the agent sees of `state`, a row of its space: `core/spaces/rows.ts`. */
  observe(state: S, observation: Float32Array): void;

  /** Sets `mask[a]` to 1 if action `a` is legal in `state`, else 0. Leave out where all are. */
  actionMask?(state: S, mask: Uint8Array): void;

  /** What `state` looks like. */
  scene(state: S): Scene;

  /** What people are told of `state` besides, for `info`. Leave out where there is nothing. */
  info?(state: S): Readonly<Record<string, unknown>>;

  /**
   * Tries that are left before the game is over, an integer of at least 0. Leave out where a world
   * counts none; `info.lives` tells people, and is where a hand-written `Env` gives them.
   */
  lives?(state: S): number;

  /** The explicit p(s′, r | s, a) of a finite world. Leave out where there is none. */
  model?(): TabularModel;
}

/** The array type of each kind of state row. */
export const STATE_ARRAYS: {
  readonly float64: Float64ArrayConstructor;
  readonly float32: Float32ArrayConstructor;
  readonly int32: Int32ArrayConstructor;
  readonly uint8: Uint8ArrayConstructor;
} = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
};

/** A new state row for this world, all zeros. */
export function createState({
  stateKind = 'float64',
  stateSize,
}: Pick<Dynamics, 'stateKind' | 'stateSize'>): StateRow {
  return new STATE_ARRAYS[stateKind](stateSize);
}
