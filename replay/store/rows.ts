import { checkLength } from '../../core/check.ts';
import type { Rng } from '../../core/rng.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';

/** Numbers in one row of each kind of column. */
export interface RowSizes {
  readonly observation: number;
  readonly action: number;
  readonly mask: number;
}

/** @throws RangeError unless all columns have rows of these sizes, and as many as there are rewards. */
export function checkRows(where: string, transitions: Transitions, sizes: RowSizes): void {
  const rows = transitions.rewards.length;
  const { observations, nextObservations, actions, nextActionMasks } = transitions;
  checkLength(`${where}: observations`, observations, rows * sizes.observation);
  checkLength(`${where}: nextObservations`, nextObservations, rows * sizes.observation);
  checkLength(`${where}: actions`, actions, rows * sizes.action);
  checkLength(`${where}: terminated`, transitions.terminated, rows);
  checkLength(`${where}: truncated`, transitions.truncated, rows);
  if (sizes.mask > 0) {
    checkLength(`${where}: nextActionMasks`, nextActionMasks ?? [], rows * sizes.mask);
  } else if (nextActionMasks !== undefined) {
    throw new RangeError(
      `${where}: nextActionMasks must be absent, for the buffer was made for a world without masks. Make it with masked: true.`,
    );
  }
}

/**
 * Draws rows of a ring that holds `length` rows from `oldest` on.
 *
 * A function of its own, and so small, so that the generator is inlined: else each draw allocates.
 *
 * Not `below`, whose division takes longer than all the rest. So chances differ by as much as draws of
 * 32 bits make them: by a part in a thousand if 4 million transitions are held.
 */
export function drawRows(
  rng: Rng,
  rows: Int32Array,
  count: number,
  length: number,
  oldest: number,
  capacity: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = oldest + Math.floor(length * rng.uniform());
    rows[i] = row < capacity ? row : row - capacity;
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

/** How row i of a batch ended its episode: 1 where s′ is terminal, 2 where it was cut, 0 where it goes on. */
export function endOf({ terminated, truncated }: Transitions, i: number): number {
  if (terminated[i] !== 0) return 1;
  return truncated[i] !== 0 ? 2 : 0;
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
    terminated[i] = end & 1;
    truncated[i] = end >> 1;
  }
}
