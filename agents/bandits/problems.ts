import type { Transitions } from '../../core/transitions.ts';
import { checkCopies, checkReward, numCopies, requireDiscrete, type Task } from '../task.ts';

/**
 * What all agents of bandits share. Copy i of the world is a problem of its own: row i of every table
 * is what the agent knows of it.
 */

/** How many problems there are side by side, and how many arms each has. */
export interface Problems {
  readonly numProblems: number;
  readonly numArms: number;
}

/** @throws RangeError if the actions are not `Discrete`, or there is no copy. */
export function problemsOf(where: string, task: Task): Problems {
  const arms = requireDiscrete(where, 'actions', task.actionSpace);
  return { numProblems: numCopies(where, task), numArms: arms.n };
}

/**
 * Checks all rewards before any of them is learned from.
 *
 * @param pulls Pulls in each problem so far, `[numProblems]`.
 * @throws RangeError unless there is one for each problem, and each is a finite number: names the step
 *   that gave another.
 */
export function checkRewards(where: string, rewards: Float64Array, pulls: Float64Array): void {
  checkCopies(where, rewards.length, pulls.length);
  for (let i = 0; i < rewards.length; i++) checkReward(where, rewards[i], pulls[i]);
}

/**
 * Checks all rewards before any of them is learned from.
 *
 * @param advice What to do where one lies outside.
 * @throws RangeError unless there is one for each problem, in [low, high]: names the step that gave
 *   another.
 */
export function checkRewardsWithin(
  where: string,
  { rewards }: Transitions,
  pulls: Float64Array,
  { low, high, advice }: { low: number; high: number; advice: string },
): void {
  checkRewards(where, rewards, pulls);
  for (let i = 0; i < rewards.length; i++) {
    if (rewards[i] >= low && rewards[i] <= high) continue;
    throw new RangeError(
      `${where}: the reward of step ${pulls[i]} must be between ${low} and ${high}, got ${rewards[i]}. ${advice}`,
    );
  }
}

/** Whether the episode of copy i ended with this transition. */
export function hasEnded({ terminated, truncated }: Transitions, i: number): boolean {
  return terminated[i] !== 0 || truncated[i] !== 0;
}
