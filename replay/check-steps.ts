import { checkInteger } from '../core/check.ts';

/**
 * Checks how many steps a buffer must hold before the first of them can be sampled.
 *
 * @param name The option's, with whose it is: `ReplayBuffer: numSteps`.
 * @throws RangeError unless `steps` is an integer of at least `least`, and at most the capacity: of more
 *   steps the first would give way before the last has come.
 */
export function checkSteps(name: string, steps: number, least: number, capacity: number): void {
  checkInteger(name, steps, least);
  if (steps <= capacity) return;
  throw new RangeError(
    `${name} must be at most the capacity of ${capacity}, got ${steps}. Give a larger capacity.`,
  );
}
