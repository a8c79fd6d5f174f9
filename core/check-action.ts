import { show } from './check.ts';
import type { Dynamics } from './dynamics.ts';
import type { Box, Discrete, Space } from './space.ts';
import { mismatch } from './spaces/contains.ts';
import { rowMismatch } from './spaces/row-mismatch.ts';
import { rowSize } from './spaces/rows.ts';
import type { ActionColumn } from './transitions.ts';

/**
 * Checks what a person wants to do.
 *
 * @param action An element of the action space; real numbers of any size where that is a `Box` of
 *   float32: a world clips what lies outside its bounds, as Gymnasium's do. A box that is part of
 *   an action keeps its bounds.
 * @param mask `[numActions]`, 1 where an action is legal; `null` where all are.
 * @throws RangeError unless `action` is in the action space and legal.
 */
export function checkAction(
  { name, actionSpace }: Pick<Dynamics, 'name' | 'actionSpace'>,
  action: unknown,
  mask: Uint8Array | null,
): void {
  if (actionSpace.kind === 'discrete') {
    const index = (action as number) - actionSpace.start;
    if (Number.isInteger(action) && index >= 0 && index < actionSpace.n) {
      checkMask(name, actionSpace, index, mask, '');
      return;
    }
  }
  const problem = isClipped(actionSpace)
    ? boxProblem(actionSpace.low.length, action)
    : mismatch(actionSpace, action, 'action');
  if (problem !== null) throw new RangeError(`${name}: ${problem}`);
}

/**
 * Checks one row of a column of actions, in which integers are counted from 0.
 *
 * @param copy i: the row, and the copy that is to take the action.
 * @param mask `[numActions]`, 1 where an action is legal; `null` where all are.
 * @throws RangeError unless the row is in the action space and legal.
 */
export function checkActionRow(
  { name, actionSpace }: Pick<Dynamics, 'name' | 'actionSpace'>,
  actions: ActionColumn,
  copy: number,
  mask: Uint8Array | null,
): void {
  const problem = actionRowProblem(actionSpace, actions, copy * rowSize(actionSpace));
  const where = ` in copy ${copy}`;
  if (problem !== null) throw new RangeError(`${name}: ${problem.replace(/\.$/, `${where}.`)}`);
  if (actionSpace.kind === 'discrete') checkMask(name, actionSpace, actions[copy], mask, where);
}

/** Whether a world clips what lies outside the bounds: a vector of real numbers by itself. */
export function isClipped(space: Space): space is Box {
  return space.kind === 'box' && space.dtype === 'float32';
}

function checkMask(
  name: string,
  { n, start, labels }: Discrete,
  index: number,
  mask: Uint8Array | null,
  where: string,
): void {
  if (mask === null || mask[index] === 1) return;
  const legal: string[] = [];
  for (let i = 0; i < n; i++) {
    const label = labels[i] === undefined ? '' : ` (${labels[i]})`;
    if (mask[i] === 1) legal.push(`${start + i}${label}`);
  }
  throw new RangeError(
    `${name}: action ${start + index} is not legal here${where}. Legal actions: ${legal.join(', ')}.`,
  );
}

function boxProblem(size: number, action: unknown): string | null {
  const vector =
    typeof action === 'object' && action !== null ? (action as ArrayLike<unknown>) : [];
  if (vector.length === size && areFinite(vector)) return null;
  return `action must be a vector of ${size} finite numbers, got ${show(action)}.`;
}

function areFinite(vector: ArrayLike<unknown>): boolean {
  for (let i = 0; i < vector.length; i++) if (!Number.isFinite(vector[i])) return false;
  return true;
}

/**
 * Why the numbers of a row from `offset` on, integers counted from 0, are no action, as
 * `action must be …, got ….`; `null` if they are one.
 */
export function actionRowProblem(
  space: Space,
  row: ArrayLike<number>,
  offset: number,
): string | null {
  if (!isClipped(space)) return rowMismatch(space, row, offset, 'action');
  const { length } = space.low;
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(row[offset + i])) continue;
    return boxProblem(
      length,
      Array.from({ length }, (_, k) => row[offset + k]),
    );
  }
  return null;
}
