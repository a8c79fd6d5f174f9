import { type Allocate, allocateArray } from './allocate.ts';
import type { Dynamics } from './dynamics.ts';
import type { Space } from './space.ts';
import { describeSpace } from './spaces/describe.ts';
import { greatestInteger } from './spaces/row-sizes.ts';
import { fitsRow, isIntegral, rowSize } from './spaces/rows.ts';
import { shapeOf, type WorldShape } from './world-shape.ts';

/**
 * A batch of transitions (s, a, r, s′), one per row.
 *
 * `n` is the number of rows, `size` the length of one observation, `actionSize` that of one action
 * (1 for `Discrete`); matrices are row-major.
 */
export interface Transitions {
  /** s — `[n × size]`, what the agent acted on. */
  readonly observations: Float32Array;
  /** a — `[n × actionSize]`: integers, counted from 0, where the action space has nothing else. */
  readonly actions: ActionColumn;
  /** r — `[n]`. */
  readonly rewards: Float64Array;
  /** s′ — `[n × size]`, the true successor, also where the episode ended. */
  readonly nextObservations: Float32Array;
  /** `[n]` — 1 where s′ is terminal. The only flag that stops bootstrapping. */
  readonly terminated: Uint8Array;
  /** `[n]` — 1 where a time limit cut the episode; s′ still has a value. Never 1 with `terminated`. */
  readonly truncated: Uint8Array;
  /** 𝒜(s′) — `[n × numActions]`, 1 where the action is legal in s′; absent where all always are. */
  readonly nextActionMasks?: Uint8Array;
}

/** A column of actions: `Int32Array` where they consist of integers alone, `Float32Array` else. */
export type ActionColumn = Int32Array | Float32Array;

/**
 * An array for `n` actions, zeros, `[n × actionSize]`: `Int32Array` for `Discrete` and other spaces
 * of integers alone, `Float32Array` for `Box` and what contains one.
 */
export function createActions(
  actionSpace: Space,
  n: number,
  allocate: Allocate = allocateArray,
): ActionColumn {
  const size = n * rowSize(actionSpace);
  return isIntegral(actionSpace) ? allocate(Int32Array, size) : allocate(Float32Array, size);
}

/** A batch of `n` empty transitions of a world. */
export function createTransitions(dynamics: Dynamics, n: number): Transitions {
  return createColumns(shapeOf(dynamics), n);
}

/** A batch of `n` empty transitions, in arrays from wherever one likes. */
export function createColumns(
  {
    observationSpace,
    actionSpace,
    masked,
  }: Pick<WorldShape, 'observationSpace' | 'actionSpace' | 'masked'>,
  n: number,
  allocate: Allocate = allocateArray,
): Transitions {
  const size = rowSize(observationSpace);
  return {
    observations: allocate(Float32Array, n * size),
    actions: createActions(actionSpace, n, allocate),
    rewards: allocate(Float64Array, n),
    nextObservations: allocate(Float32Array, n * size),
    terminated: allocate(Uint8Array, n),
    truncated: allocate(Uint8Array, n),
    ...(masked && actionSpace.kind === 'discrete'
      ? { nextActionMasks: allocate(Uint8Array, n * actionSpace.n) }
      : {}),
  };
}

/**
 * Checks that observations and actions of a world fit columns of numbers.
 *
 * @throws RangeError if an element can be of any length, or an integer be above 2²⁴ (actions of
 *   integers alone: above 2³¹ − 1), from which on a column does not hold all of them.
 */
export function checkColumns(
  where: string,
  {
    name,
    observationSpace,
    actionSpace,
  }: Pick<Dynamics, 'name' | 'observationSpace' | 'actionSpace'>,
): void {
  for (const [what, space] of Object.entries({
    observations: observationSpace,
    actions: actionSpace,
  })) {
    if (!fitsRow(space)) {
      throw new RangeError(
        `${where}: ${name} must have ${what} of one length, got ${describeSpace(space)}. Give the space a greatest length, or implement Env.`,
      );
    }
    const most = what === 'actions' && isIntegral(space) ? 2 ** 31 - 1 : 2 ** 24;
    if (greatestInteger(space) > most) {
      throw new RangeError(
        `${where}: ${name} must have ${what} with integers up to ${most}, got ${describeSpace(space)}.`,
      );
    }
  }
}
