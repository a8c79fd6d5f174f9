import { show } from './check.ts';
import type { Dynamics } from './dynamics.ts';

/**
 * @param action What the caller wants to do: an integer for `Discrete`, a vector for `Box`.
 * @param mask `[numActions]`, 1 where an action is legal; `null` where all are.
 * @param copy Number of the copy in a vector of them, for the message. Default none.
 * @throws RangeError unless `action` is in the action space and legal.
 */
export function checkAction(
  { name, actionSpace }: Dynamics,
  action: unknown,
  mask: Uint8Array | null,
  copy?: number,
): void {
  const where = copy === undefined ? '' : ` in copy ${copy}`;
  if (actionSpace.kind === 'box') {
    checkBoxAction(name, actionSpace.low.length, action, where);
    return;
  }
  const { n, labels } = actionSpace;
  if (!Number.isInteger(action) || (action as number) < 0 || (action as number) >= n) {
    throw new RangeError(
      `${name}: action must be an integer from 0 to ${n - 1}, got ${show(action)}${where}.`,
    );
  }
  if (mask === null || mask[action as number] === 1) return;
  const legal = labelsOf(mask, labels);
  throw new RangeError(
    `${name}: action ${action} is not legal here${where}. Legal actions: ${legal.join(', ')}.`,
  );
}

/** Real numbers of any size: a world clips what lies outside its bounds, as Gymnasium's do. */
function checkBoxAction(name: string, size: number, action: unknown, where: string): void {
  const vector =
    typeof action === 'object' && action !== null ? (action as ArrayLike<unknown>) : [];
  if (vector.length !== size || !Array.from(vector).every((x) => Number.isFinite(x))) {
    throw new RangeError(
      `${name}: action must be a vector of ${size} finite numbers, got ${show(action)}${where}.`,
    );
  }
}

function labelsOf(mask: Uint8Array, labels: readonly string[]): string[] {
  const legal: string[] = [];
  mask.forEach((allowed, action) => {
    if (allowed === 1) legal.push(labels[action] ? `${action} (${labels[action]})` : `${action}`);
  });
  return legal;
}
