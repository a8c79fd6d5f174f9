import { checkLength } from '../../core/check.ts';
import type { Rng } from '../../core/rng.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';

/** s′ is terminal. */
export const TERMINATED = 1;
/** A time limit cut the episode. */
export const TRUNCATED = 2;
/** Either of them. */
export const ENDED: number = TERMINATED | TRUNCATED;
/** The transition has not all its steps behind it yet. */
export const WAITS = 4;

/** Numbers in one row of each kind of column. */
export interface RowSizes {
  readonly observation: number;
  readonly action: number;
  readonly mask: number;
}

/** @throws RangeError unless all columns have rows of these sizes, and as many as there are rewards. */
export function checkRows(where: string, transitions: Transitions, sizes: RowSizes): void {
  // Only who is refused pays for the words.
  if (!haveRows(transitions, sizes)) refuseRows(where, transitions, sizes);
}

function haveRows(transitions: Transitions, sizes: RowSizes): boolean {
  const rows = transitions.rewards.length;
  return (
    transitions.observations.length === rows * sizes.observation &&
    transitions.nextObservations.length === rows * sizes.observation &&
    transitions.actions.length === rows * sizes.action &&
    transitions.terminated.length === rows &&
    transitions.truncated.length === rows &&
    (sizes.mask > 0
      ? transitions.nextActionMasks?.length === rows * sizes.mask
      : transitions.nextActionMasks === undefined)
  );
}

function refuseRows(where: string, transitions: Transitions, sizes: RowSizes): void {
  const rows = transitions.rewards.length;
  const { observations, nextObservations, actions, nextActionMasks } = transitions;
  checkLength(`${where}: observations`, observations, rows * sizes.observation);
  checkLength(`${where}: nextObservations`, nextObservations, rows * sizes.observation);
  checkLength(`${where}: actions`, actions, rows * sizes.action);
  checkLength(`${where}: terminated`, transitions.terminated, rows);
  checkLength(`${where}: truncated`, transitions.truncated, rows);
  if (sizes.mask > 0) {
    checkLength(`${where}: nextActionMasks`, nextActionMasks ?? [], rows * sizes.mask);
  } else {
    throw new RangeError(
      `${where}: nextActionMasks must be absent, for the buffer was made for a world without masks. Make it with masked: true.`,
    );
  }
}

/**
 * Draws rows of a ring that holds `length` rows from `oldest` on, none that waits.
 *
 * A function of its own, and so small, so that the generator is inlined: else each draw allocates.
 *
 * Not `below`, whose division takes longer than all the rest. So chances differ by as much as draws of
 * 32 bits make them: by a part in a thousand if 4 million transitions are held.
 *
 * @param ends Of each row of the ring, with `WAITS` where it is not to be drawn.
 */
export function drawRows(
  rng: Rng,
  rows: Int32Array,
  count: number,
  ends: Uint8Array,
  oldest: number,
  length: number,
): void {
  const capacity = ends.length;
  for (let i = 0; i < count; ) {
    const place = oldest + Math.floor(length * rng.uniform());
    const row = place < capacity ? place : place - capacity;
    if ((ends[row] & WAITS) === 0) rows[i++] = row;
  }
}

/** Writes row `rows[i]` of `from`, of `size` numbers, to row i of `to`, for i below `count`. */
export function gatherNumbers(
  from: ActionColumn,
  size: number,
  rows: Int32Array,
  count: number,
  to: ActionColumn,
): void {
  if (size === 1) {
    for (let i = 0; i < count; i++) to[i] = from[rows[i]];
    return;
  }
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < size; k++) to[i * size + k] = from[rows[i] * size + k];
  }
}

/** How row i of a batch ended its episode: `TERMINATED` or `TRUNCATED`, 0 where it goes on. */
export function endOf({ terminated, truncated }: Transitions, i: number): number {
  if (terminated[i] !== 0) return TERMINATED;
  return truncated[i] !== 0 ? TRUNCATED : 0;
}

/** Writes what `endOf` said of `rows[i]` to row i of a batch, for i below `count`. */
export function gatherEnds(
  from: Uint8Array,
  rows: Int32Array,
  count: number,
  { terminated, truncated }: Pick<Transitions, 'terminated' | 'truncated'>,
): void {
  for (let i = 0; i < count; i++) {
    const end = from[rows[i]];
    terminated[i] = end & TERMINATED;
    truncated[i] = (end & TRUNCATED) >> 1;
  }
}
