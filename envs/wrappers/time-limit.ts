import { checkInteger } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Space } from '../../core/space.ts';

/** How long an episode may be. */
export interface TimeLimitOptions {
  /** Steps after which the episode is truncated, at least 1. */
  readonly steps: number;
}

/**
 * Truncates episodes after so many steps, in place of the world's own limit.
 *
 * @throws RangeError if `steps` is not a positive integer.
 */
export function timeLimit<O extends Space, A extends Space>(
  dynamics: Dynamics<O, A>,
  { steps }: TimeLimitOptions,
): Dynamics<O, A> {
  checkInteger('timeLimit: steps', steps, 1);
  return { ...dynamics, timeLimit: steps };
}
