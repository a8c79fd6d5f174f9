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
   * @param action An integer for `Discrete`, a vector for `Box`; always inside the action space.
   */
  step(state: S, action: ElementOf<A>, rng: Rng): number;

  /** Whether `state` ends the episode: nothing can be earned from here. */
  isTerminal(state: S): boolean;

  /** Writes what the agent sees of `state`; one number, the integer, for `Discrete`. */
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

/** A new state row for this world, all zeros. */
export function createState(dynamics: Pick<Dynamics, 'stateSize' | 'stateKind'>): StateRow {
  switch (dynamics.stateKind ?? 'float64') {
    case 'float64':
      return new Float64Array(dynamics.stateSize);
    case 'float32':
      return new Float32Array(dynamics.stateSize);
    case 'int32':
      return new Int32Array(dynamics.stateSize);
    case 'uint8':
      return new Uint8Array(dynamics.stateSize);
  }
}
