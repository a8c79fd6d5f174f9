import { legalityOf } from './legality.ts';
import type { Action, Inner, InnerWorld } from './wrapper.ts';

/** Taking the same action several times in a row. */
export interface Repetition {
  /** The world's time limit in steps of so many inner steps. */
  readonly timeLimit: number;
  /** Whether the last step before the limit is shorter, so that steps must be counted. */
  readonly counts: boolean;
  /**
   * Takes the action until it has been taken so many times, the world has ended, or the action has
   * become illegal.
   *
   * @param stepNumber Which step of the episode it is, from 1; any number where `counts` is false.
   * @param look Called after each inner step.
   * @returns the sum of the rewards.
   */
  step(inner: Inner, action: Action, stepNumber: number, look?: (inner: Inner) => void): number;
}

/** How the same action is taken `repeats` times in a row within a world's time limit. */
export function repetition(world: InnerWorld, repeats: number): Repetition {
  const { timeLimit: limit } = world;
  const timeLimit = limit === Infinity ? Infinity : Math.ceil(limit / repeats);
  const rest = limit === Infinity ? 0 : limit % repeats;
  const isLegal = legalityOf(world);
  return {
    timeLimit,
    counts: rest > 0,
    step(inner, action, stepNumber, look) {
      const times = rest > 0 && stepNumber === timeLimit ? rest : repeats;
      let reward = 0;
      for (let k = 0; k < times; k++) {
        if (k > 0 && !isLegal(inner, action)) break;
        reward += inner.step(action);
        look?.(inner);
        if (inner.hasEnded()) break;
      }
      return reward;
    },
  };
}
