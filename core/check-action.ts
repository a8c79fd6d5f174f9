import { show } from './check.ts';
import type { Dynamics } from './dynamics.ts';
import type { Box, Discrete, Space } from './space.ts';
import { partNames } from './spaces/composite.ts';
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
 * Makes a check of columns of actions, in which integers are counted from 0, for loops: where all
 * actions are legal it allocates nothing, but for spaces with texts, sequences, graphs or `OneOf`.
 *
 * @returns a function of a column, `[n × actionSize]`, and of the masks, `[n × numActions]`, 1 where
 *   an action is legal; none where all are. It throws a RangeError unless every row is in the action
 *   space and legal.
 */
export function actionChecker(
  world: Pick<Dynamics, 'name' | 'actionSpace'>,
): (actions: ActionColumn, masks: Uint8Array | undefined) => void {
  const { actionSpace } = world;
  const size = rowSize(actionSpace);
  const counts = countsOf(actionSpace);
  const numActions = actionSpace.kind === 'discrete' ? actionSpace.n : 0;
  return (actions, masks) => {
    for (let offset = 0, copy = 0; offset < actions.length; offset += size, copy++) {
      if (counts !== null && isInside(counts, actions, offset)) {
        if (masks === undefined || masks[copy * numActions + actions[offset]] === 1) continue;
      }
      const mask = masks?.subarray(copy * numActions, (copy + 1) * numActions) ?? null;
      checkActionRow(world, actions, copy, mask);
    }
  };
}

/** For each number of a row how many integers it can be, 0 for real ones; `null` where that varies. */
function countsOf(space: Space): Float64Array | null {
  switch (space.kind) {
    case 'discrete':
      return Float64Array.of(space.n);
    case 'box':
      return new Float64Array(space.low.length);
    case 'multi-discrete':
      return Float64Array.from(space.sizes);
    case 'multi-binary':
      return new Float64Array(rowSize(space)).fill(2);
    case 'dict':
      return joinCounts(partNames(space).map((name) => countsOf(space.spaces[name])));
    case 'tuple':
      return joinCounts(space.spaces.map(countsOf));
    default:
      return null;
  }
}

function joinCounts(parts: readonly (Float64Array | null)[]): Float64Array | null {
  const numbers: number[] = [];
  for (const part of parts) {
    if (part === null) return null;
    numbers.push(...part);
  }
  return Float64Array.from(numbers);
}

function isInside(counts: Float64Array, row: ActionColumn, offset: number): boolean {
  for (let k = 0; k < counts.length; k++) {
    const x = row[offset + k];
    if (counts[k] === 0) {
      if (!Number.isFinite(x)) return false;
    } else if (!(x >= 0 && x < counts[k] && Number.isInteger(x))) return false;
  }
  return true;
}

function checkActionRow(
  { name, actionSpace }: Pick<Dynamics, 'name' | 'actionSpace'>,
  actions: ActionColumn,
  copy: number,
  mask: Uint8Array | null,
): void {
  const size = rowSize(actionSpace);
  const problem = rowProblem(actionSpace, actions, copy * size);
  const where = ` in copy ${copy}`;
  if (problem !== null) throw new RangeError(`${name}: ${problem.replace(/\.$/, `${where}.`)}`);
  if (actionSpace.kind === 'discrete') checkMask(name, actionSpace, actions[copy], mask, where);
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
  if (vector.length === size && Array.from(vector).every((x) => Number.isFinite(x))) return null;
  return `action must be a vector of ${size} finite numbers, got ${show(action)}.`;
}

/** Why the numbers of a row from `offset` on are no action; `null` if they are one. */
function rowProblem(space: Space, row: ArrayLike<number>, offset: number): string | null {
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

/** Whether a world clips what lies outside the bounds: a vector of real numbers by itself. */
function isClipped(space: Space): space is Box {
  return space.kind === 'box' && space.dtype === 'float32';
}
