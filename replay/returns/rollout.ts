import { checkBetween, checkInteger, checkLength } from '../../core/check.ts';

/** A column of real numbers. */
export type Numbers = Float32Array | Float64Array;

/**
 * What came of acting for `numSteps` steps in `numEnvs` copies: arrays `[numSteps × numEnvs]`, so that
 * what copy i did next stands `numEnvs` further on.
 */
export interface Rewarded {
  readonly numEnvs: number;
  /** rₜ₊₁, what the action at t earned. */
  readonly rewards: Numbers;
  /** V(sₜ₊₁), of the true successor also where the episode ended; not read where that is terminal. */
  readonly nextValues: Numbers;
  /** 1 where sₜ₊₁ is terminal: stops bootstrapping. */
  readonly terminated: Uint8Array;
  /** 1 where a time limit cut the episode: stops the sum, not the bootstrapping. */
  readonly truncated: Uint8Array;
}

/** What came of it, and what was thought of the states on the way. */
export interface Rollout extends Rewarded {
  /** V(sₜ), `[numSteps × numEnvs]`. */
  readonly values: Numbers;
}

/** @throws RangeError if the discount is no number in [0, 1], or the length of a column does not fit. */
export function checkRewarded(where: string, rollout: Rewarded, discount: number): void {
  const { numEnvs, rewards, nextValues, terminated, truncated } = rollout;
  checkBetween(`${where}: discount`, discount, 0, 1);
  checkInteger(`${where}: numEnvs`, numEnvs, 1);
  if (rewards.length % numEnvs !== 0) {
    throw new RangeError(
      `${where}: rewards must have a multiple of ${numEnvs} elements, one for each copy and step, got ${rewards.length}.`,
    );
  }
  checkLength(`${where}: nextValues`, nextValues, rewards.length);
  checkLength(`${where}: terminated`, terminated, rewards.length);
  checkLength(`${where}: truncated`, truncated, rewards.length);
}
