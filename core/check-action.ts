import { show } from './check.ts';
import type { Dynamics } from './dynamics.ts';
import type { Discrete, Space } from './space.ts';
import { partNames } from './spaces/composite.ts';
import { mismatch } from './spaces/contains.ts';
import { countedFromZero, readRow, rowSize } from './spaces/rows.ts';
import type { ActionColumn } from './transitions.ts';

/**
 * Checks what a person wants to do.
 *
 * @param action An element of the action space; real numbers of any size where that is a `Box`: a
 *   world clips what lies outside its bounds, as Gymnasium's do.
 * @param mask `[numActions]`, 1 where an action is legal; `null` where all are.
 * @throws RangeError unless `action` is in the action space and legal.
 */
export function checkAction(
  { name, actionSpace }: Dynamics,
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
  const problem =
    actionSpace.kind === 'box'
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
  { name, actionSpace }: Dynamics,
  actions: ActionColumn,
  copy: number,
  mask: Uint8Array | null,
): void {
  const size = rowSize(actionSpace);
  const problem = rowProblem(actionSpace, actions, copy * size, 'action');
  if (problem !== null) {
    throw new RangeError(`${name}: ${problem.replace(/\.$/, ` in copy ${copy}.`)}`);
  }
  if (actionSpace.kind === 'discrete' && mask !== null && mask[actions[copy]] !== 1) {
    checkMask(name, actionSpace, actions[copy], mask, ` in copy ${copy}`);
  }
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

/** Why the numbers of a row from `offset` on are no element, counted from 0; `null` if they are. */
function rowProblem(
  space: Space,
  row: ArrayLike<number>,
  offset: number,
  where: string,
): string | null {
  switch (space.kind) {
    case 'discrete':
      return integerProblem(space.n, row[offset], where);
    case 'box': {
      const { length } = space.low;
      for (let i = 0; i < length; i++) {
        if (Number.isFinite(row[offset + i])) continue;
        const numbers = Array.from({ length }, (_, k) => row[offset + k]);
        return `${where} must be a vector of ${length} finite numbers, got ${show(numbers)}.`;
      }
      return null;
    }
    case 'multi-discrete':
    case 'multi-binary': {
      const size = rowSize(space);
      for (let i = 0; i < size; i++) {
        const n = space.kind === 'multi-binary' ? 2 : space.sizes[i];
        const x = row[offset + i];
        if (!Number.isInteger(x) || x < 0 || x >= n) return integerProblem(n, x, `${where}[${i}]`);
      }
      return null;
    }
    case 'tuple':
      for (let i = 0; i < space.spaces.length; i++) {
        const problem = rowProblem(space.spaces[i], row, offset, `${where}[${i}]`);
        if (problem !== null) return problem;
        offset += rowSize(space.spaces[i]);
      }
      return null;
    case 'dict':
      for (const name of partNames(space)) {
        const problem = rowProblem(space.spaces[name], row, offset, `${where}.${name}`);
        if (problem !== null) return problem;
        offset += rowSize(space.spaces[name]);
      }
      return null;
    default: {
      const fromZero = countedFromZero(space);
      return mismatch(fromZero, readRow(fromZero, row, offset), where);
    }
  }
}

function integerProblem(n: number, x: number, where: string): string | null {
  if (Number.isInteger(x) && x >= 0 && x < n) return null;
  return `${where} must be an integer from 0 to ${n - 1}, got ${show(x)}.`;
}
