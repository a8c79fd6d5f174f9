import { checkInteger } from '../core/check.ts';
import type { Dynamics } from '../core/dynamics.ts';
import { DynamicsEnv } from '../core/dynamics-env.ts';
import type { Env } from '../core/env.ts';
import { timeLimit } from '../envs/wrappers/time-limit.ts';

/**
 * Steps of an evaluation episode where nothing else is said: a greedy policy may walk in a circle for
 * ever. A hand-written env has more of them, for its own limit cannot be seen from outside.
 */
export const MOST_STEPS: {
  /** Of rules without a time limit. */
  readonly rules: number;
  readonly handWritten: number;
} = { rules: 10_000, handWritten: 100_000 };

/** @throws RangeError that begins with `where`, unless it is an integer of at least 1, or `null`. */
export function checkMaxSteps(where: string, maxSteps: number | null): void {
  if (maxSteps !== null) checkInteger(`${where}: maxSteps`, maxSteps, 1);
}

/**
 * Rules whose episodes are truncated after so many steps, if not before.
 *
 * @param maxSteps `null` for the world's own limit, or `MOST_STEPS` where it has none.
 */
export function limitRules(dynamics: Dynamics, maxSteps: number | null): Dynamics {
  const own = dynamics.timeLimit;
  const steps = leastOf(own, maxSteps, MOST_STEPS.rules);
  return steps === own ? dynamics : timeLimit(dynamics, { steps });
}

/** The same of an env that is about to be reset. */
export function limitEnv(env: Env, maxSteps: number | null): Env {
  const ruled = env instanceof DynamicsEnv;
  const own = ruled ? env.dynamics.timeLimit : Infinity;
  const steps = leastOf(own, maxSteps, ruled ? MOST_STEPS.rules : MOST_STEPS.handWritten);
  return steps === own ? env : timeLimit(env, { steps });
}

function leastOf(own: number, maxSteps: number | null, most: number): number {
  return Math.min(own, maxSteps ?? (own === Infinity ? most : own));
}
