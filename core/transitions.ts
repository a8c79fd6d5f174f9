import type { Dynamics } from './dynamics.ts';
import type { Space } from './space.ts';
import { describeSpace } from './spaces/describe.ts';
import { greatestInteger } from './spaces/row-sizes.ts';
import { fitsRow, isIntegral, rowSize } from './spaces/rows.ts';

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
export function createActions(actionSpace: Space, n: number): ActionColumn {
  const size = n * rowSize(actionSpace);
  return isIntegral(actionSpace) ? new Int32Array(size) : new Float32Array(size);
}

/** A batch of `n` empty transitions of a world. */
export function createTransitions(dynamics: Dynamics, n: number): Transitions {
  return createColumns(dynamics, dynamics.actionMask !== undefined, n);
}

/**
 * A batch of `n` empty transitions between elements of these spaces.
 *
 * @param masked Whether not all actions are always legal; masks are kept where they are `Discrete`.
 */
export function createColumns(
  { observationSpace, actionSpace }: Pick<Dynamics, 'observationSpace' | 'actionSpace'>,
  masked: boolean,
  n: number,
): Transitions {
  const size = rowSize(observationSpace);
  const masks = masked && actionSpace.kind === 'discrete' ? n * actionSpace.n : 0;
  return {
    observations: new Float32Array(n * size),
    actions: createActions(actionSpace, n),
    rewards: new Float64Array(n),
    nextObservations: new Float32Array(n * size),
    terminated: new Uint8Array(n),
    truncated: new Uint8Array(n),
    ...(masks > 0 ? { nextActionMasks: new Uint8Array(masks) } : {}),
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

/** Views of the rows of a matrix, made once so that the loop needs no offsets. */
export function rowsOf<T extends Float32Array | Int32Array | Uint8Array>(
  matrix: T | undefined,
  numRows: number,
): readonly T[] {
  if (matrix === undefined) return [];
  const size = matrix.length / numRows;
  const row = (_: unknown, i: number) => matrix.subarray(i * size, (i + 1) * size) as T;
  return Array.from({ length: numRows }, row);
}
